//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, facts: &Facts, found: &mut Vec<Diagnostic>) {
    let front_matter = &page.document.front_matter;
    let Some(reviewed) = &front_matter.reviewed else { return };
    if reviewed.value > facts.today {
        let message =
            format!("{} was reviewed on {}, a day that has not come yet", quoted(page.title()), reviewed.value);
        found.push(rule.finding(page.at(&reviewed.span), message).hint(format!(
            "Correct the date. If it is when the next review is due, write `review-due = {}`.",
            reviewed.value
        )));
    }
    if let Some(due) = front_matter.review_due.as_ref().filter(|due| due.value <= reviewed.value) {
        let message = format!("the next review is due on {}, not after the last one on {}", due.value, reviewed.value);
        found.push(
            rule.finding(page.at(&due.span), message)
                .related(page.at(&reviewed.span), "the last review was here")
                .hint("Correct the wrong one of the two dates. They are written year, month, day: 2026-11-22."),
        );
    }
}
