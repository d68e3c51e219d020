//! How easy a page is to read: what readers see of it, sentence by sentence, and the measures of its language.
//!
//! [`of`] takes a document and gives a [`Reading`]: counts, scores, every sentence with its length and place, paragraphs and hard
//! words. It looks at the body alone, and of that only at running text that the given audiences see.
//!
//! # What is counted
//!
//! - Paragraphs, items of lists, definitions, quotations, footnotes and the questions above lines to write on are running text.
//! - Headings, titles of notes, table cells and the terms of definition lists are labels, not sentences: they are left out, since a
//!   word or two with a full stop would make any page look easy. So is a piece of fewer than [`SHORTEST_UNCLOSED`] words
//!   that ends without a full stop, as items of lists do, and one that is nothing but links. How many words were left out is told ([`Reading::left_out`]).
//! - A longer item without a full stop is a sentence. So is the line above a list that ends with a colon. No sentence runs
//!   from one block into the next.
//! - Citations, marks of footnotes, pictures, code and raw HTML say nothing; only authors who are part of a sentence (`@elkin1989
//!   found`) are one word, like a sign below. Links say their words.
//! - A word is what stands between spaces, dashes or slashes; words joined by a hyphen or an apostrophe are one, as Flesch counted
//!   them. Figures, addresses, abbreviations with full stops and those of two to four capitals are signs: one word of one syllable
//!   each, or else `IPT` would be as hard as `psychotherapy`.
//! - Where a sentence ends is told in `sentence.rs`.
//!
//! # Limits
//!
//! A formula sees lengths and nothing else: a low grade does not make a page clear. Syllables are estimated (see [`syllable`]), and so
//! is the passive voice (see `passive.rs`). Grades of short pages swing widely; SMOG says so itself ([`Smog::indicative`]).

pub mod formula;
mod passive;
mod phrases;
mod sentence;
pub mod syllable;
mod text;
mod word;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::content::{Audience, Document};
use crate::source::Span;
use formula::Counts;
use text::{Passage, Text};
use word::{Word, WordForm};

pub use phrases::Phrases;

/// A piece of text without a full stop has to have so many words to be a sentence.
pub const SHORTEST_UNCLOSED: usize = 4;

/// SMOG was made for texts of at least so many sentences.
pub const SMOG_SENTENCES: u32 = 30;

/// Languages with measures of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// German.
    German,
    /// Italian.
    Italian,
    /// Spanish.
    Spanish,
}

impl Language {
    /// The language of a BCP 47 tag such as `en-GB`; `None` when it has no measures here.
    pub fn of(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        [
            ("en", Language::English),
            ("fr", Language::French),
            ("de", Language::German),
            ("it", Language::Italian),
            ("es", Language::Spanish),
        ]
        .into_iter()
        .find(|(name, _)| primary.eq_ignore_ascii_case(name))
        .map(|(_, language)| language)
    }
}

/// What the caller knows about words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Wordings of glossary terms: hard, but explained to readers.
    pub terms: Option<&'a Phrases>,
    /// Words that have a plainer one.
    pub jargon: Option<&'a Phrases>,
}

/// How easy a page is to read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The measures of the page's language.
    pub scores: Scores,
    /// The same, each word of a glossary term taken for a short one; `None` when there is no such term on the page.
    pub without_terms: Option<Scores>,
    /// What the formulas were given.
    pub counts: Counts,
    /// Every sentence, in order.
    pub sentences: Vec<Sentence>,
    /// Every paragraph that is not an item of a list, in order.
    pub paragraphs: Vec<Paragraph>,
    /// Words of the caller's lists, in order.
    pub hard: Vec<HardWord>,
    /// Words that readers see but that are not part of a sentence: headings, table cells, short items of lists.
    pub left_out: u32,
    /// The running text, from which sentences are ranges.
    text: String,
    language: Option<Language>,
}

/// The measures of a language.
#[derive(Clone, Debug, PartialEq)]
pub enum Scores {
    /// For English.
    English {
        /// Flesch–Kincaid grade: years of school in the United States.
        flesch_kincaid: f32,
        /// Flesch reading ease: 0 is hard, 100 easy.
        flesch_ease: f32,
        /// SMOG.
        smog: Smog,
    },
    /// For Spanish.
    Spanish {
        /// Fernández Huerta: 0 is hard, 100 easy.
        fernandez_huerta: f32,
        /// Flesch–Szigriszt, on which the INFLESZ scale rests: 0 is hard, 100 easy.
        flesch_szigriszt: f32,
        /// The band of the INFLESZ scale.
        inflesz: Inflesz,
    },
    /// For German.
    German {
        /// First Wiener Sachtextformel: years of school.
        wiener: f32,
        /// Läsbarhetsindex: below 40 is easy, above 60 very hard.
        lix: f32,
    },
    /// For French.
    French {
        /// Kandel–Moles: 0 is hard, 100 easy.
        kandel_moles: f32,
    },
    /// For Italian.
    Italian {
        /// Gulpease: 0 is hard, 100 easy.
        gulpease: f32,
    },
    /// There is no sentence to measure.
    NoSentences,
    /// There is no measure for the language.
    NotMeasured {
        /// Its tag, as given.
        language: String,
    },
}

/// A SMOG grade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Smog {
    /// Years of school in the United States.
    pub grade: f32,
    /// Whether there are too few sentences for the formula, so that the grade is only a hint.
    pub indicative: bool,
}

/// Bands of the INFLESZ scale, from hard to easy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inflesz {
    /// Up to 40.
    VeryHard,
    /// Up to 55.
    SomewhatHard,
    /// Up to 65.
    Normal,
    /// Up to 80.
    FairlyEasy,
    /// Above.
    VeryEasy,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// How many words it has.
    pub words: u32,
    /// Whether it seems to be in the passive voice; always `false` in languages other than English.
    pub passive: bool,
    /// The block it stands in.
    pub block: Span,
    /// Where it stands in the running text.
    range: Range<usize>,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// How many sentences it has.
    pub sentences: u32,
    /// How many words they have.
    pub words: u32,
    /// Where it stands.
    pub span: Span,
}

/// A use of a wording of one of the caller's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HardWord {
    /// Which list.
    pub list: List,
    /// Which wording, by its number in what [`Phrases::new`] was given.
    pub wording: usize,
    /// Which of [`Reading::sentences`].
    pub sentence: usize,
    /// How many words it has.
    pub words: u32,
}

/// Lists of hard words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// [`Options::terms`].
    Terms,
    /// [`Options::jargon`].
    Jargon,
}

/// Measures a page as these audiences see it. `language` is its BCP 47 tag.
pub fn of(document: &Document, audiences: &[Audience], language: &str, options: &Options<'_>) -> Reading {
    let Some(known) = Language::of(language) else {
        return Reading::nothing(Scores::NotMeasured { language: language.to_owned() });
    };
    let text = Text::of(document, audiences);
    let mut measuring = Measuring::new(known, options, text.left_out);
    for passage in &text.passages {
        measuring.passage(&text.running, passage);
    }
    measuring.finish(text.running)
}

impl Reading {
    fn nothing(scores: Scores) -> Self {
        Self {
            scores,
            without_terms: None,
            counts: Counts::default(),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            hard: Vec::new(),
            left_out: 0,
            text: String::new(),
            language: None,
        }
    }

    /// Years of school a reader needs, where the language has a measure that says so: Flesch–Kincaid in English, the first Wiener
    /// Sachtextformel in German.
    pub fn grade(&self) -> Option<f32> {
        self.scores.grade()
    }

    /// The words of a sentence as readers see them.
    pub fn words_of(&self, sentence: &Sentence) -> &str {
        &self.text[sentence.range.clone()]
    }

    /// Words in a sentence on average.
    pub fn mean_sentence(&self) -> Option<f32> {
        (self.counts.sentences > 0).then(|| self.counts.words as f32 / self.counts.sentences as f32)
    }

    /// The sentence with the most words, the first of them when there are several.
    pub fn longest_sentence(&self) -> Option<&Sentence> {
        self.sentences.iter().rev().max_by_key(|sentence| sentence.words)
    }

    /// The part of sentences that seem to be in the passive voice, 0 to 1; `None` where it is not measured.
    pub fn passive_share(&self) -> Option<f32> {
        let measured = self.language == Some(Language::English) && !self.sentences.is_empty();
        let passive = self.sentences.iter().filter(|sentence| sentence.passive).count();
        measured.then(|| passive as f32 / self.sentences.len() as f32)
    }

    /// The part of words that are on the caller's lists, 0 to 1, as Dale and Chall measured with theirs.
    pub fn hard_share(&self) -> Option<f32> {
        let hard: u32 = self.hard.iter().map(|hard| hard.words).sum();
        (self.counts.words > 0).then(|| hard as f32 / self.counts.words as f32)
    }

    /// Where a sentence stands in the page's source. Its words are looked for in its block, one after the other, since markup may stand
    /// between them; the whole block when they cannot be found.
    pub fn place(&self, sentence: &Sentence, source: &str) -> Span {
        let block = sentence.block.clone();
        let Some(written) = source.get(block.clone()) else { return block };
        let mut from = 0;
        for other in self.sentences.iter().filter(|other| other.block == block) {
            let Some(found) = text::find_words(written, from, self.words_of(other)) else { return block };
            if other.range == sentence.range {
                return block.start + found.start..block.start + found.end;
            }
            from = found.end;
        }
        block
    }
}

impl Scores {
    /// The measures of a language for these counts.
    pub fn of(language: Language, counts: &Counts) -> Self {
        if counts.sentences == 0 || counts.words == 0 {
            return Scores::NoSentences;
        }
        match language {
            Language::English => Scores::English {
                flesch_kincaid: formula::flesch_kincaid(counts),
                flesch_ease: formula::flesch_ease(counts),
                smog: Smog { grade: formula::smog(counts), indicative: counts.sentences < SMOG_SENTENCES },
            },
            Language::French => Scores::French { kandel_moles: formula::kandel_moles(counts) },
            Language::German => Scores::German { wiener: formula::wiener(counts), lix: formula::lix(counts) },
            Language::Italian => Scores::Italian { gulpease: formula::gulpease(counts) },
            Language::Spanish => {
                let flesch_szigriszt = formula::flesch_szigriszt(counts);
                Scores::Spanish {
                    fernandez_huerta: formula::fernandez_huerta(counts),
                    flesch_szigriszt,
                    inflesz: Inflesz::of(flesch_szigriszt),
                }
            }
        }
    }

    /// See [`Reading::grade`].
    pub fn grade(&self) -> Option<f32> {
        match self {
            Scores::English { flesch_kincaid, .. } => Some(*flesch_kincaid),
            Scores::German { wiener, .. } => Some(*wiener),
            Scores::Spanish { .. }
            | Scores::French { .. }
            | Scores::Italian { .. }
            | Scores::NoSentences
            | Scores::NotMeasured { .. } => None,
        }
    }
}

impl Inflesz {
    /// The band of a Flesch–Szigriszt score.
    pub fn of(score: f32) -> Self {
        match score {
            score if score > 80.0 => Inflesz::VeryEasy,
            score if score > 65.0 => Inflesz::FairlyEasy,
            score if score > 55.0 => Inflesz::Normal,
            score if score > 40.0 => Inflesz::SomewhatHard,
            _ => Inflesz::VeryHard,
        }
    }

    /// As the scale's author calls it.
    pub fn name(self) -> &'static str {
        match self {
            Inflesz::VeryHard => "muy difícil",
            Inflesz::SomewhatHard => "algo difícil",
            Inflesz::Normal => "normal",
            Inflesz::FairlyEasy => "bastante fácil",
            Inflesz::VeryEasy => "muy fácil",
        }
    }
}

/// What has been counted so far, and buffers that every sentence uses again.
struct Measuring<'a> {
    language: Language,
    options: &'a Options<'a>,
    reading: Reading,
    /// Counts in which the words of terms are short.
    plain: Counts,
    words: Vec<Word>,
    /// The sentence in lower case, which [`Word::lower`] points into.
    lower: String,
    /// For each word of the sentence, whether it belongs to a term.
    in_term: Vec<bool>,
}

impl<'a> Measuring<'a> {
    fn new(language: Language, options: &'a Options<'a>, left_out: u32) -> Self {
        let mut reading = Reading::nothing(Scores::NoSentences);
        reading.language = Some(language);
        reading.left_out = left_out;
        Self {
            language,
            options,
            reading,
            plain: Counts::default(),
            words: Vec::new(),
            lower: String::new(),
            in_term: Vec::new(),
        }
    }

    fn passage(&mut self, text: &str, passage: &Passage) {
        let mut paragraph = Paragraph { sentences: 0, words: 0, span: passage.span.clone() };
        let words = &text[passage.range.clone()];
        for found in sentence::sentences(words, self.language) {
            let range = passage.range.start + found.range.start..passage.range.start + found.range.end;
            word::words(&text[range.clone()], &mut self.words, &mut self.lower);
            let count = self.words.len();
            if count == 0 {
                continue;
            }
            if !found.closed && (count < SHORTEST_UNCLOSED || passage.only_links) {
                self.reading.left_out += count as u32;
                continue;
            }
            paragraph.sentences += 1;
            paragraph.words += count as u32;
            self.sentence(Sentence { words: count as u32, passive: false, block: passage.span.clone(), range });
        }
        if paragraph.sentences > 0 && !passage.item {
            self.reading.paragraphs.push(paragraph);
        }
    }

    /// Counts the sentence whose words are in the buffers.
    fn sentence(&mut self, mut sentence: Sentence) {
        self.look_up();
        let lower = |word: &Word| &self.lower[word.lower.clone()];
        if self.language == Language::English {
            sentence.passive = passive::is_passive(self.words.iter().map(lower));
        }
        for (word, &in_term) in self.words.iter().zip(&self.in_term) {
            let (letters, syllables) = match word.form {
                WordForm::Sign => (word.letters.min(Counts::SHORT_LETTERS), 1),
                WordForm::Written => (word.letters, syllable::count(lower(word), self.language)),
            };
            self.reading.counts.add_word(letters, syllables);
            if in_term {
                self.plain.add_word(letters.min(Counts::SHORT_LETTERS), 1);
            } else {
                self.plain.add_word(letters, syllables);
            }
        }
        self.reading.counts.sentences += 1;
        self.plain.sentences += 1;
        self.reading.sentences.push(sentence);
    }

    /// Looks for terms and jargon in the sentence that is about to be added.
    fn look_up(&mut self) {
        self.in_term.clear();
        self.in_term.resize(self.words.len(), false);
        let sentence = self.reading.sentences.len();
        for (list, phrases) in [(List::Terms, self.options.terms), (List::Jargon, self.options.jargon)] {
            let Some(phrases) = phrases else { continue };
            let mut at = 0;
            while at < self.words.len() {
                let Some((wording, words)) = phrases.at(&self.lower, &self.words[at..]) else {
                    at += 1;
                    continue;
                };
                // Jargon within a term is explained with it, and must not be counted twice.
                if !self.in_term[at] {
                    self.reading.hard.push(HardWord { list, wording, sentence, words: words as u32 });
                }
                if list == List::Terms {
                    self.in_term[at..at + words].fill(true);
                }
                at += words;
            }
        }
    }

    fn finish(mut self, text: String) -> Reading {
        self.reading.text = text;
        self.reading.scores = Scores::of(self.language, &self.reading.counts);
        if self.reading.hard.iter().any(|hard| hard.list == List::Terms) {
            self.reading.without_terms = Some(Scores::of(self.language, &self.plain));
        }
        self.reading
    }
}
