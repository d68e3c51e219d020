//! See the page beside this file.

use std::collections::BTreeSet;

use super::citation_undefined::cited_in_front_matter;
use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, Site};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let mut cited = BTreeSet::new();
    for page in &site.pages {
        let body =
            page.document.citations.iter().flat_map(|citation| &citation.value.items).map(|item| item.key.as_str());
        let keys = body.chain(cited_in_front_matter(&page.document).into_iter().map(|(key, _)| key));
        cited.extend(keys.filter_map(|key| site.bibliography.work(key)).map(|work| work.key.as_str()));
    }
    for work in site.bibliography.works.values().filter(|work| !cited.contains(work.key.as_str())) {
        let message = format!("no page cites {}", quoted(&work.key));
        let hint = format!("Cite it with `[@{}]`, or delete the entry.", work.key);
        found.push(rule.finding(Location::new(&work.path, &work.key_span), message).hint(hint));
    }
}
