//! See the page beside this file.

use crate::check::Rule;
use crate::check::ties::Whole;
use crate::check::wording::quoted;
use crate::content::KindName;
use crate::diagnostic::Diagnostic;
use crate::site::{Site, Status};

pub(super) fn check(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let site = whole.site;
    // The only page of a site is no orphan.
    if site.published().count() < 2 {
        return;
    }
    let mut linked = vec![false; site.pages.len()];
    for (from, (page, ties)) in whole.pages().enumerate() {
        if page.status == Status::Published {
            ties.pages.iter().filter(|to| **to != from).for_each(|&to| linked[to] = true);
            // Each page leads to its translations.
            page.translations.iter().for_each(|&to| linked[to] = true);
        }
    }
    for (page, linked) in site.pages.iter().zip(linked) {
        let is_lonely = !linked && page.status == Status::Published && page.kind() == KindName::Page;
        if is_lonely && page.path.as_str() != Site::HOME {
            let message = format!("no other page links to {}", quoted(page.title()));
            found.push(rule.finding(page.at(&page.document.front_matter.title.span), message).hint(
                "Readers find it only in the list of all pages. Link to it where they would want it, or leave it at that.",
            ));
        }
    }
}
