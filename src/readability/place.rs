//! Where words of the running text stand in a page's source. Only words are looked for, one after the other, since markup may stand
//! between them; addresses, citations and attributes are passed over.

use std::ops::Range;

use super::{Reading, Stretch};
use crate::source::Span;

/// Finds stretches of a page's running text in its source. Goes on from where the last one was, so that asking for many in order
/// costs no more than asking for the last.
#[derive(Debug)]
pub struct Places<'r> {
    reading: &'r Reading,
    source: &'r str,
    before: Before,
}

/// How the last search ended.
#[derive(Debug)]
enum Before {
    Nothing,
    /// In this passage up to this byte of the running text, which is that byte of the source.
    Found(usize, usize, usize),
    /// The words of this passage are not in the source as they are, perhaps since it was written with entities.
    Lost(usize),
}

impl<'r> Places<'r> {
    pub(super) fn new(reading: &'r Reading, source: &'r str) -> Self {
        Self { reading, source, before: Before::Nothing }
    }

    /// Where a stretch stands; the whole block when it cannot be found.
    pub fn of(&mut self, stretch: &Stretch) -> Span {
        let block = self.reading.passages[stretch.passage].span.clone();
        match self.find(stretch) {
            Some(found) => {
                self.before = Before::Found(stretch.passage, stretch.range.end, found.end);
                found
            }
            None => {
                self.before = Before::Lost(stretch.passage);
                block
            }
        }
    }

    fn find(&self, stretch: &Stretch) -> Option<Span> {
        let passage = &self.reading.passages[stretch.passage];
        let (from, mut at) = match self.before {
            Before::Lost(number) if number == stretch.passage => return None,
            Before::Found(number, end, at) if number == stretch.passage && end <= stretch.range.start => (end, at),
            _ => (passage.range.start, passage.span.start),
        };
        let written = self.source.get(..passage.span.end)?;
        written.get(at..)?;
        let text = &self.reading.text;
        for word in words(&text[from..stretch.range.start]) {
            at = find_word(written, at, word)?.end;
        }
        find_words(written, at, &text[stretch.range.clone()])
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Where words stand, from the first to the end of the last with what closes it.
fn find_words(written: &str, from: usize, stretch: &str) -> Option<Range<usize>> {
    let mut start = None;
    let mut at = from;
    for word in words(stretch) {
        let found = find_word(written, at, word)?;
        start.get_or_insert(found.start);
        at = found.end;
    }
    let closing = &stretch[stretch.trim_end_matches(|c: char| !c.is_alphanumeric()).len()..];
    if written[at..].starts_with(closing) {
        at += closing.len();
    }
    Some(start?..at)
}

/// The first place where a word stands as a whole and readers see it.
fn find_word(written: &str, mut from: usize, word: &str) -> Option<Range<usize>> {
    loop {
        let mut places = written[from..].match_indices(word).map(|(offset, _)| from + offset);
        let at = places.find(|&at| is_whole(written, at, word))?;
        match end_of_unseen(written, from, at) {
            Some(end) => from = end,
            None => return Some(at..at + word.len()),
        }
    }
}

fn is_whole(text: &str, at: usize, word: &str) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + word.len()..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Where something ends that readers do not see as it is written, if it begins after `from` and holds the place `at`.
fn end_of_unseen(written: &str, from: usize, at: usize) -> Option<usize> {
    const UNSEEN: [(&str, char); 4] = [("](", ')'), ("[@", ']'), ("[-@", ']'), ("{#", '}')];
    let mut from = from;
    while from < at {
        let opened = |(open, close): &(&str, char)| Some((from + written[from..at].find(open)?, *close));
        let (open, close) = UNSEEN.iter().filter_map(opened).min()?;
        let end = open + written[open..].find(close)? + 1;
        if end > at {
            return Some(end);
        }
        from = end;
    }
    None
}
