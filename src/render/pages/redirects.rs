//! Old addresses: small pages that lead to the new ones.

use super::Rendering;
use crate::render::view::RedirectView;
use crate::render::{Output, address};
use crate::site::PageIndex;
use crate::source::SitePath;

/// Adds a page for every alias of the edition's pages that is not the address of something else.
pub(super) fn add(rendering: &Rendering<'_>, shared: &tera::Value, output: &mut Output) {
    let folder = rendering.edition.folder.as_str();
    for &index in &rendering.edition.pages {
        let page = &rendering.site.pages[index];
        for alias in &page.document.front_matter.aliases {
            let path = alias.value.trim_start_matches('/');
            if is_safe(path) && !output.holds(folder, path) {
                let view = view(rendering, &SitePath::new(path), index);
                match rendering.means.templates.render("redirect.html", shared, &view, path) {
                    Ok(html) => output.add(folder, path, html.into_bytes()),
                    Err(fault) => output.fault(fault),
                }
            }
        }
    }
}

/// Whether an alias is the plain address of a page below the edition's folder.
fn is_safe(path: &str) -> bool {
    let plain = |segment: &str| {
        !segment.is_empty()
            && !segment.trim_matches('.').is_empty()
            && !segment.contains(|c: char| matches!(c, '\\' | ':' | '%' | '?' | '#') || c.is_control())
    };
    path.ends_with(".html") && path.split('/').all(plain)
}

fn view(rendering: &Rendering<'_>, from: &SitePath, index: PageIndex) -> RedirectView {
    let page = &rendering.site.pages[index];
    let assets = rendering.means.assets;
    let asset = |name: &str| assets.published(name).map(|path| address::relative(from, path)).unwrap_or_default();
    RedirectView {
        url: from.as_str().to_owned(),
        target_url: address::relative(from, page.url.as_str()),
        canonical: rendering.base.as_ref().map(|base| address::absolute(base, page.url.as_str())),
        title: page.title().to_owned(),
        style: asset("site.css"),
        icon: asset("icon.svg"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn only_plain_addresses_are_written() {
        for safe in ["old.html", "old/path/page.html", "alt/schön.html"] {
            assert!(is_safe(safe), "{safe}");
        }
        for unsafe_path in [
            "../x.html",
            "a/../../b.html",
            "a//b.html",
            "..",
            "a\\..\\b.html",
            "%2e%2e/x.html",
            "c:/x.html",
            "x",
            "",
            "./x.html",
        ] {
            assert!(!is_safe(unsafe_path), "{unsafe_path}");
        }
    }
}
