//! The page for addresses that do not exist.

use super::Rendering;
use crate::render::address;
use crate::render::view::{ContentView, LinkView, NotFoundView};
use crate::source::SitePath;

/// Where it is.
pub(super) const URL: &str = "404.html";

/// The reference from a page to a target of its edition. A server answers with this page at any depth, from where relative
/// references would lead astray; so where the site's place is known, those of this page start at the server's top.
pub(super) fn to(rendering: &Rendering, url: &SitePath, target: &str) -> String {
    match &rendering.base {
        Some(base) if url.as_str() == URL => format!("{}{}", address::on_server(base), address::encoded(target)),
        _ => address::relative(url, target),
    }
}

/// What `not-found.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath) -> ContentView {
    let ways_on = rendering.menus.main.iter().chain(&rendering.menus.more);
    ContentView::NotFound(NotFoundView {
        links: ways_on
            .map(|(title, target)| LinkView { title: title.clone(), url: to(rendering, url, target) })
            .collect(),
    })
}
