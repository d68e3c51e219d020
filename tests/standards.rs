//! The table of standards names rules that exist, and every rule that rests on one of the standards.

use std::collections::BTreeSet;

use psychoed::check::{RULES, STANDARDS};

/// What stands between backticks in the tables and is no command or place.
fn named() -> BTreeSet<&'static str> {
    let rows = STANDARDS.lines().filter(|line| line.starts_with('|'));
    rows.flat_map(|row| row.split('`').skip(1).step_by(2)).collect()
}

fn rules() -> BTreeSet<&'static str> {
    RULES.iter().map(|rule| rule.name).collect()
}

#[test]
fn every_rule_named_in_the_table_of_standards_exists() {
    let unknown: Vec<&str> = named().difference(&rules()).copied().collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(named().len() > 70);
}

#[test]
fn every_rule_that_rests_on_a_standard_is_in_its_table() {
    let standards = ["NHS", "PIF", "CDC", "PEMAT", "Clear Print"];
    let why = |docs: &'static str| docs.split_once("## Why").unwrap().1.split("\n## ").next().unwrap();
    let resting = RULES.iter().filter(|rule| standards.iter().any(|standard| why(rule.docs).contains(standard)));
    let resting: BTreeSet<&str> = resting.map(|rule| rule.name).collect();
    let missing: Vec<&str> = resting.difference(&named()).copied().collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(resting.len() > 10);
}

#[test]
fn every_requirement_has_an_answer() {
    let is_row = |line: &&str| line.starts_with("| ") && !line.ends_with("| Held by |");
    let rows: Vec<&str> = STANDARDS.lines().filter(is_row).collect();
    for row in &rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [asked, held] = cells[..] else { panic!("{row}") };
        let answers = |part: &str| ["`", "always: ", "a person", "cannot"].iter().any(|start| part.starts_with(start));
        assert!(!asked.is_empty() && held.split("; ").any(answers), "{row}");
    }
    let items = |heading: &str| {
        let section = STANDARDS.split_once(heading).unwrap().1.split("\n## ").next().unwrap();
        section
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.split_once(". ")?.0.parse().ok())
            .collect::<Vec<u8>>()
    };
    assert_eq!(items("## PIF TICK\n"), (1..=10).collect::<Vec<_>>());
    assert_eq!(items("## CDC Clear Communication Index\n"), (1..=20).collect::<Vec<_>>());
    assert_eq!(items("## PEMAT for printed material\n"), (1..=12).chain(15..=26).collect::<Vec<_>>());
    assert!(rows.len() > 100);
}

#[test]
fn the_table_is_told_at_the_terminal() {
    let run =
        std::process::Command::new(env!("CARGO_BIN_EXE_psychoed")).args(["explain", "standards"]).output().unwrap();
    assert!(run.status.success());
    assert_eq!(String::from_utf8(run.stdout).unwrap().trim_end(), STANDARDS.trim_end());
}
