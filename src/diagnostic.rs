//! What psychoed has to say about a source: one finding, with its place and how to mend it.

pub mod tally;

use jiff::civil::Date;

use crate::source::{SitePath, Span, Spanned};

pub use tally::{Tallies, Tally};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails anything.
    Note,
    /// Should be mended; fails only a strict run.
    Warning,
    /// Must be mended; nothing is published.
    Error,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file, from the project's root.
    pub path: SitePath,
    /// The bytes meant; empty for a single point.
    pub span: Bytes,
}

/// A byte range that, unlike a `Range`, can be copied and sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes {
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

impl Location {
    /// A stretch of a file.
    pub fn new(path: &SitePath, span: &Span) -> Self {
        Self { path: path.clone(), span: Bytes { start: span.start, end: span.end } }
    }

    /// The very start of a file: for faults of the whole file.
    pub fn top(path: &SitePath) -> Self {
        Self::new(path, &(0..0))
    }
}

/// What to write where, so that a fault is gone. Only for faults of which a program can be sure what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is taken out.
    pub at: Location,
    /// What takes its place.
    pub replacement: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it; its name is the fault.
    pub rule: &'static str,
    /// How much it matters, after levels and waivers.
    pub severity: Severity,
    /// What is wrong, in plain words, without a full stop.
    pub message: String,
    /// Where.
    pub at: Location,
    /// Other places that belong to the fault, each with what is there.
    pub related: Vec<(Location, String)>,
    /// How to mend it.
    pub hint: Option<String>,
    /// What `psychoed check --fix` may do about it without asking.
    pub fix: Option<Fix>,
    /// Set when somebody decided to live with it for now: why, and until when. Such a finding is a note.
    pub waived: Option<String>,
}

impl Diagnostic {
    /// A finding at error level, without related places or a hint.
    pub fn error(rule: &'static str, at: Location, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            message: message.into(),
            at,
            related: Vec::new(),
            hint: None,
            fix: None,
            waived: None,
        }
    }

    /// The same finding with advice on how to mend it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same finding with what mends it for certain.
    pub fn fixed_by(mut self, at: Location, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { at, replacement: replacement.into() });
        self
    }

    /// The same finding with one more place that belongs to it.
    pub fn related(mut self, at: Location, message: impl Into<String>) -> Self {
        self.related.push((at, message.into()));
        self
    }
}

/// Findings that somebody decided to live with until a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The rule waived.
    pub rule: Spanned<String>,
    /// A file or folder from the project's root; everywhere when left out. A page's own waiver has none.
    pub path: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day it holds.
    pub until: Spanned<Date>,
}

/// The word nearest to `word`, if one is near enough to have been meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, candidate)| (*distance, candidate.len()))
        .map(|(_, candidate)| candidate)
}

/// The word that must have been meant by `word`: one letter away, or none but for capital letters and underscores, while no
/// other word is nearly as near.
pub fn meant_for_certain<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // In a shorter word one letter makes another word.
    const LETTERS: usize = 4;
    let plain = |word: &str| word.to_lowercase().replace('_', "-");
    let word = plain(word);
    let mut near: Vec<(usize, &str)> =
        known.into_iter().map(|known| (strsim::damerau_levenshtein(&word, &plain(known)), known)).collect();
    near.sort_by_key(|(distance, _)| *distance);
    let &(distance, nearest) = near.first()?;
    let is_alone = near.get(1).is_none_or(|(second, _)| *second > distance + 1);
    let is_near = distance == 0 || distance == 1 && nearest.chars().count() >= LETTERS;
    (is_near && is_alone).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_certain_when_it_is_near_and_alone() {
        let known = ["title", "review-due", "reviewed", "reviewers", "phase", "id", "by", "for", "minutes"];
        for (word, meant) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("review_due", Some("review-due")),
            ("Review_Due", Some("review-due")),
            ("phases", Some("phase")),
            ("minuts", Some("minutes")),
            ("reviewd", Some("reviewed")),
            ("reviewer", None),
            ("titlles", None),
            ("ID", Some("id")),
            ("ids", None),
            ("fro", None),
            ("weather", None),
            ("", None),
        ] {
            assert_eq!(meant_for_certain(word, known), meant, "{word}");
        }
    }
}
