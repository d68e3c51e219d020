//! Places within works. The engine takes only plain numbers for several (“pp.”), and prints them as it thinks best; so it
//! is given a number that stands for the place, and the place is put in afterwards.

use hayagriva::ElemChildren;
use hayagriva::citationberg::taxonomy::Locator as Label;

use super::tree::{self, each_cite};
use super::works::{KnownPlace, PlaceKind};
use crate::content::Locator;

/// Far above any page, and still a number for the engine.
const FIRST: u32 = 1_900_000_000;

/// How all that stand for places begin.
const START: &str = "190000";

/// A place as the engine sees it and as it is printed.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// What the number counts.
    pub label: Label,
    /// What the engine is given: a number, or two for several places.
    pub stand_in: String,
    number: u32,
    printed: String,
}

impl Place {
    /// `index` tells places of one run apart; `delimiter` stands between the first and the last page.
    pub fn new(locator: &Locator, index: usize, delimiter: &str) -> Self {
        let label = locator.label.parse().unwrap_or(Label::Page);
        let number = FIRST + 2 * u32::try_from(index).unwrap_or(0);
        let several = locator.value.contains(['-', '–', ',', ';', '&']);
        let stand_in = if several { format!("{number}-{}", number + 1) } else { number.to_string() };
        let delimiter = if label == Label::Page { delimiter } else { "–" };
        Self { label, stand_in, number, printed: locator.value.replace(['-', '–'], delimiter) }
    }

    /// What it counts, and whether it is several: all that the engine makes a difference for.
    pub fn kind(&self) -> PlaceKind {
        (self.label, self.stand_in.contains('-'))
    }

    /// The same place, of which nothing is printed.
    pub fn blank(&self) -> Self {
        Self { printed: String::new(), ..self.clone() }
    }

    /// Puts the place where its number is.
    pub fn put_into(&self, tree: &mut ElemChildren) {
        tree::change_texts(tree, &|text| self.put(text));
    }

    fn put(&self, text: &str) -> Option<String> {
        let (before, after) = text.split_once(&self.number.to_string())?;
        let last = (self.number + 1).to_string();
        let after = after.strip_prefix(['-', '–', '—']).and_then(|rest| rest.strip_prefix(&last)).unwrap_or(after);
        Some(format!("{before}{}{after}", self.printed))
    }
}

/// The places of one citation.
pub(super) fn of(known: &[KnownPlace<'_>], delimiter: &str) -> Vec<Option<Place>> {
    let numbered = known.iter().zip(1..);
    let places = numbered
        .map(|(known, index)| known.place.locator.as_ref().map(|locator| Place::new(locator, index, delimiter)));
    places.collect()
}

/// Puts places into a citation.
pub(super) fn put_all(tree: &mut ElemChildren, places: &[Option<Place>]) {
    each_cite(tree, |index, children| {
        if let Some(Some(place)) = places.get(index) {
            place.put_into(children);
        }
    });
}

/// Whether a number is left in a text that only stands for a place.
pub(super) fn holds_stand_in(text: &str) -> bool {
    text.contains(START)
}
