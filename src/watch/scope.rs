//! What is watched, under which names it was given, and what of it is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::links::{Footing, Identity, identity, way};
use crate::source::{is_left_out, is_left_out_below};

/// Roots and what to ignore below them.
#[derive(Debug)]
pub(super) struct Scope {
    roots: Vec<Place>,
    ignored: Vec<Place>,
    /// Files that are reached through a link, and the link.
    links: Vec<(PathBuf, PathBuf)>,
    /// What those links rest on outside of what is watched for itself: further links, and the folders they end in.
    footings: BTreeMap<PathBuf, Footing>,
}

/// A path as it was given, and where that is: absolute, and no part of it a link.
#[derive(Debug)]
struct Place {
    given: PathBuf,
    real: PathBuf,
}

/// What a look through everything found, under real names.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Folders below roots, and the roots that are folders.
    pub(super) folders: BTreeSet<PathBuf>,
    /// Roots that are folders.
    pub(super) trees: BTreeSet<PathBuf>,
    /// Folders to watch so that everything is.
    pub(super) watched: BTreeSet<PathBuf>,
}

impl Scope {
    pub(super) fn new(roots: &[PathBuf], ignored: &[PathBuf]) -> Scope {
        let places = |paths: &[PathBuf]| paths.iter().map(|path| Place::new(path)).collect();
        Scope { roots: places(roots), ignored: places(ignored), links: Vec::new(), footings: BTreeMap::new() }
    }

    /// Adds roots; `false` if all were known.
    pub(super) fn add(&mut self, paths: &[PathBuf]) -> bool {
        let before = self.roots.len();
        for path in paths {
            if !self.roots.iter().any(|root| root.given == *path) {
                self.roots.push(Place::new(path));
            }
        }
        self.roots.len() > before
    }

    /// Finds out anew where everything is.
    pub(super) fn resolve(&mut self) {
        for place in self.roots.iter_mut().chain(&mut self.ignored) {
            place.real = real(&place.given);
        }
    }

    /// The names by which a file or folder is known; none if it is left out, or none of ours.
    pub(super) fn names(&self, path: &Path) -> Vec<PathBuf> {
        let mut names = Vec::new();
        let ignored = self.ignored.iter().any(|place| path.starts_with(&place.real));
        for root in self.roots.iter().filter(|_| !ignored) {
            match path.strip_prefix(&root.real) {
                Ok(rest) if rest.as_os_str().is_empty() => names.push(root.given.clone()),
                Ok(rest) if !is_left_out_below(rest) => names.push(root.given.join(rest)),
                _ => {}
            }
        }
        names.extend(self.links.iter().filter(|(target, _)| target == path).map(|(_, name)| name.clone()));
        names
    }

    /// Looks through everything. With `deep`, each folder is to be watched by itself.
    pub(super) fn survey(&mut self, deep: bool) -> Survey {
        let mut survey = Survey::default();
        let mut links = Vec::new();
        for root in &self.roots {
            // A root's own coming and going is seen from the folder it is in.
            survey.watched.extend(root.real.parent().filter(|parent| parent.is_dir()).map(Path::to_owned));
            for entry in self.walk(root) {
                if entry.file_type().is_dir() {
                    if entry.depth() == 0 {
                        survey.trees.insert(entry.path().to_owned());
                    }
                    survey.folders.insert(entry.into_path());
                } else if entry.path_is_symlink() && !entry.path().is_dir() {
                    links.extend(root.name(entry.path()).map(|name| (entry.into_path(), name)));
                }
            }
        }
        survey.watched.extend(if deep { &survey.folders } else { &survey.trees }.iter().cloned());
        self.follow(links, &mut survey);
        survey
    }

    /// Finds out where links lead. Whatever could make them lead elsewhere is to be watched, too.
    fn follow(&mut self, links: Vec<(PathBuf, PathBuf)>, survey: &mut Survey) {
        self.links.clear();
        let mut footings = BTreeMap::new();
        for (link, name) in links {
            let Some(way) = way(&link) else { continue };
            let folder = way.end.parent().map(Path::to_owned);
            // Of the first link, what it is in tells.
            for footing in way.links.into_iter().skip(1).chain(folder.clone()) {
                survey.watched.extend(footing.parent().filter(|parent| parent.is_dir()).map(Path::to_owned));
                footings.entry(footing).or_insert_with_key(|path| Footing::of(path));
            }
            survey.watched.extend(folder.filter(|folder| folder.is_dir()));
            self.links.push((way.end, name));
        }
        self.footings = footings;
    }

    /// Whether a link's way to its file goes over this.
    pub(super) fn is_footing(&self, path: &Path) -> bool {
        self.footings.contains_key(path)
    }

    /// Whether links may lead elsewhere than they did.
    pub(super) fn has_lost_footing(&self) -> bool {
        self.footings.iter().any(|(path, footing)| *footing != Footing::of(path))
    }

    /// Everything there is, files and folders, under the names that were given.
    pub(super) fn entries(&self) -> impl Iterator<Item = PathBuf> {
        self.roots.iter().flat_map(|root| self.walk(root).filter_map(|entry| root.name(entry.path())))
    }

    /// What cannot be read is passed over: to say so is the business of whoever reads it.
    fn walk(&self, root: &Place) -> impl Iterator<Item = DirEntry> {
        let is_wanted = |entry: &DirEntry| {
            let left_out = is_left_out(&entry.file_name().to_string_lossy(), entry.file_type().is_dir());
            entry.depth() == 0 || !(left_out || self.ignored.iter().any(|place| entry.path() == place.real))
        };
        WalkDir::new(&root.real).into_iter().filter_entry(is_wanted).filter_map(Result::ok)
    }

    /// Which folders have the names that matter. If that changes, what is watched is not what was meant.
    pub(super) fn identities(&self) -> Vec<Identity> {
        let folders = self.roots.iter().flat_map(|root| [Some(root.given.as_path()), root.real.parent()]);
        folders.map(|folder| folder.and_then(identity)).collect()
    }

    /// Whether the system tells of changes where the roots are; if not, why.
    pub(super) fn events_come(&self) -> Result<(), String> {
        let deaf = self.roots.iter().find_map(|root| Some((root, file_system_without_events(&root.real)?)));
        match deaf {
            None => Ok(()),
            Some((root, system)) => {
                Err(format!("{} is on {system}, which does not tell when others change files", root.given.display()))
            }
        }
    }
}

impl Place {
    fn new(given: &Path) -> Place {
        Place { given: given.to_owned(), real: real(given) }
    }

    /// The name, by way of this place, of something that is really below it.
    fn name(&self, path: &Path) -> Option<PathBuf> {
        let rest = path.strip_prefix(&self.real).ok()?;
        Some(if rest.as_os_str().is_empty() { self.given.clone() } else { self.given.join(rest) })
    }
}

/// Where a path is; of what does not exist, where it would be. A link to a folder is followed and one to a file is not: of a
/// folder, what it holds matters, and of a file, its name.
fn real(path: &Path) -> PathBuf {
    if path.is_dir()
        && let Ok(real) = path.canonicalize()
    {
        return real;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => real(parent).join(name),
        _ => absolute,
    }
}

/// The sort of a file system that other computers, or another system on this one, change without ours hearing of it.
#[cfg(target_os = "linux")]
fn file_system_without_events(path: &Path) -> Option<&'static str> {
    let existing = path.ancestors().find(|path| path.exists())?;
    named(rustix::fs::statfs(existing).ok()?.f_type as u64)
}

/// Numbers from statfs(2) and the kernel's `magic.h`.
#[cfg(target_os = "linux")]
fn named(number: u64) -> Option<&'static str> {
    match number & 0xffff_ffff {
        0x6969 => Some("a network drive (NFS)"),
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => Some("a network drive (SMB)"),
        0x5346_414f => Some("a network drive (AFS)"),
        0x00c3_6400 => Some("a network drive (Ceph)"),
        0x0102_1997 => Some("a drive shared with another system (9p)"),
        0x786f_4256 => Some("a folder shared with another system (VirtualBox)"),
        0x6573_5546 => Some("a drive that a program provides (FUSE)"),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn file_system_without_events(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_were_given() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let content = root.join("content");
        std::fs::create_dir_all(content.join("public")).unwrap();
        // As a relative path would: not the way the system spells it.
        let given = root.join("content/../content");
        let config = root.join("site.toml");
        let scope = Scope::new(&[given.clone(), config.clone()], &[given.join("public"), given.join("not-yet")]);
        let names = |path: &str| scope.names(&root.join(path));
        assert_eq!(names("content/a/b.md"), [given.join("a/b.md")]);
        assert_eq!(names("content"), std::slice::from_ref(&given));
        assert_eq!(names("site.toml"), [config]);
        let none: [&str; 7] = [
            "other.toml",
            "contents/a.md",
            "content/public",
            "content/public/a.md",
            "content/not-yet/a",
            "content/.a.md",
            "site.toml~",
        ];
        assert!(none.iter().all(|path| names(path).is_empty()));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn network_drives_are_known() {
        assert_eq!(named(0x6969), Some("a network drive (NFS)"));
        // As it looks where the number is signed.
        assert_eq!(named(0xff53_4d42_u32 as i32 as i64 as u64), Some("a network drive (SMB)"));
        assert_eq!(named(0xef53), None);
    }
}
