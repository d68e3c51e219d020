//! See the page beside this file.

use crate::check::Rule;
use crate::check::ties::cited_keys;
use crate::check::wording::{count, quoted};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, facts: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.is_to_appear() {
        return;
    }
    let Some(&limit) = site.config.citations.stale_after.get(&page.kind()) else { return };
    let cited = cited_keys(&page.document).filter_map(|(key, _)| site.bibliography.work(key));
    // Among works of one year, the one with the first key.
    let newest = cited.filter_map(|work| Some((work.year()?, work))).min_by_key(|(year, work)| (-year, &work.key));
    let Some((year, work)) = newest else { return };
    let age = i64::from(facts.today.year()).saturating_sub(year);
    if age > limit {
        let message = format!(
            "the newest source of {}, {}, is of {year}: {} old",
            quoted(page.title()),
            quoted(&work.key),
            count(age, "year"),
        );
        let hint = "Search for newer studies, reviews and guidelines. If you cite one, the page changes with it; if there is none, \
                    say so on the page, with the day on which you searched.";
        let title = &page.document.front_matter.title.span;
        found.push(
            rule.finding(page.at(title), message).related(work.at(&work.key_span), "the newest source").hint(hint),
        );
    }
}
