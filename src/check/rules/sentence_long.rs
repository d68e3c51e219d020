//! See the page beside this file.

use std::ops::RangeInclusive;

use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::diagnostic::Diagnostic;

/// The NHS asks for sentences of so many words at most.
const ADVISED: u32 = 20;
/// From there on, sentences are found by `sentence-very-long`.
pub(super) const MOST: u32 = 30;

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    of_length(rule, text, ADVISED + 1..=MOST, found);
}

/// Finds the sentences of such a length.
pub(super) fn of_length(rule: &Rule, text: &PatientText<'_>, words: RangeInclusive<u32>, found: &mut Vec<Diagnostic>) {
    let mut places = text.places();
    for sentence in text.reading.sentences.iter().filter(|sentence| words.contains(&sentence.words)) {
        let message = format!("this sentence has {} words", sentence.words);
        found.push(rule.finding(places.of(&sentence.at), message).hint(format!(
            "Make two or more sentences of it, of at most {ADVISED} words each; or a list, if it names several things."
        )));
    }
}
