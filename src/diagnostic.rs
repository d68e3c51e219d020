//! What psychoed has to say about a source: one finding, with its place and how to mend it.

use jiff::civil::Date;

use crate::source::{SitePath, Span, Spanned};

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
            waived: None,
        }
    }

    /// The same finding with advice on how to mend it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
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
