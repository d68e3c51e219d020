//! Characters that look like those TOML knows and are others: curly quotation marks, and spaces that are none.

use super::meaning::escaped;
use crate::source::Span;

const OPENING: [char; 7] = ['“', '”', '„', '‘', '’', '«', '»'];

/// A text that opens with a curly mark may close with a straight one.
const CLOSING: [char; 8] = ['“', '”', '„', '‘', '’', '«', '»', '"'];

/// A stretch of a line.
enum Piece {
    /// A text between straight marks, or a note: nothing in it is amiss.
    Sound,
    /// A text between curly marks.
    Curly,
    /// One character.
    Other(char),
}

/// What to call a character that cannot be seen or told from a space.
fn name(unseen: char) -> Option<&'static str> {
    Some(match unseen {
        '\u{A0}' => "a no-break space",
        '\u{202F}' => "a narrow no-break space",
        '\u{200B}' => "a zero-width space",
        '\u{200C}' => "a zero-width non-joiner",
        '\u{200D}' => "a zero-width joiner",
        '\u{2060}' => "a word joiner",
        '\u{FEFF}' => "a byte order mark",
        '\u{AD}' => "a soft hyphen",
        '\u{200E}' | '\u{200F}' => "a mark for the direction of writing",
        _ if unseen.is_whitespace() && !unseen.is_ascii() => "a space of another sort",
        _ => return None,
    })
}

/// A word without the characters in it that cannot be seen.
pub(super) fn visible(word: &str) -> String {
    let seen: String = word.chars().filter(|c| name(*c).is_none()).collect();
    seen.trim().to_owned()
}

/// Where lines of a table hold a character that cannot be seen and does not belong there, what that is, and how to mend it.
pub(super) fn unseen(lines: &str) -> Option<(Span, String, String)> {
    let end = end_of_marks(lines);
    let mut marks =
        pieces(lines).into_iter().take_while(|(span, piece)| span.start < end && !matches!(piece, Piece::Curly));
    let (span, unseen) = marks.find_map(|(span, piece)| match piece {
        Piece::Other(c) if name(c).is_some() => Some((span, c)),
        _ => None,
    })?;
    let called = format!("{} (U+{:04X})", name(unseen)?, u32::from(unseen));
    let again = "If it cannot be got hold of, delete the whole line and type it again.";
    Some(match unseen.is_whitespace() {
        true => (
            span,
            format!("{called} stands here, which looks like an ordinary space and is none"),
            format!("Delete it and type an ordinary space. {again}"),
        ),
        false => (span, format!("{called} stands here, which cannot be seen"), format!("Delete it. {again}")),
    })
}

/// How far lines hold marks rather than words: a value that starts with a letter lacks its quotation marks, and what is in it
/// may be meant.
fn end_of_marks(lines: &str) -> usize {
    let Some(equals) = lines.find('=') else {
        return if lines.trim_start().starts_with('[') { lines.len() } else { 0 };
    };
    let value = lines[equals + 1..].char_indices().find(|(_, c)| !c.is_whitespace() && name(*c).is_none());
    match value {
        Some((at, c)) if c.is_alphabetic() => equals + 1 + at,
        _ => lines.len(),
    }
}

/// The first text between curly marks.
pub(super) fn first_curly(value: &str) -> Option<Span> {
    pieces(value).into_iter().find(|(_, piece)| matches!(piece, Piece::Curly)).map(|(span, _)| span)
}

/// A value with straight marks instead of curly ones.
pub(super) fn straightened(value: &str) -> String {
    let straight = |(span, piece): (Span, Piece)| match piece {
        Piece::Curly => {
            let opened = value[span].trim_start_matches(OPENING);
            format!("\"{}\"", escaped(opened.strip_suffix(CLOSING).unwrap_or(opened).trim()))
        }
        _ => value[span].to_owned(),
    };
    pieces(value).into_iter().map(straight).collect()
}

fn pieces(text: &str) -> Vec<(Span, Piece)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at + c.len_utf8()..];
        let line = rest.find(['\r', '\n']).map_or(rest, |end| &rest[..end]);
        let (length, piece) = match c {
            '#' => (line.len(), Piece::Sound),
            '"' | '\'' => (end_of_straight(line, c), Piece::Sound),
            _ if OPENING.contains(&c) => (end_of_curly(line), Piece::Curly),
            _ => (0, Piece::Other(c)),
        };
        let end = at + c.len_utf8() + length;
        pieces.push((at..end, piece));
        at = end;
    }
    pieces
}

/// Behind the mark that closes a text, or at the end of its line.
fn end_of_straight(line: &str, mark: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        if c == mark && !is_escaped {
            return at + c.len_utf8();
        }
        is_escaped = c == '\\' && mark == '"' && !is_escaped;
    }
    line.len()
}

/// Behind the first mark with which an item of a list or a group can end, or at the end of the line.
fn end_of_curly(line: &str) -> usize {
    let ends = |rest: &str| {
        let next = rest.trim_start();
        next.is_empty() || next.starts_with([',', ']', '}'])
    };
    let closing = line.char_indices().map(|(at, c)| (at + c.len_utf8(), c));
    let mut closing = closing.filter(|(_, c)| CLOSING.contains(c));
    closing.find(|(end, _)| ends(&line[*end..])).map_or(line.len(), |(end, _)| end)
}
