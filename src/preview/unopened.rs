//! What is shown where a source could not be opened.

use serde::Serialize;

use super::head::{Run, head};
use super::{address, templates};

/// Says why, and leads back.
pub fn page(why: &str, run: Run) -> Vec<u8> {
    #[derive(Serialize)]
    struct View<'a> {
        style: &'static str,
        index: &'static str,
        head: String,
        why: &'a str,
    }
    let view = View { style: address::PAGES_STYLE, index: address::INDEX, head: head(run), why };
    templates::render("unopened.html", &view).into_bytes()
}
