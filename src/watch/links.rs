//! Which way a link goes to its file, and whether that is still the same.

use std::path::{Component, Path, PathBuf};

/// How many links there may be on one way; as many as Linux follows. With more, they lead round in circles.
const MOST_LINKS: usize = 40;

/// The way from a link to what it stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Way {
    /// Every link on it, the first one included, each in the folder where it really is.
    pub(super) links: Vec<PathBuf>,
    /// Where it ends, whether or not there is anything.
    pub(super) end: PathBuf,
}

/// What a way rests on, as it was when it was looked at.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Footing {
    Link(PathBuf),
    Folder(Identity),
}

/// Tells a folder from another one that has taken its name. `None` if there is no folder of that name.
pub(super) type Identity = Option<(u64, u64)>;

impl Footing {
    pub(super) fn of(path: &Path) -> Footing {
        match path.read_link() {
            Ok(target) => Footing::Link(target),
            Err(_) => Footing::Folder(identity(path)),
        }
    }
}

/// Follows a link, of which the folder is given by its real name. `None` if it leads nowhere.
pub(super) fn way(link: &Path) -> Option<Way> {
    let mut end = link.parent()?.to_owned();
    let mut ahead = vec![PathBuf::from(link.file_name()?)];
    let mut links = Vec::new();
    while let Some(next) = ahead.pop() {
        match next.components().next()? {
            Component::CurDir => continue,
            Component::ParentDir => {
                end.pop();
                continue;
            }
            // What begins at the top of the disk takes the place of what was before.
            _ => end.push(next),
        }
        if let Ok(target) = end.read_link() {
            if links.len() == MOST_LINKS {
                return None;
            }
            links.push(end.clone());
            end.pop();
            ahead.extend(target.components().rev().map(|part| PathBuf::from(part.as_os_str())));
        }
    }
    Some(Way { links, end })
}

#[cfg(unix)]
pub(super) fn identity(folder: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt;
    let metadata = folder.metadata().ok().filter(std::fs::Metadata::is_dir)?;
    Some((metadata.dev(), metadata.ino()))
}

/// A folder made anew in the same moment would pass for the old one; no events are lost by that here.
#[cfg(not(unix))]
pub(super) fn identity(folder: &Path) -> Identity {
    let metadata = folder.metadata().ok().filter(std::fs::Metadata::is_dir)?;
    let made = metadata.created().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((made.as_secs(), u64::from(made.subsec_nanos())))
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn every_link_on_the_way_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("data/v1")).unwrap();
        fs::create_dir(root.join("content")).unwrap();
        symlink("v1", root.join("data/current")).unwrap();
        symlink(root.join("data/current/./r.md"), root.join("data/r.md")).unwrap();
        symlink("../data/r.md", root.join("content/a.md")).unwrap();
        let links = ["content/a.md", "data/r.md", "data/current"].map(|name| root.join(name)).to_vec();
        let expected = Some(Way { links, end: root.join("data/v1/r.md") });
        assert_eq!(way(&root.join("content/a.md")), expected, "before the file is there");
        fs::write(root.join("data/v1/r.md"), "one").unwrap();
        assert_eq!(way(&root.join("content/a.md")), expected);
        symlink("round.md", root.join("content/round.md")).unwrap();
        assert_eq!(way(&root.join("content/round.md")), None);
    }
}
