//! Percentages, and frequencies such as “1 in 5”.
//!
//! A frequency is a number, up to two further words (`7 people`), a word such as `in` or `out of`, and a larger number. Spans of time
//! (`one call in two weeks`) and years (`one of them in 2020`) are none.

use super::word::Word;
use super::{Language, Reading, Stretch};

/// A number of people out of a group, such as `1 in 5`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frequency {
    /// Where it stands.
    pub at: Stretch,
    /// Out of how many.
    pub of: u32,
}

/// Whether a word is a number.
pub(super) fn is_spelt(word: &Word, language: Language) -> bool {
    spelt(&word.lower, language).is_some()
}

impl Reading {
    /// Every percentage that compares a part with a whole: all but 0 and 100 %.
    pub fn percentages(&self) -> impl Iterator<Item = Stretch> {
        self.each_figure(|text, language| {
            let (number, mut end) = number(text, language)?;
            let mut rest = &text[end..];
            // `20–30 %`
            if let Some(after) = rest.strip_prefix(['-', '–']) {
                let further = self::number(after, language)?.1;
                end = text.len() - after.len() + further;
                rest = &text[end..];
            }
            let unit = starts_with_words(rest.trim_start(), Signs::of(language).percent)?;
            let end = text.len() - rest.trim_start().len() + unit;
            (number > 0.0 && number < 100.0).then_some((end, ()))
        })
        .map(|(at, ())| at)
    }

    /// Every frequency.
    pub fn frequencies(&self) -> impl Iterator<Item = Frequency> {
        self.each_figure(|text, language| {
            let (part, end) = number(text, language)?;
            let mut rest = text[end..].trim_start();
            for words_between in 0..3 {
                if words_between > 0 {
                    rest = after_word(rest)?;
                }
                if let Some((of, whole_end)) = whole(rest, part, language) {
                    return Some((text.len() - rest.len() + whole_end, of));
                }
            }
            None
        })
        .map(|(at, of)| Frequency { at, of })
    }

    /// What is read in the text that starts at each figure: where it ends, and something about it.
    fn each_figure<T>(
        &self,
        read: impl Fn(&str, Language) -> Option<(usize, T)>,
    ) -> impl Iterator<Item = (Stretch, T)> {
        self.figures.iter().filter_map(move |figure| {
            let passage_end = self.passages[figure.passage].range.end;
            let token = &self.text[figure.range.clone()];
            let start = figure.range.start + token.find(char::is_alphanumeric)?;
            let (length, said) = read(&self.text[start..passage_end], self.language?)?;
            Some((Stretch { range: start..start + length, passage: figure.passage }, said))
        })
    }
}

/// The whole that a part is taken of, and where its number ends, if the text goes on with one.
fn whole(text: &str, part: f64, language: Language) -> Option<(u32, usize)> {
    let signs = Signs::of(language);
    let rest = text[starts_with_words(text, signs.out_of)?..].trim_start();
    let (of, end) = number(rest, language)?;
    let unit = rest[end..].trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_year = (1900.0..2100.0).contains(&of);
    let is_time = signs.times.iter().any(|time| unit.eq_ignore_ascii_case(time));
    (of > part && of.fract() == 0.0 && !is_year && !is_time).then_some((of as u32, text.len() - rest.len() + end))
}

/// The number that a text starts with, and where it ends.
fn number(text: &str, language: Language) -> Option<(f64, usize)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(text.len());
    let figures = text[..end].trim_end_matches(['.', ',']);
    if !figures.is_empty() {
        let grouped = figures.rsplit_once([',', '.']).is_some_and(|(_, last)| last.len() == 3);
        let plain = if grouped { figures.replace([',', '.'], "") } else { figures.replace(',', ".") };
        return Some((plain.parse().ok()?, figures.len()));
    }
    let word = &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())];
    Some((spelt(&word.to_lowercase(), language)?.into(), word.len()))
}

/// Where one of these wordings ends, if the text starts with it.
fn starts_with_words(text: &str, wordings: &[&str]) -> Option<usize> {
    wordings.iter().find_map(|wording| {
        let start = text.get(..wording.len())?;
        let goes_on =
            wording.ends_with(char::is_alphabetic) && text[wording.len()..].starts_with(char::is_alphanumeric);
        (start.eq_ignore_ascii_case(wording) && !goes_on).then_some(wording.len())
    })
}

/// What follows the first word, if it is one in letters.
fn after_word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_alphabetic())?;
    (end > 0 && text[end..].starts_with(char::is_whitespace)).then(|| text[end..].trim_start())
}

fn spelt(word: &str, language: Language) -> Option<u32> {
    Signs::of(language).numbers.iter().find(|(known, _)| *known == word).map(|(_, number)| *number)
}

/// How a language writes numbers, parts and wholes.
struct Signs {
    numbers: &'static [(&'static str, u32)],
    /// Longer before shorter.
    out_of: &'static [&'static str],
    percent: &'static [&'static str],
    times: &'static [&'static str],
}

impl Signs {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
            Language::German => &GERMAN,
            Language::Italian => &ITALIAN,
            Language::Spanish => &SPANISH,
        }
    }
}

static ENGLISH: Signs = Signs {
    numbers: &[
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("twelve", 12),
        ("twenty", 20),
        ("hundred", 100),
        ("thousand", 1000),
    ],
    out_of: &["out of every", "out of", "in every", "of every", "in"],
    percent: &["%", "percent", "per cent"],
    times: &[
        "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months",
        "year", "years", "sessions",
    ],
};

static FRENCH: Signs = Signs {
    numbers: &[
        ("un", 1),
        ("une", 1),
        ("deux", 2),
        ("trois", 3),
        ("quatre", 4),
        ("cinq", 5),
        ("six", 6),
        ("sept", 7),
        ("huit", 8),
        ("neuf", 9),
        ("dix", 10),
        ("douze", 12),
        ("vingt", 20),
        ("cent", 100),
        ("mille", 1000),
    ],
    out_of: &["sur"],
    percent: &["%", "pour cent", "pourcent"],
    times: &["jours", "semaines", "mois", "ans", "heures", "minutes"],
};

static GERMAN: Signs = Signs {
    numbers: &[
        ("ein", 1),
        ("eine", 1),
        ("einer", 1),
        ("eins", 1),
        ("zwei", 2),
        ("drei", 3),
        ("vier", 4),
        ("fünf", 5),
        ("sechs", 6),
        ("sieben", 7),
        ("acht", 8),
        ("neun", 9),
        ("zehn", 10),
        ("zwölf", 12),
        ("zwanzig", 20),
        ("hundert", 100),
        ("tausend", 1000),
    ],
    out_of: &["von je", "von", "unter", "aus"],
    percent: &["%", "Prozent"],
    times: &["Tagen", "Wochen", "Monaten", "Jahren", "Stunden", "Minuten"],
};

static ITALIAN: Signs = Signs {
    numbers: &[
        ("un", 1),
        ("uno", 1),
        ("una", 1),
        ("due", 2),
        ("tre", 3),
        ("quattro", 4),
        ("cinque", 5),
        ("sei", 6),
        ("sette", 7),
        ("otto", 8),
        ("nove", 9),
        ("dieci", 10),
        ("dodici", 12),
        ("venti", 20),
        ("cento", 100),
        ("mille", 1000),
    ],
    out_of: &["su"],
    percent: &["%", "per cento"],
    times: &["giorni", "settimane", "mesi", "anni", "ore", "minuti"],
};

static SPANISH: Signs = Signs {
    numbers: &[
        ("un", 1),
        ("uno", 1),
        ("una", 1),
        ("dos", 2),
        ("tres", 3),
        ("cuatro", 4),
        ("cinco", 5),
        ("seis", 6),
        ("siete", 7),
        ("ocho", 8),
        ("nueve", 9),
        ("diez", 10),
        ("doce", 12),
        ("veinte", 20),
        ("cien", 100),
        ("mil", 1000),
    ],
    out_of: &["de cada", "por cada", "entre"],
    percent: &["%", "por ciento"],
    times: &["días", "semanas", "meses", "años", "horas", "minutos"],
};
