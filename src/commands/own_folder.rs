//! psychoed's own folder in a project, `.psychoed/`. Whatever is kept there only spares time: it may be deleted at any moment.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Its name.
pub const NAME: &str = ".psychoed";

/// Where a file of this name is kept in the project at `root`.
pub fn place(root: &Path, name: &str) -> PathBuf {
    root.join(NAME).join(name)
}

/// Keeps a file for the project at `root`. The folder is never put under version control by mistake.
pub fn put(root: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = root.join(NAME);
    fs::create_dir_all(&folder)?;
    match File::create_new(folder.join(".gitignore")) {
        Ok(mut ignore) => ignore.write_all(b"*\n")?,
        // Perhaps somebody's own, which says what they want.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    write(&folder.join(name), bytes)
}

/// Writes a file whole or not at all, for its owner alone to read.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_out_of_version_control_and_what_somebody_else_wrote_stays() {
        let project = tempfile::tempdir().unwrap();
        let root = project.path();
        put(root, "pdf/a.pdf", b"one").unwrap();
        put(root, "pdf/a.pdf", b"two").unwrap();
        assert_eq!(fs::read(place(root, "pdf/a.pdf")).unwrap(), b"two");
        let ignore = root.join(".psychoed/.gitignore");
        assert_eq!(fs::read(&ignore).unwrap(), b"*\n");
        fs::write(&ignore, "*.pdf\n").unwrap();
        put(root, "last-build", b"{}").unwrap();
        assert_eq!(fs::read(&ignore).unwrap(), b"*.pdf\n");
        let kept = fs::read_dir(root.join(NAME)).unwrap().map(|entry| entry.unwrap().file_name());
        let mut kept: Vec<_> = kept.collect();
        kept.sort();
        assert_eq!(kept, [".gitignore", "last-build", "pdf"]);
    }
}
