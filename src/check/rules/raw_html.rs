//! See the page beside this file. HTML within a page shows while reading; this is about whole files of it.

use crate::check::wording::quoted;
use crate::check::{File, Rule};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::Site;
use crate::source::{SitePath, Sources};

pub(super) fn file(rule: &Rule, site: &Site, file: &File<'_>, found: &mut Vec<Diagnostic>) {
    if !site.config.markdown.allow_html && is_html_among_content(file.path) {
        let message = format!("{} is HTML, which readers would get as it is", quoted(file.path.file_name()));
        found.push(rule.finding(Location::top(file.path), message).hint(
            "Write its text as a page of its own, in a Markdown file, or move the file out of the content folder.",
        ));
    }
}

/// Whether a file is HTML that a page may link to, and so publish.
pub(super) fn is_html_among_content(path: &SitePath) -> bool {
    let is_html = |extension: &str| ["html", "htm", "xhtml"].iter().any(|html| extension.eq_ignore_ascii_case(html));
    path.as_str().starts_with(Sources::CONTENT) && path.extension().is_some_and(is_html)
}
