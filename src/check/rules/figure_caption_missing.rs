//! See the page beside this file.

use crate::check::wording::first_line;
use crate::check::{Rule, patients, walk};
use crate::content::block::{BlockBody, Directive, Inline};
use crate::content::{Block, LinkRole};
use crate::diagnostic::{Diagnostic, Severity};
use crate::site::{Facts, Page, Site};

const HINT: &str = "Say below the picture, in a paragraph of its own before the closing `:::`, what to see in it.";
const HINT_ALONE: &str = "Put `:::figure {#fig-name}` above it and, below it, an empty line, a sentence that says what to see in \
                          it, and `:::`. A picture that only decorates the page had better go.";

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if page.document.links.iter().all(|link| link.value.role != LinkRole::Image) {
        return;
    }
    let is_patients = patients::own(page);
    let mut figure_end = 0;
    for block in walk::blocks(&page.document.blocks) {
        let at = || page.at(&first_line(site, page, &block.span));
        match &block.body {
            BlockBody::Directive { directive: Directive::Figure, blocks, .. } => {
                figure_end = block.span.end;
                // More than one picture, or none, was told when the page was read.
                if let [only] = &blocks[..]
                    && is_pictures(only)
                {
                    found.push(rule.finding(at(), "this figure has no caption").hint(HINT));
                }
            }
            BlockBody::Paragraph(_) if is_patients && block.span.start >= figure_end && is_pictures(block) => {
                let finding = rule.finding(at(), "this picture stands alone, without a caption");
                found.push(Diagnostic { severity: Severity::Warning, ..finding }.hint(HINT_ALONE));
            }
            _ => {}
        }
    }
}

/// Whether a block is a paragraph of pictures and nothing else.
fn is_pictures(block: &Block) -> bool {
    let BlockBody::Paragraph(inlines) = &block.body else { return false };
    let is_picture_or_space = |inline: &Inline| match inline {
        Inline::Image(_) | Inline::SoftBreak | Inline::HardBreak => true,
        Inline::Text(words) => words.trim().is_empty(),
        _ => false,
    };
    !inlines.is_empty() && inlines.iter().all(is_picture_or_space)
}
