//! The paper view: a page on the screen as it comes out of a printer.
//!
//! Browsers apply print styles only when they print. So the page's style sheets are served with every media query rewritten to
//! hold on the screen when it would hold on paper ([`stylesheet`]), and the page is made to ask for those ([`page`]). The page
//! becomes one long sheet: only the browser's own print preview knows where pages break.

use std::fmt::Write;
use std::ops::Range;

use url::Url;

use super::media::{self, Sheet};
use super::tags::{Tag, Token, Tokens};
use super::view::View;

/// The page at `here`, such as `/patient/index.html`, with its style sheets asked for as the view needs them.
pub fn page(html: &[u8], here: &str, view: View) -> Vec<u8> {
    let Some(folder) = view.folder() else { return html.to_vec() };
    let base = Url::parse("http://site.invalid").and_then(|site| site.join(here)).ok();
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut style = false;
    for token in Tokens::new(html) {
        match token {
            Token::Tag(tag) => {
                style = tag.name == "style" && !tag.closes;
                if style || tag.is_stylesheet(html) {
                    changes.extend(media_change(&tag, html));
                    changes.extend(base.as_ref().and_then(|base| address_change(&tag, html, base, folder)));
                }
            }
            Token::Raw(span) if style => {
                if let Ok(css) = std::str::from_utf8(&html[span.clone()]) {
                    changes.push((span, on_paper(css).css));
                }
            }
            _ => {}
        }
    }
    changes.sort_by_key(|(span, _)| span.start);
    let mut page = Vec::with_capacity(html.len() + 64);
    let mut written = 0;
    for (span, text) in changes {
        page.extend_from_slice(&html[written..span.start]);
        page.extend_from_slice(text.as_bytes());
        written = span.end;
    }
    page.extend_from_slice(&html[written..]);
    page
}

/// A style sheet as [`page`] wants it: what is for paper applies on the screen, and what is for screens alone never does.
pub fn stylesheet(css: &str, view: View) -> String {
    let rewritten = on_paper(css);
    let Sheet { width, height, margins: [top, right, bottom, left] } = rewritten.sheet;
    let mut css = rewritten.css;
    // The fixed parts of a printed page stay within its margins, and so do those of a box that is moved by nothing.
    let _ = write!(
        css,
        "\n@media screen{{\
         :root{{color-scheme:only light!important;min-block-size:100%;background:#6f675f!important}}\
         body{{--psychoed-left:{left:.0}px;--psychoed-right:{right:.0}px;--psychoed-top:{top:.0}px;\
         box-sizing:border-box!important;inline-size:{width:.0}px!important;max-inline-size:none!important;\
         min-block-size:{height:.0}px!important;margin:72px auto 48px!important;padding:0!important;\
         border:solid #fff!important;border-width:{top:.0}px {right:.0}px {bottom:.0}px {left:.0}px!important;\
         background:#fff!important;box-shadow:0 2px 12px #0006;transform:translate(0)}}}}\n"
    );
    if view == View::Large {
        css.push_str(
            "@media screen{:root:root{font-size:18pt!important}body:not(#psychoed){font-size:1rem!important}}\n",
        );
    }
    css
}

fn media_change(tag: &Tag, html: &[u8]) -> Option<(Range<usize>, String)> {
    let media = tag.attribute("media")?;
    let queries = std::str::from_utf8(&html[media.value.clone()]).ok()?;
    let rewritten = media::on_paper(queries, &Sheet::default());
    (rewritten != queries).then(|| (media.span.clone(), format!("media=\"{}\"", rewritten.replace('"', "&quot;"))))
}

/// The view's own copy of a style sheet of the site; those of other servers stay what they are.
fn address_change(tag: &Tag, html: &[u8], base: &Url, folder: &str) -> Option<(Range<usize>, String)> {
    let href = tag.attribute("href")?;
    let written = std::str::from_utf8(&html[href.value.clone()]).ok()?.trim();
    // References to characters stand for characters; an address has no other use for them than `&amp;`.
    let address = base.join(&written.replace("&amp;", "&")).ok()?;
    if address.origin() != base.origin() || address.path().starts_with(super::address::INDEX) {
        return None;
    }
    let query = address.query().map(|query| format!("?{query}")).unwrap_or_default();
    let copy = format!("{folder}{}{query}", address.path().trim_start_matches('/'));
    Some((href.span.clone(), format!("href=\"{}\"", copy.replace('&', "&amp;").replace('"', "%22"))))
}

struct Rewritten {
    css: String,
    sheet: Sheet,
}

/// Rewrites every media query of a style sheet. Everything else, understood or not, stays byte for byte; only what the sheet
/// leaves open at its end is closed, as browsers do, so that more can follow.
fn on_paper(css: &str) -> Rewritten {
    let mut scan = Scan { css, at: 0, out: String::with_capacity(css.len() + 256), open: Vec::new(), tail: "" };
    // Widths are those of the sheet, which is known only when it was read.
    let sheet = sheet(css);
    while scan.at < css.len() {
        scan.step(&sheet);
    }
    let tail = scan.tail;
    scan.out.push_str(tail);
    let closing: Vec<char> = scan.open.into_iter().rev().collect();
    scan.out.extend(closing);
    Rewritten { css: scan.out, sheet }
}

struct Scan<'a> {
    css: &'a str,
    at: usize,
    out: String,
    /// What has to close the brackets that are open.
    open: Vec<char>,
    /// What has to close a comment, string or escape that the sheet ends in.
    tail: &'static str,
}

impl Scan<'_> {
    /// Copies one token, with what it asks of media rewritten.
    fn step(&mut self, sheet: &Sheet) {
        let rest = &self.css[self.at..];
        let length = skip(self.css, self.at);
        let token = &rest[..length];
        if let Some(name) = token.strip_prefix('@') {
            let rule = match name.to_ascii_lowercase().as_str() {
                "media" => Some(media_rule as fn(&str, &Sheet) -> String),
                "import" => Some(import_rule as fn(&str, &Sheet) -> String),
                _ => None,
            };
            if let Some(rewrite) = rule {
                let prelude = prelude(self.css, self.at + length);
                self.out.push_str(token);
                self.out.push_str(&rewrite(&self.css[prelude.clone()], sheet));
                self.at = prelude.end;
                self.tail = if self.at == self.css.len() { "\n" } else { "" };
                return;
            }
        }
        match token.chars().next() {
            Some('{') => self.open.push('}'),
            Some('(') => self.open.push(')'),
            Some('[') => self.open.push(']'),
            Some(bracket @ ('}' | ')' | ']')) if self.open.last() == Some(&bracket) => {
                self.open.pop();
            }
            _ => {}
        }
        if self.at + length == self.css.len() {
            self.tail = left_open(token);
        }
        // `url(` is one token with what it holds, or else with its bracket.
        if token.len() > 1 && token.ends_with('(') {
            self.open.push(')');
        }
        self.out.push_str(token);
        self.at += length;
    }
}

/// What closes the last token of a sheet.
fn left_open(token: &str) -> &'static str {
    let is_url = token.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url("));
    match token.chars().next() {
        Some('/') if token.starts_with("/*") && (token.len() < 4 || !token.ends_with("*/")) => "*/",
        Some('"' | '\'' | '\\') => "\n",
        _ if is_url && !token.ends_with(')') && token.len() > 4 => ")",
        _ => "",
    }
}

/// The length of the token at a place. A token here is a comment, a string, an address, an at-keyword, or else a word or a
/// single character.
fn skip(css: &str, at: usize) -> usize {
    let rest = &css[at..];
    let mut characters = rest.chars();
    let Some(first) = characters.next() else { return 0 };
    match first {
        '/' if rest.starts_with("/*") => rest[2..].find("*/").map_or(rest.len(), |end| end + 4),
        '"' | '\'' => string_length(rest, first),
        '\\' => 1 + characters.next().map_or(0, char::len_utf8),
        '@' => 1 + name_length(&rest[1..]),
        _ if is_name(first) => {
            let length = name_length(rest);
            let is_url = rest[..length].eq_ignore_ascii_case("url") && rest[length..].starts_with('(');
            if is_url { url_length(rest, length + 1) } else { length }
        }
        _ => first.len_utf8(),
    }
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '-' || character == '_' || !character.is_ascii()
}

fn name_length(rest: &str) -> usize {
    rest.find(|character| !is_name(character)).unwrap_or(rest.len())
}

fn string_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // A string never runs over the end of its line.
            '\n' => return at,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of `url(` with an address that has no quotes; one that has is an ordinary string in brackets.
fn url_length(rest: &str, open: usize) -> usize {
    if rest[open..].trim_start().starts_with(['"', '\'']) {
        return open;
    }
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip_while(|(at, _)| *at < open) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ')' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// What stands between an at-rule's name and its block or its semicolon.
fn prelude(css: &str, from: usize) -> Range<usize> {
    let mut at = from;
    let mut depth = 0_usize;
    while at < css.len() {
        let length = skip(css, at);
        let token = &css[at..at + length];
        match token {
            "{" | ";" | "}" if depth == 0 => break,
            "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ if token.ends_with('(') => depth += 1,
            _ => {}
        }
        at += length;
    }
    from..at
}

/// The queries of `@media`. A space follows the name, since the sheet may have had a bracket there.
fn media_rule(queries: &str, sheet: &Sheet) -> String {
    let rewritten = media::on_paper(queries, sheet);
    if rewritten.starts_with(|first: char| first.is_ascii_whitespace()) { rewritten } else { format!(" {rewritten}") }
}

/// What `@import` imports, with the queries that may follow.
fn import_rule(prelude: &str, sheet: &Sheet) -> String {
    let spaces = prelude.len() - prelude.trim_start().len();
    let mut end = spaces + skip(prelude, spaces);
    if prelude[..end].ends_with('(') {
        end = prelude[end..].find(')').map_or(prelude.len(), |close| end + close + 1);
    }
    // `layer(…)` and `supports(…)` stand before the queries.
    loop {
        let from = end + (prelude[end..].len() - prelude[end..].trim_start().len());
        let length = name_length(&prelude[from..]);
        let name = prelude[from..from + length].to_ascii_lowercase();
        if name != "layer" && name != "supports" {
            break;
        }
        end = from + length;
        if prelude[end..].starts_with('(') {
            end = bracket_end(prelude, end);
        }
    }
    let (imported, queries) = prelude.split_at(end);
    if queries.trim().is_empty() {
        prelude.to_owned()
    } else {
        format!("{imported}{}", media::on_paper(queries, sheet))
    }
}

/// The place after the bracket that closes the one at a place.
fn bracket_end(css: &str, from: usize) -> usize {
    let mut at = from;
    let mut depth = 0_usize;
    while at < css.len() {
        let length = skip(css, at);
        let token = &css[at..at + length];
        if token.ends_with('(') {
            depth += 1;
        } else if token == ")" {
            depth -= 1;
        }
        at += length;
        if depth == 0 {
            break;
        }
    }
    at
}

/// The sheet that the style sheet's `@page` asks for. Named pages and first pages are left aside.
fn sheet(css: &str) -> Sheet {
    let mut sheet = Sheet::default();
    let mut at = 0;
    while at < css.len() {
        let length = skip(css, at);
        if css[at..at + length].eq_ignore_ascii_case("@page") {
            let prelude = prelude(css, at + length);
            if css[prelude.clone()].trim().is_empty() && css[prelude.end..].starts_with('{') {
                page_rule(css, prelude.end + 1, &mut sheet);
            }
        }
        at += length;
    }
    sheet
}

fn page_rule(css: &str, from: usize, sheet: &mut Sheet) {
    let mut at = from;
    let mut declaration = String::new();
    let mut depth = 0_usize;
    while at < css.len() {
        let length = skip(css, at);
        let token = &css[at..at + length];
        match token {
            "{" => (depth, declaration) = (depth + 1, String::new()),
            "}" if depth > 0 => depth -= 1,
            ";" | "}" if depth == 0 => {
                declare(&declaration, sheet);
                declaration.clear();
                if token == "}" {
                    return;
                }
            }
            _ if depth == 0 && !token.starts_with("/*") => declaration.push_str(token),
            _ => {}
        }
        at += length;
    }
    declare(&declaration, sheet);
}

fn declare(declaration: &str, sheet: &mut Sheet) {
    let Some((property, value)) = declaration.split_once(':') else { return };
    let value = value.to_ascii_lowercase();
    let value = value.trim_end().trim_end_matches("!important");
    let lengths: Option<Vec<f64>> = value.split_ascii_whitespace().map(media::length).collect();
    let sides = ["margin-top", "margin-right", "margin-bottom", "margin-left"];
    match (property.trim().to_ascii_lowercase().as_str(), lengths.as_deref()) {
        ("size", _) => size(value, sheet),
        ("margin", Some(&[all])) => sheet.margins = [all; 4],
        ("margin", Some(&[block, inline])) => sheet.margins = [block, inline, block, inline],
        ("margin", Some(&[top, inline, bottom])) => sheet.margins = [top, inline, bottom, inline],
        ("margin", Some(&[top, right, bottom, left])) => sheet.margins = [top, right, bottom, left],
        (side, Some(&[margin])) => {
            if let Some(at) = sides.iter().position(|name| *name == side) {
                sheet.margins[at] = margin;
            }
        }
        _ => {}
    }
}

fn size(value: &str, sheet: &mut Sheet) {
    let mut lengths = Vec::new();
    let mut landscape = false;
    for word in value.split_ascii_whitespace() {
        let millimetres = match word {
            "landscape" => {
                landscape = true;
                continue;
            }
            "a3" => (297.0, 420.0),
            "a4" => (210.0, 297.0),
            "a5" => (148.0, 210.0),
            "b4" => (250.0, 353.0),
            "b5" => (176.0, 250.0),
            "letter" => (215.9, 279.4),
            "legal" => (215.9, 355.6),
            "ledger" => (279.4, 431.8),
            _ => {
                lengths.extend(media::length(word).filter(|length| *length > 0.0));
                continue;
            }
        };
        lengths = vec![millimetres.0 * media::MILLIMETRE, millimetres.1 * media::MILLIMETRE];
    }
    match lengths[..] {
        [side] => (sheet.width, sheet.height) = (side, side),
        [width, height] => (sheet.width, sheet.height) = (width, height),
        _ => {}
    }
    if landscape && sheet.height > sheet.width {
        (sheet.width, sheet.height) = (sheet.height, sheet.width);
    }
}
