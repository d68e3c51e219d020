//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{count, quoted};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, facts: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.is_to_appear() {
        return;
    }
    let Some(due) = &page.document.front_matter.review_due else { return };
    let late = super::days_between(due.value, facts.today);
    if late > 0 {
        let message =
            format!("the review of {} was due on {}, {} ago", quoted(page.title()), due.value, count(late, "day"));
        found.push(
            rule.finding(page.at(&due.span), message)
                .hint("Have the page reviewed, then set `reviewed` to that day and `review-due` to the next one."),
        );
    }
}
