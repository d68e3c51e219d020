//! Walks over the body of a page. Without recursion, so that no depth of nesting can hurt.

use crate::content::block::{Block, BlockBody, Directive, Inline};
use crate::content::{Audience, LinkRole, RawLink};
use crate::site::Page;
use crate::source::Spanned;

/// Every block, outer before inner, in the order written.
pub(super) fn blocks(top: &[Block]) -> impl Iterator<Item = &Block> {
    blocks_but(top, |_| false)
}

/// The same without some blocks and all that is within them.
pub(super) fn blocks_but(top: &[Block], leave_out: impl Fn(&Block) -> bool) -> impl Iterator<Item = &Block> {
    let mut ahead: Vec<&Block> = top.iter().rev().collect();
    std::iter::from_fn(move || {
        loop {
            let block = ahead.pop()?;
            if !leave_out(block) {
                ahead.extend(block.children().rev());
                return Some(block);
            }
        }
    })
}

/// Every block that one audience sees: not those that are only for others, nor what is in them.
pub(super) fn shown_to(audience: Audience, top: &[Block]) -> impl Iterator<Item = &Block> {
    let is_shown = move |block: &&Block| match &block.body {
        BlockBody::Directive { directive: Directive::For(whom), .. } => *whom == audience,
        _ => true,
    };
    let mut ahead: Vec<&Block> = top.iter().rev().filter(is_shown).collect();
    std::iter::from_fn(move || {
        let block = ahead.pop()?;
        ahead.extend(block.children().rev().filter(is_shown));
        Some(block)
    })
}

/// Every piece of running text that stands in a block itself, not in blocks within it; outer before inner.
pub(super) fn inlines(block: &Block) -> impl Iterator<Item = &Inline> {
    let none: &[Inline] = &[];
    // What is read now, and what comes after it, the last first: most blocks hold one text and nothing within it.
    let (mut now, mut ahead) = match &block.body {
        BlockBody::Heading { inlines, .. } | BlockBody::Paragraph(inlines) => (inlines.iter(), Vec::new()),
        BlockBody::DefinitionList(definitions) => {
            (none.iter(), definitions.iter().rev().map(|definition| definition.term.iter()).collect())
        }
        BlockBody::Table { header, rows, .. } => {
            (none.iter(), header.iter().chain(rows.iter().flatten()).rev().map(|cell| cell.iter()).collect())
        }
        BlockBody::List { .. }
        | BlockBody::Code { .. }
        | BlockBody::Quote(_)
        | BlockBody::ThematicBreak
        | BlockBody::Directive { .. }
        | BlockBody::Footnote { .. }
        | BlockBody::RawHtml(_) => (none.iter(), Vec::new()),
    };
    std::iter::from_fn(move || {
        loop {
            let Some(inline) = now.next() else {
                now = ahead.pop()?;
                continue;
            };
            if !inline.children().is_empty() {
                ahead.push(std::mem::replace(&mut now, inline.children().iter()));
            }
            return Some(inline);
        }
    })
}

/// Every picture of a page that a file is named for, with what describes it.
pub(super) fn pictures(page: &Page) -> impl Iterator<Item = (&Spanned<RawLink>, &str)> {
    let links = &page.document.links;
    // Most pages show nothing, and need not be walked over.
    let shows_any = links.iter().any(|link| link.value.role == LinkRole::Image);
    let shown = if shows_any { page.document.blocks.as_slice() } else { &[] };
    self::blocks(shown).flat_map(inlines).filter_map(|inline| match inline {
        Inline::Image(image) => Some((links.get(image.link)?, image.alt.as_str())),
        _ => None,
    })
}
