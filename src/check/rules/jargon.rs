//! See the page beside this file.

use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::readability::List;

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    let mut places = text.places();
    for word in text.reading.hard.iter().filter(|word| word.list == List::Jargon) {
        let message = format!("many patients do not know what {} means", quoted(text.reading.words_at(&word.at)));
        let hint = format!("Say {} instead, or something else that they would say.", quoted(text.plain(word.wording)));
        found.push(rule.finding(places.of(&word.at), message).hint(hint));
    }
}
