//! See the page beside this file.

use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    let mut places = text.places();
    for row in &text.reading.capitals {
        let words = text.reading.words_at(row);
        found.push(
            rule.finding(places.of(row), format!("{} is all in capitals", quoted(words)))
                .hint("Write it in small letters. To make it stand out, put `**` before and after it."),
        );
    }
}
