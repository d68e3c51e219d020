//! See the page beside this file.

use crate::check::wording::quoted;
use crate::check::{RULES, Rule};
use crate::diagnostic::{Diagnostic, Location, nearest};
use crate::site::{Facts, Site};
use crate::source::{SitePath, Sources};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let levels = site.config.checks.iter().map(|(name, level)| (name.as_str(), &level.span));
    let waivers = site.config.waivers.iter().map(|waiver| (waiver.rule.value.as_str(), &waiver.rule.span));
    for (name, span) in levels.chain(waivers) {
        if RULES.iter().any(|rule| rule.name == name) {
            continue;
        }
        let hint = match nearest(name, RULES.iter().map(|rule| rule.name)) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "The README lists all rules, and every finding names the rule that made it.".to_owned(),
        };
        let at = Location::new(&SitePath::new(Sources::CONFIG), span);
        found.push(rule.finding(at, format!("there is no rule called {}", quoted(name))).hint(hint));
    }
}
