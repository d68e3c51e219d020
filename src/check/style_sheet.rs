//! What a style sheet asks for, declaration by declaration: enough of CSS to find it, and where it stands.

use super::File;
use crate::site::Site;
use crate::source::Span;
use crate::theme;

/// The text of a file, if it is a style sheet of the site's own theme.
pub(super) fn of_own_theme<'s>(site: &Site, file: &File<'s>) -> Option<&'s str> {
    let is_style_sheet = file.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("css"));
    let is_own = theme::overlay(&site.config).is_some_and(|folder| file.path.as_str().starts_with(&folder));
    std::str::from_utf8(file.bytes).ok().filter(|_| is_style_sheet && is_own)
}

/// One `property: value`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Declaration<'c> {
    /// What stands before the brace.
    pub(super) selector: &'c str,
    /// The rules that begin with `@` around it, outermost first.
    pub(super) within: Vec<&'c str>,
    /// The property, in lower case.
    pub(super) property: String,
    /// The value, without what makes it important.
    pub(super) value: &'c str,
    /// Where property and value stand.
    pub(super) span: Span,
}

impl Declaration<'_> {
    /// Whether it counts on paper.
    pub(super) fn is_printed(&self) -> bool {
        self.within.iter().all(|rule| {
            let rule = rule.to_ascii_lowercase();
            !rule.starts_with("@media") || rule.contains("print") || !rule.contains("screen")
        })
    }
}

/// Every declaration of a style sheet, in order.
pub(super) fn declarations(css: &str) -> Vec<Declaration<'_>> {
    let mut found = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let bytes = css.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'/' if css[at..].starts_with("/*") => {
                let blank = css[start..at].trim().is_empty();
                at = css[at..].find("*/").map_or(css.len(), |end| at + end + 2);
                if blank {
                    start = at;
                }
                continue;
            }
            b'"' | b'\'' => at = end_of_string(bytes, at),
            b'(' => at = end_of_brackets(bytes, at),
            b'{' => {
                open.push(css[start..at].trim());
                start = at + 1;
            }
            b';' => {
                found.extend(declaration(css, start..at, &open));
                start = at + 1;
            }
            b'}' => {
                found.extend(declaration(css, start..at, &open));
                open.pop();
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The last byte of a string that begins at `at`.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() && bytes[end] != bytes[at] {
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
    end
}

/// The bracket that closes the one at `at`.
fn end_of_brackets(bytes: &[u8], at: usize) -> usize {
    let mut depth = 0;
    let mut end = at;
    while end < bytes.len() {
        match bytes[end] {
            b'(' => depth += 1,
            b')' => depth -= 1,
            b'"' | b'\'' => end = end_of_string(bytes, end),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        end += 1;
    }
    end
}

fn declaration<'c>(css: &'c str, range: Span, open: &[&'c str]) -> Option<Declaration<'c>> {
    let (&selector, around) = open.split_last().filter(|(selector, _)| !selector.starts_with('@'))?;
    let written = &css[range.clone()];
    let (property, value) = written.split_once(':')?;
    let start = range.start + written.len() - written.trim_start().len();
    Some(Declaration {
        selector,
        within: around.to_vec(),
        property: property.trim().to_ascii_lowercase(),
        value: value.split('!').next().unwrap_or_default().trim(),
        span: start..start + written.trim().len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_read_around_comments_strings_and_brackets() {
        let css = "@import 'x;y'; /* a{b:c} */ html { font-size : 12pt !important; content: \"};\" }\n\
                   @media print { .a, .b{COLOR:red} } @page { margin: 1cm } p{--x: url(data:image/png;base64,AA)}";
        let found: Vec<_> = declarations(css)
            .into_iter()
            .map(|found| (found.selector, found.within, found.property, found.value, &css[found.span]))
            .collect();
        assert_eq!(
            found,
            [
                ("html", vec![], "font-size".to_owned(), "12pt", "font-size : 12pt !important"),
                ("html", vec![], "content".to_owned(), "\"};\"", "content: \"};\""),
                (".a, .b", vec!["@media print"], "color".to_owned(), "red", "COLOR:red"),
                ("p", vec![], "--x".to_owned(), "url(data:image/png;base64,AA)", "--x: url(data:image/png;base64,AA)"),
            ]
        );
    }

    #[test]
    fn paper_is_told_from_screens() {
        let printed = |css| declarations(css)[0].is_printed();
        assert!(printed("p{x:y}") && printed("@media print{p{x:y}}") && printed("@media (min-width:9em){p{x:y}}"));
        assert!(printed("@media screen, print{p{x:y}}") && !printed("@media screen and (min-width:9em){p{x:y}}"));
    }

    #[test]
    fn broken_style_sheets_end() {
        for css in ["", "}", "{", "a{b", "a{b:c", "a{b:\"", "a{b:(", "/*", "a{b:'\\", "é{é:é}", "a{:}", "}}{{::;;"] {
            declarations(css);
        }
    }
}
