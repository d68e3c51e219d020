//! Publishes files without ever losing what psychoed did not write.
//!
//! Everything is first put into a folder beside the output (`.public.work/stage`), together with links to what others keep in
//! the output; then the two folders are exchanged in one step. Readers see the old site or the new one, never a mixture.
//! Where the system cannot exchange folders, files are replaced one by one. A manifest in the output lists what is
//! psychoed's own, so that stale pages go and hand-put files stay.

mod in_place;
mod lock;
mod manifest;
mod present;
mod refusal;
mod stage;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::render::OutputFile;
use lock::Lock;
use manifest::Manifest;
use present::Present;
use stage::Stage;

/// Why nothing was published. The output is as it was, unless it is [`Fault::PartWay`].
#[derive(Debug)]
pub enum Fault {
    /// The output is not a folder psychoed may fill.
    Refused(String),
    /// Another build is publishing to the same output.
    Busy(PathBuf),
    /// A file would be overwritten that psychoed did not write, or that was changed by hand.
    NotOurs(Vec<String>),
    /// A file that was to stay, and that somebody removed while the build ran.
    Gone(String),
    /// A file that somebody else changed while files were being replaced one by one.
    Changed(PathBuf),
    /// What stopped it when some files had been replaced one by one, and others not yet.
    PartWay(Box<Fault>),
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
            Fault::Gone(file) => write!(
                f,
                "nothing was published, because somebody removed files from the output meanwhile (such as {file}). Build again"
            ),
            Fault::Changed(path) => {
                write!(f, "somebody else changed {} just now, so it was left alone", path.display())
            }
            Fault::PartWay(why) => {
                write!(
                    f,
                    "{why}\nSome pages in the output are new already, and others still old: build again to replace the rest"
                )
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All was there already.
    Unchanged,
    /// Old and new folder were exchanged in one step.
    Exchanged,
    /// The same; what others changed in the old one in that very moment is kept in this folder.
    ExchangedBut(PathBuf),
    /// File by file, since the system cannot exchange folders here.
    FileByFile,
}

/// A build on its way to an output folder. Files may come from several threads and in any order; until [`Publication::finish`]
/// nothing of it can be seen, and without it nothing ever is.
pub struct Publication {
    root: PathBuf,
    output: PathBuf,
    stage: Stage,
    /// What the last build published.
    old: Manifest,
    /// What was in the output when the build began.
    present: Present,
    /// Files so far, by path, with their hashes.
    new: Mutex<BTreeMap<String, String>>,
    /// The first fault; what comes after it would only hide it.
    fault: OnceLock<Fault>,
    /// Held until the files are in place and the stage is gone, so it is dropped last.
    _lock: Lock,
}

impl Publication {
    /// Makes sure that the project at `root` may publish to `output`, and that nobody else does at the same time.
    pub fn begin(root: &Path, output: &Path) -> Result<Self, Fault> {
        Self::begin_in(root, output, &work_folder(&refusal::absolute(output)))
    }

    /// The same, with everything put together in `work`. If that is on another disk, files are replaced one by one.
    pub fn begin_in(root: &Path, output: &Path, work: &Path) -> Result<Self, Fault> {
        refusal::check(root, output)?;
        refusal::check_work(output, work)?;
        let output = refusal::absolute(output);
        let lock = lock::take(work, &output)?;
        in_place::tidy(&output)?;
        let old = Manifest::read(&output);
        let present = Present::survey(&output, &old, &Present::default())?;
        let stage = Stage::new(work.join("stage"), output.clone())?;
        let (root, new, fault) = (root.to_owned(), Mutex::default(), OnceLock::new());
        Ok(Self { root, output, stage, old, present, new, fault, _lock: lock })
    }

    /// Adds a file. One that is there already with the same bytes is not written again and keeps its date.
    pub fn put(&self, file: &OutputFile) {
        let name = file.path.as_str();
        let hash = manifest::hash(&file.bytes);
        if !self.present.has(name, &hash)
            && self.fault.get().is_none()
            && let Err(fault) = self.stage.write(name, &file.bytes)
        {
            // Somebody else may have been first, which says as much.
            let _ = self.fault.set(fault);
        }
        self.new.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), hash);
    }

    /// Puts everything in its place.
    pub fn finish(self) -> Result<Mode, Fault> {
        self.finish_while(|_| {})
    }

    /// The same. Of a first output `look` gets to see the files, in the folder where they wait for the disk to have them. Of a later
    /// one it does not: files that stay are changed once more, in the number of their names, when the older output goes.
    pub fn finish_while(self, look: impl FnOnce(&Path) + Send) -> Result<Mode, Fault> {
        if let Some(fault) = self.fault.into_inner() {
            return Err(fault);
        }
        let new = Manifest::of(self.new.into_inner().unwrap_or_else(PoisonError::into_inner));
        // Pages and PDFs take their time, in which people do not keep their hands off the output.
        refusal::check(&self.root, &self.output)?;
        let present = Present::survey(&self.output, &self.old, &self.present)?;
        let clashes = present.clashes(&new);
        if !clashes.is_empty() {
            return Err(Fault::NotOurs(clashes));
        }
        if let Some(gone) = present.gone(&self.present, &new) {
            return Err(Fault::Gone(gone));
        }
        if present.intact(&self.old) && self.old.same_files(&new) {
            return Ok(Mode::Unchanged);
        }
        if self.stage.may_exchange() {
            self.stage.complete(&new, &present)?;
            if self.stage.exchange(look).doing("publish to", &self.output)? {
                let kept = self.stage.clear(&present)?;
                return Ok(kept.map_or(Mode::Exchanged, Mode::ExchangedBut));
            }
        }
        in_place::replace(self.stage.folder(), &self.output, &present, &new)?;
        Ok(Mode::FileByFile)
    }
}

/// Writes one file of the project in one step, whatever stood there.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    in_place::put(path, bytes)
}

/// The folder beside the output that is psychoed's alone, while it publishes.
fn work_folder(output: &Path) -> PathBuf {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!(".{name}.work"))
}
