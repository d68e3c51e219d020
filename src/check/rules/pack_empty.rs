//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{audiences, quoted};
use crate::config::{EditionConfig, PackConfig, PackParts};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::pack::{found as found_by, is_sheet};
use crate::site::{Facts, PageIndex, Site, Status};
use crate::source::{SitePath, Sources};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    if site.config.packs.is_empty() {
        return;
    }
    let sheets: Vec<PageIndex> = (0..site.pages.len())
        .filter(|&page| site.pages[page].status == Status::Published && is_sheet(site, page))
        .collect();
    for pack in &site.config.packs {
        let Some((why, hint)) = reason(site, pack, &sheets) else { continue };
        let at = Location::new(&SitePath::new(Sources::CONFIG), &pack.id.span);
        let message = format!("the pack {} is left out: {why}", quoted(&pack.title));
        found.push(rule.finding(at, message).hint(hint));
    }
}

/// Why nobody gets to see a pack, and how to mend it.
fn reason(site: &Site, pack: &PackConfig, sheets: &[PageIndex]) -> Option<(String, String)> {
    // Every edition counts, even when only some are being built.
    let editions: Vec<&EditionConfig> = site
        .config
        .editions
        .iter()
        .filter(|edition| pack.audience.iter().any(|audience| edition.audiences.contains(audience)))
        .collect();
    if editions.is_empty() {
        let why = format!("no edition is for {}", audiences(&pack.audience, "or"));
        return Some((why, "Change the pack's `audience`, or the `audiences` of an edition.".to_owned()));
    }
    match &pack.parts {
        PackParts::Pages(pages) => pages.is_empty().then(|| {
            let hint = "Name pages in `pages`, such as `pages = [\"handouts/grief.md\"]`, or delete the pack.";
            ("it names no page".to_owned(), hint.to_owned())
        }),
        PackParts::Query(query) => {
            let is_shown = |page: &PageIndex| {
                let audience = &site.pages[*page].document.front_matter.audience;
                editions.iter().any(|edition| audience.iter().any(|reader| edition.audiences.contains(reader)))
            };
            let is_empty = !found_by(site, query, &pack.audience, sheets).iter().any(is_shown);
            is_empty.then(|| {
                let hint =
                    "Ask for less at once, since a page has to fit all that the pack asks for, or delete the pack.";
                (format!("no page for {} fits it", audiences(&pack.audience, "or")), hint.to_owned())
            })
        }
    }
}
