//! See the page beside this file.

use std::collections::HashSet;

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Diagnostic, nearest};
use crate::site::{Facts, Site};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let bibliography = &site.bibliography;
    for work in bibliography.works.values() {
        let Some(field) = work.superseded_by() else { continue };
        let named = field.value.trim();
        let (message, hint) = match bibliography.work(named) {
            None => {
                let message =
                    format!("{} is superseded by {}, but no work has this key", quoted(&work.key), quoted(named));
                let keys = bibliography.works.keys().chain(bibliography.aliases.keys()).map(String::as_str);
                let hint = match nearest(named, keys) {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => "Add the newer work to the bibliography with this key, or correct the key.".to_owned(),
                };
                (message, hint)
            }
            Some(later) if leads_back(site, &later.key, &work.key) => {
                let message = format!("{} would in the end be superseded by itself", quoted(&work.key));
                (message, "Take the field out of the newer of these works.".to_owned())
            }
            Some(_) => continue,
        };
        found.push(rule.finding(work.at(&field.span), message).hint(hint));
    }
}

/// Whether going on from a work to what superseded it leads to `start`.
fn leads_back(site: &Site, from: &str, start: &str) -> bool {
    let mut seen = HashSet::new();
    let mut key = from;
    while key != start && seen.insert(key) {
        let next = site.bibliography.work(key).and_then(|work| work.superseded_by());
        match next.and_then(|field| site.bibliography.work(field.value.trim())) {
            Some(next) => key = &next.key,
            None => return false,
        }
    }
    key == start
}
