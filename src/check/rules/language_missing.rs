//! See the page beside this file.

use crate::check::Rule;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, Site};
use crate::source::{SitePath, Sources};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    if site.config.language_named {
        return;
    }
    let config = SitePath::new(Sources::CONFIG);
    let at = match site.pages.first() {
        Some(page) if !site.sources.files.contains_key(&config) => page.at(&page.document.front_matter.title.span),
        _ => Location::top(&config),
    };
    let message = "nothing says which language the pages are in, so they are read out as English";
    found.push(rule.finding(at, message).hint(
        "In site-config.toml, above the first `[…]`, write the language, such as `language = \"en-GB\"` or \
         `language = \"es\"`.",
    ));
}
