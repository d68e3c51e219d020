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
    output: PathBuf,
    /// Folders within that exist already.
    made: RwLock<HashSet<PathBuf>>,
}

impl Stage {
    /// Makes the folder, without what an earlier build may have left there.
    pub fn new(folder: PathBuf, output: PathBuf) -> Result<Self, Fault> {
        remove(&folder)?;
        fs::create_dir_all(&folder).doing("create", &folder)?;
        Ok(Self { folder, output, made: RwLock::default() })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file that must not exist yet, and makes sure that all of it arrived.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.place_for(Path::new(name))?;
        let write = || {
            let mut file = fs::File::create_new(&path)?;
            file.write_all(bytes)?;
            file.flush()
        };
        write().doing("write", &path)
    }

    /// Brings along from the output what stays: own files that have not changed, and everything that is not psychoed's.
    pub fn complete(&self, new: &Manifest, present: &Present) -> Result<(), Fault> {
        for path in present.others() {
            match self.keep(path) {
                // Others may take away what they put there, even now.
                Err(Fault::Io { error, .. }) if error.kind() == io::ErrorKind::NotFound => {}
                kept => kept?,
            }
        }
        let unchanged = new.files.par_iter().filter(|(name, hash)| present.has(name, hash));
        unchanged.try_for_each(|(name, _)| self.keep(Path::new(name)))?;
        self.write(Manifest::NAME, &new.to_bytes())?;
        self.close_folders()
    }

    /// Makes folders as closed as they are in the output, now that nothing more is put there.
    fn close_folders(&self) -> Result<(), Fault> {
        let made = self.made.read().unwrap_or_else(PoisonError::into_inner);
        let mut made: Vec<_> = made.iter().collect();
        made.sort_by(|one, other| other.cmp(one));
        made.into_iter().try_for_each(|within| {
            let folder = self.folder.join(within);
            resemble(&folder, &self.output.join(within), 0).doing("set the permissions of", &folder)
        })
    }

    fn keep(&self, path: &Path) -> Result<(), Fault> {
        let (from, to) = (self.output.join(path), self.place_for(path)?);
        if from.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return self.make(path);
        }
        fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop)).doing("keep", &from)
    }

    /// Where a file goes, in a folder that is there.
    fn place_for(&self, path: &Path) -> Result<PathBuf, Fault> {
        self.make(path.parent().unwrap_or(path))?;
        Ok(self.folder.join(path))
    }

    /// Makes a folder within, and those it is in, unless that is done; what is one in the output already stays as private as it is.
    fn make(&self, within: &Path) -> Result<(), Fault> {
        if self.made.read().unwrap_or_else(PoisonError::into_inner).contains(within) {
            return Ok(());
        }
        within.parent().map_or(Ok(()), |above| self.make(above))?;
        let folder = self.folder.join(within);
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        fs::create_dir_all(&folder)
            .and_then(|()| resemble(&folder, &self.output.join(within), FILLABLE))
            .doing("create", &folder)?;
        made.insert(within.to_owned());
        Ok(())
    }

    /// Whether an exchange is worth a try: between two disks there is none.
    #[cfg(target_os = "linux")]
    pub fn may_exchange(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        let disk = |folder: &Path| folder.metadata().ok().map(|folder| folder.dev());
        !self.output.exists() || disk(&self.folder) == disk(&self.output)
    }

    /// Whether there is nothing to exchange with: the system cannot do that.
    #[cfg(not(target_os = "linux"))]
    pub fn may_exchange(&self) -> bool {
        !self.output.exists()
    }

    /// Exchanges the new output with the old one. `false` when the system cannot do that here. If there is no old one, `look` gets
    /// to see the files while the disk takes them.
    #[cfg(target_os = "linux")]
    pub fn exchange(&self, look: impl FnOnce(&Path) + Send) -> io::Result<bool> {
        use rustix::fs::{CWD, RenameFlags, renameat_with, syncfs};
        use rustix::io::Errno;
        let folder = fs::File::open(&self.folder)?;
        if !self.output.exists() {
            let (written, ()) = rayon::join(|| syncfs(folder), || look(&self.folder));
            written?;
            fs::rename(&self.folder, &self.output)?;
            return Ok(true);
        }
        syncfs(folder)?;
        match renameat_with(CWD, &self.folder, CWD, &self.output, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            // Another file system, a mount point, or one that knows no exchange.
            Err(Errno::XDEV | Errno::BUSY | Errno::INVAL | Errno::NOSYS) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Exchanges the new output with the old one. `false` when the system cannot do that here. If there is no old one, `look` gets
    /// to see the files before.
    #[cfg(not(target_os = "linux"))]
    pub fn exchange(&self, look: impl FnOnce(&Path) + Send) -> io::Result<bool> {
        if self.output.exists() {
            return Ok(false);
        }
        look(&self.folder);
        fs::rename(&self.folder, &self.output)?;
        Ok(true)
    }
}

#[cfg(not(target_os = "linux"))]
impl Stage {
    /// Nothing is exchanged here, so there is nothing to remove.
    pub fn clear(self, _: &Present) -> Result<Option<PathBuf>, Fault> {
        Ok(None)
    }
}

#[cfg(target_os = "linux")]
impl Stage {
    /// Removes the old output, which stands here after an exchange. What arrived there or was changed since it was `present` moves
    /// to the new one; where that has something else in its place, it is kept in the folder that is returned.
    pub fn clear(self, present: &Present) -> Result<Option<PathBuf>, Fault> {
        if (Old { folder: &self.folder, output: &self.output, present }).clear(Path::new("")) {
            return Ok(None);
        }
        let place = |number: usize| self.folder.with_file_name(format!("kept-{number}"));
        let kept = (1..).map(place).find(|place| place.symlink_metadata().is_err());
        let kept = kept.unwrap_or_else(|| place(0));
        let moved = fs::rename(&self.folder, &kept).doing("keep", &self.folder);
        // Whatever happens, it is not removed.
        std::mem::forget(self);
        moved.map(|()| Some(kept))
    }
}

/// An old output on its way out.
#[cfg(target_os = "linux")]
struct Old<'o> {
    folder: &'o Path,
    output: &'o Path,
    present: &'o Present,
}

#[cfg(target_os = "linux")]
impl Old<'_> {
    /// Clears a folder within; returns whether others would miss nothing that is still in it.
    fn clear(&self, within: &Path) -> bool {
        let place = self.folder.join(within);
        let entries = fs::read_dir(&place).into_iter().flatten().flatten();
        let (folders, files): (Vec<_>, Vec<_>) = entries
            .map(|entry| (within.join(entry.file_name()), entry.file_type().is_ok_and(|kind| kind.is_dir())))
            .partition(|(_, is_folder)| *is_folder);
        // One after the other: in one folder they would only wait for each other.
        let files = files.iter().filter(|(path, _)| !self.clear_file(path)).count();
        let folders = folders.par_iter().filter(|(path, _)| !self.clear_folder(path)).count();
        let _ = fs::remove_dir(place);
        files + folders == 0
    }

    fn clear_folder(&self, path: &Path) -> bool {
        let handed_over = !self.present.knows_folder(path) && self.hand_over(path);
        handed_over || self.clear(path)
    }

    fn clear_file(&self, path: &Path) -> bool {
        let needless = self.present.knows_file(self.folder, path) || self.is_in_both(path);
        if needless {
            let _ = fs::remove_file(self.folder.join(path));
        }
        needless || self.hand_over(path)
    }

    /// Moves to the new output what it has nothing of the same name for.
    fn hand_over(&self, path: &Path) -> bool {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        let place = self.output.join(path);
        let _ = place.parent().map(fs::create_dir_all);
        renameat_with(CWD, self.folder.join(path), CWD, place, RenameFlags::NOREPLACE).is_ok()
    }

    /// Whether the new output has this very file.
    fn is_in_both(&self, path: &Path) -> bool {
        use std::os::unix::fs::MetadataExt;
        let identity = |folder: &Path| folder.join(path).symlink_metadata().ok().map(|file| (file.dev(), file.ino()));
        identity(self.folder).is_some_and(|old| identity(self.output) == Some(old))
    }
}

impl Drop for Stage {
    /// After an exchange it is the old output that stands here. If it cannot be removed, the next build tries again.
    fn drop(&mut self) {
        let _ = remove(&self.folder);
    }
}

/// What the owner of a folder needs to be allowed for putting something there.
const FILLABLE: u32 = 0o700;

/// Gives a folder the mode of another, if that is there, and its owner and group where this is allowed. What is `needed` is allowed
/// in any case.
#[cfg(unix)]
fn resemble(folder: &Path, other: &Path, needed: u32) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let Some(other) = other.symlink_metadata().ok().filter(fs::Metadata::is_dir) else { return Ok(()) };
    let now = folder.metadata()?;
    if now.gid() != other.gid() {
        let _ = chown(folder, None, Some(other.gid()));
    }
    if now.uid() != other.uid() {
        let _ = chown(folder, Some(other.uid()), None);
    }
    let (now, mode) = (folder.metadata()?.mode() & 0o7777, other.mode() & 0o7777 | needed);
    if now == mode { Ok(()) } else { fs::set_permissions(folder, fs::Permissions::from_mode(mode)) }
}

#[cfg(not(unix))]
fn resemble(_: &Path, _: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

/// Makes folders within removable that their owner closed.
#[cfg(unix)]
fn open_folders(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(FILLABLE));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            open_folders(&entry.path());
        }
    }
}

#[cfg(not(unix))]
fn open_folders(_: &Path) {}

fn remove(folder: &Path) -> Result<(), Fault> {
    let removed = fs::remove_dir_all(folder).or_else(|error| {
        if error.kind() != io::ErrorKind::PermissionDenied || folder.is_symlink() {
            return Err(error);
        }
        open_folders(folder);
        fs::remove_dir_all(folder)
    });
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).doing("remove", folder),
        _ => Ok(()),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn what_arrives_in_the_moment_of_the_exchange_is_handed_over_or_kept() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("public");
        let put = |name: &str, text: &str| {
            let path = output.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let read = |path: PathBuf| fs::read_to_string(path).unwrap();
        let hashes =
            |text: &str| BTreeMap::from([("a.html".to_owned(), crate::write::manifest::hash(text.as_bytes()))]);
        put("a.html", "old");
        put("log.txt", "one");
        put(Manifest::NAME, "{}");
        let publish = |meddle: &dyn Fn()| {
            let old = Manifest::of(hashes(&read(output.join("a.html"))));
            let present = Present::survey(&output, &old, &Present::default()).unwrap();
            let stage = Stage::new(folder.path().join(".public.work/stage"), output.clone()).unwrap();
            stage.write("a.html", b"new").unwrap();
            stage.complete(&Manifest::of(hashes("new")), &present).unwrap();
            meddle();
            assert!(stage.exchange(|_| {}).unwrap());
            stage.clear(&present).unwrap()
        };
        let arrivals = || {
            put("log.txt", "one, two");
            put("dl/b.pdf", "b");
            fs::create_dir(output.join("empty")).unwrap();
        };
        assert_eq!(publish(&arrivals), None);
        assert_eq!(["a.html", "log.txt", "dl/b.pdf"].map(|name| read(output.join(name))), ["new", "one, two", "b"]);
        assert!(output.join("empty").is_dir() && !folder.path().join(".public.work/stage").exists());

        let kept = publish(&|| put("a.html", "corrected by hand"));
        assert_eq!(kept, Some(folder.path().join(".public.work/kept-1")));
        assert_eq!(read(output.join("a.html")), "new");
        assert_eq!(read(folder.path().join(".public.work/kept-1/a.html")), "corrected by hand");
        assert_eq!(fs::read_dir(folder.path().join(".public.work/kept-1")).unwrap().count(), 1);
        assert_eq!(publish(&|| put("a.html", "again")), Some(folder.path().join(".public.work/kept-2")));
    }
}
