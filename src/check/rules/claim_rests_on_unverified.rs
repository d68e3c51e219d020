//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{list, quoted};
use crate::content::PageKind;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};
use crate::source::{Span, Spanned};

/// Keywords of works that nobody has been able to check.
const MARKS: [&str; 2] = ["unverified", "incomplete"];

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.is_to_appear() {
        return;
    }
    for citation in &page.document.citations {
        let keys = citation.value.items.iter().map(|item| (item.key.as_str(), &item.key_span));
        found.extend(unverified(rule, site, page, keys.collect()));
    }
    let spanned = |keys: &'_ [Spanned<String>]| found.extend(unverified(rule, site, page, pairs(keys)));
    match &page.document.front_matter.kind {
        PageKind::Evidence(evidence) => evidence.findings.iter().map(|finding| &*finding.sources).for_each(spanned),
        PageKind::Suitability(suitability) => {
            suitability.criteria.iter().map(|criterion| &*criterion.cites).for_each(spanned)
        }
        _ => {}
    }
}

fn pairs(keys: &[Spanned<String>]) -> Vec<(&str, &Span)> {
    keys.iter().map(|key| (key.value.as_str(), &key.span)).collect()
}

/// A finding when all works that something rests on are marked.
fn unverified(rule: &Rule, site: &Site, page: &Page, keys: Vec<(&str, &Span)>) -> Option<Diagnostic> {
    let mut fault: Option<Diagnostic> = None;
    let mut marked = Vec::new();
    for &(key, span) in &keys {
        let work = site.bibliography.work(key)?;
        let mark =
            work.keywords().find_map(|keyword| MARKS.into_iter().find(|mark| keyword.eq_ignore_ascii_case(mark)))?;
        marked.push(quoted(key));
        let place = fault.take().unwrap_or_else(|| rule.finding(page.at(span), String::new()));
        fault = Some(place.related(work.at(&work.key_span), format!("marked as {mark} here")));
    }
    let message = format!("this rests on {} alone, which nobody has been able to check", list(&marked, "and"));
    let hint = "Find the work and take the mark away, cite another work beside it, or do not claim it.";
    fault.map(|fault| Diagnostic { message, ..fault }.hint(hint))
}
