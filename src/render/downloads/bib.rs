//! BibLaTeX that reads back as the same works.

use std::fmt::Write;

use serde_json::Value;

use super::{Dated, MARKUP, dated, name_part, names, text};
use crate::content::reference::Work;

/// BibLaTeX that reads back as the same works.
pub fn bib(works: &[&Work]) -> String {
    works.iter().map(|work| entry(work)).collect::<Vec<_>>().join("\n")
}

fn entry(work: &Work) -> String {
    let csl_type = work.text("type").unwrap_or("document");
    let (kind, subtype) = kind(work, csl_type);
    let mut entry = Entry { text: String::new() };
    entry.field("entrysubtype", subtype.map(str::to_owned));
    names_of(work, &mut entry);
    titles(work, kind, &mut entry);
    dates(work, &mut entry);
    numbers(work, kind, &mut entry);
    publication(work, kind, &mut entry);
    for (field, variable) in [("doi", "DOI"), ("url", "URL"), ("pmid", "PMID"), ("pmcid", "PMCID")] {
        // Written as they are: BibLaTeX reads these without looking for commands.
        entry.field(field, text(work, variable).map(|value| value.replace(['{', '}', '\\'], "")));
    }
    for (field, variable) in [
        ("isbn", "ISBN"),
        ("issn", "ISSN"),
        ("library", "call-number"),
        ("note", "note"),
        ("annotation", "annote"),
        ("abstract", "abstract"),
        ("keywords", "keyword"),
        ("language", "language"),
    ] {
        entry.latex(field, text(work, variable));
    }
    format!("@{kind}{{{},\n{}}}\n", key(&work.key), entry.text)
}

/// A key as BibLaTeX takes it. Keys that hold anything else come from other kinds of files.
fn key(key: &str) -> String {
    key.chars()
        .map(|c| if c.is_whitespace() || c.is_control() || ",{}()=\"#%\\~'".contains(c) { '-' } else { c })
        .collect()
}

struct Entry {
    text: String,
}

impl Entry {
    fn field(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(self.text, "  {name} = {{{value}}},");
        }
    }

    fn latex(&mut self, name: &str, value: Option<String>) {
        self.field(name, value.map(|value| latex(&value)));
    }

    /// A title in a second pair of braces, so that styles leave its capitals alone.
    fn title(&mut self, name: &str, value: Option<String>) {
        self.field(name, value.map(|value| format!("{{{}}}", latex(&value))));
    }
}

/// The kind of entry, and what else tells the type apart.
fn kind<'w>(work: &Work, csl_type: &'w str) -> (&'static str, Option<&'w str>) {
    let is_event = ["event-title", "event-place", "event-date"].iter().any(|variable| work.csl.contains_key(*variable));
    match csl_type {
        "article-journal" => ("article", None),
        "article-magazine" => ("article", Some("magazine")),
        "article-newspaper" => ("article", Some("newspaper")),
        "book" => ("book", None),
        "pamphlet" => ("booklet", None),
        "chapter" => ("incollection", None),
        "entry-encyclopedia" => ("inreference", None),
        "paper-conference" => ("inproceedings", None),
        "thesis" => ("thesis", None),
        "report" => ("report", None),
        "webpage" => ("online", None),
        "speech" if is_event => ("unpublished", None),
        "manuscript" if !is_event => ("unpublished", None),
        "dataset" => ("dataset", None),
        "software" => ("software", None),
        "patent" => ("patent", None),
        "graphic" => ("artwork", None),
        "song" => ("audio", None),
        "motion_picture" => ("video", None),
        "performance" => ("performance", None),
        "review" => ("review", None),
        "personal_communication" => ("letter", None),
        "legal_case" => ("jurisdiction", None),
        "legislation" => ("legislation", None),
        "treaty" => ("legal", None),
        "standard" => ("standard", None),
        "document" => ("misc", None),
        other => ("misc", Some(other)),
    }
}

fn names_of(work: &Work, entry: &mut Entry) {
    let editors = ["editor", "compiler"].into_iter().find(|role| !names(work, role).is_empty());
    for (field, role) in [
        ("author", "author"),
        ("bookauthor", "container-author"),
        ("editor", editors.unwrap_or("editor")),
        ("translator", "translator"),
        ("director", "director"),
    ] {
        let written: Vec<String> = names(work, role).iter().map(name).filter(|name| !name.is_empty()).collect();
        entry.field(field, Some(written.join(" and ")));
    }
    if editors == Some("compiler") {
        entry.field("editortype", Some("compiler".to_owned()));
    }
}

fn name(name: &Value) -> String {
    let part = |part: &str| latex(name_part(name, part));
    let literal = part("literal");
    if literal == "others" {
        return literal;
    }
    if !literal.is_empty() {
        return format!("{{{literal}}}");
    }
    let (family, given, suffix) = (part("family"), part("given"), part("suffix"));
    let (von, kept) = (part("dropping-particle"), part("non-dropping-particle"));
    if !kept.is_empty() {
        let parts = [("family", &family), ("given", &given), ("suffix", &suffix), ("prefix", &kept)];
        let written = parts.iter().filter(|(_, part)| !part.is_empty()).map(|(key, part)| format!("{key}={{{part}}}"));
        return format!("{}, useprefix=true", written.collect::<Vec<_>>().join(", "));
    }
    // Without braces its small words would be taken for a particle, its commas for parts.
    let starts_small = family.chars().next().is_some_and(char::is_lowercase);
    let family = if starts_small || family.contains(',') || von.is_empty() && given.is_empty() && family.contains(' ') {
        format!("{{{family}}}")
    } else {
        family
    };
    let family = [von, family].iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    let parts = match (given.is_empty(), suffix.is_empty()) {
        (true, true) => vec![family],
        (_, true) => vec![family, given],
        (_, false) => vec![family, suffix, given],
    };
    let alone = parts.len() == 1;
    // A comma keeps a name of one part from being read as a given name and a family name.
    parts.join(", ") + if alone && name_part(name, "dropping-particle").is_empty() { "," } else { "" }
}

fn titles(work: &Work, kind: &str, entry: &mut Entry) {
    let title = text(work, "title");
    match text(work, "volume-title") {
        Some(volume) => {
            entry.title("maintitle", title);
            entry.title("title", Some(volume));
        }
        None => entry.title("title", title),
    }
    entry.title("shorttitle", text(work, "title-short"));
    let container = if kind == "article" { "journaltitle" } else { "booktitle" };
    entry.title(container, text(work, "container-title"));
    entry.title("shortjournal", text(work, "container-title-short"));
    entry.title("series", text(work, "collection-title"));
    entry.title("eventtitle", text(work, "event-title"));
    entry.title("origtitle", text(work, "original-title"));
}

fn dates(work: &Work, entry: &mut Entry) {
    for (field, variable) in
        [("date", "issued"), ("eventdate", "event-date"), ("origdate", "original-date"), ("urldate", "accessed")]
    {
        entry.field(field, dated(work, variable).map(|date| edtf(&date)));
    }
    entry.field("pubstate", text(work, "status").map(|status| latex(&status)));
}

fn edtf(date: &Dated) -> String {
    let day = |parts: &[i64]| {
        let (sign, year) = if parts[0] < 0 { ("-", -parts[0]) } else { ("", parts[0]) };
        let rest: String = parts[1..].iter().map(|part| format!("-{part:02}")).collect();
        format!("{sign}{year:04}{rest}")
    };
    let about = if date.circa { "~" } else { "" };
    match &date.last {
        None => format!("{}{about}", day(&date.first)),
        Some(last) if last.first().is_none_or(|year| *year == 0) => format!("{}{about}/", day(&date.first)),
        Some(last) => format!("{}{about}/{}", day(&date.first), day(last)),
    }
}

fn numbers(work: &Work, kind: &str, entry: &mut Entry) {
    let is_part_of_series = matches!(kind, "book" | "incollection" | "inproceedings" | "inreference");
    let number = match kind {
        "article" => "issue",
        _ if is_part_of_series => "collection-number",
        _ => "number",
    };
    entry.latex("number", text(work, number));
    if kind != "article" {
        entry.latex("issue", text(work, "issue"));
    }
    for (field, variable) in [
        ("volume", "volume"),
        ("volumes", "number-of-volumes"),
        ("part", "part-number"),
        ("chapter", "chapter-number"),
        ("edition", "edition"),
        ("pagetotal", "number-of-pages"),
        ("version", "version"),
    ] {
        entry.latex(field, text(work, variable));
    }
    entry.field("pages", text(work, "page").map(|pages| latex(&pages).replace('-', "--")));
}

fn publication(work: &Work, kind: &str, entry: &mut Entry) {
    let publisher = if matches!(kind, "thesis" | "report") { "institution" } else { "publisher" };
    // A second pair of braces keeps an “and” in the name from parting it.
    entry.title(publisher, text(work, "publisher"));
    let place = if kind == "patent" { "jurisdiction" } else { "publisher-place" };
    entry.title("location", text(work, place));
    entry.latex("venue", text(work, "event-place"));
    entry.title("origpublisher", text(work, "original-publisher"));
    entry.title("origlocation", text(work, "original-publisher-place"));
    entry.latex("type", text(work, "genre"));
}

/// Text as LaTeX. What Unicode can say stays as it is.
fn latex(text: &str) -> String {
    let mut latex = String::with_capacity(text.len());
    let mut rest = text;
    let mut open: Vec<&str> = Vec::new();
    while let Some(character) = rest.chars().next() {
        if let Some(close) = open.last().copied().filter(|close| rest.starts_with(*close)) {
            open.pop();
            latex.push('}');
            rest = &rest[close.len()..];
            continue;
        }
        let begins = |(tag, close, _): &&(&str, &str, &str)| rest.starts_with(tag) && rest.contains(close);
        let markup = if character == '<' { MARKUP.iter().find(begins) } else { None };
        if let Some((tag, close, command)) = markup {
            latex.push_str(command);
            latex.push('{');
            open.push(close);
            rest = &rest[tag.len()..];
            continue;
        }
        rest = &rest[character.len_utf8()..];
        match character {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => latex.extend(['\\', character]),
            '\\' => latex.push_str("\\textbackslash{}"),
            '~' => latex.push_str("\\textasciitilde{}"),
            '^' => latex.push_str("\\textasciicircum{}"),
            '\u{a0}' => latex.push('~'),
            '–' => latex.push_str("--"),
            '—' => latex.push_str("---"),
            // A lone one would be printed as an apostrophe, two together as a quotation mark.
            '\'' => latex.push_str("\\textquotesingle{}"),
            '`' => latex.push_str("\\textasciigrave{}"),
            _ if character.is_control() => latex.push(' '),
            _ => latex.push(character),
        }
    }
    latex.extend(open.iter().map(|_| '}'));
    latex
}
