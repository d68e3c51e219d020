//! Lists of pages: of a phase, a focal area or a kind.

use std::collections::BTreeSet;

use super::cards::{focal_area_url, phase_url};
use super::shell::kind_link;
use super::{Rendering, packs};
use crate::config::{FocalArea, Phase};
use crate::content::KindName;
use crate::render::address;
use crate::render::view::{ContentView, GroupView, ListingView, NavigationView};
use crate::site::PageIndex;
use crate::site::pack::PackOrigin;
use crate::source::SitePath;

/// What `phase.html` gets.
pub(super) fn phase(rendering: &Rendering, url: &SitePath, phase: &Phase) -> ContentView {
    let neighbours = rendering.phases().map(|phase| (phase.title.clone(), phase_url(&phase.id)));
    ContentView::Listing(ListingView {
        summary: phase.summary.clone(),
        also: Vec::new(),
        sessions: phase.sessions.clone(),
        groups: rendering.groups_by_kind(url, &rendering.navigation.phases[&phase.id], usize::MAX),
        packs: packs::cards(rendering, url, |origin| *origin == PackOrigin::Phase(phase.id.clone())),
        siblings: siblings(url, neighbours),
    })
}

/// What `focal-area.html` gets.
pub(super) fn focal_area(rendering: &Rendering, url: &SitePath, area: &FocalArea) -> ContentView {
    let neighbours = rendering.focal_areas().map(|area| (area.title.clone(), focal_area_url(&area.id)));
    ContentView::Listing(ListingView {
        summary: area.summary.clone(),
        also: area.also.clone(),
        sessions: None,
        groups: rendering.groups_by_kind(url, &rendering.navigation.focal_areas[&area.id], usize::MAX),
        packs: packs::cards(rendering, url, |origin| *origin == PackOrigin::FocalArea(area.id.clone())),
        siblings: siblings(url, neighbours),
    })
}

/// What `kind.html` gets.
pub(super) fn kind(rendering: &Rendering, url: &SitePath, kind: KindName) -> ContentView {
    let neighbours = rendering.navigation.kinds.keys().map(|kind| kind_link(rendering.words(), *kind));
    ContentView::Listing(ListingView {
        summary: None,
        also: Vec::new(),
        sessions: None,
        groups: by_subject(rendering, url, kind),
        packs: Vec::new(),
        siblings: siblings(url, neighbours),
    })
}

fn siblings(url: &SitePath, all: impl Iterator<Item = (String, String)>) -> Vec<NavigationView> {
    all.map(|(title, target)| NavigationView {
        title,
        url: address::relative(url, &target),
        current: target == url.as_str(),
        within: false,
    })
    .collect()
}

/// Pages of one kind under what they are about: session guides by phase, what goes with focal areas by these.
fn by_subject(rendering: &Rendering, url: &SitePath, kind: KindName) -> Vec<GroupView> {
    let pages = rendering.of_kind(kind);
    let subjects: Vec<(String, &str, &str, String)> = match kind {
        KindName::SessionGuide => rendering
            .phases()
            .map(|phase| (format!("phase-{}", phase.id), phase.id.as_str(), phase.title.as_str(), phase_url(&phase.id)))
            .collect(),
        KindName::Handout | KindName::Worksheet | KindName::QuickReference => rendering
            .focal_areas()
            .map(|area| {
                (format!("focal-area-{}", area.id), area.id.as_str(), area.title.as_str(), focal_area_url(&area.id))
            })
            .collect(),
        _ => Vec::new(),
    };
    let mut placed: BTreeSet<PageIndex> = BTreeSet::new();
    let mut groups = Vec::new();
    for (anchor, id, title, target) in subjects {
        let here: Vec<PageIndex> = pages.iter().copied().filter(|page| is_about(rendering, kind, *page, id)).collect();
        if !here.is_empty() {
            placed.extend(&here);
            groups.push(GroupView {
                title: title.to_owned(),
                id: anchor,
                url: Some(address::relative(url, &target)),
                summary: None,
                cards: rendering.cards(url, &here),
            });
        }
    }
    let others: Vec<PageIndex> = pages.iter().copied().filter(|page| !placed.contains(page)).collect();
    if !others.is_empty() {
        let title = if groups.is_empty() {
            rendering.words().say(&format!("kinds.all-{}", kind.name())).to_owned()
        } else {
            rendering.words().say("listing.general").to_owned()
        };
        let general = GroupView {
            title,
            id: "general".to_owned(),
            url: None,
            summary: None,
            cards: rendering.cards(url, &others),
        };
        groups.insert(0, general);
    }
    groups
}

fn is_about(rendering: &Rendering, kind: KindName, page: PageIndex, id: &str) -> bool {
    let front_matter = &rendering.site.pages[page].document.front_matter;
    let ids = if kind == KindName::SessionGuide { &front_matter.phases } else { &front_matter.focal_areas };
    ids.iter().any(|known| known.value == id)
}
