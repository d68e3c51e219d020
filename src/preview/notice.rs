//! What is shown where there is nothing else to show: in place of a page, or of a source that could not be opened.

use serde::Serialize;

use super::head::{Run, head};
use super::{address, templates};

/// Says that there is no page. It listens for changes like every page: one that was put away, as version control does when it
/// goes to another branch and back, shows again by itself.
pub fn missing(run: Run) -> Vec<u8> {
    let words =
        "The site has no page or file at this address. Should there be one some day, it will show here by itself.";
    page("Nothing here", words, None, run)
}

/// A link to where somebody may have come from.
#[derive(Serialize)]
pub struct Back {
    /// What is there.
    pub words: String,
    /// Its address.
    pub href: String,
}

/// Says why a source was not opened, with a way back. Browsers do not say where somebody came from: they are told not to.
pub fn unopened(why: &str, back: Option<&Back>, run: Run) -> Vec<u8> {
    page("Not opened", why, back, run)
}

fn page(title: &str, words: &str, back: Option<&Back>, run: Run) -> Vec<u8> {
    #[derive(Serialize)]
    struct View<'a> {
        style: &'static str,
        index: &'static str,
        head: String,
        title: &'a str,
        words: &'a str,
        back: Option<&'a Back>,
    }
    let view = View { style: address::PAGES_STYLE, index: address::INDEX, head: head(run), title, words, back };
    templates::render("notice.html", &view).into_bytes()
}
