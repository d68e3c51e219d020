//! Citations that print nothing but numbers and places. The engine draws numbers together, sorts them and puts marks
//! between them, for which it matters only which of them follow one another. So it is asked once for every such pattern,
//! with numbers that stand for others, and those are put in afterwards.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use hayagriva::citationberg::json::{Item, Value};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem as Cite, ElemChildren};

use super::engine::cite;
use super::forms::Form;
use super::locators::{self, Place};
use super::works::{KnownPlace, PlaceKind};
use super::{Style, tree};

/// Far above any number of a work and below what stands for places.
const STAND_INS: u32 = 1_800_000_000;

/// How all that stand for numbers begin.
const START: &str = "1800000";

/// How many digits they have.
const DIGITS: usize = 10;

/// The number under which a work is printed that stands alone on its page.
pub(super) const ALONE: u32 = STAND_INS + 1;

/// What citations have in common that look the same but for the numbers in them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Pattern {
    form: Form,
    /// For each work, its number among those of the citation, with a gap where theirs has one; and what its place is.
    works: Vec<(usize, Option<PlaceKind>)>,
}

/// Patterns that the engine has printed.
#[derive(Default)]
pub(super) struct Patterns(RwLock<HashMap<Pattern, Option<Arc<ElemChildren>>>>);

impl Style {
    /// A citation of known works with these numbers; nothing if the engine must see the page for it.
    pub(super) fn numbered(&self, form: Form, known: &[KnownPlace<'_>], numbers: &[usize]) -> Option<ElemChildren> {
        let places: Vec<Option<Place>> = locators::of(known, &self.page_range_delimiter);
        let numbers: Vec<usize> = known.iter().map(|known| numbers[known.index]).collect();
        let close = closed_up(&numbers);
        let kinds = places.iter().map(|place| place.as_ref().map(Place::kind));
        let pattern = Pattern { form, works: numbers.iter().map(|number| close[number]).zip(kinds).collect() };
        let mut tree = self.pattern(pattern, &places)?.as_ref().clone();
        let real: HashMap<usize, usize> = close.into_iter().map(|(number, close)| (close, number)).collect();
        tree::change_texts(&mut tree, &|text| with_numbers(text, &|close| real.get(&close).map(ToString::to_string)));
        locators::put_all(&mut tree, &places);
        Some(tree)
    }

    fn pattern(&self, pattern: Pattern, places: &[Option<Place>]) -> Option<Arc<ElemChildren>> {
        let known = self.patterns.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(tree) = known.get(&pattern) {
            return tree.clone();
        }
        drop(known);
        let tree = self.print_pattern(&pattern, places).map(Arc::new);
        self.patterns.0.write().unwrap_or_else(PoisonError::into_inner).entry(pattern).or_insert(tree).clone()
    }

    fn print_pattern(&self, pattern: &Pattern, places: &[Option<Place>]) -> Option<ElemChildren> {
        let numbers_only = self.numbers_only.as_ref()?;
        let last = pattern.works.iter().map(|(number, _)| *number).max()?;
        let item = |number: usize| Item(BTreeMap::from([("id".to_owned(), Value::String(number.to_string()))]));
        let items: Vec<Item> = (0..last).map(item).collect();
        let mut driver = BibliographyDriver::new().with_citation_number_offset(STAND_INS as usize);
        // Every number up to the last must be given away.
        driver.citation(self.request(items.iter().map(Cite::with_entry).collect(), numbers_only));
        let works = pattern.works.iter().zip(places);
        let cites = works.map(|((number, _), place)| cite(&items[number - 1], place.as_ref()));
        driver.citation(self.request(cites.collect(), self.forms.form(pattern.form)));
        let request = BibliographyRequest::new(numbers_only, Some(self.locale.clone()), &self.locales);
        let tree = driver.finish(request).citations.pop()?.citation;
        let mut blank = tree.clone();
        tree::change_texts(&mut blank, &|text| with_numbers(text, &|_| Some(String::new())));
        let none: Vec<Option<Place>> = places.iter().map(|place| place.as_ref().map(Place::blank)).collect();
        locators::put_all(&mut blank, &none);
        let left = tree::words(&blank);
        (!left.contains(START) && !locators::holds_stand_in(&left)).then_some(tree)
    }
}

/// Numbers, each with one as small as can be that stands in the same order, next to the same others.
fn closed_up(numbers: &[usize]) -> BTreeMap<usize, usize> {
    let mut closed: BTreeMap<usize, usize> = numbers.iter().map(|number| (*number, 0)).collect();
    let (mut last, mut before) = (0, None);
    for (number, close) in &mut closed {
        last += if before.is_none_or(|before: usize| before + 1 == *number) { 1 } else { 2 };
        *close = last;
        before = Some(*number);
    }
    closed
}

/// Puts numbers in the place of those that stand for them; nothing if there are none.
fn with_numbers(text: &str, real: &dyn Fn(usize) -> Option<String>) -> Option<String> {
    let mut put = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(START) {
        let number: u32 = rest.get(at..at + DIGITS)?.parse().ok()?;
        put.push_str(&rest[..at]);
        put.push_str(&real(usize::try_from(number.checked_sub(STAND_INS)?).ok()?)?);
        rest = &rest[at + DIGITS..];
    }
    (rest.len() < text.len()).then(|| put + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_close_up_but_keep_their_gaps() {
        let close = |numbers: &[usize]| {
            let closed = closed_up(numbers);
            numbers.iter().map(|number| closed[number]).collect::<Vec<_>>()
        };
        assert_eq!(close(&[7]), [1]);
        assert_eq!(close(&[3, 70, 71, 72, 90]), [1, 3, 4, 5, 7]);
        assert_eq!(close(&[9, 2, 2, 1]), [4, 2, 2, 1]);
    }

    #[test]
    fn numbers_are_put_in() {
        let real = |close: usize| (close < 3).then(|| format!("{}", close * 10));
        let put = |text| with_numbers(text, &real);
        assert_eq!(put("(1800000001–1800000002)").as_deref(), Some("(10–20)"));
        assert_eq!(put("18000000011900000002").as_deref(), Some("101900000002"));
        assert_eq!((put("1800000009"), put("1800000"), put("18")), (None, None, None));
    }
}
