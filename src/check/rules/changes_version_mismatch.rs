//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{between_marks, quoted};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let front_matter = &page.document.front_matter;
    let Some(newest) = front_matter.changes.first() else { return };
    if front_matter.is_faulty("version") || front_matter.is_faulty("changes") {
        return;
    }
    // Of two changes on one day nobody can tell which was the last.
    let mut of_that_day = front_matter.changes.iter().take_while(|change| change.date == newest.date);
    if of_that_day.any(|change| front_matter.version.as_ref() == Some(&change.version.value)) {
        return;
    }
    let (listed, day) = (quoted(&newest.version.value), newest.date);
    let (message, hint) = match &front_matter.version {
        Some(version) => (
            format!(
                "the newest change, of {day}, is for version {listed}, but the page has version {}",
                quoted(version)
            ),
            format!(
                "If the text has changed since, say how: add `[[changes]]` with `version = {}`, `date` and `note`. If \
                 not, write `version = {}` above.",
                between_marks(version),
                between_marks(&newest.version.value)
            ),
        ),
        None => (
            format!("the newest change, of {day}, is for version {listed}, but the page has no version"),
            format!("Write `version = {}` above the first `[[changes]]`.", between_marks(&newest.version.value)),
        ),
    };
    found.push(rule.finding(page.at(&newest.version.span), message).hint(hint));
}
