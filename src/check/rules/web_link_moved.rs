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
        LinkStatus::Moved { to } => Some((
            format!("“{address}” has moved for good"),
            format!("Look whether the new page says the same, then write `{to}`."),
        )),
        _ => None,
    }
}
