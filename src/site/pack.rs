//! Pages that are printed together: those that the configuration names, and those that psychoed puts together by itself for each
//! phase, each focal area and each session.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::generated::session_pack;
use super::{Edition, LinkFault, LinkTarget, PageIndex, Site};
use crate::config::{PackConfig, PackParts, PackQuery};
use crate::content::kind::SessionGuide;
use crate::content::{Audience, PageKind};
use crate::diagnostic::nearest;
use crate::source::{SitePath, Sources, Spanned};

/// Pages to print together, as one edition has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Used in addresses and on the command line.
    pub id: String,
    /// As shown and printed on the cover.
    pub title: PackTitle,
    /// One sentence.
    pub summary: Option<String>,
    /// Whom it is for: a printed pack may hold nothing that these readers may not see.
    pub audience: Vec<Audience>,
    /// Where it comes from.
    pub origin: PackOrigin,
    /// Its pages, in order; never empty.
    pub pages: Vec<PageIndex>,
}

impl Pack {
    /// Whether a patient may be given it.
    pub fn is_for_patients(&self) -> bool {
        self.audience.contains(&Audience::Patient)
    }
}

/// What a pack is called, to be said in the language of those who read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackTitle {
    /// As the configuration has it.
    Given(String),
    /// What patients take home of the phase or focal area of this title.
    TakeHome(String),
    /// What those who treat keep of it.
    Clinician(String),
    /// A session, or several.
    Session {
        /// Their numbers, such as `1–3`; empty when the guide has none.
        numbers: String,
        /// Whether these are several.
        several: bool,
        /// The guide's title, where the numbers do not tell it from others.
        guide: Option<String>,
    },
}

/// Where a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackOrigin {
    /// The configuration.
    Config,
    /// It holds what belongs to the phase of this id.
    Phase(String),
    /// It holds what belongs to the focal area of this id.
    FocalArea(String),
    /// It holds this session guide, and what it hands out.
    Session(PageIndex),
}

/// Fewer pages than that are no pack; one that somebody asked for is another matter.
const LEAST: usize = 2;

/// Every pack of an edition: those of the configuration first, then by phase, focal area and session. A pack of the
/// configuration takes the place of psychoed's own with the same id. `listed` is the edition's pages as lists show them.
pub(super) fn all(site: &Site, edition: &Edition, listed: &[PageIndex]) -> Vec<Pack> {
    let sheets: Vec<PageIndex> = listed.iter().copied().filter(|&page| is_sheet(site, page)).collect();
    let offered = |pack: &&PackConfig| pack.audience.iter().any(|audience| edition.audiences.contains(audience));
    let named = OnceCell::new();
    let mut packs: Vec<Pack> = site
        .config
        .packs
        .iter()
        .filter(offered)
        .map(|pack| Pack {
            id: pack.id.value.clone(),
            title: PackTitle::Given(pack.title.clone()),
            summary: pack.summary.clone(),
            audience: pack.audience.clone(),
            origin: PackOrigin::Config,
            pages: match &pack.parts {
                PackParts::Query(query) => found(site, query, &pack.audience, &sheets),
                PackParts::Pages(pages) => {
                    let named = named.get_or_init(|| NamedPages::new(site));
                    let pages = pages.iter().filter_map(|page| named.find(&page.value));
                    once_each(pages.filter(|&page| edition.holds(page) && may_read(site, page, &pack.audience)))
                }
            },
        })
        .filter(|pack| !pack.pages.is_empty())
        .collect();
    let taken: BTreeSet<String> = site.config.packs.iter().map(|pack| pack.id.value.to_lowercase()).collect();
    // One reader needs one language: a translation has a PDF of its own.
    let originals: Vec<PageIndex> =
        sheets.into_iter().filter(|&page| !site.is_repeated(page, |page| edition.holds(page))).collect();
    let own = by_subject(site, edition, &originals).into_iter().chain(by_session(site, edition, &originals));
    packs.extend(own.filter(|pack| pack.pages.len() >= LEAST && !taken.contains(&pack.id.to_lowercase())));
    packs
}

/// Whether a page is printed as a sheet of its own.
pub fn is_sheet(site: &Site, page: PageIndex) -> bool {
    site.pages[page].kind().needs_id()
}

/// Whether nothing speaks against giving a page to the readers of a pack. Who treats may hold what is for patients, but not the
/// other way round.
pub fn may_read(site: &Site, page: PageIndex, audience: &[Audience]) -> bool {
    !audience.contains(&Audience::Patient)
        || site.pages[page].document.front_matter.audience.contains(&Audience::Patient)
}

/// The pages that a query finds among some, which are in the order lists show them.
pub fn found(site: &Site, query: &PackQuery, audience: &[Audience], among: &[PageIndex]) -> Vec<PageIndex> {
    if *query == PackQuery::default() {
        return Vec::new();
    }
    let has = |ids: &[Spanned<String>], wanted: &[Spanned<String>]| {
        wanted.is_empty() || ids.iter().any(|id| wanted.iter().any(|wanted| wanted.value == id.value))
    };
    let fits = |page: &PageIndex| {
        let front_matter = &site.pages[*page].document.front_matter;
        may_read(site, *page, audience)
            && has(&front_matter.phases, &query.phases)
            && has(&front_matter.focal_areas, &query.focal_areas)
            && (query.kinds.is_empty() || query.kinds.contains(&front_matter.kind.name()))
    };
    if query.sessions.is_empty() {
        return among.iter().copied().filter(fits).collect();
    }
    let among_set: BTreeSet<PageIndex> = among.iter().copied().collect();
    let guides = among.iter().copied().filter(|&page| match &site.pages[page].document.front_matter.kind {
        PageKind::SessionGuide(guide) => guide.sessions.iter().any(|session| query.sessions.contains(session)),
        _ => false,
    });
    let with_materials = guides.flat_map(|guide| std::iter::once(guide).chain(materials(site, guide)));
    once_each(with_materials.filter(|page| among_set.contains(page) && fits(page)))
}

/// The packs of phases and focal areas: what patients take home, and what those who treat keep.
fn by_subject(site: &Site, edition: &Edition, sheets: &[PageIndex]) -> Vec<Pack> {
    let mut by_phase: HashMap<&str, Vec<PageIndex>> = HashMap::new();
    let mut by_area: HashMap<&str, Vec<PageIndex>> = HashMap::new();
    for &page in sheets {
        let front_matter = &site.pages[page].document.front_matter;
        for (lists, ids) in [(&mut by_phase, &front_matter.phases), (&mut by_area, &front_matter.focal_areas)] {
            ids.iter().for_each(|id| lists.entry(id.value.as_str()).or_default().push(page));
        }
    }
    let phases = site.config.phases.iter().map(|phase| {
        let pages = by_phase.remove(phase.id.as_str()).unwrap_or_default();
        ("phase", PackOrigin::Phase(phase.id.clone()), &phase.id, &phase.title, &phase.summary, pages)
    });
    let areas = site.config.focal_areas.iter().map(|area| {
        let pages = by_area.remove(area.id.as_str()).unwrap_or_default();
        ("focal-area", PackOrigin::FocalArea(area.id.clone()), &area.id, &area.title, &area.summary, pages)
    });
    let mut packs = Vec::new();
    for (what, origin, id, title, summary, pages) in phases.chain(areas) {
        let is_for = |page: &PageIndex, audience| site.pages[*page].document.front_matter.audience.contains(&audience);
        let (home, rest): (Vec<_>, Vec<_>) = pages.into_iter().partition(|page| is_for(page, Audience::Patient));
        let rest: Vec<PageIndex> = rest.into_iter().filter(|page| is_for(page, Audience::Clinician)).collect();
        // What the configuration says of a phase or focal area is written for patients.
        for (id, title, summary, audience, pages) in [
            (format!("{what}-{id}"), PackTitle::TakeHome(title.clone()), summary.clone(), Audience::Patient, home),
            (format!("clinician-{what}-{id}"), PackTitle::Clinician(title.clone()), None, Audience::Clinician, rest),
        ] {
            if edition.audiences.contains(&audience) {
                packs.push(Pack { id, title, summary, audience: vec![audience], origin: origin.clone(), pages });
            }
        }
    }
    packs
}

/// The pack of each session guide: the guide, then what it hands out.
fn by_session(site: &Site, edition: &Edition, sheets: &[PageIndex]) -> Vec<Pack> {
    let mut with_numbers: HashMap<String, usize> = HashMap::new();
    let mut guides = Vec::new();
    for &page in sheets {
        let front_matter = &site.pages[page].document.front_matter;
        if let (PageKind::SessionGuide(guide), Some(id)) = (&front_matter.kind, &front_matter.id) {
            let numbers = guide.numbers();
            *with_numbers.entry(numbers.clone()).or_default() += 1;
            guides.push((page, id, guide, numbers));
        }
    }
    let pack = |(page, id, guide, numbers): (PageIndex, &Spanned<String>, &SessionGuide, String)| {
        let sheet = &site.pages[page];
        let is_alone = !numbers.is_empty() && with_numbers[&numbers] == 1;
        let title = PackTitle::Session {
            several: guide.sessions.len() > 1,
            guide: (!is_alone).then(|| sheet.title().to_owned()),
            numbers,
        };
        let handed_out = materials(site, page).filter(|&page| edition.holds(page) && is_sheet(site, page));
        Pack {
            id: session_pack(&id.value),
            title,
            summary: Some(sheet.title().to_owned()),
            audience: sheet.document.front_matter.audience.clone(),
            origin: PackOrigin::Session(page),
            pages: once_each(std::iter::once(page).chain(handed_out)),
        }
    };
    guides.into_iter().map(pack).collect()
}

/// The pages that a session guide hands out, in its order.
fn materials(site: &Site, guide: PageIndex) -> impl Iterator<Item = PageIndex> {
    let page = &site.pages[guide];
    let links = match &page.document.front_matter.kind {
        PageKind::SessionGuide(guide) => guide.materials.as_slice(),
        _ => &[],
    };
    // A place that the page does not have is the link's fault, not the pack's: the page is handed out as a whole.
    links.iter().filter_map(|&link| match page.targets.get(link)? {
        LinkTarget::Page(to, _) | LinkTarget::Missing(LinkFault::NoSuchAnchor { page: to, .. }) => Some(*to),
        _ => None,
    })
}

fn once_each(pages: impl Iterator<Item = PageIndex>) -> Vec<PageIndex> {
    let mut seen = BTreeSet::new();
    pages.filter(|page| seen.insert(*page)).collect()
}

/// Finds pages by what a pack calls them: a file within the content folder, or an id.
pub struct NamedPages<'s> {
    site: &'s Site,
    ids: BTreeMap<&'s str, PageIndex>,
}

impl<'s> NamedPages<'s> {
    /// Looks through the ids of all pages.
    pub fn new(site: &'s Site) -> Self {
        let mut ids = BTreeMap::new();
        for (index, page) in site.pages.iter().enumerate() {
            if let Some(id) = &page.document.front_matter.id {
                ids.entry(id.value.as_str()).or_insert(index);
            }
        }
        Self { site, ids }
    }

    /// The page of a name.
    pub fn find(&self, name: &str) -> Option<PageIndex> {
        let by_path = || {
            let path = SitePath::new("").join(name)?;
            self.site.page_at.get(format!("{}{path}", Sources::CONTENT).as_str())
        };
        self.ids.get(name).or_else(by_path).copied()
    }

    /// The name that was probably meant by one that no page has.
    pub fn nearest(&self, name: &str) -> Option<&'s str> {
        let within = |page: &'s super::Page| page.path.as_str().trim_start_matches(Sources::CONTENT);
        let file_name = name.rsplit('/').next().unwrap_or(name);
        let elsewhere = || self.site.pages.iter().find(|page| page.path.file_name() == file_name).map(within);
        let names = self.site.pages.iter().map(within).chain(self.ids.keys().copied());
        nearest(name, names).or_else(elsewhere)
    }
}
