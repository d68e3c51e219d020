//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, Page, Site};
use crate::source::Sources;

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(page) = advice(site).next().filter(|_| site.config.organisation.name.is_none()) else { return };
    let message = format!("pages such as {} do not say who publishes them", quoted(page.title()));
    found.push(
        rule.finding(in_config(site, page), message)
            .hint("In site-config.toml, below `[organisation]`, write the name of your clinic: `name = \"…\"`."),
    );
}

/// The pages that give advice, now or from some day on.
pub(super) fn advice(site: &Site) -> impl Iterator<Item = &Page> {
    site.pages.iter().filter(|page| page.is_to_appear() && page.kind().gives_advice())
}

/// Where the configuration tells of the organisation, or would; a page, when there is no configuration.
pub(super) fn in_config(site: &Site, page: &Page) -> Location {
    match site.sources.files.get_key_value(Sources::CONFIG) {
        Some((config, _)) => Location::new(config, &site.config.organisation.span),
        None => page.at(&page.document.front_matter.title.span),
    }
}
