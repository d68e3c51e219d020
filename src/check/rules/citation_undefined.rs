//! See the page beside this file.

use crate::check::Rule;
use crate::check::ties::Whole;
use crate::check::wording::{list, quoted};
use crate::diagnostic::Diagnostic;
use crate::site::Site;

/// After so many undefined keys nobody reads suggestions any more, and looking for them would take a large site long.
const SUGGESTIONS_AT_MOST: usize = 100;

pub(super) fn check(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (page, ties) in whole.pages() {
        for unknown in &ties.unknown_keys {
            let near = if found.len() < SUGGESTIONS_AT_MOST { unknown.nearest(&whole.site.bibliography) } else { None };
            let hint = match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Add the work to {}, with this key, or correct the key.", files(whole.site)),
            };
            let message = format!("no work has the key {}", quoted(&unknown.key));
            found.push(rule.finding(page.at(&unknown.span), message).hint(hint));
        }
    }
}

fn files(site: &Site) -> String {
    let files: Vec<String> =
        site.config.citations.bibliography.iter().map(|file| format!("`content/{}`", file.value)).collect();
    if files.is_empty() {
        "a bibliography file, such as `content/references.bib`".to_owned()
    } else {
        list(&files, "or")
    }
}
