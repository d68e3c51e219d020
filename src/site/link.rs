//! Joins parsed documents into a site: decides addresses and where every link leads.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::lookup::Lookup;
use super::{Edition, Facts, LinkTarget, Page, Site, Status};
use crate::config::Config;
use crate::content::{Document, FrontMatter};
use crate::parse::Parsed;
use crate::source::{SitePath, Sources};

/// Joins what was parsed into a site. `editions` limits the editions to those named; empty means all.
pub fn link(config: Arc<Config>, sources: Arc<Sources>, parsed: Parsed, facts: &Facts, editions: &[String]) -> Site {
    let mut pages: Vec<Page> =
        parsed.documents.into_iter().map(|(path, document)| page(path, document, facts.today)).collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    let page_at = pages.iter().enumerate().map(|(index, page)| (page.path.clone(), index)).collect();
    for (page, targets) in targets(&sources, &pages, &page_at).into_iter().enumerate() {
        pages[page].targets = targets;
    }
    let editions = config
        .editions
        .iter()
        .filter(|edition| editions.is_empty() || editions.contains(&edition.name))
        .map(|edition| Edition::of(&config, edition, &pages))
        .collect();
    Site { config, sources, pages, page_at, bibliography: parsed.bibliography, editions, faults: parsed.faults }
}

fn page(path: SitePath, document: Arc<Document>, today: Date) -> Page {
    let status = status(&document.front_matter, today);
    Page { url: url(&path), path, document, targets: Vec::new(), status }
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

fn targets(sources: &Sources, pages: &[Page], page_at: &HashMap<SitePath, usize>) -> Vec<Vec<LinkTarget>> {
    let lookup = Lookup::new(sources, pages, page_at);
    pages
        .iter()
        .enumerate()
        .map(|(on, page)| page.document.links.iter().map(|link| lookup.target(on, &link.value.address)).collect())
        .collect()
}

#[cfg(test)]
mod tests;
