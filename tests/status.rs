//! `psychoed status`: a fixture site in, the whole report out, in every format and as a page.
//!
//! `PSYCHOED_BLESS=1 cargo test --test status` writes what is said now to `tests/status`: read the difference before you commit it.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use jiff::civil::date;
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Memo, Options, build};
use serde_json::{Value, json};
use tempfile::TempDir;

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/status").join(name)
}

/// Exit code, standard output and standard error.
fn status(root: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_psychoed"));
    command.args(["status", "--today", "2026-11-22", "--root"]).arg(root).args(arguments);
    let run = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

fn said(arguments: &[&str]) -> String {
    let (code, out, err) = status(&here("site"), arguments);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{arguments:?}");
    out
}

fn holds(name: &str, actual: &str) {
    if std::env::var_os("PSYCHOED_BLESS").is_some() {
        fs::write(here(name), actual).unwrap();
    }
    assert_eq!(actual, fs::read_to_string(here(name)).unwrap_or_default(), "tests/status/{name} differs");
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&said(&[&["--format", "json"], arguments].concat())).unwrap()
}

fn ids(report: &Value) -> Vec<&str> {
    report["pages"].as_array().unwrap().iter().filter_map(|page| page["id"].as_str()).collect()
}

#[test]
fn people_get_a_table_of_80_columns() {
    let table = said(&[]);
    holds("all.txt", &table);
    assert_eq!(said(&["--format", "human"]), table);
    for line in table.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
    }
}

#[test]
fn what_is_due_soon_comes_by_itself() {
    holds("due.txt", &said(&["--due-within", "60d"]));
    for (within, last_day, due) in [
        ("8 days", "2026-11-30", &["HO-ENDING"][..]),
        ("9d", "2026-12-01", &["HO-ENDING", "HO-GRIEF"]),
        ("2w", "2026-12-06", &["HO-ENDING", "HO-GRIEF"]),
        ("1mo", "2026-12-22", &["HO-ENDING", "HO-GRIEF"]),
        ("1y 10d", "2027-12-02", &["HO-ENDING", "HO-GRIEF", "HO-GRIEF-ES"]),
    ] {
        let report = json(&["--due-within", within]);
        assert_eq!((ids(&report), &report["due_by"], &report["gaps"]), (due.to_vec(), &json!(last_day), &Value::Null));
    }
    let none = said(&["--due-within", "0d", "--edition", "teaching"]);
    assert_eq!(none, "0 pages to review by 2026-11-22, 0 of them overdue\n");
}

#[test]
fn a_time_is_whole_days_or_more() {
    for within in ["60", "3m", "12h", "1d 2h", "-5d", "soon", ""] {
        let (code, out, err) = status(&here("site"), &[&format!("--due-within={within}")]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{within}");
        assert!(err.contains("a time is written as 60d, 8w, 2mo or 1y") || within.is_empty(), "{within}: {err}");
    }
    let (code, _, err) = status(&here("site"), &["--due-within", "9999y"]);
    assert_eq!((code, err.as_str()), (Some(2), "error: --due-within leads past the end of the calendar\n"));
}

#[test]
fn machines_get_everything_as_json() {
    holds("all.json", &said(&["--format", "json"]));
}

#[test]
fn a_spreadsheet_reads_back_what_was_written() {
    let text = said(&["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let report = json(&[]);
    let (pages, gaps): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row["row"] == "page");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for (row, page) in pages.iter().zip(report["pages"].as_array().unwrap()) {
        for (column, key) in [
            ("kind", "kind"),
            ("id", "id"),
            ("title", "title"),
            ("path", "path"),
            ("language", "language"),
            ("version", "version"),
            ("status", "status"),
            ("reviewed", "reviewed"),
            ("review_due", "review_due"),
        ] {
            assert_eq!(row[column], text(&page[key]), "{column} of {}", page["path"]);
        }
        for severity in ["errors", "warnings", "notes"] {
            assert_eq!(row[severity], page["findings"][severity].to_string());
        }
        assert_eq!(row["grade"], page["grade"].as_f64().map(|grade| format!("{grade:.1}")).unwrap_or_default());
        for score in ["pemat_understandability", "pemat_actionability", "cdc_index"] {
            let percent = page["scores"][score].as_i64().map(|percent| percent.to_string());
            assert_eq!(row[score], percent.unwrap_or_default(), "{score} of {}", page["path"]);
        }
        assert_eq!(
            [&row["scored_by"], &row["scored_on"]],
            [&text(&page["scores"]["by"]), &text(&page["scores"]["on"])]
        );
        assert_eq!(row["translates"], text(&page["translates"]["standing"]));
    }
    let told: Vec<&String> = gaps.iter().map(|row| &row["title"]).collect();
    let expected: Vec<String> = report["gaps"].as_array().unwrap().iter().map(|gap| text(&gap["message"])).collect();
    assert_eq!(told, expected.iter().collect::<Vec<_>>());
    assert_eq!((pages.len(), gaps.len()), (10, 4));
    let grief = pages.iter().find(|row| row["id"] == "HO-GRIEF").unwrap();
    assert_eq!(grief["translations"], "es stale; zh-Hans unrecorded");
    let scored = pages.iter().find(|row| row["id"] == "HO-ENDING").unwrap();
    assert_eq!([&scored["pemat_actionability"], &scored["cdc_index"], &scored["scored_by"]], ["70", "", "C. Scorer"]);
}

#[test]
fn an_edition_is_reported_by_itself() {
    let report = json(&["--edition", "clinician"]);
    assert!(ids(&report).contains(&"SG-MIDDLE"));
    let report = json(&["--edition", "patient"]);
    assert!(ids(&report).contains(&"HO-GRIEF") && !ids(&report).contains(&"SG-MIDDLE"));
    let (code, out, err) = status(&here("site"), &["--edition", "patients"]);
    let message = "error: there is no edition “patients”; did you mean “patient”?\n";
    assert_eq!((code, out.as_str(), err.as_str()), (Some(2), "", message));
}

#[test]
fn without_a_configuration_to_rely_on_there_is_no_report() {
    let project = TempDir::new().unwrap();
    fs::write(project.path().join("site-config.toml"), "title = \n").unwrap();
    fs::create_dir(project.path().join("content")).unwrap();
    let (code, out, err) = status(project.path(), &[]);
    let message = "error: site-config.toml has to be mended first; `psychoed check` says how\n";
    assert_eq!((code, out.as_str(), err.as_str()), (Some(2), "", message));
}

/// A site with phases `a` and `b`, focal areas `x` and `y`, and handouts of some of them.
fn gaps(config: &str, handouts: &[(&str, &str)]) -> Vec<String> {
    let project = TempDir::new().unwrap();
    fs::create_dir(project.path().join("content")).unwrap();
    fs::write(project.path().join("site-config.toml"), format!("title = \"C\"\n{config}")).unwrap();
    for (number, (keys, body)) in handouts.iter().enumerate() {
        let text = format!("+++\nkind = \"handout\"\nid = \"H-{number}\"\ntitle = \"H\"\n{keys}\n+++\n\n{body}\n");
        fs::write(project.path().join(format!("content/{number}.md")), text).unwrap();
    }
    let (code, out, err) = status(project.path(), &["--format", "json"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let report: Value = serde_json::from_str(&out).unwrap();
    report["gaps"].as_array().unwrap().iter().map(|gap| gap["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn only_gaps_that_make_sense_are_reported() {
    const PHASES: &str = "[[phases]]\nid = \"a\"\ntitle = \"A\"\n[[phases]]\nid = \"b\"\ntitle = \"B\"\n";
    const AREAS: &str = "[[focal-areas]]\nid = \"x\"\ntitle = \"X\"\n[[focal-areas]]\nid = \"y\"\ntitle = \"Y\"\n";
    const EXPECT: &str = "[status]\nexpect = [\"handout\"]\n";
    let both = format!("{PHASES}{AREAS}{EXPECT}");
    let page = |keys: &'static str| (keys, "Text.");
    // A page of a phase without a focal area serves all of them, and the other way round.
    assert!(gaps(&both, &[page("phase = [\"a\"]"), page("phase = [\"b\"]")]).is_empty());
    assert!(gaps(&both, &[page("focal-area = [\"x\", \"y\"]")]).is_empty());
    let one = page("phase = [\"a\"]\nfocal-area = [\"x\"]");
    assert_eq!(gaps(&both, &[one]), ["The phase “B” has no handout", "“Y” has no handout"]);
    let three = [one, page("phase = [\"b\"]\nfocal-area = [\"x\"]"), page("phase = [\"a\"]\nfocal-area = [\"y\"]")];
    assert_eq!(gaps(&both, &three), ["“Y” has no handout for the phase “B”"]);
    // Neither a page of no phase and no focal area, nor one that nobody will read, fills a gap.
    let all = ["There is no handout for any phase or focal area"];
    assert_eq!(gaps(&both, &[page(""), page("phase = [\"a\"]\ndraft = true")]), all);
    assert_eq!(gaps(&both, &[page("phase = [\"a\"]\nexpires-on = 2026-01-01")]), all);
    assert_eq!(gaps(&format!("{PHASES}{EXPECT}"), &[page("phase = [\"a\"]")]), ["The phase “B” has no handout"]);
    assert_eq!(gaps(&format!("{AREAS}{EXPECT}"), &[page("focal-area = [\"x\"]")]), ["“Y” has no handout"]);
    assert_eq!(gaps(&format!("{PHASES}{AREAS}[status]\nexpect = []\n"), &[]), Vec::<String>::new());
    // Without a word on it, handouts and session guides are expected.
    let told =
        ["There is no handout for any phase or focal area", "There is no session guide for any phase or focal area"];
    assert_eq!(gaps(&format!("{PHASES}{AREAS}"), &[]), told);
}

fn sources(change: impl Fn(&str, String) -> Option<String>) -> Arc<Sources> {
    let root = here("site");
    let files =
        walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let files = files.filter_map(|entry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let text = change(&path, fs::read_to_string(entry.path()).unwrap())?;
        Some((SitePath::new(path), text.into()))
    });
    Arc::new(Sources { files: files.collect() })
}

/// Whatever is at an address of the site.
fn file(sources: &Arc<Sources>, memo: &mut Memo, path: &str) -> Option<String> {
    let facts = Facts::on(date(2026, 11, 22));
    let built = build(sources, &facts, &Options::default(), memo);
    let bytes = built.press.unwrap().file(path)?.unwrap();
    Some(String::from_utf8(bytes.to_vec()).unwrap())
}

const PAGE: &str = "clinician/editor/status.html";

#[test]
fn clinicians_get_the_report_as_a_page_and_nobody_else_does() {
    let asked = sources(|_, text| Some(text));
    let page = file(&asked, &mut Memo::default(), PAGE).unwrap();
    let (_, main) = page.split_once("<main").unwrap();
    holds("page.html", &format!("<main{}</main>\n", main.split_once("</main>").unwrap().0));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    for path in ["patient/editor/status.html", "teaching/editor/status.html"] {
        assert_eq!(file(&asked, &mut Memo::default(), path), None);
    }
    let home = file(&asked, &mut Memo::default(), "clinician/index.html").unwrap();
    assert!(home.contains("<a href=\"editor/status.html\">How the library stands</a>"));
    let home = file(&asked, &mut Memo::default(), "patient/index.html").unwrap();
    assert!(!home.contains("How the library stands"));
    let unasked = sources(|_, text| Some(text.replace("publish = true", "publish = false")));
    assert_eq!(file(&unasked, &mut Memo::default(), PAGE), None);
    let home = file(&unasked, &mut Memo::default(), "clinician/index.html").unwrap();
    assert!(!home.contains("How the library stands"));
}

#[test]
fn the_page_follows_every_edit() {
    let mut memo = Memo::default();
    let edits: [fn(&str, String) -> Option<String>; 4] = [
        |_, text| Some(text),
        |path, text| Some(if path.ends_with("grief.md") { text.replace("one person", "two people") } else { text }),
        |path, text| (!path.ends_with("grief.es.md")).then_some(text),
        |path, text| Some(if path.ends_with("start.md") { text + "\n[dead](nowhere.md)\n" } else { text }),
    ];
    let mut pages = Vec::new();
    for edit in edits {
        let kept = file(&sources(edit), &mut memo, PAGE);
        assert_eq!(kept, file(&sources(edit), &mut Memo::default(), PAGE));
        pages.push(kept);
    }
    assert!(pages[0] != pages[2] && pages[2] != pages[3]);
}

#[test]
fn the_address_of_the_report_is_taken_only_where_it_is_published() {
    let own = "+++\nkind = \"page\"\ntitle = \"Mine\"\n+++\n\nText.\n";
    for (publish, rules) in [("true", &["url-duplicate"][..]), ("false", &[])] {
        let site = sources(|_, text| Some(text.replace("publish = true", &format!("publish = {publish}"))));
        let mut site = Sources::clone(&site);
        site.files.insert(SitePath::new("content/editor/status.md"), own.as_bytes().into());
        let facts = Facts::on(date(2026, 11, 22));
        let built = build(&Arc::new(site), &facts, &Options::default(), &mut Memo::default());
        let found = built.diagnostics.iter().filter(|found| found.at.path.as_str() == "content/editor/status.md");
        let errors = found.filter(|found| found.severity == psychoed::diagnostic::Severity::Error);
        assert_eq!(errors.map(|found| found.rule).collect::<Vec<_>>(), rules);
    }
}
