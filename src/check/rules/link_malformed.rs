//! See the page beside this file.

use super::link_outside_site::inside;
use crate::check::Rule;
use crate::check::wording::{quoted, role, written};
use crate::content::RawLink;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, LinkFault, LinkTarget, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    for (link, target) in page.links() {
        let LinkTarget::Missing(LinkFault::Malformed { reason }) = target else { continue };
        let what = role(link.value.role);
        let message = if link.value.address.trim().is_empty() {
            format!("the {what} has no address")
        } else {
            format!("the address {} of the {what} cannot be followed: {reason}", quoted(&link.value.address))
        };
        found.push(rule.finding(page.at(&link.span), message).hint(advice(site, page, &link.value)));
    }
}

fn advice(site: &Site, page: &Page, link: &RawLink) -> String {
    let address = link.address.trim();
    let write = |address: &str| format!("Write {}.", written(link.role, address));
    let web = address.split_once(':').filter(|(scheme, _)| matches!(*scheme, "http" | "https"));
    if let Some((scheme, rest)) = web.filter(|(_, rest)| !rest.starts_with("//") && !rest.is_empty()) {
        return write(&format!("{scheme}://{}", rest.trim_start_matches('/')));
    }
    match address {
        "" | "#" => {
            "Write the file that it leads to between the round brackets, for example `[…](grief.md)`.".to_owned()
        }
        _ if address.starts_with("//") => write(&format!("https:{address}")),
        _ if address.contains("://") || address.contains('%') => {
            "Copy the address again from where you found it, and open it once to see that it works.".to_owned()
        }
        _ if address.starts_with('\\') => {
            if let Some(reference) = inside(site, page, &address.replace('\\', "/")) {
                return write(&reference);
            }
            let file = address.rsplit('\\').next().filter(|file| !file.is_empty()).unwrap_or("leaflet.pdf");
            let name = file.replace(' ', "-");
            let beside = written(link.role, &name);
            format!(
                "Readers cannot reach a folder of your network. Copy the file into the folder of this page, by the name `{name}`, and write \
                 {beside}."
            )
        }
        _ if address.contains('\\') => write(&address.replace('\\', "/")),
        _ if address.ends_with('#') => write(address.trim_end_matches('#')),
        _ => match address.split_once('#') {
            Some((file, _)) if !address.starts_with('#') => {
                format!("Link to the whole file: {}.", written(link.role, file))
            }
            _ => "Write the address again, by hand, in plain letters.".to_owned(),
        },
    }
}
