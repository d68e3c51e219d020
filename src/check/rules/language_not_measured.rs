//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Diagnostic, Location};
use crate::readability::Language;
use crate::site::{Facts, Site};
use crate::source::{SitePath, Sources};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    if Language::of(&site.config.language).is_some() {
        return;
    }
    let message =
        format!("how easy pages are to read cannot be judged in the language {}", quoted(&site.config.language));
    found.push(rule.finding(Location::top(&SitePath::new(Sources::CONFIG)), message).hint(
        "Have patients read the pages before you publish them. The rules about sentences and words stay silent.",
    ));
}
