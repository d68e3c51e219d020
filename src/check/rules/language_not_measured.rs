//! See the page beside this file.

use std::collections::BTreeSet;

use crate::check::wording::quoted;
use crate::check::{Rule, patients};
use crate::diagnostic::{Diagnostic, Location};
use crate::parse::front_matter::value_span;
use crate::readability::Language;
use crate::site::{Facts, Site};
use crate::source::{SitePath, Sources};

const HINT: &str =
    "Have patients read the pages before you publish them. The rules about sentences and words stay silent.";

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    let mut tell = |language: &str, at: Location| {
        if Language::of(language).is_none() && told.insert(language.to_owned()) {
            let message = format!("how easy pages are to read cannot be judged in the language {}", quoted(language));
            found.push(rule.finding(at, message).hint(HINT));
        }
    };
    tell(&site.config.language, in_config(site));
    // Of the translations into a language, the first stands for all.
    for page in site.pages.iter().filter(|page| patients::read(page)) {
        tell(site.language(page), page.at(&page.document.front_matter.title.span));
    }
}

/// Where the configuration names the site's language.
fn in_config(site: &Site) -> Location {
    let config = SitePath::new(Sources::CONFIG);
    let text = site.sources.text(Sources::CONFIG).unwrap_or_default();
    let named = value_span(text, &(0..text.len()), "language");
    named.map_or_else(|| Location::top(&config), |span| Location::new(&config, &span))
}
