//! Footnotes: marks where they are made, texts at the end of the page.

use std::collections::HashMap;

use super::Writer;
use crate::content::block::{Block, BlockBody};
use crate::site::Edition;

/// The footnotes of a page, as far as they are shown.
#[derive(Default)]
pub(in crate::render) struct Footnotes<'a> {
    texts: HashMap<&'a str, &'a [Block]>,
    /// Labels in the order of their first marks; a footnote's number is its place here.
    order: Vec<&'a str>,
    /// How many marks each has, in the same order.
    marks: Vec<usize>,
    /// The number of each label.
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Footnotes<'a> {
    /// Finds the texts. Those in blocks that the edition leaves out do not exist for it.
    pub(in crate::render) fn collect(&mut self, blocks: &'a [Block], edition: &Edition) {
        let mut ahead: Vec<&Block> = blocks.iter().rev().collect();
        while let Some(block) = ahead.pop() {
            match &block.body {
                BlockBody::Directive { directive, .. } if !edition.shows_directive(directive) => continue,
                BlockBody::Footnote { label, blocks } => {
                    self.texts.entry(label).or_insert(blocks);
                }
                _ => {}
            }
            ahead.extend(block.children().rev());
        }
    }

    /// Counts one more mark; returns the footnote's number and the mark's.
    pub(in crate::render) fn mark(&mut self, label: &'a str) -> Option<(usize, usize)> {
        if !self.texts.contains_key(label) {
            return None;
        }
        let next = self.order.len() + 1;
        let number = *self.numbers.entry(label).or_insert(next);
        if number == next {
            self.order.push(label);
            self.marks.push(0);
        }
        self.marks[number - 1] += 1;
        Some((number, self.marks[number - 1]))
    }

    /// The text of the footnote with this number, counted from 1, once it has been marked.
    pub(in crate::render) fn text(&self, number: usize) -> Option<&'a [Block]> {
        let label = self.order.get(number.checked_sub(1)?)?;
        self.texts.get(label).copied()
    }
}

/// The anchor of a mark. No heading's anchor has a colon.
fn mark_id(number: usize, mark: usize) -> String {
    if mark == 1 { format!("fnref:{number}") } else { format!("fnref:{number}-{mark}") }
}

impl<'a> Writer<'a> {
    pub(super) fn footnote_mark(&mut self, label: &'a str) {
        let Some((number, mark)) = self.footnotes.mark(label) else { return };
        self.raw("<sup class=\"footnote-mark\"><a");
        self.attribute("href", &format!("#fn:{number}"));
        self.attribute("id", &mark_id(number, mark));
        self.attribute("role", "doc-noteref");
        let label = self.reading.words.fill("block.footnote", &[("number", &number.to_string())]);
        self.attribute("aria-label", &label);
        self.raw(&format!(">{number}</a></sup>"));
    }

    /// The texts of all footnotes whose marks were written, and of those that they mark in turn.
    pub(super) fn endnotes(&mut self) {
        if self.footnotes.order.is_empty() {
            return;
        }
        self.raw("<section class=\"footnotes\" role=\"doc-endnotes\"");
        self.attribute("aria-label", self.reading.words.say("block.footnotes"));
        self.raw(">\n<ol>\n");
        let mut number = 0;
        while let Some(label) = self.footnotes.order.get(number).copied() {
            number += 1;
            self.raw("<li");
            self.attribute("id", &format!("fn:{number}"));
            self.raw(">");
            if let Some(blocks) = self.footnotes.texts.get(label).copied() {
                self.blocks(blocks);
            }
            self.back_links(number);
            self.raw("</li>\n");
        }
        self.raw("</ol>\n</section>\n");
    }

    /// Ways back, in the footnote's last paragraph. A footnote that marks an earlier one gets its way back there too late
    /// to be counted; nothing but that way back is missing then.
    fn back_links(&mut self, number: usize) {
        const PARAGRAPH_END: &str = "</p>\n";
        let holes_end = self.body.holes.last().map_or(0, |&(at, _)| at);
        let ends_in_paragraph =
            self.body.html.ends_with(PARAGRAPH_END) && holes_end <= self.body.html.len() - PARAGRAPH_END.len();
        if ends_in_paragraph {
            self.body.html.truncate(self.body.html.len() - PARAGRAPH_END.len());
        } else {
            self.raw("<p>");
        }
        for mark in 1..=self.footnotes.marks[number - 1] {
            self.raw(" <a class=\"back-link\"");
            self.attribute("href", &format!("#{}", mark_id(number, mark)));
            self.attribute("role", "doc-backlink");
            let key = if mark == 1 { "block.back-to-footnote" } else { "block.back-to-footnote-mark" };
            let (number, mark) = (number.to_string(), mark.to_string());
            let label = self.reading.words.fill(key, &[("number", &number), ("mark", &mark)]);
            self.attribute("aria-label", &label);
            self.raw(">↩</a>");
        }
        self.raw(PARAGRAPH_END);
    }
}
