//! The lines of a source that a finding is about, with the spot marked, short enough to be shown in a browser.

use std::ops::Range;

use serde::Serialize;

use crate::diagnostic::Location;
use crate::report::place::{Place, Shown};

/// How many characters of a line are shown; a paragraph is often one line.
const LINE: usize = 160;
/// How many of them stand before the spot.
const BEFORE: usize = 60;
/// How many lines of a spot are shown from its start when there are too many; its last line follows.
const FIRST_LINES: usize = 2;
/// No character that an editor shows.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Lines of a source.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// The lines, in order.
    pub lines: Vec<Line>,
}

/// A line of a source, or what stands for those left out.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its number in the file.
    pub number: usize,
    /// How many lines are left out here; the other fields mean nothing then.
    pub omitted: usize,
    /// What stands before the spot.
    pub before: String,
    /// The spot; empty where it is a point.
    pub marked: String,
    /// What stands after it.
    pub after: String,
    /// Whether more stands before.
    pub cut_before: bool,
    /// Whether the spot goes on where it is cut, so that there is no `after`.
    pub cut_after: bool,
}

impl Excerpt {
    /// The lines that a location covers, given where it is.
    pub fn of(bytes: &[u8], at: &Location, place: &Place) -> Self {
        let start = at.span.start.min(bytes.len());
        let end = at.span.end.clamp(start, bytes.len());
        let mut lines = Vec::new();
        let mut number = place.line;
        let mut from = bytes[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        loop {
            let newline = bytes[from..].iter().position(|byte| *byte == b'\n').map(|length| from + length);
            let to = newline.unwrap_or(bytes.len());
            // A spot that ends with its line's end does not reach into the next line.
            let is_last = newline.is_none_or(|newline| end <= newline + 1);
            let left_out = number >= place.line + FIRST_LINES && !is_last;
            match lines.last_mut() {
                Some(Line { omitted, .. }) if left_out && *omitted > 0 => *omitted += 1,
                _ if left_out => lines.push(Line { number, omitted: 1, ..Line::default() }),
                _ => lines.push(line(bytes, from..to, start.max(from)..end.min(to), number)),
            }
            match newline {
                Some(newline) if !is_last => (from, number) = (newline + 1, number + 1),
                _ => return Self { lines },
            }
        }
    }
}

fn line(bytes: &[u8], line: Range<usize>, spot: Range<usize>, number: usize) -> Line {
    let to = if bytes[line.clone()].ends_with(b"\r") { line.end - 1 } else { line.end };
    let from = if line.start == 0 && bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { line.start };
    let spot_start = spot.start.clamp(from, to);
    let spot_end = spot.end.clamp(spot_start, to);
    let (before, marked, after) = (&bytes[from..spot_start], &bytes[spot_start..spot_end], &bytes[spot_end..to]);
    if to - from <= LINE {
        return Line { number, before: text(before), marked: text(marked), after: text(after), ..Line::default() };
    }
    let (before, cut_before) = last(before, BEFORE);
    let (marked, spot_cut) = first(marked, LINE - BEFORE);
    let left = LINE - before.chars().count() - marked.chars().count();
    let (after, after_cut) = if spot_cut { (String::new(), false) } else { first(after, left) };
    Line { number, omitted: 0, before, marked, after, cut_before, cut_after: spot_cut || after_cut }
}

fn text(bytes: &[u8]) -> String {
    Shown::new(bytes).text.into_owned()
}

/// The first characters, and whether there are more. Looks no further than it has to: the line may be a whole picture.
fn first(bytes: &[u8], characters: usize) -> (String, bool) {
    let mut end = bytes.len().min(characters * 4);
    while end < bytes.len() && is_continuation(bytes[end]) && end > 0 {
        end -= 1;
    }
    let text = text(&bytes[..end]);
    match text.char_indices().nth(characters) {
        Some((at, _)) => (text[..at].to_owned(), true),
        None => (text, end < bytes.len()),
    }
}

/// The last characters, and whether there are more.
fn last(bytes: &[u8], characters: usize) -> (String, bool) {
    let mut start = bytes.len().saturating_sub(characters * 4);
    while start > 0 && start < bytes.len() && is_continuation(bytes[start]) {
        start += 1;
    }
    let text = text(&bytes[start..]);
    let skipped = text.chars().count().saturating_sub(characters);
    (text.chars().skip(skipped).collect(), start > 0 || skipped > 0)
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::place::Places;
    use crate::source::{SitePath, Sources};

    /// An excerpt as text: the spot in brackets, what was cut as an ellipsis.
    fn excerpt(bytes: &[u8], span: std::ops::Range<usize>) -> Vec<String> {
        let path = SitePath::new("content/a.md");
        let mut sources = Sources::default();
        sources.files.insert(path.clone(), bytes.into());
        let at = Location::new(&path, &span);
        let place = Places::new(&sources).of(&at);
        let shown = |line: &Line| match line.omitted {
            0 => {
                let dots = |cut| if cut { "…" } else { "" };
                let (before, after) = (dots(line.cut_before), dots(line.cut_after));
                format!("{} {before}{}[{}]{}{after}", line.number, line.before, line.marked, line.after)
            }
            omitted => format!("+{omitted}"),
        };
        Excerpt::of(bytes, &at, &place).lines.iter().map(shown).collect()
    }

    #[test]
    fn the_spot_is_marked_on_its_line() {
        let text = "one\r\nsée\t[x](y)\r\nthree";
        let spot = text.find("y)").unwrap();
        assert_eq!(excerpt(text.as_bytes(), spot..spot + 1), ["2 sée\t[x]([y])"]);
    }

    #[test]
    fn a_point_is_an_empty_spot_wherever_it_is() {
        assert_eq!(excerpt(b"", 0..0), ["1 []"]);
        assert_eq!(excerpt(b"ab\n", 3..3), ["2 []"]);
        assert_eq!(excerpt(b"ab", 9..12), ["1 ab[]"]);
        assert_eq!(excerpt(b"ab\r\ncd", 3..3), ["1 ab[]"]);
        assert_eq!(excerpt(b"\xef\xbb\xbfab", 0..0), ["1 []ab"]);
    }

    #[test]
    fn a_byte_order_mark_before_the_spot_is_not_shown() {
        assert_eq!(excerpt(b"\xef\xbb\xbfab", 3..4), ["1 [a]b"]);
    }

    #[test]
    fn a_spot_over_several_lines_shows_its_ends() {
        assert_eq!(excerpt(b"a\nbc\nde\nfg\nh", 3..9), ["2 b[c]", "3 [de]", "4 [f]g"]);
        assert_eq!(excerpt(b"1\n2\n3\n4\n5\n6\n7", 0..13), ["1 [1]", "2 [2]", "+4", "7 [7]"]);
        assert_eq!(excerpt(b"+++\na\n+++\nb", 0..10), ["1 [+++]", "2 [a]", "3 [+++]"]);
    }

    #[test]
    fn long_lines_are_cut_around_the_spot() {
        let text = format!("{}NEEDLE{}", "é".repeat(500), "ü".repeat(500));
        assert_eq!(excerpt(text.as_bytes(), 1000..1006), [format!("1 …{}[NEEDLE]{}…", "é".repeat(60), "ü".repeat(94))]);
        let long = "x".repeat(400);
        assert_eq!(excerpt(long.as_bytes(), 10..390), [format!("1 {}[{}]…", "x".repeat(10), "x".repeat(100))]);
    }

    #[test]
    fn bytes_that_are_no_text_are_written_out() {
        assert_eq!(excerpt(b"50 \xb5g", 3..4), ["1 50 [\\xB5]g"]);
        let picture: Vec<u8> = (0..100_000_u32).map(|at| (at % 200 + 11) as u8).collect();
        assert_eq!(excerpt(&picture, 50_000..50_001).len(), 1);
    }
}
