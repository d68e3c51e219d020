//! Text into documents. Nothing here fails: a broken page becomes diagnostics, and the rest of the site is still read.

pub mod bibliography;
pub mod citation;
pub mod closed_table;
pub mod config;
pub mod directive;
pub mod encoding;
mod fingerprint;
pub mod front_matter;
mod kept;
pub mod lock;
pub mod markdown;

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::content::Document;
use crate::content::lock::Lock;
use crate::content::reference::Bibliography;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::source::{FileBytes, SitePath, Sources};
use citation::Keys;

pub use fingerprint::fingerprint;
pub use kept::Kept;
use kept::Read;

/// What parsing made of all sources.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Every page that could be read, by path.
    pub documents: Vec<(SitePath, Arc<Document>)>,
    /// Every work.
    pub bibliography: Arc<Bibliography>,
    /// Which version of a page had which text; `None` when nobody keeps a record, or it cannot be read.
    pub lock: Option<Arc<Lock>>,
    /// What was wrong, before levels and waivers.
    pub faults: Vec<Diagnostic>,
}

/// Reads every page and bibliography below `content/`. What `kept` holds of the same bytes is not read again.
pub fn all(sources: &Sources, config: &Config, kept: &mut Kept) -> Parsed {
    let bibliography = kept.bibliography(sources, config);
    let pages: Vec<_> = sources.below(Sources::CONTENT).filter(|(path, _)| path.as_str().ends_with(".md")).collect();
    let new = pages.par_iter().filter(|(path, bytes)| kept.page(path, bytes).is_none());
    let new: Vec<(SitePath, Read)> =
        new.map(|(path, bytes)| ((*path).clone(), Read::new(path, bytes, config, &*bibliography))).collect();
    kept.take_in(new, pages.len(), sources);
    let (lock, mut faults) = kept.lock(sources);
    faults.extend(bibliography.faults.iter().cloned());
    let mut documents = Vec::with_capacity(pages.len());
    for (path, bytes) in pages {
        let Some(read) = kept.page(path, bytes) else { continue };
        faults.extend(read.faults.iter().cloned());
        documents.extend(read.document.clone().map(|document| (path.clone(), document)));
    }
    Parsed { documents, bibliography, lock, faults }
}

/// Reads one page. `known` are the citation keys. `None` when too little of the page could be understood to go
/// on; whatever could be read has been checked all the same.
pub fn document(
    path: &SitePath,
    bytes: &FileBytes,
    config: &Config,
    known: &dyn Keys,
) -> (Option<Arc<Document>>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let document = read(path, bytes, config, known, &mut faults);
    (document.map(Arc::new), faults)
}

fn read(
    path: &SitePath,
    bytes: &FileBytes,
    config: &Config,
    known: &dyn Keys,
    faults: &mut Vec<Diagnostic>,
) -> Option<Document> {
    let text = encoding::text(path, bytes, faults)?;
    let top = front_matter::front_matter(path, text, config, faults)?;
    let written = &text.all[top.body..];
    if written.trim().is_empty() {
        let mut empty = Diagnostic::error(
            "body-empty",
            Location::new(path, &top.closing),
            "there is no text below the front matter",
        )
        .hint("Write the page's text below this line.");
        empty.severity = Severity::Warning;
        faults.push(empty);
    }
    let FileBytes::Text(file) = bytes else { return None };
    let context = markdown::Context { path, file, config, known, offset: top.body };
    let body = markdown::body(written, context, top.links, faults);
    Some(Document {
        front_matter: top.front_matter?,
        blocks: fitted(body.blocks),
        links: fitted(body.links),
        citations: fitted(body.citations),
        headings: fitted(body.headings),
        anchors: fitted(body.anchors),
    })
}

/// A list without room for more: a document is kept for as long as its site.
fn fitted<T>(mut list: Vec<T>) -> Vec<T> {
    list.shrink_to_fit();
    list
}

#[cfg(test)]
mod tests;
