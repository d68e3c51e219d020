//! See the page beside this file.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::check::works::{field_at, identifiers};
use crate::content::identifier::Scheme;
use crate::content::reference::Work;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    let mut tell = |one: &Work, other: &Work, variable: &str, shared: String| {
        // The one that stands later is the one that was added although the other was there.
        let (first, second) =
            if (&one.path, one.span.start) < (&other.path, other.span.start) { (one, other) } else { (other, one) };
        if told.insert((first.key.clone(), second.key.clone())) {
            let message = format!("{} and {} have the same {shared}", quoted(&first.key), quoted(&second.key));
            let hint = format!(
                "If they are one work, keep the fuller entry, give it `ids = {{{0}}}` so that both keys work, and delete the \
                 other. If not, correct the {1} of one of them.",
                second.key,
                if variable == "title" { "title or the year" } else { variable },
            );
            let fault = rule
                .finding(field_at(second, variable), message)
                .related(field_at(first, variable), "the other one is here");
            found.push(fault.hint(hint));
        }
    };
    let mut by_identifier: BTreeMap<(Scheme, String), &Work> = BTreeMap::new();
    for written in identifiers(site).filter(|written| names_the_whole(written.scheme, written.work)) {
        let Some(compared) = written.scheme.compared(written.words) else { continue };
        let name = written.scheme.name();
        let first = *by_identifier.entry((written.scheme, compared)).or_insert(written.work);
        if first.key != written.work.key {
            tell(first, written.work, name, format!("{name} {}", quoted(written.words)));
        }
    }
    let mut by_title: BTreeMap<(String, i64), Vec<&Work>> = BTreeMap::new();
    for work in site.bibliography.works.values() {
        let Some((title, year)) =
            work.text("title").map(compared).zip(work.year()).filter(|(title, _)| !title.is_empty())
        else {
            continue;
        };
        let alike = by_title.entry((title, year)).or_default();
        match alike.iter().find(|other| may_be_one(other, work)) {
            Some(first) => tell(first, work, "title", "title and year".to_owned()),
            None => alike.push(work),
        }
    }
}

/// Whether an identifier of the kind belongs to a work alone: chapters share the number of their book.
fn names_the_whole(scheme: Scheme, work: &Work) -> bool {
    match scheme {
        Scheme::Doi | Scheme::Pmid | Scheme::Pmcid => true,
        Scheme::Isbn => matches!(work.text("type"), Some("book" | "report")) && work.text("volume").is_none(),
        Scheme::Issn | Scheme::Orcid => false,
    }
}

/// Nothing speaks against it: many articles are called “Depression”.
fn may_be_one(one: &Work, other: &Work) -> bool {
    let alike = |variable: &str| match (one.text(variable), other.text(variable)) {
        (Some(one), Some(other)) => compared(one) == compared(other),
        _ => true,
    };
    let family = |work: &Work| {
        let first = work.csl.get("author")?.get(0)?;
        first.get("family").or_else(|| first.get("literal"))?.as_str().map(compared)
    };
    alike("DOI") && alike("volume") && alike("type") && family(one) == family(other)
}

/// The letters and digits of a text, so that punctuation, markup and capitals do not matter.
fn compared(text: &str) -> String {
    let mut in_tag = false;
    let kept = text.chars().filter(|&c| {
        in_tag = c == '<' || in_tag && c != '>';
        !in_tag && c.is_alphanumeric()
    });
    kept.flat_map(char::to_lowercase).collect()
}
