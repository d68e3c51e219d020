//! See the page beside this file.

use std::collections::BTreeSet;

use crate::check::wording::quoted;
use crate::check::{Rule, patients};
use crate::diagnostic::{Diagnostic, Location};
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
    tell(&site.config.language, Location::top(&SitePath::new(Sources::CONFIG)));
    // Of the translations into a language, the first stands for all.
    for page in site.pages.iter().filter(|page| patients::read(page)) {
        tell(site.language(page), page.at(&page.document.front_matter.title.span));
    }
}
