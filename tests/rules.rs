//! Every rule is held to its own page: the bad example is found, and the good one is not.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use psychoed::check::{self, RULES, Rule};
use psychoed::config::Level;
use psychoed::diagnostic::{Diagnostic, Location, Severity};
use psychoed::render::print::Printing;
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Built, Memo, Options, build};

/// The day on which all examples are read.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 22);
/// The file of an example that says what asking the web found out.
const WEB_LINKS: &str = ".psychoed/web-links.json";
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
            // Its example turns it on.
            Level::Off => None,
            Level::Note => Some(Severity::Note),
            Level::Warn => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        };
        let is_it = |diagnostic: &Diagnostic| {
            diagnostic.rule == rule.name && level.is_none_or(|level| diagnostic.severity == level)
        };
        if !found.iter().any(is_it) {
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
    let Ok(readme) = std::fs::read_to_string(&path) else { return };
    let (before, rest) = readme.split_once(start).expect("README.md has a line <!-- rules:start -->");
    let (table, after) = rest.split_once(end).expect("README.md has a line <!-- rules:end -->");
    if std::env::var_os("PSYCHOED_BLESS").is_some() {
        std::fs::write(path, format!("{before}{start}{}{end}{after}", check::table())).unwrap();
        return;
    }
    assert!(table.trim() == check::table().trim(), "run this test with PSYCHOED_BLESS=1 to refresh README.md");
}

/// What is found in the example of a rule.
fn findings(rule: &Rule, section: &str) -> Vec<Diagnostic> {
    let files = project(rule, section);
    let mut built = built(&files, &mut Memo::default(), shows_in_print(rule));
    built.print(&facts(&files), &|_| {});
    built.diagnostics
}

/// Whether the fault shows only when pages are printed.
fn shows_in_print(rule: &Rule) -> bool {
    ["quick-reference-over-one-page", "sheet-broken"].contains(&rule.name)
}

fn built(files: &BTreeMap<String, Vec<u8>>, memo: &mut Memo, printed: bool) -> Built {
    let facts = facts(files);
    let files = files.iter().filter(|(path, _)| *path != WEB_LINKS);
    let files = files.map(|(path, bytes)| (SitePath::new(path), bytes.as_slice().into())).collect();
    let printing = Printing { wanted: printed, shelf: None };
    build(&Arc::new(Sources { files }), &facts, &Options { printing, ..Options::default() }, memo)
}

fn facts(files: &BTreeMap<String, Vec<u8>>) -> Facts {
    let web_links = files.get(WEB_LINKS).map(|bytes| serde_json::from_slice(bytes).unwrap());
    Facts { web_links: web_links.map(Arc::new), ..Facts::on(TODAY) }
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

/// What the bad example of a rule says: the text pointed at, the message and the hint.
fn told_in_full(name: &str) -> Vec<[String; 3]> {
    let rule = check::named(name).unwrap_or_else(|_| panic!("a rule called {name}"));
    let files = project(rule, "Bad");
    let text = |at: &Location| {
        let file = std::str::from_utf8(&files[at.path.as_str()]).unwrap();
        file[at.span.start..at.span.end].to_owned()
    };
    let found = findings(rule, "Bad").into_iter().filter(|found| found.rule == name);
    found.map(|found| [text(&found.at), found.message, found.hint.unwrap_or_default()]).collect()
}

#[test]
fn what_a_document_owes_its_readers_is_told_in_full() {
    for (rule, expected) in [
        (
            "document-control-incomplete",
            &[[
                "\"Grief\"",
                "“Grief” lacks `version`, `authors` and `review-due`",
                "Add `version = \"1.0\"`, `authors = [\"…\"]` and `review-due = …` to its front matter. A day is written year, \
                 month, day: 2026-11-22.",
            ]][..],
        ),
        (
            "feedback-missing",
            &[[
                "[organisation]",
                "pages such as “Grief” do not say how to tell you about a mistake",
                "In site-config.toml, below `[organisation]`, write a web address, an email address or a sentence: \
                 `feedback = \"…\"`.",
            ]],
        ),
        (
            "funding-missing",
            &[[
                "[organisation]",
                "pages such as “Grief” do not say who paid for them",
                "In site-config.toml, below `[organisation]`, write who pays for the pages and whether anybody behind them \
                 gains from what they say: `funding = \"…\"`. Where one page differs, give it a `funding` of its own.",
            ]],
        ),
        (
            "advice-line-missing",
            &[
                [
                    "",
                    "with this template of your own, pages for patients do not say that they take no clinician's place, nor \
                     whom to ask",
                    "Add `{% include \"help.html\" %}` at the end of the page, or print `site.organisation.phone` yourself, \
                     with a sentence such as “This page does not take the place of advice from someone who knows you”.",
                ],
                [
                    "[organisation]",
                    "pages for patients such as “Grief” do not say how to reach your clinic",
                    "In site-config.toml, below `[organisation]`, add the number that people can ring in office hours, as \
                     `phone = \"…\"`, or how they can write to you, as `feedback = \"…\"`.",
                ],
            ],
        ),
        (
            "organisation-missing",
            &[[
                "",
                "pages such as “Grief” do not say who publishes them",
                "In site-config.toml, below `[organisation]`, write the name of your clinic: `name = \"…\"`.",
            ]],
        ),
        (
            "review-interval-long",
            &[[
                "2030-10-01",
                "the next review of “Grief” is due on 2030-10-01, more than three years after the last one",
                "Write `review-due = 2029-10-01` or an earlier day.",
            ]],
        ),
        (
            "reviewer-is-author",
            &[[
                "\"Dr A. Example\"",
                "Dr A. Example, who reviewed “Grief”, also wrote it",
                "Ask somebody else who is fit to judge the page, and add them to `reviewers`.",
            ]],
        ),
        (
            "score-low",
            &[[
                "65",
                "the PEMAT score for how clear this page is about what to do is 65 %, and 70 % is the least that counts as good",
                "Rewrite what lost points, then have the page scored again and write the new score here.",
            ]],
        ),
        (
            "score-missing",
            &[[
                "\"Grief\"",
                "nobody has scored how easy “Grief” is to understand",
                "When somebody has scored it with the PEMAT or the CDC Clear Communication Index, write the percentages: \
                 `scores = { pemat-understandability = …, pemat-actionability = …, cdc-index = … }`.",
            ]],
        ),
        (
            "version-not-raised",
            &[[
                "\"1.0\"",
                "the text of “Grief” is not what it was when version 1.0 was recorded",
                "Write `version = \"1.1\"`, or the day of a new review as `reviewed`; then run `psychoed lock`.",
            ]],
        ),
        (
            "version-not-recorded",
            &[[
                "",
                "content.lock does not know the present version of “Grief” and 1 more page",
                "Run `psychoed lock`, and commit content.lock with the pages: from then on, psychoed sees when their text changes.",
            ]],
        ),
        (
            "lock-unreadable",
            &[[
                "<<<<<<< yours",
                "this line is not a key with its value",
                "This file is psychoed's own. Take it back to how it was in version control, or delete it, and run \
                 `psychoed lock`.",
            ]],
        ),
        (
            "waiver-expired",
            &[[
                "2026-10-31",
                "the waiver of `review-overdue` ended on 2026-10-31, and what it covered counts again",
                "Mend what it covered, then delete it. If that needs more time, say why in `reason`, and set a later `until`.",
            ]],
        ),
        (
            "waiver-rule-unknown",
            &[["\"review-overdu\"", "there is no rule called “review-overdu”", "Did you mean `review-overdue`?"]],
        ),
        (
            "waiver-unused",
            &[
                [
                    "\"page-orphan\"",
                    "this waiver covers nothing: `page-orphan` finds no fault on this page",
                    "Delete the waiver.",
                ],
                [
                    "\"review-overdue\"",
                    "this waiver is for “content/greif.md”, and there is no such file or folder",
                    "Did you mean `path = \"content/grief.md\"`?",
                ],
            ],
        ),
    ] {
        assert_eq!(told_in_full(rule), expected, "{rule}");
    }
}
