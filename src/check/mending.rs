//! What to exchange in a page so that a link leads where it was meant to.

use crate::content::{LinkRole, RawLink};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Page, Site};
use crate::source::{Span, Spanned};

/// The finding with the link's file exchanged for `reference`; what follows the file in the address stays.
pub(super) fn with_file(
    found: Diagnostic,
    site: &Site,
    page: &Page,
    link: &Spanned<RawLink>,
    reference: &str,
) -> Diagnostic {
    let file = link.value.address.find(['#', '?']).unwrap_or(link.value.address.len());
    exchange(found, site, page, link, 0..file, reference)
}

/// The finding with the link's anchor exchanged.
pub(super) fn with_anchor(
    found: Diagnostic,
    site: &Site,
    page: &Page,
    link: &Spanned<RawLink>,
    anchor: &str,
) -> Diagnostic {
    match link.value.address.find('#') {
        Some(hash) => exchange(found, site, page, link, hash + 1..link.value.address.len(), anchor),
        None => found,
    }
}

/// Exchanges a part of the address, unless it is written in a way that might make something else of it.
fn exchange(
    found: Diagnostic,
    site: &Site,
    page: &Page,
    link: &Spanned<RawLink>,
    part: Span,
    replacement: &str,
) -> Diagnostic {
    match written_at(site, page, link) {
        Some(start) if !part.is_empty() && is_plain(replacement) => {
            let at = Location::new(&page.path, &(start + part.start..start + part.end));
            found.fixed_by(at, replacement)
        }
        _ => found,
    }
}

/// Where the address starts in the page's source; `None` when it does not stand there letter by letter, since it was escaped.
fn written_at(site: &Site, page: &Page, link: &Spanned<RawLink>) -> Option<usize> {
    let RawLink { address, role, .. } = &link.value;
    let written = site.sources.bytes(page.path.as_str())?.get(link.span.clone())?;
    let written = std::str::from_utf8(written).ok()?;
    let (written, start) = match role {
        LinkRole::Key => (written.strip_prefix(['"', '\''])?.strip_suffix(['"', '\''])?, link.span.start + 1),
        LinkRole::Link | LinkRole::Image => (written, link.span.start),
    };
    (written == address).then_some(start)
}

/// Whether a reference means itself everywhere: in Markdown, in a table, between quotation marks of any kind.
fn is_plain(reference: &str) -> bool {
    reference.chars().all(|c| c.is_alphanumeric() || "/._-%~+,@=!".contains(c))
}
