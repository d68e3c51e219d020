//! See the page beside this file.

use crate::check::wording::{described, quoted};
use crate::check::{Rule, walk};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    for (link, alt) in walk::pictures(page) {
        let picture = quoted(&link.value.address);
        let message = if alt.trim().is_empty() {
            format!("nothing describes the picture {picture} to readers who do not see it")
        } else if says_nothing(alt) {
            format!("{} does not describe the picture {picture} to readers who do not see it", quoted(alt))
        } else {
            continue;
        };
        found.push(rule.finding(page.at(&link.span), message).hint(described(&link.value)));
    }
}

/// Whether a description only says that there is a picture.
fn says_nothing(alt: &str) -> bool {
    let alt = alt.trim().trim_end_matches('.').to_lowercase();
    ["image", "picture", "photo", "figure", "diagram", "graphic", "alt", "alt text"].contains(&alt.as_str())
}
