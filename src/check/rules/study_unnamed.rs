//! See the page beside this file.

use crate::check::Rule;
use crate::check::sections::{Unsourced, words};
use crate::check::wording::{part_of, quoted};
use crate::diagnostic::Diagnostic;
use crate::readability::Language;

const STUDIES: [&str; 10] = [
    "study",
    "studies",
    "trial",
    "trials",
    "research",
    "evidence",
    "review",
    "reviews",
    "meta-analysis",
    "meta-analyses",
];
const BETWEEN: [&str; 7] = ["has", "have", "had", "also", "clearly", "consistently", "repeatedly"];
const SHOW: [&str; 20] = [
    "show",
    "shows",
    "showed",
    "shown",
    "find",
    "finds",
    "found",
    "suggest",
    "suggests",
    "suggested",
    "demonstrate",
    "demonstrates",
    "demonstrated",
    "prove",
    "proves",
    "proved",
    "proven",
    "indicate",
    "indicates",
    "confirms",
];
/// “No study has shown” says the opposite.
const DENIALS: [&str; 6] = ["no", "neither", "nor", "whether", "if", "few"];

pub(super) fn check(rule: &Rule, unsourced: &Unsourced<'_>, found: &mut Vec<Diagnostic>) {
    let (site, page) = (unsourced.site, unsourced.page);
    if Language::of(site.language(page)) != Some(Language::English) {
        return;
    }
    for (block, text) in &unsourced.texts {
        let Some(words) = appeal(text) else { continue };
        let message = format!("{} names no study, and this section cites none", quoted(words));
        let hint = "Cite the works that say so, such as `[@smith2001; @jones2010]`. If you do not know them, take the sentence out.";
        found.push(rule.finding(page.at(&part_of(site, page, &block.span, words)), message).hint(hint));
    }
}

/// The first words of a text that call on studies, such as “research has shown”.
fn appeal(text: &str) -> Option<&str> {
    let is_one_of = |list: &[&str], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let is_study = |word: &str| is_one_of(&STUDIES, without_brackets(word));
    // Nearly no text names any, and needs no list of its words.
    if !text.split_whitespace().any(is_study) {
        return None;
    }
    let words = words(text);
    let bare = |at: usize| words.get(at).map_or("", |(_, word)| without_brackets(word));
    (0..words.len()).find_map(|at| {
        let is_denied = || at.checked_sub(1).is_some_and(|before| is_one_of(&DENIALS, bare(before)));
        if !is_one_of(&STUDIES, bare(at)) || is_denied() {
            return None;
        }
        let verb = (at + 1..words.len()).take(3).find(|&next| !is_one_of(&BETWEEN, bare(next)))?;
        let is_shown = is_one_of(&SHOW, bare(verb).trim_end_matches([',', '.', ';', ':']));
        let (end, word) = words[verb];
        is_shown.then(|| text[words[at].0..end + word.len()].trim_matches(['(', ',', '.', ';', ':', '“', '"']))
    })
}

fn without_brackets(word: &str) -> &str {
    const BRACKETS: [char; 4] = ['(', ')', '“', '"'];
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let bytes = word.as_bytes();
    if is_letter(bytes.first()) && is_letter(bytes.last()) { word } else { word.trim_matches(BRACKETS) }
}

#[cfg(test)]
mod tests {
    use super::appeal;

    #[test]
    fn calls_on_studies_are_told_from_other_words() {
        for (text, found) in [
            ("Research has shown that it helps.", "Research has shown"),
            ("It helps, as studies show.", "studies show"),
            ("Several trials have consistently found it.", "trials have consistently found"),
        ] {
            assert_eq!(appeal(text), Some(found), "{text}");
        }
        for other in [
            "No study has shown that.",
            "Ask whether studies show it.",
            "A trial of 1989 compared them.",
            "Show the evidence.",
            "Evidence is thin.",
            "The review asks you to find a focus.",
            "research",
            "",
        ] {
            assert_eq!(appeal(other), None, "{other}");
        }
    }
}
