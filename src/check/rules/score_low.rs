//! See the page beside this file.

use crate::check::Rule;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

/// The least that counts as good, in percent.
const PEMAT: i64 = 70;
const CDC_INDEX: i64 = 90;

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(scores) = page.document.front_matter.scores.as_ref().filter(|_| page.is_to_appear()) else { return };
    let wanted = [
        (&scores.pemat_understandability, "PEMAT score for how easy this page is to understand", PEMAT),
        (&scores.pemat_actionability, "PEMAT score for how clear this page is about what to do", PEMAT),
        (&scores.cdc_index, "score of this page in the CDC Clear Communication Index", CDC_INDEX),
    ];
    for (score, what, least) in wanted {
        let Some(score) = score.as_ref().filter(|score| score.value < least) else { continue };
        let message = format!("the {what} is {} %, and {least} % is the least that counts as good", score.value);
        found.push(
            rule.finding(page.at(&score.span), message)
                .hint("Rewrite what lost points, then have the page scored again and write the new score here."),
        );
    }
}
