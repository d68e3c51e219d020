//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::check::works::field_at;
use crate::content::reference::Work;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

/// Before this year nothing was printed from type in Europe. A year before Christ is written on purpose.
const FIRST: i64 = 1450;

pub(super) fn check(rule: &Rule, site: &Site, facts: &Facts, found: &mut Vec<Diagnostic>) {
    let this_year = i64::from(facts.today.year());
    for work in site.bibliography.works.values() {
        let (year, why) = match work.year() {
            // Journals print next year's issues in autumn.
            Some(year) if year > this_year + 1 => (year.to_string(), "lies in the future"),
            Some(year) if (0..FIRST).contains(&year) => (year.to_string(), "lies before the first printed books"),
            Some(_) => continue,
            None => match only_digits(work) {
                Some(written) => (written.to_owned(), "is no year"),
                None => continue,
            },
        };
        let message = format!("the year {} of {} {why}", quoted(&year), quoted(&work.key));
        found.push(rule.finding(field_at(work, "issued"), message).hint(
            "Look it up in the work and write all four digits. For a work that is not out yet, write `in press`.",
        ));
    }
}

/// A year that could not be read as one although it is all digits.
fn only_digits(work: &Work) -> Option<&str> {
    let mut written = work.written("issued").map(|field| field.value.trim());
    written.find(|words| !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit()))
}
