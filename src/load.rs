//! Reads a project from disk.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::parse;
use crate::source::{SitePath, Sources, is_left_out, is_left_out_below};

/// Why a project could not be read.
#[derive(Debug)]
pub enum Fault {
    /// There is nothing at this path that could be a project.
    NoProject(PathBuf),
    /// A file name that cannot become an address.
    Name(PathBuf),
    /// A link that leads out of the project: what it leads to may not be meant for readers.
    LeadsOut(PathBuf),
    /// What is neither a file nor a folder, such as a pipe: reading it might never end.
    NoFile(PathBuf),
    /// The disk or its permissions.
    Io {
        /// What could not be read.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NoProject(root) => write!(
                f,
                "{} holds neither a {} nor a content folder. Name the project's folder with --root, or make a new project with `psychoed init DIR`",
                root.display(),
                Sources::CONFIG
            ),
            Fault::Name(path) => write!(f, "{} has a name that is not Unicode; rename it", path.display()),
            Fault::LeadsOut(path) => {
                write!(f, "{} is a link to something outside the project; copy the file instead", path.display())
            }
            Fault::NoFile(path) => {
                write!(f, "{} is neither a file nor a folder; take it out of the project", path.display())
            }
            Fault::Io { path, error } => write!(f, "cannot read {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for Fault {}

/// Reads the configuration, the record of versions, everything below `content/`, and what else the configuration names, but
/// for what is [left out](is_left_out).
pub fn project(root: &Path) -> Result<Sources, Fault> {
    let config = root.join(Sources::CONFIG);
    let content = root.join(Sources::CONTENT);
    if !config.is_file() && !content.is_dir() {
        return Err(Fault::NoProject(root.to_owned()));
    }
    let mut paths = Vec::new();
    if config.is_file() {
        paths.push((SitePath::new(Sources::CONFIG), config));
    }
    if content.is_dir() {
        collect(root, &content, &mut paths)?;
    }
    let lock = root.join(Sources::LOCK);
    if lock.is_file() && !leads_out(root, &lock) {
        paths.push((SitePath::new(Sources::LOCK), lock));
    }
    let mut sources = read(paths)?;
    let named = named_by_config(&sources);
    let mut paths = Vec::new();
    for name in named {
        let path = root.join(&name);
        if leads_out(root, &path) {
            return Err(Fault::LeadsOut(path));
        }
        if path.is_dir() {
            collect(root, &path, &mut paths)?;
        } else if path.is_file() {
            paths.push((SitePath::new(name), path));
        }
    }
    sources.files.extend(read(paths)?.files);
    Ok(sources)
}

/// Reads a project again in which only these files may have changed, appeared or gone. What is the same stays where it is in
/// memory, so that nothing is worked out again because of it.
pub fn again(root: &Path, before: &Sources, changed: &BTreeSet<PathBuf>) -> Result<Sources, Fault> {
    let mut sources = before.clone();
    for path in changed {
        let Some(name) = name_in(root, path) else {
            if path.to_str().is_none() {
                // Whoever reads the whole project says what is wrong with the name.
                return Ok(same_kept(before, project(root)?));
            }
            continue;
        };
        let may_be_read = before.files.contains_key(&*name) || name.starts_with(Sources::CONTENT);
        let is_no_file = path.symlink_metadata().is_ok_and(|metadata| !metadata.is_file());
        if name == Sources::CONFIG || !may_be_read || is_no_file {
            return Ok(same_kept(before, project(root)?));
        }
        match std::fs::read(path) {
            Ok(bytes) if before.bytes(&name).is_some_and(|known| **known == *bytes) => {}
            Ok(bytes) => drop(sources.files.insert(SitePath::new(&name), bytes.into())),
            // A folder may have gone with everything in it.
            Err(error) if error.kind() == io::ErrorKind::NotFound && before.files.contains_key(&*name) => {
                sources.files.remove(&*name);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(same_kept(before, project(root)?));
            }
            Err(error) => return Err(Fault::Io { path: path.clone(), error }),
        }
    }
    Ok(sources)
}

/// Reads a whole project again, as [`again`] does.
pub fn all_again(root: &Path, before: &Sources) -> Result<Sources, Fault> {
    Ok(same_kept(before, project(root)?))
}

fn same_kept(before: &Sources, mut now: Sources) -> Sources {
    for (path, bytes) in &mut now.files {
        if let Some(known) = before.files.get(path).filter(|known| *known == bytes) {
            *bytes = known.clone();
        }
    }
    now
}

/// A file's path from the project's root. `None` for what is never read: what lies elsewhere, and what is left out of `content/`.
/// Of what the configuration names, any part may be hidden.
fn name_in(root: &Path, path: &Path) -> Option<String> {
    let name = path.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
    let left_out = name.strip_prefix(Sources::CONTENT).is_some_and(|below| is_left_out_below(Path::new(below)));
    (!left_out && !name.is_empty()).then_some(name)
}

/// The [`places`] of a project of which nothing has been read yet.
pub fn places_of(root: &Path) -> Vec<PathBuf> {
    let config =
        std::fs::read(root.join(Sources::CONFIG)).ok().map(|bytes| (SitePath::new(Sources::CONFIG), bytes.into()));
    places(root, &Sources { files: config.into_iter().collect() })
}

/// Files and folders that a project is read from: what to watch for changes.
pub fn places(root: &Path, sources: &Sources) -> Vec<PathBuf> {
    let own = [Sources::CONFIG, Sources::CONTENT.trim_end_matches('/'), Sources::LOCK];
    own.map(str::to_owned).into_iter().chain(named_by_config(sources)).map(|name| root.join(name)).collect()
}

/// Files and folders outside `content/` that the configuration asks for, and fonts; whether they exist is for rules to say.
fn named_by_config(sources: &Sources) -> Vec<String> {
    let (config, _) = parse::config::config(sources);
    let style = Some(config.citations.style).filter(|style| style.value.ends_with(".csl"));
    let named = [config.theme.folder, config.theme.logo, style, config.citations.retractions].into_iter().flatten();
    let named = named.filter_map(|path| SitePath::new("").join(&path.value)).map(|path| path.to_string());
    let fonts = Sources::FONTS.trim_end_matches('/').to_owned();
    named.chain([fonts]).filter(|path| !path.is_empty() && !path.starts_with(Sources::CONTENT)).collect()
}

fn collect(root: &Path, folder: &Path, paths: &mut Vec<(SitePath, PathBuf)>) -> Result<(), Fault> {
    for entry in WalkDir::new(folder)
        .min_depth(1)
        .into_iter()
        .filter_entry(|entry| !is_left_out(&entry.file_name().to_string_lossy(), entry.file_type().is_dir()))
    {
        let entry = entry
            .map_err(|error| Fault::Io { path: error.path().unwrap_or(folder).to_owned(), error: error.into() })?;
        if entry.path_is_symlink() && leads_out(root, entry.path()) {
            return Err(Fault::LeadsOut(entry.path().to_owned()));
        }
        if entry.file_type().is_dir() || (entry.path_is_symlink() && entry.path().is_dir()) {
            continue;
        }
        if !entry.file_type().is_file() && entry.path().exists() && !entry.path().is_file() {
            return Err(Fault::NoFile(entry.path().to_owned()));
        }
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let name = relative.to_str().ok_or_else(|| Fault::Name(entry.path().to_owned()))?;
        paths.push((SitePath::new(name.replace('\\', "/")), entry.path().to_owned()));
    }
    Ok(())
}

fn leads_out(root: &Path, path: &Path) -> bool {
    match (root.canonicalize(), path.canonicalize()) {
        (Ok(root), Ok(path)) => !path.starts_with(root),
        // What does not exist leads nowhere.
        _ => false,
    }
}

fn read(paths: Vec<(SitePath, PathBuf)>) -> Result<Sources, Fault> {
    let files = paths
        .into_par_iter()
        .map(|(name, path)| match std::fs::read(&path) {
            Ok(bytes) => Ok((name, bytes.into())),
            Err(error) => Err(Fault::Io { path, error }),
        })
        .collect::<Result<_, Fault>>()?;
    Ok(Sources { files })
}
