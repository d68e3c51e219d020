//! What changes, for people and for tools that apply it.

use similar::TextDiff;

use crate::source::SitePath;

/// One file's changes with three lines around each.
pub(super) fn unified(path: &SitePath, before: &[u8], after: &[u8]) -> String {
    let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
    let diff = TextDiff::from_lines(&*before, &*after);
    diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}
