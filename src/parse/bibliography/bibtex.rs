//! Cuts a `.bib` file into entries, and keeps going whatever stands in it.
//!
//! Values come out as LaTeX, with macros put in and pieces joined; [`super::latex`] makes text of them. Nothing here looks
//! at a byte twice or calls itself, so that no file takes long or runs out of stack.

use std::collections::BTreeMap;

use super::Reader;
use crate::diagnostic::{Diagnostic, Location};
use crate::source::{SitePath, Span};

/// Braces that stand deeper than this belong to no text that people write.
const DEEPEST: usize = 40;

/// Months may be named without braces in every `.bib` file.
const MONTHS: [(&str, &str); 12] = [
    ("jan", "January"),
    ("feb", "February"),
    ("mar", "March"),
    ("apr", "April"),
    ("may", "May"),
    ("jun", "June"),
    ("jul", "July"),
    ("aug", "August"),
    ("sep", "September"),
    ("oct", "October"),
    ("nov", "November"),
    ("dec", "December"),
];

/// One entry as it stands in the file.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The word behind `@`, in lower case.
    pub kind: String,
    /// The citation key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// From the `@` to the closing brace.
    pub span: Span,
    /// The file.
    pub path: SitePath,
    /// Values by field name in lower case.
    pub fields: BTreeMap<String, Field>,
    /// Whether something in it could not be read.
    pub broken: bool,
}

/// A field's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// LaTeX.
    pub value: String,
    /// Where the value stands.
    pub span: Span,
    /// Where its words stand, without the braces around them; `None` when they come from another entry.
    pub words: Option<Span>,
}

/// Reads the entries of one file. Macros defined in earlier files hold too, as they do for biber.
pub(super) fn entries(text: &str, macros: &mut BTreeMap<String, String>, reader: &mut Reader) -> Vec<Entry> {
    let mut cutter = Cutter { text, at: 0, comments_close: true, macros, reader };
    let mut entries = Vec::new();
    while let Some(found) = text[cutter.at..].find('@') {
        cutter.at += found;
        let start = cutter.at;
        cutter.at += 1;
        cutter.space();
        let kind = cutter.name().to_ascii_lowercase();
        cutter.space();
        let close = match cutter.peek() {
            Some(b'{') => b'}',
            Some(b'(') => b')',
            // Outside entries everything is a comment, and may hold an address.
            _ => continue,
        };
        cutter.at += 1;
        match kind.as_str() {
            "comment" | "preamble" => cutter.skip(start, close),
            "string" => cutter.string(start, close),
            _ => entries.extend(cutter.entry(start, kind, close)),
        }
    }
    entries
}

struct Cutter<'a, 'r> {
    text: &'a str,
    at: usize,
    /// Whether every `@comment` so far was closed.
    comments_close: bool,
    macros: &'a mut BTreeMap<String, String>,
    reader: &'a mut Reader<'r>,
}

impl<'a> Cutter<'a, '_> {
    /// An entry behind its opening brace.
    fn entry(&mut self, start: usize, kind: String, close: u8) -> Option<Entry> {
        self.space();
        let key_start = self.at;
        let rest = &self.text[self.at..];
        let key_end = rest.find(|c| ",{}=\"\n".contains(c) || c == char::from(close)).unwrap_or(rest.len());
        let key = rest[..key_end].trim_end();
        self.at += key_end;
        let header = start..self.at;
        self.space();
        if key.is_empty() || key.contains(char::is_whitespace) || !self.peek().is_some_and(|b| b == b',' || b == close)
        {
            let message = match key {
                "" => format!("this “@{kind}” has no key"),
                _ => format!("“{key}” cannot be a citation key"),
            };
            let hint = "Write the key first and a comma after it: `@article{smith2001, title = {…}}`. A key has no spaces, \
                        quotation marks or braces.";
            self.report(header, message, hint.to_owned(), None);
            return None;
        }
        let mut entry = Entry {
            kind,
            key: key.to_owned(),
            key_span: key_start..key_start + key.len(),
            span: header.clone(),
            path: self.reader.path.clone(),
            fields: BTreeMap::new(),
            broken: false,
        };
        entry.broken |= !self.fields(&mut entry, &header, close);
        entry.span.end = self.at;
        Some(entry)
    }

    /// The fields of an entry. False when the entry has no end.
    fn fields(&mut self, entry: &mut Entry, header: &Span, close: u8) -> bool {
        loop {
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(byte) if byte == close => {
                    self.at += 1;
                    return true;
                }
                Some(byte) if byte != b'@' || !self.starts_entry(self.at) => {
                    let start = self.at;
                    let Err(problem) = self.field(entry) else { continue };
                    entry.broken = true;
                    if matches!(problem, Problem::NeverClosed) {
                        return self.never_closed(&entry.key, header.clone());
                    }
                    self.explain(&problem, &entry.key, header.clone(), start);
                    if !matches!(problem, Problem::TooDeep) {
                        self.skip_field(start, close);
                    }
                }
                _ => return self.never_closed(&entry.key, header.clone()),
            }
        }
    }

    /// `name = value`
    fn field(&mut self, entry: &mut Entry) -> Result<(), Problem> {
        let name = self.name().to_ascii_lowercase();
        self.space();
        if name.is_empty() || self.peek() != Some(b'=') {
            return Err(Problem::NoField);
        }
        self.at += 1;
        self.space();
        let start = self.at;
        let value = self.value(&entry.key)?;
        let span = start..start + self.text[start..self.at].trim_end().len();
        let words = Some(self.words(&span, &value));
        entry.fields.insert(name, Field { value, span, words });
        Ok(())
    }

    /// Where the words of a value stand; all of it when they are joined from pieces.
    fn words(&self, span: &Span, value: &str) -> Span {
        let written = &self.text[span.clone()];
        let inner = written.get(1..written.len().saturating_sub(1)).filter(|inner| *inner == value);
        match inner {
            Some(inner) => {
                let start = span.start + 1 + (inner.len() - inner.trim_start().len());
                start..start + inner.trim().len()
            }
            None => span.clone(),
        }
    }

    fn explain(&mut self, problem: &Problem, key: &str, header: Span, at: usize) {
        let (message, hint) = match problem {
            Problem::NoField => (
                format!("“{key}” has something between its fields that is no field"),
                "A field is a name, “=” and a value between braces, such as `year = {2001},`.".to_owned(),
            ),
            Problem::NoValue => (
                format!("a field of “{key}” has no value that can be read"),
                "Write the value between braces, such as `title = {…},`.".to_owned(),
            ),
            Problem::TooDeep | Problem::NeverClosed => (
                format!("“{key}” has braces more than {DEEPEST} deep"),
                "Take out the braces that do nothing.".to_owned(),
            ),
        };
        let line = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        let here = Location::new(&self.reader.path, &(at..line.min(at + 200).max(at)));
        self.report(header, message, hint, Some(here));
    }

    /// Pieces joined by `#`: in braces, in quotation marks, a number, or a macro.
    fn value(&mut self, key: &str) -> Result<String, Problem> {
        let mut value = String::new();
        loop {
            self.space();
            match self.peek() {
                Some(b'{') => value.push_str(self.delimited(b'}')?),
                Some(b'"') => value.push_str(self.delimited(b'"')?),
                Some(byte) if byte.is_ascii_digit() => {
                    let start = self.at;
                    while self
                        .peek()
                        .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/' | b'~'))
                    {
                        self.at += 1;
                    }
                    value.push_str(&self.text[start..self.at]);
                }
                _ => {
                    let start = self.at;
                    let name = self.name();
                    if name.is_empty() {
                        return Err(Problem::NoValue);
                    }
                    let known = self.macro_named(name);
                    match known {
                        Some(text) => value.push_str(&text),
                        None => {
                            self.undefined(key, name, start);
                            value.push_str(name);
                        }
                    }
                }
            }
            self.space();
            if self.peek() != Some(b'#') {
                return Ok(value);
            }
            self.at += 1;
        }
    }

    fn macro_named(&self, name: &str) -> Option<String> {
        let name = name.to_ascii_lowercase();
        let month = MONTHS.iter().find(|(short, _)| *short == name).map(|(_, month)| (*month).to_owned());
        self.macros.get(&name).cloned().or(month)
    }

    fn undefined(&mut self, key: &str, name: &str, start: usize) {
        let near = crate::diagnostic::nearest(name, self.macros.keys().map(String::as_str));
        let meant = near.map(|near| format!("Did you mean `{near}`? ")).unwrap_or_default();
        let hint =
            format!("{meant}Put the words between braces, `{{{name}}}`, or define `@string{{{name} = {{…}}}}` above.");
        let span = start..start + name.len();
        self.report(span, format!("“{key}” uses “{name}”, which no @string defines"), hint, None);
    }

    /// A value in braces or in quotation marks, without them. Leaves the place behind the closing one. Within braces a quotation
    /// mark is only a quotation mark.
    fn delimited(&mut self, close: u8) -> Result<&'a str, Problem> {
        self.at += 1;
        let start = self.at;
        // The braces around a value count as one level.
        let outer = usize::from(close == b'}');
        let (mut depth, mut deepest) = (outer, outer);
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                _ if depth == outer && byte == close => {
                    self.at += 1;
                    let value = &self.text[start..self.at - 1];
                    return if deepest > DEEPEST { Err(Problem::TooDeep) } else { Ok(value) };
                }
                b'\\' => self.at += 1,
                b'{' => {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                b'}' if depth == 0 => return Err(Problem::NeverClosed),
                b'}' => depth -= 1,
                b'@' if self.starts_entry(self.at) => return Err(Problem::NeverClosed),
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.text.len();
        Err(Problem::NeverClosed)
    }

    /// `@string{name = value}` behind its opening brace.
    fn string(&mut self, start: usize, close: u8) {
        self.space();
        let name = self.name().to_owned();
        self.space();
        if !name.is_empty() && self.peek() == Some(b'=') {
            self.at += 1;
            if let Ok(value) = self.value(&name) {
                self.space();
                if self.peek() == Some(close) {
                    self.at += 1;
                    self.macros.insert(name.to_ascii_lowercase(), value);
                    return;
                }
            }
        }
        let hint = "Write `@string{name = {words}}`.";
        self.report(start..self.at, "this @string cannot be read".to_owned(), hint.to_owned(), None);
    }

    /// `@comment` and `@preamble`: everything up to the closing brace means nothing to us.
    fn skip(&mut self, start: usize, close: u8) {
        let body = self.at;
        let mut depth = 0usize;
        if self.comments_close {
            for (at, byte) in self.text.bytes().enumerate().skip(body) {
                match byte {
                    b'}' | b')' if depth == 0 && byte == close => {
                        self.at = at + 1;
                        return;
                    }
                    b'{' => depth += 1,
                    b'}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            // Looked for once: a file full of these must not be read from each to the end.
            self.comments_close = false;
            let hint = "Close it with `}`, or take it out.".to_owned();
            self.report(start..body, "this is never closed".to_owned(), hint, None);
        }
    }

    fn never_closed(&mut self, key: &str, header: Span) -> bool {
        let hint = "Look for a value whose brace or quotation mark is not closed, and end the entry with `}`.";
        self.report(header, format!("“{key}” is never closed"), hint.to_owned(), None);
        false
    }

    /// Goes on behind the comma that ends a field, or at the end of the entry.
    fn skip_field(&mut self, start: usize, close: u8) {
        let mut depth = 0usize;
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'{' => depth += 1,
                _ if depth == 0 && (byte == close || byte == b',') => break,
                b'}' => depth = depth.saturating_sub(1),
                b'@' if self.at > start && self.starts_entry(self.at) => return,
                _ => {}
            }
            self.at += 1;
        }
        if self.at == start {
            self.at += 1;
        }
    }

    /// Whether an entry starts here: `@word{key,` at the start of a line. Within a value it means that a brace is missing.
    fn starts_entry(&self, at: usize) -> bool {
        let before = self.text.as_bytes()[..at].iter().rev().take(80).find(|byte| !matches!(byte, b' ' | b'\t'));
        if before.is_some_and(|&byte| byte != b'\n') {
            return false;
        }
        let line = self.text[at + 1..].lines().next().unwrap_or_default();
        let word = line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len());
        let Some(body) = line[word..].trim_start().strip_prefix('{') else { return false };
        let key = body.find([',', '}', '=', '{']).filter(|&end| matches!(body.as_bytes()[end], b',' | b'='));
        word > 0 && key.is_some_and(|end| !body[..end].trim().contains(char::is_whitespace))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The name of a type, a field or a macro.
    fn name(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| c.is_whitespace() || "{}()=,\"#%'@\\".contains(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Skips spaces, and comments of their own lines.
    fn space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            if self.peek() != Some(b'%') {
                return;
            }
            let rest = &self.text[self.at..];
            self.at += rest.find('\n').unwrap_or(rest.len());
        }
    }

    fn report(&mut self, span: Span, message: String, hint: String, here: Option<Location>) {
        let mut fault = Diagnostic::error("bibliography-syntax", Location::new(&self.reader.path, &span), message);
        if let Some(here) = here {
            fault = fault.related(here, "reading stopped here");
        }
        self.reader.faults.push(fault.hint(hint));
    }
}

enum Problem {
    NeverClosed,
    TooDeep,
    NoField,
    NoValue,
}
