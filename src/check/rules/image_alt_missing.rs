//! See the page beside this file.

use crate::check::wording::quoted;
use crate::check::{Rule, walk};
use crate::content::{Inline, LinkRole};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let links = &page.document.links;
    if links.iter().all(|link| link.value.role != LinkRole::Image) {
        return;
    }
    for inline in walk::blocks(&page.document.blocks).flat_map(walk::inlines) {
        let Inline::Image { link, alt, .. } = inline else { continue };
        let Some(link) = links.get(*link) else { continue };
        let picture = quoted(&link.value.address);
        let message = if alt.trim().is_empty() {
            format!("nothing describes the picture {picture} to readers who do not see it")
        } else if says_nothing(alt) {
            format!("{} does not describe the picture {picture} to readers who do not see it", quoted(alt))
        } else {
            continue;
        };
        found.push(rule.finding(page.at(&link.span), message).hint(format!(
            "Say between the square brackets what the picture tells, in a sentence: `![Low mood leads to seeing fewer \
             people]({})`.",
            link.value.address,
        )));
    }
}

/// Whether a description only says that there is a picture.
fn says_nothing(alt: &str) -> bool {
    let alt = alt.trim().trim_end_matches('.').to_lowercase();
    ["image", "picture", "photo", "figure", "diagram", "graphic", "alt", "alt text"].contains(&alt.as_str())
}
