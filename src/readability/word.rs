//! The words of a text.

use std::hash::BuildHasher;
use std::ops::Range;

use rustc_hash::FxBuildHasher;
use unicode_segmentation::UnicodeSegmentation;

use super::formula::Counts;
use super::passive::Part;
use super::{Language, syllable, you};

/// A word, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Itself in lower case and with straight apostrophes.
    pub(super) lower: Box<str>,
    /// Tells quickly that a word is not on a list; see [`hash`].
    pub(super) hash: u64,
    /// How many letters and figures it counts as.
    pub(super) letters: u32,
    /// How many syllables it counts as.
    pub(super) syllables: u32,
    /// What it may be to the passive voice.
    pub(super) part: Part,
    /// Whether it speaks to whoever reads.
    pub(super) is_you: bool,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordForm {
    /// In letters, as it is spoken.
    Written,
    /// As figures, an address or an abbreviation.
    Sign,
}

/// Abbreviations whose spelling does not tell how they are spoken.
const ABBREVIATIONS: [&str; 22] = [
    "bzw", "ca", "cf", "dr", "dra", "ecc", "eg", "etc", "ggf", "ie", "mme", "mr", "mrs", "ms", "prof", "sr", "sra",
    "st", "usw", "vgl", "vs", "pp",
];

impl Word {
    /// What is known of a word as it is written.
    pub(super) fn of(written: &str, form: WordForm, language: Language) -> Self {
        let lower = lower(written);
        let letters = written.chars().filter(|c| c.is_alphanumeric()).count() as u32;
        let (letters, syllables) = match form {
            WordForm::Sign => (letters.min(Counts::SHORT_LETTERS), 1),
            WordForm::Written => (letters, syllable::count(&lower, language)),
        };
        Self {
            hash: hash(&lower),
            letters,
            syllables,
            part: if language == Language::English { Part::of(&lower) } else { Part::default() },
            is_you: you::is_you(written, &lower, language),
            lower: lower.into(),
        }
    }
}

/// The words of a wording in lower case, as lists of wordings are compared with texts.
pub(super) fn lowered(wording: &str) -> Vec<Box<str>> {
    let mut words = Vec::new();
    for token in wording.split_whitespace() {
        each(token, |at, _| words.push(lower(&token[at]).into()));
    }
    words
}

/// A number that only the same words share, as good as always.
pub(super) fn hash(lower: &str) -> u64 {
    FxBuildHasher.hash_one(lower)
}

fn lower(word: &str) -> String {
    let mut lower = String::with_capacity(word.len());
    for character in word.chars() {
        match character {
            '’' => lower.push('\''),
            '\u{2010}' | '\u{2011}' => lower.push('-'),
            '\u{ad}' => {}
            character => lower.extend(character.to_lowercase()),
        }
    }
    lower
}

/// Every word of a token, which holds no spaces. Most hold one.
pub(super) fn each(token: &str, mut found: impl FnMut(Range<usize>, WordForm)) {
    let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        return;
    }
    let start = token.find(bare).unwrap_or_default();
    let whole = start..start + bare.len();
    // A token that starts with `@` stands for the authors of a work.
    if token.starts_with('@') || is_address(bare) || is_dotted(bare) {
        return found(whole, WordForm::Sign);
    }
    // Parts that a hyphen joins are one word.
    let mut pending: Option<Range<usize>> = None;
    let mut say = |word: Range<usize>| found(start + word.start..start + word.end, form(&bare[word]));
    for (at, part) in bare.unicode_word_indices() {
        let end = at + part.len();
        match &mut pending {
            Some(word) if matches!(&bare[word.end..at], "-" | "\u{2010}" | "\u{2011}" | "\u{ad}") => word.end = end,
            _ => {
                if let Some(word) = pending.replace(at..end) {
                    say(word);
                }
            }
        }
    }
    if let Some(word) = pending {
        say(word);
    }
}

/// Whether a token is an address of the web or of a mailbox.
fn is_address(token: &str) -> bool {
    if token.contains("://") || token.starts_with("www.") {
        return true;
    }
    if let Some((name, host)) = token.split_once('@') {
        return !name.is_empty() && host.contains('.');
    }
    let host = token.split('/').next().unwrap_or_default();
    let mut labels = host.split('.');
    let named = |label: &str| {
        label.len() > 1
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && label.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    host.contains('.') && labels.all(named)
}

/// Whether a token is made of single letters and full stops, such as `e.g` or `p.m`.
fn is_dotted(token: &str) -> bool {
    token.contains('.') && token.split('.').all(|letter| letter.chars().count() <= 1)
}

fn form(word: &str) -> WordForm {
    let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let stem = match stem.strip_suffix('s') {
        Some(capitals) if capitals.chars().all(char::is_uppercase) => capitals,
        _ => stem,
    };
    let letters = stem.chars().count();
    let capitals = (2..=4).contains(&letters) && stem.chars().all(char::is_uppercase);
    let figures = !word.contains('-') && word.chars().any(char::is_numeric);
    let abbreviation = word.len() <= 4 && ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word));
    if capitals || figures || abbreviation { WordForm::Sign } else { WordForm::Written }
}
