//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::config::PackParts;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::pack::NamedPages;
use crate::site::{Facts, Page, Site, Status};
use crate::source::{SitePath, Sources, Spanned};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    if site.config.packs.is_empty() {
        return;
    }
    let named = NamedPages::new(site);
    for pack in &site.config.packs {
        let PackParts::Pages(pages) = &pack.parts else { continue };
        for name in pages {
            let finding = match named.find(&name.value) {
                None => Some(unknown(rule, &pack.title, name, named.nearest(&name.value))),
                Some(page) => unpublished(rule, &pack.title, name, &site.pages[page]),
            };
            found.extend(finding);
        }
    }
}

fn unknown(rule: &Rule, pack: &str, name: &Spanned<String>, nearest: Option<&str>) -> Diagnostic {
    let message = format!("the pack {} asks for {}, which no page is called", quoted(pack), quoted(&name.value));
    let hint = match nearest {
        Some(meant) => format!("Did you mean `\"{meant}\"`?"),
        None => {
            "Write the page's file, from the content folder on, such as `\"handouts/grief.md\"`, or its id.".to_owned()
        }
    };
    rule.finding(in_config(name), message).hint(hint)
}

fn unpublished(rule: &Rule, pack: &str, name: &Spanned<String>, page: &Page) -> Option<Diagnostic> {
    let why = match page.status {
        Status::Published => return None,
        Status::Draft => "is a draft".to_owned(),
        Status::NotYet(day) => format!("is not published before {day}"),
        Status::Expired(day) => format!("was withdrawn on {day}"),
    };
    let message = format!("{} {why}, so the pack {} would lack it", quoted(page.title()), quoted(pack));
    let hint = "Take it out of the pack for now, or publish the page.";
    let finding = rule.finding(in_config(name), message).hint(hint);
    Some(match super::link_to_unpublished::reason(page) {
        Some((at, why)) => finding.related(at, why),
        None => finding,
    })
}

/// A place in the configuration.
fn in_config(name: &Spanned<String>) -> Location {
    Location::new(&SitePath::new(Sources::CONFIG), &name.span)
}
