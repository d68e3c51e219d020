//! What asking the web found out about the addresses that pages and works name. Nothing, when nobody asked.

use super::Rule;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::web::{self, LinkStatus, WebLinks};
use crate::site::{Facts, LinkTarget, Page, Site};

/// Message and hint about an address, if its status is the rule's business.
pub(super) type Tell = fn(&str, &LinkStatus) -> Option<(String, String)>;

/// Findings about the links of a page.
pub(super) fn links(rule: &Rule, page: &Page, facts: &Facts, found: &mut Vec<Diagnostic>, tell: Tell) {
    let Some(known) = facts.web_links.as_deref() else { return };
    for (link, target) in page.links() {
        if let LinkTarget::Web(address) = target {
            found.extend(finding(rule, known, address, tell, || page.at(&link.span)));
        }
    }
}

/// Findings about the addresses of works.
pub(super) fn works(rule: &Rule, site: &Site, facts: &Facts, found: &mut Vec<Diagnostic>, tell: Tell) {
    let Some(known) = facts.web_links.as_deref() else { return };
    for work in site.bibliography.works.values() {
        if let Some(address) = web::of_work(work) {
            found.extend(finding(rule, known, &address, tell, || Location::new(&work.path, &work.key_span)));
        }
    }
}

fn finding(
    rule: &Rule,
    known: &WebLinks,
    address: &str,
    tell: Tell,
    at: impl FnOnce() -> Location,
) -> Option<Diagnostic> {
    let (message, hint) = tell(address, known.get(address)?)?;
    Some(rule.finding(at(), message).hint(hint))
}
