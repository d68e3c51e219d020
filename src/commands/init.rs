//! `psychoed init DIR`: an empty clinic's project that builds at once.

use std::io::{self, Write as _};
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::{FINE, fault};

static NEW_PROJECT: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/commands/new_project");

/// Puts a small project into a folder that is empty or does not exist yet.
pub fn init(dir: &Path) -> u8 {
    match std::fs::read_dir(dir) {
        Ok(mut entries) => {
            if let Some(Ok(entry)) = entries.next() {
                let name = entry.file_name();
                return fault(format!(
                    "{} is not empty (it holds {}); name a new folder",
                    dir.display(),
                    name.to_string_lossy()
                ));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return fault(format!("cannot look into {}: {error}", dir.display())),
    }
    if let Err(error) = put(&NEW_PROJECT, dir) {
        return fault(format!("cannot write the new project to {}: {error}", dir.display()));
    }
    anstream::println!(
        "Your project is in {dir}. Now:\n  1. open {dir}/site-config.toml and put in your clinic's name\n  2. run `psychoed build --root {dir}`\n  3. open {dir}/public/index.html",
        dir = dir.display()
    );
    FINE
}

fn put(folder: &Dir, dir: &Path) -> io::Result<()> {
    std::fs::create_dir_all(dir)?;
    for file in folder.files() {
        let path = dir.join(file.path());
        std::fs::create_dir_all(path.parent().unwrap_or(dir))?;
        std::fs::File::create_new(path)?.write_all(file.contents())?;
    }
    folder.dirs().try_for_each(|inner| put(inner, dir))
}
