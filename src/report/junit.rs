//! Findings as JUnit XML, which GitLab and most other services show as a report of tests: each rule is a suite of tests, and
//! what fails the run fails a test.

use std::collections::{BTreeMap, HashMap};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::Summary;
use super::place::Places;
use crate::check::rules::RULES;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// Writes one test a finding, and one that passes for each rule that found nothing.
pub fn write(diagnostics: &[Diagnostic], sources: &Sources, summary: &Summary) -> String {
    let mut places = Places::new(sources);
    let mut rules: BTreeMap<&str, Vec<&Diagnostic>> = RULES.iter().map(|rule| (rule.name, Vec::new())).collect();
    for found in diagnostics {
        rules.entry(found.rule).or_default().push(found);
    }
    let mut report = Report::new("psychoed");
    report.add_test_suites(rules.into_iter().map(|(rule, found)| suite(rule, &found, summary.strict, &mut places)));
    // To write into memory can only fail where there is no memory left.
    report.to_string().unwrap_or_default()
}

fn suite(rule: &str, found: &[&Diagnostic], strict: bool, places: &mut Places) -> TestSuite {
    let mut suite = TestSuite::new(rule);
    if found.is_empty() {
        let mut test = TestCase::new("nothing found", TestCaseStatus::success());
        test.set_classname(rule);
        suite.add_test_case(test);
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for found in found {
        suite.add_test_case(test(found, strict, &mut seen, places));
    }
    suite
}

/// Named without its line: services tell by the name whether a test failed before.
fn test(found: &Diagnostic, strict: bool, seen: &mut HashMap<String, usize>, places: &mut Places) -> TestCase {
    let mut name = format!("{}: {}", found.at.path, found.message);
    let times = seen.entry(name.clone()).and_modify(|times| *times += 1).or_insert(1);
    if *times > 1 {
        name.push_str(&format!(" ({times})"));
    }
    let place = places.of(&found.at);
    let mut said = format!("{}:{}:{}: {}", found.at.path, place.line, place.column, found.message);
    if let Some(hint) = &found.hint {
        said.push('\n');
        said.push_str(hint);
    }
    let fails = found.severity == Severity::Error || strict && found.severity == Severity::Warning;
    let status = match &found.waived {
        Some(waived) => {
            let mut skipped = TestCaseStatus::skipped();
            skipped.set_message(format!("waived {waived}"));
            skipped
        }
        None if fails => {
            let mut failed = TestCaseStatus::non_success(NonSuccessKind::Failure);
            failed.set_message(found.message.as_str()).set_type(kind(found.severity)).set_description(said.as_str());
            failed
        }
        None => TestCaseStatus::success(),
    };
    let mut test = TestCase::new(name, status);
    test.set_classname(found.rule);
    test.extra.insert("file".into(), found.at.path.as_str().into());
    if found.waived.is_none() && !fails {
        test.set_system_out(format!("{}: {said}", kind(found.severity)));
    }
    test
}

fn kind(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
