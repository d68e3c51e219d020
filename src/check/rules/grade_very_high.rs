//! See the page beside this file.

use super::grade_high::{Demand, of_demand};
use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::diagnostic::Diagnostic;

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    of_demand(rule, text, Demand::VeryHigh, found);
}
