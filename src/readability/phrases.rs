//! Wordings to look for in sentences.

use std::collections::HashMap;

use super::word::{self, Word};

/// A list of wordings of one or more words. Made once for a site, and used for all its pages.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    /// By their first word: the further words, and the number of the wording; longest first.
    by_first: HashMap<String, Vec<(Vec<String>, usize)>>,
}

impl Phrases {
    /// Takes wordings in any case. Of two that are the same, the first wins.
    pub fn new<'w>(wordings: impl IntoIterator<Item = &'w str>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, usize)>> = HashMap::new();
        let (mut words, mut lower) = (Vec::new(), String::new());
        for (number, wording) in wordings.into_iter().enumerate() {
            word::words(wording, &mut words, &mut lower);
            let mut parts = words.iter().map(|word| lower[word.lower.clone()].to_owned());
            let Some(first) = parts.next() else { continue };
            by_first.entry(first).or_default().push((parts.collect(), number));
        }
        for same in by_first.values_mut() {
            same.sort_by_key(|(further, number)| (usize::MAX - further.len(), *number));
        }
        Self { by_first }
    }

    /// The longest wording that starts with the first of these words, and how many words it has. Its last word may have the ending of a
    /// plural.
    pub(super) fn at(&self, lower: &str, words: &[Word]) -> Option<(usize, usize)> {
        let read = |word: &Word| &lower[word.lower.clone()];
        let first = read(words.first()?);
        let longest = |first: &str, plural: bool| {
            let same = self.by_first.get(first)?;
            same.iter().find_map(|(further, number)| {
                let count = 1 + further.len();
                let fits = count <= words.len()
                    && (further.is_empty() || !plural)
                    && further
                        .iter()
                        .zip(&words[1..])
                        .enumerate()
                        .all(|(at, (wanted, word))| is(read(word), wanted, at + 2 == count));
                fits.then_some((*number, count))
            })
        };
        longest(first, false).or_else(|| {
            let singular = first.strip_suffix('s')?;
            longest(singular, true).or_else(|| longest(singular.strip_suffix('e')?, true))
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
