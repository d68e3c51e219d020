//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{quoted, role, written};
use crate::diagnostic::Diagnostic;
use crate::site::{self, Facts, LinkFault, LinkTarget, Page, Site};
use crate::source::{SitePath, Sources};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    for (link, target) in page.links() {
        let LinkTarget::Missing(LinkFault::OutsideSite) = target else { continue };
        let message =
            format!("the {} {} leads out of the content folder", role(link.value.role), quoted(&link.value.address));
        let hint = match inside(site, page, &link.value.address) {
            Some(reference) => {
                format!("Addresses start from the page's own folder. Write {}.", written(link.value.role, &reference))
            }
            None => {
                "Readers only get what is in the content folder. Copy the file there and link to the copy.".to_owned()
            }
        };
        found.push(rule.finding(page.at(&link.span), message).hint(hint));
    }
}

/// The right reference, when the address names a content file from the top of the site or of the project.
pub(super) fn inside(site: &Site, page: &Page, address: &str) -> Option<String> {
    let (file, anchor) = address.split_once('#').map_or((address, None), |(file, anchor)| (file, Some(anchor)));
    let file = file.trim_start_matches("../").trim_start_matches('/');
    let file = file.strip_prefix(Sources::CONTENT).unwrap_or(file);
    let sources =
        [format!("{}{file}", Sources::CONTENT), format!("{}{}.md", Sources::CONTENT, file.trim_end_matches(".html"))];
    let path = sources.iter().map(SitePath::new).find(|path| site.sources.files.contains_key(path))?;
    let reference = site::address::reference(&page.path, &path);
    Some(anchor.map_or(reference.clone(), |anchor| format!("{reference}#{anchor}")))
}
