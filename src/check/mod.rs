//! Holds a site to rules. A rule is a pair of files in `rules/`: what it does, and the page that explains it, whose good and
//! bad examples are its test.

pub mod levels;
pub mod rules;

use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

/// One rule.
pub struct Rule {
    /// Its name, which is the fault in kebab-case.
    pub name: &'static str,
    /// One line: what it finds.
    pub summary: &'static str,
    /// Its page: what, why, examples, how to mend and how to waive.
    pub docs: &'static str,
    /// What it does when the configuration does not say.
    pub default_level: crate::config::Level,
    /// Looks for the fault.
    pub check: fn(&Site, &Facts, &mut Vec<Diagnostic>),
}

/// Runs every rule over the site and returns what stands after levels and waivers, sorted by place.
pub fn run(site: &Site, facts: &Facts) -> Vec<Diagnostic> {
    let _ = (site, facts);
    Vec::new()
}
