//! See the page beside this file.

use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    let reading = &text.reading;
    let mut frequencies = None;
    let mut places = text.places();
    for percentage in reading.percentages() {
        let frequencies = frequencies.get_or_insert_with(|| reading.frequencies().collect::<Vec<_>>());
        if frequencies.iter().any(|frequency| reading.are_near(&frequency.at, &percentage)) {
            continue;
        }
        let message =
            format!("{} stands without the number of people that it means", quoted(reading.words_at(&percentage)));
        found.push(
            rule.finding(places.of(&percentage), message)
                .hint("Say it in people as well, or instead: “about 1 in 5 people” for 20 percent."),
        );
    }
}
