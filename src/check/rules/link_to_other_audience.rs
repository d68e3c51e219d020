//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{audiences, quoted};
use crate::content::{Audience, LinkRole};
use crate::diagnostic::Diagnostic;
use crate::site::{Edition, Facts, LinkTarget, Page, Site, Status};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    for edition in site.editions.iter().filter(|edition| edition.takes(page)) {
        for (link, target) in page.links() {
            let LinkTarget::Page(to, _) = target else { continue };
            if edition.holds(*to) || !edition.shows(&link.value.within) {
                continue;
            }
            let to = &site.pages[*to];
            if to.status != Status::Published {
                continue;
            }
            let message = format!(
                "{} is in the edition {}, but this link leads to {}, which that edition leaves out",
                quoted(page.title()),
                quoted(&edition.name),
                quoted(to.title()),
            );
            let whom = format!("this page is for {} only", audiences(&to.document.front_matter.audience, "and"));
            let at = to.at(&to.document.front_matter.title.span);
            let hint = advice(edition, page, link.value.role, to);
            found.push(rule.finding(page.at(&link.span), message).related(at, whom).hint(hint));
        }
    }
}

fn advice(edition: &Edition, page: &Page, role: LinkRole, to: &Page) -> String {
    let theirs = audiences(&edition.audiences, "or");
    let fence = [Audience::Clinician, Audience::Instructor].into_iter().find(|audience| {
        !edition.audiences.contains(audience) && page.document.front_matter.audience.contains(audience)
    });
    let fence = fence.filter(|_| role == LinkRole::Link);
    let block = fence.map_or(String::new(), |audience| format!(", put it in a `:::{}` block", audience.name()));
    format!(
        "Take the link out{block}, or, if everybody may read {}, add {theirs} to its `audience`.",
        quoted(to.title())
    )
}
