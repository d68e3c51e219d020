//! See the page beside this file.

use jiff::ToSpan;

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

/// What PIF TICK allows between two reviews.
const MONTHS: i32 = 36;

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let front_matter = &page.document.front_matter;
    let (Some(reviewed), Some(due)) = (&front_matter.reviewed, &front_matter.review_due) else { return };
    let Ok(latest) = reviewed.value.checked_add(MONTHS.months()) else { return };
    if due.value > latest {
        let message = format!(
            "the next review of {} is due on {}, more than three years after the last one",
            quoted(page.title()),
            due.value
        );
        found.push(
            rule.finding(page.at(&due.span), message)
                .related(page.at(&reviewed.span), "the last review was here")
                .hint(format!("Write `review-due = {latest}` or an earlier day.")),
        );
    }
}
