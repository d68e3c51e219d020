//! `psychoed words`: the words of psychoed's own, to be translated for a site.

use super::{fault, print_out};
use crate::theme;

/// Prints the words in a language, English when none is named.
pub fn words(language: Option<&str>) -> u8 {
    let tag = language.unwrap_or("en");
    match theme::words_in(tag) {
        Some(words) => print_out(words.as_bytes()),
        None => fault(format!(
            "psychoed has no words of its own in “{tag}”, but in {}; leave the language out for English, to translate it",
            theme::languages().join(", "),
        )),
    }
}
