//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, LinkTarget, Page, Site, Status};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if page.status != Status::Published {
        return;
    }
    for (link, target) in page.links() {
        let LinkTarget::Page(to, _) = target else { continue };
        let to = &site.pages[*to];
        let Some((at, why)) = reason(to) else { continue };
        let title = quoted(to.title());
        let (message, hint) = match to.status {
            Status::Published => continue,
            Status::Draft => (
                format!("{title} is a draft, so readers could not follow this link"),
                format!("Take the link out for now, or publish the page: delete `draft = true` in {}.", to.path),
            ),
            Status::NotYet(day) => (
                format!("{title} is not published before {day}, so readers could not follow this link"),
                "Take the link out for now, or publish the page earlier.".to_owned(),
            ),
            Status::Expired(day) => (
                format!("{title} was withdrawn on {day}, so readers could not follow this link"),
                "Link to a page that is still published, or take the link out.".to_owned(),
            ),
        };
        found.push(rule.finding(page.at(&link.span), message).related(at, why).hint(hint));
    }
}

/// Where a page says that readers do not see it.
pub(super) fn reason(page: &Page) -> Option<(Location, &'static str)> {
    let front_matter = &page.document.front_matter;
    let (span, why) = match page.status {
        Status::Published => return None,
        Status::Draft => (&front_matter.draft.as_ref()?.span, "it is marked as a draft here"),
        Status::NotYet(_) => (&front_matter.publish_on.as_ref()?.span, "its first day is set here"),
        Status::Expired(_) => (&front_matter.expires_on.as_ref()?.span, "its end is set here"),
    };
    Some((page.at(span), why))
}
