//! What was read from disk, and how places in it are named.
//!
//! A [`Source`] is bytes under a [`SitePath`]; [`Sources`] is everything one build may look at. Spans are byte ranges
//! into a source and never carry a path, so that moving a file leaves everything parsed from it valid.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

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

/// One file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where the file is, from the project's root.
    pub path: SitePath,
    /// What is in it, unchanged.
    pub bytes: Arc<[u8]>,
}

/// Everything one build may look at. Paths are relative to the project's root, so content starts with `content/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Every file by path, in a fixed order whatever the order of reading was.
    pub files: BTreeMap<SitePath, Arc<[u8]>>,
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
    pub fn bytes(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// One file as text; `None` when it is missing or not UTF-8.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.bytes(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// A stretch of a file as text, without looking at the rest of the file.
    pub fn excerpt(&self, path: &str, span: &Span) -> Option<&str> {
        std::str::from_utf8(self.bytes(path)?.get(span.clone())?).ok()
    }

    /// The files whose path starts with `folder`, which ends in a slash.
    pub fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = (&'a SitePath, &'a Arc<[u8]>)> {
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
