//! Running text in which brackets are left that were meant to make a link, a picture or the mark of a footnote, or asterisks that
//! were meant to make bold words.

use memchr::{memchr3, memmem};

use super::super::Reader;
use super::super::words::Words;
use crate::source::Span;

/// Endings that an address in brackets may have. Others are more likely to be an abbreviation.
const ENDINGS: [&str; 18] = [
    "md", "html", "htm", "pdf", "svg", "png", "jpg", "jpeg", "gif", "webp", "docx", "odt", "txt", "csv", "bib", "mp3",
    "mp4", "zip",
];
/// How an address in brackets may begin that has no such ending.
const BEGINNINGS: [&str; 6] = ["http://", "https://", "mailto:", "tel:", "www.", "#"];
/// How many characters a link may go on behind its first bracket: one that never ends is not looked for through the whole page.
const LONGEST: usize = 500;

/// What was left in running text.
struct Slip {
    rule: &'static str,
    /// Where, in the text.
    place: Span,
    message: String,
    hint: String,
}

impl Reader<'_> {
    /// Reports what running text still holds that was meant as something else.
    pub(in super::super) fn report_unread_words(&mut self, words: &Words) {
        if memchr3(b'[', b']', b'*', words.text().as_bytes()).is_none() || self.is_in_link() {
            return;
        }
        for slip in brackets(words).into_iter().chain(asterisks(words)) {
            let start = words.origin(slip.place.start) - self.context.offset;
            let last = words.origin(slip.place.end - 1) - self.context.offset;
            self.fault(slip.rule, &(start..last + 1), slip.message).hint = Some(slip.hint);
        }
    }
}

/// Brackets that were meant as a link, a picture or a mark.
fn brackets(words: &Words) -> Vec<Slip> {
    let text = words.text();
    let (mut slips, mut from) = (Vec::new(), 0);
    while let Some(close) = text[from..].find(']').map(|at| from + at) {
        let open = text[from..close].rfind('[').map(|at| from + at);
        from = close + 1;
        if words.is_escaped(close) || open.is_some_and(|open| words.is_escaped(open)) {
            continue;
        }
        let Some(slip) = Bracket::new(text, open, close).slip() else { continue };
        if !(slip.place.clone()).any(|at| words.is_escaped(at)) {
            from = slip.place.end;
            slips.push(slip);
        }
    }
    slips
}

/// The first asterisks that were meant to make bold words. Those that stand by themselves, or right behind a word, may refer to a
/// note.
fn asterisks(words: &Words) -> Option<Slip> {
    let text = words.text();
    let (mut alone, mut from) = (None, 0);
    while let Some(start) = memmem::find(&text.as_bytes()[from..], b"**").map(|at| from + at) {
        let after = text[start..].trim_start_matches('*');
        let (before, end) = (&text[..start], text.len() - after.len());
        from = end;
        if (start..end).any(|at| words.is_escaped(at)) {
            continue;
        }
        let opens = after.starts_with(char::is_alphabetic) && !before.ends_with(char::is_alphanumeric);
        let closes = before.ends_with(char::is_alphabetic) && !after.starts_with(char::is_alphanumeric);
        let place = match (opens, alone.clone()) {
            (true, _) => Some(start..end),
            // `** bold**`: the first pair has a space behind it.
            (false, place) => place.filter(|_| closes),
        };
        if let Some(place) = place {
            return Some(Slip {
                rule: "bold-not-read",
                place,
                message: "these asterisks are shown as they were typed: they make no words bold".to_owned(),
                hint: "Write `**` right before the first letter of the bold words and right after the last one. For asterisks that readers \
                       are to see, write a backslash before each: `\\*`."
                    .to_owned(),
            });
        }
        if alone.is_none() && !before.ends_with(char::is_alphanumeric) {
            alone = Some(start..end);
        }
    }
    None
}

/// A bracket in running text that the parser made nothing of.
struct Bracket<'t> {
    text: &'t str,
    /// Where it begins, with the `!` of a picture. Without an opening bracket, emphasis stands between.
    start: usize,
    is_picture: bool,
    /// The words in it, when all of them are in the same stretch of text.
    label: Option<&'t str>,
    close: usize,
}

impl<'t> Bracket<'t> {
    fn new(text: &'t str, open: Option<usize>, close: usize) -> Self {
        let before = &text[..open.unwrap_or(close)];
        let is_picture = open.is_some()
            && before
                .strip_suffix('!')
                .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace));
        let label = open.map(|open| &text[open + 1..close]);
        Self { text, start: before.len() - usize::from(is_picture), is_picture, label, close }
    }

    fn slip(&self) -> Option<Slip> {
        let below = rest_of_line(&self.text[self.close + 1..]);
        let label = self.label.unwrap_or_default();
        if label.contains('@') {
            return None;
        }
        if let Some(name) = label.strip_prefix('^') {
            return self.mark(name);
        }
        if let Some(rest) = below.strip_prefix('(') {
            return self.address(rest);
        }
        let in_brackets = |opening: char, closing: char| {
            let inner = below.trim_start_matches(' ').strip_prefix(opening)?;
            let end = inner.find(closing)?;
            let length = below.len() - inner.len() + end + closing.len_utf8();
            Some((&inner[..end], length))
        };
        if let Some((address, length)) = in_brackets('(', ')').filter(|(address, _)| is_address(address)) {
            let hint = format!("Write `{}`.", self.link(address));
            return Some(self.unread(length, "a space stands between its brackets", hint));
        }
        self.reversed().or_else(|| match in_brackets('[', ']') {
            Some((name, length)) if below.starts_with('[') => self.undefined(name, length),
            _ => self.without_address(),
        })
    }

    /// `[…](my file.md)` and `[…](file.md and no end`.
    fn address(&self, rest: &str) -> Option<Slip> {
        let closed = rest.find(')');
        let inner = rest[..closed.unwrap_or(rest.len())].trim();
        let first = inner.split_whitespace().next()?.trim_end_matches(['.', ',', ';', ':', '"']);
        let (whole, title) =
            inner.split_once(" \"").map_or((inner, ""), |(address, _)| (address, &inner[address.len()..]));
        if !has_ending(first) && has_ending(whole) && whole.contains(' ') {
            let hint = format!(
                "Write `{}`, or give the file a name without spaces and write that.",
                self.link(&format!("<{whole}>{title}"))
            );
            return Some(self.unread(1 + closed? + 1, "its address holds a space", hint));
        }
        let joined = match inner {
            _ if !inner.contains(' ') => None,
            _ if inner.starts_with('#') => Some(inner.to_lowercase().replace(' ', "-")),
            _ if inner.starts_with("tel:") || inner.starts_with("mailto:") => Some(inner.replace(' ', "")),
            _ => None,
        };
        if let (Some(address), Some(closed)) = (joined, closed) {
            let hint = format!("Write `{}`.", self.link(&address));
            return Some(self.unread(1 + closed + 1, "its address holds a space", hint));
        }
        let written = 1 + rest.find(first)? + first.len();
        let hint = format!("Write `{}`.", self.link(first));
        is_address(first).then(|| self.unread(written, "`)` is missing right after its address", hint))
    }

    /// `(…)[file.md]`.
    fn reversed(&self) -> Option<Slip> {
        let address = self.label.filter(|label| is_address(label))?;
        let before = self.text[..self.start].strip_suffix(')')?;
        let open = before.rfind('(').filter(|&open| !before[open..].contains('\n'))?;
        let hint = format!("Write `[{}]({address})`.", &before[open + 1..]);
        let slip = self.unread(0, "the round and the square brackets are the wrong way round", hint);
        Some(Slip { place: open..self.close + 1, ..slip })
    }

    /// `[…][name]`.
    fn undefined(&self, name: &str, length: usize) -> Option<Slip> {
        let label = self.label.filter(|label| !label.is_empty() && !label.contains('\n'))?;
        if name.is_empty() || name.contains('@') || name.starts_with('^') {
            return None;
        }
        let address = if self.is_picture { "figures/name.svg" } else { "grief.md" };
        let hint = format!(
            "Write the address in round brackets in place of `[{name}]`, such as `{}`. Where readers are to see square brackets, write a \
             backslash before each: `\\[{label}\\]\\[{name}\\]`.",
            self.link(address)
        );
        Some(self.unread(length, &format!("no line says which address `[{name}]` stands for"), hint))
    }

    /// `![…]`.
    fn without_address(&self) -> Option<Slip> {
        let label = self.label.filter(|label| self.is_picture && !label.trim().is_empty() && !label.contains('\n'))?;
        let hint = format!(
            "Write the picture's file in round brackets right after it, such as `![{label}](figures/name.svg)`. If no picture is meant, \
             delete the `!`."
        );
        Some(self.unread(0, "no file is named after it", hint))
    }

    /// `[^name]`.
    fn mark(&self, name: &str) -> Option<Slip> {
        if name.is_empty() || name.contains(char::is_whitespace) {
            return None;
        }
        Some(Slip {
            rule: "footnote-text-missing",
            place: self.start..self.close + 1,
            message: format!("the footnote `[^{name}]` has no text, so that readers see the mark as it was typed"),
            hint: format!(
                "Write its text as a paragraph of its own that begins with `[^{name}]: `, with an empty line above, or delete the mark."
            ),
        })
    }

    fn unread(&self, length: usize, why: &str, hint: String) -> Slip {
        let what = if self.is_picture { "picture" } else { "link" };
        Slip {
            rule: "link-not-read",
            place: self.start..self.close + 1 + length,
            message: format!("this is not read as a {what}: {why}"),
            hint,
        }
    }

    /// How the link should have been written.
    fn link(&self, address: &str) -> String {
        let picture = if self.is_picture { "!" } else { "" };
        format!("{picture}[{}]({address})", self.label.unwrap_or("…").replace('\n', " "))
    }
}

/// What is left of a line, as far as an address may go.
fn rest_of_line(text: &str) -> &str {
    let within = text.char_indices().take(LONGEST).take_while(|(_, c)| *c != '\n');
    &text[..within.last().map_or(0, |(at, c)| at + c.len_utf8())]
}

/// Whether words in brackets can only be an address.
fn is_address(words: &str) -> bool {
    let is_one_word = !words.is_empty() && !words.contains(char::is_whitespace);
    is_one_word && (has_ending(words) || BEGINNINGS.iter().any(|beginning| words.starts_with(beginning)))
}

/// Whether words end as the name of a file does, perhaps with a place in it.
fn has_ending(words: &str) -> bool {
    let file = words.split_once('#').map_or(words, |(file, _)| file);
    let ending = file.rsplit_once('.').filter(|(name, _)| !name.is_empty()).map(|(_, ending)| ending);
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}
