//! What is in an output before publishing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::manifest::{Manifest, hash};
use super::{Doing, Fault};

/// Own files and those of others, by their paths in the output.
#[derive(Debug, Default)]
pub struct Present {
    /// Files that psychoed put there, as they are now.
    own: BTreeMap<String, Own>,
    /// Files and links that psychoed did not put there.
    others: BTreeMap<PathBuf, Stamp>,
    folders: BTreeSet<PathBuf>,
    /// Folders with nothing in them.
    empty: BTreeSet<PathBuf>,
}

enum Seen {
    Own(String, Own),
    Other(PathBuf, Stamp),
}

#[derive(Clone, Debug)]
struct Own {
    hash: String,
    stamp: Stamp,
    /// Whether somebody else gave it other bytes.
    edited: bool,
}

impl Present {
    /// Looks through an output. What is still as it was `before` is not read again.
    pub fn survey(output: &Path, old: &Manifest, before: &Self) -> Result<Self, Fault> {
        let mut present = Self::default();
        let mut files = Vec::new();
        for entry in WalkDir::new(output).min_depth(1) {
            let entry = match entry.map_err(io::Error::from) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                entry => entry.doing("look through", output)?,
            };
            let path = entry.path().strip_prefix(output).unwrap_or(entry.path()).to_owned();
            if entry.file_type().is_dir() {
                if is_empty(entry.path()) {
                    present.empty.insert(path.clone());
                }
                present.folders.insert(path);
            } else if path != Path::new(Manifest::NAME) {
                files.push((path, entry.file_type().is_file()));
            }
        }
        let looks = files.into_par_iter().filter_map(|(path, is_file)| {
            let place = output.join(&path);
            // What has gone in the meantime is not there.
            let stamp = Stamp::at(&place)?;
            let Some(name) = name_of(&path).filter(|name| is_file && old.lists(name)) else {
                return Some(Ok(Seen::Other(path, stamp)));
            };
            let own = before.unchanged(&name, &stamp).map_or_else(|| Own::read(&place, &name, &stamp, old), Ok);
            Some(own.doing("read", &place).map(|own| Seen::Own(name, own)))
        });
        for seen in looks.collect::<Result<Vec<_>, Fault>>()? {
            match seen {
                Seen::Own(name, own) => drop(present.own.insert(name, own)),
                Seen::Other(path, stamp) => drop(present.others.insert(path, stamp)),
            }
        }
        Ok(present)
    }

    fn unchanged(&self, name: &str, stamp: &Stamp) -> Option<Own> {
        self.own.get(name).filter(|own| own.stamp == *stamp).cloned()
    }

    /// What is not psychoed's: files, links, and folders that nothing else implies.
    pub fn others(&self) -> impl Iterator<Item = &PathBuf> {
        self.others.keys().chain(&self.empty)
    }

    /// An own file that was seen `before`, with the same bytes as in `new`, and is there no more.
    pub fn gone(&self, before: &Self, new: &Manifest) -> Option<String> {
        let mut gone = new.files.iter().filter(|(name, hash)| before.has(name, hash) && !self.has(name, hash));
        gone.next().map(|(name, _)| name.clone())
    }

    /// Whether there was a folder of this name.
    pub fn knows_folder(&self, path: &Path) -> bool {
        self.folders.contains(path)
    }

    /// Whether a file, wherever the output stands now, is the very one that was seen.
    pub fn knows_file(&self, output: &Path, path: &Path) -> bool {
        let own = name_of(path).and_then(|name| self.own.get(&name)).map(|own| &own.stamp);
        let seen = own.or_else(|| self.others.get(path));
        path == Path::new(Manifest::NAME) || seen.is_some() && Stamp::at(&output.join(path)).as_ref() == seen
    }

    /// Whether psychoed put this file there and it has these very bytes.
    pub fn has(&self, name: &str, hash: &str) -> bool {
        self.own.get(name).is_some_and(|own| own.hash == hash)
    }

    /// Own files that are there, with the hashes of what is in them now.
    pub fn own(&self) -> impl Iterator<Item = (&String, &String)> {
        self.own.iter().map(|(name, own)| (name, &own.hash))
    }

    /// Whether every own file is there, unchanged since it was published.
    pub fn intact(&self, old: &Manifest) -> bool {
        self.own.len() == old.files.len() && !self.own.values().any(|own| own.edited)
    }

    /// Whether a file still is what was seen: the same own one, or none.
    pub fn is_still_so(&self, output: &Path, name: &str) -> bool {
        Stamp::at(&output.join(name)).as_ref() == self.own.get(name).map(|own| &own.stamp)
    }

    /// What others put into the output or changed there, and publishing would overwrite.
    pub fn clashes(&self, new: &Manifest) -> Vec<String> {
        // Whoever gave a file the bytes that it is to have loses nothing.
        let edited = self.own.iter().filter(|(name, own)| own.edited && new.files.get(*name) != Some(&own.hash));
        let edited = edited.map(|(name, _)| format!("{name} (changed since psychoed wrote it)"));
        let foreign = self.others().filter(|path| is_in_the_way(path, self.empty.contains(*path), new));
        let foreign = foreign.map(|path| format!("{} (not written by psychoed)", path.display()));
        edited.chain(foreign).collect()
    }
}

impl Own {
    /// Reads a file after its stamp was taken: what changes in between is another one the next time.
    fn read(path: &Path, name: &str, stamp: &Stamp, old: &Manifest) -> io::Result<Self> {
        let bytes = fs::read(path)?;
        let hash = hash(&bytes);
        Ok(Self { stamp: stamp.clone(), edited: !old.wrote(name, &bytes, &hash), hash })
    }
}

/// Tells, without reading it, whether a file is still the one it was.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp([Option<u128>; 3]);

impl Stamp {
    fn at(path: &Path) -> Option<Self> {
        path.symlink_metadata().ok().as_ref().map(Self::of)
    }

    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self([Some(metadata.ino().into()), Some(metadata.size().into()), modified(metadata)])
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Self {
        Self([None, Some(metadata.len().into()), modified(metadata)])
    }
}

fn modified(metadata: &Metadata) -> Option<u128> {
    let since = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(since.as_nanos())
}

/// The name of a file as manifests have it; nothing if it is not in Unicode, since no file of psychoed's has such a name.
fn name_of(path: &Path) -> Option<String> {
    Some(path.to_str()?.replace(MAIN_SEPARATOR, "/"))
}

/// Whether new files need the place of something, of a folder that it is in, or a folder of its name.
fn is_in_the_way(path: &Path, is_folder: bool, new: &Manifest) -> bool {
    let mut places = path.ancestors().filter_map(name_of);
    let within = || name_of(path).is_some_and(|name| new.has_folder(&name));
    places.any(|place| new.files.contains_key(&place)) || !is_folder && within()
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}
