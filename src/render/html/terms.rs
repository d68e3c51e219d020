//! Finds glossary terms in running text, all of them in one pass.

use std::collections::HashSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::content::PageKind;
use crate::content::writing::main_part;
use crate::site::{Edition, PageIndex, Site};

/// The glossary terms of one edition, ready to be looked for.
#[derive(Debug, Default)]
pub struct Terms {
    /// `None` when the edition has no terms.
    matcher: Option<AhoCorasick>,
    /// Whether a wording has letters whose case the matcher does not know.
    beyond_ascii: bool,
    /// For each wording the matcher knows, the page of its term, and the main part of its language's tag.
    pages: Vec<(PageIndex, String)>,
}

/// A term used in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermUse {
    /// The bytes of the text.
    pub at: Range<usize>,
    /// The term's page.
    pub page: PageIndex,
}

impl Terms {
    /// Collects the titles and other wordings of the edition's terms, with their plurals. Of two terms of one language with the
    /// same wording the first wins.
    pub fn of(site: &Site, edition: &Edition) -> Self {
        let mut seen = HashSet::new();
        let mut wordings: Vec<String> = Vec::new();
        let mut pages: Vec<(PageIndex, String)> = Vec::new();
        for &index in &edition.pages {
            let page = &site.pages[index];
            let PageKind::Term(term) = &page.document.front_matter.kind else { continue };
            let language = main_part(site.language(page));
            for wording in std::iter::once(page.title()).chain(term.also.iter().map(String::as_str)) {
                let wording = wording.trim();
                if wording.len() > 1 && seen.insert((language, in_lower_case(wording))) {
                    wordings.push(wording.to_owned());
                    pages.push((index, language.to_owned()));
                }
            }
        }
        for term in 0..wordings.len() {
            for plural in [format!("{}s", wordings[term]), format!("{}es", wordings[term])] {
                let page = pages[term].0;
                let language = main_part(site.language(&site.pages[page]));
                if seen.insert((language, in_lower_case(&plural))) {
                    wordings.push(plural);
                    pages.push((page, language.to_owned()));
                }
            }
        }
        Self::new(&wordings, pages)
    }

    fn new<W: AsRef<str>>(wordings: &[W], pages: Vec<(PageIndex, String)>) -> Self {
        if wordings.is_empty() {
            return Self::default();
        }
        // Overlapping search, since the longest wording at a place may turn out not to be a whole word.
        let matcher = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(wordings.iter().map(|wording| in_lower_case(wording.as_ref())));
        let beyond_ascii = wordings.iter().any(|wording| !wording.as_ref().is_ascii());
        Self { matcher: matcher.ok(), beyond_ascii, pages }
    }

    /// Every use as whole words in a text of some language: the leftmost first, and the longest of those that start at one place.
    pub fn uses(&self, text: &str, language: &str) -> Vec<TermUse> {
        let Some(matcher) = &self.matcher else { return Vec::new() };
        // The matcher sees to the case of ASCII by itself; few texts need more.
        let lowered = (self.beyond_ascii && !text.is_ascii()).then(|| Lowered::of(text)).flatten();
        let searched = lowered.as_ref().map_or(text, |lowered| &lowered.text);
        let mut found: Vec<TermUse> = matcher
            .find_overlapping_iter(searched)
            .map(|found| (found.range(), &self.pages[found.pattern().as_usize()]))
            .filter(|(_, (_, of))| of == main_part(language))
            .filter_map(|(at, (page, _))| {
                let at = lowered.as_ref().map_or(Some(at.clone()), |lowered| lowered.origin(&at))?;
                is_whole(text, &at).then_some(TermUse { at, page: *page })
            })
            .collect();
        found.sort_by_key(|found| (found.at.start, usize::MAX - found.at.end));
        let mut end = 0;
        found.retain(|found| {
            let free = found.at.start >= end;
            if free {
                end = found.at.end;
            }
            free
        });
        found
    }
}

/// Letter by letter, so that a letter's case never hangs on those beside it.
fn in_lower_case(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// A text in lower case that knows where each of its bytes comes from: some letters are longer or shorter than their capitals.
struct Lowered {
    text: String,
    /// For each byte, and for the end, where the character begins that it comes from.
    origins: Vec<usize>,
}

impl Lowered {
    /// `None` when the matcher finds the same in the text as it is.
    fn of(text: &str) -> Option<Self> {
        let has_capital = |c: char| !c.is_ascii() && c.to_lowercase().next() != Some(c);
        if !text.chars().any(has_capital) {
            return None;
        }
        let mut lowered = Self { text: String::with_capacity(text.len()), origins: Vec::with_capacity(text.len() + 1) };
        for (at, c) in text.char_indices() {
            lowered.text.extend(c.to_lowercase());
            lowered.origins.resize(lowered.text.len(), at);
        }
        lowered.origins.push(text.len());
        Some(lowered)
    }

    /// Where a part of it stands in the original; `None` when it cuts a character of the original in two.
    fn origin(&self, at: &Range<usize>) -> Option<Range<usize>> {
        let begins = |at: usize| at == 0 || self.origins[at - 1] != self.origins[at];
        (begins(at.start) && begins(at.end)).then(|| self.origins[at.start]..self.origins[at.end])
    }
}

/// Whether nothing before or after makes the words part of a longer one; `role-play` does not use `role`.
fn is_whole(text: &str, at: &Range<usize>) -> bool {
    let joins = |mut beside: std::str::Chars<'_>, backwards: bool| {
        let mut next = || if backwards { beside.next_back() } else { beside.next() };
        match next() {
            Some('-' | '\u{2010}' | '\u{2011}') => next().is_some_and(char::is_alphanumeric),
            Some(character) => character.is_alphanumeric() || character == '_',
            None => false,
        }
    };
    !joins(text[..at.start].chars(), true) && !joins(text[at.end..].chars(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(wordings: &[&str]) -> Terms {
        Terms::new(wordings, (0..wordings.len()).map(|page| (page, "en".to_owned())).collect())
    }

    fn found<'t>(wordings: &[&str], text: &'t str) -> Vec<&'t str> {
        terms(wordings).uses(text, "en").into_iter().map(|used| &text[used.at]).collect()
    }

    #[test]
    fn longest_wording_wins_in_any_case() {
        assert_eq!(
            found(&["role", "role transition"], "A Role Transition changes a role."),
            ["Role Transition", "role"]
        );
    }

    #[test]
    fn only_whole_words_count() {
        let text = "roles, role-play, parole, role’s, _role, (role)";
        assert_eq!(found(&["role"], text), ["role", "role"]);
        assert_eq!(terms(&["role"]).uses(text, "en")[0].at.start, text.find("role’s").unwrap());
    }

    #[test]
    fn a_shorter_wording_stands_in_when_the_longer_is_cut_off() {
        assert_eq!(found(&["role", "role transition"], "role transitions"), ["role"]);
    }

    #[test]
    fn letters_beyond_ascii_are_letters() {
        assert_eq!(found(&["grief"], "griefé égrief grief—grief"), ["grief", "grief"]);
    }

    #[test]
    fn case_does_not_count_in_any_letter() {
        assert_eq!(found(&["Émotion"], "Quelle émotion, ÉMOTION ou Émotion ?"), ["émotion", "ÉMOTION", "Émotion"]);
        assert_eq!(found(&["émotion"], "ÉMOTION"), ["ÉMOTION"]);
        assert_eq!(found(&["Angst", "Ängste"], "Über ÄNGSTE und ANGST."), ["ÄNGSTE", "ANGST"]);
    }

    #[test]
    fn places_are_right_where_lower_case_is_longer_or_shorter() {
        assert_eq!(found(&["Größe", "Maß"], "İİ ẞẞ GRÖẞE, İ Maß Ⱥ MAẞ."), ["GRÖẞE", "Maß", "MAẞ"]);
        assert_eq!(found(&["İzmir"], "İZMİR, İzmir, izmir"), ["İzmir"]);
        // The lower case of İ is an i with a dot on top: two characters.
        assert_eq!(found(&["i", "é"], "É İ"), ["É"]);
    }

    #[test]
    fn terms_of_other_languages_are_other_words() {
        let mut terms = terms(&["grief", "grief"]);
        terms.pages[1].1 = "fr".to_owned();
        let page = |language: &str| terms.uses("grief", language).iter().map(|used| used.page).collect::<Vec<_>>();
        assert_eq!((page("en-GB"), page("fr"), page("es")), (vec![0], vec![1], vec![]));
    }
}
