//! Where sentences end.
//!
//! A full stop, question mark, exclamation mark or ellipsis ends a sentence when white space follows (after closing quotes and
//! brackets) and the next word does not start in lower case. That leaves times, decimal numbers and addresses whole. Then:
//!
//! - Titles and the like (`Dr.`, `e.g.`) never end a sentence; `No.`, `p.` and others do unless a number follows.
//! - Abbreviations that may stand last (`etc.`, `p.m.`, `U.S.`) and initials end one only before a word that often starts sentences, such
//!   as `The`; `etc.` before any capital, and `p.m.` unless a day or month follows.
//! - An ellipsis ends one before a capital other than `I`.
//! - In German, where nouns have capitals, a number of one or two figures with a full stop is an ordinal unless such a word
//!   follows.
//! - Colons and semicolons end nothing. A dot or bar between spaces (`One · Two`) parts pieces that are not sentences.
//!
//! What can go wrong: a sentence that ends in an abbreviation before a name, and one without a space after its full stop.

use std::ops::Range;

use super::Language;

/// Tells where the sentences of a passage end.
#[derive(Debug)]
pub(super) struct Ends<'t> {
    text: &'t str,
    words: &'static Words,
    language: Language,
}

/// The marks at the end of a token that may close a sentence: the last ones in it, if nothing but closing quotes and brackets follows.
pub(super) fn mark_at_end(token: &str) -> Option<Range<u32>> {
    let end = token.trim_end_matches(is_closing).len();
    let start = token[..end].trim_end_matches(is_mark).len();
    (start < end).then_some(start as u32..end as u32)
}

/// No abbreviation in any list has more bytes.
const LONGEST_ABBREVIATION: usize = 8;

impl<'t> Ends<'t> {
    /// Sentences of a passage.
    pub(super) fn of(text: &'t str, language: Language) -> Self {
        Self { text, words: Words::of(language), language }
    }

    /// Whether a mark, which closing quotes up to `end` may follow, ends the sentence that starts at `start`.
    pub(super) fn at(&self, start: usize, mark: Range<usize>, end: usize) -> bool {
        let rest = &self.text[end..];
        let next = rest.trim_start().trim_start_matches(|c: char| is_opening(c) || c.is_whitespace());
        let in_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '.');
        let next_word = &next[..next.find(|c| !in_word(c)).unwrap_or(next.len())];
        let next_word = next_word.trim_end_matches('.');
        if next.is_empty() {
            return rest.trim().is_empty() || rest.starts_with(char::is_whitespace);
        }
        if !rest.starts_with(char::is_whitespace) || next.starts_with(char::is_lowercase) {
            return false;
        }
        match &self.text[mark.clone()] {
            "." => self.full_stop_ends(start, mark.start, next_word),
            marks if marks.ends_with("..") || marks.ends_with('…') => {
                let first_person = next_word == "I" || next_word.starts_with("I'") || next_word.starts_with("I’");
                !(first_person && self.language == Language::English)
            }
            _ => true,
        }
    }

    /// Whether a full stop at `at` ends its sentence, when a word that does not start in lower case follows.
    fn full_stop_ends(&self, start: usize, at: usize, next: &str) -> bool {
        let before = &self.text[start..at];
        let token =
            before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '/' | '“' | '"' | '„' | '«')).next();
        let token = token.unwrap_or_default();
        let starter = || self.words.starters.contains(&next.to_lowercase().as_str());
        let number_follows = next.starts_with(char::is_numeric);
        let may_be_short = token.len() <= LONGEST_ABBREVIATION;
        let is = |list: &[&str]| may_be_short && list.iter().any(|known| known.eq_ignore_ascii_case(token));
        if token.len() == before.len() && (is_number(token) || token.chars().count() == 1) {
            // `1.` or `A.` before an item that was not written as a list.
            return false;
        }
        if is(self.words.never) {
            return false;
        }
        if is(self.words.before_numbers) {
            return !number_follows;
        }
        if is(&["etc", "usw", "ecc"]) {
            return true;
        }
        if is(&["a.m", "p.m"]) {
            return !is_day_or_month(next);
        }
        if is(self.words.may_end) || is_initials(token) {
            return starter();
        }
        if self.language == Language::German && token.len() <= 2 && is_number(token) {
            return starter();
        }
        true
    }
}

fn is_mark(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…')
}

fn is_closing(character: char) -> bool {
    matches!(character, '"' | '\'' | '”' | '’' | '»' | '«' | '“' | '›' | ')' | ']')
}

fn is_opening(character: char) -> bool {
    matches!(character, '"' | '\'' | '“' | '‘' | '„' | '«' | '»' | '‹' | '(' | '[' | '¿' | '¡' | '—' | '–' | '-')
}

fn is_number(token: &str) -> bool {
    !token.is_empty() && token.len() <= 2 && token.bytes().all(|byte| byte.is_ascii_digit())
}

/// `J`, `U.S` or `z.B`: single letters with full stops between them, but not the word `I`.
fn is_initials(token: &str) -> bool {
    let single = |letter: &str| letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic);
    token.split('.').all(single) && token != "I" && (token.contains('.') || token.chars().all(char::is_uppercase))
}

fn is_day_or_month(word: &str) -> bool {
    const NAMES: [&str; 19] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.contains(&word)
}

/// What a language's words tell about the ends of sentences; all in lower case.
#[derive(Debug)]
struct Words {
    /// Abbreviations that something always follows.
    never: &'static [&'static str],
    /// Words that are abbreviations when a number follows.
    before_numbers: &'static [&'static str],
    /// Abbreviations that may stand last.
    may_end: &'static [&'static str],
    /// Words that often start a sentence and are seldom names.
    starters: &'static [&'static str],
}

impl Words {
    fn of(language: Language) -> &'static Words {
        match language {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
            Language::German => &GERMAN,
            Language::Italian => &ITALIAN,
            Language::Spanish => &SPANISH,
        }
    }
}

static ENGLISH: Words = Words {
    never: &[
        "dr", "mr", "mrs", "ms", "messrs", "prof", "rev", "hon", "st", "e.g", "eg", "i.e", "ie", "cf", "vs", "viz",
        "approx", "incl", "esp", "dept",
    ],
    before_numbers: &["no", "nos", "p", "pp", "fig", "figs", "vol", "ch", "para", "tel", "ext", "ed", "ca", "c", "art"],
    may_end: &["al", "jr", "sr", "ltd", "inc", "co", "ph.d", "eds"],
    starters: &[
        "a", "about", "after", "all", "an", "and", "another", "are", "as", "ask", "at", "before", "bring", "but", "by",
        "call", "can", "choose", "could", "did", "do", "does", "each", "every", "for", "from", "go", "has", "have",
        "he", "here", "his", "how", "however", "i", "if", "in", "is", "it", "its", "keep", "let", "look", "make",
        "many", "most", "my", "no", "not", "now", "of", "on", "once", "one", "or", "our", "read", "see", "she",
        "should", "since", "so", "some", "speak", "take", "talk", "tell", "that", "the", "their", "then", "there",
        "these", "they", "think", "this", "those", "to", "try", "two", "use", "was", "we", "were", "what", "when",
        "where", "which", "while", "who", "why", "with", "would", "write", "you", "your",
    ],
};

static SPANISH: Words = Words {
    never: &["sr", "sra", "srta", "dr", "dra", "d", "dña", "ud", "uds", "p.ej", "ej", "aprox", "prof", "vs"],
    before_numbers: &["pág", "págs", "núm", "n.º", "tel", "art", "vol", "cap", "fig"],
    may_end: &["al", "ee.uu", "uu"],
    starters: &[
        "a", "al", "algunas", "algunos", "aunque", "como", "con", "cuando", "de", "después", "el", "ella", "en",
        "entonces", "es", "esta", "este", "esto", "la", "las", "lo", "los", "más", "muchas", "muchos", "no", "o",
        "para", "pero", "por", "puede", "que", "qué", "se", "si", "su", "también", "tu", "tú", "un", "una", "usted",
        "y", "ya", "yo",
    ],
};

static GERMAN: Words = Words {
    never: &[
        "dr", "prof", "hr", "fr", "bzw", "z", "z.b", "d", "d.h", "u", "ca", "ggf", "evtl", "inkl", "vgl", "sog",
        "bspw", "mind", "st", "tel", "str", "nr", "abs", "abb", "bd",
    ],
    before_numbers: &["s", "art", "max", "min", "kap"],
    may_end: &["u.a", "o.ä", "al", "h"],
    starters: &[
        "aber",
        "als",
        "am",
        "an",
        "auch",
        "auf",
        "aus",
        "bei",
        "bis",
        "da",
        "damit",
        "dann",
        "das",
        "dazu",
        "dem",
        "den",
        "denn",
        "der",
        "die",
        "dies",
        "diese",
        "dieser",
        "du",
        "ein",
        "eine",
        "er",
        "es",
        "für",
        "hier",
        "ich",
        "ihr",
        "ihre",
        "im",
        "in",
        "ist",
        "jede",
        "jeder",
        "manche",
        "man",
        "mit",
        "nach",
        "nicht",
        "oder",
        "ob",
        "sie",
        "sind",
        "so",
        "sprechen",
        "um",
        "und",
        "viele",
        "vielleicht",
        "von",
        "vor",
        "wann",
        "warum",
        "was",
        "wenn",
        "wer",
        "wie",
        "wir",
        "wo",
        "zu",
        "zum",
    ],
};

static FRENCH: Words = Words {
    never: &["dr", "pr", "mm", "m", "mme", "p.ex", "ex", "env", "cf", "av", "st", "vs"],
    before_numbers: &["p", "pp", "no", "n", "tél", "art", "vol", "chap", "fig"],
    may_end: &["al"],
    starters: &[
        "alors", "après", "au", "aussi", "avant", "avec", "c'est", "ce", "ces", "cela", "cette", "dans", "de", "des",
        "elle", "elles", "en", "et", "il", "ils", "je", "la", "le", "les", "leur", "mais", "ne", "nous", "on", "ou",
        "par", "pour", "puis", "quand", "que", "qui", "sa", "se", "si", "son", "tout", "tu", "un", "une", "votre",
        "vous",
    ],
};

static ITALIAN: Words = Words {
    never: &[
        "dott", "dott.ssa", "dr", "sig", "sig.ra", "sig.na", "prof", "prof.ssa", "es", "p.es", "ca", "cfr", "vs", "st",
    ],
    before_numbers: &["p", "pag", "pagg", "n", "tel", "art", "vol", "cap", "fig"],
    may_end: &["al"],
    starters: &[
        "a", "alcuni", "anche", "che", "chi", "come", "con", "cosa", "così", "da", "di", "dopo", "e", "è", "gli", "i",
        "il", "in", "io", "la", "le", "lei", "lo", "loro", "lui", "ma", "molti", "nel", "noi", "non", "o", "ogni",
        "per", "perché", "poi", "può", "quando", "questa", "questo", "se", "si", "sono", "su", "tu", "un", "una",
        "voi",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_abbreviation_is_longer_than_the_longest() {
        for words in [&ENGLISH, &FRENCH, &GERMAN, &ITALIAN, &SPANISH] {
            for list in [words.never, words.before_numbers, words.may_end, &["etc", "usw", "ecc"], &["a.m", "p.m"]] {
                assert!(list.iter().all(|known| known.len() <= LONGEST_ABBREVIATION), "{list:?}");
            }
        }
    }
}
