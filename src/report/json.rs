//! Findings as one JSON object, in the form that the manual promises.

use serde_json::{Value, json};

use super::Summary;
use super::place::Places;
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::source::Sources;

/// Writes all findings and the counts.
pub fn write(diagnostics: &[Diagnostic], sources: &Sources, summary: &Summary) -> String {
    let mut places = Places::new(sources);
    let findings: Vec<Value> = diagnostics.iter().map(|found| finding(found, &mut places)).collect();
    let count = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
    let report = json!({
        "diagnostics": findings,
        "summary": {
            "pages": summary.pages(),
            "links": summary.links,
            "citations": summary.citations,
            "errors": count(Severity::Error),
            "warnings": count(Severity::Warning),
        },
    });
    format!("{report:#}\n")
}

fn finding(found: &Diagnostic, places: &mut Places) -> Value {
    let place = places.of(&found.at);
    let related: Vec<Value> = found
        .related
        .iter()
        .map(|(at, message)| {
            let place = places.of(at);
            json!({ "path": at.path, "line": place.line, "column": place.column, "message": message })
        })
        .collect();
    json!({
        "rule": found.rule,
        "severity": found.severity,
        "message": found.message,
        "path": found.at.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "hint": found.hint,
        "related": related,
        "fix": found.fix.as_ref().map(|fix| of_fix(fix, places)),
    })
}

fn of_fix(fix: &Fix, places: &mut Places) -> Value {
    let place = places.of(&fix.at);
    json!({
        "path": fix.at.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "replacement": fix.replacement,
    })
}
