//! See the page beside this file.

use super::waiver_unused::sees_the_whole_site;
use crate::check::Rule;
use crate::check::waivers::{self, Given};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

/// How many of the findings that count again are shown with a waiver.
const SHOWN: usize = 3;

pub(super) fn check(rule: &Rule, site: &Site, facts: &Facts, standing: &[Diagnostic], found: &mut Vec<Diagnostic>) {
    for given in waivers::all(site).filter(|given| given.waiver.until.value < facts.today) {
        found.push(expired(rule, site, &given, standing));
    }
}

fn expired(rule: &Rule, site: &Site, given: &Given<'_>, standing: &[Diagnostic]) -> Diagnostic {
    let again: Vec<&Diagnostic> = given.covered(standing).into_iter().filter(|found| found.waived.is_none()).collect();
    let until = &given.waiver.until;
    let ended = format!("the waiver of `{}` ended on {}", given.waiver.rule.value, until.value);
    let is_over = again.is_empty() && sees_the_whole_site(site) && given.can_be_judged(site);
    let message = match again.len() {
        0 if is_over => format!("{ended}, and nothing is left that it covers"),
        0 => ended,
        1 => format!("{ended}, and what it covered counts again"),
        several => format!("{ended}, and {several} findings that it covered count again"),
    };
    let hint = if is_over {
        "Delete the waiver."
    } else {
        "Mend what it covered, then delete it. If that needs more time, say why in `reason`, and set a later `until`."
    };
    let finding = rule.finding(given.at(&until.span), message).hint(hint);
    again.iter().take(SHOWN).fold(finding, |finding, found| finding.related(found.at.clone(), found.message.clone()))
}
