//! See the page beside this file.

use super::sentence_long;
use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::diagnostic::Diagnostic;

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    sentence_long::of_length(rule, text, sentence_long::MOST + 1..=u32::MAX, found);
}
