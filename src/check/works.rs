//! Works of the bibliography, as rules about them need them.

use crate::content::identifier::Scheme;
use crate::content::reference::{Work, WrittenField};
use crate::diagnostic::Location;
use crate::site::Site;

/// One identifier of a work, as it was written.
pub(super) struct Written<'w> {
    pub work: &'w Work,
    pub scheme: Scheme,
    pub field: &'w WrittenField,
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
    let text = site.sources.text(work.path.as_str()).and_then(|text| text.get(field.span.clone())).unwrap_or_default();
    match text.find(words) {
        Some(at) => Ok(work.at(&(field.span.start + at..field.span.start + at + words.len()))),
        None => Err(work.at(&field.span)),
    }
}

/// Where a field stands; the key where the work has it from another entry.
pub(super) fn field_at(work: &Work, variable: &str) -> Location {
    work.at(work.written(variable).next().map_or(&work.key_span, |field| &field.span))
}
