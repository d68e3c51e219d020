//! Finds glossary terms in running text, all of them in one pass.

use std::collections::HashSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::content::PageKind;
use crate::site::{Edition, PageIndex, Site};

/// The glossary terms of one edition, ready to be looked for.
#[derive(Debug, Default)]
pub struct Terms {
    /// `None` when the edition has no terms.
    matcher: Option<AhoCorasick>,
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
                if wording.len() > 1 && seen.insert((language, wording.to_ascii_lowercase())) {
                    wordings.push(wording.to_owned());
                    pages.push((index, language.to_owned()));
                }
            }
        }
        for term in 0..wordings.len() {
            for plural in [format!("{}s", wordings[term]), format!("{}es", wordings[term])] {
                let page = pages[term].0;
                let language = main_part(site.language(&site.pages[page]));
                if seen.insert((language, plural.to_ascii_lowercase())) {
                    wordings.push(plural);
                    pages.push((page, language.to_owned()));
                }
            }
        }
        if wordings.is_empty() {
            return Self::default();
        }
        // Overlapping search, since the longest wording at a place may turn out not to be a whole word.
        let matcher =
            AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(wordings);
        Self { matcher: matcher.ok(), pages }
    }

    /// Every use as whole words in a text of some language: the leftmost first, and the longest of those that start at one place.
    pub fn uses(&self, text: &str, language: &str) -> Vec<TermUse> {
        let Some(matcher) = &self.matcher else { return Vec::new() };
        let mut found: Vec<TermUse> = matcher
            .find_overlapping_iter(text)
            .map(|found| (found.range(), &self.pages[found.pattern().as_usize()]))
            .filter(|(at, (_, of))| of == main_part(language) && is_whole(text, at))
            .map(|(at, (page, _))| TermUse { at, page: *page })
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

/// `pt` of `pt-BR`: a word is looked up wherever its language is spoken.
fn main_part(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
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
        let matcher = AhoCorasick::builder().ascii_case_insensitive(true).build(wordings).ok();
        Terms { matcher, pages: (0..wordings.len()).map(|page| (page, "en".to_owned())).collect() }
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
    fn terms_of_other_languages_are_other_words() {
        let mut terms = terms(&["grief", "grief"]);
        terms.pages[1].1 = "fr".to_owned();
        let page = |language: &str| terms.uses("grief", language).iter().map(|used| used.page).collect::<Vec<_>>();
        assert_eq!((page("en-GB"), page("fr"), page("es")), (vec![0], vec![1], vec![]));
    }
}
