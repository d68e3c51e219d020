//! See the page beside this file.

use super::organisation_missing::{advice, in_config};
use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    if site.config.organisation.funding.is_some() {
        return;
    }
    let Some(page) = advice(site).find(|page| lacks_funding(page)) else { return };
    let message = format!("pages such as {} do not say who paid for them", quoted(page.title()));
    found.push(rule.finding(in_config(site, page), message).hint(
        "In site-config.toml, below `[organisation]`, write who pays for the pages and whether anybody behind them gains \
         from what they say: `funding = \"…\"`. Where one page differs, give it a `funding` of its own.",
    ));
}

fn lacks_funding(page: &Page) -> bool {
    let front_matter = &page.document.front_matter;
    front_matter.lacks("funding", front_matter.funding.is_none())
}
