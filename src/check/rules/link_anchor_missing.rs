//! See the page beside this file.

use crate::check::ties::Whole;
use crate::check::wording::{list, quoted, written};
use crate::check::{Rule, mending};
use crate::diagnostic::Diagnostic;
use crate::site::lookup::fold;
use crate::site::{LinkFault, Page};

pub(super) fn check(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (page, link, fault) in whole.links_astray() {
        let LinkFault::NoSuchAnchor { page: to, anchor, nearest } = fault else { continue };
        let to = &whole.site.pages[*to];
        let message = format!("{} has no place called {}", whose(page, to), quoted(&format!("#{anchor}")));
        let before = link.value.address.split('#').next().unwrap_or_default();
        let hint = match nearest.split_first() {
            Some((best, others)) => {
                let write = written(link.value.role, &format!("{before}#{best}"));
                let others: Vec<String> = others.iter().map(|anchor| format!("`#{anchor}`")).collect();
                let also = if others.is_empty() {
                    String::new()
                } else {
                    format!(" {} would be near too.", list(&others, "and"))
                };
                format!("Did you mean `#{best}`? Write {write}.{also}")
            }
            None => places(to),
        };
        let finding = rule.finding(page.at(&link.span), message).hint(hint);
        // Sorted by how near they are, so that if two differ only in case, they are the first two.
        let mut but_for_case = nearest.iter().filter(|near| fold(near) == fold(anchor));
        found.push(match (but_for_case.next(), but_for_case.next()) {
            (Some(only), None) => mending::with_anchor(finding, whole.site, page, link, only),
            _ => finding,
        });
    }
}

fn whose(page: &Page, to: &Page) -> String {
    if page.path == to.path { "this page".to_owned() } else { format!("the page {}", quoted(to.title())) }
}

fn places(page: &Page) -> String {
    const SHOWN: usize = 5;
    let anchors: Vec<String> =
        page.document.anchors.iter().take(SHOWN).map(|anchor| format!("`#{}`", anchor.id)).collect();
    if anchors.is_empty() {
        return "That page has no headings. Link to the page itself, without `#`.".to_owned();
    }
    let more = if page.document.anchors.len() > SHOWN { ", among others" } else { "" };
    format!("It has {}{more}. A heading gets a name of your own with `## Heading {{#name}}`.", list(&anchors, "and"))
}
