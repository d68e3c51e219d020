//! See the page beside this file.

use crate::check::wording::{first_line, with_article};
use crate::check::{Rule, patients};
use crate::content::Block;
use crate::content::block::{BlockBody, Directive};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    // A draft is unfinished by its nature.
    if !patients::read(page) || !page.is_to_appear() {
        return;
    }
    let is_message =
        |block: &&Block| matches!(&block.body, BlockBody::Directive { directive: Directive::KeyMessage, .. });
    let messages: Vec<&Block> = patients::blocks(page).filter(is_message).collect();
    let kind = page.kind().title().to_lowercase();
    let Some((first, more)) = messages.split_first() else {
        if patients::take_home(page) {
            found.push(none(rule, page));
        }
        return;
    };
    let at = |block: &Block| page.at(&first_line(site, page, &block.span));
    if !patients::blocks(page).next().is_some_and(|top| std::ptr::eq(top, *first)) {
        let message = format!("the key message does not come first in this {kind}");
        found.push(rule.finding(at(first), message).hint("Move it to the top of the body, above the first heading."));
    }
    for block in more {
        found.push(
            rule.finding(at(block), format!("this {kind} has more than one key message"))
                .related(at(first), "the first one is here")
                .hint("Keep the one that matters most, and make the other an ordinary paragraph or a `:::note`."),
        );
    }
}

fn none(rule: &Rule, page: &Page) -> Diagnostic {
    let kind = page.kind().title().to_lowercase();
    let message = format!("{} needs a key message, and this one has none", with_article(&kind));
    rule.finding(page.at(&page.document.front_matter.title.span), message).hint(
        "Begin the body with `:::key-message`, the one thing a reader should keep in a sentence or two, and a line of `:::`.",
    )
}
