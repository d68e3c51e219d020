//! See the page beside this file.

use std::collections::HashSet;

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::content::PageKind;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.is_to_appear() {
        return;
    }
    let PageKind::Evidence(evidence) = &page.document.front_matter.kind else { return };
    // A work may be cited by one key here and by another there.
    let canonical = |key| site.bibliography.work(key).map_or(key, |work| work.key.as_str());
    let items = page.document.citations.iter().flat_map(|citation| &citation.value.items);
    let cited: HashSet<&str> = items.map(|item| canonical(&item.key)).collect();
    for finding in &evidence.findings {
        for source in finding.sources.iter().filter(|source| !cited.contains(canonical(&source.value))) {
            let message = format!("the finding rests on {}, which the text never cites", quoted(&source.value));
            found.push(
                rule.finding(page.at(&source.span), message)
                    .hint(format!("Say in the text what it found, and cite it there: `[@{}]`.", source.value)),
            );
        }
    }
}
