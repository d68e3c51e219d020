//! See the page beside this file.

use std::collections::BTreeSet;

use crate::check::Rule;
use crate::check::wording::{list, quoted};
use crate::content::{Audience, KindName};
use crate::diagnostic::{Diagnostic, Location, Severity, nearest};
use crate::site::{Facts, Page, Site};
use crate::source::{SitePath, Sources};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(page) = patient_page(site) else { return };
    let regions: BTreeSet<&str> = site.config.crisis_lines.iter().map(|line| line.region.as_str()).collect();
    let config = SitePath::new(Sources::CONFIG);
    if let Some(region) = &site.config.region {
        if !regions.contains(region.value.as_str()) {
            let message = format!("no crisis line is listed for the region {}", quoted(&region.value));
            let at = Location::new(&config, &region.span);
            found.push(rule.finding(at, message).hint(lines_for(&region.value, &regions)));
        }
        return;
    }
    let (message, hint) = if regions.is_empty() {
        (
            format!("patient pages such as {} show no number to ring in a crisis", quoted(page.title())),
            "In site-config.toml, add a `[[crisis-lines]]` with `region`, `name` and `number`, and set `region` to the same \
             region."
                .to_owned(),
        )
    } else {
        let choices: Vec<String> = regions.iter().map(|region| format!("`region = \"{region}\"`")).collect();
        (
            "crisis lines are listed, but none is shown because no region is chosen".to_owned(),
            format!("In site-config.toml, above the first `[…]`, write {}.", list(&choices, "or")),
        )
    };
    let at = match site.config.crisis_lines.first() {
        Some(line) => Location::new(&config, &line.name.span),
        None if site.sources.files.contains_key(&config) => Location::top(&config),
        None => page.at(&page.document.front_matter.title.span),
    };
    // A site that never heard of crisis lines can be built and looked at; one that meant to show some and does not cannot.
    found.push(Diagnostic { severity: Severity::Warning, ..rule.finding(at, message) }.hint(hint));
}

/// A published page made for patients, if an edition holds one. General pages and glossary entries, which are for
/// everybody unless they say otherwise, count only when they are for patients alone.
fn patient_page(site: &Site) -> Option<&Page> {
    let for_patients = |page: &&Page| {
        let audience = &page.document.front_matter.audience;
        let general = matches!(page.kind(), KindName::Page | KindName::Term);
        audience.contains(&Audience::Patient) && (!general || audience.len() == 1)
    };
    let editions = site.editions.iter().filter(|edition| edition.audiences.contains(&Audience::Patient));
    editions.flat_map(|edition| &edition.pages).map(|&page| &site.pages[page]).find(for_patients)
}

fn lines_for(region: &str, regions: &BTreeSet<&str>) -> String {
    match nearest(region, regions.iter().copied()) {
        Some(near) => format!("Did you mean `region = \"{near}\"`?"),
        None => format!("Add a `[[crisis-lines]]` with `region = \"{region}\"`, a `name` and a `number`."),
    }
}
