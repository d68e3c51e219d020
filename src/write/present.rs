//! What is in an output before publishing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::manifest::{Manifest, hash_like};
use super::{Doing, Fault};

/// Own files and those of others.
#[derive(Debug, Default)]
pub struct Present {
    /// Own files, each with the hash of what is there now.
    own: BTreeMap<String, String>,
    /// Files, links and folders that psychoed did not put there. Folders only when nothing else implies them.
    pub others: BTreeSet<String>,
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
                let bytes = fs::read(&path).doing("read", &path)?;
                let hash = hash_like(old.files.get(&name).map_or("", String::as_str), &bytes);
                Ok((name, hash))
            })
            .collect::<Result<_, Fault>>()?;
        Ok(Self { own, others })
    }

    /// Whether psychoed put this file there with these very bytes.
    pub fn has(&self, name: &str, hash: &str) -> bool {
        self.own.get(name).is_some_and(|now| now == hash)
    }

    /// Whether every own file is there, unchanged since it was published.
    pub fn intact(&self, old: &Manifest) -> bool {
        self.own == old.files
    }

    /// What others put into the output or changed there, and publishing would overwrite.
    pub fn clashes(&self, old: &Manifest, new: &Manifest) -> Vec<String> {
        // A build that was cut off leaves a mixture of its own; only then may hashes differ without anybody's doing.
        let edited = self.own.iter().filter(|(name, now)| !old.unfinished && old.files.get(*name) != Some(*now));
        let edited = edited.map(|(name, _)| format!("{name} (changed since psychoed wrote it)"));
        let foreign = self.others.iter().filter(|name| new.files.contains_key(*name));
        let foreign = foreign.map(|name| format!("{name} (not written by psychoed)"));
        edited.chain(foreign).collect()
    }
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}
