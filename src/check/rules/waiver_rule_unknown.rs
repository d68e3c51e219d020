//! See the page beside this file.

use super::config_rule_unknown::unknown;
use crate::check::Rule;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let named = page.document.front_matter.waivers.iter().map(|waiver| &waiver.rule);
    found.extend(named.filter_map(|name| unknown(rule, page.at(&name.span), &name.value)));
}
