//! See the page beside this file.

use crate::check::{Rule, web};
use crate::diagnostic::Diagnostic;
use crate::site::web::LinkStatus;
use crate::site::{Facts, Page, Site};

pub(super) fn page(rule: &Rule, _: &Site, page: &Page, facts: &Facts, found: &mut Vec<Diagnostic>) {
    web::links(rule, page, facts, found, tell);
}

pub(super) fn works(rule: &Rule, site: &Site, facts: &Facts, found: &mut Vec<Diagnostic>) {
    web::works(rule, site, facts, found, tell);
}

fn tell(address: &str, status: &LinkStatus) -> Option<(String, String)> {
    match status {
        LinkStatus::AnchorMissing => Some((
            format!("“{address}” names a place that is not on the page"),
            "Open the page, look for the part you mean, and copy its address; or take away what follows the `#`. If a \
             browser jumps there all the same, a script makes the place: then waive this."
                .to_owned(),
        )),
        _ => None,
    }
}
