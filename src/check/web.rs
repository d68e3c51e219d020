//! What asking the web found out about the addresses that pages and works name. Nothing, when nobody asked.

use super::Rule;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::web::{self, LinkStatus};
use crate::site::{Facts, LinkTarget, Page, Site};

/// Message and hint about an address, if its status is the rule's business.
pub(super) type Tell = fn(&str, &LinkStatus) -> Option<(String, String)>;

/// What rules tell of the links of a page.
pub(super) fn of_page(rules: &[(&'static Rule, Tell)], page: &Page, facts: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(known) = facts.web_links.as_deref() else { return };
    for (link, target) in page.links() {
        if let LinkTarget::Web(address) = target
            && let Some(status) = known.get(address)
        {
            found.extend(findings(rules, address, status, &page.at(&link.span)));
        }
    }
}

/// What rules tell of the addresses of works.
pub(super) fn of_works(rules: &[(&'static Rule, Tell)], site: &Site, facts: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(known) = facts.web_links.as_deref() else { return };
    for work in site.bibliography.works.values() {
        let Some(address) = web::of_work(work) else { continue };
        if let Some(status) = known.get(&address) {
            found.extend(findings(rules, &address, status, &Location::new(&work.path, &work.key_span)));
        }
    }
}

fn findings(
    rules: &[(&'static Rule, Tell)],
    address: &str,
    status: &LinkStatus,
    at: &Location,
) -> impl Iterator<Item = Diagnostic> {
    rules.iter().filter_map(move |(rule, tell)| {
        let (message, hint) = tell(address, status)?;
        Some(rule.finding(at.clone(), message).hint(hint))
    })
}
