//! Writes mended files: each changes in one step or not at all, and only while it still is what was read.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Mended;
use crate::source::SitePath;

/// Why a file stays as it was.
#[derive(Debug)]
pub enum Fault {
    /// Somebody changed it after it was read.
    Changed(SitePath),
    /// It is a link to something outside the project.
    LeadsOut(SitePath),
    /// The disk or its permissions.
    Io {
        /// The file.
        path: PathBuf,
        /// What was being done, such as `write`.
        doing: &'static str,
        /// What went wrong.
        error: io::Error,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Changed(path) => {
                write!(f, "{path} was changed by somebody else just now, so it stays as it is; run this again")
            }
            Fault::LeadsOut(path) => {
                write!(f, "{path} is a link to something outside the project, so it stays as it is")
            }
            Fault::Io { path, doing, error } => write!(f, "cannot {doing} {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for Fault {}

/// Writes a mended file of the project at `root`. Where the path is a link, the file that it leads to changes.
pub fn write(root: &Path, path: &SitePath, mended: &Mended) -> Result<(), Fault> {
    let named = root.join(path.as_str());
    let fault = |doing| {
        let path = named.clone();
        move |error| Fault::Io { path, doing, error }
    };
    let file = named.canonicalize().map_err(fault("find"))?;
    let root = root.canonicalize().map_err(fault("find"))?;
    if !file.starts_with(&root) {
        return Err(Fault::LeadsOut(path.clone()));
    }
    let permissions = file.metadata().map_err(fault("read"))?.permissions();
    if permissions.readonly() {
        return Err(fault("change")(io::Error::new(io::ErrorKind::PermissionDenied, "it is write-protected")));
    }
    let mut new = beside(&file).map_err(fault("write beside"))?;
    new.write_all(&mended.after).map_err(fault("write beside"))?;
    new.as_file().sync_all().map_err(fault("write beside"))?;
    fs::set_permissions(new.path(), permissions).map_err(fault("write beside"))?;
    // This comes last, so that hardly any time is left in which somebody else could write.
    if fs::read(&file).map_err(fault("read"))? != *mended.before {
        return Err(Fault::Changed(path.clone()));
    }
    new.persist(&file).map_err(|failed| fault("replace")(failed.error))?;
    Ok(())
}

/// A file that nobody sees, on the same disk as the one whose place it is to take.
fn beside(file: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(".psychoed-").tempfile_in(file.parent().unwrap_or(file))
}
