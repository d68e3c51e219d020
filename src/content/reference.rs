//! Works that pages cite.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::identifier::Scheme;
use crate::diagnostic::{Diagnostic, Location};
use crate::source::{SitePath, Span};

/// Every work of the site's bibliographies.
#[derive(Clone, Debug, Default)]
pub struct Bibliography {
    /// By citation key.
    pub works: BTreeMap<String, Work>,
    /// Other keys (`ids = {…}`) and the key each stands for.
    pub aliases: BTreeMap<String, String>,
    /// What the list of retractions says about the works; `None` without such a list.
    pub retractions: Option<Retractions>,
    /// What was wrong with the files.
    pub faults: Vec<Diagnostic>,
}

impl Bibliography {
    /// The work a key or alias names.
    pub fn work(&self, key: &str) -> Option<&Work> {
        self.works.get(key).or_else(|| self.works.get(self.aliases.get(key)?))
    }
}

/// One work.
#[derive(Clone, Debug)]
pub struct Work {
    /// Its citation key.
    pub key: String,
    /// The work as a CSL-JSON item: what every style, download and check reads. Shared, so that whoever keeps it can tell at a
    /// glance that it is the same.
    pub csl: Arc<serde_json::Map<String, serde_json::Value>>,
    /// The file it comes from.
    pub path: SitePath,
    /// Where it stands there.
    pub span: Span,
    /// Where its key stands.
    pub key_span: Span,
    /// Fields of which the very words matter, in the order written.
    pub written: Vec<WrittenField>,
}

/// A field as its author wrote it, before it was brought into the form that styles read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenField {
    /// CSL's name of it; [`Work::ORCID`] and [`Work::SUPERSEDED_BY`] are our own.
    pub variable: &'static str,
    /// What it says.
    pub value: String,
    /// Where it says so; the key of the work where that cannot be told.
    pub span: Span,
}

impl Work {
    /// The field for the numbers of its authors.
    pub const ORCID: &'static str = "ORCID";
    /// The field for the key of the work that has taken its place.
    pub const SUPERSEDED_BY: &'static str = "superseded-by";

    /// What the author wrote into a field; several for numbers of authors.
    pub fn written(&self, variable: &str) -> impl Iterator<Item = &WrittenField> {
        self.written.iter().filter(move |field| field.variable == variable)
    }

    /// Its keywords.
    pub fn keywords(&self) -> impl Iterator<Item = &str> {
        self.text("keyword").unwrap_or_default().split([',', ';']).map(str::trim).filter(|keyword| !keyword.is_empty())
    }

    /// The work that has taken its place, if any is named.
    pub fn superseded_by(&self) -> Option<&WrittenField> {
        self.written(Self::SUPERSEDED_BY).next()
    }

    /// A place in the file that it comes from.
    pub fn at(&self, span: &Span) -> Location {
        Location::new(&self.path, span)
    }

    /// A text field of the CSL item, such as `DOI`, `PMID`, `URL` or `title`.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.csl.get(field)?.as_str()
    }

    /// The year it was issued.
    pub fn year(&self) -> Option<i64> {
        let year = self.csl.get("issued")?.get("date-parts")?.get(0)?.get(0)?;
        year.as_i64().or_else(|| year.as_str()?.trim().parse().ok())
    }
}

/// What a list of retractions says about the works of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retractions {
    /// The list.
    pub path: SitePath,
    /// Notices about each work that has any, by its key, in the order of the list.
    pub notices: BTreeMap<String, Vec<Notice>>,
    /// Keys of works that cannot be looked up, since they have neither a DOI nor a PMID.
    pub not_checkable: Vec<String>,
    /// The day of the newest notice in the list: so recent it is at least.
    pub newest: Option<Date>,
}

/// A notice about a work that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it does.
    pub nature: Nature,
    /// When it was published.
    pub date: Option<Date>,
    /// The DOI of the notice itself.
    pub doi: Option<String>,
    /// Why, in the list's own words.
    pub reasons: Vec<String>,
    /// By what it was found.
    pub matched: Scheme,
    /// The row in the list.
    pub span: Span,
}

/// What a notice does to a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// It mends a part.
    Correction,
    /// It warns readers while somebody looks into it.
    Concern,
    /// It takes the work back.
    Retraction,
    /// It takes back what an earlier notice did.
    Reinstatement,
}

impl Retractions {
    /// The weightiest notice about a work that still holds, the newest of several.
    pub fn standing(&self, key: &str) -> Option<&Notice> {
        let notices = self.notices.get(key)?;
        let reinstated = notices.iter().filter(|notice| notice.nature == Nature::Reinstatement);
        let reinstated = reinstated.filter_map(|notice| notice.date).max();
        // A notice without a day is not known to have been taken back.
        let holds = |notice: &&Notice| {
            notice.nature != Nature::Reinstatement
                && (notice.nature == Nature::Correction
                    || notice.date.zip(reinstated).is_none_or(|(day, until)| day > until))
        };
        notices.iter().filter(holds).max_by_key(|notice| (notice.nature, notice.date))
    }
}
