//! Publishes files without ever losing what psychoed did not write.
//!
//! Everything is first put into a folder beside the output (`.public.work/stage`), together with links to what others keep in
//! the output; then the two folders are exchanged in one step. Readers see the old site or the new one, never a mixture.
//! Where the system cannot exchange folders, files are replaced one by one. A manifest in the output lists what is
//! psychoed's own, so that stale pages go and hand-put files stay.

mod in_place;
mod lock;
mod manifest;
mod refusal;
mod stage;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::render::OutputFile;
use manifest::Manifest;

/// Why nothing was published. The output is as it was, unless the fault says otherwise.
#[derive(Debug)]
pub enum Fault {
    /// The output is not a folder psychoed may fill.
    Refused(String),
    /// Another build is publishing to the same output.
    Busy(PathBuf),
    /// A file would be overwritten that psychoed did not write, or that was changed by hand.
    NotOurs(Vec<String>),
    /// The disk or its permissions.
    Io {
        /// What it was done to.
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
            Fault::Refused(why) => f.write_str(why),
            Fault::Busy(output) => {
                write!(
                    f,
                    "another psychoed build is publishing to {} right now; wait until it is done",
                    output.display()
                )
            }
            Fault::NotOurs(files) => {
                write!(f, "nothing was published, because these files in the output would be overwritten:")?;
                files.iter().try_for_each(|file| write!(f, "\n  {file}"))?;
                write!(f, "\nMove them away, or choose another folder with --output")
            }
            Fault::Io { path, doing, error } => write!(f, "cannot {doing} {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for Fault {}

/// Adds to an I/O error what was being done to which path.
trait Doing<T> {
    fn doing(self, doing: &'static str, path: &Path) -> Result<T, Fault>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, doing: &'static str, path: &Path) -> Result<T, Fault> {
        self.map_err(|error| Fault::Io { path: path.to_owned(), doing, error })
    }
}

/// How the files got to their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All was there already.
    Unchanged,
    /// Old and new folder were exchanged in one step.
    Exchanged,
    /// File by file, since the system cannot exchange folders here.
    FileByFile,
}

/// Publishes `files` to `output`, a folder of the project at `root` or anywhere else. Files that are there already with the
/// same bytes are not written again and keep their dates.
pub fn publish(root: &Path, output: &Path, files: &[OutputFile]) -> Result<Mode, Fault> {
    refusal::check(root, output)?;
    let output = refusal::absolute(output);
    let work = work_folder(&output);
    std::fs::create_dir_all(&work).doing("create", &work)?;
    let _lock = lock::take(&work, &output)?;
    let old = Manifest::read(&output);
    let new = Manifest::of(files);
    let present = stage::survey(&output, &old)?;
    stage::refuse_clashes(&present, &old, &new)?;
    if present.intact(&old) && old.same_files(&new) {
        return Ok(Mode::Unchanged);
    }
    let stage = work.join("stage");
    stage::remove(&stage)?;
    stage::fill(&stage, &output, files, &old, &new, &present)?;
    let mode = match stage::exchange(&stage, &output).doing("publish to", &output)? {
        true => Mode::Exchanged,
        false => {
            in_place::replace(&stage, &output, &old, &new)?;
            Mode::FileByFile
        }
    };
    stage::remove(&stage)?;
    Ok(mode)
}

/// The folder beside the output that is psychoed's alone.
fn work_folder(output: &Path) -> PathBuf {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!(".{name}.work"))
}
