//! See the page beside this file.

use unicode_normalization::UnicodeNormalization;

use crate::check::wording::{quoted, written};
use crate::check::{Rule, mending};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, LinkFault, LinkTarget, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    for (link, target) in page.links() {
        let LinkTarget::Missing(LinkFault::WrongCase { actual, certain }) = target else { continue };
        let address = &link.value.address;
        let file = address.split(['#', '?']).next().unwrap_or(address);
        let anchor = address.split_once('#').map_or(String::new(), |(_, anchor)| format!("#{anchor}"));
        let write = written(link.value.role, &format!("{actual}{anchor}"));
        let diagnostic = if decoded(file) == decoded(actual) {
            rule.finding(
                page.at(&link.span),
                format!("{} differs from the file's name only in how an accent is stored", quoted(file)),
            )
            .hint(format!(
                "Both look the same, but are different letters to a computer. Copy the name from here, {write}, or \
                 rename the file with plain letters."
            ))
        } else {
            rule.finding(page.at(&link.span), format!("{} differs only in case from {}", quoted(file), quoted(actual)))
                .hint(format!("Write {write}. Many web servers tell capital letters from small ones."))
        };
        found.push(if *certain { mending::with_file(diagnostic, site, page, link, actual) } else { diagnostic });
    }
}

/// A reference as it looks: without percent signs, and with letters and accents joined.
fn decoded(reference: &str) -> String {
    let decoded: String = percent_encoding::percent_decode_str(reference).decode_utf8_lossy().nfc().collect();
    decoded.trim_start_matches("./").to_owned()
}
