//! Levels from the configuration.

use std::cmp::Ordering;

use super::{Rule, rules, waivers};
use crate::config::Level;
use crate::diagnostic::{Diagnostic, Severity};
use crate::site::{Facts, Site, Status};

/// What stands of the findings after levels and waivers, each once, sorted by place.
pub fn settle(site: &Site, facts: &Facts, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut standing: Vec<Diagnostic> =
        found.into_iter().filter_map(|diagnostic| settle_one(site, facts, diagnostic)).collect();
    standing.sort_by(by_place);
    standing.dedup();
    standing
}

/// The order in which findings are told.
pub(crate) fn by_place(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    (&a.at, a.rule, &a.message).cmp(&(&b.at, b.rule, &b.message))
}

/// One finding after levels and waivers, if it stands.
pub(super) fn settle_one(site: &Site, facts: &Facts, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
    let page = site.page_at.get(&diagnostic.at.path).map(|&page| &site.pages[page]);
    match site.config.checks.level(diagnostic.rule, &diagnostic.at.path, page.map(|page| page.kind())) {
        Some(level) => diagnostic.severity = severity(level)?,
        // Somebody wants to know elsewhere, or nobody would have looked.
        None if is_off_by_default(diagnostic.rule) => return None,
        None => {}
    }
    // Nobody reads a draft, so it never keeps the other pages from being published.
    if page.is_some_and(|page| page.status == Status::Draft) {
        diagnostic.severity = diagnostic.severity.min(Severity::Warning);
    }
    Some(waivers::waive(site, facts.today, page, diagnostic))
}

/// What a level makes of a finding; `None` for nothing.
pub(super) fn severity(level: Level) -> Option<Severity> {
    match level {
        Level::Off => None,
        Level::Note => Some(Severity::Note),
        Level::Warn => Some(Severity::Warning),
        Level::Error => Some(Severity::Error),
    }
}

/// Whether nobody wants to know of a rule's fault anywhere, so that looking would be for nothing.
pub(super) fn is_off(rule: &Rule, site: &Site) -> bool {
    let checks = &site.config.checks;
    let general = checks.general.get(rule.name).map_or(rule.default_level, |level| level.value);
    general == Level::Off && checks.all().all(|(name, level)| name != rule.name || level.value == Level::Off)
}

fn is_off_by_default(rule: &str) -> bool {
    rules::named(rule).is_ok_and(|rule| rule.default_level == Level::Off)
}
