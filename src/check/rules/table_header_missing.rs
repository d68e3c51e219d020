//! See the page beside this file.

use crate::check::wording::first_line;
use crate::check::{Rule, walk};
use crate::content::block::{BlockBody, plain_text};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    for block in walk::blocks(&page.document.blocks) {
        let BlockBody::Table { header, .. } = &block.body else { continue };
        if header.iter().all(|cell| plain_text(cell).trim().is_empty()) {
            let at = page.at(&first_line(site, page, &block.span));
            found.push(rule.finding(at, "no column of this table says what is in it").hint(
                "Write a word or two into each cell of the first row, such as `| Day | Mood |`. If the columns have nothing to \
                 say, a list will do better than a table.",
            ));
        }
    }
}
