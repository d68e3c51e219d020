//! Links: of three hundred injected faults exactly those are found, each in its place, and what is right stays right in the output.
//!
//! `links/library.rs` writes a library of a thousand pages, `links/faults.rs` links that lead nowhere, and `links/tricky.rs` links
//! that look as if they might, but do not.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

#[path = "links/faults.rs"]
mod faults;
#[path = "links/library.rs"]
mod library;
#[path = "links/published.rs"]
mod published;
#[path = "links/tricky.rs"]
mod tricky;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use library::Library;
use published::Published;

/// A finding: its rule, its file, its line, and the words it marks.
type Found = (String, String, usize, String);

fn psychoed(command: &str, root: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_psychoed"))
        .args([command, "--today", "2026-06-01", "--root"])
        .arg(root)
        .args(more)
        .output()
        .unwrap()
}

#[test]
fn every_injected_fault_is_found_in_its_place_and_nothing_else() {
    let mut library = Library::of_a_thousand_pages();
    let tricky = tricky::add_to(&mut library);
    let injected = faults::inject(&mut library);
    let of_rule = |rule: &str| injected.iter().filter(|fault| fault.rule == rule).count();
    assert_eq!((of_rule("link-target-missing"), of_rule("link-anchor-missing"), tricky.len()), (200, 100, 60));

    let scratch = TempDir::new().unwrap();
    library.write_to(scratch.path());
    let run = psychoed("check", scratch.path(), &["--format", "json"]);
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));

    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let found: Vec<Found> =
        report["diagnostics"].as_array().unwrap().iter().map(|found| place(found, &library)).collect();
    let expected: BTreeSet<Found> =
        injected.into_iter().map(|fault| (fault.rule.to_owned(), fault.path, fault.line, fault.address)).collect();
    assert_eq!(expected.len(), 300, "every injected fault has a place of its own");
    let told = found.len();
    let found: BTreeSet<Found> = found.into_iter().collect();
    let missed: Vec<_> = expected.difference(&found).collect();
    let false_alarms: Vec<_> = found.difference(&expected).collect();
    assert!(missed.is_empty() && false_alarms.is_empty(), "missed: {missed:#?}\nfalse alarms: {false_alarms:#?}");
    assert_eq!(told, 300, "no fault is told twice");
}

/// What a finding of the JSON report says, with the words of the file that it marks.
fn place(found: &serde_json::Value, library: &Library) -> Found {
    let text = |key: &str| found[key].as_str().unwrap().to_owned();
    let number = |key: &str| usize::try_from(found[key].as_u64().unwrap()).unwrap();
    let (path, line) = (text("path"), number("line"));
    let written = library.text(&path).lines().nth(line - 1).unwrap();
    let marked = number("column") - 1..number("end_column") - 1;
    let words: String = written.chars().skip(marked.start).take(marked.len()).collect();
    assert_eq!(number("end_line"), line, "an address stands on one line");
    (text("rule"), path, line, words.trim_matches('"').to_owned())
}

#[test]
fn every_tricky_link_leads_to_a_file_and_a_place_of_the_output() {
    let mut library = Library::of_a_thousand_pages();
    let tricky = tricky::add_to(&mut library);
    let scratch = TempDir::new().unwrap();
    library.write_to(scratch.path());
    let output = scratch.path().join("public");
    let run = psychoed("build", scratch.path(), &["--output", output.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));

    let published = Published::read(&output);
    let mut wrong = BTreeMap::new();
    for link in &tricky {
        let leads = published.link(&link.page, link.below, &link.words);
        let expected = (link.file.to_owned(), link.anchor.map(str::to_owned));
        if leads.as_ref() != Some(&expected) {
            wrong.insert(&link.written, (expected, leads));
        }
    }
    assert!(wrong.is_empty(), "as written, where it should lead, where it leads: {wrong:#?}");
    let dead = published.dead_links();
    assert!(dead.is_empty(), "dead links of the output: {dead:#?}");
}
