//! See the page beside this file.

use std::collections::BTreeSet;

use crate::check::own_theme::Printed;
use crate::check::ties::Whole;
use crate::check::wording::{list, quoted};
use crate::check::{Rule, own_theme, patients};
use crate::diagnostic::{Diagnostic, Location, Severity, nearest};
use crate::site::{Facts, Site};
use crate::source::{SitePath, Sources};

const PRINTED: Printed = Printed { marker: "in site.crisis_lines", in_frame: true };

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(page) = patients::first_published(site) else { return };
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

/// A theme of the site's own must not drop what the built-in one prints on every page for patients.
pub(super) fn own_templates(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    if whole.site.config.region.is_none() || patients::first_published(whole.site).is_none() {
        return;
    }
    let message = "with this template of your own, pages for patients show no number to ring in a crisis";
    let hint =
        "Add `{% include \"help.html\" %}` at the end of the page, or print each `line in site.crisis_lines` yourself.";
    found.extend(own_theme::drops(rule, whole, PRINTED, message, hint));
}

fn lines_for(region: &str, regions: &BTreeSet<&str>) -> String {
    match nearest(region, regions.iter().copied()) {
        Some(near) => format!("Did you mean `region = \"{near}\"`?"),
        None => format!("Add a `[[crisis-lines]]` with `region = \"{region}\"`, a `name` and a `number`."),
    }
}
