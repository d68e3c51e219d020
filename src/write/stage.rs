//! The folder in which a new output is put together, and the exchange with the old one.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use rayon::prelude::*;

use super::manifest::Manifest;
use super::present::Present;
use super::{Doing, Fault};

/// A folder that is psychoed's alone and goes when it is dropped, whatever is in it by then.
pub struct Stage {
    folder: PathBuf,
    /// Folders within that exist already.
    made: RwLock<HashSet<String>>,
}

impl Stage {
    /// Makes the folder, without what an earlier build may have left there.
    pub fn new(folder: PathBuf) -> Result<Self, Fault> {
        remove(&folder)?;
        fs::create_dir_all(&folder).doing("create", &folder)?;
        Ok(Self { folder, made: RwLock::default() })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file that must not exist yet, and makes sure that all of it arrived.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.place_for(name)?;
        let write = || {
            let mut file = fs::File::create_new(&path)?;
            file.write_all(bytes)?;
            file.flush()
        };
        write().doing("write", &path)
    }

    /// Brings along from the output what stays: own files that have not changed, and everything that is not psychoed's.
    pub fn complete(&self, output: &Path, new: &Manifest, present: &Present) -> Result<(), Fault> {
        for name in &present.others {
            self.keep(output, name)?;
        }
        let unchanged = new.files.par_iter().filter(|(name, hash)| present.has(name, hash));
        unchanged.try_for_each(|(name, _)| self.keep(output, name))?;
        self.write(Manifest::NAME, &new.to_bytes())
    }

    fn keep(&self, output: &Path, name: &str) -> Result<(), Fault> {
        let (from, to) = (output.join(name), self.place_for(name)?);
        if from.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return fs::create_dir_all(&to).doing("create", &to);
        }
        fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop)).doing("keep", &from)
    }

    /// Where a file goes, in a folder that is there.
    fn place_for(&self, name: &str) -> Result<PathBuf, Fault> {
        let path = self.folder.join(name);
        let within = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !self.made.read().unwrap_or_else(PoisonError::into_inner).contains(within) {
            let folder = self.folder.join(within);
            fs::create_dir_all(&folder).doing("create", &folder)?;
            self.made.write().unwrap_or_else(PoisonError::into_inner).insert(within.to_owned());
        }
        Ok(path)
    }

    /// Exchanges the new output with the old one. `false` when the system cannot do that here. If there is no old one, `look` gets
    /// to see the files while the disk takes them.
    #[cfg(target_os = "linux")]
    pub fn exchange(&self, output: &Path, look: impl FnOnce(&Path) + Send) -> io::Result<bool> {
        use rustix::fs::{CWD, RenameFlags, renameat_with, syncfs};
        use rustix::io::Errno;
        let folder = fs::File::open(&self.folder)?;
        if !output.exists() {
            let (written, ()) = rayon::join(|| syncfs(folder), || look(&self.folder));
            written?;
            fs::rename(&self.folder, output)?;
            return Ok(true);
        }
        syncfs(folder)?;
        match renameat_with(CWD, &self.folder, CWD, output, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            // Another file system, a mount point, or one that knows no exchange.
            Err(Errno::XDEV | Errno::BUSY | Errno::INVAL | Errno::NOSYS) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Exchanges the new output with the old one. `false` when the system cannot do that here. If there is no old one, `look` gets
    /// to see the files before.
    #[cfg(not(target_os = "linux"))]
    pub fn exchange(&self, output: &Path, look: impl FnOnce(&Path) + Send) -> io::Result<bool> {
        if output.exists() {
            return Ok(false);
        }
        look(&self.folder);
        fs::rename(&self.folder, output)?;
        Ok(true)
    }
}

impl Drop for Stage {
    /// After an exchange it is the old output that stands here. If it cannot be removed, the next build tries again.
    fn drop(&mut self) {
        let _ = remove(&self.folder);
    }
}

fn remove(folder: &Path) -> Result<(), Fault> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).doing("remove", folder),
        _ => Ok(()),
    }
}
