//! The lists between pages of one edition: by kind, phase and focal area, and what is related to what.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::{Edition, LinkTarget, Pack, PageIndex, PageLists, Site, pack};
use crate::content::alphabet::sort_key;
use crate::content::{KindName, LinkIndex, PageKind};

/// How many related pages a page names at most.
const RELATED: usize = 6;

/// Every list that pages of one edition show.
#[derive(Clone, Debug, Default)]
pub struct Navigation {
    /// The page whose body is shown on the home page. It is in none of the lists.
    pub home: Option<PageIndex>,
    /// Pages of each kind that has any.
    pub kinds: BTreeMap<KindName, Vec<PageIndex>>,
    /// Pages of each phase that has any, kinds in their order.
    pub phases: PageLists,
    /// Pages of each focal area that has any, kinds in their order.
    pub focal_areas: PageLists,
    /// What is printed together.
    pub packs: Vec<Pack>,
    /// Where the pack of an id is among these.
    pack_of_id: HashMap<String, usize>,
    /// Every page that has an id, by id: those of the edition, and those that it has withdrawn.
    pub by_id: BTreeMap<String, PageIndex>,
    /// Pages that name each other in their front matter, whichever of the two does the naming.
    partners: HashMap<PageIndex, Vec<PageIndex>>,
    /// Where each page stands in its kind's list, for all pages of the site; the next ones are worth reading first.
    place: Vec<Option<usize>>,
}

impl Navigation {
    /// The address of the home page, which every edition has, whether somebody wrote a page for it or not.
    pub const HOME: &'static str = "index.html";

    /// Makes the lists of an edition.
    pub fn of(site: &Site, edition: &Edition) -> Self {
        let mut navigation = Self::default();
        let listed = in_list_order(site, edition);
        navigation.packs = pack::all(site, edition, &listed);
        let ids = navigation.packs.iter().map(|pack| pack.id.clone());
        navigation.pack_of_id = ids.zip(0..).collect();
        navigation.by_id = by_id(site, edition);
        for index in listed {
            let page = &site.pages[index];
            if page.url.as_str() == Self::HOME {
                navigation.home = Some(index);
                continue;
            }
            navigation.kinds.entry(page.kind()).or_default().push(index);
            let front_matter = &page.document.front_matter;
            for (lists, ids) in [
                (&mut navigation.phases, &front_matter.phases),
                (&mut navigation.focal_areas, &front_matter.focal_areas),
            ] {
                // Reading them has seen to it that none is named twice.
                ids.iter().for_each(|id| add(lists, &id.value, index));
            }
        }
        navigation.partners = partners(site, edition);
        navigation.place = vec![None; site.pages.len()];
        for (place, &page) in navigation.kinds.values().flat_map(|pages| pages.iter().enumerate()) {
            navigation.place[page] = Some(place);
        }
        navigation
    }

    /// The pack of an id.
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.get(self.pack_number(id)?)
    }

    /// Where it is among all packs.
    pub fn pack_number(&self, id: &str) -> Option<usize> {
        self.pack_of_id.get(id).copied()
    }

    /// Pages of a kind, in the order lists show them.
    pub fn of_kind(&self, kind: KindName) -> &[PageIndex] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// What is worth reading after a page, best first: what a session guide hands out and a module builds on, both ways; then
    /// pages of the same focal areas and phases.
    pub fn related(&self, site: &Site, page: PageIndex) -> Vec<PageIndex> {
        let mut best: Vec<PageIndex> = Vec::new();
        let direct = self.partners.get(&page).into_iter().flatten().copied();
        for candidate in direct.chain(self.neighbours(site, page)) {
            if best.len() == RELATED {
                break;
            }
            if candidate != page && Some(candidate) != self.home && !best.contains(&candidate) {
                best.push(candidate);
            }
        }
        best
    }

    /// Pages that may name this one, or lead to it as the next: those related to it, and its neighbours among pages of its kind.
    pub fn beside(&self, site: &Site, page: PageIndex) -> Vec<PageIndex> {
        let mut beside = self.related(site, page);
        if let Some(place) = self.place[page] {
            let alike = self.of_kind(site.pages[page].kind());
            beside.extend(place.checked_sub(1).and_then(|before| alike.get(before)));
            beside.extend(alike.get(place + 1));
        }
        beside
    }

    /// A bounded number of pages that share a focal area or a phase with this one, those that share most first. Among
    /// equals, another kind comes before the same again.
    fn neighbours(&self, site: &Site, page: PageIndex) -> Vec<PageIndex> {
        const SHARED_FOCAL_AREA: u32 = 4;
        const SHARED_PHASE: u32 = 2;
        const OTHER_KIND: u32 = 1;
        let front_matter = &site.pages[page].document.front_matter;
        let mut scores: BTreeMap<PageIndex, u32> = BTreeMap::new();
        for (lists, ids, score) in [
            (&self.focal_areas, &front_matter.focal_areas, SHARED_FOCAL_AREA),
            (&self.phases, &front_matter.phases, SHARED_PHASE),
        ] {
            for pages in ids.iter().filter_map(|id| lists.get(&id.value)) {
                for shelf in shelves(site, pages) {
                    for neighbour in self.next_on(site, shelf, page) {
                        *scores.entry(neighbour).or_default() += score;
                    }
                }
            }
        }
        let mut neighbours: Vec<(PageIndex, u32)> = scores
            .into_iter()
            .map(|(other, score)| {
                let other_kind = site.pages[other].kind() != site.pages[page].kind();
                (other, score + if other_kind { OTHER_KIND } else { 0 })
            })
            .collect();
        neighbours.sort_by_key(|&(other, score)| (Reverse(score), site.pages[other].kind(), self.place[other]));
        neighbours.into_iter().map(|(other, _)| other).collect()
    }

    /// The few pages in the same language that follow this one's place on a shelf, starting again at its front.
    fn next_on<'s>(
        &'s self,
        site: &'s Site,
        shelf: &'s [PageIndex],
        page: PageIndex,
    ) -> impl Iterator<Item = PageIndex> {
        /// How many of them are looked at: a language may have but a few on a long shelf.
        const LOOKED_AT: usize = 8 * (RELATED + 1);
        let place = self.place[page];
        let after = shelf.partition_point(|other| self.place[*other] <= place);
        let language = move |page: PageIndex| site.language(&site.pages[page]);
        let next = shelf.iter().cycle().skip(after).take(shelf.len().min(LOOKED_AT)).copied();
        next.filter(move |&other| other != page && language(other) == language(page)).take(RELATED + 1)
    }
}

/// Adds a page to the list of an id. There are few lists with many pages each.
fn add(lists: &mut PageLists, id: &str, page: PageIndex) {
    match lists.get_mut(id) {
        Some(list) => list.push(page),
        None => {
            lists.insert(id.to_owned(), vec![page]);
        }
    }
}

/// A list cut into its kinds, so that choosing among its pages costs the same however many there are. Terms are found in the
/// texts themselves.
fn shelves<'l>(site: &Site, list: &'l [PageIndex]) -> impl Iterator<Item = &'l [PageIndex]> {
    let kind = |page: &PageIndex| site.pages[*page].kind();
    let mut rest = list;
    let shelves = std::iter::from_fn(move || {
        let first = kind(rest.first()?);
        let (shelf, others) = rest.split_at(rest.partition_point(|page| kind(page) <= first));
        rest = others;
        Some((first, shelf))
    });
    shelves.filter(|(kind, _)| *kind != KindName::Term).map(|(_, shelf)| shelf)
}

/// The edition's pages: kinds in their order, then as their authors ordered them, then by title.
fn in_list_order(site: &Site, edition: &Edition) -> Vec<PageIndex> {
    let mut pages = edition.pages.clone();
    pages.sort_by_cached_key(|&index| {
        let page = &site.pages[index];
        let order = page.document.front_matter.order.unwrap_or(i64::MAX);
        (page.kind(), order, sort_key(page.title(), &site.config.language), index)
    });
    pages
}

/// Every page with an id that the edition has or had.
fn by_id(site: &Site, edition: &Edition) -> BTreeMap<String, PageIndex> {
    let mut by_id = BTreeMap::new();
    for (index, page) in site.pages.iter().enumerate() {
        if let Some(id) = &page.document.front_matter.id
            && (edition.holds(index) || edition.withdrew(page))
        {
            by_id.entry(id.value.clone()).or_insert(index);
        }
    }
    by_id
}

/// Pages that name each other in their front matter, whichever of the two does the naming.
fn partners(site: &Site, edition: &Edition) -> HashMap<PageIndex, Vec<PageIndex>> {
    let mut partners: HashMap<PageIndex, Vec<PageIndex>> = HashMap::new();
    for &page in &edition.pages {
        for &link in named_pages(&site.pages[page].document.front_matter.kind) {
            let Some(LinkTarget::Page(other, _)) = site.pages[page].targets.get(link) else { continue };
            if edition.holds(*other) {
                partners.entry(page).or_default().push(*other);
                partners.entry(*other).or_default().push(page);
            }
        }
    }
    partners
}

fn named_pages(kind: &PageKind) -> &[LinkIndex] {
    match kind {
        PageKind::SessionGuide(guide) => &guide.materials,
        PageKind::Module(module) => &module.prerequisites,
        _ => &[],
    }
}
