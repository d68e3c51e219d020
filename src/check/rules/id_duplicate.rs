//! See the page beside this file.

use std::collections::HashMap;

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};
use crate::source::Spanned;

type Use<'s> = (&'s Page, &'s Spanned<String>);

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let mut uses: HashMap<String, Vec<Use<'_>>> = HashMap::new();
    for page in &site.pages {
        let Some(id) = &page.document.front_matter.id else { continue };
        // People read ids from paper and over the telephone: capital letters get lost there.
        uses.entry(id.value.to_lowercase()).or_default().push((page, id));
    }
    let mut shared: Vec<&Vec<Use<'_>>> = uses.values().filter(|uses| uses.len() > 1).collect();
    shared.sort_unstable_by_key(|uses| &uses[0].0.path);
    // Nothing says for sure which of the pages is the copy: a copy has the text of its original, and any name. So each of them is told.
    for uses in shared {
        found.extend(uses.iter().enumerate().map(|(index, own)| finding(rule, own, uses[usize::from(index == 0)])));
    }
}

fn finding(rule: &Rule, (page, id): &Use<'_>, (other, other_id): Use<'_>) -> Diagnostic {
    let message = if other_id.value == id.value {
        format!("{} has the same id {}", other.path, quoted(&id.value))
    } else {
        format!("the id {} differs only in case from {} of {}", quoted(&id.value), quoted(&other_id.value), other.path)
    };
    rule.finding(page.at(&id.span), message).related(other.at(&other_id.span), "the other page has it here").hint(
        "Give one of the pages another id: the copy, if one was copied from the other. A page that has been handed out on paper keeps its id.",
    )
}
