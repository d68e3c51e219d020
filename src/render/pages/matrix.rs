//! The matrix phase × focal area that a clinician thinks in.

use std::collections::{BTreeMap, BTreeSet};

use super::Rendering;
use super::cards::{focal_area_url, phase_url};
use crate::render::address;
use crate::render::view::{ContentView, LinkView, MatrixRowView, MatrixView};
use crate::site::PageIndex;
use crate::site::generated::PACKS;
use crate::source::SitePath;

/// Where it is.
pub(super) const URL: &str = "browse.html";

/// Whether there is anything to browse.
pub(super) fn has_any(rendering: &Rendering) -> bool {
    !rendering.navigation.kinds.is_empty()
}

/// What `browse.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath) -> ContentView {
    let phases: Vec<_> = rendering.phases().collect();
    let column_of: BTreeMap<&str, usize> =
        phases.iter().enumerate().map(|(column, phase)| (phase.id.as_str(), column)).collect();
    let areas: Vec<_> = rendering.focal_areas().collect();
    let heads = areas
        .iter()
        .map(|area| LinkView { title: area.title.clone(), url: address::relative(url, &focal_area_url(&area.id)) });
    let mut rows: Vec<MatrixRowView> = heads
        .zip(&areas)
        .map(|(head, area)| row(rendering, url, head, &column_of, &rendering.navigation.focal_areas[&area.id]))
        .collect();
    let known: BTreeSet<&str> = areas.iter().map(|area| area.id.as_str()).collect();
    let without_area: Vec<PageIndex> = rendering
        .listed()
        .filter(|&page| {
            let front_matter = &rendering.site.pages[page].document.front_matter;
            !front_matter.phases.is_empty()
                && !front_matter.focal_areas.iter().any(|area| known.contains(area.value.as_str()))
        })
        .collect();
    if !without_area.is_empty() {
        let head = LinkView { title: rendering.words().say("listing.any-focal-area").to_owned(), url: String::new() };
        rows.push(row(rendering, url, head, &column_of, &without_area));
    }
    ContentView::Matrix(MatrixView {
        columns: phases
            .iter()
            .map(|phase| LinkView { title: phase.title.clone(), url: address::relative(url, &phase_url(&phase.id)) })
            .collect(),
        rows,
        kinds: rendering.all_kinds(url, usize::MAX),
        packs: super::packs::any(rendering).then(|| LinkView {
            title: rendering.words().say("menu.packs").to_owned(),
            url: address::relative(url, PACKS),
        }),
    })
}

fn row(
    rendering: &Rendering,
    url: &SitePath,
    head: LinkView,
    column_of: &BTreeMap<&str, usize>,
    pages: &[PageIndex],
) -> MatrixRowView {
    let mut cells = vec![Vec::new(); column_of.len()];
    let mut any_phase = Vec::new();
    for &page in pages {
        let phases = &rendering.site.pages[page].document.front_matter.phases;
        let columns: BTreeSet<usize> =
            phases.iter().filter_map(|phase| column_of.get(phase.value.as_str()).copied()).collect();
        if columns.is_empty() {
            any_phase.push(rendering.card(url, page));
        }
        for column in columns {
            cells[column].push(rendering.card(url, page));
        }
    }
    MatrixRowView { head, cells, any_phase }
}
