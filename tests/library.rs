//! The bundled library: it covers what its sources teach, and nothing in it waits to be mended.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use psychoed::site::{Facts, LinkTarget, Page, Site};
use psychoed::{Built, Memo, Options};

fn library() -> Built {
    let sources = psychoed::load::project(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let facts = Facts::on(jiff::civil::date(2026, 11, 22));
    psychoed::build(&Arc::new(sources), &facts, &Options::default(), &mut Memo::default())
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Concept {
    title: String,
    pages: Vec<String>,
    focal_area: Option<String>,
    phase: Option<String>,
}

fn page<'a>(site: &'a Site, name: &str) -> Option<&'a Page> {
    site.pages.iter().find(|page| {
        let id = page.document.front_matter.id.as_ref();
        id.is_some_and(|id| id.value == name) || page.path.as_str() == format!("content/{name}")
    })
}

#[test]
fn every_concept_of_the_sources_has_a_page_where_it_belongs() {
    let built = library();
    let site = built.site.unwrap();
    let table: BTreeMap<String, Concept> = toml::from_str(include_str!("coverage.toml")).unwrap();
    let expected: Vec<String> = (1..=71).map(|number| format!("C{number:02}")).collect();
    assert_eq!(table.keys().cloned().collect::<Vec<_>>(), expected);
    let mut faults = Vec::new();
    for (id, concept) in &table {
        let pages: Vec<&Page> = concept.pages.iter().filter_map(|name| page(&site, name)).collect();
        let missing = concept.pages.iter().filter(|name| page(&site, name).is_none());
        faults.extend(missing.map(|name| format!("{id} ({}): there is no page {name}", concept.title)));
        if pages.is_empty() {
            faults.push(format!("{id} ({}) has no page", concept.title));
        }
        let belongs = |of: fn(&Page) -> Vec<&str>, name: &str| pages.iter().any(|page| of(page).contains(&name));
        if concept.focal_area.as_ref().is_some_and(|area| !belongs(focal_areas, area)) {
            faults.push(format!("{id}: none of its pages belongs to its focal area"));
        }
        if concept.phase.as_ref().is_some_and(|phase| !belongs(phases, phase)) {
            faults.push(format!("{id}: none of its pages belongs to its phase"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn focal_areas(page: &Page) -> Vec<&str> {
    page.document.front_matter.focal_areas.iter().map(|area| area.value.as_str()).collect()
}

fn phases(page: &Page) -> Vec<&str> {
    page.document.front_matter.phases.iter().map(|phase| phase.value.as_str()).collect()
}

#[test]
fn nothing_is_left_to_do_but_what_only_a_clinician_can() {
    let found = library().diagnostics;
    let rules: BTreeSet<&str> = found.iter().map(|found| found.rule).collect();
    assert_eq!(
        rules,
        BTreeSet::from([
            "claim-rests-on-unverified",
            "crisis-line-unchecked",
            "funding-missing",
            "reviewer-missing",
            "source-stale",
            "web-source-access-date-missing",
        ])
    );
    assert!(found.iter().all(|found| found.waived.is_some()));
}

#[test]
fn every_page_is_linked_from_the_text_of_another() {
    let site = library().site.unwrap();
    let mut linked = BTreeSet::new();
    for (index, page) in site.pages.iter().enumerate() {
        linked.extend(page.targets.iter().filter_map(|target| match target {
            LinkTarget::Page(to, _) if *to != index => Some(*to),
            _ => None,
        }));
    }
    let orphans: Vec<&str> = (0..site.pages.len())
        .filter(|index| !linked.contains(index))
        .map(|index| site.pages[index].path.as_str())
        .filter(|path| *path != "content/index.md")
        .collect();
    assert!(orphans.is_empty(), "no page links to {orphans:?}");
}
