//! Works that pages cite.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Span};

/// Every work of the site's bibliographies.
#[derive(Clone, Debug, Default)]
pub struct Bibliography {
    /// By citation key.
    pub works: BTreeMap<String, Work>,
    /// Other keys (`ids = {…}`) and the key each stands for.
    pub aliases: BTreeMap<String, String>,
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
}

impl Work {
    /// A text field of the CSL item, such as `DOI`, `PMID`, `URL` or `title`.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.csl.get(field)?.as_str()
    }

    /// The year it was issued.
    pub fn year(&self) -> Option<i64> {
        self.csl.get("issued")?.get("date-parts")?.get(0)?.get(0)?.as_i64()
    }
}
