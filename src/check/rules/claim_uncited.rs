//! See the page beside this file.

use crate::check::Rule;
use crate::check::ties::cited_keys;
use crate::check::wording::quoted;
use crate::content::{KindName, PageKind};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.is_to_appear() {
        return;
    }
    let front_matter = &page.document.front_matter;
    if let PageKind::Evidence(evidence) = &front_matter.kind
        && !front_matter.is_faulty("findings")
    {
        for finding in evidence.findings.iter().filter(|finding| finding.sources.is_empty()) {
            let message = format!("the finding {} names no source", quoted(&finding.statement));
            let hint =
                "Write the keys of the works it rests on: `sources = [\"smith2001\"]`. If there are none, take it out.";
            found.push(rule.finding(page.at(&finding.span), message).hint(hint));
        }
    }
    let makes_claims = matches!(page.kind(), KindName::Evidence | KindName::QuickReference);
    if makes_claims && !cited_keys(&page.document).any(|(key, _)| site.bibliography.work(key).is_some()) {
        let title = &front_matter.title;
        let message = format!("{} cites no work", quoted(&title.value));
        let hint = "Cite the manual or the studies that it rests on, such as `[@smith2001]`, where it rests on them.";
        found.push(rule.finding(page.at(&title.span), message).hint(hint));
    }
}
