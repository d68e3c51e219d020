//! Stretches of a page between headings, and which of them name a source.

use super::walk;
use crate::content::block::{Block, BlockBody, plain_text};
use crate::content::{Audience, Inline};
use crate::site::{Page, Site};

/// What a page says in sections that name no source: neither a citation nor a footnote.
pub(super) struct Unsourced<'s> {
    /// The site.
    pub site: &'s Site,
    /// The page.
    pub page: &'s Page,
    /// Every text with the block it stands in: that of a paragraph, or of a cell of a table.
    pub texts: Vec<(&'s Block, String)>,
}

impl<'s> Unsourced<'s> {
    /// Looks through a page, if it is published for those who treat, learn or teach, and not for patients.
    pub fn of(site: &'s Site, page: &'s Page) -> Option<Self> {
        let audience = &page.document.front_matter.audience;
        let is_professional = !audience.is_empty() && !audience.contains(&Audience::Patient);
        (is_professional && page.is_to_appear()).then(|| Self { site, page, texts: without_sources(page) })
    }
}

fn without_sources(page: &Page) -> Vec<(&Block, String)> {
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
                header.iter().chain(rows.iter().flatten()).map(|cell| &**cell).collect()
            }
            _ => continue,
        };
        let section = section(block.span.start);
        has_source[section] |= walk::inlines(block).any(|inline| matches!(inline, Inline::FootnoteMark(_)));
        texts.push((section, block, own));
    }
    texts.retain(|(section, _, _)| !has_source[*section]);
    texts.into_iter().flat_map(|(_, block, own)| own.into_iter().map(move |own| (block, plain_text(own)))).collect()
}

/// Words of a text with their places: what stands between spaces.
pub(super) fn words(text: &str) -> Vec<(usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).collect()
}
