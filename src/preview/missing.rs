//! What is shown where there is no page.

use serde::Serialize;

use super::head::{Run, head};
use super::{address, templates};

/// Says that there is no page. It listens for changes like every page: one that was put away, as version control does when it
/// goes to another branch and back, shows again by itself.
pub fn page(run: Run) -> Vec<u8> {
    #[derive(Serialize)]
    struct View {
        style: &'static str,
        index: &'static str,
        head: String,
    }
    let view = View { style: address::PAGES_STYLE, index: address::INDEX, head: head(run) };
    templates::render("missing.html", &view).into_bytes()
}
