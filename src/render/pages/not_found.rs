//! The page for addresses that do not exist.

use super::Rendering;
use crate::render::address;
use crate::render::view::{ContentView, LinkView, NotFoundView};
use crate::source::SitePath;

/// Where it is.
pub(super) const URL: &str = "404.html";

/// What `not-found.html` gets.
pub(super) fn content(rendering: &Rendering<'_>, url: &SitePath) -> ContentView {
    let ways_on = rendering.menus.main.iter().chain(&rendering.menus.more);
    ContentView::NotFound(NotFoundView {
        links: ways_on
            .map(|(title, target)| LinkView { title: title.clone(), url: address::relative(url, target) })
            .collect(),
    })
}
