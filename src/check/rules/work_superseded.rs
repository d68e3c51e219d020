//! See the page beside this file.

use std::collections::HashSet;

use crate::check::Rule;
use crate::check::ties::cited_keys;
use crate::check::wording::quoted;
use crate::content::PageKind;
use crate::content::reference::{Bibliography, Work};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.is_to_appear() {
        return;
    }
    let work = |key: &str| site.bibliography.work(key);
    let cited: HashSet<&str> =
        cited_keys(&page.document).filter_map(|(key, _)| Some(work(key)?.key.as_str())).collect();
    let mut settled: HashSet<&str> = said_to_be_old(page).filter_map(|key| Some(work(key)?.key.as_str())).collect();
    for (key, span) in cited_keys(&page.document) {
        let Some(old) = work(key).filter(|old| settled.insert(&old.key)) else { continue };
        let later = successors(&site.bibliography, old);
        // Who cites both compares them.
        let Some(newest) = later.last().filter(|_| !later.iter().any(|work| cited.contains(work.key.as_str()))) else {
            continue;
        };
        let title = newest.text("title").map(|title| format!(", {}", quoted(title))).unwrap_or_default();
        let message = format!("{} has been superseded by {}{title}", quoted(key), quoted(&newest.key));
        let hint = format!(
            "Read what the new one says and cite it: `[@{0}]`. If the page is about what the old one said, cite `[@{0}]` beside it.",
            newest.key
        );
        let named = old.superseded_by().map_or(&old.key_span, |field| &field.span);
        found.push(
            rule.finding(page.at(span), message).related(old.at(named), "the bibliography says so here").hint(hint),
        );
    }
}

/// Works of which the front matter itself says that they are no longer in force.
fn said_to_be_old(page: &Page) -> impl Iterator<Item = &str> {
    let recommendations = match &page.document.front_matter.kind {
        PageKind::Evidence(evidence) => &*evidence.recommendations,
        _ => &[],
    };
    let old = recommendations.iter().filter(|recommendation| recommendation.status != "current");
    old.map(|recommendation| recommendation.source.value.as_str())
}

/// The work that took a work's place, the one that took that one's, and so on.
fn successors<'b>(bibliography: &'b Bibliography, work: &'b Work) -> Vec<&'b Work> {
    let mut seen = HashSet::from([work.key.as_str()]);
    let mut chain = Vec::new();
    let mut next = work.superseded_by();
    while let Some(later) =
        next.and_then(|field| bibliography.work(field.value.trim())).filter(|later| seen.insert(&later.key))
    {
        chain.push(later);
        next = later.superseded_by();
    }
    chain
}
