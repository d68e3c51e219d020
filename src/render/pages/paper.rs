//! Where the web leads to paper.

use super::Rendering;
use crate::render::view::LinkView;
use crate::site::{Pack, PageIndex};
use crate::source::SitePath;

/// The PDFs of a page, as the page at `from` leads to them. The one place that knows: there are none yet.
pub(super) fn pdfs_of_page(_: &Rendering, _: &SitePath, _: PageIndex) -> Vec<LinkView> {
    Vec::new()
}

/// The PDFs of a pack, as the page at `from` leads to them. The one place that knows: there are none yet.
pub(super) fn pdfs_of_pack(_: &Rendering, _: &SitePath, _: &Pack) -> Vec<LinkView> {
    Vec::new()
}
