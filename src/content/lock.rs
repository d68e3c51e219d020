//! What was on record when pages were last locked: which version of a page had which text.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// The record of a project, by the ids of its pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// What is on record of each page.
    pub pages: BTreeMap<String, Locked>,
}

/// What is on record of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Its version.
    pub version: Option<String>,
    /// The day of its last review.
    pub reviewed: Option<Date>,
    /// The fingerprint of its text.
    pub text: String,
}

impl Locked {
    /// Whether a page of this version, reviewed on this day, is the one on record.
    pub fn is_of(&self, version: Option<&String>, reviewed: Option<Date>) -> bool {
        self.version.as_ref() == version && self.reviewed == reviewed
    }
}
