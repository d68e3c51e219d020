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
        LinkStatus::NotChecked { why } => Some((
            format!("whether “{address}” still works could not be found out: {why}"),
            "Open it in a browser from time to time. If it works, you can put it under `trusted` in `[external-links]` of site-config.toml."
                .to_owned(),
        )),
        _ => None,
    }
}
