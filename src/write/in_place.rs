//! Replaces an output file by file, for systems that cannot exchange folders: first what pages need, then pages, then what
//! lists them; what is stale goes last. Each file changes in one step, and only once all of them are at hand on the same disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::present::Present;
use super::{Doing, Fault};

/// The folder within an output in which files wait to be moved to their places.
pub const WAITING: &str = ".psychoed-waiting";

/// Moves everything from the stage to the output. If it is cut off, the manifest tells the next build that old and new are both
/// psychoed's own.
pub fn replace(stage: &Path, output: &Path, present: &Present, new: &Manifest) -> Result<(), Fault> {
    let mut names: Vec<&String> =
        new.files.iter().filter(|(name, hash)| !present.has(name, hash)).map(|(name, _)| name).collect();
    names.sort_by_key(|name| (turn(name), *name));
    let now = present.own().map(|(name, hash)| (name.clone(), hash.clone())).collect();

    let mut waiting = Waiting::open(output)?;
    let unfinished = waiting.write(&new.unfinished(now).to_bytes())?;
    let finished = waiting.write(&new.to_bytes())?;
    let places = names.into_iter().map(|name| Ok((name, waiting.bring(&stage.join(name), &output.join(name))?)));
    let places = places.collect::<Result<Vec<_>, Fault>>()?;

    let manifest = output.join(Manifest::NAME);
    move_to(&manifest, &unfinished)?;
    let mut replaced = false;
    put_in_place(output, present, new, &places, &mut replaced)
        .and_then(|()| move_to(&manifest, &finished))
        .map_err(|why| if replaced { Fault::PartWay(Box::new(why)) } else { why })
}

/// Replaces files by those that wait, and removes stale ones. What others changed in the meantime is left alone.
fn put_in_place(
    output: &Path,
    present: &Present,
    new: &Manifest,
    places: &[(&String, PathBuf)],
    replaced: &mut bool,
) -> Result<(), Fault> {
    let untouched = |name: &str| {
        let path = output.join(name);
        if present.is_still_so(output, name) { Ok(path) } else { Err(Fault::Changed(path)) }
    };
    for (name, waiting) in places {
        let path = untouched(name)?;
        fs::create_dir_all(path.parent().unwrap_or(output)).doing("write", &path)?;
        move_to(&path, waiting)?;
        *replaced = true;
    }
    for (name, _) in present.own().filter(|(name, _)| !new.files.contains_key(*name)) {
        let stale = untouched(name)?;
        fs::remove_file(&stale).doing("remove", &stale)?;
        *replaced = true;
        remove_empty_folders(&stale, output);
    }
    Ok(())
}

fn move_to(place: &Path, waiting: &Path) -> Result<(), Fault> {
    fs::rename(waiting, place).doing("write", place)
}

/// Files in the output's [`WAITING`] folder, named by numbers. It goes when it is dropped.
struct Waiting<'o> {
    output: &'o Path,
    files: usize,
}

impl<'o> Waiting<'o> {
    fn open(output: &'o Path) -> Result<Self, Fault> {
        tidy(output)?;
        let folder = output.join(WAITING);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists || !is_folder(&folder) => Err(error),
            _ => Ok(Self { output, files: 0 }),
        }
        .doing("create", &folder)
    }

    fn next(&mut self) -> PathBuf {
        self.files += 1;
        self.output.join(WAITING).join(self.files.to_string())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<PathBuf, Fault> {
        let path = self.next();
        let write = || io::Write::write_all(&mut fs::File::create_new(&path)?, bytes);
        write().doing("write", &path).map(|()| path)
    }

    /// Has a file wait for its place; copies it if it is on another disk.
    fn bring(&mut self, from: &Path, place: &Path) -> Result<PathBuf, Fault> {
        let path = self.next();
        fs::rename(from, &path).or_else(|_| fs::copy(from, &path).map(drop)).doing("write", place).map(|()| path)
    }
}

impl Drop for Waiting<'_> {
    /// What cannot be removed now, the next build removes.
    fn drop(&mut self) {
        let _ = tidy(self.output);
    }
}

/// Removes what a build that was cut off may have left waiting; what others keep in that folder stays.
pub fn tidy(output: &Path) -> Result<(), Fault> {
    let folder = output.join(WAITING);
    if !is_folder(&folder) {
        return Ok(());
    }
    for entry in fs::read_dir(&folder).doing("look through", &folder)?.flatten() {
        if entry.file_name().to_str().is_some_and(|name| name.parse::<usize>().is_ok()) {
            fs::remove_file(entry.path()).doing("remove", &entry.path())?;
        }
    }
    let _ = fs::remove_dir(&folder);
    Ok(())
}

fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
}

/// Pages come after what they load, and lists of pages after the pages.
fn turn(name: &str) -> u8 {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "xml" | "txt" => 2,
        "html" => 1,
        _ => 0,
    }
}

/// Writes a file beside its place and moves it there. Temporary files are private to their owner; this one is for all to read, as files are
/// that people make.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).doing("create", folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).doing("write in", folder)?;
    std::io::Write::write_all(&mut file, bytes).doing("write", path)?;
    make_readable(file.path()).doing("write", path)?;
    file.persist(path).map_err(|error| error.error).doing("write", path)?;
    Ok(())
}

#[cfg(unix)]
fn make_readable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

fn remove_empty_folders(stale: &Path, output: &Path) {
    let mut folder = stale.parent();
    while let Some(empty) = folder.filter(|folder| *folder != output && fs::remove_dir(folder).is_ok()) {
        folder = empty.parent();
    }
}
