//! Ids of headings and other blocks, each unique on its page.

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::{Diagnostic, Location};
use crate::source::{SitePath, Span, Spanned};

/// Starts of the ids that psychoed gives out itself: to citations, works and footnotes.
const RESERVED: [&str; 4] = ["cite-", "ref-", "fn-", "fnref-"];

/// The ids of one page.
#[derive(Debug)]
pub(super) struct Anchors {
    /// Ids that the author wrote somewhere on the page. Headings without an id of their own keep clear of them, wherever they
    /// stand, so that an explicit id never changes its meaning.
    reserved: HashSet<String>,
    /// Ids written by the author that were seen so far.
    explicit: BTreeMap<String, Span>,
    /// Ids given to headings so far.
    given: HashSet<String>,
    /// For each slug, the number to try next.
    next: HashMap<String, usize>,
}

impl Anchors {
    /// Looks through a body for ids that the author wrote.
    pub(super) fn of(body: &str) -> Self {
        let braces = body.match_indices('{').map(|(open, _)| {
            let rest = &body[open + 1..];
            &rest[..rest.find(['}', '{', '\n']).unwrap_or(rest.len())]
        });
        let reserved = braces
            .flat_map(str::split_whitespace)
            .filter_map(|word| word.strip_prefix('#'))
            .filter(|id| is_id(id))
            .map(str::to_owned)
            .collect();
        Self { reserved, explicit: BTreeMap::new(), given: HashSet::new(), next: HashMap::new() }
    }

    /// An id for a heading that has none of its own: made from its words.
    pub(super) fn generate(&mut self, words: &str) -> String {
        let slug = slug(words);
        let mut number = self.next.get(&slug).copied().unwrap_or(0);
        loop {
            let candidate = if number == 0 { slug.clone() } else { format!("{slug}-{number}") };
            number += 1;
            if !self.reserved.contains(&candidate) && self.given.insert(candidate.clone()) {
                self.next.insert(slug, number);
                return candidate;
            }
        }
    }

    /// An id that the author wrote. `None` when it cannot be one, or was given before; that is reported.
    pub(super) fn explicit(
        &mut self,
        id: &Spanned<String>,
        path: &SitePath,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let at = Location::new(path, &id.span);
        if !is_id(&id.value) {
            let hint = "An anchor is made of letters, digits and hyphens, such as `{#what-helps}`.";
            let message = format!("“{}” cannot be an anchor", id.value);
            faults.push(Diagnostic::error("directive-attribute", at, message).hint(hint));
            return None;
        }
        if let Some(start) = RESERVED.iter().find(|start| id.value.starts_with(**start)) {
            let hint = format!("Choose one that does not start with `{start}`.");
            let message = format!("psychoed keeps anchors that start with `{start}` for itself");
            faults.push(Diagnostic::error("directive-attribute", at, message).hint(hint));
            return None;
        }
        if let Some(first) = self.explicit.get(&id.value) {
            let fault = Diagnostic::error(
                "anchor-duplicate",
                at,
                format!("the anchor `{}` is given twice on this page", id.value),
            )
            .related(Location::new(path, first), "given here first")
            .hint("A link can lead to one place only: change one of the two.");
            faults.push(fault);
            return None;
        }
        self.explicit.insert(id.value.clone(), id.span.clone());
        Some(id.value.clone())
    }
}

/// Whether a word can be an anchor.
fn is_id(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|c| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '-' | '_' | '.' | ':'))
}

/// Words as an anchor: letters and digits of any script in lower case, everything between words one hyphen.
fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for c in words.nfc() {
        if c.is_alphanumeric() || is_combining_mark(c) {
            slug.extend(c.to_lowercase());
        } else if (c.is_whitespace() || matches!(c, '-' | '_' | '–' | '—' | '/'))
            && !slug.is_empty()
            && !slug.ends_with('-')
        {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() || RESERVED.iter().any(|start| slug.starts_with(start)) {
        let separator = if slug.is_empty() { "" } else { "-" };
        slug.insert_str(0, separator);
        slug.insert_str(0, "section");
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_letters_of_every_script_and_are_never_empty() {
        for (words, expected) in [
            ("What helps", "what-helps"),
            ("  What's new? (2026) ", "whats-new-2026"),
            ("Grief – and after", "grief-and-after"),
            ("E\u{301}tat d’âme", "état-dâme"),
            ("悲しみ", "悲しみ"),
            ("हिन्दी", "हिन्दी"),
            ("الحزن", "الحزن"),
            ("🙂🙂", "section"),
            ("", "section"),
            ("a/b_c--d", "a-b-c-d"),
            ("Ref 1", "section-ref-1"),
        ] {
            assert_eq!(slug(words), expected, "{words}");
        }
    }

    #[test]
    fn later_headings_with_the_same_words_are_numbered() {
        let mut anchors = Anchors::of("## A {#dose-1}\n\n[r]: #dose\n\n#dose {dose #}");
        let ids: Vec<String> = ["Dose", "Dose", "Dose", "dose 2"].map(|words| anchors.generate(words)).into();
        assert_eq!(ids, ["dose", "dose-2", "dose-3", "dose-2-1"]);
    }

    #[test]
    fn many_headings_with_the_same_words_take_no_longer_each() {
        let mut anchors = Anchors::of("");
        let last = (0..100_000).map(|_| anchors.generate("Dose")).last();
        assert_eq!(last.as_deref(), Some("dose-99999"));
    }

    #[test]
    fn explicit_ids_are_checked() {
        let path = SitePath::new("content/a.md");
        let mut faults = Vec::new();
        let mut anchors = Anchors::of("");
        let mut take =
            |id: &str, at: usize| anchors.explicit(&Spanned::new(id.to_owned(), at..at + id.len()), &path, &mut faults);
        assert_eq!(take("über_1.a", 0).as_deref(), Some("über_1.a"));
        assert_eq!((take("a\"b", 20), take("cite-1", 30), take("über_1.a", 40)), (None, None, None));
        let told: Vec<_> = faults.iter().map(|fault| (fault.rule, fault.message.as_str())).collect();
        assert_eq!(
            told,
            [
                ("directive-attribute", "“a\"b” cannot be an anchor"),
                ("directive-attribute", "psychoed keeps anchors that start with `cite-` for itself"),
                ("anchor-duplicate", "the anchor `über_1.a` is given twice on this page"),
            ]
        );
        assert_eq!(faults[2].related[0].0.span.start, 0);
    }
}
