//! Lines of a paragraph that begin as a heading, a table or a list does, and are read as none.

use super::super::Reader;
use crate::source::Span;

/// Where the signs of the fonts Symbol and Wingdings stand that Word uses as bullets.
const WORD_SIGN_FIRST: char = '\u{f020}';
const WORD_SIGN_LAST: char = '\u{f0ff}';

/// A line of a paragraph, and where it begins in the body.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

/// What the beginning of a line says that it was meant as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Row,
    /// An item of a list, after a sign that is none of Markdown's.
    Sign,
    /// An item after one of Markdown's signs, without the space.
    Joined,
    /// A numbered item without the space.
    Number,
    /// A bullet of Word, in a font that only Word has.
    WordSign,
    /// An item after one of Markdown's signs, with a space that is not an ordinary one.
    OddSpace,
    /// A numbered item with such a space.
    OddNumber,
    /// An item after a letter.
    Letter,
}

impl Reader<'_> {
    /// Reports headings, tables and lists among the lines of a paragraph.
    pub(in super::super) fn report_unread_lines(&mut self, paragraph: &Span) {
        let (mut alike, mut look_above) = (Vec::new(), None);
        // Code between backticks may go on in the next line. Most paragraphs hold none, and are looked through once for it.
        let holds_code = self.written[paragraph.clone()].contains('`');
        let mut is_code = false;
        for line in lines(self.written, paragraph) {
            let look = look(line.text).filter(|_| !is_code);
            if look != look_above {
                self.report_alike(look_above, &alike);
                alike.clear();
            }
            if look.is_some() {
                alike.push(line);
            }
            look_above = look;
            match line.text.as_bytes().first() {
                Some(b'#') if !is_code => self.report_heading_in_text(line),
                Some(b':') if !is_code => self.report_too_few_colons(line.start),
                _ => {}
            }
            is_code ^= holds_code && line.text.matches('`').count() % 2 == 1;
        }
        self.report_alike(look_above, &alike);
    }

    /// Lines that begin alike, one below the other. One alone may begin so by chance, with most signs.
    fn report_alike(&mut self, look: Option<Look>, lines: &[Line<'_>]) {
        match (look, lines) {
            (Some(Look::Row), [first, second, ..]) => self.report_rows(*first, *second),
            (Some(look), [first, _, ..]) => self.report_items(look, *first),
            (Some(look @ (Look::WordSign | Look::OddSpace)), [first]) => self.report_items(look, *first),
            _ => {}
        }
    }

    fn report_rows(&mut self, first: Line<'_>, second: Line<'_>) {
        let dashes = format!("|{}", "---|".repeat(cells(first.text)));
        let (line, why, hint) = if is_dashes(second.text) && !is_dashes(first.text) {
            let count = |line: Line<'_>| match cells(line.text) {
                1 => "1 cell".to_owned(),
                many => format!("{many} cells"),
            };
            let why = format!("the row of dashes has {}, and the row above it {}", count(second), count(first));
            (second, why, format!("Write `{dashes}` in place of this line."))
        } else if is_dashes(first.text) {
            let hint = "Write a row above this line that says what is in each column, and an empty line above that.";
            (first, "nothing stands above its row of dashes".to_owned(), hint.to_owned())
        } else {
            let hint = format!(
                "Write `{dashes}` as a line of its own below this one, and leave an empty line above the table."
            );
            (first, "no row of dashes stands below its first row".to_owned(), hint)
        };
        let message = format!("this is not read as a table: {why}");
        self.fault("table-not-read", &(line.start..line.start + line.text.len()), message).hint = Some(hint);
    }

    fn report_items(&mut self, look: Look, first: Line<'_>) {
        let mark = item_mark(look, first.text);
        let shown = match (look, mark.chars().next()) {
            (Look::WordSign, Some(bullet)) => format!("a bullet of Word (U+{:04X})", u32::from(bullet)),
            _ => format!("`{mark}`"),
        };
        let hint = match look {
            Look::Sign | Look::WordSign => format!("Begin each of these lines with `- ` in place of {shown}."),
            Look::OddSpace | Look::OddNumber => format!(
                "Delete the space after the {shown} of each of these lines and type it again, on a Mac without the Option key, and leave \
                 an empty line above the first."
            ),
            Look::Joined => {
                format!("Write a space after the `{mark}` of each of these lines, and an empty line above the first.")
            }
            Look::Letter => {
                format!("Begin each of these lines with `- ` in place of `{mark}`, or number them: `1. `, `2. `.")
            }
            Look::Number | Look::Row => {
                format!("Write a space after the `{mark}` and each number below, and an empty line above the first.")
            }
        };
        let why = match odd_space(&first.text[mark.len()..]) {
            space if matches!(look, Look::OddSpace | Look::OddNumber) => {
                format!(": the space after it is not an ordinary one{space}")
            }
            _ => String::new(),
        };
        let message = format!("lines that begin as this one does with {shown} are not read as a list{why}");
        self.warning("list-not-read", &(first.start..first.start + mark.len()), message).hint = Some(hint);
    }

    /// A line that begins with `#` and is no heading.
    fn report_heading_in_text(&mut self, line: Line<'_>) {
        let words = line.text.trim_start_matches('#');
        let hashes = line.text.len() - words.len();
        let is_meant = match hashes {
            1 => is_heading_without_space(words),
            2..=6 => words.starts_with(|c: char| !c.is_whitespace()),
            _ => true,
        };
        let odd_space = odd_space(words);
        let is_meant = is_meant || !odd_space.is_empty();
        if !is_meant || !words.contains(char::is_alphabetic) {
            return;
        }
        let words = words.trim();
        let written = |level| format!("{} {words}", "#".repeat(level));
        let (why, hint) = match hashes {
            ..=6 if !odd_space.is_empty() => (
                format!("the space after the `{}` is not an ordinary one{odd_space}", "#".repeat(hashes)),
                format!(
                    "Delete that space and type it again, on a Mac without the Option key: `{}`.",
                    written(hashes.max(2))
                ),
            ),
            // The title of the page is the heading of the first level.
            ..=6 => (
                format!("no space stands after the `{}`", "#".repeat(hashes)),
                format!("Write `{}`.", written(hashes.max(2))),
            ),
            _ => {
                let hint = format!("Write `{}`, or `{}` for a part of a section.", written(2), written(3));
                (format!("it begins with {hashes} `#`, and six are the most"), hint)
            }
        };
        let message = format!("this line is not read as a heading: {why}");
        self.fault("heading-malformed", &(line.start..line.start + line.text.len()), message).hint = Some(hint);
    }
}

/// The lines of a paragraph, without what stands around its block and without white space at either end.
fn lines<'t>(written: &'t str, paragraph: &Span) -> impl Iterator<Item = Line<'t>> {
    let mut start = paragraph.start;
    written[paragraph.clone()].split_inclusive('\n').map(move |whole| {
        let text = whole.trim_start_matches([' ', '\t', '>']);
        let line = Line { start: start + (whole.len() - text.len()), text: text.trim_end() };
        start += whole.len();
        line
    })
}

/// What a line was probably meant as. Nearly every line begins with a letter, and is done with at once.
fn look(line: &str) -> Option<Look> {
    // Word's hollow bullet is pasted as a letter.
    let may_begin_item = |first: &char| !first.is_ascii_alphabetic() || line[1..].starts_with([')', '\t']);
    let first = line.chars().next().filter(may_begin_item)?;
    let rest = &line[first.len_utf8()..];
    match first {
        '|' => (cells(line) > 1 || rest.trim_end().ends_with('|')).then_some(Look::Row),
        '•' | '·' | '‣' | '◦' | '▪' | '●' | '○' | '–' | '—' | '∙' | '⁃' | '■' | '□' | '◆' | '♦' | '❖' | '✓' | '✔'
        | '✗' | '✘' | '☐' | '☑' | '☒' | '➢' | '➤' | '➔' | '►' | '▶' | '▸' | '→' => {
            Some(Look::Sign)
        }
        // Before a figure it names a paragraph of a law.
        '§' => rest.trim_start().starts_with(char::is_alphabetic).then_some(Look::Sign),
        WORD_SIGN_FIRST..=WORD_SIGN_LAST => Some(Look::WordSign),
        'o' if rest.starts_with('\t') => Some(Look::Sign),
        '-' | '*' | '+' if rest.starts_with(is_odd_space) => Some(Look::OddSpace),
        '-' | '*' => {
            let is_joined = rest.starts_with(char::is_alphabetic) && !(first == '*' && rest.contains('*'));
            is_joined.then_some(Look::Joined)
        }
        '0'..='9' => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let words = rest.strip_prefix([')', '.']).filter(|_| line.len() - rest.len() <= 2)?;
            match words.chars().next()? {
                space if is_odd_space(space) => Some(Look::OddNumber),
                letter => letter.is_alphabetic().then_some(Look::Number),
            }
        }
        'a'..='z' | 'A'..='Z' if rest.starts_with(')') => {
            rest[1..].starts_with(char::is_whitespace).then_some(Look::Letter)
        }
        _ => None,
    }
}

/// What an item begins with.
fn item_mark(look: Look, line: &str) -> &str {
    let end = match look {
        Look::Number | Look::OddNumber | Look::Letter => line.find([')', '.']).map_or(0, |at| at + 1),
        Look::Sign | Look::WordSign | Look::Joined | Look::OddSpace | Look::Row => {
            line.chars().next().map_or(0, char::len_utf8)
        }
    };
    &line[..end]
}

/// Whether a space is one that Markdown takes for a letter. Word and a Mac's Option key make them.
fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii()
}

/// What to say of what follows a sign, when it is such a space.
fn odd_space(rest: &str) -> String {
    match rest.chars().next().filter(|first| is_odd_space(*first)) {
        Some(space) => format!(" (U+{:04X})", u32::from(space)),
        None => String::new(),
    }
}

/// How many cells a row has.
fn cells(row: &str) -> usize {
    let row = row.trim().trim_start_matches('|');
    let mut is_escaped = false;
    let ends = row.bytes().filter(|byte| {
        let ends = *byte == b'|' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        ends
    });
    ends.count() + usize::from(!row.ends_with('|') || row.ends_with("\\|"))
}

/// Whether a row is the one below the first of a table.
fn is_dashes(row: &str) -> bool {
    row.contains('-') && row.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// Whether words right after a single `#` make a heading, and not a word to search by.
fn is_heading_without_space(words: &str) -> bool {
    words.starts_with(char::is_alphabetic)
        && words.contains(' ')
        && !words.contains('#')
        && !words.ends_with(['.', ',', ';', ':', '!', '?'])
}
