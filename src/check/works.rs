//! Works of the bibliography, as rules about them need them.

use std::collections::HashSet;

use super::Rule;
use super::ties::cited_keys;
use super::wording::quoted;
use crate::content::identifier::Scheme;
use crate::content::reference::{Nature, Notice, Work, WrittenField};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Page, Site};

/// One identifier of a work, as it was written.
pub(super) struct Written<'w> {
    /// The work.
    pub work: &'w Work,
    /// What kind of identifier it is.
    pub scheme: Scheme,
    /// The field, which may hold several.
    pub field: &'w WrittenField,
    /// The identifier itself.
    pub words: &'w str,
}

/// Every identifier of every work, by key and then in the order written.
pub(super) fn identifiers(site: &Site) -> impl Iterator<Item = Written<'_>> {
    site.bibliography.works.values().flat_map(|work| {
        Scheme::ALL.into_iter().flat_map(move |scheme| {
            work.written(scheme.name()).flat_map(move |field| {
                scheme.several(&field.value).into_iter().map(move |words| Written { work, scheme, field, words })
            })
        })
    })
}

/// Where some words of a field stand; `Err` with the whole field when they do not stand there as they are.
pub(super) fn words_at(site: &Site, work: &Work, field: &WrittenField, words: &str) -> Result<Location, Location> {
    let text = site.sources.excerpt(work.path.as_str(), &field.span).unwrap_or_default();
    match text.find(words) {
        Some(at) => Ok(work.at(&(field.span.start + at..field.span.start + at + words.len()))),
        None => Err(work.at(&field.span)),
    }
}

/// Where a field stands; the key where the work has it from another entry.
pub(super) fn field_at(work: &Work, variable: &str) -> Location {
    work.at(work.written(variable).next().map_or(&work.key_span, |field| &field.span))
}

/// Reports works with a notice of some nature where a page first cites each: what the notice did, and what to do about it.
pub(super) fn cited_with_notice(
    rule: &Rule,
    site: &Site,
    page: &Page,
    (nature, did, do_this): (Nature, &str, &str),
    found: &mut Vec<Diagnostic>,
) {
    let Some(retractions) = site.bibliography.retractions.as_ref().filter(|_| page.is_to_appear()) else { return };
    let mut told = HashSet::new();
    for (key, span) in cited_keys(&page.document) {
        let Some(work) = site.bibliography.work(key).filter(|work| told.insert(&work.key)) else { continue };
        if let Some(notice) = retractions.standing(&work.key).filter(|notice| notice.nature == nature) {
            let message = format!("{} {did}{}", quoted(key), details(notice));
            let fault = rule.finding(page.at(span), message).related(work.at(&work.key_span), "the work");
            found.push(fault.hint(format!("{do_this}{}", where_to_read(notice))));
        }
    }
}

/// When and why, as the list has it.
pub(super) fn details(notice: &Notice) -> String {
    const REASONS_AT_MOST: usize = 3;
    let mut details = notice.date.map(|date| format!(" on {date}")).unwrap_or_default();
    if !notice.reasons.is_empty() {
        let shown = &notice.reasons[..notice.reasons.len().min(REASONS_AT_MOST)];
        let more = if shown.len() < notice.reasons.len() { ", …" } else { "" };
        details.push_str(&format!(" ({}{more})", shown.join(", ")));
    }
    details
}

/// Where the notice can be read.
pub(super) fn where_to_read(notice: &Notice) -> String {
    notice.doi.as_ref().map(|doi| format!(" Read the notice: `https://doi.org/{doi}`.")).unwrap_or_default()
}
