//! What is known about words, worked out once for each: nearly every word of a page has been met before.
//!
//! Words are remembered by thread and language under what stands between two spaces, so that one look tells everything: how many words
//! it is and of how many syllables, whether it may end a sentence, and what it is to the rules.

use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::word::{self, Word, WordForm};
use super::{Language, figure, sentence};

/// More tokens than a library holds: from there on memory starts anew, so that it never grows without end.
const TOKENS_AT_MOST: usize = 100_000;

thread_local! {
    static MEMORIES: RefCell<Vec<Memory>> = const { RefCell::new(Vec::new()) };
}

/// What is known of the words of a language.
#[derive(Debug)]
pub(super) struct Memory {
    language: Language,
    /// The numbers of tokens, as they are written.
    tokens_by_text: FxHashMap<Box<str>, u32>,
    tokens: Vec<Token>,
    /// The words of the tokens, one token after the other.
    in_tokens: Vec<InToken>,
    /// The numbers of words, as they are written: `friends,` and `friends` are two tokens and one word.
    words_by_text: FxHashMap<Box<str>, u32>,
    /// The same for signs.
    signs_by_text: FxHashMap<Box<str>, u32>,
    words: Vec<Word>,
}

/// What stands between two spaces.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its words, among those of all tokens.
    words: Range<u32>,
    /// The marks at its end that may close a sentence; nothing but closing quotes and brackets follows them.
    pub(super) mark: Option<Range<u32>>,
    /// Whether it is a dot or bar, which parts.
    pub(super) parts: bool,
    /// Whether it says a number.
    pub(super) figure: bool,
    /// How many letters it has if all of them are capitals, or else 0.
    pub(super) capitals: u32,
    /// Whether it ends with a comma or the like.
    pub(super) pause: bool,
}

/// A word of a token.
#[derive(Clone, Debug)]
pub(super) struct InToken {
    /// Where it stands in the token.
    pub(super) at: Range<u32>,
    /// Its number.
    pub(super) word: u32,
}

impl Memory {
    /// Does something with what this thread knows of a language.
    pub(super) fn of<T>(language: Language, work: impl FnOnce(&mut Memory) -> T) -> T {
        // Taken out while it is used: whatever `work` does, there is always a memory to be had.
        let kept = MEMORIES.with_borrow_mut(|memories| {
            let place = memories.iter().position(|memory| memory.language == language)?;
            Some(memories.swap_remove(place))
        });
        let mut memory =
            kept.filter(|memory| memory.tokens.len() < TOKENS_AT_MOST).unwrap_or_else(|| Memory::new(language));
        let result = work(&mut memory);
        MEMORIES.with_borrow_mut(|memories| memories.push(memory));
        result
    }

    fn new(language: Language) -> Self {
        Self {
            language,
            tokens_by_text: FxHashMap::default(),
            tokens: Vec::new(),
            in_tokens: Vec::new(),
            words_by_text: FxHashMap::default(),
            signs_by_text: FxHashMap::default(),
            words: Vec::new(),
        }
    }

    /// What is known of a token.
    pub(super) fn token(&mut self, written: &str) -> (&Token, &[InToken]) {
        let number = match self.tokens_by_text.get(written) {
            Some(&number) => number as usize,
            None => self.learn(written),
        };
        let token = &self.tokens[number];
        (token, &self.in_tokens[token.words.start as usize..token.words.end as usize])
    }

    /// What is known of a word, by its number.
    pub(super) fn word(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    /// The number of a word; adds it if it is not known.
    fn word_number(&mut self, written: &str, form: WordForm) -> u32 {
        // The same letters may be a sign in one token (`@may`) and a word in another.
        let by_text = match form {
            WordForm::Written => &mut self.words_by_text,
            WordForm::Sign => &mut self.signs_by_text,
        };
        if let Some(&number) = by_text.get(written) {
            return number;
        }
        let number = self.words.len() as u32;
        self.words.push(Word::of(written, form, self.language));
        by_text.insert(written.into(), number);
        number
    }

    /// Adds a token, and says its number.
    fn learn(&mut self, written: &str) -> usize {
        let from = self.in_tokens.len();
        word::each(written, |at, form| {
            let word = self.word_number(&written[at.clone()], form);
            self.in_tokens.push(InToken { at: at.start as u32..at.end as u32, word });
        });
        let number = self.tokens.len();
        let letters = || written.chars().filter(|c| c.is_alphabetic());
        let says_number = |word: &InToken| figure::is_spelt(&self.words[word.word as usize], self.language);
        self.tokens.push(Token {
            words: from as u32..self.in_tokens.len() as u32,
            mark: sentence::mark_at_end(written),
            parts: matches!(written, "·" | "|" | "•"),
            figure: written.bytes().any(|byte| byte.is_ascii_digit()) || self.in_tokens[from..].iter().any(says_number),
            capitals: if letters().all(char::is_uppercase) { letters().count() as u32 } else { 0 },
            pause: written.ends_with([',', ';', ':', ')']),
        });
        self.tokens_by_text.insert(written.into(), number as u32);
        number
    }
}
