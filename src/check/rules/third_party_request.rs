//! See the page beside this file.

use super::raw_html::is_html_among_content;
use crate::check::wording::quoted;
use crate::check::{File, Rule, walk, wording};
use crate::content::LinkRole;
use crate::content::block::{BlockBody, Inline};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, LinkTarget, Page, Site};
use crate::source::Span;
use crate::theme;

const HINT: &str = "Whoever runs that server learns who reads this page. Copy the file to the project, if its licence allows \
                    it, and use the copy.";

/// Pictures and HTML of a page.
pub(super) fn page(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    for (link, target) in page.links() {
        if let (LinkRole::Image, LinkTarget::Web(address)) = (link.value.role, target)
            && is_on_web(address)
        {
            found.push(request(rule, page.at(&link.span), "this picture", address));
        }
    }
    if site.config.markdown.allow_html {
        raw_html(rule, site, page, found);
    }
}

/// Templates and style sheets of the site's own theme, and HTML among the content.
pub(super) fn file(rule: &Rule, site: &Site, file: &File<'_>, found: &mut Vec<Diagnostic>) {
    let is_content = is_html_among_content(file.path);
    let (what, fetched_by): (_, fn(&str) -> Vec<Span>) = match file.path.extension() {
        _ if is_content => ("something in this file", fetched_by_html),
        Some(extension) if extension.eq_ignore_ascii_case("css") => ("something in this style sheet", fetched_by_css),
        Some(extension) if ["html", "htm"].iter().any(|html| extension.eq_ignore_ascii_case(html)) => {
            ("something in this template", fetched_by_html)
        }
        _ => return,
    };
    let is_own = theme::overlay(&site.config).is_some_and(|theme| file.path.as_str().starts_with(&theme));
    let Some(text) = std::str::from_utf8(file.bytes).ok().filter(|_| is_own || is_content) else { return };
    for address in fetched_by(text).into_iter().filter(|address| is_on_web(&text[address.clone()])) {
        found.push(request(rule, Location::new(file.path, &address), what, &text[address]));
    }
}

/// What a style sheet fetches: the address in each `url(…)` and `@import`.
pub(in crate::check) fn fetched_by_css(css: &str) -> Vec<Span> {
    let bytes = css.as_bytes();
    let lower = css.to_ascii_lowercase();
    let mut fetched = Vec::new();
    let mut at = 0;
    while at < css.len() {
        let rest = &lower[at..];
        let (keyword, imports) = if let Some(comment) = rest.strip_prefix("/*") {
            at += comment.find("*/").map_or(rest.len(), |end| end + 4);
            continue;
        } else if rest.starts_with("url(") {
            ("url(", false)
        } else if rest.starts_with("@import") {
            ("@import", true)
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        at += keyword.len();
        at += lower[at..].len() - lower[at..].trim_start().len();
        let quote = bytes.get(at).copied().filter(|byte| matches!(byte, b'"' | b'\''));
        if imports && quote.is_none() {
            continue;
        }
        let start = at + usize::from(quote.is_some());
        let end = match quote {
            Some(quote) => css[start..].find(char::from(quote)),
            None => css[start..].find(|c: char| c == ')' || c.is_whitespace()),
        };
        let end = end.map_or(css.len(), |end| start + end);
        fetched.push(start..end);
        at = end;
    }
    fetched
}

fn request(rule: &Rule, at: Location, what: &str, address: &str) -> Diagnostic {
    rule.finding(at, format!("{what} is fetched from somebody else's server, {}", quoted(address))).hint(HINT)
}

fn is_on_web(address: &str) -> bool {
    let address = address.trim_start().to_ascii_lowercase();
    ["http:", "https:", "//", "ftp:", "ws:", "wss:"].iter().any(|start| address.starts_with(start))
}

fn raw_html(rule: &Rule, site: &Site, page: &Page, found: &mut Vec<Diagnostic>) {
    for block in walk::blocks(&page.document.blocks) {
        let pieces = walk::inlines(block).filter_map(|inline| match inline {
            Inline::RawHtml(html) => Some(html),
            _ => None,
        });
        let own = if let BlockBody::RawHtml(html) = &block.body { Some(html) } else { None };
        for html in pieces.chain(own) {
            for address in fetched_by_html(html) {
                let span = wording::part_of(site, page, &block.span, &html[address.clone()]);
                found.push(request(rule, page.at(&span), "something in this HTML", &html[address]));
            }
        }
    }
}

/// What HTML fetches from the web without being asked: a scan for attributes, which also reads templates and fragments.
fn fetched_by_html(html: &str) -> Vec<Span> {
    let mut fetched: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        let start = at + open + 1;
        let end = html[start..].find('>').map_or(html.len(), |end| start + end);
        let name = html[start..end].split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        for (key, value) in attributes(&html[start..end]) {
            let value = value.start + start..value.end + start;
            let address = &html[value.clone()];
            let fetches = match key.to_ascii_lowercase().as_str() {
                "src" | "poster" | "data" | "background" | "manifest" | "ping" | "xlink:href" => true,
                "srcset" | "imagesrcset" => address.split(',').any(is_on_web),
                "href" => {
                    matches!(name.to_ascii_lowercase().as_str(), "link" | "use" | "image") && loads(&html[start..end])
                }
                _ => false,
            };
            if fetches && (is_on_web(address) || key.to_ascii_lowercase().ends_with("srcset")) {
                fetched.push(value);
            }
        }
        at = end;
    }
    let from_css = fetched_by_css(html).into_iter().filter(|address| is_on_web(&html[address.clone()]));
    fetched.extend(from_css);
    fetched.sort_by_key(|address| address.start);
    fetched
}

/// Whether a `link` element has the browser fetch its address, as opposed to naming it.
fn loads(tag: &str) -> bool {
    const ONLY_NAMED: [&str; 8] = ["canonical", "alternate", "license", "author", "me", "next", "prev", "help"];
    let rel = attributes(tag).into_iter().find(|(key, _)| key.eq_ignore_ascii_case("rel"));
    !rel.is_some_and(|(_, value)| {
        tag[value].split_ascii_whitespace().all(|word| ONLY_NAMED.contains(&word.to_ascii_lowercase().as_str()))
    })
}

/// The attributes of a tag without its brackets: each key, and where its value stands.
fn attributes(tag: &str) -> Vec<(&str, Span)> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(equals) = tag[at..].find('=') {
        let equals = at + equals;
        let key = tag[at..equals].trim_end();
        let key = &key
            [key.rfind(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/')).map_or(0, |space| space + 1)..];
        let value = equals + 1 + (tag[equals + 1..].len() - tag[equals + 1..].trim_start().len());
        let (start, end) = match tag[value..].chars().next() {
            Some(quote @ ('"' | '\'')) => {
                (value + 1, tag[value + 1..].find(quote).map_or(tag.len(), |end| value + 1 + end))
            }
            _ => (value, tag[value..].find(char::is_whitespace).map_or(tag.len(), |end| value + end)),
        };
        all.push((key, start..end));
        at = (end + 1).min(tag.len());
        while !tag.is_char_boundary(at) {
            at += 1;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, spans: Vec<Span>) -> Vec<&str> {
        spans.into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn css_is_read_around_comments_and_quotes() {
        let css = "@import url(//a.org/x.css); @IMPORT 'https://b.org';\n/* url(no) */ p { background: URL( \"c é.png\" ); \
                   src: url(d.woff2) } q { x: url(";
        assert_eq!(texts(css, fetched_by_css(css)), ["//a.org/x.css", "https://b.org", "c é.png", "d.woff2", ""]);
    }

    #[test]
    fn html_that_fetches_is_told_from_html_that_links() {
        let html = r#"<a href="https://a.org">a</a><img alt="ü=1" src = 'https://b.org/x.png'><link rel="canonical" href="https://c.org">
            <link rel=stylesheet href=//d.org/s.css><img srcset="x.png 1x, https://e.org/y.png 2x"><p style="background:url(http://f.org)">
            <script src="{{ script }}"></script><img src="https://"#;
        assert_eq!(
            texts(html, fetched_by_html(html)),
            ["https://b.org/x.png", "//d.org/s.css", "x.png 1x, https://e.org/y.png 2x", "http://f.org", "https://"]
        );
    }
}
