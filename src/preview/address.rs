//! Where psychoed's own pages are. Every one starts with [`INDEX`], so that no page of a site is ever in the way.

use url::form_urlencoded::Serializer;

use crate::render::address::encoded;
use crate::server::{OWN, own};
use crate::source::SitePath;

/// The index, and the start of every other address of psychoed's own.
pub const INDEX: &str = OWN;
/// Looks of the panel and the bar.
pub const BAR_STYLE: &str = own!("bar.css");
/// Reloads pages and swaps their styles.
pub const BAR_SCRIPT: &str = own!("bar.js");
/// Looks of psychoed's own pages.
pub const PAGES_STYLE: &str = own!("pages.css");
/// Comfort of the index.
pub const INDEX_SCRIPT: &str = own!("index.js");
/// The mark of psychoed's own pages.
pub const ICON: &str = own!("icon.svg");
/// The addresses of a page's style sheets, as a script.
pub const STYLES: &str = own!("styles.js");
/// Opens a file in the editor.
pub const OPEN: &str = own!("open");
/// The findings of one source file.
pub const FINDINGS: &str = own!("findings");
/// The explanations of rules; a rule's name follows.
pub const RULES: &str = own!("rules/");

/// The explanation of a rule.
pub fn rule(name: &str) -> String {
    format!("{RULES}{name}")
}

/// The findings of one source file, whether a page is made of it or not.
pub fn findings(file: &SitePath) -> String {
    format!("{FINDINGS}?{}", Serializer::new(String::new()).append_pair("file", file.as_str()).finish())
}

/// A file of the site.
pub fn of_file(path: &SitePath) -> String {
    format!("/{}", encoded(path.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_odd_characters_stay_in_their_place() {
        let odd = SitePath::new("content/a&line=3#b \"c\".md");
        assert_eq!(findings(&odd), "/_psychoed/findings?file=content%2Fa%26line%3D3%23b+%22c%22.md");
        assert_eq!(of_file(&SitePath::new("patient/a b?.html")), "/patient/a%20b%3F.html");
    }
}
