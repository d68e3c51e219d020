//! How findings put things.

use crate::content::{Audience, LinkRole, RawLink};
use crate::site::{Page, Site};
use crate::source::Span;

/// The author's words between quotation marks, cut when they are long.
pub(super) fn quoted(words: &str) -> String {
    const LENGTH: usize = 80;
    let clean: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match clean.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("“{}…”", &clean[..end]),
        None => format!("“{clean}”"),
    }
}

/// What to write so that a link leads to `reference`.
pub(super) fn written(role: LinkRole, reference: &str) -> String {
    match role {
        LinkRole::Link => format!("`[…]({reference})`"),
        LinkRole::Image => format!("`![…]({reference})`"),
        LinkRole::Key => format!("`\"{reference}\"`"),
    }
}

/// How to describe a picture.
pub(super) fn described(picture: &RawLink) -> String {
    format!(
        "Say between the square brackets what the picture tells, in a sentence: `![Low mood leads to seeing fewer people]({})`.",
        picture.address
    )
}

/// What somebody calls a thing that asks for a target.
pub(super) fn role(role: LinkRole) -> &'static str {
    match role {
        LinkRole::Link | LinkRole::Key => "link",
        LinkRole::Image => "picture",
    }
}

/// A text as TOML and JSON have it, between quotation marks.
pub(super) fn between_marks(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// `a`, `a and b`, `a, b and c`; the last word before the last one is `and` or `or`.
pub(super) fn list(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// Audiences as front matter names them.
pub(super) fn audiences(audiences: &[Audience], last: &str) -> String {
    list(&audiences.iter().map(|audience| format!("`{}`", audience.name())).collect::<Vec<_>>(), last)
}

/// `1 day`, `2 days`.
pub(super) fn count(number: i64, singular: &str) -> String {
    if number == 1 { format!("1 {singular}") } else { format!("{number} {singular}s") }
}

/// A word with the article that it needs.
pub(super) fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) { "an" } else { "a" };
    format!("{article} {word}")
}

/// The first line of a stretch of a page: enough to point at a block.
pub(super) fn first_line(site: &Site, page: &Page, span: &Span) -> Span {
    let length = text(site, page, span).split(['\n', '\r']).next().map_or(0, str::len);
    span.start..span.start + length
}

/// Where some words stand within a stretch of a page; all of it when they do not stand there as they are.
pub(super) fn part_of(site: &Site, page: &Page, span: &Span, words: &str) -> Span {
    match text(site, page, span).find(words) {
        Some(at) => span.start + at..span.start + at + words.len(),
        None => span.clone(),
    }
}

pub(super) fn text<'a>(site: &'a Site, page: &Page, span: &Span) -> &'a str {
    site.sources.excerpt(page.path.as_str(), span).unwrap_or_default()
}
