//! See the page beside this file.

use std::collections::HashMap;

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let mut taken = HashMap::new();
    for page in &site.pages {
        let Some(id) = &page.document.front_matter.id else { continue };
        // People read ids from paper and over the telephone: capital letters get lost there.
        let (first, first_id) = *taken.entry(id.value.to_lowercase()).or_insert((page, id));
        if std::ptr::eq(first, page) {
            continue;
        }
        let message = if first_id.value == id.value {
            format!("the id {} is taken by {}", quoted(&id.value), first.path)
        } else {
            format!(
                "the id {} differs only in case from {} of {}",
                quoted(&id.value),
                quoted(&first_id.value),
                first.path
            )
        };
        found.push(
            rule.finding(page.at(&id.span), message).related(first.at(&first_id.span), "it is first used here").hint(
                "Give one of the pages another id. If one of them has been handed out on paper, let that one keep it.",
            ),
        );
    }
}
