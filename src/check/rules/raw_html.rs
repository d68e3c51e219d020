//! See the page beside this file. HTML within a page shows while reading; this is about links to whole files of it.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, LinkTarget, Page, Site};
use crate::source::{SitePath, Sources};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if site.config.markdown.allow_html {
        return;
    }
    for (link, target) in page.links() {
        if let LinkTarget::Asset(path) = target
            && is_html_among_content(path)
        {
            let message = format!("this link gives readers {} as it is, which is HTML", quoted(path.file_name()));
            found.push(
                rule.finding(page.at(&link.span), message)
                    .hint("Write its text as a page of its own, in a Markdown file, and link to that."),
            );
        }
    }
}

/// Whether a file is HTML that a page may link to, and so publish.
pub(super) fn is_html_among_content(path: &SitePath) -> bool {
    let is_html = |extension: &str| ["html", "htm", "xhtml"].iter().any(|html| extension.eq_ignore_ascii_case(html));
    path.as_str().starts_with(Sources::CONTENT) && path.extension().is_some_and(is_html)
}
