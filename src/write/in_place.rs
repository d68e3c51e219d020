//! Replaces an output file by file, for systems that cannot exchange folders: first what pages need, then pages, then what
//! lists them; what is stale goes last. Each file changes in one step.

use std::fs;
use std::path::Path;

use super::manifest::Manifest;
use super::{Doing, Fault};

/// Moves everything from the stage to the output. If it is cut off, the next build finds the manifest unfinished and does it again.
pub fn replace(stage: &Path, output: &Path, old: &Manifest, new: &Manifest) -> Result<(), Fault> {
    let manifest = output.join(Manifest::NAME);
    put(&manifest, &new.unfinished_with(old).to_bytes())?;
    let mut names: Vec<&String> = new.files.keys().collect();
    names.sort_by_key(|name| (turn(name), *name));
    for name in names {
        if new.files.get(name) == old.files.get(name) && output.join(name).is_file() {
            continue;
        }
        let bytes = fs::read(stage.join(name)).doing("read", &stage.join(name))?;
        put(&output.join(name), &bytes)?;
    }
    for name in old.files.keys().filter(|name| !new.files.contains_key(*name)) {
        let stale = output.join(name);
        match fs::remove_file(&stale) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error).doing("remove", &stale),
            _ => remove_empty_folders(&stale, output),
        }
    }
    put(&manifest, &new.to_bytes())
}

/// Pages come after what they load, and lists of pages after the pages.
fn turn(name: &str) -> u8 {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "xml" | "txt" => 2,
        "html" => 1,
        _ => 0,
    }
}

/// Writes a file beside its place and moves it there.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).doing("create", folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).doing("write in", folder)?;
    std::io::Write::write_all(&mut file, bytes).doing("write", path)?;
    make_readable(file.path()).doing("write", path)?;
    file.persist(path).map_err(|error| error.error).doing("write", path)?;
    Ok(())
}

/// Temporary files are private to their owner; a web server has to read what is published.
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
