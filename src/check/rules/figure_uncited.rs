//! See the page beside this file.

use crate::check::Rule;
use crate::check::sections::{Unsourced, words};
use crate::check::wording::{part_of, quoted};
use crate::diagnostic::Diagnostic;

/// Measures that stand before a number and mean the result of a study.
const MEASURES: [&str; 11] = ["OR", "RR", "HR", "RD", "MD", "SMD", "NNT", "CI", "p", "n", "N"];

pub(super) fn check(rule: &Rule, unsourced: &Unsourced<'_>, found: &mut Vec<Diagnostic>) {
    let (site, page) = (unsourced.site, unsourced.page);
    for (block, text) in &unsourced.texts {
        let Some(figure) = figure(text) else { continue };
        let message = format!("{} comes from a study, but this section cites none", quoted(figure));
        let hint = "Cite the work that the figure is from, such as `[@smith2001, p. 12]`, in this paragraph or in this section.";
        found.push(rule.finding(page.at(&part_of(site, page, &block.span, figure)), message).hint(hint));
    }
}

/// The first number of a text that only a study can have found: a share of people, a measure of effect or of chance.
fn figure(text: &str) -> Option<&str> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let words = words(text);
    let bare = |at: usize| {
        words.get(at).map_or("", |(_, word)| word.trim_matches(['(', ')', '[', ']', ',', '.', ';', ':', '“', '”', '"']))
    };
    let whole = |at: usize| bare(at).parse::<u32>().ok();
    let is_number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit() || c == '.') && word.bytes().any(|byte| byte.is_ascii_digit())
    };
    (0..words.len()).find_map(|at| {
        let word = bare(at);
        let last = if share(word) && !word.starts_with("100") {
            at
        } else if is_number(word) && matches!(bare(at + 1), "%" | "percent") && whole(at) != Some(100) {
            at + 1
        } else if is_number(word) && (bare(at + 1), bare(at + 2)) == ("per", "cent") && whole(at) != Some(100) {
            at + 2
        } else if whole(at).is_some() && (bare(at + 1), bare(at + 2)) == ("out", "of") && whole(at + 3).is_some() {
            at + 3
        } else if bare(at + 1) == "in"
            && whole(at).zip(whole(at + 2)).is_some_and(|(some, all)| some < all && all <= 1000)
        {
            at + 2
        } else if measured(word) {
            at
        } else if MEASURES.contains(&word) && matches!(bare(at + 1), "=" | "<" | ">" | "≤") && is_number(bare(at + 2))
        {
            at + 2
        } else {
            return None;
        };
        let (end, word) = words[last];
        Some(text[words[at].0..end + word.len()].trim_matches(['(', ')', ',', '.', ';', ':']))
    })
}

/// `45%`, `30–40%`
fn share(word: &str) -> bool {
    word.strip_suffix('%').is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
}

/// `p<0.05`, `n=120`
fn measured(word: &str) -> bool {
    word.split_once(['=', '<', '>']).is_some_and(|(measure, number)| {
        MEASURES.contains(&measure) && number.starts_with(|c: char| c.is_ascii_digit() || c == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn results_of_studies_are_told_from_other_numbers() {
        for (text, found) in [
            ("It helped (45%) of them.", "45%"),
            ("Between 30–40% relapse.", "30–40%"),
            ("About 45 % got better.", "45 %"),
            ("About 45 per cent, roughly.", "45 per cent"),
            ("In all, 4 out of 5 people stayed.", "4 out of 5"),
            ("About 1 in 4 leaves.", "1 in 4"),
            ("The groups differed (p < 0.05).", "p < 0.05"),
            ("A small trial (n=24).", "n=24"),
            ("It was smaller: SMD = 0.6.", "SMD = 0.6"),
        ] {
            assert_eq!(figure(text), Some(found), "{text}");
        }
        for other in [
            "Sessions 12 to 16.",
            "Be 100% sure.",
            "In 2004 it was new.",
            "3 in 2004",
            "Ask 1 in the morning",
            "Out of 5",
            "%",
            "",
            "NICE 2022 says so",
            "a = b",
            "Rate your mood from 0 to 10.",
            "p. 12",
        ] {
            assert_eq!(figure(other), None, "{other}");
        }
    }
}
