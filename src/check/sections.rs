//! Stretches of a page between headings, and which of them name a source.

use super::walk;
use crate::content::Inline;
use crate::content::block::{Block, BlockBody, plain_text};
use crate::site::Page;

/// Every block of a page with running text of its own, in a section that names no source: neither a citation nor a footnote.
/// Each comes with its texts: one for a paragraph, one for each cell of a table.
pub(super) fn without_sources(page: &Page) -> Vec<(&Block, Vec<String>)> {
    let document = &page.document;
    let starts: Vec<usize> = document.headings.iter().map(|heading| heading.span.start).collect();
    let section = |place: usize| starts.partition_point(|&start| start <= place);
    let mut has_source = vec![false; starts.len() + 1];
    for citation in &document.citations {
        has_source[section(citation.span.start)] = true;
    }
    let mut texts = Vec::new();
    for block in walk::blocks(&document.blocks) {
        let own: Vec<&[Inline]> = match &block.body {
            BlockBody::Paragraph(inlines) => vec![inlines],
            BlockBody::Table { header, rows, .. } => {
                header.iter().chain(rows.iter().flatten()).map(Vec::as_slice).collect()
            }
            _ => continue,
        };
        let section = section(block.span.start);
        has_source[section] |= walk::inlines(block).any(|inline| matches!(inline, Inline::FootnoteMark(_)));
        texts.push((section, block, own));
    }
    texts.retain(|(section, _, _)| !has_source[*section]);
    texts.into_iter().map(|(_, block, own)| (block, own.into_iter().map(plain_text).collect())).collect()
}

/// Whether a page is for people who treat, learn or teach, and not for patients.
pub(super) fn is_professional(page: &Page) -> bool {
    let audience = &page.document.front_matter.audience;
    !audience.is_empty() && !audience.contains(&crate::content::Audience::Patient)
}

/// Words of a text with their places: what stands between spaces.
pub(super) fn words(text: &str) -> Vec<(usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect()
}
