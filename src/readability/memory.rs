//! What is known about words, worked out once for each: nearly every word of a page has been met before.
//!
//! Words are remembered by thread and language under what stands between two spaces, so that one look tells everything: how many words
//! it is and of how many syllables, whether it may end a sentence, and what it is to the rules.

use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::word::{self, Word};
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
    numbers: FxHashMap<Box<str>, u32>,
    tokens: Vec<Token>,
    words: Vec<Word>,
}

/// What stands between two spaces.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its words.
    words: Range<u32>,
    /// The marks at its end that may close a sentence; nothing but closing quotes and brackets follows them.
    pub(super) mark: Option<Range<u32>>,
    /// Whether it is a dot or bar, which parts.
    pub(super) parts: bool,
    /// Whether it says a number, or that one is in percent.
    pub(super) figure: bool,
    /// Whether all of its letters are capitals, and how many there are; 0 if they are not.
    pub(super) capitals: u32,
    /// Whether a comma or the like ends it.
    pub(super) pause: bool,
}

impl Memory {
    /// Does something with what this thread knows of a language.
    pub(super) fn of<T>(language: Language, work: impl FnOnce(&mut Memory) -> T) -> T {
        // Taken out while it is used: whatever `work` does, there is always a memory to be had.
        let place = |memories: &mut Vec<Memory>| {
            memories.iter().position(|memory| memory.language == language).map(|at| memories.swap_remove(at))
        };
        let kept = MEMORIES.with_borrow_mut(place).filter(|memory| memory.tokens.len() < TOKENS_AT_MOST);
        let mut memory = kept.unwrap_or_else(|| Memory::new(language));
        let result = work(&mut memory);
        MEMORIES.with_borrow_mut(|memories| memories.push(memory));
        result
    }

    fn new(language: Language) -> Self {
        Self { language, numbers: FxHashMap::default(), tokens: Vec::new(), words: Vec::new() }
    }

    /// The number of a token.
    pub(super) fn number(&mut self, written: &str) -> usize {
        if let Some(&number) = self.numbers.get(written) {
            return number as usize;
        }
        let number = self.tokens.len();
        let from = self.words.len() as u32;
        self.words.extend(word::words(written, self.language));
        self.tokens.push(Token::of(written, from..self.words.len() as u32, &self.words[from as usize..], self.language));
        self.numbers.insert(written.into(), number as u32);
        number
    }

    /// What is known of a token.
    pub(super) fn token(&self, number: usize) -> &Token {
        &self.tokens[number]
    }

    /// What is known of a word, by its number.
    pub(super) fn word(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }
}

impl Token {
    fn of(written: &str, numbers: Range<u32>, words: &[Word], language: Language) -> Self {
        let letters = || written.chars().filter(|c| c.is_alphabetic());
        Self {
            words: numbers,
            mark: sentence::mark_at_end(written),
            parts: matches!(written, "·" | "|" | "•"),
            figure: figure::is_figure(written, words, language),
            capitals: if letters().all(char::is_uppercase) { letters().count() as u32 } else { 0 },
            pause: written.ends_with([',', ';', ':', ')']),
        }
    }

    /// The numbers of its words.
    pub(super) fn words(&self) -> Range<u32> {
        self.words.clone()
    }
}
