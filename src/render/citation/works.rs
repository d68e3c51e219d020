//! Works as a style knows them. What is the same on every page is made once and kept.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::Locator as Label;
use hayagriva::{ElemChild, ElemChildren, ElemMeta};

use super::item::{self, End, Marked};
use super::reference_id;
use crate::content::reference::{Bibliography, Work};
use crate::content::{Citation, CitationItem};

/// A work, and what has been printed of it so far. All of it depends on the work and the style only.
pub(super) struct KnownWork {
    /// No two works share one, nor do two versions of a work.
    pub id: u64,
    pub work: Work,
    /// Its texts that hold markup.
    pub marked: Vec<Marked>,
    /// Where citations of it lead.
    pub anchor: String,
    /// How it is printed on a page that cites nothing else; nothing if that says little about other pages.
    pub alone: OnceLock<Option<Alone>>,
    /// Citations of places in it.
    pub with_place: Mutex<HashMap<PlaceKind, Option<Arc<AloneCite>>>>,
    /// Its authors, as the words of a sentence.
    pub names: OnceLock<ElemChildren>,
    /// The ends of its dates, if it was issued over a range of them.
    pub ends: OnceLock<Option<Ends>>,
}

/// A work as it is printed on a page that cites nothing else.
pub(super) struct Alone {
    /// Its citation, without a place.
    pub cite: Arc<AloneCite>,
    /// What the citation says to the engine, which knows no ranges of dates. It makes a difference between works whose
    /// citations say the same.
    pub says: String,
    pub entry_html: Arc<str>,
    pub label: Option<EntryLabel>,
}

/// A citation of nothing but one work.
pub(super) struct AloneCite {
    /// What stands before the work.
    pub before: Vec<ElemChild>,
    pub cite: ElemChildren,
    /// What stands behind it.
    pub after: Vec<ElemChild>,
    /// The names in it, and how they are printed. The engine draws works together where both are the same.
    pub names: Option<(ElemMeta, String)>,
}

/// The label of an entry.
pub(super) enum EntryLabel {
    /// The number of the work, here [`ALONE`](super::numbers::ALONE).
    Number(String),
    Other(String),
}

/// The dates that the engine prints for the last day of a range, in their order. Empty when the range is open.
#[derive(Default)]
pub(super) struct Ends {
    pub in_citation: Vec<String>,
    pub in_entry: Vec<String>,
}

/// What a place counts, and whether it is several.
pub(super) type PlaceKind = (Label, bool);

/// Every work that a style has met.
#[derive(Default)]
pub(super) struct KnownWorks {
    by_key: RwLock<HashMap<String, Arc<KnownWork>>>,
    ids: AtomicU64,
}

impl KnownWork {
    /// The work for the engine: made anew, since most works are printed once.
    pub fn item(&self) -> Item {
        item::of(&self.work, End::First)
    }
}

impl KnownWorks {
    /// A work as the style knows it. A work that has changed since, or another bibliography's of the same key, is a new one.
    pub fn get(&self, work: &Work) -> Arc<KnownWork> {
        let is_same = |known: &&Arc<KnownWork>| Arc::ptr_eq(&known.work.csl, &work.csl) || known.work.csl == work.csl;
        let known = self.by_key.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&work.key).filter(is_same) {
            return known.clone();
        }
        drop(known);
        let new = Arc::new(self.meet(work));
        let mut known = self.by_key.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&work.key).filter(is_same) {
            return known.clone();
        }
        known.insert(work.key.clone(), new.clone());
        new
    }

    fn meet(&self, work: &Work) -> KnownWork {
        KnownWork {
            id: self.ids.fetch_add(1, Ordering::Relaxed),
            work: work.clone(),
            marked: item::marked(work),
            anchor: format!("#{}", reference_id(&work.key)),
            alone: OnceLock::new(),
            with_place: Mutex::default(),
            names: OnceLock::new(),
            ends: OnceLock::new(),
        }
    }
}

/// The works that the citations of a page name.
pub(super) struct Cited {
    /// In the order in which they are first named.
    pub works: Vec<CitedWork>,
    /// For each citation, which of them each of its places names.
    places: Vec<Vec<Option<usize>>>,
}

pub(super) struct CitedWork {
    pub known: Arc<KnownWork>,
    /// Numbers of the citations that name it.
    pub cited_by: Vec<usize>,
}

/// A place of a citation whose work is known.
#[derive(Clone, Copy)]
pub(super) struct KnownPlace<'a> {
    /// The work's index in [`Cited::works`].
    pub index: usize,
    pub work: &'a Arc<KnownWork>,
    pub place: &'a CitationItem,
}

impl Cited {
    /// One work, cited once.
    pub fn only(known: Arc<KnownWork>) -> Self {
        Self { works: vec![CitedWork { known, cited_by: vec![1] }], places: vec![vec![Some(0)]] }
    }

    pub fn of(known: &KnownWorks, bibliography: &Bibliography, citations: &[&Citation]) -> Self {
        let mut works: Vec<CitedWork> = Vec::new();
        let mut met: HashMap<&str, usize> = HashMap::new();
        let mut place = |number: usize, place: &CitationItem| {
            let work = bibliography.work(&place.key)?;
            let index = *met.entry(work.key.as_str()).or_insert_with(|| {
                works.push(CitedWork { known: known.get(work), cited_by: Vec::new() });
                works.len() - 1
            });
            let numbers = &mut works[index].cited_by;
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
            Some(index)
        };
        let places = citations
            .iter()
            .zip(1..)
            .map(|(citation, number)| citation.items.iter().map(|item| place(number, item)).collect())
            .collect();
        Self { works, places }
    }

    /// How often a work is named, also within one citation.
    pub fn times(&self, index: usize) -> usize {
        self.places.iter().flatten().filter(|place| **place == Some(index)).count()
    }

    /// The places of a citation whose work is known.
    pub fn known<'s>(&'s self, at: usize, citation: &'s Citation) -> impl Iterator<Item = KnownPlace<'s>> {
        let places = citation.items.iter().zip(&self.places[at]);
        places.filter_map(|(place, &index)| {
            index.map(|index| KnownPlace { index, work: &self.works[index].known, place })
        })
    }

    /// The places of a citation whose work is not known.
    pub fn unknown<'s>(&'s self, at: usize, citation: &'s Citation) -> impl Iterator<Item = &'s CitationItem> {
        citation.items.iter().zip(&self.places[at]).filter(|(_, index)| index.is_none()).map(|(place, _)| place)
    }
}
