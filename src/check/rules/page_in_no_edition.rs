//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{audiences, quoted};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site, Status};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if page.status != Status::Published {
        return;
    }
    // Every edition counts, even when only some are being built.
    let reached = |audience| site.config.editions.iter().any(|edition| edition.audiences.contains(audience));
    let audience = &page.document.front_matter.audience;
    let is_in_none = !audience.iter().any(reached);
    if page.document.front_matter.lacks("audience", is_in_none) {
        let message = format!("{} is in no edition, so nobody gets to read it", quoted(page.title()));
        let hint = format!(
            "It is for {}. Add that to the `audiences` of an edition in site-config.toml, or change the page's `audience`.",
            audiences(audience, "and"),
        );
        found.push(rule.finding(page.at(&page.document.front_matter.title.span), message).hint(hint));
    }
}
