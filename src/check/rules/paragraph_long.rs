//! See the page beside this file.

use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::check::wording::first_line;
use crate::diagnostic::Diagnostic;

/// The NHS asks for paragraphs of so many sentences at most.
const SENTENCES: u32 = 3;

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    for paragraph in text.reading.paragraphs.iter().filter(|paragraph| paragraph.sentences > SENTENCES) {
        let at = text.page.at(&first_line(text.site, text.page, &paragraph.span));
        found.push(rule.finding(at, format!("this paragraph has {} sentences", paragraph.sentences)).hint(format!(
            "Put an empty line where the thought changes, so that each paragraph has at most {SENTENCES}; or make a list \
             of it."
        )));
    }
}
