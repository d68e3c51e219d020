//! Citations of whole pages, and what they look like wherever a page shows them.

use std::sync::Arc;

use crate::content::reference::Bibliography;
use crate::content::{Citation, CitationIndex, CitationItem};
use crate::render::citation::{CitedEntry, CitedPage, Style, reference_id};
use crate::render::view::{BackLinkView, BibliographyEntryView};
use crate::site::Page;
use crate::source::Spanned;

/// A style with the site's works.
pub struct Citing {
    /// The style.
    pub style: Arc<Style>,
    /// The works.
    pub bibliography: Arc<Bibliography>,
}

impl Citing {
    /// Formats what a page cites: `leading` (always the same for a page), then those of the body that are shown.
    pub fn page(&self, page: &Page, leading: &[Citation], shown: impl Iterator<Item = CitationIndex>) -> CitedPage {
        let body = shown.filter_map(|citation| page.document.citations.get(citation)).map(|cited| &cited.value);
        let citations: Vec<&Citation> = leading.iter().chain(body).collect();
        if citations.is_empty() { CitedPage::default() } else { self.style.cite(&self.bibliography, &citations) }
    }

    /// Formats citations of a page that nobody wrote.
    pub fn list(&self, citations: &[Citation]) -> CitedPage {
        if citations.is_empty() {
            return CitedPage::default();
        }
        self.style.cite(&self.bibliography, &citations.iter().collect::<Vec<_>>())
    }
}

/// A citation of works that a key of the front matter names; `None` if it names none.
pub fn of_keys(keys: &[Spanned<String>]) -> Option<Citation> {
    let item = |key: &Spanned<String>| CitationItem {
        key: key.value.clone(),
        key_span: key.span.clone(),
        prefix: String::new(),
        locator: None,
        suffix: String::new(),
        suppress_author: false,
    };
    (!keys.is_empty()).then(|| Citation {
        items: keys.iter().map(item).collect(),
        narrative: false,
        within: Vec::new(),
    })
}

/// Gives out the citations of front matter one after the other, in the order in which they were formatted.
pub struct Cites<'a> {
    rest: std::slice::Iter<'a, String>,
}

impl<'a> Cites<'a> {
    /// The citations of a page, those of its front matter first.
    pub fn of(cited: &'a CitedPage) -> Self {
        Self { rest: cited.citations.iter() }
    }

    /// The HTML of the citation made of these keys: empty without any.
    pub fn next(&mut self, keys: &[Spanned<String>]) -> String {
        if keys.is_empty() { String::new() } else { self.rest.next().cloned().unwrap_or_default() }
    }
}

/// A page's bibliography.
pub fn bibliography(entries: &[CitedEntry]) -> Vec<BibliographyEntryView> {
    let back_link = |number: &usize| BackLinkView { id: format!("cite-{number}"), number: *number };
    entries
        .iter()
        .map(|entry| BibliographyEntryView {
            id: reference_id(&entry.key),
            label_html: entry.label_html.clone().unwrap_or_default(),
            entry_html: entry.entry_html.clone(),
            cited_at: entry.cited_by.iter().map(back_link).collect(),
        })
        .collect()
}
