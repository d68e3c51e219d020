//! See the page beside this file.

use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::content::{Audience, KindName};
use crate::diagnostic::Diagnostic;
use crate::readability::Language;
use crate::site::{Page, Status};

/// So short a text need not speak to anybody.
const SENTENCES: usize = 3;

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    let reading = &text.reading;
    let is_unfinished = reading.sentences.len() < SENTENCES || text.page.status == Status::Draft;
    if reading.says_you || is_unfinished || !tells(text.page) {
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

/// Whether a page is made to tell patients something. A worksheet asks them instead, and general pages speak to everybody.
fn tells(page: &Page) -> bool {
    match page.kind() {
        KindName::Handout => true,
        KindName::Page => page.document.front_matter.audience == [Audience::Patient],
        _ => false,
    }
}
