//! What was read from disk, and how places in it are named.
//!
//! A [`Source`] is bytes under a [`SitePath`]; [`Sources`] is everything one build may look at. Spans are byte ranges
//! into a source and never carry a path, so that moving a file leaves everything parsed from it valid.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;

use arcstr::ArcStr;
use bytes::Bytes;

/// Words of a file, or put together from it: most are a stretch of the file itself, which they share with it.
pub type Text = arcstr::Substr;

/// A byte range into one source file.
pub type Span = Range<usize>;

/// A path inside the project or the site: relative, separated by `/`, without `.` or `..` segments.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Wraps a path that is already relative and separated by `/`.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds the file, without a slash at its end; empty for a file at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last segment.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// What follows the last dot of the file name, as written.
    pub fn extension(&self) -> Option<&str> {
        self.file_name().rsplit_once('.').map(|(_, extension)| extension)
    }

    /// Follows a relative reference from this file's folder. `None` when it climbs above the top.
    pub fn join(&self, relative: &str) -> Option<SitePath> {
        let mut segments: Vec<&str> = self.folder().split('/').filter(|s| !s.is_empty()).collect();
        for segment in relative.split('/') {
            match segment {
                "" | "." => {}
                ".." => {
                    segments.pop()?;
                }
                name => segments.push(name),
            }
        }
        Some(SitePath::new(segments.join("/")))
    }

    /// The relative reference that leads from this file to `target`.
    pub fn relative_to(&self, target: &str) -> String {
        let mut from = self.folder().trim_end_matches('/');
        let mut to = target;
        while let Some((folder, rest)) = to.split_once('/') {
            match from.strip_prefix(folder).filter(|left| left.is_empty() || left.starts_with('/')) {
                Some(left) if !folder.is_empty() => (from, to) = (left.trim_start_matches('/'), rest),
                _ => break,
            }
        }
        let up = from.split('/').filter(|folder| !folder.is_empty()).count();
        let mut reference = String::with_capacity(3 * up + to.len());
        (0..up).for_each(|_| reference.push_str("../"));
        reference.push_str(to);
        reference
    }
}

impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// Whether a file or folder of this name is never read, however it came among others: hidden ones, backups, and what editors
/// leave beside a file while they have it open, which are vim's swap files, the file it makes to see whether it may, and what
/// Emacs saves without being asked.
pub fn is_left_out(name: &str, is_folder: bool) -> bool {
    let is_an_editors = || {
        [".swp", ".swo", ".swx"].iter().any(|ending| name.ends_with(ending))
            || name == "4913"
            || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
    };
    name.starts_with('.') || name.ends_with('~') || (!is_folder && is_an_editors())
}

/// The same of a file in folders, all of which lie below one that is read.
pub fn is_left_out_below(path: &Path) -> bool {
    let mut names = path.iter().map(|name| name.to_string_lossy());
    names.next_back().is_some_and(|name| is_left_out(&name, false)) || names.any(|name| is_left_out(&name, true))
}

/// One file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where the file is, from the project's root.
    pub path: SitePath,
    /// What is in it, unchanged.
    pub bytes: FileBytes,
}

/// What is in a file. Whoever clones it shares it.
#[derive(Clone, Debug)]
pub enum FileBytes {
    /// A file in UTF-8, of which pieces can be shared.
    Text(ArcStr),
    /// Any other file, or one that is part of the program.
    Other(Bytes),
}

impl FileBytes {
    /// The file as text; `None` when it is not UTF-8.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            FileBytes::Text(text) => Some(text),
            FileBytes::Other(bytes) => std::str::from_utf8(bytes).ok(),
        }
    }

    /// Whether both are the same place in memory, which is told without looking into them.
    pub fn is_shared_with(&self, other: &FileBytes) -> bool {
        std::ptr::eq::<[u8]>(&**self, &**other)
    }

    /// The bytes alone, for those who do not care where they come from. They are not copied.
    pub fn to_shared(&self) -> Bytes {
        match self {
            FileBytes::Text(text) => Bytes::from_owner(text.clone()),
            FileBytes::Other(bytes) => bytes.clone(),
        }
    }
}

impl<B: Into<Vec<u8>>> From<B> for FileBytes {
    fn from(bytes: B) -> Self {
        match String::from_utf8(bytes.into()) {
            Ok(text) => FileBytes::Text(ArcStr::from(text)),
            Err(other) => FileBytes::Other(other.into_bytes().into()),
        }
    }
}

impl Deref for FileBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            FileBytes::Text(text) => text.as_bytes(),
            FileBytes::Other(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for FileBytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl PartialEq for FileBytes {
    fn eq(&self, other: &Self) -> bool {
        self.is_shared_with(other) || **self == **other
    }
}

impl Eq for FileBytes {}

/// Everything one build may look at. Paths are relative to the project's root, so content starts with `content/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Every file by path, in a fixed order whatever the order of reading was.
    pub files: BTreeMap<SitePath, FileBytes>,
}

impl Sources {
    /// The configuration's path.
    pub const CONFIG: &'static str = "site-config.toml";
    /// The record of which version of a page had which text, which `psychoed lock` writes.
    pub const LOCK: &'static str = "content.lock";
    /// The folder that holds the content.
    pub const CONTENT: &'static str = "content/";
    /// The folder that may hold more fonts for print.
    pub const FONTS: &'static str = "fonts/";

    /// One file's bytes.
    pub fn bytes(&self, path: &str) -> Option<&FileBytes> {
        self.files.get(path)
    }

    /// One file as text; `None` when it is missing or not UTF-8.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.bytes(path)?.as_text()
    }

    /// A stretch of a file as text, without looking at the rest of the file.
    pub fn excerpt(&self, path: &str, span: &Span) -> Option<&str> {
        std::str::from_utf8(self.bytes(path)?.get(span.clone())?).ok()
    }

    /// The files whose path starts with `folder`, which ends in a slash.
    pub fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = (&'a SitePath, &'a FileBytes)> {
        self.files.range(SitePath::new(folder)..).take_while(move |(path, _)| path.as_str().starts_with(folder))
    }
}

/// A value and the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands in its file.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_behind_is_left_out() {
        for name in [
            ".git/index",
            "a/.DS_Store",
            "a.md~",
            "folder~/a.md",
            ".a.md.swp",
            "a.md.swp",
            "b/a.md.swx",
            "4913",
            "b/4913",
            "#a.md#",
            ".#a.md",
        ] {
            assert!(is_left_out_below(Path::new(name)), "{name}");
        }
        for name in ["a.md", "4913/a.md", "49130", "#a.md", "#", "a#", "swp", "~a.md", "a~b.md", "a.swp/b.md"] {
            assert!(!is_left_out_below(Path::new(name)), "{name}");
        }
    }
}
