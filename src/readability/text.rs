//! The running text of a page, as an edition's readers see it.

use std::ops::Range;

use crate::content::block::{Block, BlockBody, Directive, Inline};
use crate::content::{Audience, Document, LinkIndex};
use crate::source::Span;

/// The running text of a page.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// All of it.
    pub(super) running: String,
    /// Its pieces; no sentence goes from one into another.
    pub(super) passages: Vec<Passage>,
    /// Where links stand in it, in order.
    pub(super) links: Vec<(Range<usize>, LinkIndex)>,
}

/// A piece of running text.
#[derive(Clone, Debug)]
pub(super) struct Passage {
    /// Where it stands in the running text.
    pub(super) range: Range<usize>,
    /// The block.
    pub(super) span: Span,
    /// What it is to readers.
    pub(super) role: Role,
    /// Whether it is nothing but links, as in a list of what to read next.
    pub(super) only_links: bool,
}

/// What a piece of running text is to readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A paragraph.
    Paragraph,
    /// A paragraph of an item of a list.
    Item,
    /// A heading, a cell of a table or a term that is about to be defined: never a sentence.
    Label,
}

impl Text {
    /// Collects what these audiences see. Without recursion over blocks, so that no depth of nesting can hurt.
    pub(super) fn of(document: &Document, audiences: &[Audience]) -> Self {
        let mut text = Text::default();
        let mut ahead: Vec<(&Block, Role)> =
            document.blocks.iter().rev().map(|block| (block, Role::Paragraph)).collect();
        while let Some((block, role)) = ahead.pop() {
            let before = ahead.len();
            match &block.body {
                BlockBody::Paragraph(inlines) => text.passage(document, inlines, block, role),
                BlockBody::Heading { inlines, .. } => text.passage(document, inlines, block, Role::Label),
                BlockBody::Table { header, rows, .. } => {
                    for cell in header.iter().chain(rows.iter().flatten()) {
                        text.passage(document, cell, block, Role::Label);
                    }
                }
                BlockBody::List { items, .. } => {
                    ahead.extend(items.iter().flat_map(|item| &item.blocks).map(|block| (block, Role::Item)));
                }
                BlockBody::DefinitionList(definitions) => {
                    for definition in definitions {
                        text.passage(document, &definition.term, block, Role::Label);
                        ahead.extend(definition.definitions.iter().flatten().map(|block| (block, role)));
                    }
                }
                BlockBody::Directive { directive: Directive::For(audience), .. } if !audiences.contains(audience) => {}
                BlockBody::Quote(inner)
                | BlockBody::Directive { blocks: inner, .. }
                | BlockBody::Footnote { blocks: inner, .. } => ahead.extend(inner.iter().map(|block| (block, role))),
                BlockBody::Code { .. } | BlockBody::ThematicBreak | BlockBody::RawHtml(_) => {}
            }
            ahead[before..].reverse();
        }
        text
    }

    fn passage(&mut self, document: &Document, inlines: &[Inline], block: &Block, role: Role) {
        let start = self.running.len();
        self.push(document, inlines, start);
        self.running.truncate(start + self.running[start..].trim_end().len());
        if self.running.len() > start {
            self.passages.push(Passage {
                range: start..self.running.len(),
                span: block.span.clone(),
                role,
                only_links: inlines.iter().all(is_link),
            });
            self.running.push('\n');
        }
    }

    /// Adds words to the passage that starts at `start`.
    fn push(&mut self, document: &Document, inlines: &[Inline], start: usize) {
        for inline in inlines {
            match inline {
                Inline::Text(words) => self.push_words(words, start),
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => {
                    self.push(document, inner, start);
                }
                Inline::Link(link) => {
                    let from = self.running.len();
                    self.push(document, &link.inlines, start);
                    self.links.push((from..self.running.len(), link.link));
                }
                Inline::SoftBreak | Inline::HardBreak => {
                    if self.running.len() > start && !self.running.ends_with(' ') {
                        self.running.push(' ');
                    }
                }
                // Authors who are part of the sentence; the key stands for their names.
                Inline::Citation(citation) => {
                    let citation = document.citations.get(*citation).map(|citation| &citation.value);
                    let narrative = citation.filter(|citation| citation.narrative);
                    if let Some(first) = narrative.and_then(|citation| citation.items.first()) {
                        self.running.push('@');
                        self.running.push_str(&first.key);
                    }
                }
                Inline::Code(_) | Inline::Image(_) | Inline::FootnoteMark(_) | Inline::RawHtml(_) => {}
            }
        }
    }

    fn push_words(&mut self, words: &str, start: usize) {
        let text = &mut self.running;
        // Where a citation stood, a space is left before the full stop.
        if words.starts_with(['.', ',', ';', ':', '!', '?', ')', ']', '…']) {
            text.truncate(start + text[start..].trim_end_matches(' ').len());
        }
        text.push_str(if text.len() == start || text.ends_with(' ') { words.trim_start() } else { words });
    }
}

/// Whether something is a link, or says nothing.
fn is_link(inline: &Inline) -> bool {
    match inline {
        Inline::Text(words) | Inline::Code(words) => !words.chars().any(char::is_alphanumeric),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => inner.iter().all(is_link),
        _ => true,
    }
}
