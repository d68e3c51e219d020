//! Places within works. The engine takes only plain numbers for several (“pp.”), and prints them as it thinks best; so it
//! is given a number that stands for the place, and the place is put in afterwards.

use hayagriva::citationberg::taxonomy::Locator as Label;
use hayagriva::{ElemChild, ElemChildren};

use crate::content::Locator;

/// Far above any page, and still a number for the engine.
const FIRST: u32 = 1_900_000_000;

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

    /// Puts the place where its number is.
    pub fn put_into(&self, tree: &mut ElemChildren) {
        for child in &mut tree.0 {
            match child {
                ElemChild::Text(text) | ElemChild::Link { text, .. } => {
                    if let Some(put) = self.put(&text.text) {
                        text.text = put;
                    }
                }
                ElemChild::Elem(elem) => self.put_into(&mut elem.children),
                ElemChild::Markup(_) | ElemChild::Transparent { .. } => {}
            }
        }
    }

    fn put(&self, text: &str) -> Option<String> {
        let (before, after) = text.split_once(&self.number.to_string())?;
        let last = (self.number + 1).to_string();
        let after = after.strip_prefix(['-', '–', '—']).and_then(|rest| rest.strip_prefix(&last)).unwrap_or(after);
        Some(format!("{before}{}{after}", self.printed))
    }
}
