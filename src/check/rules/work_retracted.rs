//! See the page beside this file.

use crate::check::Rule;
use crate::check::ties::Whole;
use crate::check::wording::quoted;
use crate::check::works::{cited_with_notice, details, where_to_read};
use crate::content::reference::Nature;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

const DID: &str = "was retracted";

pub(super) fn cited(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let do_this = "Take out what rests on it, or find another source for it.";
    cited_with_notice(rule, site, page, (Nature::Retraction, DID, do_this), found);
}

/// A work that waits in the bibliography is told of before somebody cites it.
pub(super) fn not_cited(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let bibliography = &whole.site.bibliography;
    let Some(retractions) = &bibliography.retractions else { return };
    let mut cited = vec![false; bibliography.works.len()];
    for &work in whole.ties.iter().flat_map(|ties| &ties.works) {
        cited[work] = true;
    }
    for (work, _) in bibliography.works.values().zip(cited).filter(|(_, cited)| !cited) {
        if let Some(notice) = retractions.standing(&work.key).filter(|notice| notice.nature == Nature::Retraction) {
            let message = format!("{} {DID}{}", quoted(&work.key), details(notice));
            let hint = format!("No page cites it: delete the entry.{}", where_to_read(notice));
            found.push(rule.finding(work.at(&work.key_span), message).hint(hint));
        }
    }
}
