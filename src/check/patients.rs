//! What patients see of a page.

use super::walk;
use crate::content::{Audience, Block, Heading, KindName};
use crate::site::{Page, Site};

/// Whether patients read a page, perhaps among others.
pub(super) fn read(page: &Page) -> bool {
    page.document.front_matter.audience.contains(&Audience::Patient)
}

/// Whether patients take it home: a handout has to bring a message across by itself.
pub(super) fn take_home(page: &Page) -> bool {
    page.kind() == KindName::Handout && read(page)
}

/// Every block of the page that they see, outer before inner.
pub(super) fn blocks(page: &Page) -> impl Iterator<Item = &Block> {
    walk::shown_to(Audience::Patient, &page.document.blocks)
}

/// Every heading of the page that they see.
pub(super) fn headings(page: &Page) -> impl DoubleEndedIterator<Item = &Heading> {
    let is_shown = |heading: &&Heading| heading.within.iter().all(|&audience| audience == Audience::Patient);
    page.document.headings.iter().filter(is_shown)
}

/// Whether a page is made for patients. General pages and glossary entries, which are for everybody unless they say otherwise, are so
/// only when they are for patients alone.
pub(super) fn own(page: &Page) -> bool {
    let general = matches!(page.kind(), KindName::Page | KindName::Term);
    read(page) && (!general || page.document.front_matter.audience.len() == 1)
}

/// A published page made for patients, if an edition holds one.
pub(super) fn first_published(site: &Site) -> Option<&Page> {
    let editions = site.editions.iter().filter(|edition| edition.audiences.contains(&Audience::Patient));
    editions
        .flat_map(|edition| &edition.pages)
        .map(|&page| &site.pages[page])
        .find(|page| page.is_to_appear() && own(page))
}
