//! Has the engine print what a page cites.

use std::collections::{BTreeMap, HashMap};

use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::json::Item;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem as Cite, CitationRequest, Elem, ElemChild, ElemChildren,
    ElemMeta, LocatorPayload, SpecificLocator,
};

use super::item::{self, End, Marked};
use super::locators::Place;
use super::{Style, ranges};
use crate::content::reference::{Bibliography, Work};
use crate::content::{Citation, CitationItem, Locator};

/// What the engine printed.
pub(super) struct Engine {
    /// For each citation; nothing where no work is known.
    pub citations: Vec<Option<ElemChildren>>,
    /// The works, in the style's order.
    pub entries: Vec<EngineEntry>,
}

pub(super) struct EngineEntry {
    /// The work's key.
    pub key: String,
    /// Its number.
    pub label: Option<ElemChild>,
    /// The rest.
    pub content: ElemChildren,
}

impl Style {
    /// Has the engine print citations and bibliography.
    pub(super) fn run(&self, csl: &IndependentStyle, works: &Cited<'_>, citations: &[&Citation]) -> Engine {
        let places: Vec<Vec<Option<Place>>> = self.places(works, citations);
        let mut driver = BibliographyDriver::new();
        let mut sent = Vec::new();
        for (citation, places) in citations.iter().zip(&places) {
            let cites: Vec<Cite<'_, Item>> = works
                .known(citation)
                .zip(places)
                .map(|((item, _), place)| {
                    let locator = place.as_ref();
                    Cite::with_locator(
                        item,
                        locator.map(|place| SpecificLocator(place.label, LocatorPayload::Str(&place.stand_in))),
                    )
                })
                .collect();
            sent.push(!cites.is_empty());
            if !cites.is_empty() {
                let csl = self.fitting(citation);
                driver.citation(CitationRequest::new(cites, csl, Some(self.locale.clone()), &self.locales, None));
            }
        }
        let rendered = driver.finish(BibliographyRequest::new(csl, Some(self.locale.clone()), &self.locales));
        let mut printed = rendered.citations.into_iter().map(|citation| citation.citation);
        let entries = rendered.bibliography.into_iter().flat_map(|bibliography| bibliography.items);
        let mut engine = Engine {
            citations: sent.into_iter().map(|sent| if sent { printed.next() } else { None }).collect(),
            entries: entries
                .map(|item| EngineEntry { key: item.key, label: item.first_field, content: item.content })
                .collect(),
        };
        for (tree, places) in engine.citations.iter_mut().zip(&places) {
            each_cite(tree, |index, children| {
                if let Some(Some(place)) = places.get(index) {
                    place.put_into(children);
                }
            });
        }
        ranges::put_together(self, works, citations, &mut engine);
        engine
    }

    /// Where in the works something is, for each citation and each of its works that are known.
    fn places(&self, works: &Cited<'_>, citations: &[&Citation]) -> Vec<Vec<Option<Place>>> {
        let mut index = 0;
        let mut place = |locator: &Locator| {
            index += 1;
            Place::new(locator, index, &self.page_range_delimiter)
        };
        let of = citations
            .iter()
            .map(|citation| works.known(citation).map(|(_, item)| item.locator.as_ref().map(&mut place)).collect());
        of.collect()
    }

    /// The form of the style that suits a citation.
    fn fitting(&self, citation: &Citation) -> &IndependentStyle {
        let mut places = citation.items.iter();
        if places.clone().any(|place| !place.prefix.is_empty() || !place.suffix.is_empty()) {
            &self.as_written
        } else if citation.narrative && !self.numeric {
            &self.in_sentence
        } else if self.prints_locators && places.any(|place| place.locator.is_some()) {
            &self.apart
        } else {
            &self.csl
        }
    }
}

/// The works that citations name.
pub(super) struct Cited<'a> {
    bibliography: &'a Bibliography,
    /// By their own key.
    pub works: BTreeMap<&'a str, &'a Work>,
    items: HashMap<&'a str, Item>,
    marked: HashMap<&'a str, Vec<Marked>>,
    /// Numbers of the citations that name each.
    pub cited_by: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Cited<'a> {
    pub fn of(bibliography: &'a Bibliography, citations: &[&Citation]) -> Self {
        let mut cited = Self {
            bibliography,
            works: BTreeMap::new(),
            items: HashMap::new(),
            marked: HashMap::new(),
            cited_by: HashMap::new(),
        };
        for (index, citation) in citations.iter().enumerate() {
            for work in citation.items.iter().filter_map(|place| bibliography.work(&place.key)) {
                let key = work.key.as_str();
                cited.works.entry(key).or_insert(work);
                cited.items.entry(key).or_insert_with(|| item::of(work, End::First));
                cited.marked.entry(key).or_insert_with(|| item::marked(work));
                let numbers = cited.cited_by.entry(key).or_default();
                if numbers.last() != Some(&(index + 1)) {
                    numbers.push(index + 1);
                }
            }
        }
        cited
    }

    /// The texts of a work that hold markup.
    pub fn marked(&self, key: &str) -> &[Marked] {
        self.marked.get(key).map_or(&[], Vec::as_slice)
    }

    /// A work's own key, whatever alias it is called by.
    pub fn key(&self, key: &str) -> Option<&'a str> {
        self.bibliography.work(key).map(|work| work.key.as_str())
    }

    /// The places of a citation whose work is known, with the work for the engine.
    pub fn known<'s, 'c: 's>(&'s self, citation: &'c Citation) -> impl Iterator<Item = (&'s Item, &'c CitationItem)> {
        citation.items.iter().filter_map(|place| Some((self.items.get(self.key(&place.key)?)?, place)))
    }
}

/// Visits each work of a citation as printed, with its number among the works that are known.
pub(super) fn each_cite(tree: &mut Option<ElemChildren>, mut visit: impl FnMut(usize, &mut ElemChildren)) {
    for child in tree.iter_mut().flat_map(|tree| &mut tree.0) {
        if let ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(index)), children, .. }) = child {
            visit(*index, children);
        }
    }
}
