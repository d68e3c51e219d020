//! What is in an output before publishing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use super::manifest::{Manifest, hash};
use super::{Doing, Fault};

/// Own files and those of others, by their paths in the output.
#[derive(Debug, Default)]
pub struct Present {
    /// Files that psychoed put there, as they are now.
    own: BTreeMap<String, Own>,
    /// Files and links that psychoed did not put there.
    others: BTreeMap<PathBuf, Stamp>,
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only an exchange leaves an old output to clear"))]
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
        let listing = Listing::of(output, Path::new(""))?;
        let mut present = Self { folders: listing.folders, empty: listing.empty, ..Self::default() };
        let looks = listing.files.into_par_iter().filter_map(|(path, is_file)| {
            let place = output.join(&path);
            let Some(name) = name_of(&path).filter(|name| is_file && old.lists(name)) else {
                return Stamp::at(&place).map(|stamp| Ok(Seen::Other(path, stamp)));
            };
            let unchanged = before.own.get(&name).filter(|own| Stamp::at(&place).as_ref() == Some(&own.stamp));
            let own = unchanged.map_or_else(|| Own::read(&place, &name, old), |own| Ok(own.clone()));
            there(own).doing("read", &place).transpose().map(|own| Ok(Seen::Own(name, own?)))
        });
        for seen in looks.collect::<Result<Vec<_>, Fault>>()? {
            match seen {
                Seen::Own(name, own) => {
                    present.own.insert(name, own);
                }
                Seen::Other(path, stamp) => {
                    present.others.insert(path, stamp);
                }
            }
        }
        Ok(present)
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
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only an exchange leaves an old output to clear"))]
    pub fn knows_folder(&self, path: &Path) -> bool {
        self.folders.contains(path)
    }

    /// Whether a file, wherever the output stands now, is the very one that was seen.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only an exchange leaves an old output to clear"))]
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

/// What is in a folder, however deep.
#[derive(Default)]
struct Listing {
    /// Files, links and the like, and whether they are files.
    files: Vec<(PathBuf, bool)>,
    folders: BTreeSet<PathBuf>,
    empty: BTreeSet<PathBuf>,
}

impl Listing {
    /// Lists a folder within an output. What has gone in the meantime is not there.
    fn of(output: &Path, within: &Path) -> Result<Self, Fault> {
        let place = output.join(within);
        let mut listing = Self::default();
        for entry in there(fs::read_dir(&place)).doing("look through", &place)?.into_iter().flatten() {
            let entry = entry.doing("look through", &place)?;
            let path = within.join(entry.file_name());
            match there(entry.file_type()).doing("look at", &entry.path())? {
                Some(kind) if kind.is_dir() => {
                    listing.folders.insert(path);
                }
                Some(kind) if path != Path::new(Manifest::NAME) => listing.files.push((path, kind.is_file())),
                _ => {}
            }
        }
        let is_top = within == Path::new("");
        if listing.files.is_empty() && listing.folders.is_empty() && !is_top {
            listing.empty.insert(within.to_owned());
        }
        let folders: Vec<_> = listing.folders.iter().collect();
        let nested =
            folders.into_par_iter().map(|folder| Self::of(output, folder)).collect::<Result<Vec<_>, Fault>>()?;
        nested.into_iter().for_each(|folder| listing.add(folder));
        Ok(listing)
    }

    fn add(&mut self, mut other: Self) {
        self.files.append(&mut other.files);
        self.folders.append(&mut other.folders);
        self.empty.append(&mut other.empty);
    }
}

impl Own {
    fn read(path: &Path, name: &str, old: &Manifest) -> io::Result<Self> {
        let file = fs::File::open(path)?;
        // Before it is read: what changes in between is another file the next time.
        let stamp = Stamp::of(&file.metadata()?);
        let mut bytes = Vec::with_capacity(stamp.size());
        // Files themselves would ask for their size once more.
        file.take(u64::MAX).read_to_end(&mut bytes)?;
        let hash = hash(&bytes);
        Ok(Self { stamp, edited: !old.wrote(name, &bytes, &hash), hash })
    }
}

/// What was found, unless it has gone.
fn there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

/// Tells, without reading it, whether a file is still the one it was.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    identity: Option<u64>,
    size: u64,
    changed: Option<SystemTime>,
}

impl Stamp {
    fn at(path: &Path) -> Option<Self> {
        path.symlink_metadata().ok().as_ref().map(Self::of)
    }

    fn of(metadata: &Metadata) -> Self {
        Self { identity: identity(metadata), size: metadata.len(), changed: metadata.modified().ok() }
    }

    fn size(&self) -> usize {
        usize::try_from(self.size).unwrap_or_default()
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Option<u64> {
    Some(std::os::unix::fs::MetadataExt::ino(metadata))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<u64> {
    None
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
