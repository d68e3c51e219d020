//! See the page beside this file.

use memchr::memmem;

use crate::check::wording::quoted;
use crate::check::{Rule, walk};
use crate::content::block::BlockBody;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};
use crate::source::Span;

/// How every blank begins in the pages that `psychoed new` and `psychoed init` start.
const OPENING: &str = "[Write here:";

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    // Blanks are what a draft is made of.
    if !page.is_to_appear() {
        return;
    }
    let Some(text) = site.sources.text(page.path.as_str()) else { return };
    let mut from = 0;
    while let Some(start) = memmem::find(&text.as_bytes()[from..], OPENING.as_bytes()).map(|at| from + at) {
        let blank = blank(text, start);
        from = blank.end;
        if is_code(page, text, start) {
            continue;
        }
        let message =
            format!("the starter's guidance {} is still here for readers to see", quoted(&text[blank.clone()]));
        found.push(rule.finding(page.at(&blank), message).hint(
            "Write your own words in its place, brackets included, delete it, or keep the page back with `draft = true`.",
        ));
    }
}

/// From the opening bracket to the one that closes it, on the same line; brackets within, as of a citation, come in pairs.
fn blank(text: &str, start: usize) -> Span {
    let line = &text[start..];
    let line = &line[..line.find(['\n', '\r']).unwrap_or(line.len())];
    let mut depth = 0;
    for (at, c) in line.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return start..start + at + 1;
        }
    }
    start..start + line.len()
}

/// Whether it is shown as an example: between backticks, or in a block of code.
fn is_code(page: &Page, text: &str, start: usize) -> bool {
    text[..start].ends_with('`')
        || walk::blocks(&page.document.blocks)
            .any(|block| matches!(block.body, BlockBody::Code { .. }) && block.span.contains(&start))
}
