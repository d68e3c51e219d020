//! Running text as it is put together: where each piece came from, and which of its characters were escaped.

use crate::parse::citation::Run;
use crate::source::Span;

/// A stretch of running text between opaque things. Where each byte came from is worked out only when somebody asks, since
/// most text cites nothing.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    pieces: Vec<Piece>,
    escaped: Vec<usize>,
    /// Where in the file the last piece ends.
    end: usize,
}

#[derive(Debug)]
struct Piece {
    /// Where the piece starts in the text.
    at: usize,
    /// Where it starts in the file.
    source: usize,
    /// Whether the file holds it letter by letter; an entity does not.
    verbatim: bool,
}

impl Words {
    /// The words so far. A line end of the source is a line feed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Appends a piece that stands in the file as it is, or as an entity.
    pub(super) fn push(&mut self, text: &str, span: &Span, verbatim: bool) {
        self.pieces.push(Piece { at: self.text.len(), source: span.start, verbatim });
        self.text.push_str(text);
        self.end = span.end;
    }

    /// Appends a piece whose first character means nothing but itself.
    pub(super) fn push_escaped(&mut self, text: &str, span: &Span, verbatim: bool) {
        self.escaped.push(self.text.len());
        self.push(text, span, verbatim);
    }

    /// Takes `{…}` off the end, and the white space before it. Gives what stands within the braces.
    pub(super) fn take_attributes(&mut self) -> Option<(String, Span)> {
        let open = self.text.trim_end().strip_suffix('}')?.rfind('{')?;
        let close = self.text.trim_end().len() - 1;
        let inner = self.text[open + 1..close].to_owned();
        let is_template = inner.contains('}') || self.text[..open].ends_with('{');
        let is_escaped = self.escaped.contains(&open) || self.escaped.contains(&close);
        if is_template || is_escaped || !inner.starts_with(['#', '.']) {
            return None;
        }
        let span = self.origin(open + 1)..self.origin(close);
        let kept = self.text[..open].trim_end().len();
        self.end = self.origin(kept);
        self.text.truncate(kept);
        self.pieces.retain(|piece| piece.at < kept);
        self.escaped.retain(|&at| at < kept);
        Some((inner, span))
    }

    /// The file's byte that a byte of the text came from.
    pub(super) fn origin(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.end;
        }
        match self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1).map(|index| &self.pieces[index]) {
            Some(piece) if piece.verbatim => piece.source + (at - piece.at),
            Some(piece) => piece.source,
            None => 0,
        }
    }

    /// Whether a byte of the text means nothing but itself.
    pub(super) fn is_escaped(&self, at: usize) -> bool {
        self.escaped.binary_search(&at).is_ok()
    }

    /// Everything as the grammar of citations reads it.
    pub(super) fn into_run(self) -> Run {
        let mut origins = Vec::with_capacity(self.text.len() + 1);
        let ends = self.pieces.iter().skip(1).map(|piece| piece.at).chain([self.text.len()]);
        for (piece, end) in self.pieces.iter().zip(ends) {
            match piece.verbatim {
                true => origins.extend((piece.at..end).map(|at| piece.source + (at - piece.at))),
                false => origins.extend((piece.at..end).map(|_| piece.source)),
            }
        }
        origins.push(self.end);
        Run { text: self.text, origins, escaped: self.escaped }
    }

    /// No words, but the room of these for what comes next.
    pub(super) fn emptied(mut self) -> Self {
        self.pieces.clear();
        self.escaped.clear();
        self.text.clear();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_lead_back_through_escapes_entities_and_line_ends() {
        // a &amp; \@b ⏎ c
        let mut words = Words::default();
        words.push("a ", &(10..12), true);
        words.push_escaped("&", &(12..17), false);
        words.push(" ", &(17..18), true);
        words.push_escaped("@b", &(19..21), true);
        words.push("\n", &(21..23), false);
        words.push("cé", &(25..28), true);
        let run = words.into_run();
        assert_eq!(run.text, "a & @b\ncé");
        assert_eq!(run.origins, [10, 11, 12, 17, 19, 20, 21, 25, 26, 27, 28]);
        assert_eq!(run.escaped, [2, 4]);
        assert_eq!(run.origins.len(), run.text.len() + 1);
    }

    #[test]
    fn attributes_are_taken_off_the_end_only() {
        let take = |text: &str| {
            let mut words = Words::default();
            words.push(text, &(5..5 + text.len()), true);
            let taken = words.take_attributes();
            (taken.map(|(inner, span)| (inner, span.start)), words.text().to_owned())
        };
        assert_eq!(take("What helps {#help} "), (Some(("#help".to_owned(), 17)), "What helps".to_owned()));
        assert_eq!(take("{#help}"), (Some(("#help".to_owned(), 6)), String::new()));
        for text in ["Dear {{ name }}", "{{#each}}", "{#a} b", "a {b}", "a }", "{"] {
            assert_eq!(take(text), (None, text.to_owned()));
        }
        let mut words = Words::default();
        words.push("a ", &(0..2), true);
        words.push_escaped("{#b}", &(3..7), true);
        assert_eq!(words.take_attributes(), None);
    }
}
