//! Reads HTML back into running text: citations and bibliographies are kept as HTML, which psychoed wrote itself.

use html5gum::{HtmlString, StartTag, Token, Tokenizer};
use serde_json::{Map, Value};

use super::run::{Run, on_the_web, push_text, words};

/// The running text in HTML. What paper cannot show leaves its words; scripts and styles leave nothing.
pub fn runs(html: &str) -> Vec<Run> {
    let mut open: Vec<Open> = vec![Open::default()];
    let mut silent = 0_usize;
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) if is_silent(&tag.name) => silent += usize::from(!tag.self_closing),
            Token::EndTag(tag) if is_silent(&tag.name) => silent = silent.saturating_sub(1),
            _ if silent > 0 => {}
            Token::String(text) => {
                if let Some(element) = open.last_mut() {
                    push_text(&text_of(&text), &mut element.runs);
                }
            }
            Token::StartTag(tag) if tag.name.as_slice() == b"br" => {
                if let Some(element) = open.last_mut() {
                    element.runs.push(Run::Break);
                }
            }
            Token::StartTag(tag) if !tag.self_closing => open.push(Open::of(&tag, &open)),
            Token::EndTag(tag) => close(&mut open, &tag.name),
            _ => {}
        }
    }
    while open.len() > 1 {
        close_last(&mut open);
    }
    open.pop().map(|element| element.runs).unwrap_or_default()
}

/// Data as paper needs it: every field `x_html` becomes a field `x` that holds running text.
pub fn without_html(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| match (name.strip_suffix("_html"), &value) {
                (Some(plain), Value::String(html)) => {
                    (plain.to_owned(), serde_json::to_value(runs(html)).unwrap_or_default())
                }
                _ => (name, without_html(value)),
            });
            Value::Object(fields.collect::<Map<String, Value>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_html).collect()),
        plain => plain,
    }
}

/// An element that has not been closed yet.
#[derive(Default)]
struct Open {
    name: HtmlString,
    href: Option<String>,
    small_caps: bool,
    /// Whether links within it show where they lead instead of their words.
    addresses: bool,
    runs: Vec<Run>,
}

impl Open {
    fn of(tag: &StartTag<()>, within: &[Open]) -> Self {
        let attribute = |name: &[u8]| {
            let found = tag.attributes.iter().find(|(known, _)| known.as_slice() == name);
            found.map(|(_, value)| text_of(value))
        };
        let class = attribute(b"class").unwrap_or_default();
        Self {
            name: tag.name.clone(),
            href: attribute(b"href"),
            small_caps: class == "small-caps",
            addresses: class == "reference-links" || within.last().is_some_and(|parent| parent.addresses),
            runs: Vec::new(),
        }
    }

    fn closed(self) -> Vec<Run> {
        let inlines = self.runs;
        if inlines.is_empty() {
            return inlines;
        }
        match self.name.as_slice() {
            b"i" | b"em" => vec![Run::Emphasis { inlines }],
            b"b" | b"strong" => vec![Run::Strong { inlines }],
            b"del" | b"s" => vec![Run::Struck { inlines }],
            b"sup" => vec![Run::Raised { inlines }],
            b"sub" => vec![Run::Lowered { inlines }],
            _ if self.small_caps => vec![Run::SmallCaps { inlines }],
            b"a" => link(self.href.as_deref().unwrap_or_default(), inlines, self.addresses),
            _ => inlines,
        }
    }
}

fn link(href: &str, inlines: Vec<Run>, show_address: bool) -> Vec<Run> {
    if let Some(anchor) = href.strip_prefix('#') {
        return vec![Run::Link { address: None, anchor: Some(anchor.to_owned()), beside: None, inlines }];
    }
    match on_the_web(href, &words(&inlines)) {
        (Some(address), _, Some(shown)) if show_address => {
            vec![Run::Link {
                address: Some(address),
                anchor: None,
                beside: None,
                inlines: vec![Run::Text { text: shown }],
            }]
        }
        (Some(address), ..) => vec![Run::Link { address: Some(address), anchor: None, beside: None, inlines }],
        _ => inlines,
    }
}

/// Closes an element and all that were opened within it; one that was never opened is passed over.
fn close(open: &mut Vec<Open>, name: &HtmlString) {
    if let Some(at) = open.iter().rposition(|element| element.name == *name).filter(|at| *at > 0) {
        while open.len() > at {
            close_last(open);
        }
    }
}

fn close_last(open: &mut Vec<Open>) {
    let Some(last) = open.pop() else { return };
    let Some(parent) = open.last_mut() else { return };
    for run in last.closed() {
        match run {
            Run::Text { text } => push_text(&text, &mut parent.runs),
            run => parent.runs.push(run),
        }
    }
}

fn is_silent(name: &HtmlString) -> bool {
    matches!(name.as_slice(), b"script" | b"style" | b"template" | b"head")
}

fn text_of(text: &HtmlString) -> String {
    String::from_utf8_lossy(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Run {
        Run::Text { text: text.to_owned() }
    }

    #[test]
    fn what_citations_are_made_of_comes_back() {
        let html = "<span class=\"citation\" id=\"cite-1\">(<a href=\"#ref-a\" role=\"doc-biblioref\">Elkin &amp; <i>al</i></a>)</span>";
        let inlines = vec![text("Elkin & "), Run::Emphasis { inlines: vec![text("al")] }];
        let link = Run::Link { address: None, anchor: Some("ref-a".into()), beside: None, inlines };
        assert_eq!(runs(html), [text("("), link, text(")")]);
    }

    #[test]
    fn links_of_a_bibliography_show_where_they_lead() {
        let html = "2<sup>a</sup> <span class=\"reference-links\"><a href=\"https://doi.org/10.1/x\">DOI</a></span>";
        let raised = Run::Raised { inlines: vec![text("a")] };
        let inlines = vec![text("doi.org/10.1/x")];
        let link = Run::Link { address: Some("https://doi.org/10.1/x".into()), anchor: None, beside: None, inlines };
        assert_eq!(runs(html), [text("2"), raised, text(" "), link]);
    }

    #[test]
    fn broken_html_leaves_its_words() {
        assert_eq!(words(&runs("<b>a<p>b</i>c<script>alert(1)</script></b></b>d<br>e")), "abcd e");
        assert_eq!(runs("<a href=\"javascript:x\">y</a>"), [text("y")]);
    }

    #[test]
    fn fields_of_html_become_running_text() {
        let value = serde_json::json!({ "a": [{ "entry_html": "<i>x</i>", "id": "y" }] });
        let expected = serde_json::json!({
            "a": [{ "entry": [{ "type": "emphasis", "inlines": [{ "type": "text", "text": "x" }] }], "id": "y" }]
        });
        assert_eq!(without_html(value), expected);
    }
}
