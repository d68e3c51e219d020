//! Wordings to look for in texts.

use rustc_hash::FxHashMap;

use super::word::{self, Word};

/// A list of wordings of one or more words. Made once for a site, and used for all its pages.
#[derive(Clone, Debug)]
pub struct Phrases {
    /// By their first word; longest first.
    by_first: FxHashMap<Box<str>, Vec<Wording>>,
    /// A bit for every hash that a first word has, so that most words need not be looked up.
    firsts: [u64; BITS / 64],
}

const BITS: usize = 4096;

/// A wording.
#[derive(Clone, Debug)]
struct Wording {
    /// Its words after the first.
    further: Box<[Box<str>]>,
    /// Whether the first word has the ending of a plural that the wording has not.
    plural: bool,
    /// Its number on the list.
    number: usize,
}

impl Phrases {
    /// Takes wordings in any case. Of two that are the same, the first wins.
    pub fn new<'w>(wordings: impl IntoIterator<Item = &'w str>) -> Self {
        let mut phrases = Self { by_first: FxHashMap::default(), firsts: [0; BITS / 64] };
        for (number, wording) in wordings.into_iter().enumerate() {
            let mut words = word::lowered(wording).into_iter();
            let Some(first) = words.next() else { continue };
            let further: Box<[Box<str>]> = words.collect();
            if further.is_empty() {
                for ending in ["s", "es"] {
                    let plural = Wording { further: further.clone(), plural: true, number };
                    phrases.add(format!("{first}{ending}").into(), plural);
                }
            }
            phrases.add(first, Wording { further, plural: false, number });
        }
        for same in phrases.by_first.values_mut() {
            same.sort_by_key(|wording| (usize::MAX - wording.further.len(), wording.plural, wording.number));
        }
        phrases
    }

    fn add(&mut self, first: Box<str>, wording: Wording) {
        let bit = word::hash(&first) as usize % BITS;
        self.firsts[bit / 64] |= 1 << (bit % 64);
        self.by_first.entry(first).or_default().push(wording);
    }

    /// Whether a wording may start with a word.
    pub(super) fn may_start(&self, word: &Word) -> bool {
        let bit = word.hash as usize % BITS;
        self.firsts[bit / 64] & (1 << (bit % 64)) != 0
    }

    /// The longest wording that starts with the first of these words, and how many words it has. Its last word may have the ending of a
    /// plural.
    pub(super) fn at<'w>(&self, mut words: impl Iterator<Item = &'w Word> + Clone) -> Option<(usize, usize)> {
        let same = self.by_first.get(&words.next()?.lower)?;
        same.iter().find_map(|wording| {
            let mut ahead = words.clone();
            let count = wording.further.len();
            let fits = wording
                .further
                .iter()
                .enumerate()
                .all(|(at, wanted)| ahead.next().is_some_and(|word| is(&word.lower, wanted, at + 1 == count)));
            fits.then_some((wording.number, 1 + count))
        })
    }
}

fn is(word: &str, wanted: &str, last: bool) -> bool {
    match word.strip_prefix(wanted) {
        Some("") => true,
        Some("s" | "es") => last,
        _ => false,
    }
}
