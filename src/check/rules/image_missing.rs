//! See the page beside this file.

use crate::check::wording::{quoted, written};
use crate::check::{Rule, mending};
use crate::content::LinkRole;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, LinkFault, LinkTarget, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    for (link, target) in page.links().filter(|(link, _)| link.value.role == LinkRole::Image) {
        if let LinkTarget::Asset(_) = target {
            continue;
        }
        let address = quoted(&link.value.address);
        let (message, hint) = match target {
            LinkTarget::Missing(LinkFault::NoSuchFile { nearest, .. }) => {
                let hint = match nearest {
                    Some(nearest) => {
                        let name = nearest.rsplit('/').next().unwrap_or(nearest);
                        format!("Did you mean `{name}`? Write {}.", written(LinkRole::Image, nearest))
                    }
                    None => "Put the picture in the content folder, for example in `content/figures/`. Addresses start from \
                             the folder of the page that they stand on."
                        .to_owned(),
                };
                (format!("the picture {address} does not exist"), hint)
            }
            LinkTarget::Page(..)
            | LinkTarget::Missing(LinkFault::Unreadable { .. } | LinkFault::NoSuchAnchor { .. }) => (
                format!("{address} is a page, not a picture"),
                format!("For a link to it, leave out the exclamation mark: `[…]({})`.", link.value.address),
            ),
            LinkTarget::Web(web) if !is_on_web(web) => (
                format!("{address} is no picture"),
                format!("For a link to it, leave out the exclamation mark: `[…]({web})`."),
            ),
            _ => continue,
        };
        let finding = rule.finding(page.at(&link.span), message).hint(hint);
        found.push(match target {
            LinkTarget::Missing(LinkFault::NoSuchFile { nearest: Some(nearest), certain: true }) => {
                mending::with_file(finding, site, page, link, nearest)
            }
            _ => finding,
        });
    }
}

fn is_on_web(address: &str) -> bool {
    address.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"))
}
