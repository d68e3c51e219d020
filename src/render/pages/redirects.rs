//! Old addresses: small pages that lead to the new ones.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::generated::Generated;
use super::{Made, Rendering};
use crate::render::address;
use crate::render::view::RedirectView;
use crate::site::PageIndex;
use crate::source::SitePath;

/// Every alias of the edition's pages that is not the address of something else, with the page it leads to. Of two pages with
/// the same alias the first has it.
pub(super) fn all(rendering: &Rendering) -> BTreeMap<&str, PageIndex> {
    let mut aliases = BTreeMap::new();
    for &page in &rendering.edition.pages {
        for alias in &rendering.site.pages[page].document.front_matter.aliases {
            let path = alias.value.trim_start_matches('/');
            if is_safe(path) && !aliases.contains_key(path) && !is_taken(rendering, path) {
                aliases.insert(path, page);
            }
        }
    }
    aliases
}

/// A page that leads on from an alias.
pub(super) fn made(rendering: &Rendering, path: &str, page: PageIndex) -> Made {
    let view = view(rendering, &SitePath::new(path), page);
    let html = rendering.means.templates.render("redirect.html", rendering.shared()?, &view, path)?;
    Ok(Bytes::from(html))
}

/// Whether there already is a page or a file at an address; both end in `.html`, as aliases do.
fn is_taken(rendering: &Rendering, path: &str) -> bool {
    rendering.page_at(path).is_some()
        || Generated::at(rendering, path).is_some()
        || rendering.means.assets.file(path).is_some()
        || rendering.all_uses().holds_file(&address::source_of_file(path))
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

fn view(rendering: &Rendering, from: &SitePath, index: PageIndex) -> RedirectView {
    let page = &rendering.site.pages[index];
    let assets = &rendering.means.assets;
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
