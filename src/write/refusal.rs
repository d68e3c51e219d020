//! Outputs that psychoed refuses to fill, since people have lost whole projects to tools that did not.

use std::fs::DirEntry;
use std::path::{Component, Path, PathBuf};

use super::Fault;
use super::in_place;
use super::manifest::Manifest;
use crate::source::Sources;

/// Refuses an output that could hold something of value. Nothing is created or deleted.
pub fn check(root: &Path, output: &Path) -> Result<(), Fault> {
    let refuse = |why: &str| {
        Err(Fault::Refused(format!(
            "refusing to publish to {}: {why}. Choose another folder with --output",
            output.display()
        )))
    };
    if output.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
        return refuse("it is a symbolic link");
    }
    let target = resolved(output);
    let root = resolved(root);
    let content = root.join(Sources::CONTENT);
    if target.parent().is_none() {
        return refuse("it is the top of the disk");
    }
    if std::env::home_dir().is_some_and(|home| resolved(&home) == target) {
        return refuse("it is your home folder");
    }
    if root.starts_with(&target) {
        return refuse("the project itself is in it");
    }
    if target.starts_with(&content) {
        return refuse("it is the content folder, or inside it");
    }
    if target.exists() && !target.is_dir() {
        return refuse("it is a file, not a folder");
    }
    if target.join(".git").exists() {
        return refuse("it holds a Git repository");
    }
    if !is_ours_or_empty(&target) {
        let found = first_entry(&target);
        return refuse(&format!("it holds files that psychoed did not put there (such as {found})"));
    }
    Ok(())
}

/// Refuses to put anything together in a folder that a link leads to: what is there is deleted, and may be somebody's.
pub fn check_work(output: &Path, work: &Path) -> Result<(), Fault> {
    if work.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
        return Err(Fault::Refused(format!(
            "refusing to publish to {}: {}, where psychoed puts it together first, is a symbolic link. Delete the link, or choose \
             another folder with --output",
            output.display(),
            work.display()
        )));
    }
    Ok(())
}

/// The path from the top of the disk, without following links, which [`check`] has ruled out for the last part.
pub fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

/// The path with links followed as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let path = absolute(path);
    let mut existing = path.clone();
    let mut rest = Vec::new();
    loop {
        if let Ok(real) = existing.canonicalize() {
            return rest.iter().rev().fold(real, |path, part| path.join(part));
        }
        match (existing.file_name().map(ToOwned::to_owned), existing.pop()) {
            (Some(name), true) => rest.push(name),
            _ => return path,
        }
    }
}

fn is_ours_or_empty(output: &Path) -> bool {
    // In this order: another build may fill it meanwhile, and its manifest is there as soon as anything else is.
    let left_by_us = |entry: std::io::Result<DirEntry>| entry.is_ok_and(|entry| entry.file_name() == in_place::WAITING);
    std::fs::read_dir(output).map_or(true, |mut entries| entries.all(left_by_us))
        || output.join(Manifest::NAME).is_file()
}

fn first_entry(output: &Path) -> String {
    let names = std::fs::read_dir(output).into_iter().flatten().flatten().map(|entry| entry.file_name());
    names.min().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
