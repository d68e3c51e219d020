//! See the page beside this file.

use crate::check::Rule;
use crate::check::ties::Whole;
use crate::check::wording::quoted;
use crate::diagnostic::{Diagnostic, Location};

pub(super) fn check(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let works = &whole.site.bibliography.works;
    let mut cited = vec![false; works.len()];
    for &work in whole.ties.iter().flat_map(|ties| &ties.works) {
        cited[work] = true;
    }
    for (work, _) in works.values().zip(cited).filter(|(_, cited)| !cited) {
        let message = format!("no page cites {}", quoted(&work.key));
        let hint = format!("Cite it with `[@{}]`, or delete the entry.", work.key);
        found.push(rule.finding(Location::new(&work.path, &work.key_span), message).hint(hint));
    }
}
