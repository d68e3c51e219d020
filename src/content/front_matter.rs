//! The typed keys at the top of a page.

use jiff::civil::Date;

use super::{Audience, PageKind};
use crate::diagnostic::Waiver;
use crate::source::{Span, Spanned};

/// The keys that every kind of page shares, and those of its own kind.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontMatter {
    /// The kind, with its own keys.
    pub kind: PageKind,
    /// The stable name that is printed on paper; `None` only where a kind does not need one.
    pub id: Option<Spanned<String>>,
    /// The page's title.
    pub title: Spanned<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// Ids of the phases it belongs to.
    pub phases: Vec<Spanned<String>>,
    /// Ids of the focal areas it belongs to.
    pub focal_areas: Vec<Spanned<String>>,
    /// Who it is for.
    pub audience: Vec<Audience>,
    /// As printed.
    pub version: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who reviewed it.
    pub reviewers: Vec<Reviewer>,
    /// When it was reviewed.
    pub reviewed: Option<Spanned<Date>>,
    /// When it has to be reviewed again.
    pub review_due: Option<Spanned<Date>>,
    /// The content hash of the text that it was translated from.
    pub translated_from: Option<Spanned<String>>,
    /// Old addresses, relative to the site, that lead here.
    pub aliases: Vec<Spanned<String>>,
    /// Where it stands among its like; lower comes first.
    pub order: Option<i64>,
    /// Not published at all.
    pub draft: Option<Spanned<bool>>,
    /// Published from this day.
    pub publish_on: Option<Spanned<Date>>,
    /// Withdrawn from this day.
    pub expires_on: Option<Spanned<Date>>,
    /// Who paid for this page, and what interests its authors have, where that is not what the organisation says.
    pub funding: Option<String>,
    /// What people scored the page at.
    pub scores: Option<Scores>,
    /// Findings on this page that somebody decided to live with until a day.
    pub waivers: Vec<Waiver>,
    /// What changed from version to version, the newest first; those of one day as they were written.
    pub changes: Vec<Change>,
    /// Every work that a key names, in the order written, even where the group around it cannot be used.
    pub works: Vec<Spanned<String>>,
    /// Keys that are written and told to be faulty. What they should hold is not here, and yet nobody has left it out.
    pub faulty_keys: Vec<String>,
    /// The whole front matter, fences included.
    pub span: Span,
}

impl FrontMatter {
    /// Whether something is wrong with what was written for a key, and is told.
    pub fn is_faulty(&self, key: &str) -> bool {
        self.faulty_keys.iter().any(|faulty| faulty == key)
    }

    /// Whether somebody has to be asked for a key: it `is_empty`, and not because what was written is faulty.
    pub fn lacks(&self, key: &str, is_empty: bool) -> bool {
        is_empty && !self.is_faulty(key)
    }
}

/// How many digits a content hash has: enough to tell the states of a page apart, and few enough to write by hand.
pub const HASH_DIGITS: usize = 12;

/// A person who reviewed a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewer {
    /// Name as printed.
    pub name: String,
    /// What makes this person fit to review.
    pub role: String,
    /// Where the person is named.
    pub span: Span,
}

/// What people scored a page at with the instruments of the field, in percent. For editors, never for readers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// PEMAT: how easy it is to understand.
    pub pemat_understandability: Option<Spanned<i64>>,
    /// PEMAT: how clear it is what to do.
    pub pemat_actionability: Option<Spanned<i64>>,
    /// CDC Clear Communication Index.
    pub cdc_index: Option<Spanned<i64>>,
    /// Who scored it.
    pub by: Option<String>,
    /// When.
    pub on: Option<Date>,
}

impl Scores {
    /// Each score that was given: what it is a score of, and percent.
    pub fn given(&self) -> impl Iterator<Item = (&'static str, i64)> {
        let scores = [
            ("PEMAT understandability", &self.pemat_understandability),
            ("PEMAT actionability", &self.pemat_actionability),
            ("CDC Clear Communication Index", &self.cdc_index),
        ];
        scores.into_iter().filter_map(|(what, score)| Some((what, score.as_ref()?.value)))
    }
}

/// What was changed in one version of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The version, as printed.
    pub version: Spanned<String>,
    /// When it came out.
    pub date: Date,
    /// What changed, in plain words.
    pub note: String,
}
