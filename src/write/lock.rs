//! One build at a time publishes to an output. The lock is the system's, so a build that was killed leaves none behind.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::{Doing, Fault};

/// Takes the lock, or says who is in the way. It is held until the value is dropped.
pub fn take(work: &Path, output: &Path) -> Result<File, Fault> {
    let path = work.join("lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path).doing("open", &path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Fault::Busy(output.to_owned())),
        Err(TryLockError::Error(error)) => Err(error).doing("lock", &path),
    }
}
