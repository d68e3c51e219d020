//! Finds the tags of an HTML page as a browser would, so that nothing is ever put into a comment, a script or a title.
//!
//! This is the tokenizer of the HTML standard as far as it decides where tags are; it builds no tree and changes nothing.

use std::ops::Range;

/// A tag and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name in lower case.
    pub name: String,
    /// Whether it is an end tag.
    pub closes: bool,
    /// Its bytes, from `<` to `>`.
    pub span: Range<usize>,
    /// Its attributes, in order.
    pub attributes: Vec<Attribute>,
}

/// An attribute of a tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name in lower case.
    pub name: String,
    /// The bytes of its value, without quotes; empty when it has none.
    pub value: Range<usize>,
    /// The attribute as a whole.
    pub span: Range<usize>,
}

impl Tag {
    /// The first attribute of a name; browsers ignore the others.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// Whether it is a link to a style sheet, in the page it was found in.
    pub fn is_stylesheet(&self, html: &[u8]) -> bool {
        self.name == "link"
            && self
                .attribute("rel")
                .and_then(|rel| std::str::from_utf8(&html[rel.value.clone()]).ok())
                .is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("stylesheet")))
    }
}

/// What stands between tags.
#[derive(Debug, PartialEq, Eq)]
pub enum Token {
    /// A tag.
    Tag(Tag),
    /// Text, with the place of its first character that is no white space, if it has one.
    Text(Option<usize>),
    /// The contents of an element such as a script, which are no HTML.
    Raw(Range<usize>),
    /// A comment or document type.
    Aside,
}

/// The tokens of a page.
pub struct Tokens<'a> {
    html: &'a [u8],
    at: usize,
    /// The element whose text is no HTML, when the page is within one.
    raw: Option<String>,
}

/// Elements whose contents are text, whatever they look like. `noscript` is one, since scripts do run in the browser.
const RAW: &[&str] = &["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"];

impl<'a> Tokens<'a> {
    /// Starts at the beginning of a page.
    pub fn new(html: &'a [u8]) -> Self {
        // Browsers take no notice of a byte-order mark, which may only stand at the very start.
        let mark = b"\xef\xbb\xbf";
        Self { html, at: if html.starts_with(mark) { mark.len() } else { 0 }, raw: None }
    }

    fn text(&mut self, end: usize) -> Token {
        let visible = self.html[self.at..end].iter().position(|byte| !byte.is_ascii_whitespace());
        let start = self.at;
        self.at = end;
        Token::Text(visible.map(|visible| start + visible))
    }

    fn tag(&mut self) -> Option<Tag> {
        let start = self.at;
        let closes = self.html.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(closes);
        let name_end = self.seek(name_start, |byte| byte.is_ascii_whitespace() || byte == b'/' || byte == b'>');
        let mut at = name_end;
        let mut attributes = Vec::new();
        loop {
            at = self.seek(at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
            match self.html.get(at) {
                None => return None,
                Some(b'>') => break,
                Some(_) => attributes.push(self.attribute(&mut at)),
            }
        }
        self.at = at + 1;
        let name = self.lowercase(name_start..name_end);
        if !closes && RAW.contains(&name.as_str()) {
            self.raw = Some(name.clone());
        }
        Some(Tag { name, closes, span: start..at + 1, attributes })
    }

    fn attribute(&self, at: &mut usize) -> Attribute {
        let start = *at;
        // An equals sign at the very start belongs to the name.
        let ends_name = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
        let name_end = self.seek(start + 1, ends_name);
        let name = self.lowercase(start..name_end);
        let equals = self.seek(name_end, |byte| !byte.is_ascii_whitespace());
        if self.html.get(equals) != Some(&b'=') {
            *at = name_end;
            return Attribute { name, value: name_end..name_end, span: start..name_end };
        }
        let first = self.seek(equals + 1, |byte| !byte.is_ascii_whitespace());
        let (value, end) = match self.html.get(first) {
            Some(&quote @ (b'"' | b'\'')) => {
                let end = self.seek(first + 1, |byte| byte == quote);
                (first + 1..end, (end + 1).min(self.html.len()))
            }
            _ => {
                let end = self.seek(first, |byte| byte.is_ascii_whitespace() || byte == b'>');
                (first..end, end)
            }
        };
        *at = end;
        Attribute { name, value, span: start..end }
    }

    /// Where a comment, a document type or a mistaken tag ends.
    fn aside_end(&self) -> usize {
        let rest = &self.html[self.at..];
        if !rest.starts_with(b"<!--") {
            return (self.seek(self.at, |byte| byte == b'>') + 1).min(self.html.len());
        }
        // `<!-->` and `<!--->` are whole comments.
        let from = self.at + 2;
        let ends = [&b"-->"[..], b"--!>"].into_iter().filter_map(|end| Some(find(self.html, from, end)? + end.len()));
        ends.min().unwrap_or(self.html.len())
    }

    /// Where the text of the element `name` ends, which is at its end tag.
    fn raw_end(&self, name: &str) -> usize {
        let mut at = self.at;
        // Within a comment, a script may hold a whole script of its own.
        let (mut commented, mut nested) = (false, false);
        while at < self.html.len() {
            let rest = &self.html[at..];
            if self.is_tag(at, "</", name) {
                if !nested {
                    return at;
                }
                nested = false;
            } else if name == "script" && rest.starts_with(b"<!--") {
                // The dashes may be those of `-->` as well.
                commented = true;
                at += 2;
                continue;
            } else if rest.starts_with(b"-->") {
                (commented, nested) = (false, false);
            } else if commented && self.is_tag(at, "<", name) {
                nested = true;
            }
            at += 1;
        }
        self.html.len()
    }

    fn is_tag(&self, at: usize, open: &str, name: &str) -> bool {
        let start = at + open.len();
        let end = start + name.len();
        self.html[at..].starts_with(open.as_bytes())
            && self.html.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && self.html.get(end).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
    }

    fn seek(&self, from: usize, wanted: impl Fn(u8) -> bool) -> usize {
        let from = from.min(self.html.len());
        self.html[from..].iter().position(|byte| wanted(*byte)).map_or(self.html.len(), |length| from + length)
    }

    fn lowercase(&self, span: Range<usize>) -> String {
        String::from_utf8_lossy(&self.html[span]).to_ascii_lowercase()
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(name) = self.raw.take() {
            let end = self.raw_end(&name);
            let start = std::mem::replace(&mut self.at, end);
            if end > start {
                return Some(Token::Raw(start..end));
            }
        }
        if self.at >= self.html.len() {
            return None;
        }
        let starts_tag = |at: usize| {
            let after = |offset: usize| self.html.get(at + offset).copied();
            match after(1) {
                Some(b'/') => after(2).is_some_and(|byte| byte.is_ascii_alphabetic()),
                byte => byte.is_some_and(|byte| byte.is_ascii_alphabetic()),
            }
        };
        let starts_aside = |at: usize| match self.html.get(at + 1) {
            Some(b'!' | b'?') => true,
            Some(b'/') => self.html.get(at + 2).is_some() && !starts_tag(at),
            _ => false,
        };
        if self.html[self.at] == b'<' && starts_tag(self.at) {
            // A tag that never ends is nothing, and nor is what follows.
            return Some(match self.tag() {
                Some(tag) => Token::Tag(tag),
                None => {
                    self.at = self.html.len();
                    Token::Aside
                }
            });
        }
        if self.html[self.at] == b'<' && starts_aside(self.at) {
            self.at = self.aside_end();
            return Some(Token::Aside);
        }
        let mut end = self.at + 1;
        while end < self.html.len() && !(self.html[end] == b'<' && (starts_tag(end) || starts_aside(end))) {
            end += 1;
        }
        Some(self.text(end))
    }
}

fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    bytes.get(from..)?.windows(wanted.len()).position(|window| window == wanted).map(|length| from + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tags as they are found.
    fn tags(html: &str) -> Vec<String> {
        Tokens::new(html.as_bytes())
            .filter_map(|token| match token {
                Token::Tag(tag) => Some(format!("{}{}", if tag.closes { "/" } else { "" }, tag.name)),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn comments_scripts_and_titles_hide_tags() {
        assert_eq!(tags("<!-- <body> --><BODY\n><p>1 < 2 <3"), ["body", "p"]);
        assert_eq!(tags("<!--><p><!---><b><!-- --!><i><!-- <u>"), ["p", "b", "i"]);
        assert_eq!(
            tags("<title><body></title><script>'<body>'</scripty></SCRIPT ><p>"),
            ["title", "/title", "script", "/script", "p"]
        );
        assert_eq!(tags("<script><!--<script></script>--></script><p>"), ["script", "/script", "p"]);
        assert_eq!(tags("<script><!--></script><p>"), ["script", "/script", "p"]);
        assert_eq!(tags("<!DOCTYPE html><?xml <b>?></ ><p>"), ["p"]);
        assert_eq!(tags("<p><script>never closed <b>"), ["p", "script"]);
        assert_eq!(tags("<p><b never closed"), ["p"]);
    }

    #[test]
    fn attributes_are_read_in_every_spelling() {
        let html = "<LINK REL = stylesheet href='a>b.css'media=\"x\" disabled/>";
        let tag = Tokens::new(html.as_bytes()).find_map(|token| match token {
            Token::Tag(tag) => Some(tag),
            _ => None,
        });
        let tag = tag.unwrap();
        let value = |name| tag.attribute(name).map(|attribute| &html[attribute.value.clone()]);
        assert_eq!(tag.span, 0..html.len());
        assert_eq!(
            (value("rel"), value("href"), value("media"), value("disabled"), value("title")),
            (Some("stylesheet"), Some("a>b.css"), Some("x"), Some(""), None)
        );
    }
}
