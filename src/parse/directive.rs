//! Fenced divs: finds the fences, and reads their names and attributes.
//!
//! A fence is a line of three or more colons. Before Markdown is parsed each fence is masked as a thematic break of the same
//! length, which ends a paragraph and stands inside lists and quotations just as a fence has to. Where the Markdown parser then
//! finds a thematic break is a fence; where it does not (in a code block, say), the line was never one.

use memchr::memmem;

use crate::content::Audience;
use crate::content::block::Directive;
use crate::diagnostic::{Diagnostic, Location, nearest};
use crate::parse::closed_table::quoted;
use crate::source::{SitePath, Span, Spanned};

/// A line that may be a fence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// From the first colon to the last character of the line, in the body.
    pub span: Span,
    /// How many colons it starts with.
    pub colons: usize,
}

impl Fence {
    /// Whether it has colons only, and so closes what was opened last.
    pub fn closes(&self) -> bool {
        self.span.len() == self.colons
    }
}

/// What an opening fence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// What it opens; `None` when there is no such directive.
    pub directive: Option<Directive>,
    /// Its name as written.
    pub name: String,
    /// Its anchor.
    pub id: Option<Spanned<String>>,
    /// Its heading.
    pub title: Option<String>,
}

/// How many lines to write on when the fence does not say.
const DEFAULT_LINES: u8 = 4;
/// How many lines fit on a sheet.
const MOST_LINES: u8 = 40;

/// Finds every line that may be a fence. White space, `>` and list markers may stand before the colons.
pub fn fences(body: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut start = 0;
    // From colons to colons: nearly no line has three.
    while let Some(colons) = memmem::find(&body.as_bytes()[start..], b":::") {
        let line_start = body[..start + colons].rfind('\n').map_or(0, |end| end + 1);
        let line_end = body[start + colons..].find('\n').map_or(body.len(), |end| start + colons + end);
        found.extend(fence(&body[line_start..line_end], line_start));
        start = line_end;
    }
    found
}

/// A line that may be a fence, which starts at a byte of the body.
fn fence(line: &str, start: usize) -> Option<Fence> {
    let prefix = container_prefix(line);
    let content = line[prefix..].trim_end();
    let colons = content.bytes().take_while(|&byte| byte == b':').count();
    (colons >= 3).then(|| Fence { span: start + prefix..start + prefix + content.len(), colons })
}

/// How many bytes of a line belong to the quotations and lists around its content.
pub fn container_prefix(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        let digits = bytes[at..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let is_space = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'>') => at += 1,
            Some(b'-' | b'*' | b'+') if is_space(bytes.get(at + 1)) => at += 2,
            Some(_)
                if digits > 0
                    && matches!(bytes.get(at + digits), Some(b'.' | b')'))
                    && is_space(bytes.get(at + digits + 1)) =>
            {
                at += digits + 2;
            }
            _ => return at,
        }
    }
}

/// The body with fences masked. Every byte keeps its place.
pub fn mask<'f>(body: &str, fences: impl IntoIterator<Item = &'f Fence>) -> String {
    let mut masked = String::with_capacity(body.len());
    let mut copied = 0;
    for fence in fences {
        masked.push_str(&body[copied..fence.span.start]);
        // Asterisks to the very end: spaces at the end of a line would mean a line break.
        masked.extend(std::iter::repeat_n('*', fence.span.len()));
        copied = fence.span.end;
    }
    masked.push_str(&body[copied..]);
    masked
}

/// Reads an opening fence. `offset` is where the body starts in the file.
pub fn opening(body: &str, fence: &Fence, offset: usize, path: &SitePath, faults: &mut Vec<Diagnostic>) -> Opening {
    let written = &body[fence.span.start + fence.colons..fence.span.end];
    let mut reader = FenceReader { path, faults, start: offset + fence.span.start + fence.colons, written };
    let (bare_name, attributes) = reader.split();
    let mut attributes = attributes.map(|span| reader.attributes(span)).unwrap_or_default();
    let class = attributes.iter().position(|attribute| matches!(attribute.value.key, Key::Class));
    let name = bare_name.or_else(|| {
        let class = attributes.remove(class?);
        Some(Spanned::new(class.value.text, class.span.start + 1..class.span.end))
    });
    let Some(name) = name else {
        let place = offset + fence.span.start..offset + fence.span.end;
        reader.fault(
            place,
            "this fence names no directive",
            format!("Write a name after the colons: {}.", quoted(&Directive::NAMES)),
        );
        return Opening { directive: None, name: String::new(), id: None, title: None };
    };
    reader.apply(name, attributes)
}

#[derive(Debug)]
enum Key {
    Id,
    Class,
    Named(String),
}

#[derive(Debug)]
struct Attribute {
    key: Key,
    text: String,
}

struct FenceReader<'a> {
    path: &'a SitePath,
    faults: &'a mut Vec<Diagnostic>,
    /// Where in the file what follows the colons starts.
    start: usize,
    /// What follows the colons.
    written: &'a str,
}

impl FenceReader<'_> {
    fn fault(&mut self, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.faults.push(Diagnostic::error("directive-attribute", Location::new(self.path, &span), message).hint(hint));
    }

    fn in_file(&self, span: Span) -> Span {
        self.start + span.start..self.start + span.end
    }

    /// The name before the braces, and what stands within them (its place in what is written).
    fn split(&mut self) -> (Option<Spanned<String>>, Option<Span>) {
        let written = self.written.trim_end().trim_end_matches(':').trim_end();
        let start = written.len() - written.trim_start().len();
        let end = written[start..].find(|c: char| c.is_whitespace() || c == '{').map_or(written.len(), |at| start + at);
        let name = (start < end).then(|| Spanned::new(written[start..end].to_owned(), self.in_file(start..end)));
        let rest = end + (written[end..].len() - written[end..].trim_start().len());
        if rest == written.len() {
            return (name, None);
        }
        if !written[rest..].starts_with('{') {
            let message = format!("“{}” cannot stand on the fence", &written[rest..]);
            let hint = "Only a name, and attributes in braces, may follow the colons. Write the text on the next line; a heading \
                        is `{title=\"…\"}`.";
            self.fault(self.in_file(rest..written.len()), message, hint);
            return (name, None);
        }
        let close = written.strip_suffix('}').map(str::len);
        if close.is_none() {
            let hint = "Write `}` at the end of the line, with nothing after it.";
            self.fault(self.in_file(rest..written.len()), "the braces on this fence are not closed", hint);
        }
        (name, Some(rest + 1..close.unwrap_or(written.len()).max(rest + 1)))
    }

    /// `#id`, `.class` and `key=value`, with their places in the file.
    fn attributes(&mut self, within: Span) -> Vec<Spanned<Attribute>> {
        let mut attributes = Vec::new();
        let mut at = within.start;
        while at < within.end {
            let rest = &self.written[at..within.end];
            let Some(start) = rest.find(|c: char| !c.is_whitespace()).map(|skipped| at + skipped) else { break };
            let (end, attribute) = self.attribute(start, within.end);
            if let Some(attribute) = attribute {
                attributes.push(Spanned::new(attribute, self.in_file(start..end)));
            }
            at = end;
        }
        attributes
    }

    /// One attribute, and where it ends; `None` when it was bad and has been reported.
    fn attribute(&mut self, start: usize, limit: usize) -> (usize, Option<Attribute>) {
        let written = &self.written[..limit];
        let word_end = |from: usize| written[from..].find(char::is_whitespace).map_or(limit, |at| from + at);
        let end = word_end(start);
        let word = &written[start..end];
        if let Some(id) = word.strip_prefix('#') {
            return (end, Some(Attribute { key: Key::Id, text: id.to_owned() }));
        }
        if let Some(class) = word.strip_prefix('.') {
            return (end, Some(Attribute { key: Key::Class, text: class.to_owned() }));
        }
        let Some((key, value)) = word.split_once('=') else {
            let hint = "Attributes are written `key=value`, such as `lines=4` or `title=\"Good to know\"`.";
            self.fault(self.in_file(start..end), format!("“{word}” is not an attribute"), hint);
            return (end, None);
        };
        let key = key.to_owned();
        let value_start = end - value.len();
        if value.starts_with(['“', '”', '„', '‘', '’']) {
            let end = written[value_start + 3..].find(['“', '”', '‘', '’']).map_or(limit, |at| value_start + 3 + at);
            let end = word_end(end);
            let hint = format!("Write straight ones: `{key}=\"…\"`.");
            self.fault(self.in_file(value_start..end), "the quotation marks here are curly ones", hint);
            return (end, None);
        }
        if !value.starts_with('"') {
            let text = value.to_owned();
            return (end, Some(Attribute { key: Key::Named(key), text }));
        }
        match written[value_start + 1..].find('"').map(|at| value_start + 1 + at) {
            Some(close) => {
                let text = written[value_start + 1..close].to_owned();
                (close + 1, Some(Attribute { key: Key::Named(key), text }))
            }
            None => {
                let message = format!("the text of `{key}` has no quotation mark at its end");
                self.fault(self.in_file(value_start..limit), message, format!("Write `{key}=\"…\"`."));
                (limit, None)
            }
        }
    }

    /// Puts the attributes into the directive.
    fn apply(&mut self, name: Spanned<String>, attributes: Vec<Spanned<Attribute>>) -> Opening {
        let mut directive = named(&name.value);
        if directive.is_none() {
            self.unknown(&name);
        }
        let (mut id, mut title) = (None, None);
        let mut seen: Vec<String> = Vec::new();
        for Spanned { value: Attribute { key, text }, span } in attributes {
            let key_name = match &key {
                Key::Id => "#",
                Key::Class => ".",
                Key::Named(key) => key,
            };
            if seen.iter().any(|earlier| earlier == key_name) && !matches!(key, Key::Class) {
                self.fault(span, "this attribute is given twice", "Keep one of the two.");
                continue;
            }
            seen.push(key_name.to_owned());
            match (key, &mut directive) {
                (Key::Class, _) => {
                    let hint = format!("It is `{}` already; delete `.{text}`.", name.value);
                    self.fault(span, "a directive has one name only", hint);
                }
                (Key::Id, _) => id = Some(Spanned::new(text, span.start + 1..span.end)),
                (Key::Named(key), Some(known)) if key != "title" => self.own_attribute(known, &key, &text, span),
                (Key::Named(key), _) if key == "title" && text.trim().is_empty() => {
                    self.fault(span, "the title is empty", "Write a title, or delete the attribute.");
                }
                (Key::Named(key), _) if key == "title" => title = Some(text),
                (Key::Named(_), _) => {}
            }
        }
        Opening { directive, name: name.value, id, title }
    }

    /// An attribute that only some directives have.
    fn own_attribute(&mut self, directive: &mut Directive, key: &str, text: &str, span: Span) {
        match (directive, key) {
            (Directive::Write { lines, .. }, "lines") => match text.parse() {
                Ok(number @ 1..=MOST_LINES) => *lines = number,
                _ => self.fault(
                    span,
                    format!("`lines` cannot be “{text}”"),
                    format!("It is a number from 1 to {MOST_LINES}, such as `lines=4`."),
                ),
            },
            (Directive::Write { boxed, .. }, "box") => match text {
                "true" => *boxed = true,
                "false" => *boxed = false,
                _ => self.fault(
                    span,
                    format!("`box` cannot be “{text}”"),
                    "Write `box=true` for a box in place of lines.",
                ),
            },
            (directive, key) => {
                let known: &[&str] = match directive {
                    Directive::Write { .. } => &["title", "lines", "box"],
                    _ => &["title"],
                };
                let mut hint = nearest(key, known.iter().copied())
                    .map(|meant| format!("Did you mean `{meant}`? "))
                    .unwrap_or_default();
                hint.push_str(&format!(
                    "`:::{}` takes {} and an anchor such as `#my-id`.",
                    directive.name(),
                    quoted(known)
                ));
                self.fault(span, format!("`:::{}` has no attribute `{key}`", directive.name()), hint);
            }
        }
    }

    fn unknown(&mut self, name: &Spanned<String>) {
        let mut hint = match nearest(&name.value, Directive::NAMES) {
            Some(meant) => format!("Did you mean `:::{meant}`? "),
            None => String::new(),
        };
        hint.push_str(&format!("The directives are {}.", quoted(&Directive::NAMES)));
        let message = format!("there is no directive `{}`", name.value);
        self.faults
            .push(Diagnostic::error("directive-unknown", Location::new(self.path, &name.span), message).hint(hint));
    }
}

fn named(name: &str) -> Option<Directive> {
    Some(match name {
        "note" => Directive::Note,
        "tip" => Directive::Tip,
        "warning" => Directive::Warning,
        "safety" => Directive::Safety,
        "key-message" => Directive::KeyMessage,
        "steps" => Directive::Steps,
        "checklist" => Directive::Checklist,
        "write" => Directive::Write { lines: DEFAULT_LINES, boxed: false },
        "clinician" => Directive::For(Audience::Clinician),
        "instructor" => Directive::For(Audience::Instructor),
        "figure" => Directive::Figure,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a single fence says, and what is wrong with it, each fault with the text it is about.
    fn read(line: &str) -> (Opening, Vec<(String, String)>) {
        const OFFSET: usize = 100;
        let found = fences(line);
        let mut faults = Vec::new();
        let opening = opening(line, &found[0], OFFSET, &SitePath::new("content/a.md"), &mut faults);
        let shown = |span: crate::diagnostic::Bytes| line[span.start - OFFSET..span.end - OFFSET].to_owned();
        (opening, faults.into_iter().map(|fault| (fault.message, shown(fault.at.span))).collect())
    }

    #[test]
    fn every_way_to_write_a_fence_is_read() {
        for line in [
            ":::write {#day lines=6 title=\"Your day\"}",
            "::: write {#day title=\"Your day\" lines=\"6\"}",
            "::: {.write #day lines=6 title=\"Your day\"}",
            ":::::write{lines=6 title=\"Your day\" #day}:::",
        ] {
            let (opening, faults) = read(line);
            assert_eq!(faults, [], "{line}");
            assert_eq!(opening.directive, Some(Directive::Write { lines: 6, boxed: false }), "{line}");
            assert_eq!(opening.title.as_deref(), Some("Your day"), "{line}");
            let id = opening.id.unwrap();
            assert_eq!((id.value.as_str(), &line[id.span.start - 100..id.span.end - 100]), ("day", "day"), "{line}");
        }
        for name in Directive::NAMES {
            assert_eq!(read(&format!(":::{name}")).0.directive.unwrap().name(), name);
        }
        assert_eq!(read(":::write {box=true}").0.directive, Some(Directive::Write { lines: 4, boxed: true }));
    }

    #[test]
    fn bad_fences_are_reported_at_the_attribute() {
        for (line, message, place) in [
            (":::nte", "there is no directive `nte`", "nte"),
            ("::: {#x}", "this fence names no directive", "::: {#x}"),
            (":::note Please read", "“Please read” cannot stand on the fence", "Please read"),
            (":::note {title=\"x\"", "the braces on this fence are not closed", "{title=\"x\""),
            (":::note {lines=3}", "`:::note` has no attribute `lines`", "lines=3"),
            (":::write {lines=0}", "`lines` cannot be “0”", "lines=0"),
            (":::write {lines=41}", "`lines` cannot be “41”", "lines=41"),
            (":::write {box=yes}", "`box` cannot be “yes”", "box=yes"),
            (":::write {box}", "“box” is not an attribute", "box"),
            (":::tip {title=“Good to know”}", "the quotation marks here are curly ones", "“Good to know”"),
            (":::tip {title=\"Good}", "the text of `title` has no quotation mark at its end", "\"Good"),
            (":::tip {title=\"\"}", "the title is empty", "title=\"\""),
            (":::tip {.note}", "a directive has one name only", ".note"),
            (":::tip {#a #b}", "this attribute is given twice", "#b"),
        ] {
            assert_eq!(read(line).1, [(message.to_owned(), place.to_owned())], "{line}");
        }
    }

    #[test]
    fn fences_are_found_within_lists_and_quotations_and_masked_byte_for_byte() {
        let body = "x\r\n:::note {title=\"Für\"}  \r\n> - :::tip\n12. ::::\n  :: no\n: ::: neither\nword :::\n";
        let found = fences(body);
        let texts: Vec<&str> = found.iter().map(|fence| &body[fence.span.clone()]).collect();
        assert_eq!(texts, [":::note {title=\"Für\"}", ":::tip", "::::"]);
        assert_eq!(found.iter().map(Fence::closes).collect::<Vec<_>>(), [false, false, true]);
        let masked = mask(body, &found);
        assert_eq!(masked, "x\r\n**********************  \r\n> - ******\n12. ****\n  :: no\n: ::: neither\nword :::\n");
        assert_eq!(masked.len(), body.len());
    }
}
