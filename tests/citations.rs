//! Citations and bibliographies compared with pandoc's citeproc, entry by entry and cite by cite.
//!
//! What pandoc prints is stored in `tests/citations/expected`, so that the comparison always runs. With `PSYCHOED_PANDOC` (the
//! program) and `PSYCHOED_CSL_STYLES` (the folder of the same styles as `.csl` files) set, pandoc is asked again and must
//! say what is stored; with `PSYCHOED_BLESS=1` its answer is stored instead.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use psychoed::config::{Citations, Config};
use psychoed::content::Citation;
use psychoed::content::reference::{Bibliography, Work};
use psychoed::parse::bibliography::bibliography;
use psychoed::parse::citation::{Part, Run, split};
use psychoed::render::citation::{CitedEntry, Style};
use psychoed::render::downloads;
use psychoed::source::{SitePath, Sources, Spanned};

/// Our names of the styles, and what the `.csl` files are called.
const STYLES: [(&str, &str); 4] = [
    ("vancouver", "nlm-citation-sequence"),
    ("apa", "apa"),
    ("ama", "american-medical-association"),
    ("harvard", "harvard-cite-them-right"),
];

#[test]
fn vancouver_is_printed_as_pandoc_prints_it() {
    compare("vancouver");
}

#[test]
fn apa_is_printed_as_pandoc_prints_it() {
    compare("apa");
}

#[test]
fn ama_is_printed_as_pandoc_prints_it() {
    compare("ama");
}

#[test]
fn harvard_is_printed_as_pandoc_prints_it() {
    compare("harvard");
}

/// Compares what we print with what pandoc printed. What differs must be listed, and what is listed must differ.
fn compare(style: &str) {
    let ours = Printed::by_us(style);
    let pandoc = Printed::stored(style);
    assert!(ours.entries.len() >= 40, "{} works", ours.entries.len());
    let exceptions = Exceptions::read(style);
    let mut problems = Vec::new();
    let mut equal = 0;
    let mut pairs: Vec<(&str, &str, &str)> = Vec::new();
    for (line, text) in &pandoc.citations {
        pairs.push((
            line,
            text,
            ours.citations.iter().find(|(ours, _)| ours == line).map_or("(nothing)", |(_, text)| text),
        ));
    }
    for (key, text) in &pandoc.entries {
        pairs.push((
            key,
            text,
            ours.entries.iter().find(|(ours, _)| ours == key).map_or("(nothing)", |(_, text)| text),
        ));
    }
    for (what, theirs, ours) in &pairs {
        let listed = exceptions.0.get(*what);
        match (theirs == ours, listed) {
            (true, None) => equal += 1,
            (true, Some(_)) => problems.push(format!("{what}: is listed as an exception but is equal")),
            (false, None) => problems.push(format!("{what}\n  pandoc {theirs}\n  ours   {ours}")),
            (false, Some(printed)) if printed != ours => {
                problems.push(format!(
                    "{what}: an exception, but prints something new\n  listed {printed}\n  ours   {ours}"
                ));
            }
            (false, Some(_)) => {}
        }
    }
    let known: BTreeSet<&str> = pairs.iter().map(|(what, ..)| *what).collect();
    problems.extend(
        exceptions
            .0
            .keys()
            .filter(|what| !known.contains(what.as_str()))
            .map(|what| format!("{what}: is no work or line")),
    );
    let order = |printed: &Printed| printed.entries.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    if order(&ours) != order(&pandoc) {
        problems.push(format!("the order differs\n  pandoc {:?}\n  ours   {:?}", order(&pandoc), order(&ours)));
    }
    assert!(problems.is_empty(), "{style}: {equal} of {} are equal\n{}", pairs.len(), problems.join("\n"));
    assert!(equal * 10 >= pairs.len() * 9, "{style}: only {equal} of {} are equal", pairs.len());
}

#[test]
fn works_are_read_as_pandoc_reads_them() {
    let stored = std::fs::read_to_string(folder().join("expected/works.json")).unwrap();
    let pandoc: Vec<BTreeMap<String, serde_json::Value>> = serde_json::from_str(&stored).unwrap();
    let exceptions: BTreeSet<(String, String)> = exceptions()
        .get("reading")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .map(|one| (one["work"].as_str().unwrap().to_owned(), one["variable"].as_str().unwrap().to_owned()))
        .collect();
    let works = works();
    let mut problems = Vec::new();
    for item in &pandoc {
        let key = item["id"].as_str().unwrap();
        let ours: BTreeMap<String, serde_json::Value> =
            works.works[key].csl.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        for variable in item.keys().chain(ours.keys()).collect::<BTreeSet<_>>() {
            // Pandoc changes the case of titles when it reads; we keep what was typed.
            let folded = |value: Option<&serde_json::Value>| value.map(|value| value.to_string().to_lowercase());
            let equal = folded(item.get(variable)) == folded(ours.get(variable));
            let listed = exceptions.contains(&(key.to_owned(), variable.clone()));
            if equal == listed {
                problems.push(format!(
                    "{key} {variable}\n  pandoc {:?}\n  ours   {:?}",
                    item.get(variable),
                    ours.get(variable)
                ));
            }
        }
    }
    assert_eq!(pandoc.len(), works.works.len());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn citations_are_found_where_pandoc_finds_them() {
    let stored = std::fs::read_to_string(folder().join("expected/grammar.txt")).unwrap();
    let ours = found_forms(|line| {
        let parts = split_line(line);
        let citations = parts.iter().filter_map(|part| match part {
            Part::Citation(citation) => Some(&citation.value),
            Part::Text(_) => None,
        });
        let found = citations.map(|citation| {
            let items = citation.items.iter().enumerate().map(|(index, item)| {
                let mode = match (item.suppress_author, citation.narrative && index == 0) {
                    (true, _) => "SuppressAuthor",
                    (false, true) => "AuthorInText",
                    (false, false) => "NormalCitation",
                };
                let has_more = item.locator.is_some() || !item.suffix.is_empty();
                found_form(mode, &item.prefix, &item.key, has_more)
            });
            items.collect::<Vec<_>>().join("; ")
        });
        found.collect()
    });
    assert_eq!(ours, stored);
}

/// Each text with the citations in it, one a line.
fn found_forms(found: impl Fn(&str) -> Vec<String>) -> String {
    let text = std::fs::read_to_string(folder().join("grammar.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| format!("{line}\n{}", found(line).iter().map(|one| format!("  {one}\n")).collect::<String>()))
        .collect()
}

fn found_form(mode: &str, prefix: &str, key: &str, has_more: bool) -> String {
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix:?} ") };
    format!("{mode} {prefix}{key}{}", if has_more { " and more" } else { "" })
}

/// Splits a line as the Markdown parser would hand it over: without escapes, and without code.
fn split_line(line: &str) -> Vec<Part> {
    let mut run = Run::default();
    let mut in_code = false;
    let mut escaped = false;
    for (at, character) in line.char_indices() {
        match character {
            '`' => in_code = !in_code,
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            _ if in_code => {}
            _ => {
                if escaped {
                    run.escaped.push(run.text.len());
                }
                run.origins.extend(at..at + character.len_utf8());
                run.text.push(character);
            }
        }
        escaped = false;
    }
    run.origins.push(line.len());
    let known = |key: &str| ["a", "b", "c", "a.b", "é1"].contains(&key);
    let mut faults = Vec::new();
    let parts = split(&run, &SitePath::new("content/page.md"), &known, &mut faults);
    assert_eq!(faults, [], "for {line}");
    parts
}

/// The citations of one line as pandoc reads it.
fn pandoc_finds(pandoc: &Path, line: &str) -> Vec<String> {
    let output = ask(Command::new(pandoc).args(["--from=markdown-example_lists", "--to=json"]), line);
    let document: serde_json::Value = serde_json::from_str(&output).unwrap();
    let mut found = Vec::new();
    collect_cites(&document["blocks"], &mut found);
    found
}

fn collect_cites(node: &serde_json::Value, found: &mut Vec<String>) {
    match node {
        serde_json::Value::Object(map) if map.get("t").is_some_and(|t| t == "Cite") => {
            let items = map["c"][0].as_array().unwrap().iter().map(|item| {
                let mode = item["citationMode"]["t"].as_str().unwrap();
                let has_more = item["citationSuffix"].as_array().is_some_and(|suffix| !suffix.is_empty());
                found_form(mode, &inline_text(&item["citationPrefix"]), item["citationId"].as_str().unwrap(), has_more)
            });
            found.push(items.collect::<Vec<_>>().join("; "));
        }
        serde_json::Value::Object(map) => map.values().for_each(|child| collect_cites(child, found)),
        serde_json::Value::Array(children) => children.iter().for_each(|child| collect_cites(child, found)),
        _ => {}
    }
}

fn inline_text(inlines: &serde_json::Value) -> String {
    let words = inlines.as_array().into_iter().flatten().map(|inline| match inline["t"].as_str().unwrap() {
        "Str" => inline["c"].as_str().unwrap().replace('\u{a0}', " "),
        _ => " ".to_owned(),
    });
    words.collect()
}

/// What a program says to an input.
fn ask(command: &mut Command, input: &str) -> String {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn what_is_stored_is_what_pandoc_says() {
    let (Some(pandoc), Some(styles)) = (std::env::var_os("PSYCHOED_PANDOC"), std::env::var_os("PSYCHOED_CSL_STYLES"))
    else {
        println!("not asked: PSYCHOED_PANDOC and PSYCHOED_CSL_STYLES are not set; the stored answers were compared");
        return;
    };
    let read = Command::new(&pandoc).arg(folder().join("works.bib")).args(["-t", "csljson"]).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    check_stored("works.json", &String::from_utf8(read.stdout).unwrap());
    check_stored("grammar.txt", &found_forms(|line| pandoc_finds(Path::new(&pandoc), line)));
    for (style, file) in STYLES {
        let style_file = Path::new(&styles).join(format!("{file}.csl"));
        check_stored(&format!("{style}.txt"), &Printed::by_pandoc(Path::new(&pandoc), &style_file).stored_form());
    }
}

fn check_stored(name: &str, now: &str) {
    let path = folder().join("expected").join(name);
    if std::env::var_os("PSYCHOED_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, now).unwrap();
        return;
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == now,
        "{} is not what pandoc says now; run with PSYCHOED_BLESS=1 and look at the difference",
        path.display()
    );
}

/// Lines of text with citations, and entries by key, as plain text.
struct Printed {
    citations: Vec<(String, String)>,
    entries: Vec<(String, String)>,
}

impl Printed {
    fn by_us(style: &str) -> Self {
        let works = works();
        let style =
            Style::load(&config("works.bib", style), &Sources::default()).unwrap_or_else(|fault| panic!("{fault:?}"));
        let parsed: Vec<Vec<Part>> = document(&works).iter().map(|line| parts(line, &works)).collect();
        let citations: Vec<&Citation> = parsed
            .iter()
            .flatten()
            .filter_map(|part| match part {
                Part::Citation(citation) => Some(&citation.value),
                Part::Text(_) => None,
            })
            .collect();
        let page = style.cite(&works, &citations);
        let mut printed = page.citations.iter();
        let written = document(&works);
        let texts = parsed.iter().zip(&written).map(|(parts, line)| {
            let html = parts.iter().map(|part| match part {
                Part::Citation(_) => printed.next().unwrap().clone(),
                Part::Text(within) => escaped(&line[within.clone()]),
            });
            text(&html.collect::<String>())
        });
        let citations = document(&works).into_iter().zip(texts).take(lines().len()).collect();
        Self { citations, entries: page.entries.iter().map(|entry| (entry.key.clone(), entry_text(entry))).collect() }
    }

    fn by_pandoc(pandoc: &Path, style: &Path) -> Self {
        let works = works();
        let document = document(&works);
        let folder = tempfile::tempdir().unwrap();
        // Where a style leaves `<name/>` out, pandoc prints labels before the names: `, editorsMarkowitz`.
        let named = folder.path().join("style.csl");
        std::fs::write(&named, with_name_elements(&std::fs::read_to_string(style).unwrap())).unwrap();
        let items = folder.path().join("works.json");
        std::fs::write(&items, downloads::csl_json(&works.works.values().collect::<Vec<&Work>>())).unwrap();
        let html = ask(
            Command::new(pandoc)
                .args(["--from=markdown", "--to=html", "--wrap=none", "--citeproc", "--metadata=lang=en-US"])
                .arg(format!("--csl={}", named.display()))
                .arg(format!("--bibliography={}", items.display())),
            &document.join("\n\n"),
        );
        let (body, list) = html.split_once("<div id=\"refs\"").unwrap();
        let texts = body.split("<p>").skip(1).map(|paragraph| text(paragraph.split("</p>").next().unwrap()));
        let citations = document.iter().cloned().zip(texts).take(lines().len()).collect();
        let entries = list.split("<div id=\"ref-").skip(1).map(|entry| {
            let (key, rest) = entry.split_once('"').unwrap();
            let content = rest.split_once('>').unwrap().1;
            // In numeric styles the number stands before the entry in a block of its own.
            let content = match content.split_once("<div class=\"csl-left-margin\">") {
                Some((_, after)) => after.split_once("</div>").unwrap().1,
                None => content,
            };
            (key.to_owned(), text(content))
        });
        Self { citations, entries: entries.collect() }
    }

    fn stored_form(&self) -> String {
        let pairs = |pairs: &[(String, String)]| {
            pairs.iter().map(|(what, text)| format!("{what}\n  {text}\n")).collect::<String>()
        };
        format!("{}\n{}", pairs(&self.citations), pairs(&self.entries))
    }

    fn stored(style: &str) -> Self {
        let path = folder().join("expected").join(format!("{style}.txt"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (citations, entries) = text.split_once("\n\n").unwrap();
        let pairs = |block: &str| {
            let lines: Vec<&str> = block.lines().collect();
            lines.chunks(2).map(|pair| (pair[0].to_owned(), pair[1].trim_start().to_owned())).collect()
        };
        Self { citations: pairs(citations), entries: pairs(entries) }
    }
}

/// What we print otherwise than pandoc, by line or key.
struct Exceptions(BTreeMap<String, String>);

impl Exceptions {
    fn read(style: &str) -> Self {
        let all = exceptions();
        let listed = all.get("printing").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let ours = listed.iter().filter_map(|one| {
            assert!(one["reason"].as_str().is_some_and(|reason| reason.len() > 10), "{one} has no reason");
            let printed = one.get(style)?.as_str()?;
            Some((one["what"].as_str()?.to_owned(), printed.to_owned()))
        });
        Self(ours.collect())
    }
}

fn exceptions() -> toml::Table {
    std::fs::read_to_string(folder().join("exceptions.toml")).unwrap().parse().unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/citations")
}

fn lines() -> Vec<String> {
    let text = std::fs::read_to_string(folder().join("cites.txt")).unwrap();
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

/// The lines, and after them every work, so that all are in the bibliography.
fn document(works: &Bibliography) -> Vec<String> {
    lines().into_iter().chain(works.works.keys().map(|key| format!("[@{key}]"))).collect()
}

fn parts(line: &str, works: &Bibliography) -> Vec<Part> {
    let run = Run { text: line.to_owned(), origins: (0..=line.len()).collect(), escaped: Vec::new() };
    let mut faults = Vec::new();
    let parts = split(&run, &SitePath::new("content/page.md"), works, &mut faults);
    assert_eq!(faults, [], "for {line}");
    parts
}

fn works() -> Bibliography {
    let mut sources = Sources::default();
    let text = std::fs::read(folder().join("works.bib")).unwrap();
    sources.files.insert(SitePath::new("content/works.bib"), text.into());
    let works = bibliography(&sources, &config("works.bib", "vancouver"));
    assert!(works.faults.iter().all(|fault| fault.rule == "bibliography-field-missing"), "{:?}", works.faults);
    works
}

fn config(bibliography: &str, style: &str) -> Config {
    Config {
        language: "en-US".into(),
        citations: Citations {
            bibliography: vec![Spanned::new(bibliography.to_owned(), 0..0)],
            style: Spanned::new(style.to_owned(), 0..0),
            ..Citations::default()
        },
        ..Config::default()
    }
}

/// An entry without the links that we add to it.
fn entry_text(entry: &CitedEntry) -> String {
    text(entry.entry_html.split(" <span class=\"reference-links\">").next().unwrap())
}

/// The style with the `<name/>` that it implies where it names people.
fn with_name_elements(style: &str) -> String {
    let mut whole = String::new();
    let mut rest = style;
    while let Some(start) = rest.find("<names ") {
        let open = start + rest[start..].find('>').unwrap() + 1;
        whole.push_str(&rest[..open]);
        let is_empty = rest[..open].ends_with("/>");
        rest = &rest[open..];
        let inside = &rest[..rest.find("<substitute").into_iter().chain(rest.find("</names>")).min().unwrap_or(0)];
        if !is_empty && !["<name ", "<name/", "<name>"].iter().any(|name| inside.contains(name)) {
            whole.push_str("<name/>");
        }
    }
    whole + rest
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// HTML as words: no tags, one space where there are several. Before a raised number none: that is left to the page.
fn text(html: &str) -> String {
    let mut plain = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        plain.push_str(&rest[..open]);
        let close = rest[open..].find('>').map_or(rest.len(), |close| open + close + 1);
        if rest[open..close].starts_with("<sup") {
            plain.truncate(plain.trim_end().len());
        }
        rest = &rest[close..];
    }
    plain.push_str(rest);
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        plain = plain.replace(entity, character);
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
