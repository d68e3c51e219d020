//! See the page beside this file.

use crate::check::{Rule, patients};
use crate::content::block::{BlockBody, Directive};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    // A draft is unfinished by its nature.
    if !patients::take_home(page) || !page.is_to_appear() {
        return;
    }
    let has_action = patients::blocks(page).any(|block| {
        matches!(&block.body, BlockBody::Directive { directive: Directive::Steps | Directive::Checklist, .. })
    });
    if !has_action {
        let message = "a handout needs something to do (`steps` or `checklist`), and this one has none";
        found.push(rule.finding(page.at(&page.document.front_matter.title.span), message).hint(
            "Add what a reader can do: a numbered list between `:::steps` and `:::`, or a list between `:::checklist` and \
             `:::`.",
        ));
    }
}
