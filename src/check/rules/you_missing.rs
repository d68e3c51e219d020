//! See the page beside this file.

use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::content::KindName;
use crate::diagnostic::Diagnostic;
use crate::readability::Language;
use crate::site::Status;

/// So short a text need not speak to anybody.
const SENTENCES: usize = 3;

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    let reading = &text.reading;
    let speaks = match text.page.kind() {
        KindName::Handout => reading.says_you,
        // What patients fill in may speak for them.
        KindName::Worksheet => reading.says_you || reading.says_i,
        _ => return,
    };
    if speaks || reading.sentences.len() < SENTENCES || text.page.status == Status::Draft {
        return;
    }
    let you = match text.language {
        Language::English => "you",
        Language::French => "vous",
        Language::German => "Sie",
        Language::Italian => "Lei",
        Language::Spanish => "usted",
    };
    found.push(
        rule.finding(text.at_title(), format!("this page never speaks to the person who reads it: it has no “{you}”"))
            .hint("Tell readers what they can do, and how it is for them, rather than what patients do."),
    );
}
