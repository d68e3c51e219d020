//! Findings as workflow commands, which GitHub shows beside the lines of a pull request.
//! Escapes as GitHub's own toolkit has them (`actions/toolkit`, `packages/core/src/command.ts`).

use super::Summary;
use super::place::Places;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// Writes one command a finding that is not waived, then the summary as plain text.
pub fn write(diagnostics: &[Diagnostic], sources: &Sources, summary: &Summary) -> String {
    let mut places = Places::new(sources);
    let mut text: String =
        diagnostics.iter().filter(|found| found.waived.is_none()).map(|found| command(found, &mut places)).collect();
    text.push_str(&summary.text(diagnostics));
    text
}

fn command(found: &Diagnostic, places: &mut Places) -> String {
    let place = places.of(&found.at);
    let command = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let message = match &found.hint {
        Some(hint) => format!("{}\n{hint}", found.message),
        None => found.message.clone(),
    };
    format!(
        "::{command} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        property(found.at.path.as_str()),
        place.line,
        place.end_line,
        place.column,
        place.end_column,
        property(found.rule),
        data(&message),
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
