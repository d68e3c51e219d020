//! Hayagriva's YAML: one entry under each key of the file. Entries are cut out first, so that a broken one leaves the others
//! whole.

use serde_json::{Map, Value, json};
use serde_yaml_ng::Value as Yaml;

use super::names::NameOptions;
use super::{Format, Found, Reader, dates, names, place, title, written};
use crate::content::identifier::bare_doi;
use crate::content::reference::Work;
use crate::source::Span;

/// Reads the works of one file.
pub(super) fn works(text: &str, reader: &mut Reader) -> Vec<Found> {
    let entries = entries(text);
    if entries.is_empty() && !text.trim_matches('\u{feff}').trim().is_empty() {
        let hint = "Each work starts with its key and a colon at the start of a line: `smith2001:`.";
        reader.syntax(&(0..0), "this file holds no entries", hint);
    }
    entries.into_iter().filter_map(|entry| work(text, &entry, reader)).collect()
}

struct Entry {
    key: String,
    key_span: Span,
    span: Span,
}

/// Cuts before every line that starts with a key.
fn entries(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = if line.starts_with('\u{feff}') { 3 } else { 0 };
        let words = line[indent..].trim_end();
        let is_key = !words.starts_with([' ', '\t', '#', '-', '{', '}', '%']) && words != "..." && !words.is_empty();
        if let Some((key, _)) = words.split_once(':').filter(|_| is_key) {
            let at = start + indent;
            let key_span = at..at + key.len();
            entries.push(Entry { key: key.trim().trim_matches(['"', '\'']).to_owned(), key_span, span: at..at });
        }
        start += line.len();
        if let Some(entry) = entries.last_mut() {
            entry.span.end = start;
        }
    }
    entries
}

fn work(text: &str, entry: &Entry, reader: &mut Reader) -> Option<Found> {
    let read: Result<Yaml, _> = serde_yaml_ng::from_str(&text[entry.span.clone()]);
    let body = match &read {
        Ok(Yaml::Mapping(one)) => one.values().next().and_then(Yaml::as_mapping),
        Ok(_) => None,
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
            let here = entry.span.start + place(&text[entry.span.clone()], line, column);
            let hint = "Check the indent, and put words that hold a colon in quotation marks.";
            reader.stopped(&entry.key_span, here, format!("“{}” cannot be read: {reason}", entry.key), hint);
            return None;
        }
    };
    let Some(body) = body else {
        let hint = format!("Write its fields below the key, indented: `{}:`, then `  type: book`.", entry.key);
        reader.syntax(&entry.key_span, format!("“{}” has no fields", entry.key), hint);
        return None;
    };
    let csl = item(&entry.key, body);
    let work = Work {
        key: entry.key.clone(),
        csl: csl.into(),
        path: reader.path.clone(),
        span: entry.span.clone(),
        key_span: entry.key_span.clone(),
        written: written::in_yaml(text, &entry.span, &entry.key_span, body),
    };
    Some(Found { work, aliases: Vec::new(), format: Format::Yaml, broken: false })
}

type Fields = serde_yaml_ng::Mapping;

fn item(key: &str, body: &Fields) -> Map<String, Value> {
    let parents = parents(body, 0);
    let kind = kind(body, &parents);
    let mut csl = Map::new();
    let mut set = |variable: &str, value: Option<Value>| {
        if let Some(value) = value {
            csl.insert(variable.to_owned(), value);
        }
    };
    set("id", Some(key.into()));
    set("type", Some(kind.into()));
    let own = text(body, "title");
    let short = body.get("title").and_then(|title| field(title, "short"));
    set("title-short", short.or_else(|| own.as_deref().and_then(title::before_colon)).map(Value::from));
    set("title", own.map(Value::from));
    for (variable, field) in [("author", "author"), ("editor", "editor")] {
        set(variable, body.get(field).map(people).filter(|people| !people.is_empty()).map(Value::from));
    }
    let container = parents.iter().find(|parent| text(parent, "title").is_some());
    set("container-title", container.and_then(|parent| text(parent, "title")).map(Value::from));
    let short = container.and_then(|parent| parent.get("title")).and_then(|title| field(title, "short"));
    set("container-title-short", short.map(Value::from));
    if !csl.contains_key("editor") {
        let editors = parents.iter().find_map(|parent| parent.get("editor")).map(people);
        csl.extend(editors.filter(|people| !people.is_empty()).map(|people| ("editor".to_owned(), people.into())));
    }
    let series = parents.iter().skip(1).find_map(|parent| text(parent, "title")).filter(|_| kind != "article-journal");
    csl.extend(series.map(|series| ("collection-title".to_owned(), series.into())));
    csl.extend(keywords(body).map(|keywords| ("keyword".to_owned(), keywords.into())));
    affiliated(body, &mut csl);
    let all: Vec<&Fields> = std::iter::once(body).chain(parents.iter().copied()).collect();
    numbers(&all, &mut csl);
    publication(&all, kind, &mut csl);
    csl
}

/// The larger works that an entry is part of, nearest first.
fn parents(body: &Fields, depth: usize) -> Vec<&Fields> {
    let direct: Vec<&Fields> = match body.get("parent") {
        Some(Yaml::Mapping(parent)) => vec![parent],
        Some(Yaml::Sequence(several)) => several.iter().filter_map(Yaml::as_mapping).collect(),
        _ => Vec::new(),
    };
    if depth >= written::DEEPEST {
        return direct;
    }
    let above: Vec<&Fields> = direct.iter().flat_map(|parent| parents(parent, depth + 1)).collect();
    direct.into_iter().chain(above).collect()
}

fn kind(body: &Fields, parents: &[&Fields]) -> &'static str {
    let own = text(body, "type").unwrap_or_default().to_lowercase();
    let within = |kinds: &[&str]| {
        parents
            .iter()
            .any(|parent| text(parent, "type").is_some_and(|kind| kinds.contains(&kind.to_lowercase().as_str())))
    };
    match own.as_str() {
        "article" if within(&["newspaper"]) => "article-newspaper",
        "article" if within(&["proceedings", "conference"]) => "paper-conference",
        "article" if within(&["blog"]) => "post-weblog",
        "article" if parents.is_empty() => "article",
        "article" => "article-journal",
        "newspaper" => "article-newspaper",
        "periodical" => "periodical",
        "book" | "anthology" | "proceedings" | "reference" => "book",
        "chapter" | "anthos" => "chapter",
        "entry" if within(&["reference"]) => "entry-encyclopedia",
        "entry" => "entry",
        "report" => "report",
        "thesis" => "thesis",
        "web" | "blog" => "webpage",
        "misc" if body.contains_key("url") => "webpage",
        "post" | "thread" => "post",
        "patent" => "patent",
        "case" => "legal_case",
        "legislation" => "legislation",
        "manuscript" => "manuscript",
        "video" => "motion_picture",
        "audio" => "song",
        "artwork" | "exhibition" => "graphic",
        "repository" => "software",
        "performance" => "performance",
        "conference" => "paper-conference",
        _ => "document",
    }
}

/// One text or a list of them; Hayagriva itself knows no keywords, but leaves them alone.
fn keywords(body: &Fields) -> Option<String> {
    match body.get("keywords")? {
        Yaml::Sequence(several) => Some(several.iter().filter_map(scalar).collect::<Vec<_>>().join(", ")),
        one => scalar(one),
    }
}

/// People other than authors and editors.
fn affiliated(body: &Fields, csl: &mut Map<String, Value>) {
    let Some(Yaml::Sequence(groups)) = body.get("affiliated") else { return };
    for group in groups {
        let variable = match field(group, "role").as_deref() {
            Some("translator") => "translator",
            Some("director") => "director",
            Some("composer") => "composer",
            Some("illustrator") => "illustrator",
            Some("compiler") => "compiler",
            _ => continue,
        };
        if let Some(names) = group.get("names").map(people).filter(|names| !names.is_empty()) {
            csl.insert(variable.to_owned(), names.into());
        }
    }
}

fn numbers(all: &[&Fields], csl: &mut Map<String, Value>) {
    for (variable, name) in [
        ("volume", "volume"),
        ("issue", "issue"),
        ("number-of-volumes", "volume-total"),
        ("edition", "edition"),
        ("chapter-number", "chapter"),
        ("number-of-pages", "page-total"),
        ("page", "page-range"),
        ("language", "language"),
        ("genre", "genre"),
        ("note", "note"),
        ("annote", "annote"),
        ("abstract", "abstract"),
        ("archive", "archive"),
        ("archive-place", "archive-location"),
        ("call-number", "call-number"),
    ] {
        let value = all.iter().find_map(|fields| text(fields, name));
        csl.extend(value.map(|value| (variable.to_owned(), Value::from(value.replace("--", "-").replace('–', "-")))));
    }
    let date = all.iter().find_map(|fields| text(fields, "date"));
    if let Some(date) = date.as_deref().and_then(dates::edtf) {
        csl.insert("issued".into(), date);
    }
    for fields in all.iter().rev() {
        match fields.get("serial-number") {
            Some(Yaml::Mapping(numbers)) => {
                for (variable, name) in
                    [("DOI", "doi"), ("ISBN", "isbn"), ("ISSN", "issn"), ("PMID", "pmid"), ("PMCID", "pmcid")]
                {
                    if let Some(number) = text(numbers, name) {
                        let number = if name == "doi" { bare_doi(&number).to_owned() } else { number };
                        csl.insert(variable.into(), number.into());
                    }
                }
                if let Some(number) = text(numbers, "serial") {
                    csl.insert("number".into(), number.into());
                }
            }
            Some(other) => csl.extend(scalar(other).map(|number| ("number".to_owned(), number.into()))),
            None => {}
        }
    }
}

fn publication(all: &[&Fields], kind: &str, csl: &mut Map<String, Value>) {
    let publisher = all.iter().find_map(|fields| fields.get("publisher"));
    let house = publisher.and_then(|publisher| scalar(publisher).or_else(|| field(publisher, "name")));
    let body = all.iter().find_map(|fields| text(fields, "organization"));
    if let Some(house) = house.or(body) {
        csl.insert("publisher".into(), house.into());
    }
    let place = publisher.and_then(|publisher| field(publisher, "location"));
    if let Some(place) = place.or_else(|| all.iter().find_map(|fields| text(fields, "location"))) {
        let variable = if kind == "paper-conference" { "event-place" } else { "publisher-place" };
        csl.insert(variable.into(), place.into());
    }
    if let Some(url) = all.iter().find_map(|fields| fields.get("url")) {
        csl.extend(scalar(url).or_else(|| field(url, "value")).map(|url| ("URL".to_owned(), url.into())));
        csl.extend(field(url, "date").as_deref().and_then(dates::edtf).map(|date| ("accessed".to_owned(), date)));
    }
}

/// One person or several, each as `Family, Given` or as a mapping.
fn people(value: &Yaml) -> Vec<Value> {
    match value {
        Yaml::Sequence(several) => several.iter().filter_map(person).collect(),
        one => person(one).into_iter().collect(),
    }
}

fn person(value: &Yaml) -> Option<Value> {
    if let Some(written) = scalar(value) {
        // Without a comma it is the name of a body, or a name of one word.
        let name = if written.contains(',') { written } else { format!("{{{written}}}") };
        return names::names(&name.replace(" and ", " {and} "), NameOptions::default()).into_iter().next();
    }
    let mut name = Map::new();
    for (variable, written) in
        [("family", "name"), ("given", "given-name"), ("dropping-particle", "prefix"), ("suffix", "suffix")]
    {
        name.extend(field(value, written).map(|part| (variable.to_owned(), Value::from(part))));
    }
    match (name.len(), name.get("family")) {
        (1, Some(body)) => Some(json!({ "literal": body })),
        (_, Some(_)) => Some(Value::Object(name)),
        (_, None) => None,
    }
}

fn text(fields: &Fields, name: &str) -> Option<String> {
    let value = fields.get(name)?;
    scalar(value).or_else(|| field(value, "value")).map(|text| text.replace(['{', '}'], ""))
}

fn field(value: &Yaml, name: &str) -> Option<String> {
    value.as_mapping()?.get(name).and_then(scalar)
}

fn scalar(value: &Yaml) -> Option<String> {
    match value {
        Yaml::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Yaml::Number(number) => Some(number.to_string()),
        Yaml::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
