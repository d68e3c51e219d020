//! Byte offsets into lines and columns, and sources into text that a terminal can show.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diagnostic::Location;
use crate::source::{SitePath, Sources, Span};

/// A stretch of a file as people count: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column just after the last character.
    pub end_column: usize,
}

/// Places in all sources; each file's lines are counted once.
pub struct Places<'a> {
    sources: &'a Sources,
    lines: HashMap<SitePath, Vec<usize>>,
}

impl<'a> Places<'a> {
    /// Places in these sources.
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, lines: HashMap::new() }
    }

    /// Where a location is, for people.
    pub fn of(&mut self, at: &Location) -> Place {
        let Some(bytes) = self.sources.files.get(&at.path) else {
            return Place { line: 1, column: 1, end_line: 1, end_column: 1 };
        };
        let starts = self.lines.entry(at.path.clone()).or_insert_with(|| line_starts(bytes));
        let (line, column) = line_and_column(bytes, starts, at.span.start);
        let (end_line, end_column) = line_and_column(bytes, starts, at.span.end.max(at.span.start));
        Place { line, column, end_line, end_column }
    }
}

fn line_starts(bytes: &[u8]) -> Vec<usize> {
    std::iter::once(0)
        .chain(bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1))
        .collect()
}

fn line_and_column(bytes: &[u8], starts: &[usize], offset: usize) -> (usize, usize) {
    let offset = offset.min(bytes.len());
    let line = starts.partition_point(|start| *start <= offset);
    let start = starts[line - 1];
    // A byte-order mark is not a character that an editor shows.
    let start = if start == 0 && bytes.starts_with(b"\xef\xbb\xbf") { offset.min(3) } else { start };
    (line, characters(&bytes[start..offset]) + 1)
}

/// How many characters an editor shows for these bytes; a byte that is not UTF-8 counts as one.
fn characters(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
}

/// A file's text with bytes that are not UTF-8 written as `\xNN`, and where an offset of the file is in it.
pub struct Shown<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Offsets in the file of bytes that are not UTF-8; each takes four characters instead of one.
    escaped: Vec<usize>,
    /// Where in the text each line begins.
    lines: Vec<usize>,
}

impl<'a> Shown<'a> {
    /// Makes a file's bytes fit to show.
    pub fn new(bytes: &'a [u8]) -> Self {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Self { text: Cow::Borrowed(text), escaped: Vec::new(), lines: line_starts(bytes) };
        }
        let mut text = String::with_capacity(bytes.len() + 64);
        let mut escaped = Vec::new();
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            at += chunk.valid().len();
            for byte in chunk.invalid() {
                text.push_str(&format!("\\x{byte:02X}"));
                escaped.push(at);
                at += 1;
            }
        }
        let lines = line_starts(text.as_bytes());
        Self { text: Cow::Owned(text), escaped, lines }
    }

    /// Where an offset of the file is in the text, at the boundary of a character.
    pub fn offset(&self, offset: usize) -> usize {
        let before = self.escaped.partition_point(|escaped| *escaped < offset);
        let mut offset = (offset + 3 * before).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

/// Some lines of a text: to look through all of it for every finding would take long.
pub struct Excerpt {
    /// The number of the first line, from 1.
    pub line: usize,
    /// Where the lines are in the text.
    pub span: Span,
}

impl Shown<'_> {
    /// The lines that hold a stretch of the text, and the one before and behind.
    pub fn around(&self, stretch: &Span) -> Excerpt {
        let line_of = |offset: usize| self.lines.partition_point(|start| *start <= offset).saturating_sub(1);
        let first = line_of(stretch.start).saturating_sub(1);
        let end = self.lines.get(line_of(stretch.end.max(stretch.start)) + 2).copied().unwrap_or(self.text.len());
        Excerpt { line: first + 1, span: self.lines[first]..end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_of(bytes: &[u8], span: std::ops::Range<usize>) -> Place {
        let path = SitePath::new("content/a.md");
        let mut sources = Sources::default();
        sources.files.insert(path.clone(), bytes.into());
        Places::new(&sources).of(&Location::new(&path, &span))
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(place_of("é\nüß x".as_bytes(), 8..9), Place { line: 2, column: 4, end_line: 2, end_column: 5 });
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(place_of(b"\xef\xbb\xbf+++\n", 3..6), Place { line: 1, column: 1, end_line: 1, end_column: 4 });
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(place_of(b"ab", 9..12), Place { line: 1, column: 3, end_line: 1, end_column: 3 });
    }

    #[test]
    fn bytes_that_are_not_utf8_are_written_out_and_offsets_follow() {
        let shown = Shown::new(b"50 \xb5g caf\xe9");
        assert_eq!(shown.text, "50 \\xB5g caf\\xE9");
        assert_eq!(&shown.text[shown.offset(3)..shown.offset(4)], "\\xB5");
        assert_eq!(&shown.text[shown.offset(9)..shown.offset(10)], "\\xE9");
    }
}
