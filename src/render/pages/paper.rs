//! Where the web leads to paper.

use super::Rendering;
use crate::render::view::LinkView;
use crate::site::{Pack, PageIndex};
use crate::source::SitePath;

/// The PDFs of a page, as the page at `from` leads to them.
pub(super) fn pdfs_of_page(rendering: &Rendering, from: &SitePath, page: PageIndex) -> Vec<LinkView> {
    rendering.sheets().links(from, page)
}

/// The PDFs of a pack, as the page at `from` leads to them.
pub(super) fn pdfs_of_pack(rendering: &Rendering, from: &SitePath, pack: &Pack) -> Vec<LinkView> {
    let number = rendering.navigation.pack_number(&pack.id);
    number.map(|number| rendering.sheets().links_of_pack(from, number)).unwrap_or_default()
}
