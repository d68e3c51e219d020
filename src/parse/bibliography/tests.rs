#![allow(clippy::disallowed_methods, reason = "hostile input must not take long")]

use super::*;
use crate::config::Citations;

/// Reads files as bibliographies, in the order given.
pub(super) fn read(files: &[(&str, &str)]) -> Bibliography {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.files.insert(SitePath::new(format!("content/{name}")), (*text).into());
    }
    bibliography(&sources, &config(&files.iter().map(|(name, _)| *name).collect::<Vec<_>>()))
}

fn config(names: &[&str]) -> Config {
    Config {
        language: "en-GB".into(),
        citations: Citations {
            bibliography: names.iter().map(|name| Spanned::new((*name).to_owned(), 10..20)).collect(),
            style: Spanned::default(),
            ..Citations::default()
        },
        ..Config::default()
    }
}

/// Each fault with the text its span covers, related places below it.
fn show(bibliography: &Bibliography, files: &[(&str, &str)]) -> String {
    let covered = |at: &Location| {
        let file = files.iter().find(|(name, _)| at.path.as_str() == format!("content/{name}"));
        file.map_or("?".to_owned(), |(_, text)| {
            let line = text[..at.span.start].matches('\n').count() + 1;
            format!("{line}:<{}>", text[at.span.start..at.span.end].replace('\n', "⏎"))
        })
    };
    let mut shown = String::new();
    for fault in &bibliography.faults {
        shown += &format!("{:?}[{}] {} {}\n", fault.severity, fault.rule, covered(&fault.at), fault.message);
        for (at, message) in &fault.related {
            shown += &format!("  {} {message}\n", covered(at));
        }
        shown += &format!("  {}\n", fault.hint.as_deref().unwrap_or_default());
    }
    shown
}

#[track_caller]
fn check_faults(files: &[(&str, &str)], expected: &str) {
    let expected: String = expected.lines().map(|line| format!("{}\n", line.trim_start_matches("    |"))).collect();
    assert_eq!(show(&read(files), files), expected);
}

/// An entry that lacks nothing, with more fields.
fn book(key: &str, more: &str) -> String {
    format!("@book{{{key}, author={{A}}, title={{T}}, publisher={{P}}, year={{2000}}, {more}}}")
}

#[test]
fn real_files_are_full_of_oddities() {
    let text = format!(
        "Notes to myself, me@example.org\n{}{}\n@Comment{{jabref-meta: databaseType:bibtex;}}\n@preamble{{\"\\newcommand{{\\x}}\"}}\n\
         @string(pub = \"Norton \" # {{\\& Co}})\n@BOOK(k3,author=\"A {{\"}} B\",title=\"T\",\n  % year={{1900}},\n  publisher=pub,year=2001,)",
        book("k1", "ids = {alias1, alias2}"),
        book("k2", ""),
    );
    let files = [("a.bib", text.as_str())];
    let bibliography = read(&files);
    assert_eq!(show(&bibliography, &files), "");
    assert_eq!(bibliography.works.keys().collect::<Vec<_>>(), ["k1", "k2", "k3"]);
    assert_eq!(bibliography.work("alias2").unwrap().key, "k1");
    assert_eq!(bibliography.works["k3"].text("publisher"), Some("Norton & Co"));
    assert_eq!(bibliography.works["k3"].year(), Some(2001));
    let k2 = &bibliography.works["k2"];
    assert!(text[k2.span.clone()].starts_with("@book{k2") && text[k2.span.clone()].ends_with('}'));
    assert_eq!(&text[k2.key_span.clone()], "k2");
}

#[test]
fn the_same_key_twice_within_and_across_files() {
    let (one, two) =
        (format!("{}\n{}", book("a", ""), book("a", "note={other}")), book("a", "") + &book("b", "ids={a}"));
    check_faults(
        &[("one.bib", &one), ("two.bib", &two)],
        "Error[bibliography-key-duplicate] 2:<a> two works have the key “a”
    |  1:<a> the other one is here
    |  Give one of them another key, or take it out if they are the same work.
    |Error[bibliography-key-duplicate] 1:<a> two works have the key “a”
    |  1:<a> the other one is here
    |  Give one of them another key, or take it out if they are the same work.
    |Error[bibliography-key-duplicate] 1:<b> two works have the key “a”
    |  1:<a> the other one is here
    |  Give one of them another key, or take it out if they are the same work.",
    );
}

#[test]
fn undefined_macros_are_named_and_the_entry_kept() {
    let text = "@string{bjp = {British Journal}}\n@article{a, author={A}, title={T}, journal=bpj,\n  year=2000}";
    check_faults(
        &[("a.bib", text)],
        "Error[bibliography-syntax] 2:<bpj> “a” uses “bpj”, which no @string defines
    |  Did you mean `bjp`? Put the words between braces, `{bpj}`, or define `@string{bpj = {…}}` above.",
    );
    assert!(read(&[("a.bib", text)]).works.contains_key("a"));
}

#[test]
fn broken_entries_do_not_hide_others() {
    let text = format!(
        "@book{{open, title={{never closed,\n year=2000}}\n{}\n@book{{, title={{T}}}}\n@book{{two words, title={{T}}}}\n\
         @book{{junk, ; title={{T}}, year}}\n@book{{empty, title=}}\n@string{{x}}\n@article{{unfinished, title={{T}}",
        book("good", "")
    );
    let files = [("a.bib", text.as_str())];
    let bibliography = read(&files);
    assert_eq!(bibliography.works.keys().collect::<Vec<_>>(), ["empty", "good", "junk", "open", "unfinished"]);
    check_faults(
        &files,
        "Error[bibliography-syntax] 1:<@book{open> “open” is never closed
    |  Look for a value whose brace or quotation mark is not closed, and end the entry with `}`.
    |Error[bibliography-syntax] 4:<@book{> this “@book” has no key
    |  Write the key first and a comma after it: `@article{smith2001, title = {…}}`. A key has no spaces, quotation marks or braces.
    |Error[bibliography-syntax] 5:<@book{two words> “two words” cannot be a citation key
    |  Write the key first and a comma after it: `@article{smith2001, title = {…}}`. A key has no spaces, quotation marks or braces.
    |Error[bibliography-syntax] 6:<@book{junk> “junk” has something between its fields that is no field
    |  6:<; title={T}, year}> reading stopped here
    |  A field is a name, “=” and a value between braces, such as `year = {2001},`.
    |Error[bibliography-syntax] 6:<@book{junk> “junk” has something between its fields that is no field
    |  6:<year}> reading stopped here
    |  A field is a name, “=” and a value between braces, such as `year = {2001},`.
    |Error[bibliography-syntax] 7:<@book{empty> a field of “empty” has no value that can be read
    |  7:<title=}> reading stopped here
    |  Write the value between braces, such as `title = {…},`.
    |Error[bibliography-syntax] 8:<@string{x> this @string cannot be read
    |  Write `@string{name = {words}}`.
    |Error[bibliography-syntax] 9:<@article{unfinished> “unfinished” is never closed
    |  Look for a value whose brace or quotation mark is not closed, and end the entry with `}`.",
    );
}

#[test]
fn crossref_loops_are_named_and_end() {
    let text = "@book{a, title={T}, publisher={P}, year=2000, crossref={b}}\n@book{b, crossref={a}}\n@book{c, crossref={c}, title={T}, publisher={P}, year=1}";
    check_faults(
        &[("a.bib", text)],
        "Error[bibliography-crossref-loop] 1:<{b}> crossref loop a → b → a
    |  2:<{a}> “b” refers on from here
    |  A work can only take fields over from the larger work it is part of. Take one of these references out.
    |Error[bibliography-crossref-loop] 3:<{c}> crossref loop c → c
    |  A work can only take fields over from the larger work it is part of. Take one of these references out.
    |Warning[bibliography-field-missing] 2:<b> “b” has no title, no publisher and no year
    |  Add `title = {…}`, `publisher = {…}` and `year = {2001}` to the entry.",
    );
    let ring: String = (0..20_000).map(|at| format!("@book{{k{at}, crossref={{k{}}}}}", (at + 1) % 20_000)).collect();
    let loops = read(&[("a.bib", &ring)]).faults;
    assert_eq!(loops.iter().filter(|fault| fault.rule == "bibliography-crossref-loop").count(), 1);
}

#[test]
fn fields_are_taken_over_from_larger_works() {
    let bibliography = read(&[
        ("one.bib", "@incollection{part, author={A}, title={Part}, pages={1--2}, crossref={whole}, xdata={house}}"),
        (
            "two.bib",
            "@collection{whole, editor={E}, title={Whole}, subtitle={Sub}, year=2000, xdata={house}}\n@xdata{house, publisher={P}, location={London}}",
        ),
    ]);
    assert_eq!(bibliography.faults, []);
    let part = &bibliography.works["part"];
    assert_eq!(part.text("container-title"), Some("Whole: Sub"));
    assert_eq!(part.text("title"), Some("Part"));
    assert_eq!(part.text("publisher-place"), Some("London"));
    assert!(!bibliography.works.contains_key("house"));
    let lost = read(&[(
        "one.bib",
        "@book{a, title={T}, publisher={P}, year=1, crossref={wole}}@book{whole, title={T}, publisher={P}, year=1}",
    )]);
    assert_eq!(lost.faults[0].message, "the crossref of “a” names “wole”, which no bibliography has");
    assert_eq!(lost.faults[0].hint.as_deref(), Some("Did you mean `whole`?"));
}

#[test]
fn a_hundred_thousand_braces_are_refused_quickly() {
    let deep = format!("@book{{a, title={}x{}}}\n{}", "{".repeat(100_000), "}".repeat(100_000), book("b", ""));
    let started = std::time::Instant::now();
    let bibliography = read(&[("a.bib", &deep)]);
    assert!(started.elapsed().as_secs() < 2);
    assert_eq!(bibliography.faults[0].message, "“a” has braces more than 40 deep");
    assert!(bibliography.works.contains_key("b"));
}

#[test]
fn no_file_takes_long() {
    for piece in [
        "@book{",
        "@book{a,",
        "@comment{",
        "\n@book{a, title={",
        "@string{a=",
        "@",
        "\n@book{k, x",
        "{",
        "\"",
        "@a{b,c=\"{",
        "%@a{\n",
    ] {
        let text = piece.repeat(20_000);
        let started = std::time::Instant::now();
        read(&[("a.bib", &text)]);
        read(&[("a.json", &text)]);
        read(&[("a.yaml", &text)]);
        assert!(started.elapsed().as_secs() < 5, "{piece} took {:?}", started.elapsed());
    }
}

#[test]
fn files_that_are_not_there() {
    let mut sources = Sources::default();
    sources.files.insert(SitePath::new("content/references.bib"), book("a", "").into());
    sources.files.insert(SitePath::new("content/latin.bib"), (&b"@book{a, title={caf\xe9}}"[..]).into());
    sources.files.insert(SitePath::new("content/notes.txt"), (&b""[..]).into());
    let faults = bibliography(&sources, &config(&["refrences.bib", "../../x.bib", "notes.txt", "latin.bib"])).faults;
    let shown: Vec<String> = faults
        .iter()
        .map(|fault| {
            format!(
                "{} {:?} {} | {}",
                fault.at.path,
                fault.at.span.start..fault.at.span.end,
                fault.message,
                fault.hint.as_deref().unwrap()
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "site-config.toml 10..20 there is no bibliography “refrences.bib” | Did you mean `references.bib`? The path is counted from the folder `content/`.",
            "site-config.toml 10..20 there is no bibliography “../../x.bib” | The path is counted from the folder `content/`. Put the file there, or take its name out.",
            "site-config.toml 10..20 “notes.txt” is no bibliography that can be read | Name a file that ends in `.bib`, `.json` (CSL-JSON) or `.yaml` (Hayagriva).",
            "content/latin.bib 19..20 byte 0xE9 is not UTF-8 text | The file was probably saved as Windows-1252 or Latin-1. Save it again as UTF-8.",
        ]
    );
}

#[test]
fn missing_fields_are_warned_of() {
    check_faults(
        &[(
            "a.bib",
            "@article{elkin1989, author={Elkin, I.}, title={General effectiveness}}\n@online{page, title={T}}",
        )],
        "Warning[bibliography-field-missing] 1:<elkin1989> “elkin1989” has no journal and no year
    |  Add `journal = {…}` and `year = {2001}` to the entry.
    |Warning[bibliography-field-missing] 2:<page> “page” has no address
    |  Add `url = {https://…}` to the entry.",
    );
}

#[test]
fn csl_json_items_one_by_one() {
    let text = r#"[
  {"id": "a", "type": "book", "title": "T", "publisher": "P", "issued": {"date-parts": [[2000]]}, "volume": 3, "DOI": "https://doi.org/10.1/x"},
  {"id": "b", "type": "book" "title": "T"},
  {"type": "book"},
  {"id": 7, "title": "Seven", "event": "E"},
  {"id": "c", "title": "never closed
"#;
    let files = [("a.json", text)];
    let bibliography = read(&files);
    assert_eq!(
        show(&bibliography, &files),
        "Error[bibliography-syntax] 6:<{\"id\": \"c\", \"title\": \"never closed> this item is never closed
  Look for a `}` or a quotation mark that is missing.
Error[bibliography-syntax] 3:<{\"id\": \"b\", \"type\": \"book\" \"title\": \"T\"}> this item cannot be read: expected `,` or `}`
  3:<> reading stopped here
  Mend the JSON there.
Error[bibliography-syntax] 4:<{\"type\": \"book\"}> this item has no “id”
  Add the citation key: `\"id\": \"smith2001\",`.
"
    );
    let a = &bibliography.works["a"];
    assert_eq!((a.text("volume"), a.text("DOI"), &text[a.key_span.clone()]), (Some("3"), Some("10.1/x"), "\"a\""));
    assert_eq!(bibliography.works["7"].text("event-title"), Some("E"));
    assert_eq!(read(&[("a.json", "[]")]).faults, []);
    assert_eq!(read(&[("a.json", "nothing")]).faults[0].message, "this file holds no CSL-JSON items");
}

#[test]
fn hayagriva_entries_one_by_one() {
    let text = "\
# comment
frank1991:
  type: article
  title: Efficacy of interpersonal psychotherapy
  author: ['Frank, Ellen', 'van Dyck, Richard', {name: Reynolds, given-name: C. F., suffix: III}]
  date: 1991-12
  page-range: 1053-1059
  serial-number: { doi: 10.1001/x, pmid: 1845438 }
  parent:
    type: periodical
    title: { value: Archives of General Psychiatry, short: Arch Gen Psychiatry }
    volume: 48
    issue: 12
broken:
  title: a: b: c
who:
  type: report
  title: 'Group therapy'
  author: World Health Organization
  organization: WHO
  date: 2016
  url: { value: 'https://who.int', date: 2020-01-02 }
";
    let files = [("a.yaml", text)];
    let bibliography = read(&files);
    assert_eq!(
        show(&bibliography, &files),
        "Error[bibliography-syntax] 14:<broken> “broken” cannot be read: mapping values are not allowed in this context
  15:<> reading stopped here
  Check the indent, and put words that hold a colon in quotation marks.
"
    );
    assert_eq!(
        serde_json::Value::Object((*bibliography.works["frank1991"].csl).clone()),
        serde_json::json!({
            "id": "frank1991", "type": "article-journal", "title": "Efficacy of interpersonal psychotherapy",
            "author": [
                {"family": "Frank", "given": "Ellen"},
                {"family": "Dyck", "given": "Richard", "dropping-particle": "van"},
                {"family": "Reynolds", "given": "C. F.", "suffix": "III"},
            ],
            "container-title": "Archives of General Psychiatry", "container-title-short": "Arch Gen Psychiatry",
            "volume": "48", "issue": "12", "page": "1053-1059", "issued": {"date-parts": [[1991, 12]]},
            "DOI": "10.1001/x", "PMID": "1845438",
        })
    );
    let who = &bibliography.works["who"].csl;
    assert_eq!(who["author"], serde_json::json!([{"literal": "World Health Organization"}]));
    assert_eq!(who["accessed"], serde_json::json!({"date-parts": [[2020, 1, 2]]}));
    assert_eq!(who["URL"], "https://who.int");
}

#[test]
fn houses_keep_their_names() {
    for (written, expected) in [
        ("John Wiley and Sons", "John Wiley and Sons"),
        ("{Wiley and Sons} and Methuen", "Wiley and Sons; Methuen"),
        ("{{Barnes and Noble}}", "Barnes and Noble"),
    ] {
        let text = format!("@book{{a, title={{T}}, year=1, publisher={{{written}}}}}");
        assert_eq!(read(&[("a.bib", &text)]).works["a"].text("publisher"), Some(expected));
    }
}
