//! Joins parsed documents into a site: decides addresses and where every link leads.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::edition::Wanted;
use super::lookup::{Lookup, Search};
use super::{Edition, Facts, LinkTarget, Page, PageIndex, Site, Status, translation};
use crate::config::Config;
use crate::content::{Document, FrontMatter};
use crate::parse::Parsed;
use crate::source::{SitePath, Sources};

/// Joins what was parsed into a site with the editions that are wanted. From the site as it was `before` an edit it takes over what cannot have changed; the result is the same without it.
pub fn link(
    config: Arc<Config>,
    sources: Arc<Sources>,
    parsed: Parsed,
    facts: &Facts,
    wanted: Wanted<'_>,
    before: Option<&Site>,
) -> Site {
    let mut pages: Vec<Page> = Vec::with_capacity(parsed.documents.len());
    for (path, document) in parsed.documents {
        let before = before.and_then(|before| page_before(before, pages.len(), &path));
        pages.push(page(path, document, facts.today, before));
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    let known = before;
    let before = before.filter(|before| leads_to_the_same(before, &sources, &pages));
    let page_at = match before {
        Some(before) => before.page_at.clone(),
        None => Arc::new(pages.iter().enumerate().map(|(index, page)| (page.path.clone(), index)).collect()),
    };
    for (page, targets) in targets(&sources, &pages, &page_at, before).into_iter().enumerate() {
        pages[page].targets = targets;
    }
    translation::join(&mut pages, &page_at, &sources, known);
    let editions = Edition::all(&config, &pages, wanted);
    Site {
        config,
        sources,
        pages,
        page_at,
        bibliography: parsed.bibliography,
        lock: parsed.lock,
        editions,
        faults: parsed.faults,
    }
}

/// The page at a path, which most likely stands where it stands now.
fn page_before<'s>(before: &'s Site, index: PageIndex, path: &SitePath) -> Option<&'s Page> {
    let there = before.pages.get(index).filter(|page| page.path == *path);
    there.or_else(|| Some(&before.pages[*before.page_at.get(path)?]))
}

fn page(path: SitePath, document: Arc<Document>, today: Date, before: Option<&Page>) -> Page {
    let status = status(&document.front_matter, today);
    let url = before.map_or_else(|| url(&path), |before| before.url.clone());
    Page {
        url,
        path,
        document,
        targets: Arc::default(),
        status,
        language: None,
        translation: None,
        translations: Vec::new(),
    }
}

fn url(path: &SitePath) -> SitePath {
    let within = path.as_str().strip_prefix(Sources::CONTENT).unwrap_or(path.as_str());
    SitePath::new(format!("{}.html", within.strip_suffix(".md").unwrap_or(within)))
}

fn status(front_matter: &FrontMatter, today: Date) -> Status {
    if front_matter.draft.as_ref().is_some_and(|draft| draft.value) {
        return Status::Draft;
    }
    match (&front_matter.publish_on, &front_matter.expires_on) {
        (_, Some(expires)) if expires.value <= today => Status::Expired(expires.value),
        (Some(publish), _) if publish.value > today => Status::NotYet(publish.value),
        _ => Status::Published,
    }
}

/// Whether every address still leads where it led: the same files, the same pages, and on them the same anchors.
fn leads_to_the_same(before: &Site, sources: &Sources, pages: &[Page]) -> bool {
    before.sources.files.keys().eq(sources.files.keys())
        && before.pages.len() == pages.len()
        && before.pages.iter().zip(pages).all(|(before, page)| {
            before.path == page.path
                && (Arc::ptr_eq(&before.document, &page.document) || {
                    let (before, now) = (&before.document.anchors, &page.document.anchors);
                    before.iter().map(|anchor| &anchor.id).eq(now.iter().map(|anchor| &anchor.id))
                })
        })
}

type Targets = Arc<[LinkTarget]>;

fn targets(
    sources: &Sources,
    pages: &[Page],
    page_at: &HashMap<SitePath, PageIndex>,
    before: Option<&Site>,
) -> Vec<Targets> {
    let lookup = Lookup::new(sources, pages, page_at);
    let mut targets: Vec<Targets> = pages
        .par_iter()
        .enumerate()
        .map(|(on, page)| kept(before, on, page).unwrap_or_else(|| of_page(&lookup, on, page, None)))
        .collect();
    // Suggestions cost much more than looking up, so there is a limit to them, which only one page after the other can keep.
    let search = Search::default();
    for (on, page) in pages.iter().enumerate() {
        if is_broken(&targets[on]) {
            targets[on] = of_page(&lookup, on, page, Some(&search));
        }
    }
    targets
}

/// Where a page's links led before, if its text has not changed since.
fn kept(before: Option<&Site>, on: PageIndex, page: &Page) -> Option<Targets> {
    let before = &before?.pages[on];
    let same = Arc::ptr_eq(&before.document, &page.document) && !is_broken(&before.targets);
    same.then(|| before.targets.clone())
}

fn is_broken(targets: &[LinkTarget]) -> bool {
    targets.iter().any(|target| matches!(target, LinkTarget::Missing(_)))
}

fn of_page<'a>(lookup: &Lookup<'a>, on: PageIndex, page: &Page, search: Option<&Search<'a>>) -> Targets {
    page.document.links.iter().map(|link| lookup.target(on, &link.value.address, search)).collect()
}

#[cfg(test)]
mod tests;
