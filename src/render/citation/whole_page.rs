//! Pages that the engine prints as a whole.

use hayagriva::citationberg::IndependentStyle;

use super::engine::Engine;
use super::locators::{self, Place};
use super::works::Cited;
use super::{CitedPage, Style, ranges};
use crate::content::{Citation, Locator};

impl Style {
    /// The page, whatever was printed before.
    pub(super) fn cite_with_engine(&self, works: &Cited, citations: &[&Citation]) -> CitedPage {
        let engine = self.run(&self.forms.plain, works, citations);
        let mut page = CitedPage::default();
        for (at, citation) in citations.iter().enumerate() {
            let tree = engine.citations.get(at).cloned().flatten();
            page.citations.push(self.citation_html(at, citation, tree, works));
        }
        page.entries = self.entries(engine.entries, works);
        page
    }

    /// Has the engine print citations and bibliography.
    pub(super) fn run(&self, csl: &IndependentStyle, works: &Cited, citations: &[&Citation]) -> Engine {
        let places = self.places(works, citations);
        let mut engine = self.run_with_stand_ins(csl, works, citations, &places, 0);
        for (tree, places) in engine.citations.iter_mut().zip(&places) {
            tree.iter_mut().for_each(|tree| locators::put_all(tree, places));
        }
        ranges::put_together(self, works, citations, &mut engine);
        engine
    }

    /// Where in the works something is, for each citation and each of its works that are known.
    fn places(&self, works: &Cited, citations: &[&Citation]) -> Vec<Vec<Option<Place>>> {
        let mut index = 0;
        let mut place = |locator: &Locator| {
            index += 1;
            Place::new(locator, index, &self.page_range_delimiter)
        };
        let of = citations.iter().enumerate().map(|(at, citation)| {
            works.known(at, citation).map(|known| known.place.locator.as_ref().map(&mut place)).collect()
        });
        of.collect()
    }
}
