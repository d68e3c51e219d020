//! See the page beside this file.

use crate::check::wording::quoted;
use crate::check::{Rule, svg};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, Site};
use crate::source::{SitePath, Sources};
use crate::theme;

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    for path in drawings(site) {
        let Some(text) = site.sources.text(path.as_str()) else { continue };
        for danger in svg::inspect(text).dangers {
            let message = format!("the picture {} {}", quoted(path.file_name()), danger.what);
            found.push(rule.finding(Location::new(path, &danger.span), message).hint(
                "Open the picture in a drawing program and save it as “plain” or “optimised” SVG, or delete this part by hand.",
            ));
        }
    }
}

/// Every SVG that may be published, whether or not a page shows it.
fn drawings(site: &Site) -> impl Iterator<Item = &SitePath> {
    let theme = theme::overlay(&site.config);
    let logo = site.config.theme.logo.as_ref().map(|logo| logo.value.as_str());
    site.sources.files.keys().filter(move |path| {
        let published = path.as_str().starts_with(Sources::CONTENT)
            || theme.as_ref().is_some_and(|theme| path.as_str().starts_with(theme))
            || logo == Some(path.as_str());
        published && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg"))
    })
}
