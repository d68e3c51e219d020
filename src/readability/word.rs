//! Words of a sentence.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands in the sentence in lower case.
    pub(super) lower: Range<usize>,
    /// How many letters and figures it has.
    pub(super) letters: u32,
    /// How it is written.
    pub(super) form: WordForm,
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

/// Fills `words` with the words of a sentence, and `lower` with their letters in lower case and with straight apostrophes.
pub(super) fn words(sentence: &str, words: &mut Vec<Word>, lower: &mut String) {
    words.clear();
    lower.clear();
    each(sentence, |word, form| {
        let start = lower.len();
        let mut letters = 0;
        for character in word.chars() {
            letters += u32::from(character.is_alphanumeric());
            match character {
                '’' => lower.push('\''),
                '\u{2010}' | '\u{2011}' => lower.push('-'),
                '\u{ad}' => {}
                character => lower.extend(character.to_lowercase()),
            }
        }
        words.push(Word { lower: start..lower.len(), letters, form });
    });
}

/// How many words there are.
pub(super) fn count(text: &str) -> u32 {
    let mut count = 0;
    each(text, |_, _| count += 1);
    count
}

fn each(text: &str, mut found: impl FnMut(&str, WordForm)) {
    for token in text.split_whitespace() {
        let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            continue;
        }
        // Most tokens by far, so that nothing else has to be asked.
        if bare.bytes().all(|byte| byte.is_ascii_alphabetic()) && !token.starts_with('@') {
            found(bare, form(bare));
            continue;
        }
        // A token that starts with `@` stands for the authors of a work.
        if token.starts_with('@') || is_address(bare) || is_dotted(bare) {
            found(bare, WordForm::Sign);
            continue;
        }
        // Parts that a hyphen joins are one word.
        let mut pending: Option<Range<usize>> = None;
        for (at, part) in bare.unicode_word_indices() {
            let end = at + part.len();
            match &mut pending {
                Some(word) if matches!(&bare[word.end..at], "-" | "\u{2010}" | "\u{2011}" | "\u{ad}") => word.end = end,
                _ => {
                    if let Some(word) = pending.replace(at..end) {
                        found(&bare[word.clone()], form(&bare[word]));
                    }
                }
            }
        }
        if let Some(word) = pending {
            found(&bare[word.clone()], form(&bare[word]));
        }
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
