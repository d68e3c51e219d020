//! Text that is not TOML: says so in plain words, and leaves out as little as possible.
//!
//! The TOML parser goes on after a fault, but often with an empty table. So the line at fault is blanked and the text is parsed
//! again, until nothing is left to complain about. Blanks keep every other place where it was.

use toml::de::{DeTable, DeValue, Error};

use super::meaning::{Rewritten, as_boolean, escaped, rewritten};
use super::shape::{EXAMPLE_DATE, KeyShape};
use super::{Origin, Wanted, lookalikes};
use crate::diagnostic::{Diagnostic, Location};
use crate::source::Span;

/// How many lines are blanked before the rest is given up: each costs one more parse.
const MAX_LINES_BLANKED: usize = 20;

/// What to say of a file with the line ends of old Macs, which editors show as they show any other.
pub const OLD_MAC_LINES: &str = "the lines of this file end as on very old Macs, so that all of it is read as one line";
/// How to mend it.
pub const OLD_MAC_LINES_HINT: &str = "Save it with other line ends: editors call them “LF” or “Unix”, and have them in the bar at the \
                                      bottom, as “Line Endings” or in “Save as”.";

/// What could be saved of a text.
pub(super) struct Recovered {
    /// The text with its faulty lines blanked.
    pub(super) text: String,
    /// What was wrong.
    pub(super) faults: Vec<Diagnostic>,
    /// The keys on the lines that were blanked.
    pub(super) broken_keys: Vec<String>,
}

/// Finds every fault of syntax.
pub(super) fn recover(text: &str, origin: Origin<'_>, wanted: Wanted<'_>) -> Recovered {
    let mut recovered = Recovered { text: text.to_owned(), faults: Vec::new(), broken_keys: Vec::new() };
    if let Some(end) = text.find('\r').filter(|_| !text.contains('\n')) {
        let at = place(origin, &(0..end));
        recovered.faults.push(Diagnostic::error(origin.schema.syntax, at, OLD_MAC_LINES).hint(OLD_MAC_LINES_HINT));
        recovered.text.clear();
        return recovered;
    }
    for _ in 0..MAX_LINES_BLANKED {
        let (table, errors) = DeTable::parse_recoverable(&recovered.text);
        let first = errors.iter().filter(|error| !leaves_table_whole(error)).min_by_key(|error| start(error));
        let Some(error) = first else {
            // What is no date is told by whoever asks for it, and knows whether a date is wanted.
            let given_twice = errors.iter().filter(|error| !is_about_a_date(error));
            let faults = given_twice.map(|error| fault_of_again(error, &recovered.text, table.get_ref(), origin));
            recovered.faults.extend(faults);
            return recovered;
        };
        let complaint = explain(&recovered.text, error, wanted);
        recovered.faults.push(
            Diagnostic::error(origin.schema.syntax, place(origin, &complaint.span), complaint.message)
                .hint(complaint.hint),
        );
        recovered.broken_keys.extend(complaint.key);
        if recovered.text[complaint.lines.clone()].trim().is_empty() {
            break;
        }
        blank(&mut recovered.text, complaint.lines);
    }
    recovered.text.clear();
    recovered
}

fn start(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

fn place(origin: Origin<'_>, span: &Span) -> Location {
    Location::new(origin.path, &(origin.offset + span.start..origin.offset + span.end))
}

fn blank(text: &mut String, lines: Span) {
    let blanked: String = text[lines.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(lines, &blanked);
}

/// Whether the parser reads everything else as if the fault were not there.
fn leaves_table_whole(error: &Error) -> bool {
    error.message() == "duplicate key" || is_about_a_date(error)
}

fn is_about_a_date(error: &Error) -> bool {
    ["invalid date", "invalid time", "invalid offset"].iter().any(|start| error.message().starts_with(start))
}

fn fault_of_again(error: &Error, text: &str, table: &DeTable<'_>, origin: Origin<'_>) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let at = place(origin, &span);
    let written = text.get(span.clone()).unwrap_or_default();
    let fault = Diagnostic::error(origin.schema.syntax, at, format!("`{written}` is given twice"))
        .hint("Keep one of the two and delete the other.");
    match first_given(table, text, &span) {
        Some(first) => fault.related(place(origin, &first), "given here first"),
        None => fault,
    }
}

/// Where a key that is given again was given before: the last such key before it, since a table stands in one piece.
fn first_given(table: &DeTable<'_>, text: &str, again: &Span) -> Option<Span> {
    let name = text.get(again.clone())?;
    let mut tables = vec![table];
    let mut found: Option<Span> = None;
    while let Some(table) = tables.pop() {
        for (key, value) in table.iter() {
            let span = key.span();
            let is_nearer = found.as_ref().is_none_or(|found| found.start < span.start);
            if text[span.clone()] == *name && span.end <= again.start && is_nearer {
                found = Some(span);
            }
            match value.get_ref() {
                DeValue::Table(inner) => tables.push(inner),
                DeValue::Array(items) => tables.extend(items.iter().filter_map(|item| item.get_ref().as_table())),
                _ => {}
            }
        }
    }
    found.or_else(|| earlier_header(text, again))
}

/// The line of an earlier `[header]` that reads like the one at `again`, whose own key took its place in the table.
fn earlier_header(text: &str, again: &Span) -> Option<Span> {
    let line = line_around(text, again.start);
    let header = text[line.clone()].trim();
    let mut start = 0;
    for earlier in text[..line.start].split_inclusive('\n') {
        if earlier.trim() == header {
            return Some(start..start + earlier.trim_end().len());
        }
        start += earlier.len();
    }
    None
}

/// What to say about a line, and what to blank.
struct Complaint {
    message: String,
    hint: String,
    span: Span,
    lines: Span,
    key: Option<String>,
}

fn line_around(text: &str, at: usize) -> Span {
    let at = at.min(text.len());
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

/// The stretch without white space around it.
fn trimmed(text: &str, span: Span) -> Span {
    let inner = &text[span.clone()];
    let start = span.start + (inner.len() - inner.trim_start().len());
    start..(start + inner.trim().len())
}

fn explain(text: &str, error: &Error, wanted: Wanted<'_>) -> Complaint {
    let mut at = start(error).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    if let Some(complaint) = unclosed_long_text(text) {
        return complaint;
    }
    let written = &text[line_around(text, at)];
    let starts_list = written.split_once('=').is_some_and(|(_, value)| value.trim_start().starts_with('['));
    let is_about_a_list = error.message().contains("array") && !error.message().contains("table");
    if (starts_list || is_about_a_list || open_list(text, at).is_some())
        && let Some(complaint) = faulty_list(text, at)
    {
        return complaint;
    }
    // An error at the start of a line that is blank is about the line before.
    let mut line = line_around(text, at);
    while text[line.clone()].trim().is_empty() && line.start > 0 {
        line = line_around(text, line.start - 1);
    }
    if let Some(complaint) = unseen_character(text, line.clone()) {
        return complaint;
    }
    let content = trimmed(text, line.clone());
    let (key, (span, message, hint)) = match text[content.clone()].split_once('=') {
        _ if text[content.clone()].starts_with('[') => (None, faulty_header(text, content)),
        Some((key, _)) => {
            let key = content.start..content.start + key.trim_end().len();
            let value =
                trimmed(text, content.start + text[content.clone()].find('=').map_or(0, |at| at + 1)..content.end);
            let name = text[key.clone()].to_owned();
            let complaint =
                if name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.\"'".contains(&b)) && !name.is_empty() {
                    faulty_value(text, &name, key, value, wanted(&name))
                } else {
                    faulty_key(&name, key, content)
                };
            // A key with a space in place of its hyphen is there, too.
            let joined = joined(&name);
            (Some(if is_bare_key(&joined) { joined } else { name }), complaint)
        }
        None => without_equals(text, content, wanted),
    };
    // Without its header, the keys of a group would be taken for those of the group above.
    let lines = if text[span.clone()].starts_with('[') && key.is_none() { group_below(text, line) } else { line };
    Complaint { message, hint, span, lines, key }
}

/// A character that looks like a space, or like nothing, in a line or a list.
fn unseen_character(text: &str, lines: Span) -> Option<Complaint> {
    let written = &text[lines.clone()];
    let (at, message, hint) = lookalikes::unseen(written)?;
    let key = written.split_once('=').map(|(key, _)| lookalikes::visible(key));
    Some(Complaint { message, hint, span: lines.start + at.start..lines.start + at.end, lines, key })
}

/// A header and everything down to the next one.
fn group_below(text: &str, header: Span) -> Span {
    let next = text[header.end..].match_indices('\n').map(|(at, _)| header.end + at + 1);
    let end = next.into_iter().find(|&at| text[at..].trim_start_matches([' ', '\t']).starts_with('['));
    header.start..end.map_or(text.len(), |end| end - 1)
}

type Explained = (Span, String, String);

/// A text between three quotation marks that never ends.
fn unclosed_long_text(text: &str) -> Option<Complaint> {
    ["\"\"\"", "'''"].into_iter().find_map(|marks| {
        if text.matches(marks).count() % 2 == 0 {
            return None;
        }
        let start = text.rfind(marks)?;
        let key = text[line_around(text, start)].split('=').next().map(|key| key.trim().to_owned());
        Some(Complaint {
            message: format!("the text that starts here with `{marks}` is never closed"),
            hint: format!("Write `{marks}` after its last word."),
            span: start..start + marks.len(),
            lines: line_around(text, start).start..text.len(),
            key,
        })
    })
}

/// Where a list starts that is still open on a later line.
fn open_list(text: &str, at: usize) -> Option<usize> {
    let open = text[..at].rfind('[')?;
    let before = &text[line_around(text, open).start..open];
    let is_open = !text[open..at].contains(']') && text[open..at].contains('\n') && before.trim_end().ends_with('=');
    is_open.then_some(open)
}

/// A list that is not closed, or whose items have no comma between them.
fn faulty_list(text: &str, at: usize) -> Option<Complaint> {
    let mut line = line_around(text, at);
    let opening = loop {
        if let Some(opening) = open_list(text, line.start) {
            line = line_around(text, opening);
            break opening;
        }
        let content = &text[line.clone()];
        if let Some(open) = content.find('=').and_then(|equals| content[equals..].find('[').map(|open| equals + open)) {
            break line.start + open;
        }
        line = line_around(text, line.start.checked_sub(1)?);
    };
    let key = lookalikes::visible(text[line.start..opening].split('=').next().unwrap_or_default());
    let unclosed = |until: usize| Complaint {
        message: format!("the list of `{key}` is never closed"),
        hint: "Write `]` after its last item.".to_owned(),
        span: opening..opening + 1,
        lines: line.start..until.max(line.end),
        key: Some(key.clone()),
    };
    // The next line that starts a key of its own, or a header, can no longer be part of the list.
    let mut next = line.end + 1;
    while next < text.len() {
        let candidate = line_around(text, next);
        let content = text[candidate.clone()].trim();
        let starts_key = content.split_once('=').is_some_and(|(key, _)| is_bare_key(key.trim()));
        if starts_key || content.starts_with("[[") {
            break;
        }
        next = candidate.end + 1;
    }
    let until = next.min(text.len()).saturating_sub(1).max(line.end);
    let Some(close) = text[opening..until].rfind(']').map(|close| opening + close) else {
        return Some(unclosed(until));
    };
    if let Some(complaint) = unseen_character(text, line.start..until) {
        return Some(complaint);
    }
    if let Some(curly) = lookalikes::first_curly(&text[opening..until]) {
        let (span, message, hint) = curly_marks(&key, &text[opening..until], opening, curly);
        return Some(Complaint { message, hint, span, lines: line.start..until, key: Some(key) });
    }
    if text[opening..until].matches('"').count() % 2 == 1 {
        return Some(Complaint {
            message: format!("a text in the list of `{key}` has no quotation mark at one end"),
            hint: "Put `\"` before and after every text: `[\"one\", \"two\"]`.".to_owned(),
            span: opening..close + 1,
            lines: line.start..until,
            key: Some(key),
        });
    }
    let at = at.clamp(opening + 1, close);
    let item_end = opening + text[opening..at].trim_end().len();
    Some(Complaint {
        message: format!("the list of `{key}` cannot be read from here on"),
        hint: "Put a comma between the items, and quotation marks around texts: `[\"one\", \"two\"]`.".to_owned(),
        span: at..text[at..close].find(['\r', '\n', ',']).map_or(close, |end| at + end).max(item_end.min(close)),
        lines: line.start..until,
        key: Some(key),
    })
}

/// Curly marks within a list or a group, which starts at `start`.
fn curly_marks(key: &str, value: &str, start: usize, curly: Span) -> Explained {
    let straight = lookalikes::straightened(value);
    let hint = match straight.contains('\n') {
        true => format!("Write straight ones: `{}`.", lookalikes::straightened(&value[curly.clone()])),
        false => format!("Write `{key} = {}`.", straight.trim()),
    };
    let message = format!("the quotation marks around this text of `{key}` are curly ones");
    (start + curly.start..start + curly.end, message, hint)
}

fn is_bare_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn faulty_header(text: &str, content: Span) -> Explained {
    let name = text[content.clone()].trim_matches(['[', ']', ' ']);
    let header = if text[content.clone()].starts_with("[[") { format!("[[{name}]]") } else { format!("[{name}]") };
    let hint = format!("Write `{header}`, with nothing after it. Names with spaces stand in quotation marks.");
    (content, "this line starts with `[` but does not name a group of keys".to_owned(), hint)
}

/// The words of a key with hyphens between them.
fn joined(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join("-")
}

fn faulty_key(name: &str, key: Span, content: Span) -> Explained {
    if name.is_empty() {
        let hint = "Write a key before it: `key = value`.".to_owned();
        return (content, "there is no key before the `=`".to_owned(), hint);
    }
    let joined = joined(name);
    let hint = match is_bare_key(&joined) {
        true => format!("Keys are written without spaces: `{joined} = …`."),
        false => "Keys are made of letters, digits and hyphens.".to_owned(),
    };
    (key, format!("“{name}” cannot be a key"), hint)
}

fn without_equals(text: &str, content: Span, wanted: Wanted<'_>) -> (Option<String>, Explained) {
    let line = &text[content.clone()];
    if let Some((key, value)) = line.split_once(':')
        && is_bare_key(key.trim())
    {
        let (key, value) = (key.trim(), value.trim());
        let rewritten = wanted(key).filter(|_| !value.starts_with(['[', '{']));
        let hint = match rewritten.and_then(|wanted| rewritten_hint(key, &wanted, value)) {
            Some(hint) => format!("{hint}."),
            None => format!("Write `{key} = {}`.", as_value(value)),
        };
        return (Some(key.to_owned()), (content, format!("`{key}` is followed by a colon instead of `=`"), hint));
    }
    if let Some((key, value)) = line.split_once([' ', '\t'])
        && is_bare_key(key)
        && (wanted(key).is_some() || value.trim_start().starts_with(['"', '\'', '“', '[', '{']))
    {
        let value = value.trim_start();
        let rewritten = wanted(key).filter(|_| !value.starts_with(['"', '\'', '[', '{']));
        let hint = match rewritten.and_then(|wanted| rewritten_hint(key, &wanted, value)) {
            Some(hint) => format!("{hint}."),
            None => format!("Write `{key} = {}`.", as_value(value)),
        };
        return (Some(key.to_owned()), (content, format!("there is no `=` after `{key}`"), hint));
    }
    let key = is_bare_key(line).then(|| line.to_owned());
    let hint = "Here every line reads `key = value`, such as `title = \"Grief\"`.".to_owned();
    (key, (content, "this line is not a key with its value".to_owned(), hint))
}

fn faulty_value(text: &str, name: &str, key: Span, span: Span, wanted: Option<KeyShape>) -> Explained {
    let value = &text[span.clone()];
    let inner = value.trim_matches(['"', '\'', '“', '”', '„', '‘', '’', '«', '»']);
    if value.is_empty() {
        return (key, format!("`{name}` has no value"), hint_for_nothing(name, wanted.as_ref()));
    }
    if value.starts_with(['“', '”', '„', '‘', '’', '«']) {
        let hint = format!("Write `{name} = {}`.", as_value(inner.trim()));
        return (span, format!("the quotation marks around the value of `{name}` are curly ones"), hint);
    }
    if let Some(quote @ ('"' | '\'')) = value.chars().next() {
        let marks = value.matches(quote).count() - value.matches("\\\"").count();
        return match (quote, marks) {
            (_, 0..=1) => {
                let hint = format!("Write `{name} = {}`.", as_value(inner));
                (span, format!("the text of `{name}` has no quotation mark at its end"), hint)
            }
            ('"', 2) if value.contains('\\') => {
                let hint = "Write `\\\\` for a backslash, or put the text between `'` marks.".to_owned();
                (span, format!("the text of `{name}` has a backslash that means nothing"), hint)
            }
            (_, 2) => {
                let hint = "Delete what follows the closing quotation mark, or put a `#` before it.".to_owned();
                (span, format!("something follows the text of `{name}`"), hint)
            }
            ('"', _) => {
                let within = value[1..].strip_suffix('"').unwrap_or(&value[1..]);
                let hint = format!("Use `“ ”` within the text, or write `\\\"`: `{name} = \"{}\"`.", escaped(within));
                (span, format!("the text of `{name}` has quotation marks within"), hint)
            }
            _ => {
                let hint = format!("Write it between double quotation marks: `{name} = \"{inner}\"`.");
                (span, format!("the text of `{name}` has an apostrophe within"), hint)
            }
        };
    }
    if value.starts_with(['{', '['])
        && let Some(curly) = lookalikes::first_curly(value)
    {
        return curly_marks(name, value, span.start, curly);
    }
    if value.starts_with(['{', '[']) {
        let hint =
            "Every `{` and `[` needs its `}` or `]`, items are separated by commas, texts stand in quotation marks."
                .to_owned();
        return (span, format!("the value of `{name}` cannot be read"), hint);
    }
    let rewritten = wanted.and_then(|wanted| rewritten_hint(name, &wanted, value));
    let hint = rewritten.map_or_else(|| hint_for_word(name, value), |hint| format!("{hint}."));
    (span, format!("the value of `{name}` cannot be read"), hint)
}

/// What to write for a word without quotation marks, when nothing but a text is known to be wanted.
fn hint_for_word(name: &str, value: &str) -> String {
    match as_boolean(value) {
        Some(boolean) => format!("Write `{name} = {boolean}`."),
        None if value.starts_with(|c: char| c.is_ascii_digit()) => {
            format!(
                "Dates are written as year-month-day, such as `{name} = {EXAMPLE_DATE}`, and text as {}.",
                as_value(value)
            )
        }
        None => format!("Text stands in quotation marks: `{name} = {}`.", as_value(value)),
    }
}

/// What to write for a key that takes something else than a text.
fn rewritten_hint(name: &str, wanted: &KeyShape, written: &str) -> Option<String> {
    Some(match rewritten(&wanted.values, written)? {
        Rewritten::Same(value) => format!("Write `{name} = {value}`"),
        Rewritten::Such(what, example) => format!("Write {what}, such as `{name} = {example}`"),
    })
}

/// What to write for a key that stands there without a value.
fn hint_for_nothing(name: &str, wanted: Option<&KeyShape>) -> String {
    let write = wanted.and_then(|wanted| rewritten_hint(name, wanted, ""));
    let write = write.unwrap_or_else(|| format!("Write `{name} = \"…\"`"));
    match wanted {
        Some(KeyShape { is_required: true, .. }) => format!("{write}."),
        _ => format!("{write}, or delete the line."),
    }
}

/// A value as TOML wants it.
fn as_value(written: &str) -> String {
    let bare = written.trim_matches(['"', '“', '”']);
    let is_number =
        bare.parse::<i64>().is_ok() || bare.parse::<jiff::civil::Date>().is_ok() || matches!(bare, "true" | "false");
    match written {
        _ if is_number && !written.starts_with('"') => bare.to_owned(),
        "" => "\"…\"".to_owned(),
        _ if written.starts_with(['[', '{']) => written.to_owned(),
        _ => format!("\"{}\"", bare.replace('"', "\\\"")),
    }
}
