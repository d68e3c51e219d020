//! Puts the panel and the bar into a page that was rendered for readers.

use super::tags::{Tag, Token, Tokens};

/// What may stand before a page's body without starting it.
const OF_HEAD: &[&str] = &[
    "html", "head", "title", "base", "link", "meta", "style", "script", "noscript", "template", "basefont", "bgsound",
];

/// The page with `head` at the end of its head and `top` at the start of its body. Works on pages that leave tags out, as HTML
/// allows; what was there before stays byte for byte.
pub fn inject(html: &[u8], head: &str, top: &str) -> Vec<u8> {
    let places = Places::of(html);
    let mut page = Vec::with_capacity(html.len() + head.len() + top.len());
    page.extend_from_slice(&html[..places.head]);
    page.extend_from_slice(head.as_bytes());
    page.extend_from_slice(&html[places.head..places.top]);
    page.extend_from_slice(top.as_bytes());
    page.extend_from_slice(&html[places.top..]);
    page
}

struct Places {
    /// The end of the head.
    head: usize,
    /// The start of the body; never before `head`.
    top: usize,
}

impl Places {
    fn of(html: &[u8]) -> Self {
        let mut head = None;
        let mut templates = 0_usize;
        for token in Tokens::new(html) {
            let starts_body = match token {
                Token::Tag(tag) if tag.name == "template" => {
                    templates = if tag.closes { templates.saturating_sub(1) } else { templates + 1 };
                    None
                }
                _ if templates > 0 => None,
                Token::Tag(tag) if tag.name == "body" && !tag.closes => {
                    return Self { head: head.unwrap_or(tag.span.start), top: tag.span.end };
                }
                Token::Tag(tag) if tag.name == "head" && tag.closes => {
                    head = head.or(Some(tag.span.start));
                    None
                }
                Token::Tag(tag) => starts_body(&tag).then_some(tag.span.start),
                Token::Text(visible) => visible,
                Token::Raw(_) | Token::Aside => None,
            };
            if let Some(top) = starts_body {
                return Self { head: head.unwrap_or(top), top };
            }
        }
        Self { head: head.unwrap_or(html.len()), top: html.len() }
    }
}

fn starts_body(tag: &Tag) -> bool {
    !OF_HEAD.contains(&tag.name.as_str())
}
