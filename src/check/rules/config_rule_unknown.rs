//! See the page beside this file.

use crate::check::wording::quoted;
use crate::check::{Rule, named};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, Site};
use crate::source::{SitePath, Sources};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let levels = site.config.checks.all().map(|(name, level)| (name, &level.span));
    let waivers = site.config.waivers.iter().map(|waiver| (waiver.rule.value.as_str(), &waiver.rule.span));
    for (name, span) in levels.chain(waivers) {
        let at = Location::new(&SitePath::new(Sources::CONFIG), span);
        found.extend(unknown(rule, at, name));
    }
}

/// What to say of a name, unless it is that of a rule.
pub(super) fn unknown(rule: &Rule, at: Location, name: &str) -> Option<Diagnostic> {
    let hint = match named(name).err()? {
        Some(near) => format!("Did you mean `{}`?", near.name),
        None => "`psychoed explain` lists all rules, and every finding names the rule that made it.".to_owned(),
    };
    Some(rule.finding(at, format!("there is no rule called {}", quoted(name))).hint(hint))
}
