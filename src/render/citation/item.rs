//! Works as the engine takes them.
//!
//! The engine knows neither markup nor date ranges, changes the case of words like “mHealth”, and panics on what it does
//! not expect. So markup becomes private characters that the writer turns back, dates are checked, and nothing is handed
//! over that it could stumble on.

use std::collections::BTreeMap;

use hayagriva::citationberg::json::{DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange};
use serde_json::Value as Json;

use crate::content::reference::Work;

/// Markup in text: how it starts and ends, and what it makes of a look.
const MARKUP: [(&str, &str, Wear); 7] = [
    ("<i>", "</i>", Wear::Italic),
    ("<b>", "</b>", Wear::Bold),
    ("<sup>", "</sup>", Wear::Raised),
    ("<sub>", "</sub>", Wear::Lowered),
    ("<span style=\"font-variant:small-caps;\">", "</span>", Wear::SmallCaps),
    ("<sc>", "</sc>", Wear::SmallCaps),
    ("<span class=\"nocase\">", "</span>", Wear::Nothing),
];

/// What markup does to text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wear {
    Italic,
    Bold,
    Raised,
    Lowered,
    SmallCaps,
    Nothing,
}

/// A text with markup: its words as the engine gets them, and what stretches of them wear. The engine knows no markup and
/// trips over it when it changes capitals, so it is put back on afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marked {
    /// The words.
    pub words: String,
    /// From one character to another.
    pub worn: Vec<(usize, usize, Wear)>,
}

/// The variable that tells whether a work has editors; styles are mended to ask for it.
pub(super) const HAS_EDITORS: &str = "citation-key";

/// Stands for “and others” behind one name.
pub(super) const OTHERS: char = '\u{e00e}';

/// Stands for “and others” behind several names.
pub(super) const MANY_OTHERS: char = '\u{e00f}';

/// Stand for quotation marks in a text, which are printed as the language has them. The engine must know them for marks.
pub(super) const QUOTES: [char; 2] = ['‹', '›'];

/// What is added to a letter to hide it from changes of case.
const HIDDEN: u32 = 0xF0000;

fn hide(letter: char) -> char {
    let code = u32::from(letter);
    if code < 0xFFFE { char::from_u32(HIDDEN + code).unwrap_or(letter) } else { letter }
}

/// The letter that a private character hides, or the character itself.
pub(super) fn revealed(character: char) -> char {
    let code = u32::from(character);
    code.checked_sub(HIDDEN).filter(|code| *code < 0xFFFE).and_then(char::from_u32).unwrap_or(character)
}

/// Which end of a range of dates is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    First,
    Last,
}

/// The texts of a work that hold markup.
pub(super) fn marked(work: &Work) -> Vec<Marked> {
    let texts = work.csl.iter().filter(|(variable, _)| !VERBATIM.contains(&variable.as_str()));
    let marked = texts.filter_map(|(_, value)| value.as_str()).filter(|text| text.contains('<')).map(printable);
    let mut marked: Vec<Marked> = marked.filter(|marked| !marked.worn.is_empty()).collect();
    // A short title is found within the whole one; the whole one is looked for first.
    marked.sort_by_key(|marked| std::cmp::Reverse(marked.words.len()));
    marked
}

/// A work for the engine. Of a date range it gets one end.
pub(super) fn of(work: &Work, end: End) -> Item {
    let mut item = BTreeMap::new();
    item.insert("id".to_owned(), Value::String(work.key.clone()));
    for (variable, value) in work.csl.iter() {
        let value = match value {
            Json::String(text) => text_value(variable, text),
            Json::Number(number) => Some(Value::String(number.to_string())),
            Json::Array(names) => names_value(names),
            Json::Object(date) => date_value(date, end),
            Json::Bool(_) | Json::Null => None,
        };
        if let Some(value) = value {
            item.entry(variable.clone()).or_insert(value);
        }
    }
    // Styles ask for the short title alone; see `style::mend_text`.
    let short = ["container-title-short", "journalAbbreviation", "container-title"];
    if let Some(short) = short.iter().find_map(|variable| item.get(*variable)).cloned() {
        item.insert("container-title-short".to_owned(), short);
    }
    item.remove(HAS_EDITORS);
    if item.contains_key("editor") {
        item.insert(HAS_EDITORS.to_owned(), Value::String("yes".to_owned()));
    }
    if !item.contains_key("language") && is_foreign(work) {
        item.insert("language".to_owned(), Value::String("und".to_owned()));
    }
    Item(item)
}

/// Whether a work was issued over a range of dates, and whether the range has an end.
pub(super) fn issued_range(work: &Work) -> Option<bool> {
    let parts = work.csl.get("issued")?.get("date-parts")?.as_array()?;
    let last = parts.get(1)?.as_array()?;
    Some(last.first().and_then(Json::as_i64).is_some_and(|year| year != 0))
}

/// Variables whose words styles may write with other capitals.
const CASED: [&str; 10] = [
    "title",
    "title-short",
    "container-title",
    "container-title-short",
    "collection-title",
    "volume-title",
    "event-title",
    "genre",
    "medium",
    "status",
];

/// Variables that count something.
const NUMBERS: [&str; 9] = [
    "volume",
    "issue",
    "number",
    "edition",
    "chapter-number",
    "collection-number",
    "part-number",
    "supplement-number",
    "version",
];

/// Whether CSL takes a value for a number: `12`, `D2`, `2nd`, or several of these. The engine also takes `CP-12` for one.
fn is_numeric(value: &str) -> bool {
    value.split([',', '-', '–', '&']).map(str::trim).all(|part| {
        let digits = part.trim_matches(char::is_alphabetic);
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
    })
}

/// Variables that are no text for people to read.
const VERBATIM: [&str; 10] = ["id", "type", "DOI", "URL", "ISBN", "ISSN", "PMID", "PMCID", "language", "page"];

fn text_value(variable: &str, text: &str) -> Option<Value> {
    if VERBATIM.contains(&variable) {
        return Some(Value::String(text.chars().filter(|c| is_shown(*c)).collect())).filter(|_| !text.is_empty());
    }
    let mut marked = printable(text).words;
    if CASED.contains(&variable) {
        marked = with_hidden_capitals(&marked);
    }
    if NUMBERS.contains(&variable) && !is_numeric(&marked) {
        marked = marked.chars().map(|c| if c.is_numeric() { hide(c) } else { c }).collect();
    }
    (!marked.is_empty()).then_some(Value::String(marked))
}

/// Whether a character is one that only this module gives a meaning.
pub(super) fn is_private(character: char) -> bool {
    matches!(u32::from(character), 0xE000..=0xF8FF | 0xF0000..)
}

fn is_shown(character: char) -> bool {
    !is_private(character) && (character == '\n' || !character.is_control())
}

/// Text without markup, as it is printed. Markup that is never closed is text.
fn printable(text: &str) -> Marked {
    let text: String = text.chars().filter(|c| is_shown(*c)).collect();
    let text = text.replace("...", "…").replace('\n', " ");
    let mut marked = Marked::default();
    let mut length = 0;
    let mut open: Vec<(&str, usize, Wear)> = Vec::new();
    let mut rest = text.as_str();
    while let Some(character) = rest.chars().next() {
        if let Some(&(close, start, wear)) = open.last().filter(|(close, ..)| rest.starts_with(*close)) {
            open.pop();
            marked.worn.push((start, length, wear));
            rest = &rest[close.len()..];
            continue;
        }
        let tag = if character == '<' { MARKUP.iter().find(|(tag, ..)| rest.starts_with(tag)) } else { None };
        if let Some((tag, close, wear)) = tag.filter(|(tag, close, _)| rest[tag.len()..].contains(close)) {
            open.push((close, length, *wear));
            rest = &rest[tag.len()..];
            continue;
        }
        let before = marked.words.chars().next_back();
        marked.words.push(typographic(character, before));
        length += 1;
        rest = &rest[character.len_utf8()..];
    }
    marked.worn.extend(open.into_iter().map(|(_, start, wear)| (start, length, wear)));
    marked
}

/// Apostrophes and quotation marks as printed.
fn typographic(character: char, before: Option<char>) -> char {
    let opens = before.is_none_or(|before| before.is_whitespace() || before == QUOTES[0] || "([{-–—‘".contains(before));
    match character {
        '“' => QUOTES[0],
        '”' => QUOTES[1],
        '"' if opens => QUOTES[0],
        '"' => QUOTES[1],
        '\'' if opens => '‘',
        '\'' => '’',
        other => other,
    }
}

/// Words with capitals inside, such as “mHealth” and “PLoS”, out of reach of changes of case.
fn with_hidden_capitals(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| c.is_whitespace() || "-–—/".contains(c)) {
        let letters = || piece.chars().filter(|c| c.is_alphabetic());
        let mixed =
            letters().skip(1).any(char::is_uppercase) && piece.chars().any(|c| c.is_lowercase() || c.is_ascii_digit());
        if mixed {
            hidden.extend(piece.chars().map(|c| if c.is_alphabetic() { hide(c) } else { c }));
        } else {
            hidden.push_str(piece);
        }
    }
    hidden
}

/// Whether a work of unknown language is not written in the Latin script, so that English rules of case are not for it.
fn is_foreign(work: &Work) -> bool {
    let title = work.text("title").unwrap_or_default();
    let (letters, latin) = title.chars().filter(|c| c.is_alphabetic()).fold((0, 0), |(letters, latin), c| {
        (letters + 1, latin + usize::from(u32::from(c) < 0x250 || (0x1E00..0x1F00).contains(&u32::from(c))))
    });
    latin * 2 < letters
}

fn names_value(names: &[Json]) -> Option<Value> {
    let names: Vec<NameValue> = names.iter().enumerate().filter_map(|(index, name)| name_value(name, index)).collect();
    (!names.is_empty()).then_some(Value::Names(names))
}

fn name_value(name: &Json, index: usize) -> Option<NameValue> {
    let part = |key: &str| -> Option<String> {
        let text = name.get(key)?.as_str()?.trim();
        let plain: String = text.chars().filter(|c| !is_private(*c) && !c.is_control()).collect();
        Some(plain.replace('\'', "’")).filter(|text| !text.is_empty())
    };
    let literal = part("literal");
    if let Some(literal) = literal {
        let others = if index > 1 { MANY_OTHERS } else { OTHERS };
        let literal = if literal == "others" { others.to_string() } else { literal };
        return Some(NameValue::Literal(LiteralName { literal }));
    }
    let (family, given) = match (part("family"), part("given")) {
        (None, None) => return None,
        (None, Some(only)) => (only, None),
        (Some(family), given) => (family, given),
    };
    let dropping_particle = part("dropping-particle");
    let non_dropping_particle = part("non-dropping-particle");
    // Left alone with a family name of several words, the engine takes the small ones among them for a particle.
    let (non_dropping_particle, family) = match (&dropping_particle, non_dropping_particle, family.split_once(' ')) {
        (None, None, Some((first, rest))) => (Some(first.to_owned()), rest.to_owned()),
        (_, particle, _) => (particle, family),
    };
    let suffix = part("suffix");
    let comma_suffix = name.get("comma-suffix").and_then(Json::as_bool);
    Some(NameValue::Item(NameItem { family, given, non_dropping_particle, dropping_particle, suffix, comma_suffix }))
}

fn date_value(date: &serde_json::Map<String, Json>, end: End) -> Option<Value> {
    let all = date.get("date-parts")?.as_array()?;
    let parts = match end {
        End::First => all.first(),
        End::Last => all.get(1).or(all.first()),
    };
    let numbers: Vec<i16> = parts?.as_array()?.iter().map_while(number).collect();
    let (&year, rest) = numbers.split_first()?;
    let mut season = date.get("season").and_then(number).filter(|season| (1..=4).contains(season));
    let mut kept = vec![year];
    match rest {
        [month @ 21..=24, ..] => season = Some(month - 20),
        [month @ 1..=12, day @ 1..=31, ..] => kept.extend([*month, *day]),
        [month @ 1..=12, ..] => kept.push(*month),
        _ => {}
    }
    let circa = date.get("circa").is_some_and(|circa| !matches!(circa, Json::Null | Json::Bool(false)));
    Some(Value::Date(DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(kept)]),
        literal: None,
        season: season.map(|season| season.to_string()),
        circa,
    }))
}

fn number(value: &Json) -> Option<i16> {
    match value {
        Json::Number(number) => number.as_i64().and_then(|number| i16::try_from(number).ok()),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
