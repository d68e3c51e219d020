//! What is in an output before publishing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::manifest::{Manifest, hash};
use super::{Doing, Fault};

/// Own files and those of others.
#[derive(Debug, Default)]
pub struct Present {
    /// Files that psychoed put there, as they are now.
    own: BTreeMap<String, Own>,
    /// Files, links and folders that psychoed did not put there. Folders only when nothing else implies them.
    pub others: BTreeSet<String>,
}

#[derive(Debug)]
struct Own {
    hash: String,
    stamp: Stamp,
    /// Whether somebody else gave it other bytes.
    edited: bool,
}

impl Present {
    /// Looks through an output.
    pub fn survey(output: &Path, old: &Manifest) -> Result<Self, Fault> {
        let mut own = Vec::new();
        let mut others = BTreeSet::new();
        if output.is_dir() {
            for entry in WalkDir::new(output).min_depth(1) {
                let entry = entry.map_err(io::Error::from).doing("look through", output)?;
                let path = entry.path().strip_prefix(output).unwrap_or(entry.path());
                let name = path.to_string_lossy().replace('\\', "/");
                if name == Manifest::NAME {
                } else if old.lists(&name) && entry.file_type().is_file() {
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
                let own = Own::look(&path, &name, old).doing("read", &path)?;
                Ok((name, own))
            })
            .collect::<Result<_, Fault>>()?;
        Ok(Self { own, others })
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
        let foreign = self.others.iter().filter(|name| new.files.contains_key(*name));
        let foreign = foreign.map(|name| format!("{name} (not written by psychoed)"));
        edited.chain(foreign).collect()
    }
}

impl Own {
    fn look(path: &Path, name: &str, old: &Manifest) -> io::Result<Self> {
        // In this order: what changes in between is another file the next time.
        let stamp = Stamp::of(&path.symlink_metadata()?);
        let bytes = fs::read(path)?;
        let hash = hash(&bytes);
        Ok(Self { stamp, edited: !old.wrote(name, &bytes, &hash), hash })
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

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}
