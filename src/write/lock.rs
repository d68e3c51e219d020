//! One build at a time publishes to an output. The lock is the system's, so a build that was killed leaves none behind.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::{Doing, Fault};

/// How often a build tries again when another one takes its lock away in the very moment between opening and locking.
const TRIES: usize = 100;

/// The right to publish to an output, until it is dropped. The folder that holds it goes then, too.
pub struct Lock {
    path: PathBuf,
    _file: File,
}

/// Takes the lock, or says who is in the way.
pub fn take(work: &Path, output: &Path) -> Result<Lock, Fault> {
    let path = work.join("lock");
    let mut tries = 0;
    loop {
        tries += 1;
        let file = match open(work, &path) {
            Err(Fault::Io { error, .. }) if tries < TRIES && is_for_a_moment(&error) => continue,
            opened => opened?,
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, &path) => return Ok(Lock { path, _file: file }),
            // That of a build which has just ended: the next build will not find it.
            Ok(()) if tries < TRIES => {}
            Ok(()) | Err(TryLockError::WouldBlock) => return Err(Fault::Busy(output.to_owned())),
            Err(TryLockError::Error(error)) => return Err(error).doing("lock", &path),
        }
    }
}

fn open(work: &Path, path: &Path) -> Result<File, Fault> {
    fs::create_dir_all(work).doing("create", work)?;
    File::options().create(true).truncate(false).write(true).open(path).doing("open", path)
}

/// Whether the folder may just have gone that was there a moment ago.
fn is_for_a_moment(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists)
}

impl Drop for Lock {
    /// Removes the file while it is still locked; whoever has opened it meanwhile finds out with [`is_at`]. What else is in the
    /// folder keeps it there.
    fn drop(&mut self) {
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
            let _ = self.path.parent().map(fs::remove_dir);
        }
    }
}

/// Whether a file that was opened is still the one at its path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    file.metadata().and_then(|opened| Ok(identity(opened) == identity(fs::symlink_metadata(path)?))).unwrap_or(false)
}

/// Elsewhere the file stays, since one that is open cannot be relied on to go.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_was_taken_away_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let (work, output) = (folder.path().join(".public.work"), folder.path().join("public"));
        let first = take(&work, &output).unwrap();
        let waiting = File::open(work.join("lock")).unwrap();
        assert!(is_at(&waiting, &first.path));
        drop(first);
        assert!(!work.exists());
        waiting.try_lock().unwrap();
        assert!(!is_at(&waiting, &work.join("lock")));
        let second = take(&work, &output).unwrap();
        assert!(!is_at(&waiting, &second.path));
        assert!(matches!(take(&work, &output), Err(Fault::Busy(_))));
    }
}
