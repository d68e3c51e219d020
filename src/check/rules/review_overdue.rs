//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{count, quoted};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

pub(super) fn check(rule: &Rule, site: &Site, facts: &Facts, found: &mut Vec<Diagnostic>) {
    for page in site.to_appear() {
        let Some(due) = &page.document.front_matter.review_due else { continue };
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
}
