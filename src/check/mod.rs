//! Holds a site to rules. A rule is a pair of files in `rules/`: what it does, and the page that explains it, whose good and
//! bad examples are its test. Faults found while reading have a page each as well, so that every name can be explained.
//!
//! After an edit of one page, only what that page may have changed is looked at again: each check says what it reads.

mod kept;
mod language;
pub mod levels;
mod mending;
mod own_theme;
mod packs;
mod patient_text;
mod patients;
pub mod rules;
mod sections;
mod style_sheet;
mod svg;
mod telephone;
mod ties;
mod waivers;
mod walk;
mod web;
mod word_count;
mod wording;
mod works;

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{Config, Level};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::site::{Facts, Page, Site};
use crate::source::SitePath;

pub use kept::Kept;
use patient_text::PatientText;
pub use rules::{RULES, named, table};
use sections::Unsourced;
use ties::Whole;

/// What five standards of information for patients ask for, and what holds a site to it: a rule, a person, or nothing.
pub const STANDARDS: &str = include_str!("STANDARDS.md");

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
    /// Looks for the fault, perhaps in several ways. None: it shows while reading, or later.
    checks: &'static [Check],
    /// Whether the fault may show only when the checks are done: while files are made, or when somebody asks the web. Whether
    /// a waiver of it is needed cannot be told before.
    shows_later: bool,
}

/// Looks for a rule's fault. What a check reads says when it has to look again, so the narrowest one that will do is best.
/// “Lists” are what lists may show: front matter, status and address of every page, the works, the names of files, the
/// editions, and the configuration.
enum Check {
    /// Reads one page with where its links lead, the works, the names of files and the configuration, but nothing of other pages. Looks
    /// at each page by itself, and again when that page has changed; the ordinary kind.
    Page(PageCheck),
    /// Reads one page, and in lists what other pages are.
    PageAmongOthers(PageCheck),
    /// Reads what patients read of one page, the glossary, and what [`Check::Page`] reads. For pages that patients read, in a language
    /// that can be judged; the text is measured once for all such rules.
    PatientText(PatientTextCheck),
    /// Reads what one page that is not for patients says where it names no source, and what [`Check::Page`] reads. This is gathered once
    /// for all such rules.
    Unsourced(UnsourcedCheck),
    /// Reads one file that is no page, where it is shown, and the configuration.
    File(FileCheck),
    /// Reads what asking the web found out about an address that a page or a work names. Finds nothing unless somebody asks.
    Web(web::Tell),
    /// Reads lists.
    Lists(ListsCheck),
    /// Reads anything, so it looks again after every edit. [`ties::Ties`] spare it going through all texts.
    Site(SiteCheck),
    /// Reads what stands of all other findings, and lists; looks again after every edit.
    Standing(StandingCheck),
}

type PageCheck = fn(&Rule, &Site, &Page, &Facts, &mut Vec<Diagnostic>);
type PatientTextCheck = fn(&Rule, &PatientText<'_>, &mut Vec<Diagnostic>);
type UnsourcedCheck = fn(&Rule, &Unsourced<'_>, &mut Vec<Diagnostic>);
type FileCheck = fn(&Rule, &Site, &File<'_>, &mut Vec<Diagnostic>);
type ListsCheck = fn(&Rule, &Site, &Facts, &mut Vec<Diagnostic>);
type SiteCheck = fn(&Rule, &Whole<'_>, &mut Vec<Diagnostic>);
type StandingCheck = fn(&Rule, &Site, &Facts, &[Diagnostic], &mut Vec<Diagnostic>);

/// The checks of all rules that are not off, each with its rule.
#[derive(Default)]
struct Checks {
    page: Vec<(&'static Rule, PageCheck)>,
    page_among_others: Vec<(&'static Rule, PageCheck)>,
    patient_text: Vec<(&'static Rule, PatientTextCheck)>,
    unsourced: Vec<(&'static Rule, UnsourcedCheck)>,
    web: Vec<(&'static Rule, web::Tell)>,
    file: Vec<(&'static Rule, FileCheck)>,
    lists: Vec<(&'static Rule, ListsCheck)>,
    site: Vec<(&'static Rule, SiteCheck)>,
    standing: Vec<(&'static Rule, StandingCheck)>,
}

/// A file that is no page.
struct File<'s> {
    /// Where it is, from the project's root.
    path: &'s SitePath,
    /// What is in it.
    bytes: &'s [u8],
    /// Where a page first shows it as a picture.
    shown: Option<&'s Location>,
}

impl Rule {
    /// A finding at the rule's own level.
    fn finding(&self, at: Location, message: impl Into<String>) -> Diagnostic {
        let severity = levels::severity(self.default_level).unwrap_or(Severity::Note);
        Diagnostic { severity, ..Diagnostic::error(self.name, at, message) }
    }
}

/// Runs every rule over the site and returns what stands after levels and waivers, sorted by place. What `kept` holds of
/// pages that have not changed is not looked for again; the result is the same without it.
pub fn run(site: &Arc<Site>, facts: &Facts, kept: &mut Kept) -> Vec<Diagnostic> {
    let checks = Checks::of(site);
    kept.renew(site, facts, &checks);
    let whole = Whole { site, facts, ties: kept.ties() };
    let look = |(rule, look): &(&'static Rule, SiteCheck)| gathered(|found| look(rule, &whole, found));
    let of_site: Vec<Vec<Diagnostic>> = checks.site.par_iter().map(look).collect();
    let found = site.faults.iter().chain(kept.findings()).cloned().chain(of_site.into_iter().flatten()).collect();
    let mut standing = levels::settle(site, facts, found);
    let of_standing =
        gathered(|found| checks.standing.iter().for_each(|(rule, look)| look(rule, site, facts, &standing, found)));
    if !of_standing.is_empty() {
        standing.extend(levels::settle(site, facts, of_standing));
        standing.sort_by(levels::by_place);
    }
    standing
}

/// Names in a configuration that no rule has, unless nobody wants to know: for one that nothing can be built with.
pub fn unknown_rules(config: &Config) -> Vec<Diagnostic> {
    let is_on = |rule: &&Rule| config.checks.general.get(rule.name).is_none_or(|level| level.value != Level::Off);
    let rule = named("config-rule-unknown").ok().filter(is_on);
    rule.map(|rule| rules::config_rule_unknown::in_config(rule, config)).unwrap_or_default()
}

impl Checks {
    fn of(site: &Site) -> Self {
        let mut checks = Self::default();
        for rule in RULES.iter().filter(|rule| !levels::is_off(rule, site)) {
            for check in rule.checks {
                match *check {
                    Check::Page(look) => checks.page.push((rule, look)),
                    Check::PageAmongOthers(look) => checks.page_among_others.push((rule, look)),
                    Check::PatientText(look) => checks.patient_text.push((rule, look)),
                    Check::Unsourced(look) => checks.unsourced.push((rule, look)),
                    Check::Web(tell) => checks.web.push((rule, tell)),
                    Check::File(look) => checks.file.push((rule, look)),
                    Check::Lists(look) => checks.lists.push((rule, look)),
                    Check::Site(look) => checks.site.push((rule, look)),
                    Check::Standing(look) => checks.standing.push((rule, look)),
                }
            }
        }
        checks
    }
}

fn gathered(look: impl FnOnce(&mut Vec<Diagnostic>)) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    look(&mut found);
    found
}

#[cfg(test)]
mod tests;
