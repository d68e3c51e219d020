//! Every rule is held to its own page: the bad example is found, and the good one is not.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use psychoed::check::{self, RULES, Rule};
use psychoed::config::Level;
use psychoed::diagnostic::{Diagnostic, Severity};
use psychoed::render::print::Printing;
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Built, Memo, Options, build};

/// The day on which all examples are read.
const FACTS: Facts = Facts { today: jiff::civil::date(2026, 11, 22) };
const SECTIONS: [&str; 5] = ["Why", "Bad", "Good", "How to mend it", "How to waive it"];
const CONFIG: &str = "title = \"Clinic\"\nlanguage = \"en-GB\"\n";
const HOME: &str = "+++\nkind = \"page\"\ntitle = \"Home\"\n+++\n\nWelcome.\n";

#[test]
fn every_rule_has_a_complete_page_and_every_page_a_rule() {
    for rule in RULES {
        let expected: Vec<String> = std::iter::once(format!("# {}", rule.name))
            .chain(SECTIONS.map(|section| format!("## {section}")))
            .collect();
        let mut in_fence = false;
        let headings: Vec<&str> = rule
            .docs
            .lines()
            .filter(|line| {
                in_fence ^= line.starts_with("```");
                !in_fence && line.starts_with('#')
            })
            .collect();
        assert_eq!(headings, expected, "sections of {}", rule.name);
        assert!(rule.summary.ends_with('.') && rule.summary.len() < 120, "summary of {}: {}", rule.name, rule.summary);
        assert!(!example(rule, "Bad").is_empty(), "{} has no bad example", rule.name);
        assert!(!example(rule, "Good").is_empty(), "{} has no good example", rule.name);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let (code, pages): (BTreeSet<String>, BTreeSet<String>) =
        files.filter(|file| file != "mod.rs").partition(|file| file.ends_with(".rs"));
    let named = |ending: &str| RULES.iter().map(|rule| rule.name.replace('-', "_") + ending).collect::<BTreeSet<_>>();
    assert_eq!(pages, named(".md"));
    assert!(code.is_subset(&named(".rs")), "{:?}", code.difference(&named(".rs")));
}

#[test]
fn rules_are_sorted_by_name_and_found_by_it() {
    assert!(RULES.is_sorted_by(|a, b| a.name < b.name));
    assert_eq!(check::named("link-target-missing").ok().map(|rule| rule.name), Some("link-target-missing"));
    assert_eq!(check::named("link-target-mising").err().flatten().map(|rule| rule.name), Some("link-target-missing"));
    assert!(check::named("weather-bad").is_err_and(|near| near.is_none()));
}

#[test]
fn every_bad_example_is_found_at_its_level() {
    let mut failures = Vec::new();
    for rule in RULES {
        if shows_in_print(rule) && !cfg!(feature = "pdf") {
            continue;
        }
        let found = findings(rule, "Bad");
        let level = match rule.default_level {
            Level::Off => continue,
            Level::Note => Severity::Note,
            Level::Warn => Severity::Warning,
            Level::Error => Severity::Error,
        };
        if !found.iter().any(|diagnostic| diagnostic.rule == rule.name && diagnostic.severity == level) {
            failures.push(format!("{}: found {}", rule.name, told(&found)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_good_example_is_free_of_the_fault_and_of_errors() {
    let mut failures = Vec::new();
    for rule in RULES {
        let found = findings(rule, "Good");
        if found.iter().any(|diagnostic| diagnostic.rule == rule.name || diagnostic.severity == Severity::Error) {
            failures.push(format!("{}: found {}", rule.name, told(&found)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_was_found_before_an_edit_never_shows_after_it() {
    for rule in RULES {
        let (good, bad) = (project(rule, "Good"), project(rule, "Bad"));
        let (mut files, mut memo) = (good.clone(), Memo::default());
        let paths: BTreeSet<&String> = good.keys().chain(bad.keys()).collect();
        built(&files, &mut memo, false);
        for next in [&bad, &good] {
            for &path in paths.iter().filter(|path| good.get(**path) != bad.get(**path)) {
                match next.get(path) {
                    Some(bytes) => files.insert(path.clone(), bytes.clone()),
                    None => files.remove(path),
                };
                let after = built(&files, &mut memo, false).diagnostics;
                assert_eq!(after, built(&files, &mut Memo::default(), false).diagnostics, "{} at {path}", rule.name);
            }
        }
    }
}

#[test]
fn every_finding_says_how_to_mend_it() {
    for rule in RULES {
        for diagnostic in findings(rule, "Bad").iter().filter(|diagnostic| diagnostic.rule == rule.name) {
            let hint = diagnostic.hint.as_deref().unwrap_or_default();
            assert!(hint.ends_with(['.', '?', '`']), "{}: hint {hint:?}", rule.name);
            assert!(!diagnostic.message.ends_with('.'), "{}: message {:?}", rule.name, diagnostic.message);
        }
    }
}

#[test]
fn the_readme_lists_every_rule() {
    let (start, end) = ("<!-- rules:start -->\n", "<!-- rules:end -->");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let Ok(readme) = std::fs::read_to_string(path) else { return };
    let (_, rest) = readme.split_once(start).expect("README.md has a line <!-- rules:start -->");
    let (table, _) = rest.split_once(end).expect("README.md has a line <!-- rules:end -->");
    assert_eq!(table.trim(), check::table().trim(), "paste this into README.md:\n\n{}", check::table());
}

/// What is found in the example of a rule.
fn findings(rule: &Rule, section: &str) -> Vec<Diagnostic> {
    let mut built = built(&project(rule, section), &mut Memo::default(), shows_in_print(rule));
    built.print(&FACTS, &|_| {});
    built.diagnostics
}

/// Whether the fault shows only when pages are printed.
fn shows_in_print(rule: &Rule) -> bool {
    ["quick-reference-over-one-page", "sheet-broken"].contains(&rule.name)
}

fn built(files: &BTreeMap<String, Vec<u8>>, memo: &mut Memo, printed: bool) -> Built {
    let files = files.iter().map(|(path, bytes)| (SitePath::new(path), bytes.as_slice().into())).collect();
    let printing = Printing { wanted: printed, shelf: None };
    build(&Arc::new(Sources { files }), &FACTS, &Options { printing, ..Options::default() }, memo)
}

/// The example of a rule with what else a project needs.
fn project(rule: &Rule, section: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = example(rule, section);
    files.entry(Sources::CONFIG.to_owned()).or_insert_with(|| CONFIG.into());
    if !files.keys().any(|path| path.starts_with(Sources::CONTENT) && path.ends_with(".md")) {
        files.insert("content/index.md".to_owned(), HOME.into());
    }
    files
}

/// The files of an example: code blocks whose first line ends with a path, and perhaps how the file is stored.
fn example(rule: &Rule, section: &str) -> BTreeMap<String, Vec<u8>> {
    let text = whole_section(rule.docs, section);
    let mut files = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let words: Vec<&str> = info.split(' ').collect();
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let [_, path, stored @ ..] = &words[..] {
            files.insert((*path).to_owned(), bytes(&(body.join("\n") + "\n"), stored));
        }
    }
    files
}

/// A section of a rule's page, up to the next section that the page must have.
fn whole_section(docs: &str, section: &str) -> String {
    let next = SECTIONS[SECTIONS.iter().position(|&known| known == section).unwrap() + 1];
    let (_, rest) = docs.split_once(&format!("\n## {section}\n")).unwrap_or_default();
    rest.split_once(&format!("\n## {next}\n")).map_or(rest, |(body, _)| body).to_owned()
}

/// An example's text as it is stored.
fn bytes(text: &str, stored: &[&str]) -> Vec<u8> {
    match stored {
        [] => text.into(),
        ["windows-1252"] => text.chars().map(|c| u8::try_from(c).unwrap()).collect(),
        ["nul-for-␀"] => text.replace('␀', "\0").into(),
        _ => panic!("an example cannot be stored as {stored:?}"),
    }
}

fn told(found: &[Diagnostic]) -> String {
    let told: Vec<String> =
        found.iter().map(|d| format!("\n    {:?} {} at {}: {}", d.severity, d.rule, d.at.path, d.message)).collect();
    if told.is_empty() { "nothing".to_owned() } else { told.concat() }
}
