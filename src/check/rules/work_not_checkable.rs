//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{count, list};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, Site};
use crate::source::{SitePath, Sources};

const SHOWN: usize = 10;

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let Some((retractions, named)) =
        site.bibliography.retractions.as_ref().zip(site.config.citations.retractions.as_ref())
    else {
        return;
    };
    let without = &retractions.not_checkable;
    if without.is_empty() {
        return;
    }
    let newest = retractions.newest.map(|day| format!(" (its newest notice is of {day})")).unwrap_or_default();
    let message = format!(
        "{} of {} cannot be looked up in the list of retractions{newest}",
        without.len(),
        count(i64::try_from(site.bibliography.works.len()).unwrap_or(i64::MAX), "work"),
    );
    let mut shown: Vec<String> = without.iter().take(SHOWN).map(|key| format!("`{key}`")).collect();
    if without.len() > SHOWN {
        shown.push(format!("{} more", without.len() - SHOWN));
    }
    let hint =
        format!("Articles are found by DOI or PMID. Add one to these, if they have one: {}.", list(&shown, "and"));
    found.push(rule.finding(Location::new(&SitePath::new(Sources::CONFIG), &named.span), message).hint(hint));
}
