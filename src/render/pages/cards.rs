//! Pages as lists show them.

use tera::Value;

use super::Rendering;
use super::shell::{kind_title, kind_url};
use crate::config::{FocalArea, Phase};
use crate::content::{Audience, KindName};
use crate::render::address;
use crate::render::view::{CardView, GroupView, LinkView, TargetView};
use crate::site::{Page, PageIndex};
use crate::source::SitePath;

impl Rendering {
    /// A page as a list on the page at `from` shows it.
    pub(super) fn card(&self, from: &SitePath, page: PageIndex) -> CardView {
        let url = address::relative(from, self.site.pages[page].url.as_str());
        CardView { url, target: self.target(page), pdfs: Vec::new() }
    }

    /// What lists say of a page, made when the first of them needs it.
    fn target(&self, page: PageIndex) -> Value {
        let make = || {
            let page = &self.site.pages[page];
            let view = TargetView {
                title: page.title().to_owned(),
                id: page.document.front_matter.id.as_ref().map(|id| id.value.clone()),
                summary: page.document.front_matter.summary.clone(),
                kind: page.kind().name(),
                kind_title: self.words().named("kind", page.kind().name()).to_owned(),
                for_patients: is_for_patients(page),
                language: self.foreign_language(page),
            };
            view.shared()
        };
        self.targets[page].get_or_init(make).clone()
    }

    /// Several of them.
    pub(super) fn cards<'p>(&self, from: &SitePath, pages: impl IntoIterator<Item = &'p PageIndex>) -> Vec<CardView> {
        pages.into_iter().map(|&page| self.card(from, page)).collect()
    }

    /// A page as a plain link.
    pub(super) fn link(&self, from: &SitePath, page: PageIndex) -> LinkView {
        let page = &self.site.pages[page];
        LinkView { title: page.title().to_owned(), url: address::relative(from, page.url.as_str()) }
    }

    /// The phases that have pages in this edition, with their addresses.
    pub(super) fn phases(&self) -> impl Iterator<Item = &Phase> {
        self.site.config.phases.iter().filter(|phase| self.navigation.phases.contains_key(&phase.id))
    }

    /// The focal areas that have pages in this edition.
    pub(super) fn focal_areas(&self) -> impl Iterator<Item = &FocalArea> {
        self.site.config.focal_areas.iter().filter(|area| self.navigation.focal_areas.contains_key(&area.id))
    }

    /// Pages under a heading for each kind. At most so many of each.
    pub(super) fn groups_by_kind(&self, from: &SitePath, pages: &[PageIndex], most: usize) -> Vec<GroupView> {
        let kind_of = |page: &PageIndex| self.site.pages[*page].kind();
        pages
            .chunk_by(|before, after| kind_of(before) == kind_of(after))
            .filter_map(|pages| Some((kind_of(pages.first()?), pages)))
            .map(|(kind, pages)| GroupView {
                title: kind_title(self.words(), kind).to_owned(),
                id: format!("list-{}", kind.name()),
                url: Some(address::relative(from, &kind_url(kind))),
                summary: None,
                cards: self.cards(from, pages.iter().take(most)),
            })
            .collect()
    }

    /// All lists by kind, the glossary left out: it is a list of its own.
    pub(super) fn all_kinds(&self, from: &SitePath, most: usize) -> Vec<GroupView> {
        let listed = self.navigation.kinds.iter().filter(|(kind, _)| **kind != KindName::Term);
        listed.flat_map(|(_, pages)| self.groups_by_kind(from, pages, most)).collect()
    }
}

/// Whether a page is meant for patients, perhaps among others.
pub(super) fn is_for_patients(page: &Page) -> bool {
    page.document.front_matter.audience.contains(&Audience::Patient)
}

/// Where a phase's list is.
pub(super) fn phase_url(id: &str) -> String {
    format!("phases/{id}.html")
}

/// Where a focal area's list is.
pub(super) fn focal_area_url(id: &str) -> String {
    format!("focal-areas/{id}.html")
}
