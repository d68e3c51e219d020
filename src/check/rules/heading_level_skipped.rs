//! See the page beside this file.

use std::collections::BTreeSet;

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::content::Heading;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let headings = &page.document.headings;
    found.extend(headings.iter().filter(|heading| heading.level == 1).map(|heading| top_level(rule, page, heading)));
    let mut seen = BTreeSet::new();
    for (before, heading) in skipped(headings.iter()) {
        seen.insert(heading.span.start);
        found.push(skip(rule, page, before, heading, None));
    }
    if headings.iter().all(|heading| heading.within.is_empty()) {
        return;
    }
    // What is left out for one edition may have held the heading that another one stood below.
    for edition in site.editions.iter().filter(|edition| edition.takes(page)) {
        let visible = headings.iter().filter(|heading| edition.shows(&heading.within));
        for (before, heading) in skipped(visible) {
            if seen.insert(heading.span.start) {
                found.push(skip(rule, page, before, heading, Some(&edition.name)));
            }
        }
    }
}

/// Each heading more than one level below the one before it. The page's title is the heading of level 1.
fn skipped<'a>(headings: impl Iterator<Item = &'a Heading>) -> Vec<(Option<&'a Heading>, &'a Heading)> {
    let mut skipped = Vec::new();
    let mut before: Option<&Heading> = None;
    for heading in headings {
        if heading.level > before.map_or(1, |before| before.level) + 1 {
            skipped.push((before, heading));
        }
        before = Some(heading);
    }
    skipped
}

fn marks(level: u8) -> String {
    "#".repeat(level.into())
}

fn top_level(rule: &Rule, page: &Page, heading: &Heading) -> Diagnostic {
    rule.finding(
        page.at(&heading.span),
        format!("{} is a heading of level 1, which is the page's title", quoted(&heading.text)),
    )
    .hint(format!("Write `## {}`: headings in the body start at level 2.", heading.text))
}

fn skip(rule: &Rule, page: &Page, before: Option<&Heading>, heading: &Heading, edition: Option<&str>) -> Diagnostic {
    let within = edition.map_or(String::new(), |edition| format!("in the edition {}, ", quoted(edition)));
    let wanted = before.map_or(1, |before| before.level) + 1;
    let above = match before {
        Some(before) => format!("{} above it has level {}", quoted(&before.text), before.level),
        None => "it is the first one below the title".to_owned(),
    };
    let message = format!("{within}the heading {} has level {}, but {above}", quoted(&heading.text), heading.level);
    rule.finding(page.at(&heading.span), message).hint(format!("Write `{} {}`.", marks(wanted), heading.text))
}
