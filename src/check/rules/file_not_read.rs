//! See the page beside this file.

use std::collections::HashSet;

use crate::check::Rule;
use crate::check::ties::Whole;
use crate::check::wording::quoted;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::Site;
use crate::source::{SitePath, Sources};

/// What the names of pages end with that only need another name.
const MISNAMED: [&str; 6] = [".md.txt", ".markdown", ".mdown", ".mkd", ".mdx", ".md"];
/// What the names of texts end with that are pages only if they begin as pages do.
const PLAIN_TEXT: [&str; 2] = [".txt", ".text"];
/// What the names of a word processor's documents end with.
const DOCUMENTS: [&str; 5] = [".docx", ".doc", ".odt", ".rtf", ".pages"];

pub(super) fn check(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let mut unread = whole
        .site
        .sources
        .below(Sources::CONTENT)
        .filter_map(|(path, bytes)| Unread::of(whole.site, path, bytes))
        .peekable();
    // Nearly every site has none, and need not ask what its pages link to.
    if unread.peek().is_none() {
        return;
    }
    let linked: HashSet<&SitePath> = whole.links_to_files().map(|(_, _, path)| path).collect();
    found.extend(unread.filter(|file| !linked.contains(file.path)).map(|file| file.finding(rule)));
}

/// Whether a file begins with the line above front matter.
fn starts_as_page(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    text.strip_prefix(b"+++").is_some_and(|rest| rest.trim_ascii_start().len() < rest.len())
}

/// A file that looks like a page and is read as none.
struct Unread<'s> {
    path: &'s SitePath,
    /// What the file of the page would be called.
    page: String,
    is_document: bool,
}

impl<'s> Unread<'s> {
    fn of(site: &Site, path: &'s SitePath, bytes: &[u8]) -> Option<Self> {
        let name = path.as_str();
        if name.ends_with(".md") {
            return None;
        }
        let without = |ending: &&str| {
            let (stem, end) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
            (end.eq_ignore_ascii_case(ending) && !stem.ends_with('/')).then_some(stem)
        };
        let document = DOCUMENTS.iter().find_map(without);
        let plain_text = || {
            let stem = if path.file_name().contains('.') { PLAIN_TEXT.iter().find_map(without)? } else { name };
            starts_as_page(bytes).then_some(stem)
        };
        let stem = document.or_else(|| MISNAMED.iter().find_map(without)).or_else(plain_text)?;
        let page = format!("{stem}.md");
        // The page beside it was made of it, or is newer.
        (site.sources.bytes(&page).is_none()).then_some(Self { path, page, is_document: document.is_some() })
    }

    fn finding(&self, rule: &Rule) -> Diagnostic {
        let page = self.page.rsplit('/').next().unwrap_or_default();
        let hint = if self.is_document {
            format!(
                "Paste its text into a page, `{page}`, and move this file out of the content folder. If readers are to download it, link to it \
                 from a page."
            )
        } else {
            format!("Rename the file to `{page}`.")
        };
        let message = format!(
            "{} looks like a page and is not read: the files of pages end with `.md`",
            quoted(self.path.file_name())
        );
        rule.finding(Location::top(self.path), message).hint(hint)
    }
}
