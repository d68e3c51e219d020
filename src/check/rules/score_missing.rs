//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::content::Audience;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let front_matter = &page.document.front_matter;
    let is_for_patients = page.kind().gives_advice() && front_matter.audience.contains(&Audience::Patient);
    let is_scored = front_matter.scores.as_ref().is_some_and(|scores| scores.given().next().is_some());
    if page.is_to_appear() && is_for_patients && front_matter.lacks("scores", !is_scored) {
        let message = format!("nobody has scored how easy {} is to understand", quoted(page.title()));
        found.push(rule.finding(page.at(&front_matter.title.span), message).hint(
            "When somebody has scored it with the PEMAT or the CDC Clear Communication Index, write the percentages: \
             `scores = { pemat-understandability = …, pemat-actionability = …, cdc-index = … }`.",
        ));
    }
}
