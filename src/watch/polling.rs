//! Finds changes by comparing, where the system does not tell of them.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::batch::Batch;
use super::scope::Scope;

/// Comparing takes at most this share of the time.
const SHARE: u32 = 20;

/// What all files looked like from outside.
#[derive(Debug)]
pub(super) struct Snapshot {
    stamps: BTreeMap<PathBuf, Stamp>,
    taken: Instant,
    took: Duration,
}

/// What changes with a file. Of folders, only that they are.
#[derive(Debug, PartialEq, Eq)]
enum Stamp {
    Folder,
    File { size: u64, modified: Option<SystemTime>, inode: Inode },
}

/// Tells a file from one that took its place with the same size and date. Not known everywhere.
type Inode = Option<(u64, i64, i64)>;

impl Snapshot {
    pub(super) fn take(scope: &Scope) -> Snapshot {
        let begun = Instant::now();
        let stamps = scope.entries().filter_map(|path| Stamp::of(&path).map(|stamp| (path, stamp))).collect();
        Snapshot { stamps, taken: Instant::now(), took: begun.elapsed() }
    }

    /// Waits until it is time to compare again, but no longer than patience lasts. Whether it is time.
    pub(super) fn wait(&self, patience: Duration, interval: Duration) -> bool {
        let due = interval.max(self.took * SHARE).saturating_sub(self.taken.elapsed());
        std::thread::sleep(due.min(patience));
        due <= patience
    }

    /// Looks again, and notes what is not as it was.
    pub(super) fn compare(&mut self, scope: &mut Scope, batch: &mut Batch) {
        scope.resolve();
        let now = Snapshot::take(scope);
        let before = std::mem::replace(self, now);
        let gone = before.stamps.iter().filter(|(path, _)| !self.stamps.contains_key(*path));
        let changed = self.stamps.iter().filter(|(path, stamp)| before.stamps.get(*path) != Some(stamp));
        for (path, stamp) in gone.chain(changed) {
            if *stamp == Stamp::Folder || before.stamps.get(path) == Some(&Stamp::Folder) {
                batch.note_everything();
            } else {
                batch.note_file(path.clone());
            }
        }
    }
}

impl Stamp {
    fn of(path: &Path) -> Option<Stamp> {
        let metadata = path.metadata().ok()?;
        Some(if metadata.is_dir() {
            Stamp::Folder
        } else {
            Stamp::File { size: metadata.len(), modified: metadata.modified().ok(), inode: inode(&metadata) }
        })
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> Inode {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.ino(), metadata.ctime(), metadata.ctime_nsec()))
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> Inode {
    None
}
