//! The pages that nobody wrote.

use super::cards::{focal_area_url, phase_url};
use super::shell::{self, kind_title, kind_url};
use super::{
    Rendering, cards, currency, evidence, glossary, home, index, listing, matrix, not_found, packs, references, status,
    suitability,
};
use crate::config::{FocalArea, Phase};
use crate::content::KindName;
use crate::render::structured_data;
use crate::site::generated::{PACKS, currency_url, id_in_currency_url, id_in_pack_url, pack_url};
use crate::site::navigation::Navigation;
use crate::site::{Pack, PageIndex};
use crate::source::SitePath;

/// One of them.
#[derive(Clone, Copy)]
pub(super) enum Generated<'a> {
    Home,
    Matrix,
    Phase(&'a Phase),
    FocalArea(&'a FocalArea),
    Kind(KindName),
    Suitability,
    Evidence,
    Glossary,
    References,
    Index,
    NotFound,
    Status,
    Packs,
    Pack(&'a Pack),
    /// Of the page with this id.
    Currency(&'a str, PageIndex),
}

impl<'a> Generated<'a> {
    /// All that an edition has: none of them would be empty.
    pub(super) fn all(rendering: &'a Rendering) -> Vec<Self> {
        let navigation = &rendering.navigation;
        let mut pages = Self::few(rendering);
        pages.extend(navigation.packs.iter().map(Generated::Pack));
        pages.extend(navigation.by_id.iter().map(|(id, page)| Generated::Currency(id, *page)));
        pages
    }

    /// Those that may show something of these pages.
    pub(super) fn around(rendering: &'a Rendering, pages: &[PageIndex]) -> Vec<Self> {
        let is_about = |page: &Self| !matches!(page, Generated::Currency(_, about) if !pages.contains(about));
        Self::all(rendering).into_iter().filter(is_about).collect()
    }

    /// The one at an address.
    pub(super) fn at(rendering: &'a Rendering, url: &str) -> Option<Self> {
        let navigation = &rendering.navigation;
        if let Some(id) = id_in_currency_url(url) {
            return navigation.by_id.get_key_value(id).map(|(id, page)| Generated::Currency(id, *page));
        }
        let pack = id_in_pack_url(url).and_then(|id| navigation.pack(id)).map(Generated::Pack);
        pack.or_else(|| Self::few(rendering).into_iter().find(|page| page.url() == url))
    }

    /// Those that do not grow in number with the pages.
    fn few(rendering: &'a Rendering) -> Vec<Self> {
        let mut pages = vec![Generated::Home, Generated::Index, Generated::NotFound];
        if matrix::has_any(rendering) {
            pages.push(Generated::Matrix);
        }
        pages.extend(rendering.phases().map(Generated::Phase));
        pages.extend(rendering.focal_areas().map(Generated::FocalArea));
        pages.extend(rendering.navigation.kinds.keys().map(|kind| match kind {
            KindName::Suitability => Generated::Suitability,
            KindName::Evidence => Generated::Evidence,
            KindName::Term => Generated::Glossary,
            kind => Generated::Kind(*kind),
        }));
        if references::any(rendering) {
            pages.push(Generated::References);
        }
        if status::is_published(rendering) {
            pages.push(Generated::Status);
        }
        if packs::any(rendering) {
            pages.push(Generated::Packs);
        }
        pages
    }

    /// Its address within the edition.
    pub(super) fn url(&self) -> String {
        match self {
            Generated::Home => Navigation::HOME.to_owned(),
            Generated::Matrix => matrix::URL.to_owned(),
            Generated::Phase(phase) => phase_url(&phase.id),
            Generated::FocalArea(area) => focal_area_url(&area.id),
            Generated::Kind(kind) => kind_url(*kind),
            Generated::Suitability => suitability::URL.to_owned(),
            Generated::Evidence => evidence::URL.to_owned(),
            Generated::Glossary => glossary::URL.to_owned(),
            Generated::References => references::URL.to_owned(),
            Generated::Index => index::URL.to_owned(),
            Generated::NotFound => not_found::URL.to_owned(),
            Generated::Status => status::URL.to_owned(),
            Generated::Packs => PACKS.to_owned(),
            Generated::Pack(pack) => pack_url(&pack.id),
            Generated::Currency(id, _) => currency_url(id),
        }
    }

    /// Whether search engines should know it.
    pub(super) fn is_listed(&self) -> bool {
        !matches!(self, Generated::NotFound | Generated::Status | Generated::Currency(..))
    }

    /// The page with everything on it.
    pub(super) fn page(&self, rendering: &Rendering) -> shell::Page {
        let url = SitePath::new(self.url());
        let content = match self {
            Generated::Home => home::content(rendering, &url),
            Generated::Matrix => matrix::content(rendering, &url),
            Generated::Phase(phase) => listing::phase(rendering, &url, phase),
            Generated::FocalArea(area) => listing::focal_area(rendering, &url, area),
            Generated::Kind(kind) => listing::kind(rendering, &url, *kind),
            Generated::Suitability => suitability::content(rendering, &url),
            Generated::Evidence => evidence::content(rendering, &url),
            Generated::Glossary => glossary::content(rendering, &url),
            Generated::References => references::content(rendering, &url),
            Generated::Index => index::content(rendering, &url),
            Generated::NotFound => not_found::content(rendering, &url),
            Generated::Status => status::content(rendering, &url),
            Generated::Packs => packs::list(rendering, &url),
            Generated::Pack(pack) => packs::content(rendering, &url, pack),
            Generated::Currency(id, page) => currency::content(rendering, &url, id, *page),
        };
        let title = self.title(rendering);
        let summary = self.summary(rendering);
        let json_ld = match self {
            Generated::NotFound | Generated::Status | Generated::Currency(..) => None,
            Generated::Home => structured_data::website(rendering, &title, summary.as_deref()),
            _ => structured_data::collection(rendering, url.as_str(), &title, summary.as_deref()),
        };
        let written = if matches!(self, Generated::Home) { rendering.navigation.home } else { None };
        shell::Page {
            title,
            summary,
            kind: self.template(),
            kind_title: self.kind_title(rendering),
            for_patients: self.is_for_patients(rendering),
            above: self.above(rendering),
            json_ld,
            written,
            of: if let Generated::Currency(_, page) = self { Some(*page) } else { written },
            content,
            url,
        }
    }

    fn template(&self) -> &'static str {
        match self {
            Generated::Home => "home",
            Generated::Matrix => "browse",
            Generated::Phase(_) => "phase",
            Generated::FocalArea(_) => "focal-area",
            Generated::Kind(_) => "kind",
            Generated::Suitability => "suitability-overview",
            Generated::Evidence => "evidence-overview",
            Generated::Glossary => "glossary",
            Generated::References => "references",
            Generated::Index => "a-z",
            Generated::NotFound => "not-found",
            Generated::Status => "status",
            Generated::Packs => "packs",
            Generated::Pack(_) => "pack",
            Generated::Currency(..) => "currency",
        }
    }

    fn kind_title(&self, rendering: &Rendering) -> String {
        match self {
            Generated::Currency(_, page) => {
                rendering.words().named("kind", rendering.site.pages[*page].kind().name()).to_owned()
            }
            _ => String::new(),
        }
    }

    fn is_for_patients(&self, rendering: &Rendering) -> bool {
        match self {
            Generated::Pack(pack) => pack.is_for_patients(),
            Generated::Currency(_, page) => cards::is_for_patients(&rendering.site.pages[*page]),
            _ => !rendering.professional,
        }
    }

    fn title(&self, rendering: &Rendering) -> String {
        let words = rendering.words();
        let say = |key| words.say(key).to_owned();
        match self {
            Generated::Home => match rendering.navigation.home {
                Some(page) => rendering.site.pages[page].title().to_owned(),
                None => rendering.site.config.title.clone(),
            },
            Generated::Matrix if rendering.professional => say("listing.browse"),
            Generated::Matrix => say("menu.topics"),
            Generated::Phase(phase) => phase.title.clone(),
            Generated::FocalArea(area) => area.title.clone(),
            Generated::Kind(kind) => kind_title(words, *kind).to_owned(),
            Generated::Suitability => say("kinds.suitability"),
            Generated::Evidence => say("menu.evidence"),
            Generated::Glossary => say("kinds.term"),
            Generated::References => say("menu.references"),
            Generated::Index => say("menu.index"),
            Generated::NotFound => say("not-found.title"),
            Generated::Status => status::TITLE.to_owned(),
            Generated::Packs => say("menu.packs"),
            Generated::Pack(pack) => packs::title(words, &pack.title),
            Generated::Currency(_, page) => currency::title(words, &rendering.site.pages[*page]),
        }
    }

    fn summary(&self, rendering: &Rendering) -> Option<String> {
        match self {
            Generated::Home => rendering.site.pages[rendering.navigation.home?].document.front_matter.summary.clone(),
            Generated::Phase(phase) => phase.summary.clone(),
            Generated::FocalArea(area) => area.summary.clone(),
            Generated::Pack(pack) => pack.summary.clone(),
            _ => None,
        }
    }

    fn above(&self, rendering: &Rendering) -> Vec<(String, String)> {
        match self {
            Generated::Phase(_) | Generated::FocalArea(_) => {
                let title = Generated::Matrix.title(rendering);
                vec![(title, matrix::URL.to_owned())]
            }
            Generated::Pack(_) => vec![(Generated::Packs.title(rendering), PACKS.to_owned())],
            Generated::Currency(_, page) => currency::above(rendering.words(), &rendering.site.pages[*page]),
            _ => Vec::new(),
        }
    }
}
