//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.is_to_appear() {
        return;
    }
    let front_matter = &page.document.front_matter;
    if page.kind().gives_advice() && front_matter.lacks("reviewers", front_matter.reviewers.is_empty()) {
        let message = format!("nobody is named as reviewer of {}", quoted(page.title()));
        found.push(rule.finding(page.at(&front_matter.title.span), message).hint(
            "When somebody fit to judge it has reviewed the page, add \
             `reviewers = [{ name = \"…\", role = \"…\" }]`, `reviewed` and `review-due`.",
        ));
    }
}
