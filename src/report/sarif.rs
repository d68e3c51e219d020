//! Findings as SARIF 2.1.0 (OASIS standard, section numbers of which are named below).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::place::Places;
use crate::check::rules::RULES;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::source::Sources;

/// Writes one run with the rules that found something.
pub fn write(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut places = Places::new(sources);
    let names: BTreeSet<&str> = diagnostics.iter().map(|found| found.rule).collect();
    let rules: Vec<Value> = RULES.iter().filter(|rule| names.contains(rule.name)).map(|rule| {
        json!({ "id": rule.name, "shortDescription": { "text": rule.summary }, "help": { "text": rule.docs, "markdown": rule.docs } })
    }).collect();
    let results: Vec<Value> = diagnostics.iter().map(|found| result(found, &mut places)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "psychoed", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            // §3.14.17: without this, columns would be read as UTF-16 code units.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn result(found: &Diagnostic, places: &mut Places) -> Value {
    let level = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let text = match &found.hint {
        Some(hint) => format!("{}. {hint}", found.message),
        None => found.message.clone(),
    };
    let mut result = json!({
        "ruleId": found.rule,
        "level": level,
        "message": { "text": text },
        "locations": [location(&found.at, None, places)],
    });
    if let Some(waived) = &found.waived {
        // §3.27.23: a result that somebody accepted is kept, with the reason.
        result["suppressions"] = json!([{ "kind": "external", "justification": waived }]);
    }
    if let Some(fix) = &found.fix {
        // §3.55: a set of changes that together mend the fault.
        result["fixes"] = json!([{
            "description": { "text": found.hint.as_deref().unwrap_or(&found.message) },
            "artifactChanges": [{
                "artifactLocation": artifact(&fix.at),
                "replacements": [{ "deletedRegion": region(&fix.at, places), "insertedContent": { "text": fix.replacement } }],
            }],
        }]);
    }
    if !found.related.is_empty() {
        result["relatedLocations"] =
            found.related.iter().map(|(at, message)| location(at, Some(message), places)).collect();
    }
    result
}

fn location(at: &Location, message: Option<&str>, places: &mut Places) -> Value {
    let mut location =
        json!({ "physicalLocation": { "artifactLocation": artifact(at), "region": region(at, places) } });
    if let Some(message) = message {
        location["message"] = json!({ "text": message });
    }
    location
}

fn artifact(at: &Location) -> Value {
    // §3.4.3: a URI reference, so what a file name may hold has to be encoded.
    json!({ "uri": uri(at.path.as_str()), "uriBaseId": "%SRCROOT%" })
}

fn region(at: &Location, places: &mut Places) -> Value {
    let place = places.of(at);
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

fn uri(path: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    percent_encoding::utf8_percent_encode(path, KEEP).to_string()
}
