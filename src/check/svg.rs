//! Reads an SVG for what it could do to a reader: run a script, or fetch something from somewhere.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::source::Span;

/// Something in an SVG that must not be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Danger {
    /// Where.
    pub span: Span,
    /// What, as the end of the sentence “this picture …”.
    pub what: String,
}

/// What was found in an SVG.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Inspection {
    /// Everything dangerous, in order.
    pub dangers: Vec<Danger>,
    /// Why the file is no SVG, if it is none, and where that shows.
    pub broken: Option<(usize, String)>,
}

/// Reads an SVG to its end, or to where it stops being one.
pub(super) fn inspect(text: &str) -> Inspection {
    let mut reader = Reader::from_str(text);
    let mut found = Inspection::default();
    let mut root = None;
    let mut depth = 0_usize;
    let mut in_style = false;
    loop {
        let start = position(&reader, text);
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(start).min(text.len());
                found.broken = Some((at, format!("it is not well-formed XML ({error})")));
                return found;
            }
        };
        let span = start..position(&reader, text);
        match event {
            Event::Start(element) => {
                root.get_or_insert_with(|| element.local_name().as_ref().to_owned());
                depth += 1;
                in_style = is(&element, "style");
                inspect_element(text, &element, &mut found.dangers);
            }
            Event::Empty(element) => {
                root.get_or_insert_with(|| element.local_name().as_ref().to_owned());
                inspect_element(text, &element, &mut found.dangers);
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                in_style = false;
            }
            Event::Text(_) | Event::CData(_) if in_style => inspect_css(&text[span.clone()], &span, &mut found.dangers),
            Event::PI(_) => found.dangers.push(Danger { span, what: "asks for a style sheet or program".into() }),
            Event::DocType(_) if text[span.clone()].contains('[') => {
                found.dangers.push(Danger { span, what: "defines entities, which can hide anything".into() });
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found.broken = match root.as_deref() {
        Some("svg") if depth == 0 => None,
        Some("svg") => Some((text.len(), "it ends in the middle".into())),
        Some(other) => Some((0, format!("it holds <{other}>, not <svg>"))),
        None => Some((0, "it holds no <svg>".into())),
    };
    found
}

fn position(reader: &Reader<&[u8]>, text: &str) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len())
}

fn is(element: &BytesStart, name: &str) -> bool {
    element.local_name().as_ref().eq_ignore_ascii_case(name)
}

const ACTIVE: [&str; 9] =
    ["script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler", "listener"];

fn inspect_element(text: &str, element: &BytesStart, dangers: &mut Vec<Danger>) {
    let name = element.name();
    if let Some(active) = ACTIVE.into_iter().find(|active| is(element, active)) {
        dangers.push(Danger { span: span_of(text, name.as_ref()), what: format!("holds <{active}>") });
    }
    for attribute in element.attributes().with_checks(false) {
        let Ok(attribute) = attribute else {
            dangers.push(Danger {
                span: span_of(text, name.as_ref()),
                what: format!("has an attribute on <{}> that cannot be read", name.as_ref()),
            });
            return;
        };
        let span = span_of(text, attribute.key.as_ref());
        let span = span.start..span_of(text, &attribute.value).end.max(span.end);
        let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else {
            let what = format!("hides the value of `{}` behind an entity", attribute.key.as_ref());
            dangers.push(Danger { span, what });
            continue;
        };
        inspect_attribute(element, attribute.key.local_name().as_ref(), &value, &span, dangers);
    }
}

fn inspect_attribute(element: &BytesStart, key: &str, value: &str, span: &Span, dangers: &mut Vec<Danger>) {
    let key = key.to_ascii_lowercase();
    let mut danger = |what: String| dangers.push(Danger { span: span.clone(), what });
    match key.as_str() {
        _ if key.starts_with("on") => danger(format!("runs a script when something happens (`{key}`)")),
        "href" | "src" if !is_harmless_reference(element, value) => {
            danger(format!("refers to something outside itself, `{value}`"));
        }
        // An animation can put a script into an attribute that was harmless.
        "attributename"
            if value.to_ascii_lowercase().ends_with("href") || value.to_ascii_lowercase().starts_with("on") =>
        {
            danger(format!("changes `{value}` by an animation"));
        }
        _ => inspect_css(value, span, dangers),
    }
}

/// A place in the picture itself, a bitmap within it, or an ordinary link.
fn is_harmless_reference(element: &BytesStart, value: &str) -> bool {
    let value = value.trim();
    let bitmaps = ["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"];
    let web = ["https://", "http://", "mailto:"];
    value.starts_with('#')
        || bitmaps.iter().any(|start| value.starts_with(start))
        || (is(element, "a") && web.iter().any(|start| value.starts_with(start)))
}

/// Looks for what a style fetches.
fn inspect_css(css: &str, span: &Span, dangers: &mut Vec<Danger>) {
    for fetched in super::rules::third_party_request::fetched_by_css(css) {
        if !css[fetched.clone()].starts_with('#') {
            let what = format!("refers to something outside itself, `{}`", &css[fetched]);
            dangers.push(Danger { span: span.clone(), what });
        }
    }
}

/// Where a part of a text stands in it.
fn span_of(text: &str, part: &str) -> Span {
    let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    if start <= text.len() && start + part.len() <= text.len() { start..start + part.len() } else { 0..0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dangers(inner: &str) -> Vec<(String, String)> {
        let text = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>"#);
        let found = inspect(&text);
        assert_eq!(found.broken, None, "{inner}");
        found.dangers.into_iter().map(|danger| (text[danger.span].to_owned(), danger.what)).collect()
    }

    #[test]
    fn a_plain_picture_is_harmless() {
        let plain = r##"<title>Cycle &amp; mood</title><style>.a { fill: url(#b); }</style>
            <use href="#c"/><a href="https://www.nhs.uk"><path fill="url('#b')" d="M0 0"/></a>
            <image href="data:image/png;base64,AAAA"/><text font-family="sans-serif">on a day</text>"##;
        assert_eq!(dangers(plain), []);
    }

    #[test]
    fn everything_active_or_foreign_is_found_at_its_place() {
        let outside = |what: &str| format!("refers to something outside itself, `{what}`");
        for (inner, at, what) in [
            ("<script>alert(1)</script>", "script", "holds <script>".to_owned()),
            ("<svg:SCRIPT/>", "svg:SCRIPT", "holds <script>".to_owned()),
            ("<foreignObject/>", "foreignObject", "holds <foreignObject>".to_owned()),
            ("<g onload='x()'/>", "onload='x()", "runs a script when something happens (`onload`)".to_owned()),
            ("<use xlink:href='http://evil/a#b'/>", "xlink:href='http://evil/a#b", outside("http://evil/a#b")),
            ("<image href='photo.png'/>", "href='photo.png", outside("photo.png")),
            ("<image href='data:image/svg+xml,x'/>", "href='data:image/svg+xml,x", outside("data:image/svg+xml,x")),
            ("<a href='&#106;avascript:x'/>", "href='&#106;avascript:x", outside("javascript:x")),
            ("<g fill='url(//evil/a)'/>", "fill='url(//evil/a)", outside("//evil/a")),
            ("<style>@import 'a.css';</style>", "@import 'a.css';", outside("a.css")),
            ("<style><![CDATA[a{b:url(x.png)}]]></style>", "<![CDATA[a{b:url(x.png)}]]>", outside("x.png")),
            (
                "<set attributeName='xlink:href' to='x'/>",
                "attributeName='xlink:href",
                "changes `xlink:href` by an animation".to_owned(),
            ),
            (
                "<?xml-stylesheet href='a.css'?>",
                "<?xml-stylesheet href='a.css'?>",
                "asks for a style sheet or program".to_owned(),
            ),
            ("<g id='&own;'/>", "id='&own;", "hides the value of `id` behind an entity".to_owned()),
        ] {
            assert_eq!(dangers(inner), [(at.to_owned(), what)], "{inner}");
        }
        let entities = "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>";
        assert_eq!(inspect(entities).dangers[0].what, "defines entities, which can hide anything");
    }

    #[test]
    fn what_is_no_svg_is_said_to_be_none() {
        for (text, why) in [
            ("", "it holds no <svg>"),
            ("<html/>", "it holds <html>, not <svg>"),
            ("<svg><g>", "it ends in the middle"),
        ] {
            assert_eq!(inspect(text).broken.map(|(_, why)| why).as_deref(), Some(why), "{text}");
        }
        assert!(inspect("<svg><g></svg>").broken.is_some());
        assert!(inspect(&"<g>".repeat(100_000)).broken.is_some());
    }
}
