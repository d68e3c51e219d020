//! See the page beside this file.

use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    let reading = &text.reading;
    let mut frequencies = reading.frequencies();
    let Some(first) = frequencies.next() else { return };
    let mut places = text.places();
    let at_first = places.of(&first.at);
    for other in frequencies.filter(|frequency| frequency.of != first.of) {
        let said = |stretch| quoted(reading.words_at(stretch));
        let message = format!("{} is hard to compare with {}", said(&other.at), said(&first.at));
        let finding = rule.finding(places.of(&other.at), message);
        found.push(finding.related(at_first.clone(), "the first number of people is here").hint(format!(
            "Let every number on the page be out of as many people: out of {}, or out of 100.",
            first.of
        )));
    }
}
