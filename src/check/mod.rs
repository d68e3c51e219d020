//! Holds a site to rules. A rule is a pair of files in `rules/`: what it does, and the page that explains it, whose good and
//! bad examples are its test. Faults found while reading have a page each as well, so that every name can be explained.

pub mod levels;
pub mod rules;
mod svg;
mod walk;
mod wording;

use rayon::prelude::*;

use crate::config::Level;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::site::{Facts, Site};

pub use rules::{RULES, named, table};

/// One rule.
pub struct Rule {
    /// Its name, which is the fault in kebab-case.
    pub name: &'static str,
    /// One line: what it finds.
    pub summary: &'static str,
    /// Its page: what, why, examples, how to mend and how to waive.
    pub docs: &'static str,
    /// What it does when the configuration does not say.
    pub default_level: Level,
    /// Looks for the fault.
    pub check: Check,
}

/// Looks for a rule's fault in a site.
pub type Check = fn(&Rule, &Site, &Facts, &mut Vec<Diagnostic>);

impl Rule {
    /// A finding at the rule's own level.
    fn finding(&self, at: Location, message: impl Into<String>) -> Diagnostic {
        let severity = levels::severity(self.default_level).unwrap_or(Severity::Note);
        Diagnostic { severity, ..Diagnostic::error(self.name, at, message) }
    }
}

/// Runs every rule over the site and returns what stands after levels and waivers, sorted by place.
pub fn run(site: &Site, facts: &Facts) -> Vec<Diagnostic> {
    let by_rule: Vec<Vec<Diagnostic>> = RULES
        .par_iter()
        .map(|rule| {
            let mut found = Vec::new();
            (rule.check)(rule, site, facts, &mut found);
            found
        })
        .collect();
    let mut found = by_rule.concat();
    // A fault whose rule somebody forgot to list still has to be heard.
    found.extend(site.faults.iter().filter(|fault| RULES.iter().all(|rule| rule.name != fault.rule)).cloned());
    levels::settle(site, facts, found)
}

#[cfg(test)]
mod tests;
