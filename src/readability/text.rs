//! The running text of a page, as an edition's readers see it.

use std::ops::Range;

use crate::content::block::{Block, BlockBody, Directive, Inline};
use crate::content::{Audience, Document};
use crate::source::Span;

use super::word;

/// The running text of a page.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// All of it.
    pub(super) running: String,
    /// Its pieces; no sentence goes from one into another.
    pub(super) passages: Vec<Passage>,
    /// How many words readers see in headings and tables.
    pub(super) left_out: u32,
}

/// A piece of running text: a paragraph, wherever it stands.
#[derive(Debug)]
pub(super) struct Passage {
    /// Where it stands in the running text.
    pub(super) range: Range<usize>,
    /// The block.
    pub(super) span: Span,
    /// Whether it belongs to an item of a list.
    pub(super) item: bool,
    /// Whether it is nothing but links, as in a list of what to read next.
    pub(super) only_links: bool,
}

impl Text {
    /// Collects what these audiences see. Without recursion over blocks, so that no depth of nesting can hurt.
    pub(super) fn of(document: &Document, audiences: &[Audience]) -> Self {
        let mut text = Text::default();
        let mut label = String::new();
        let mut ahead: Vec<(&Block, bool)> = document.blocks.iter().rev().map(|block| (block, false)).collect();
        while let Some((block, item)) = ahead.pop() {
            let before = ahead.len();
            match &block.body {
                BlockBody::Paragraph(inlines) => text.passage(document, inlines, block, item),
                BlockBody::Heading { inlines, .. } => text.label(document, inlines, &mut label),
                BlockBody::Table { header, rows, .. } => {
                    for cell in header.iter().chain(rows.iter().flatten()) {
                        text.label(document, cell, &mut label);
                    }
                }
                BlockBody::List { items, .. } => {
                    ahead.extend(items.iter().flat_map(|item| &item.blocks).map(|block| (block, true)));
                }
                BlockBody::DefinitionList(definitions) => {
                    for definition in definitions {
                        text.label(document, &definition.term, &mut label);
                        ahead.extend(definition.definitions.iter().flatten().map(|block| (block, item)));
                    }
                }
                BlockBody::Directive { directive: Directive::For(audience), .. } if !audiences.contains(audience) => {}
                BlockBody::Quote(inner)
                | BlockBody::Directive { blocks: inner, .. }
                | BlockBody::Footnote { blocks: inner, .. } => ahead.extend(inner.iter().map(|block| (block, item))),
                BlockBody::Code { .. } | BlockBody::ThematicBreak | BlockBody::RawHtml(_) => {}
            }
            ahead[before..].reverse();
        }
        text
    }

    fn passage(&mut self, document: &Document, inlines: &[Inline], block: &Block, item: bool) {
        let start = self.running.len();
        push(document, inlines, start, &mut self.running);
        self.running.truncate(start + self.running[start..].trim_end().len());
        if self.running.len() > start {
            self.passages.push(Passage {
                range: start..self.running.len(),
                span: block.span.clone(),
                item,
                only_links: inlines.iter().all(is_link),
            });
            self.running.push('\n');
        }
    }

    fn label(&mut self, document: &Document, inlines: &[Inline], buffer: &mut String) {
        buffer.clear();
        push(document, inlines, 0, buffer);
        self.left_out += word::count(buffer);
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

/// Adds the words of running text that starts at `start` of `text`.
fn push(document: &Document, inlines: &[Inline], start: usize, text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(words) => {
                // Where a citation stood, a space is left before the full stop.
                if words.starts_with(['.', ',', ';', ':', '!', '?', ')', ']', '…']) {
                    text.truncate(start + text[start..].trim_end_matches(' ').len());
                }
                let words = if text.len() == start || text.ends_with(' ') { words.trim_start() } else { words };
                text.push_str(words);
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => {
                push(document, inner, start, text)
            }
            Inline::Link { inlines, .. } => push(document, inlines, start, text),
            Inline::SoftBreak | Inline::HardBreak => {
                if text.len() > start && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            // Authors who are part of the sentence; the key stands for their names.
            Inline::Citation(citation) => {
                let citation = document.citations.get(*citation).map(|citation| &citation.value);
                if let Some(first) = citation.filter(|citation| citation.narrative).and_then(|one| one.items.first()) {
                    text.push('@');
                    text.push_str(&first.key);
                }
            }
            Inline::Code(_) | Inline::Image { .. } | Inline::FootnoteMark(_) | Inline::RawHtml(_) => {}
        }
    }
}

/// Where a sentence's words stand in a block's source, from the first to the end of the last with its full stop.
pub(super) fn find_words(written: &str, from: usize, sentence: &str) -> Option<Range<usize>> {
    let mut start = None;
    let mut at = from;
    for word in sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let found = at + find_word(&written[at..], word)?;
        start.get_or_insert(found);
        at = found + word.len();
    }
    let tail = sentence.len() - sentence.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let closing = &sentence[sentence.len() - tail..];
    if written[at..].starts_with(closing) {
        at += closing.len();
    }
    Some(start?..at)
}

/// The first place where a word stands as a whole.
fn find_word(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(at, _)| at).find(|&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
