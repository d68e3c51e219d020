//! See the page beside this file.

use crate::check::wording::quoted;
use crate::check::{Rule, named};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, Site};
use crate::source::{SitePath, Sources};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    found.extend(in_config(rule, &site.config));
}

pub(in crate::check) fn in_config(rule: &Rule, config: &Config) -> Vec<Diagnostic> {
    let levels = config.checks.all().map(|(name, level)| (name, &level.span));
    let waivers = config.waivers.iter().map(|waiver| (waiver.rule.value.as_str(), &waiver.rule.span));
    let at = |span| Location::new(&SitePath::new(Sources::CONFIG), span);
    levels.chain(waivers).filter_map(|(name, span)| unknown(rule, at(span), name)).collect()
}

/// What to say of a name, unless it is that of a rule.
pub(super) fn unknown(rule: &Rule, at: Location, name: &str) -> Option<Diagnostic> {
    let hint = match named(name).err()? {
        Some(near) => format!("Did you mean `{}`?", near.name),
        None => "`psychoed explain` lists all rules, and every finding names the rule that made it.".to_owned(),
    };
    Some(rule.finding(at, format!("there is no rule called {}", quoted(name))).hint(hint))
}
