//! See the page beside this file.

use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::diagnostic::Diagnostic;

/// So many of a hundred sentences may be in the passive voice.
const PERCENT: usize = 10;
/// One or two on a short page are no habit.
const SENTENCES: usize = 3;
/// So many are shown.
const SHOWN: usize = 5;

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    let all = text.reading.sentences.len();
    let passive = || text.reading.sentences.iter().filter(|sentence| sentence.passive);
    let count = passive().count();
    if count < SENTENCES || count * 100 <= all * PERCENT {
        return;
    }
    let message = format!("{count} of {all} sentences seem to be in the passive voice");
    let mut finding = rule.finding(text.at_title(), message).hint(
        "Say who does it: “your therapist will give you a sheet” rather than “a sheet will be given to you”. Leave those \
         that really read better as they are.",
    );
    let mut places = text.places();
    for sentence in passive().take(SHOWN) {
        finding = finding.related(places.of(&sentence.at), "in the passive voice");
    }
    found.push(finding);
}
