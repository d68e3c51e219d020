//! An id for a new page, in the pattern of those that the site has.

use std::collections::{BTreeMap, HashSet};

use super::existing::Existing;
use super::place::{Place, words};
use crate::content::KindName;

/// How long a word of an id may be: people read ids over the telephone.
const LONGEST: usize = 16;

/// Words that say nothing about a page; shorter ones are passed over by their length.
const EMPTY_WORDS: [&str; 44] = [
    "about", "after", "again", "also", "been", "before", "being", "between", "could", "does", "during", "each", "from",
    "have", "having", "into", "just", "more", "most", "much", "only", "over", "should", "some", "someone", "such",
    "than", "that", "their", "them", "then", "there", "these", "they", "this", "through", "very", "were", "what",
    "when", "where", "which", "with", "your",
];

/// An id that no page has, whatever its capital letters; `None` when pages of the kind have none.
pub(super) fn unused(kind: KindName, title: &str, language: &str, place: &Place, pages: &[Existing]) -> Option<String> {
    let taken: HashSet<String> = pages.iter().filter_map(|page| page.id.as_ref()).map(|id| id.to_lowercase()).collect();
    let is_free = |id: &String| !taken.contains(&id.to_lowercase());
    let original = pages.iter().find(|page| Some(&page.path) == place.original.as_ref());
    if let Some(id) = original.and_then(|page| page.id.as_ref()) {
        let lang = place.lang.as_deref().unwrap_or_default();
        let is_lower = id.contains(|c: char| c.is_ascii_lowercase());
        let translated = format!("{id}-{}", if is_lower { lang.to_lowercase() } else { lang.to_uppercase() });
        return numbered(translated).find(is_free);
    }
    let ids = |of: Option<KindName>| -> Vec<&str> {
        let counts = |page: &&Existing| !page.is_translation() && (of.is_none() || page.kind == of);
        pages.iter().filter(counts).filter_map(|page| page.id.as_deref()).collect()
    };
    let own = ids(Some(kind));
    if own.is_empty() && !kind.needs_id() {
        return None;
    }
    let pattern = if own.is_empty() { Pattern::like_other_kinds(kind, &ids(None)) } else { Pattern::of(&own) };
    let next = pattern.next_number(&own);
    let from_title = match pattern.style {
        Style::Words { upper } => words_of(title, language, upper),
        Style::Numbers { .. } => Vec::new(),
    };
    let prefix = &pattern.prefix;
    let longer = (1..=from_title.len().min(3)).map(|count| format!("{prefix}{}", from_title[..count].join("-")));
    let more = from_title.first().into_iter().flat_map(|word| numbered(format!("{prefix}{word}")));
    let width = pattern.width();
    let numbers = (next..).map(|number| format!("{prefix}{number:0width$}"));
    longer.chain(more).chain(numbers).find(is_free)
}

/// The id itself, and then with a number behind it.
fn numbered(id: String) -> impl Iterator<Item = String> {
    const MOST: usize = 10_000;
    let more = (2..MOST).map({
        let id = id.clone();
        move |number| format!("{id}-{number}")
    });
    std::iter::once(id).chain(more)
}

/// How a site makes up its ids.
#[derive(Debug, PartialEq, Eq)]
struct Pattern {
    /// What they begin with, hyphen included.
    prefix: String,
    style: Style,
}

#[derive(Debug, PartialEq, Eq)]
enum Style {
    /// As in `HO-GRIEF`.
    Words {
        /// Whether they are in capital letters.
        upper: bool,
    },
    /// As in `P-012`.
    Numbers {
        /// How many digits they have at least.
        width: usize,
    },
}

impl Pattern {
    /// The pattern of ids of one kind, of which there is at least one.
    fn of(ids: &[&str]) -> Self {
        let prefix = prefix(ids);
        let rests: Vec<&str> = ids.iter().filter_map(|id| id.strip_prefix(&*prefix)).collect();
        let style = style(&rests);
        Self { prefix, style }
    }

    /// The usual prefix of a kind, in the style of other kinds' ids.
    fn like_other_kinds(kind: KindName, ids: &[&str]) -> Self {
        let rests: Vec<&str> = ids.iter().map(|id| id.strip_prefix(first_part(id)).unwrap_or(id)).collect();
        let style = style(&rests);
        let is_lower = !ids.is_empty() && ids.iter().all(|id| !id.contains(|c: char| c.is_ascii_uppercase()));
        let prefix = match kind {
            KindName::Handout => "HO-",
            KindName::Worksheet => "WS-",
            KindName::QuickReference => "QR-",
            KindName::SessionGuide => "SG-",
            KindName::Suitability => "SU-",
            KindName::Evidence => "EV-",
            KindName::Module => "CM-",
            KindName::Term => "GL-",
            KindName::Page => "PG-",
        };
        Self { prefix: if is_lower { prefix.to_lowercase() } else { prefix.to_owned() }, style }
    }

    fn width(&self) -> usize {
        match self.style {
            Style::Numbers { width } => width,
            Style::Words { .. } => 0,
        }
    }

    /// The number after the highest one. A gap may be a page that was deleted, and that people have on paper.
    fn next_number(&self, ids: &[&str]) -> u64 {
        let numbers = ids.iter().filter_map(|id| id.strip_prefix(&*self.prefix)?.parse::<u32>().ok());
        numbers.max().map_or(1, |highest| u64::from(highest) + 1)
    }
}

/// What most ids begin with.
fn prefix(ids: &[&str]) -> String {
    let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
    for id in ids {
        for (hyphen, _) in id.match_indices('-') {
            *shared.entry(&id[..=hyphen]).or_default() += 1;
        }
    }
    // With one or two ids, what they share may be their subject.
    let enough = (ids.len() * 2).div_ceil(3).max(3);
    let longest = shared.into_iter().filter(|(_, count)| *count >= enough).max_by_key(|(prefix, _)| prefix.len());
    if let Some((prefix, _)) = longest {
        return prefix.to_owned();
    }
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for id in ids {
        *first.entry(first_part(id)).or_default() += 1;
    }
    let most = first.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map_or_else(String::new, |(prefix, _)| prefix.to_owned())
}

/// An id up to its number (`NHS-HO-` of `NHS-HO-12`, `HO` of `HO12`) or else to its first hyphen.
fn first_part(id: &str) -> &str {
    let before_digits = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered = before_digits.len() < id.len();
    if is_numbered && (before_digits.ends_with('-') || !before_digits.contains('-')) {
        return before_digits;
    }
    id.find('-').map_or("", |hyphen| &id[..=hyphen])
}

/// How most of what follows the prefix is written.
fn style(rests: &[&str]) -> Style {
    let is_number = |rest: &&&str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    let numbers: Vec<&&str> = rests.iter().filter(is_number).collect();
    if !rests.is_empty() && numbers.len() * 2 >= rests.len() {
        let padded = numbers.iter().filter(|number| number.starts_with('0') && number.len() > 1);
        return Style::Numbers { width: padded.map(|number| number.len()).max().unwrap_or(0) };
    }
    let with_lower = rests.iter().filter(|rest| rest.contains(|c: char| c.is_ascii_lowercase())).count();
    Style::Words { upper: with_lower * 2 <= rests.len() - numbers.len() }
}

/// The words of a title that tell it from others, in order; all its words when none does.
fn words_of(title: &str, language: &str, upper: bool) -> Vec<String> {
    let all = words(title, language);
    let is_shouted = all.iter().all(|word| *word == word.to_uppercase());
    let tells = |word: &&String| {
        let is_acronym = !is_shouted && word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_word = word.len() > 3 && word.contains(|c: char| c.is_ascii_alphabetic());
        is_acronym || is_word && !EMPTY_WORDS.contains(&word.to_lowercase().as_str())
    };
    let telling: Vec<&String> = all.iter().filter(tells).collect();
    let chosen = if telling.is_empty() { all.iter().collect() } else { telling };
    let cut = |word: &String| word[..word.len().min(LONGEST)].to_owned();
    chosen.into_iter().map(cut).map(|word| if upper { word.to_uppercase() } else { word.to_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    fn page(kind: KindName, id: &str) -> Existing {
        Existing {
            path: SitePath::new(format!("content/{}.md", id.to_lowercase())),
            kind: Some(kind),
            title: None,
            id: Some(id.to_owned()),
            aliases: Vec::new(),
        }
    }

    fn next(ids: &[&str], title: &str) -> String {
        let pages: Vec<Existing> = ids.iter().map(|id| page(KindName::Handout, id)).collect();
        let place = Place { path: SitePath::new("content/new.md"), lang: None, original: None };
        unused(KindName::Handout, title, "en", &place, &pages).unwrap()
    }

    #[test]
    fn an_id_follows_the_pattern_of_its_kind() {
        for (ids, title, id) in [
            (&["HO-GRIEF", "HO-FIRST"][..], "Sleeping better", "HO-SLEEPING"),
            (&["HO-GRIEF", "HO-SLEEPING"], "Sleeping better", "HO-SLEEPING-BETTER"),
            (&["HO-GRIEF", "ho-sleeping", "HO-Sleeping-Better"], "Sleeping better", "HO-SLEEPING-2"),
            (&["ho-grief"], "Sleeping better", "ho-sleeping"),
            (&["P-121", "P-123"], "Sleeping better", "P-124"),
            (&["P-007", "P-009"], "Sleeping better", "P-010"),
            (&["P-99"], "Sleeping better", "P-100"),
            (&["H8", "H9"], "Sleeping better", "H10"),
            (&["1", "2"], "Sleeping better", "3"),
            (&["GRIEF", "LOSS"], "Sleeping better", "SLEEPING"),
            (&["NHS-HO-1"], "Sleeping better", "NHS-HO-2"),
            (&["NHS-HO-A", "NHS-HO-B", "NHS-HO-C"], "Sleeping better", "NHS-HO-SLEEPING"),
            (&["SG-1", "SG-END", "SG-MID-A", "SG-MID-B", "SG-MAINT"], "Sleeping better", "SG-SLEEPING"),
            (&["HO-COVID19", "HO-GRIEF"], "Sleeping better", "HO-SLEEPING"),
            (&["P-4294967295"], "Sleeping better", "P-4294967296"),
            (&["P-18446744073709551616"], "Sleeping better", "P-1"),
        ] {
            assert_eq!(next(ids, title), id, "{ids:?}");
        }
    }

    #[test]
    fn words_that_say_nothing_are_passed_over() {
        for (title, id) in [
            ("What is IPT?", "HO-IPT"),
            ("When your life has changed", "HO-LIFE"),
            ("Who are you", "HO-WHO"),
            ("5 steps", "HO-STEPS"),
            ("GRIEF AND YOU", "HO-GRIEF"),
            ("抑郁症", "HO-ZHENG"),
            ("Übergänge", "HO-UBERGANGE"),
            ("***", "HO-1"),
            ("2024", "HO-2024"),
            (&"x".repeat(300), "HO-XXXXXXXXXXXXXXXX"),
        ] {
            assert_eq!(next(&["HO-LOSS"], title), id, "{title}");
        }
    }

    #[test]
    fn a_kind_without_pages_takes_after_the_others() {
        let place = Place { path: SitePath::new("content/new.md"), lang: None, original: None };
        let next = |kind, ids: &[&str]| {
            let pages: Vec<Existing> = ids.iter().map(|id| page(KindName::Module, id)).collect();
            unused(kind, "Sleeping better", "en", &place, &pages)
        };
        assert_eq!(next(KindName::Worksheet, &["CM-01", "CM-02"]).as_deref(), Some("WS-01"));
        assert_eq!(next(KindName::Worksheet, &["cm-one", "cm-two"]).as_deref(), Some("ws-sleeping"));
        assert_eq!(next(KindName::Worksheet, &[]).as_deref(), Some("WS-SLEEPING"));
        assert_eq!(next(KindName::Worksheet, &["WS-1"]).as_deref(), Some("WS-2"));
        assert_eq!(next(KindName::Term, &["CM-1"]), None);
        assert_eq!(next(KindName::Page, &[]), None);
    }

    #[test]
    fn a_translation_is_called_after_its_original() {
        let original = SitePath::new("content/ho-grief.md");
        let place = |lang: &str| Place {
            path: SitePath::new(format!("content/ho-grief.{lang}.md")),
            lang: Some(lang.to_owned()),
            original: Some(original.clone()),
        };
        let pages = [page(KindName::Handout, "HO-GRIEF"), page(KindName::Handout, "HO-GRIEF-es")];
        let id = |lang| unused(KindName::Handout, "Grief", "en", &place(lang), &pages).unwrap();
        assert_eq!((id("pt-BR"), id("es")), ("HO-GRIEF-PT-BR".to_owned(), "HO-GRIEF-ES-2".to_owned()));
    }
}
