//! The home page: what somebody wrote for it, and ways in.

use super::cards::{focal_area_url, phase_url};
use super::written::{self, ReadPage};
use super::{Rendering, citing};
use crate::render::address;
use crate::render::view::{ContentView, GroupView, HomeView};
use crate::site::PageIndex;
use crate::source::SitePath;

/// How many pages each way in shows.
const FIRST: usize = 4;

/// What `home.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath) -> ContentView {
    let written = rendering.navigation.home.map(|page| written::read(rendering, page));
    let group = |title: &str, id: &str, target: String, summary: &Option<String>, pages: &[PageIndex]| GroupView {
        title: title.to_owned(),
        id: id.to_owned(),
        url: Some(address::relative(url, &target)),
        summary: summary.clone(),
        cards: rendering.cards(url, pages.iter().take(FIRST)),
    };
    let lists = &rendering.navigation;
    let focal_areas = rendering.focal_areas().map(|area| {
        let id = format!("focal-area-{}", area.id);
        group(&area.title, &id, focal_area_url(&area.id), &area.summary, &lists.focal_areas[&area.id])
    });
    let phases = rendering.phases().map(|phase| {
        let id = format!("phase-{}", phase.id);
        group(&phase.title, &id, phase_url(&phase.id), &phase.summary, &lists.phases[&phase.id])
    });
    ContentView::Home(HomeView {
        body_html: written.as_ref().map(ReadPage::body_html).unwrap_or_default(),
        bibliography: written.as_ref().map(|page| citing::bibliography(&page.cited.entries)).unwrap_or_default(),
        focal_areas: focal_areas.collect(),
        phases: phases.collect(),
        kinds: rendering.all_kinds(url, FIRST),
    })
}
