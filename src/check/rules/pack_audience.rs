//! See the page beside this file.

use crate::check::wording::{audiences, quoted};
use crate::check::{Rule, packs};
use crate::config::{EditionConfig, PackConfig};
use crate::content::Audience;
use crate::diagnostic::Diagnostic;
use crate::site::pack::may_read;
use crate::site::{Facts, Page, PageIndex, Site, Status};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    for named in packs::named(site) {
        let Ok(index) = named.page else { continue };
        let page = &site.pages[index];
        if page.status != Status::Published {
            continue;
        }
        let Some((message, hint)) = fault(site, named.pack, index) else { continue };
        let front_matter = &page.document.front_matter;
        let whom = format!("this page is for {} only", audiences(&front_matter.audience, "and"));
        let finding = rule.finding(named.at(), message).related(page.at(&front_matter.title.span), whom);
        found.push(finding.hint(hint));
    }
}

/// What keeps a page out of a pack that names it, and how to mend it.
fn fault(site: &Site, pack: &PackConfig, index: PageIndex) -> Option<(String, String)> {
    let page = &site.pages[index];
    let (title, pack_title) = (quoted(page.title()), quoted(&pack.title));
    if !may_read(site, index, &pack.audience) {
        let message = format!("the pack {pack_title} is for patients, but {title} is not");
        let hint = format!(
            "Take the page out of the pack, or make it a pack for those who treat: `audience = [\"{}\"]`. If patients may \
             read the page, add `patient` to its `audience`.",
            Audience::Clinician.name()
        );
        return Some((message, hint));
    }
    // Every edition counts, even when only some are being built.
    let edition = site.config.editions.iter().find(|edition| offers(edition, pack) && !holds(edition, page))?;
    let message = format!("the edition {} has the pack {pack_title}, but leaves out {title}", quoted(&edition.name));
    let hint =
        format!("Take the page out of the pack, or add {} to its `audience`.", audiences(&edition.audiences, "or"));
    Some((message, hint))
}

fn offers(edition: &EditionConfig, pack: &PackConfig) -> bool {
    pack.audience.iter().any(|audience| edition.audiences.contains(audience))
}

fn holds(edition: &EditionConfig, page: &Page) -> bool {
    page.document.front_matter.audience.iter().any(|audience| edition.audiences.contains(audience))
}
