//! See the page beside this file.

use crate::check::wording::first_line;
use crate::check::{Rule, patients};
use crate::content::Block;
use crate::content::block::{BlockBody, Directive};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

/// The most steps that readers can be expected to keep in order.
const MOST: usize = 7;

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !patients::read(page) {
        return;
    }
    for block in patients::blocks(page) {
        let BlockBody::Directive { directive: Directive::Steps, blocks, .. } = &block.body else { continue };
        let steps: usize = blocks.iter().map(steps_of).sum();
        if steps > MOST {
            let at = page.at(&first_line(site, page, &block.span));
            found.push(rule.finding(at, format!("this list has {steps} steps; readers keep {MOST} at most")).hint(
                "Leave out what can wait, join steps that are one, or make two lists, each below a heading of its own.",
            ));
        }
    }
}

fn steps_of(block: &Block) -> usize {
    match &block.body {
        BlockBody::List { items, .. } => items.len(),
        _ => 0,
    }
}
