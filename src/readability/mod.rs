//! How easy a page is to read: what readers see of it, sentence by sentence, and the measures of its language.
//!
//! [`of`] takes a document and gives a [`Reading`]: counts, scores, every sentence with its length and place, paragraphs and hard
//! words. It looks at the body alone, and of that only at running text that the given audiences see.
//!
//! # What is counted
//!
//! - Paragraphs, items of lists, definitions, quotations, footnotes and the questions above lines to write on are running text.
//! - Headings, table cells and the terms of definition lists are labels, not sentences: they are left out, since a word or two with a
//!   full stop would make any page look easy. So is a piece of fewer than [`SHORTEST_UNCLOSED`] words that ends without a full stop, as
//!   items of lists do, and one that is nothing but links. How many words were left out is told ([`Reading::left_out`]); hard words
//!   are looked for among them, too.
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

mod figure;
pub mod formula;
mod measuring;
mod memory;
mod passive;
mod phrases;
mod place;
mod sentence;
pub mod syllable;
mod text;
mod word;
mod you;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::content::{Audience, Document, LinkIndex};
use crate::source::Span;
use formula::Counts;
use measuring::Measuring;
use memory::Memory;
use text::{Passage, Role, Text};

pub use figure::Frequency;
pub use phrases::Phrases;
pub use place::Places;
pub use you::is_you;

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
    /// Words of the caller's lists, in order; also those in headings and the like.
    pub hard: Vec<HardWord>,
    /// Words that readers see but that are not part of a sentence: headings, table cells, short items of lists.
    pub left_out: u32,
    /// Rows of words that are written in nothing but capitals: three or more, or two of which one is long.
    pub capitals: Vec<Stretch>,
    /// Whether it speaks to its readers: `you`.
    pub says_you: bool,
    /// Every token that says a number.
    figures: Vec<Stretch>,
    /// The running text, from which sentences are ranges.
    text: String,
    passages: Vec<Passage>,
    links: Vec<(Range<usize>, LinkIndex)>,
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
    /// Where it stands.
    pub at: Stretch,
}

/// A stretch of a page's running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    range: Range<usize>,
    /// The passage it belongs to, by its number.
    passage: usize,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HardWord {
    /// Which list.
    pub list: List,
    /// Which wording, by its number in what [`Phrases::new`] was given.
    pub wording: usize,
    /// Which of [`Reading::sentences`]; `None` in a heading and the like.
    pub sentence: Option<usize>,
    /// How many words it has.
    pub words: u32,
    /// Where it stands.
    pub at: Stretch,
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
    Memory::of(known, |memory| Measuring::new(known, memory, options).all(text))
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
            capitals: Vec::new(),
            says_you: false,
            figures: Vec::new(),
            text: String::new(),
            passages: Vec::new(),
            links: Vec::new(),
            language: None,
        }
    }

    /// The language it was measured in; `None` when there is no measure for the page's.
    pub fn language(&self) -> Option<Language> {
        self.language
    }

    /// Years of school a reader needs, where the language has a measure that says so: Flesch–Kincaid in English, the first Wiener
    /// Sachtextformel in German.
    pub fn grade(&self) -> Option<f32> {
        self.scores.grade()
    }

    /// The words of a sentence as readers see them.
    pub fn words_of(&self, sentence: &Sentence) -> &str {
        self.words_at(&sentence.at)
    }

    /// The words of a stretch as readers see them.
    pub fn words_at(&self, stretch: &Stretch) -> &str {
        &self.text[stretch.range.clone()]
    }

    /// The link that a stretch is part of.
    pub fn link_around(&self, stretch: &Stretch) -> Option<LinkIndex> {
        let after = self.links.partition_point(|(range, _)| range.end < stretch.range.end);
        let (range, link) = self.links.get(after)?;
        (range.start <= stretch.range.start).then_some(*link)
    }

    /// Whether a stretch stands in a heading, a cell of a table or a term that is about to be defined.
    pub fn is_label(&self, stretch: &Stretch) -> bool {
        self.passages[stretch.passage].role == Role::Label
    }

    /// Whether two stretches stand in the same piece of text, or in one right after the other.
    pub fn are_near(&self, one: &Stretch, other: &Stretch) -> bool {
        one.passage.abs_diff(other.passage) <= 1
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
        let hard: u32 = self.hard.iter().filter(|hard| hard.sentence.is_some()).map(|hard| hard.words).sum();
        (self.counts.words > 0).then(|| hard as f32 / self.counts.words as f32)
    }

    /// Where a sentence stands in the page's source; its whole block when its words cannot be found there.
    pub fn place(&self, sentence: &Sentence, source: &str) -> Span {
        self.places(source).of(&sentence.at)
    }

    /// Where stretches stand in the page's source.
    pub fn places<'r>(&'r self, source: &'r str) -> Places<'r> {
        Places::new(self, source)
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
