//! Has the engine print citations and works.

use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::json::Item;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem as Cite, CitationRequest, ElemChild, ElemChildren,
    LocatorPayload, SpecificLocator,
};

use super::Style;
use super::locators::Place;
use super::works::Cited;
use crate::content::Citation;

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
    /// Has the engine print citations and bibliography, with numbers for places, and of every range of dates only the
    /// first day. The first work gets the number that follows `before`.
    pub(super) fn run_with_stand_ins(
        &self,
        csl: &IndependentStyle,
        works: &Cited,
        citations: &[&Citation],
        places: &[Vec<Option<Place>>],
        before: usize,
    ) -> Engine {
        let forms = self.forms_for(works);
        let items: Vec<Item> = works.works.iter().map(|work| work.known.item()).collect();
        let asked = citations.iter().zip(places).enumerate().map(|(at, (citation, places))| {
            let known = works.known(at, citation).zip(places);
            let cites = known.map(|(known, place)| cite(&items[known.index], place.as_ref()));
            (cites.collect(), forms.form(self.fitting(citation)))
        });
        self.print(csl, asked, before)
    }

    /// Has the engine print citations, each in a form of the style, and their works in another.
    pub(super) fn print<'a>(
        &'a self,
        entries: &'a IndependentStyle,
        citations: impl Iterator<Item = (Vec<Cite<'a, Item>>, &'a IndependentStyle)>,
        before: usize,
    ) -> Engine {
        let mut driver = BibliographyDriver::new().with_citation_number_offset(before);
        let mut sent = Vec::new();
        for (cites, form) in citations {
            sent.push(!cites.is_empty());
            if !cites.is_empty() {
                driver.citation(self.request(cites, form));
            }
        }
        let rendered = driver.finish(BibliographyRequest::new(entries, Some(self.locale.clone()), &self.locales));
        let mut printed = rendered.citations.into_iter().map(|citation| citation.citation);
        let entries = rendered.bibliography.into_iter().flat_map(|bibliography| bibliography.items);
        Engine {
            citations: sent.into_iter().map(|sent| if sent { printed.next() } else { None }).collect(),
            entries: entries
                .map(|item| EngineEntry { key: item.key, label: item.first_field, content: item.content })
                .collect(),
        }
    }

    /// Asks for works in a form of the style.
    pub(super) fn request<'a>(
        &'a self,
        cites: Vec<Cite<'a, Item>>,
        csl: &'a IndependentStyle,
    ) -> CitationRequest<'a, Item> {
        CitationRequest::new(cites, csl, Some(self.locale.clone()), &self.locales, None)
    }
}

/// A work as it is handed over, with a number for a place in it.
pub(super) fn cite<'a>(item: &'a Item, place: Option<&'a Place>) -> Cite<'a, Item> {
    let locator = place.map(|place| SpecificLocator(place.label, LocatorPayload::Str(&place.stand_in)));
    Cite::with_locator(item, locator)
}
