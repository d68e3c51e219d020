//! See the page beside this file.

use super::version_not_raised::{is_present, locked, tells_version};
use crate::check::Rule;
use crate::check::ties::Whole;
use crate::check::wording::quoted;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::Page;
use crate::source::{SitePath, Sources};

pub(super) fn check(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    if whole.site.lock.is_none() {
        return;
    }
    let has_id = |page: &&Page| page.is_to_appear() && page.document.front_matter.id.is_some();
    let is_recorded = |page: &Page| locked(whole, page).is_some_and(|locked| is_present(page, locked));
    let pages = whole.site.pages.iter().filter(has_id).filter(|page| tells_version(page));
    let mut pages = pages.filter(|page| !is_recorded(page));
    let Some(first) = pages.next() else { return };
    let others = match pages.count() {
        0 => String::new(),
        1 => " and 1 more page".to_owned(),
        more => format!(" and {more} more pages"),
    };
    let message = format!("{} does not know the present version of {}{others}", Sources::LOCK, quoted(first.title()));
    found.push(rule.finding(Location::top(&SitePath::new(Sources::LOCK)), message).hint(
        "Run `psychoed lock`, and commit content.lock with the pages: from then on, psychoed sees when their text changes.",
    ));
}
