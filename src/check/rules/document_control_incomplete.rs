//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{between_marks, list, quoted};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.is_to_appear() || !page.kind().gives_advice() {
        return;
    }
    let missing = missing(site, page);
    if missing.is_empty() {
        return;
    }
    let keys: Vec<String> = missing.iter().map(|(key, _)| format!("`{key}`")).collect();
    let lines: Vec<String> = missing.iter().map(|(key, value)| format!("`{key} = {value}`")).collect();
    let days = match missing.iter().any(|(_, value)| value == "…") {
        true => " A day is written year, month, day: 2026-11-22.",
        false => "",
    };
    let message = format!("{} lacks {}", quoted(page.title()), list(&keys, "and"));
    found.push(
        rule.finding(page.at(&page.document.front_matter.title.span), message)
            .hint(format!("Add {} to its front matter.{days}", list(&lines, "and"))),
    );
}

/// The keys that are missing, each with what to write. Who has reviewed the page, and therefore when, is for
/// `reviewer-missing` to ask; the id for the reading of front matter.
fn missing(site: &Site, page: &Page) -> Vec<(&'static str, String)> {
    let front_matter = &page.document.front_matter;
    let mut missing = Vec::new();
    if front_matter.lacks("version", front_matter.version.is_none()) {
        missing.push(("version", "\"1.0\"".to_owned()));
    }
    if front_matter.lacks("authors", front_matter.authors.is_empty()) {
        missing
            .push(("authors", format!("[{}]", between_marks(site.config.organisation.name.as_deref().unwrap_or("…")))));
    }
    if !front_matter.reviewers.is_empty() {
        let days = [("reviewed", &front_matter.reviewed), ("review-due", &front_matter.review_due)];
        let lacking = days.iter().filter(|(key, day)| front_matter.lacks(key, day.is_none()));
        missing.extend(lacking.map(|(key, _)| (*key, "…".to_owned())));
    }
    missing
}
