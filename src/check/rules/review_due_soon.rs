//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{count, quoted};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

/// Within how many days a review counts as due soon: reviewers need a while.
pub const SOON: i64 = 90;

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, facts: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.is_to_appear() {
        return;
    }
    let Some(due) = &page.document.front_matter.review_due else { return };
    let left = super::days_between(facts.today, due.value);
    if (0..=SOON).contains(&left) {
        let when = if left == 0 { "today".to_owned() } else { format!("in {}", count(left, "day")) };
        let message = format!("the review of {} is due {when}, on {}", quoted(page.title()), due.value);
        let reviewers: Vec<String> =
            page.document.front_matter.reviewers.iter().map(|reviewer| reviewer.name.clone()).collect();
        let whom = if reviewers.is_empty() {
            "Find a reviewer now".to_owned()
        } else {
            format!("Ask {} now", crate::check::wording::list(&reviewers, "or"))
        };
        found.push(
            rule.finding(page.at(&due.span), message)
                .hint(format!("{whom}: after that day the page counts as overdue and stops the build.")),
        );
    }
}
