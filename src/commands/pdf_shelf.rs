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

    /// Throws away the sheets that nobody asked for since this shelf was opened; in a folder that a link leads to, which may be
    /// somebody's, nothing at all.
    pub fn tidy(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = own_folder::place(&self.root, FOLDER);
        if [self.root.join(own_folder::NAME), folder.clone()].iter().any(|folder| folder.is_symlink()) {
            return;
        }
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let is_old_sheet = |name: &str| is_name_of_sheet(name) && !used.contains(name);
            if entry.file_name().to_str().is_some_and(is_old_sheet) {
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

/// Whether a file may be one of the shelf: its name is a hash.
fn is_name_of_sheet(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn within(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_sheets_are_thrown_away_and_nothing_behind_a_link() {
        let project = tempfile::tempdir().unwrap();
        let (old, new) = ("0".repeat(64), "f".repeat(64));
        let shelf = PdfShelf::of(project.path());
        let folder = own_folder::place(project.path(), FOLDER);
        let left = || {
            let mut left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            left.sort();
            left
        };
        shelf.put(&new, b"new");
        fs::write(folder.join(&old), "old").unwrap();
        fs::write(folder.join("photo.jpg"), "a memory").unwrap();
        shelf.tidy();
        assert_eq!(left(), [new.as_str(), "photo.jpg"]);

        fs::write(folder.join(&old), "somebody's").unwrap();
        let elsewhere = project.path().join("elsewhere");
        fs::rename(&folder, &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, &folder).unwrap();
        shelf.tidy();
        assert_eq!(left(), [old.as_str(), new.as_str(), "photo.jpg"]);
    }
}
