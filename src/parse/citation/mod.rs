//! Pandoc's citation grammar.
//!
//! ```text
//! group     = "[" item *(";" item) "]"       not followed by "(" or "{"
//! item      = [prefix] ["-"] "@" key [suffix]
//! narrative = ["-"] "@" key [ws ("[" suffix *(";" item) "]" | group)]
//! key       = alnum|_ , then alnum|_ or one of :.#$%&-+?<>~/ only if alnum|_ follows; or {…}
//! suffix    = [","] ([label] locator | "{" … "}") rest
//! ```

mod locator;
mod scan;

use crate::content::reference::Bibliography;
use crate::content::{Citation, CitationItem};
use crate::diagnostic::{Diagnostic, Location, Severity, nearest};
use crate::parse::fitted;
use crate::source::{SitePath, Span, Spanned};

use scan::{Key, Scan};

/// A stretch of running text between opaque things (code, links, images, emphasis, line breaks count as a space), with where
/// it came from.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The words, with Markdown's escapes and entities resolved.
    pub text: String,
    /// For each byte of `text`, the byte of the source it came from; one more for the end.
    pub origins: Vec<usize>,
    /// Bytes of `text` (start of a character) that were escaped in the source (`\\@`) and so mean nothing but themselves.
    pub escaped: Vec<usize>,
}

/// What a run falls into.
#[derive(Clone, Debug)]
pub enum Part {
    /// Words that cite nothing: where they are in the run's text.
    Text(Span),
    /// A citation; its audiences are filled in by the caller.
    Citation(Spanned<Citation>),
}

/// After so many faults on a page nobody reads suggestions any more, and looking for them would take long.
const SUGGESTIONS_AT_MOST: usize = 20;

/// The citation keys that there are.
pub trait Keys: Sync {
    /// Whether a work has the key.
    fn has(&self, key: &str) -> bool;

    /// The key that was probably meant by one that no work has.
    fn nearest(&self, key: &str) -> Option<&str>;
}

impl Keys for Bibliography {
    fn has(&self, key: &str) -> bool {
        self.work(key).is_some()
    }

    fn nearest(&self, key: &str) -> Option<&str> {
        nearest(key, self.works.keys().chain(self.aliases.keys()).map(String::as_str))
    }
}

/// Keys that can be told, but not listed.
impl<F: Fn(&str) -> bool + Sync> Keys for F {
    fn has(&self, key: &str) -> bool {
        self(key)
    }

    fn nearest(&self, _: &str) -> Option<&str> {
        None
    }
}

/// Splits a run at its citations. A bare `@word` that is no key is left as text, with a
/// warning, since it may be a name; within brackets an unknown key is a citation all the same and a rule reports it.
pub fn split(run: &Run, path: &SitePath, known: &dyn Keys, faults: &mut Vec<Diagnostic>) -> Vec<Part> {
    if !run.text.contains('@') {
        return if run.text.is_empty() { Vec::new() } else { vec![Part::Text(0..run.text.len())] };
    }
    let scan = Scan::of(&run.text, &run.escaped);
    let mut splitter = Splitter { run, scan, path, known, faults, parts: Vec::new(), text_start: 0 };
    splitter.run();
    splitter.parts
}

struct Splitter<'a> {
    run: &'a Run,
    scan: Scan,
    path: &'a SitePath,
    known: &'a dyn Keys,
    faults: &'a mut Vec<Diagnostic>,
    parts: Vec<Part>,
    /// Where the text that belongs to no part yet begins.
    text_start: usize,
}

impl Splitter<'_> {
    fn run(&mut self) {
        let mut marks = std::mem::take(&mut self.scan.marks).into_iter().peekable();
        let mut done = 0;
        for mark in &mut marks {
            if mark.at() < done {
                continue;
            }
            let end = match mark {
                scan::Mark::Group { open, close } => self.group(open, close),
                scan::Mark::Key(key) => self.bare(&key),
                scan::Mark::Unclosed { open, key } => {
                    let what = "the bracket before “@KEY” is not closed by a “]” in the same stretch of text";
                    self.half_bracket(&key, open..key.end, what)
                }
                scan::Mark::Unopened { key, close } => {
                    let what = "the bracket after “@KEY” is not opened by a “[” in the same stretch of text";
                    self.half_bracket(&key, key.start..close + 1, what)
                }
            };
            done = end.unwrap_or(done);
        }
        self.flush(self.run.text.len());
    }

    /// A bracket that holds a key. Returns where reading goes on; nothing when the bracket is only text.
    fn group(&mut self, open: usize, close: usize) -> Option<usize> {
        let after = close + 1;
        let items = match self.items(open, close, None) {
            Ok(items) => items,
            Err(fault) => {
                self.faults.push(*fault);
                return Some(after);
            }
        };
        if let Some(next @ ('(' | '{')) = self.run.text[after..].chars().next() {
            let written = &self.run.text[open..after];
            let fault = self.malformed(
                open..after + 1,
                format!("“{written}” is followed directly by “{next}”, so it is no citation"),
            );
            self.faults.push(fault.hint(format!("Put a space between them: `{written} {next}`.")));
            return Some(after);
        }
        self.cite(open..after, Citation { items, narrative: false, within: Vec::new() });
        Some(after)
    }

    /// A key outside brackets: part of the sentence, perhaps with a bracket of its own.
    fn bare(&mut self, key: &Key) -> Option<usize> {
        let name = key.name(&self.run.text);
        if !self.known.has(name) {
            let at = self.source(key.start..key.end);
            let fault = Diagnostic {
                severity: Severity::Warning,
                ..Diagnostic::error(
                    "citation-bare-unknown",
                    Location::new(self.path, &at),
                    format!("“@{name}” looks like a citation, but no bibliography has a work with this key"),
                )
            };
            let few = self.faults.len() < SUGGESTIONS_AT_MOST;
            let meant = few.then(|| self.known.nearest(name)).flatten();
            let work = match meant {
                Some(meant) => format!("did you mean `@{meant}`?"),
                None => "add it to the bibliography or mend the key.".to_owned(),
            };
            self.faults.push(fault.hint(format!("If it is a name, write `\\@{name}`. If it is a work, {work}")));
            return Some(key.end);
        }
        let mut items = vec![self.item("", key, "")];
        let mut end = key.end;
        if let Some((open, close)) = self.bracket_after(key.end) {
            match self.items(open, close, Some(key)) {
                Ok(read) => {
                    items = read;
                    end = close + 1;
                }
                Err(fault) => self.faults.push(*fault),
            }
        }
        self.cite(key.start..end, Citation { items, narrative: true, within: Vec::new() });
        Some(end)
    }

    /// The bracket that belongs to a bare key, if one follows and is not a link.
    fn bracket_after(&self, end: usize) -> Option<(usize, usize)> {
        let rest = &self.run.text[end..];
        let open = end + rest.len() - rest.trim_start().len();
        let close = self.scan.close_of(open)?;
        let followed_by_link = matches!(self.run.text[close + 1..].chars().next(), Some('(' | '['));
        (!followed_by_link).then_some((open, close))
    }

    /// Reads what stands between brackets. With `narrative` the first part may be only the suffix of that key.
    fn items(&self, open: usize, close: usize, narrative: Option<&Key>) -> Result<Vec<CitationItem>, Box<Diagnostic>> {
        let mut items = Vec::new();
        for (index, part) in self.scan.parts(open, close).enumerate() {
            let mut keys = self.scan.keys_within(open, &part);
            let first = keys.next();
            let second = keys.next();
            if let (Some(first), Some(second)) = (first, second) {
                return Err(Box::new(self.two_keys(first, second)));
            }
            match (first, narrative) {
                (Some(key), _) => {
                    if let (0, Some(narrative)) = (index, narrative) {
                        items.push(self.item("", narrative, ""));
                    }
                    let text = &self.run.text;
                    items.push(self.item(&text[part.start..key.start], key, &text[key.end..part.end]));
                }
                (None, Some(key)) if index == 0 => {
                    items.push(self.item("", key, &self.run.text[part.clone()]));
                }
                (None, _) => return Err(Box::new(self.no_key(&part, index))),
            }
        }
        Ok(fitted(items))
    }

    fn item(&self, prefix: &str, key: &Key, suffix: &str) -> CitationItem {
        let (locator, suffix) = locator::split(suffix);
        CitationItem {
            key: key.name(&self.run.text).to_owned(),
            key_span: self.source(key.name.clone()),
            prefix: single_spaced(prefix),
            locator,
            suffix: single_spaced(&suffix),
            suppress_author: key.suppresses_author,
        }
    }

    fn two_keys(&self, first: &Key, second: &Key) -> Diagnostic {
        let (a, b) = (first.name(&self.run.text), second.name(&self.run.text));
        self.malformed(second.start..second.end, format!("“@{b}” follows “@{a}” without a “;” between them"))
            .hint(format!("Separate works with “;”: `[@{a}; @{b}]`."))
    }

    fn no_key(&self, part: &Span, index: usize) -> Diagnostic {
        let words = self.run.text[part.clone()].trim();
        if words.is_empty() {
            let place = if index == 0 { "before the first" } else { "after a" };
            return self
                .malformed(
                    part.start.saturating_sub(1)..part.end.max(part.start),
                    format!("nothing stands {place} “;”"),
                )
                .hint("Take the “;” out, or write another work, such as `; @key`.");
        }
        let start = part.start + self.run.text[part.clone()].find(words).unwrap_or(0);
        self.malformed(start..start + words.len(), format!("“{words}” names no work"))
            .hint("Each part between “;” needs a key such as `@key`. Within one work write a comma instead of “;”.")
    }

    fn half_bracket(&mut self, key: &Key, within: Span, what: &str) -> Option<usize> {
        let name = key.name(&self.run.text);
        if self.known.has(name) {
            let fault = self.malformed(within, what.replace("KEY", name)).hint(format!(
                "Write `[@{name}]` with plain words only between the brackets: no emphasis, links or code. For a bracket \
                 that is no citation write `\\[` or `\\]`."
            ));
            self.faults.push(fault);
        }
        None
    }

    fn malformed(&self, within: Span, message: String) -> Diagnostic {
        let at = self.source(within);
        Diagnostic::error("citation-malformed", Location::new(self.path, &at), message)
    }

    fn cite(&mut self, within: Span, citation: Citation) {
        self.flush(within.start);
        self.text_start = within.end;
        let at = self.source(within);
        self.parts.push(Part::Citation(Spanned::new(citation, at)));
    }

    fn flush(&mut self, end: usize) {
        if self.text_start < end {
            self.parts.push(Part::Text(self.text_start..end));
        }
    }

    /// Where a stretch of the run stands in the source. The end is counted from the last byte, so that nothing that lies
    /// between it and the next word (a line's indent, say) is taken in.
    fn source(&self, within: Span) -> Span {
        let origin = |byte: usize| {
            let last = self.run.origins.last().copied().unwrap_or_default();
            self.run.origins.get(byte).copied().unwrap_or(last)
        };
        let start = origin(within.start);
        let end = if within.is_empty() { start } else { origin(within.end - 1) + 1 };
        start..end.max(start)
    }
}

/// The words with single spaces between them and none around them.
fn single_spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
