//! A list of retractions in the form of the Retraction Watch Database. `retractions/sample.csv` is made up: its DOIs start with
//! 10.5555, which nobody publishes under.
#![allow(clippy::disallowed_methods, reason = "tests read and write the disk")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use psychoed::diagnostic::Diagnostic;
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Built, Memo, Options, build, load};

const FACTS: Facts = Facts::on(jiff::civil::date(2026, 11, 22));
const SAMPLE: &str = include_str!("retractions/sample.csv");
const CONFIG: &str = "title = \"Clinic\"\n[citations]\nretractions = \"data/list.csv\"\n";

/// Works by key, with the field that identifies each.
const WORKS: &[(&str, &str)] = &[
    ("retracted", "doi = {10.5555/retracted}"),
    ("bypmid", "pmid = {99000002}"),
    ("byaddress", "url = {https://doi.org/10.5555/RETRACTED}, urldate = {2026-01-01}"),
    ("concern", "doi = {10.5555/concern}"),
    ("reinstated", "doi = {10.5555/reinstated}"),
    ("corrected", "doi = {10.5555/corrected}"),
    ("twice", "doi = {10.5555/twice}"),
    ("sound", "doi = {10.5555/sound}, pmid = {99000099}"),
    ("poster", "note = {A poster}"),
];

fn files(list: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let entry = |(key, field): &(&str, &str)| {
        format!(
            "@article{{{key}, author = {{{key}, A.}}, title = {{On {key}}}, journal = {{J}}, year = {{2001}}, {field}}}\n"
        )
    };
    let cites: Vec<String> = WORKS.iter().map(|(key, _)| format!("@{key}")).collect();
    let page = format!("+++\nkind = \"page\"\ntitle = \"Home\"\n+++\n\nIt helps [{}].\n", cites.join("; "));
    vec![
        ("site-config.toml", CONFIG.into()),
        ("content/works.bib", WORKS.iter().map(entry).collect::<String>().into()),
        ("content/index.md", page.into()),
        ("data/list.csv", list.to_vec()),
    ]
}

fn sources(files: &[(&str, Vec<u8>)]) -> Arc<Sources> {
    Arc::new(Sources {
        files: files.iter().map(|(path, bytes)| (SitePath::new(path), bytes.as_slice().into())).collect(),
    })
}

fn built(list: &[u8]) -> Built {
    build(&sources(&files(list)), &FACTS, &Options::default(), &mut Memo::default())
}

/// Findings that have to do with the list: rule, line of the file, message.
fn told(found: &[Diagnostic], list: &[u8]) -> Vec<String> {
    let about = |found: &&Diagnostic| found.rule.starts_with("work-") || found.rule == "retraction-list-unreadable";
    let line = |found: &Diagnostic| match found.at.path.as_str() {
        "data/list.csv" => {
            format!(" {}", list[..found.at.span.start].iter().filter(|byte| **byte == b'\n').count() + 1)
        }
        _ => String::new(),
    };
    found
        .iter()
        .filter(about)
        .map(|found| format!("{:?} {}{}: {}", found.severity, found.rule, line(found), found.message))
        .collect()
}

#[test]
fn each_nature_is_told_as_what_it_is() {
    let expected = [
        "Error work-retracted: “retracted” was retracted on 2020-05-18 (Falsification/Fabrication of Data, Investigation by \
         Journal/Publisher, Misconduct by Author, …)",
        "Error work-retracted: “bypmid” was retracted on 2019-12-01 (Error in Data)",
        "Error work-retracted: “byaddress” was retracted on 2020-05-18 (Falsification/Fabrication of Data, Investigation by \
         Journal/Publisher, Misconduct by Author, …)",
        "Warning work-under-concern: “concern” got an expression of concern on 2022-03-02 (Concerns/Issues About Data)",
        "Note work-corrected: “corrected” was corrected on 2021-06-30 (Error in Text)",
        "Error work-retracted: “twice” was retracted on 2022-07-08 (Concerns/Issues About Data)",
        "Note work-not-checkable: 1 of 9 works cannot be looked up in the list of retractions (its newest notice is of 2026-10-01)",
    ];
    let found = built(SAMPLE.as_bytes()).diagnostics;
    assert_eq!(told(&found, SAMPLE.as_bytes()), expected);
    let first = found.iter().find(|found| found.rule == "work-retracted").unwrap();
    assert_eq!(
        first.hint.as_deref(),
        Some(
            "Take out what rests on it, or find another source for it. Read the notice: `https://doi.org/10.5555/notice.1`."
        )
    );
    let unknown = found.iter().find(|found| found.rule == "work-not-checkable").unwrap();
    assert_eq!(
        unknown.hint.as_deref(),
        Some("Articles are found by DOI or PMID. Add one to these, if they have one: `poster`.")
    );
}

#[test]
fn a_retracted_work_that_no_page_cites_is_told_at_its_entry() {
    let mut files = files(SAMPLE.as_bytes());
    files[2].1 = b"+++\nkind = \"page\"\ntitle = \"Home\"\n+++\n\nIt helps.\n".to_vec();
    let found = build(&sources(&files), &FACTS, &Options::default(), &mut Memo::default()).diagnostics;
    let retracted: Vec<(&str, &str)> = found
        .iter()
        .filter(|found| found.rule == "work-retracted")
        .map(|found| (found.at.path.as_str(), found.message.split(' ').next().unwrap()))
        .collect();
    assert_eq!(retracted, ["“retracted”", "“bypmid”", "“byaddress”", "“twice”"].map(|key| ("content/works.bib", key)));
}

#[test]
fn what_cannot_be_read_is_told_at_its_line_and_hides_nothing() {
    let mut list = b"\xef\xbb\xbf".to_vec();
    list.extend(
        SAMPLE
            .replace("Mended", "Caf\u{e9}")
            .replace("\u{e9}", "\u{1}")
            .bytes()
            .map(|byte| if byte == 1 { 0xe9 } else { byte }),
    );
    list.extend(b"10,too,few\r\n11,A,B,C,D,E,F,G,,I,1/1/2020,,0,1/1/2001,10.5555/sound,0,Withdrawal,,No,,\r\n");
    let found = built(&list).diagnostics;
    let told = told(&found, &list);
    assert_eq!(told.iter().filter(|line| line.contains("work-")).count(), 7, "{told:#?}");
    let broken = found.iter().find(|found| found.rule == "retraction-list-unreadable").unwrap();
    assert_eq!(&list[broken.at.span.start..broken.at.span.end], b"10,too,few");
    let told: Vec<String> = told.into_iter().filter(|line| line.contains("unreadable")).collect();
    assert_eq!(
        told,
        [
            "Warning retraction-list-unreadable 12: this row has 3 fields, but there are 20 columns",
            "Warning retraction-list-unreadable 13: a notice about a work of yours is of an unknown nature, “Withdrawal”",
        ]
    );
    for (list, fault) in [
        (&b""[..], "Error retraction-list-unreadable 1: this list of retractions is empty"),
        (
            b"OriginalPaperDOI,Nature,OriginalPaperPubMedID\n",
            "Error retraction-list-unreadable 1: this list of retractions has no column “RetractionNature”",
        ),
    ] {
        assert_eq!(self::told(&built(list).diagnostics, list), [fault]);
    }
    let mut files = files(b"");
    files.pop();
    let found = build(&sources(&files), &FACTS, &Options::default(), &mut Memo::default()).diagnostics;
    assert_eq!(
        self::told(&found, b""),
        ["Error retraction-list-unreadable: there is no list of retractions “data/list.csv”"]
    );
}

#[test]
fn many_broken_rows_are_summed_up() {
    let mut list = SAMPLE.to_owned();
    list.push_str(&"a,b\n".repeat(1000));
    let found = built(list.as_bytes()).diagnostics;
    let rows: Vec<&Diagnostic> = found.iter().filter(|found| found.rule == "retraction-list-unreadable").collect();
    assert_eq!(rows.len(), 6);
    assert_eq!(rows[0].message, "1000 rows of this list of retractions cannot be read");
}

#[test]
fn a_list_of_full_length_takes_no_time_to_speak_of() {
    let (header, rows) = SAMPLE.split_once('\n').unwrap();
    // The real list has some 70,000 rows; a build without optimisation is held to a tenth of that.
    let list = format!("{header}\n{}", rows.replace("10.5555/", "10.5555/other.").repeat(800));
    let start = Instant::now();
    let found = built(list.as_bytes()).diagnostics;
    assert_eq!(found.iter().filter(|found| found.rule == "work-retracted").count(), 1, "only a PMID is left to match");
    assert!(start.elapsed() < Duration::from_secs(5), "took {:?}", start.elapsed());
}

#[test]
fn a_project_reads_its_list_from_disk_and_again_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    files(SAMPLE.as_bytes()).iter().for_each(|(path, bytes)| put(path, bytes));
    let mut memo = Memo::default();
    let mut retracted = |sources: &Sources| {
        let found = build(&Arc::new(sources.clone()), &FACTS, &Options::default(), &mut memo).diagnostics;
        found.iter().filter(|found| found.rule == "work-retracted").count()
    };
    let before = load::project(folder.path()).unwrap();
    assert_eq!(retracted(&before), 4);
    put("data/list.csv", SAMPLE.replace("10.5555/Retracted", "10.5555/another").as_bytes());
    let changed = [folder.path().join("data/list.csv")].into();
    let after = load::again(folder.path(), &before, &changed).unwrap();
    assert_eq!(retracted(&after), 2);
    assert!(load::places(folder.path(), &after).iter().any(|place| place.ends_with(Path::new("data/list.csv"))));
}
