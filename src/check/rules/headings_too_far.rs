//! See the page beside this file.

use crate::check::word_count::WordCount;
use crate::check::wording::{first_line, quoted};
use crate::check::{Rule, patients, walk};
use crate::content::Block;
use crate::content::block::{BlockBody, plain_text};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

/// The most words between one heading and the next.
const MOST: usize = 200;

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !patients::read(page) {
        return;
    }
    let mut stretch = Stretch::default();
    // Footnotes stand at the end of the page, wherever they were written.
    let mut footnote_end = 0;
    for block in patients::blocks(page) {
        match &block.body {
            _ if block.span.start < footnote_end => {}
            BlockBody::Footnote { .. } => footnote_end = block.span.end,
            BlockBody::Heading { .. } => {
                found.extend(stretch.finding(rule, site, page));
                stretch = Stretch { heading: Some(block), ..Stretch::default() };
            }
            // A table is a chunk by itself.
            BlockBody::Table { .. } => {}
            _ => stretch.blocks.push(block),
        }
    }
    found.extend(stretch.finding(rule, site, page));
}

/// What stands between two headings.
#[derive(Default)]
struct Stretch<'p> {
    /// The one above it; none above the first.
    heading: Option<&'p Block>,
    blocks: Vec<&'p Block>,
}

impl<'p> Stretch<'p> {
    fn finding(&self, rule: &Rule, site: &Site, page: &Page) -> Option<Diagnostic> {
        // Words are counted only where there may be too many.
        if self.blocks.iter().map(|block| WordCount::at_most(walk::inlines(block))).sum::<usize>() <= MOST {
            return None;
        }
        let mut count = WordCount::default();
        let mut too_far = None;
        for block in &self.blocks {
            count.add(walk::inlines(block));
            if count.words > MOST {
                too_far.get_or_insert(block);
            }
        }
        let (block, words) = (too_far?, count.words);
        let message = match self.heading.map(|heading| &heading.body) {
            Some(BlockBody::Heading { inlines, .. }) => {
                format!("{words} words stand below the heading {} without another one", quoted(&plain_text(inlines)))
            }
            _ => format!("the page begins with {words} words without a heading"),
        };
        let finding = rule.finding(page.at(&first_line(site, page, &block.span)), message);
        Some(finding.hint(format!(
            "Before this place, at a change of subject, put a heading that says what comes, such as `## What can help`: one at \
             least every {MOST} words."
        )))
    }
}
