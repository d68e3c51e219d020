//! See the page beside this file.

use crate::check::Rule;
use crate::check::packs::{self, Named};
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site, Status};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    found.extend(packs::named(site).filter_map(|named| match named.page {
        Err(nearest) => Some(unknown(rule, &named, nearest)),
        Ok(page) => unpublished(rule, &named, &site.pages[page]),
    }));
}

fn unknown(rule: &Rule, named: &Named, nearest: Option<&str>) -> Diagnostic {
    let (pack, name) = (quoted(&named.pack.title), quoted(&named.name.value));
    let message = format!("the pack {pack} asks for {name}, which no page is called");
    let hint = match nearest {
        Some(meant) => format!("Did you mean `\"{meant}\"`?"),
        None => {
            "Write the page's file, from the content folder on, such as `\"handouts/grief.md\"`, or its id.".to_owned()
        }
    };
    rule.finding(named.at(), message).hint(hint)
}

fn unpublished(rule: &Rule, named: &Named, page: &Page) -> Option<Diagnostic> {
    let why = match page.status {
        Status::Published => return None,
        Status::Draft => "is a draft".to_owned(),
        Status::NotYet(day) => format!("is not published before {day}"),
        Status::Expired(day) => format!("was withdrawn on {day}"),
    };
    let message = format!("{} {why}, so the pack {} would lack it", quoted(page.title()), quoted(&named.pack.title));
    let hint = "Take it out of the pack for now, or publish the page.";
    let finding = rule.finding(named.at(), message).hint(hint);
    Some(match super::link_to_unpublished::reason(page) {
        Some((at, why)) => finding.related(at, why),
        None => finding,
    })
}
