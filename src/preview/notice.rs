//! What is shown where there is nothing else to show: in place of a page, or of a source that could not be opened.

use serde::Serialize;

use super::head::{Run, head};
use super::{address, templates};

/// Says that there is no page. It listens for changes like every page: one that was put away, as version control does when it
/// goes to another branch and back, shows again by itself.
pub fn missing(run: Run) -> Vec<u8> {
    let words =
        "The site has no page or file at this address. Should there be one some day, it will show here by itself.";
    page("Nothing here", words, run)
}

/// Says why a source was not opened.
pub fn unopened(why: &str, run: Run) -> Vec<u8> {
    page("Not opened", why, run)
}

fn page(title: &str, words: &str, run: Run) -> Vec<u8> {
    #[derive(Serialize)]
    struct View<'a> {
        style: &'static str,
        index: &'static str,
        head: String,
        title: &'a str,
        words: &'a str,
    }
    let view = View { style: address::PAGES_STYLE, index: address::INDEX, head: head(run), title, words };
    templates::render("notice.html", &view).into_bytes()
}
