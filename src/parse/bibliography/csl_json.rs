//! CSL-JSON: an array of items, or one item. Items are cut out first, so that a broken one leaves the others whole.

use serde_json::{Map, Value};

use super::{Format, Found, Reader, dates, place, title, written};
use crate::content::identifier::bare_doi;
use crate::content::reference::Work;
use crate::source::Span;

/// Reads the works of one file.
pub(super) fn works(text: &str, reader: &mut Reader) -> Vec<Found> {
    let cut = items(text);
    if let Some(open) = cut.never_closed {
        let line = text[open..].lines().next().unwrap_or_default().len();
        reader.syntax(
            &(open..open + line),
            "this item is never closed",
            "Look for a `}` or a quotation mark that is missing.",
        );
    }
    if cut.items.is_empty()
        && cut.never_closed.is_none()
        && text.trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']) != "[]"
    {
        let hint = "CSL-JSON is an array of items: `[{\"id\": \"key\", \"type\": \"book\", \"title\": \"…\"}]`.";
        reader.syntax(&(0..0), "this file holds no CSL-JSON items", hint);
    }
    cut.items.into_iter().filter_map(|span| work(text, span, reader)).collect()
}

fn work(text: &str, span: Span, reader: &mut Reader) -> Option<Found> {
    let source = &text[span.clone()];
    let start = span.start..span.start + source.lines().next().unwrap_or_default().len();
    let csl: Map<String, Value> = match serde_json::from_str(source) {
        Ok(csl) => csl,
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            let here = span.start + place(source, error.line(), error.column());
            reader.stopped(&start, here, format!("this item cannot be read: {reason}"), "Mend the JSON there.");
            return None;
        }
    };
    let key = match csl.get("id") {
        Some(Value::String(id)) if !id.is_empty() => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => {
            reader.syntax(&start, "this item has no “id”", "Add the citation key: `\"id\": \"smith2001\",`.");
            return None;
        }
    };
    let quoted = serde_json::to_string(&key).unwrap_or_default();
    let key_span = id_place(source, &quoted).map_or(start, |at| span.start + at..span.start + at + quoted.len());
    let written = written::in_json(source, span.start);
    let csl = tidy(csl, &key);
    let work = Work { key, csl: csl.into(), path: reader.path.clone(), span, key_span, written };
    Some(Found { work, aliases: Vec::new(), format: Format::CslJson, broken: false })
}

/// The value of `"id"` in an item, for a tight span.
fn id_place(source: &str, quoted: &str) -> Option<usize> {
    let after = source.find("\"id\"")? + 4;
    let rest = &source[after..];
    let value = rest.trim_start().strip_prefix(':')?.trim_start();
    value.starts_with(quoted).then(|| source.len() - value.len())
}

/// Brings what programs write in different ways into one form.
fn tidy(mut csl: Map<String, Value>, key: &str) -> Map<String, Value> {
    csl.insert("id".into(), key.into());
    if csl.get("type").and_then(Value::as_str).is_none_or(str::is_empty) {
        csl.insert("type".into(), "document".into());
    }
    if let Some(doi) = csl.get("DOI").and_then(Value::as_str) {
        let bare = bare_doi(doi).to_owned();
        csl.insert("DOI".into(), bare.into());
    }
    for variable in ["volume", "issue", "page", "number", "edition", "PMID", "chapter-number", "number-of-volumes"] {
        if let Some(Value::Number(number)) = csl.get(variable) {
            let text = number.to_string();
            csl.insert(variable.into(), text.into());
        }
    }
    for variable in ["issued", "accessed", "event-date", "original-date", "submitted"] {
        let Some(date) = csl.get_mut(variable) else { continue };
        if let Some(read) = date.get("raw").and_then(Value::as_str).and_then(dates::edtf) {
            *date = read;
        }
    }
    // A date in words, such as “in press”, is what styles call the status.
    if let Some(words) =
        csl.get("issued").and_then(|issued| issued.get("literal")).filter(|words| words.is_string()).cloned()
        && csl["issued"].get("date-parts").is_none()
    {
        csl.remove("issued");
        csl.entry("status").or_insert(words);
    }
    if !csl.contains_key("title-short")
        && let Some(short) = csl.get("title").and_then(Value::as_str).and_then(title::before_colon)
    {
        csl.insert("title-short".into(), short.into());
    }
    if let Some(event) = csl.remove("event") {
        csl.entry("event-title").or_insert(event);
    }
    csl.retain(|_, value| !matches!(value, Value::Null) && value.as_str() != Some(""));
    csl
}

struct Cut {
    items: Vec<Span>,
    never_closed: Option<usize>,
}

/// The objects at the outermost level, whatever else stands there.
fn items(text: &str) -> Cut {
    let mut cut = Cut { items: Vec::new(), never_closed: None };
    let (mut depth, mut start, mut in_string, mut escaped) = (0usize, 0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' if depth > 0 => in_string = true,
            b'{' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            b'}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    cut.items.push(start..at + 1);
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        cut.never_closed = Some(start);
    }
    cut
}
