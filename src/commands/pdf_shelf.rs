//! Keeps PDFs in the project's `.psychoed/pdf/`, which may be deleted at any time.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::own_folder;
use crate::render::print::Shelf;

/// The folder within psychoed's own.
const FOLDER: &str = "pdf";

/// PDFs of one project.
#[derive(Debug)]
pub struct PdfShelf {
    root: PathBuf,
    /// Names asked for or put there, so that the others can be thrown away.
    used: Mutex<BTreeSet<String>>,
}

impl PdfShelf {
    /// The shelf of the project at `root`.
    pub fn of(root: &Path) -> Self {
        Self { root: root.to_owned(), used: Mutex::default() }
    }

    /// Throws away what nobody asked for since this shelf was opened.
    pub fn tidy(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(entries) = fs::read_dir(own_folder::place(&self.root, FOLDER)) else { return };
        for entry in entries.flatten() {
            if entry.file_name().to_str().is_none_or(|name| !used.contains(name)) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn note(&self, name: &str) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
    }
}

impl Shelf for PdfShelf {
    fn take(&self, name: &str) -> Option<Vec<u8>> {
        self.note(name);
        fs::read(own_folder::place(&self.root, &within(name))).ok()
    }

    /// Whatever keeps it from being put there, the next build only takes longer.
    fn put(&self, name: &str, bytes: &[u8]) {
        self.note(name);
        let _ = own_folder::put(&self.root, &within(name), bytes);
    }
}

fn within(name: &str) -> String {
    format!("{FOLDER}/{name}")
}
