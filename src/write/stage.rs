//! The folder in which a new output is put together, and the exchange with the old one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::manifest::{Manifest, hash};
use super::{Doing, Fault};
use crate::render::OutputFile;

/// What is in an output before publishing.
#[derive(Debug, Default)]
pub struct Present {
    /// Own files, each with the hash of what is there now.
    own: BTreeMap<String, String>,
    /// Files, links and folders that psychoed did not put there. Folders only when nothing else implies them.
    others: BTreeSet<String>,
}

impl Present {
    /// Whether every own file is there, unchanged since it was published.
    pub fn intact(&self, old: &Manifest) -> bool {
        self.own == old.files
    }
}

/// Looks through an output.
pub fn survey(output: &Path, old: &Manifest) -> Result<Present, Fault> {
    let mut own = Vec::new();
    let mut others = BTreeSet::new();
    if output.is_dir() {
        for entry in WalkDir::new(output).min_depth(1) {
            let entry = entry.map_err(io::Error::from).doing("look through", output)?;
            let path = entry.path().strip_prefix(output).unwrap_or(entry.path());
            let name = path.to_string_lossy().replace('\\', "/");
            if name == Manifest::NAME {
            } else if old.files.contains_key(&name) && entry.file_type().is_file() {
                own.push(name);
            } else if !entry.file_type().is_dir() || is_empty(entry.path()) {
                others.insert(name);
            }
        }
    }
    let own = own
        .into_par_iter()
        .map(|name| {
            let path = output.join(&name);
            Ok((name, hash(&fs::read(&path).doing("read", &path)?)))
        })
        .collect::<Result<_, Fault>>()?;
    Ok(Present { own, others })
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// Refuses to overwrite what others put into the output or changed there.
pub fn refuse_clashes(present: &Present, old: &Manifest, new: &Manifest) -> Result<(), Fault> {
    // A build that was cut off leaves a mixture of its own; only then may hashes differ without anybody's doing.
    let edited = present.own.iter().filter(|(name, now)| !old.unfinished && old.files.get(*name) != Some(*now));
    let edited = edited.map(|(name, _)| format!("{name} (changed since psychoed wrote it)"));
    let foreign = present.others.iter().filter(|name| new.files.contains_key(*name));
    let foreign = foreign.map(|name| format!("{name} (not written by psychoed)"));
    let clashes: Vec<String> = edited.chain(foreign).collect();
    if clashes.is_empty() { Ok(()) } else { Err(Fault::NotOurs(clashes)) }
}

/// Puts the new output together: unchanged and foreign files as links to those that are there, the rest written anew.
pub fn fill(
    stage: &Path,
    output: &Path,
    files: &[OutputFile],
    old: &Manifest,
    new: &Manifest,
    present: &Present,
) -> Result<(), Fault> {
    let folders: BTreeSet<&str> = files.iter().map(|file| file.path.folder()).collect();
    fs::create_dir_all(stage).doing("create", stage)?;
    for folder in folders {
        let folder = stage.join(folder);
        fs::create_dir_all(&folder).doing("create", &folder)?;
    }
    for name in &present.others {
        keep(&output.join(name), &stage.join(name))?;
    }
    files.par_iter().try_for_each(|file| {
        let name = file.path.as_str();
        let target = stage.join(name);
        let unchanged =
            present.own.get(name).is_some_and(|now| new.files.get(name) == Some(now)) && old.files.contains_key(name);
        if unchanged && fs::hard_link(output.join(name), &target).is_ok() {
            return Ok(());
        }
        write_new(&target, &file.bytes)
    })?;
    write_new(&stage.join(Manifest::NAME), &new.to_bytes())
}

/// Brings something that is not psychoed's along into the new output.
fn keep(from: &Path, to: &Path) -> Result<(), Fault> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).doing("create", folder)?;
    }
    if from.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return fs::create_dir_all(to).doing("create", to);
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop)).doing("keep", from)
}

/// Writes a file that must not exist yet, and makes sure that all of it arrived.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let write = || {
        let mut file = fs::File::create_new(path)?;
        file.write_all(bytes)?;
        file.flush()
    };
    write().doing("write", path)
}

/// Exchanges the new output with the old one. `false` when the system cannot do that here.
#[cfg(target_os = "linux")]
pub fn exchange(stage: &Path, output: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with, syncfs};
    use rustix::io::Errno;
    syncfs(fs::File::open(stage)?)?;
    if !output.exists() {
        fs::rename(stage, output)?;
        return Ok(true);
    }
    match renameat_with(CWD, stage, CWD, output, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // Another file system, a mount point, or one that knows no exchange.
        Err(Errno::XDEV | Errno::BUSY | Errno::INVAL | Errno::NOSYS) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Exchanges the new output with the old one. `false` when the system cannot do that here.
#[cfg(not(target_os = "linux"))]
pub fn exchange(stage: &Path, output: &Path) -> io::Result<bool> {
    if output.exists() {
        return Ok(false);
    }
    fs::rename(stage, output)?;
    Ok(true)
}

/// Removes the stage, or after an exchange the old output that took its place.
pub fn remove(stage: &Path) -> Result<(), Fault> {
    match fs::remove_dir_all(stage) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).doing("remove", stage),
        _ => Ok(()),
    }
}
