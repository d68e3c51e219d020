//! Walks over the body of a page. Without recursion, so that no depth of nesting can hurt.

use crate::content::block::{Block, BlockBody, Inline};

/// Every block, outer before inner, in the order written.
pub(super) fn blocks(top: &[Block]) -> Vec<&Block> {
    let mut all = Vec::new();
    let mut ahead: Vec<&Block> = top.iter().rev().collect();
    while let Some(block) = ahead.pop() {
        all.push(block);
        let before = ahead.len();
        match &block.body {
            BlockBody::List { items, .. } => ahead.extend(items.iter().flat_map(|item| &item.blocks)),
            BlockBody::DefinitionList(definitions) => {
                ahead.extend(definitions.iter().flat_map(|definition| definition.definitions.iter().flatten()));
            }
            BlockBody::Quote(inner)
            | BlockBody::Directive { blocks: inner, .. }
            | BlockBody::Footnote { blocks: inner, .. } => ahead.extend(inner),
            BlockBody::Heading { .. }
            | BlockBody::Paragraph(_)
            | BlockBody::Table { .. }
            | BlockBody::Code { .. }
            | BlockBody::ThematicBreak
            | BlockBody::RawHtml(_) => {}
        }
        ahead[before..].reverse();
    }
    all
}

/// Every piece of running text that stands in a block itself, not in blocks within it; outer before inner.
pub(super) fn inlines(block: &Block) -> Vec<&Inline> {
    let mut ahead: Vec<&Inline> = match &block.body {
        BlockBody::Heading { inlines, .. } | BlockBody::Paragraph(inlines) => inlines.iter().rev().collect(),
        BlockBody::DefinitionList(definitions) => {
            definitions.iter().flat_map(|definition| &definition.term).rev().collect()
        }
        BlockBody::Table { header, rows, .. } => {
            header.iter().chain(rows.iter().flatten()).flatten().collect::<Vec<_>>().into_iter().rev().collect()
        }
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    while let Some(inline) = ahead.pop() {
        all.push(inline);
        if let Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Struck(inner)
        | Inline::Link { inlines: inner, .. } = inline
        {
            ahead.extend(inner.iter().rev());
        }
    }
    all
}
