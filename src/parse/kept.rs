//! What has been read before and need not be read again: the same bytes under the same configuration and with the same works
//! give the same document.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::bibliography;
use super::citation::Keys;
use crate::config::Config;
use crate::content::Document;
use crate::content::lock::Lock;
use crate::content::reference::Bibliography;
use crate::diagnostic::Diagnostic;
use crate::source::{FileBytes, SitePath, Sources};

/// What the last reading of a project found. Starts out empty.
#[derive(Debug, Default)]
pub struct Kept {
    /// The configuration as it was written.
    config: Option<FileBytes>,
    /// Every file that may be a bibliography, and the list of retractions: which ones are, and what is suggested in place of
    /// one that is missing, depends on all of them.
    works_from: BTreeMap<SitePath, FileBytes>,
    bibliography: Option<Arc<Bibliography>>,
    pages: FxHashMap<SitePath, Read>,
    lock: Option<ReadLock>,
}

/// The record of versions as it was read.
#[derive(Debug)]
struct ReadLock {
    bytes: FileBytes,
    lock: Option<Arc<Lock>>,
    faults: Vec<Diagnostic>,
}

/// One page as it was read.
#[derive(Debug)]
pub(super) struct Read {
    bytes: FileBytes,
    pub document: Option<Arc<Document>>,
    pub faults: Arc<[Diagnostic]>,
}

impl Read {
    pub fn new(path: &SitePath, bytes: &FileBytes, config: &Config, known: &dyn Keys) -> Self {
        let (document, faults) = super::document(path, bytes, config, known);
        Self { bytes: bytes.clone(), document, faults: faults.into() }
    }
}

impl Kept {
    /// The works, and with it the promise that everything else kept was read under the same configuration and knew of the
    /// same works.
    pub(super) fn bibliography(&mut self, sources: &Sources, config: &Config) -> Arc<Bibliography> {
        let text = sources.bytes(Sources::CONFIG).cloned();
        if self.config != text {
            *self = Self { config: text, ..Self::default() };
        }
        let works_from: BTreeMap<SitePath, FileBytes> =
            bibliography::files(sources, config).map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
        if let Some(bibliography) = &self.bibliography
            && self.works_from == works_from
        {
            return bibliography.clone();
        }
        let bibliography = Arc::new(bibliography::bibliography(sources, config));
        if self.bibliography.as_ref().is_none_or(|before| !same_keys(before, &bibliography)) {
            self.pages.clear();
        }
        self.works_from = works_from;
        self.bibliography = Some(bibliography.clone());
        bibliography
    }

    /// The record of versions with its faults.
    pub(super) fn lock(&mut self, sources: &Sources) -> (Option<Arc<Lock>>, Vec<Diagnostic>) {
        let Some(bytes) = sources.bytes(Sources::LOCK) else { return (None, Vec::new()) };
        let known = self.lock.take().filter(|read| read.bytes == *bytes);
        let read = known.unwrap_or_else(|| {
            let (lock, faults) = super::lock::lock(sources);
            ReadLock { bytes: bytes.clone(), lock: lock.map(Arc::new), faults }
        });
        let told = (read.lock.clone(), read.faults.clone());
        self.lock = Some(read);
        told
    }

    /// Takes in pages that were read anew, and lets go of those that are no more; `pages` is how many there are now.
    pub(super) fn take_in(&mut self, new: Vec<(SitePath, Read)>, pages: usize, sources: &Sources) {
        self.pages.extend(new);
        if self.pages.len() != pages {
            self.pages.retain(|path, _| sources.files.contains_key(path));
        }
    }

    /// A page that has been read before.
    pub(super) fn page(&self, path: &SitePath, bytes: &FileBytes) -> Option<&Read> {
        self.pages.get(path).filter(|read| read.bytes == *bytes)
    }
}

fn same_keys(before: &Bibliography, now: &Bibliography) -> bool {
    before.works.keys().eq(now.works.keys()) && before.aliases == now.aliases
}
