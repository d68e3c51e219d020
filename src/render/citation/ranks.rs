//! The order in which a style sorts works. The engine prints what works are sorted by anew for every two works that it
//! compares. So once pages have asked for more than there are works, all are sorted at once, and from then on each has a
//! rank.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::{Locator as Label, Variable};
use hayagriva::citationberg::{IndependentStyle, Sort, SortKey};
use hayagriva::{CitationItem as Cite, LocatorPayload, SpecificLocator};

use super::works::KnownWork;
use super::{Style, order, style, tree};
use crate::content::reference::Bibliography;

/// The order of one `sort` of a style.
pub(super) struct Ranks {
    /// Sorts the works of a citation so, and prints the place of each.
    sorting: IndependentStyle,
    /// The same without keys for which it could matter what other works there are; nothing if no key is left.
    ranking: Option<IndependentStyle>,
    /// Whether these are all keys.
    ranks_all_keys: bool,
    /// By the works' ids. Works with one rank are equal.
    ranks: RwLock<Arc<HashMap<u64, usize>>>,
    /// How many works have been sorted without ranks.
    sorted: AtomicUsize,
    /// Held by whoever is ranking.
    busy: Mutex<()>,
}

impl Ranks {
    pub fn of(csl: &IndependentStyle, sort: Option<&Sort>) -> Option<Self> {
        let sort = sort?;
        let places = style::places_only()?;
        let with = |keys: &[SortKey]| {
            let mut sorting = IndependentStyle { bibliography: None, ..csl.clone() };
            sorting.citation = places.citation.clone();
            sorting.citation.sort = Some(Sort { keys: keys.to_vec() });
            sorting
        };
        let sure = sort.keys.iter().take_while(|key| is_sure(key)).count();
        Some(Self {
            sorting: with(&sort.keys),
            ranking: (sure > 0).then(|| with(&sort.keys[..sure])),
            ranks_all_keys: sure == sort.keys.len(),
            ranks: RwLock::default(),
            sorted: AtomicUsize::new(0),
            busy: Mutex::default(),
        })
    }

    /// Indices of the works in their order; works that are equal stay as they stand. Nothing if the engine must be asked.
    pub fn sorted(&self, style: &Style, bibliography: &Bibliography, works: &[&Arc<KnownWork>]) -> Option<Vec<usize>> {
        if works.len() < 2 {
            return Some((0..works.len()).collect());
        }
        if let Some(sorted) = self.by_rank(works) {
            return Some(sorted);
        }
        let sorted = self.sorted.fetch_add(works.len(), Ordering::Relaxed);
        if sorted + works.len() >= bibliography.works.len()
            && let Ok(_busy) = self.busy.try_lock()
        {
            self.rank(style, bibliography);
            self.sorted.store(0, Ordering::Relaxed);
        }
        self.by_rank(works).or_else(|| sorted_by(style, &self.sorting, works))
    }

    fn by_rank(&self, works: &[&Arc<KnownWork>]) -> Option<Vec<usize>> {
        let ranks = self.ranks.read().unwrap_or_else(PoisonError::into_inner).clone();
        let mut ranked: Vec<(usize, u64, usize)> = Vec::with_capacity(works.len());
        for (index, work) in works.iter().enumerate() {
            ranked.push((*ranks.get(&work.id)?, work.id, index));
        }
        ranked.sort_by_key(|(rank, ..)| *rank);
        let is_sure =
            |pair: &[(usize, u64, usize)]| self.ranks_all_keys || pair[0].0 != pair[1].0 || pair[0].1 == pair[1].1;
        ranked.windows(2).all(is_sure).then(|| ranked.into_iter().map(|(.., index)| index).collect())
    }

    /// Gives every work of the bibliography its rank.
    fn rank(&self, style: &Style, bibliography: &Bibliography) {
        let Some(ranking) = &self.ranking else { return };
        // The engine is quick about what is nearly in order.
        let works = order::alphabetical(bibliography.works.values());
        let works: Vec<Arc<KnownWork>> = works.into_iter().map(|work| style.known.get(work)).collect();
        let works: Vec<&Arc<KnownWork>> = works.iter().collect();
        let Some(ranks) = ranks(&works, |works| sorted_by(style, ranking, works)) else { return };
        *self.ranks.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ranks);
    }
}

/// Sorts twice, the second time from back to front: only works that are equal change places.
fn ranks(
    works: &[&Arc<KnownWork>],
    sorted: impl Fn(&[&Arc<KnownWork>]) -> Option<Vec<usize>>,
) -> Option<HashMap<u64, usize>> {
    let forth: Vec<&Arc<KnownWork>> = sorted(works)?.into_iter().map(|index| works[index]).collect();
    let backward: Vec<&Arc<KnownWork>> = forth.iter().rev().copied().collect();
    let back: Vec<usize> = sorted(&backward)?.into_iter().map(|index| forth.len() - 1 - index).collect();
    let mut ranks = HashMap::new();
    let mut rest = back.as_slice();
    // Every stretch of equal works counts down to where the one before it ended.
    while let Some(&last) = rest.first() {
        let start = ranks.len();
        let length = (last + 1).checked_sub(start).filter(|length| *length > 0 && *length <= rest.len())?;
        let (equal, others) = rest.split_at(length);
        if !equal.iter().rev().copied().eq(start..=last) {
            return None;
        }
        ranks.extend(equal.iter().map(|&index| (forth[index].id, start)));
        rest = others;
    }
    (ranks.len() == works.len()).then_some(ranks)
}

/// Has the engine sort works.
fn sorted_by(style: &Style, csl: &IndependentStyle, works: &[&Arc<KnownWork>]) -> Option<Vec<usize>> {
    let places: Vec<String> = (0..works.len()).map(|index| index.to_string()).collect();
    let items: Vec<Item> = works.iter().map(|work| work.item()).collect();
    let cites = items
        .iter()
        .zip(&places)
        .map(|(item, place)| Cite::with_locator(item, Some(SpecificLocator(Label::Page, LocatorPayload::Str(place)))));
    let printed = tree::words(&hayagriva::standalone_citation(style.request(cites.collect(), csl)));
    let sorted: Vec<usize> = printed.split(';').map_while(|index| index.parse().ok()).collect();
    let mut all = sorted.clone();
    all.sort_unstable();
    all.into_iter().eq(0..works.len()).then_some(sorted)
}

/// Whether a key puts any two works in an order that never contradicts itself. Numbers and dates that are half words do.
fn is_sure(key: &SortKey) -> bool {
    matches!(key, SortKey::MacroName { .. } | SortKey::Variable { variable: Variable::Standard(_), .. })
}
