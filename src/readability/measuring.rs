//! Goes through the text of a page once, and counts.

use std::ops::Range;

use super::formula::Counts;
use super::memory::Memory;
use super::sentence::Ends;
use super::text::{Passage, Role, Text};
use super::{
    HardWord, Language, List, Options, Paragraph, Reading, SHORTEST_UNCLOSED, Scores, Sentence, Stretch, passive, you,
};

/// So many words in a row that are all capitals are no abbreviations any more, commas apart.
const CAPITALS_IN_A_ROW: u32 = 3;
/// Two are enough when one of them has so many letters.
const LONG_CAPITALS: u32 = 5;

/// What has been counted so far, and buffers that every sentence uses again.
pub(super) struct Measuring<'a> {
    memory: &'a mut Memory,
    options: &'a Options<'a>,
    language: Language,
    reading: Reading,
    /// What the words of terms count for.
    in_terms: Counts,
    /// What they would count for if they were short.
    in_short_terms: Counts,
    /// The words of the sentence that is being read.
    words: Vec<Placed>,
    /// For each of them, whether it belongs to a term.
    in_term: Vec<bool>,
}

/// A word in its place.
#[derive(Clone, Copy)]
struct Placed {
    /// Its number in the memory.
    word: u32,
    /// Where it begins in the running text.
    start: usize,
    /// Where it ends.
    end: usize,
}

/// Words in a row that are all capitals.
#[derive(Default)]
struct Capitals {
    words: u32,
    /// The letters of the longest.
    longest: u32,
    range: Range<usize>,
}

impl<'a> Measuring<'a> {
    pub(super) fn new(language: Language, memory: &'a mut Memory, options: &'a Options<'a>) -> Self {
        let mut reading = Reading::nothing(Scores::NoSentences);
        reading.language = Some(language);
        let (in_terms, in_short_terms) = (Counts::default(), Counts::default());
        Self { memory, options, language, reading, in_terms, in_short_terms, words: Vec::new(), in_term: Vec::new() }
    }

    /// Reads a whole text.
    pub(super) fn all(mut self, text: Text) -> Reading {
        for (number, passage) in text.passages.iter().enumerate() {
            self.passage(&text.running, number, passage);
        }
        let mut reading = self.reading;
        reading.scores = Scores::of(self.language, &reading.counts);
        if reading.hard.iter().any(|hard| hard.list == List::Terms && hard.sentence.is_some()) {
            let without = reading.counts.with_others(&self.in_terms, &self.in_short_terms);
            reading.without_terms = Some(Scores::of(self.language, &without));
        }
        reading.says_you = reading.says_you
            || reading
                .sentences
                .iter()
                .any(|sentence| you::is_polite(&text.running[sentence.at.range.clone()], self.language));
        reading.text = text.running;
        reading.passages = text.passages;
        reading.links = text.links;
        reading
    }

    fn passage(&mut self, text: &str, number: usize, passage: &Passage) {
        let mut paragraph = Paragraph { sentences: 0, words: 0, span: passage.span.clone() };
        let whole = &text[..passage.range.end];
        let ends = Ends::of(whole, self.language);
        let mut start = None;
        let mut capitals = Capitals::default();
        let mut end = passage.range.start;
        while let Some(at) = next_token(whole, end) {
            end = at.end;
            let begins = *start.get_or_insert(at.start);
            let (token, words) = self.memory.token(&whole[at.clone()]);
            self.words.extend(words.iter().map(|word| Placed {
                word: word.word,
                start: at.start + word.at.start as usize,
                end: at.start + word.at.end as usize,
            }));
            if token.figure {
                self.reading.figures.push(Stretch { range: at.clone(), passage: number });
            }
            if token.capitals > 0 || capitals.words > 0 {
                capitals.next(token.capitals, token.pause, &at, number, &mut self.reading.capitals);
            }
            let closed = match &token.mark {
                _ if passage.role == Role::Label => false,
                Some(mark) => ends.at(begins, at.start + mark.start as usize..at.start + mark.end as usize, at.end),
                None => false,
            };
            // What a dot or bar parts are no sentences.
            if closed || (token.parts && passage.role != Role::Label) {
                let piece = if closed { &whole[begins..at.end] } else { whole[begins..at.start].trim_end() };
                self.piece(passage, number, begins..begins + piece.len(), closed, &mut paragraph);
                start = None;
            }
        }
        capitals.finish(number, &mut self.reading.capitals);
        if let Some(start) = start {
            self.piece(passage, number, start..end, false, &mut paragraph);
        }
        if paragraph.sentences > 0 && passage.role == Role::Paragraph {
            self.reading.paragraphs.push(paragraph);
        }
    }

    /// Takes the words in the buffer for a sentence, if they are one.
    fn piece(
        &mut self,
        passage: &Passage,
        number: usize,
        range: Range<usize>,
        closed: bool,
        paragraph: &mut Paragraph,
    ) {
        let count = self.words.len();
        let may_be_open = count >= SHORTEST_UNCLOSED && !passage.only_links && passage.role != Role::Label;
        let is_sentence = count > 0 && (closed || may_be_open);
        self.look_up(number, is_sentence);
        if is_sentence {
            paragraph.sentences += 1;
            paragraph.words += count as u32;
            self.sentence(Stretch { range, passage: number });
        } else {
            self.reading.left_out += count as u32;
        }
        self.words.clear();
    }

    /// Counts the sentence whose words are in the buffer.
    fn sentence(&mut self, at: Stretch) {
        let (memory, words) = (&*self.memory, &self.words);
        let passive = self.language == Language::English
            && passive::is_passive(words.iter().map(|placed| memory.word(placed.word).part));
        for (placed, &in_term) in words.iter().zip(&self.in_term) {
            let word = memory.word(placed.word);
            self.reading.counts.add_word(word.letters, word.syllables);
            if in_term {
                self.in_terms.add_word(word.letters, word.syllables);
                self.in_short_terms.add_word(word.letters.min(Counts::SHORT_LETTERS), 1);
            }
            self.reading.says_you |= word.is_you;
        }
        self.reading.counts.sentences += 1;
        self.reading.sentences.push(Sentence { words: words.len() as u32, passive, at });
    }

    /// Looks for terms and jargon among the words in the buffer.
    fn look_up(&mut self, passage: usize, is_sentence: bool) {
        self.in_term.clear();
        self.in_term.resize(self.words.len(), false);
        let sentence = is_sentence.then_some(self.reading.sentences.len());
        for (list, phrases) in [(List::Terms, self.options.terms), (List::Jargon, self.options.jargon)] {
            let Some(phrases) = phrases else { continue };
            let word = |placed: &Placed| self.memory.word(placed.word);
            let mut at = 0;
            while let Some(first) = self.words.get(at) {
                let found = phrases.may_start(word(first)).then(|| phrases.at(self.words[at..].iter().map(word)));
                let Some((wording, count)) = found.flatten() else {
                    at += 1;
                    continue;
                };
                // Jargon within a term is explained with it, and must not be counted twice.
                if !self.in_term[at] {
                    let at = Stretch { range: first.start..self.words[at + count - 1].end, passage };
                    self.reading.hard.push(HardWord { list, wording, sentence, words: count as u32, at });
                }
                if list == List::Terms {
                    self.in_term[at..at + count].fill(true);
                }
                at += count;
            }
        }
    }
}

impl Capitals {
    /// Goes on to the next token, which has so many letters if they are all capitals.
    fn next(&mut self, letters: u32, pause: bool, at: &Range<usize>, passage: usize, found: &mut Vec<Stretch>) {
        if letters == 0 {
            return self.finish(passage, found);
        }
        // `I` and the like are capitals anywhere: they may stand in a row, and make none.
        if letters == 1 {
            return;
        }
        if self.words == 0 {
            self.range.start = at.start;
        }
        self.words += 1;
        self.longest = self.longest.max(letters);
        self.range.end = at.end;
        if pause {
            self.finish(passage, found);
        }
    }

    fn finish(&mut self, passage: usize, found: &mut Vec<Stretch>) {
        let is_block = self.words >= CAPITALS_IN_A_ROW || (self.words > 1 && self.longest >= LONG_CAPITALS);
        if is_block && self.longest > 2 {
            found.push(Stretch { range: self.range.clone(), passage });
        }
        *self = Self::default();
    }
}

/// Where the next token stands at or after a byte of a text.
fn next_token(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = from;
    while let Some(length) = space_at(text, start) {
        start += length;
    }
    if start >= bytes.len() {
        return None;
    }
    let mut end = start + 1;
    loop {
        end += bytes[end..].iter().position(|byte| may_be_space(*byte)).unwrap_or(bytes.len() - end);
        if end == bytes.len() || space_at(text, end).is_some() {
            return Some(start..end);
        }
        end += 1;
    }
}

/// Whether a byte may begin a space; not so for nearly all there are.
fn may_be_space(byte: u8) -> bool {
    byte <= b' ' || byte >= 0xc2
}

/// How long the space is that stands at a byte, if one does.
fn space_at(text: &str, at: usize) -> Option<usize> {
    match *text.as_bytes().get(at)? {
        b' ' | b'\t'..=b'\r' => Some(1),
        // What may begin a space beyond ASCII.
        0xc2 | 0xe1..=0xe3 => {
            let character = text[at..].chars().next()?;
            character.is_whitespace().then(|| character.len_utf8())
        }
        _ => None,
    }
}
