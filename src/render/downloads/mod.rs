//! References as `.bib`, `.ris` and CSL-JSON.

mod bib;
mod ris;

use serde_json::{Map, Value};

use crate::content::reference::Work;

pub use bib::bib;
pub use ris::ris;

/// A CSL-JSON array.
pub fn csl_json(works: &[&Work]) -> String {
    let items: Vec<&Map<String, Value>> = works.iter().map(|work| &*work.csl).collect();
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    text
}

/// A date of a CSL item: its first parts, its last if it is a range, and whether it is only about right.
struct Dated {
    first: Vec<i64>,
    last: Option<Vec<i64>>,
    circa: bool,
}

fn dated(work: &Work, variable: &str) -> Option<Dated> {
    let date = work.csl.get(variable)?;
    let mut parts = date.get("date-parts")?.as_array()?.iter().map(|parts| {
        let numbers = parts.as_array().into_iter().flatten();
        numbers.map_while(|part| part.as_i64().or_else(|| part.as_str()?.parse().ok())).collect::<Vec<i64>>()
    });
    let first = parts.next().filter(|first| !first.is_empty())?;
    let circa = date.get("circa").is_some_and(|circa| !matches!(circa, Value::Null | Value::Bool(false)));
    Some(Dated { first, last: parts.next(), circa })
}

/// A part of a name of a CSL item.
fn name_part<'n>(name: &'n Value, part: &str) -> &'n str {
    name.get(part).and_then(Value::as_str).unwrap_or_default()
}

/// The names of a role.
fn names<'w>(work: &'w Work, role: &str) -> &'w [Value] {
    work.csl.get(role).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A variable as text, also where a program wrote a number.
fn text(work: &Work, variable: &str) -> Option<String> {
    match work.csl.get(variable)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Text without markup.
fn plain(text: &str) -> String {
    let mut plain = text.to_owned();
    if !plain.contains('<') {
        return plain;
    }
    for (open, close) in MARKUP.iter().map(|(open, close, _)| (*open, *close)) {
        if plain.contains(open) {
            plain = plain.replace(open, "").replace(close, "");
        }
    }
    plain
}

/// Markup of CSL text, with the LaTeX command that says the same.
const MARKUP: [(&str, &str, &str); 7] = [
    ("<i>", "</i>", "\\emph"),
    ("<b>", "</b>", "\\textbf"),
    ("<sup>", "</sup>", "\\textsuperscript"),
    ("<sub>", "</sub>", "\\textsubscript"),
    ("<span style=\"font-variant:small-caps;\">", "</span>", "\\textsc"),
    ("<sc>", "</sc>", "\\textsc"),
    ("<span class=\"nocase\">", "</span>", ""),
];

#[cfg(test)]
mod tests;
