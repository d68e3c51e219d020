//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{quoted, role, written};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, LinkFault, LinkTarget, Page, Site};
use crate::source::SitePath;

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    for (link, target) in page.links() {
        let LinkTarget::Missing(LinkFault::SchemeNotAllowed { scheme }) = target else { continue };
        let message = format!(
            "the {} starts with {}, which pages may not use",
            role(link.value.role),
            quoted(&format!("{scheme}:"))
        );
        let address = link.value.address.trim();
        let is_file = page.path.join(address).is_some_and(|path: SitePath| site.sources.files.contains_key(&path));
        let hint = match scheme.as_str() {
            _ if is_file => {
                format!("For the file of that name, write {}.", written(link.value.role, &format!("./{address}")))
            }
            "javascript" | "vbscript" => {
                "A link must not run a program on the reader's device. Take it out.".to_owned()
            }
            "data" => "Save what it holds as a file in the content folder, and link to that file.".to_owned(),
            "file" => {
                "It leads to a disk that readers do not have. Copy the file to the content folder and link to the copy."
                    .to_owned()
            }
            "ftp" | "sftp" => "Browsers no longer open it. Look for the same thing at an `https:` address.".to_owned(),
            "sms" | "whatsapp" | "skype" => {
                "Not every reader can open it. Write the number out, with a `tel:` link if you like.".to_owned()
            }
            _ => "Pages may link to files of the site, and to `https:`, `http:`, `mailto:` and `tel:`.".to_owned(),
        };
        found.push(rule.finding(page.at(&link.span), message).hint(hint));
    }
}
