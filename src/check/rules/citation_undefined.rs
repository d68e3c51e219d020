//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::{list, quoted};
use crate::content::{Document, PageKind};
use crate::diagnostic::{Diagnostic, nearest};
use crate::site::{Facts, Site};
use crate::source::Span;

/// After so many undefined keys nobody reads suggestions any more, and looking for them would take a large site long.
const SUGGESTIONS_AT_MOST: usize = 100;

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let bibliography = &site.bibliography;
    for page in &site.pages {
        let body = page.document.citations.iter().flat_map(|citation| &citation.value.items);
        let body = body.map(|item| (item.key.as_str(), &item.key_span));
        for (key, span) in body.chain(cited_in_front_matter(&page.document)) {
            if bibliography.work(key).is_some() {
                continue;
            }
            let keys = bibliography.works.keys().chain(bibliography.aliases.keys()).map(String::as_str);
            let near = if found.len() < SUGGESTIONS_AT_MOST { nearest(key, keys) } else { None };
            let hint = match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Add the work to {}, with this key, or correct the key.", files(site)),
            };
            found.push(rule.finding(page.at(span), format!("no work has the key {}", quoted(key))).hint(hint));
        }
    }
}

/// The citation keys of a page's front matter.
pub(super) fn cited_in_front_matter(document: &Document) -> Vec<(&str, &Span)> {
    let keys: Vec<_> = match &document.front_matter.kind {
        PageKind::Suitability(suitability) => {
            suitability.criteria.iter().flat_map(|criterion| &criterion.cites).collect()
        }
        PageKind::Evidence(evidence) => {
            let sources = evidence.findings.iter().flat_map(|finding| &finding.sources);
            sources.chain(evidence.recommendations.iter().map(|recommendation| &recommendation.source)).collect()
        }
        _ => Vec::new(),
    };
    keys.into_iter().map(|key| (key.value.as_str(), &key.span)).collect()
}

fn files(site: &Site) -> String {
    let files: Vec<String> =
        site.config.citations.bibliography.iter().map(|file| format!("`content/{}`", file.value)).collect();
    if files.is_empty() { "a bibliography file".to_owned() } else { list(&files, "or") }
}
