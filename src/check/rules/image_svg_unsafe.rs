//! See the page beside this file.

use crate::check::wording::quoted;
use crate::check::{File, Rule, svg};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::Site;
use crate::source::{SitePath, Sources};
use crate::theme;

pub(super) fn check(rule: &Rule, site: &Site, file: &File<'_>, found: &mut Vec<Diagnostic>) {
    if !is_published_drawing(site, file.path) {
        return;
    }
    let Ok(text) = std::str::from_utf8(file.bytes) else { return };
    for danger in svg::inspect(text).dangers {
        let message = format!("the picture {} {}", quoted(file.path.file_name()), danger.what);
        found.push(rule.finding(Location::new(file.path, &danger.span), message).hint(
            "Open the picture in a drawing program and save it as “plain” or “optimised” SVG, or delete this part by hand.",
        ));
    }
}

/// Whether a file is an SVG that may be published, whether or not a page shows it.
fn is_published_drawing(site: &Site, path: &SitePath) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg"))
        && (path.as_str().starts_with(Sources::CONTENT)
            || theme::overlay(&site.config).is_some_and(|theme| path.as_str().starts_with(&theme))
            || site.config.theme.logo.as_ref().is_some_and(|logo| logo.value == path.as_str()))
}
