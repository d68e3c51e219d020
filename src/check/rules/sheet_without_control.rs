//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{list, quoted};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    // Kinds that are printed need an id, and reading misses it already.
    if !page.is_to_appear() || !page.kind().needs_id() {
        return;
    }
    let front_matter = &page.document.front_matter;
    // That nobody has reviewed a page is a fault of its own; a review without its days is one of the sheet.
    let is_reviewed = front_matter.reviewed.is_some() || !front_matter.reviewers.is_empty();
    let missing: Vec<(&str, &str)> = [
        (front_matter.version.is_none(), "its version", "`version = \"1.0\"`"),
        (is_reviewed && front_matter.reviewed.is_none(), "the day of its review", "`reviewed` with that day"),
        (is_reviewed && front_matter.review_due.is_none(), "the day of its next review", "`review-due` with that day"),
    ]
    .into_iter()
    .filter_map(|(is_missing, what, line)| is_missing.then_some((what, line)))
    .collect();
    if missing.is_empty() {
        return;
    }
    let (what, lines): (Vec<String>, Vec<String>) =
        missing.into_iter().map(|(what, line)| (what.to_owned(), line.to_owned())).unzip();
    let message = format!("a printed copy of {} would not say {}", quoted(page.title()), list(&what, "or"));
    let hint = format!("Add {} to the front matter.", list(&lines, "and"));
    found.push(rule.finding(page.at(&front_matter.title.span), message).hint(hint));
}
