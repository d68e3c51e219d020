//! Percentages, and frequencies such as “1 in 5”.
//!
//! A frequency is a number, up to two further words (`7 people`), a word such as `in` or `out of`, and a larger number. Spans of time
//! (`one call in two weeks`) and years (`one of them in 2020`) are none. Germans say `jeder Fünfte` as well.

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

/// What stands between thousands, besides `.` and `,`.
const BETWEEN_THOUSANDS: [char; 6] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’'];

/// Whether a word is a number, or says which one of a row.
pub(super) fn is_spelt(word: &Word, language: Language) -> bool {
    spelt(&word.lower, language).is_some() || ordinal(&word.lower, language).is_some()
}

impl Reading {
    /// Every percentage that compares a part with a whole: all but 0 and 100 %.
    pub fn percentages(&self) -> impl Iterator<Item = Stretch> {
        self.each_figure(|_, text, language| {
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
        self.each_figure(|before, text, language| {
            if let Some(every) = every(before, text, language) {
                return Some(every);
            }
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

    /// What is read in the text that starts at each figure, and in what stands before it: where it ends, and something about it.
    fn each_figure<T>(
        &self,
        read: impl Fn(&str, &str, Language) -> Option<(usize, T)>,
    ) -> impl Iterator<Item = (Stretch, T)> {
        self.figures.iter().filter_map(move |figure| {
            let passage = &self.passages[figure.passage].range;
            let token = &self.text[figure.range.clone()];
            let start = figure.range.start + token.find(char::is_alphanumeric)?;
            let (before, text) = (&self.text[passage.start..start], &self.text[start..passage.end]);
            if goes_on_with_thousands(before, text) {
                return None;
            }
            let (length, said) = read(before, text, self.language?)?;
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
    // In groups, 2,000 is no year.
    let is_year = (1900.0..2100.0).contains(&of) && end == 4;
    let is_time = signs.times.iter().any(|time| unit.eq_ignore_ascii_case(time));
    (of > part && of.fract() == 0.0 && !is_year && !is_time).then_some((of as u32, text.len() - rest.len() + end))
}

/// One in how many a text is about that starts with an ordinal, and where it ends: `jeder Fünfte`, `jede fünfte Person`, `jeder 5.`
fn every(before: &str, text: &str, language: Language) -> Option<(usize, u32)> {
    let signs = Signs::of(language);
    let word_before = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if !signs.every.iter().any(|every| word_before.eq_ignore_ascii_case(every)) {
        return None;
    }
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let of = match text[..end].parse() {
        Ok(number) => text[end..].starts_with('.').then_some(number)?,
        Err(_) => ordinal(&text[..end].to_lowercase(), language)?,
    };
    let unit = text[end..].trim_start_matches(['.', ' ', '\u{a0}']);
    let unit = unit.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    (of > 1 && !signs.times_of_every.contains(&unit)).then_some((end, of))
}

/// Whether a text starts within a number whose thousands stand apart.
fn goes_on_with_thousands(before: &str, text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || BETWEEN_THOUSANDS.contains(&c);
    if !before.ends_with(BETWEEN_THOUSANDS) || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let start =
        before.rfind(|c: char| !is_part(c)).map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let groups = before[start..].trim_start_matches(BETWEEN_THOUSANDS);
    let text = [groups, text].concat();
    in_groups(&text).is_some_and(|end| end > groups.len())
}

/// Where the number ends that a text starts with, if its thousands stand apart: `1 000`, `1’000`.
fn in_groups(text: &str) -> Option<usize> {
    let figures = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = figures(text);
    if !(1..=3).contains(&first) || text.starts_with('0') {
        return None;
    }
    let mut end = first;
    while let Some(group) = text[end..].strip_prefix(BETWEEN_THOUSANDS).filter(|group| figures(group) == 3) {
        end = text.len() - group.len() + 3;
    }
    (end > first).then_some(end)
}

/// The number that a text starts with, and where it ends.
fn number(text: &str, language: Language) -> Option<(f64, usize)> {
    if let Some(end) = in_groups(text) {
        return Some((text[..end].replace(BETWEEN_THOUSANDS, "").parse().ok()?, end));
    }
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

/// What a word such as `fünfte` says, in whatever case it stands.
fn ordinal(word: &str, language: Language) -> Option<u32> {
    let stem = word.trim_end_matches(['n', 'r', 's', 'm']);
    Signs::of(language).ordinals.iter().find(|(known, _)| *known == stem).map(|(_, number)| *number)
}

/// How a language writes numbers, parts and wholes.
struct Signs {
    numbers: &'static [(&'static str, u32)],
    /// Words before an ordinal that make it a part of all.
    every: &'static [&'static str],
    /// Without the endings of cases.
    ordinals: &'static [(&'static str, u32)],
    /// What is no person after them.
    times_of_every: &'static [&'static str],
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
    every: &[],
    ordinals: &[],
    times_of_every: &[],
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
    every: &[],
    ordinals: &[],
    times_of_every: &[],
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
    every: &["jede", "jeder", "jeden", "jedes", "jedem"],
    ordinals: &[
        ("zweite", 2),
        ("dritte", 3),
        ("vierte", 4),
        ("fünfte", 5),
        ("sechste", 6),
        ("siebte", 7),
        ("siebente", 7),
        ("achte", 8),
        ("neunte", 9),
        ("zehnte", 10),
        ("zwölfte", 12),
        ("zwanzigste", 20),
        ("hundertste", 100),
        ("tausendste", 1000),
    ],
    times_of_every: &[
        "Sekunde",
        "Minute",
        "Stunde",
        "Tag",
        "Woche",
        "Monat",
        "Jahr",
        "Morgen",
        "Abend",
        "Nacht",
        "Wochenende",
        "Mal",
        "Sitzung",
        "Termin",
        "Satz",
        "Seite",
        "Schritt",
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
    every: &[],
    ordinals: &[],
    times_of_every: &[],
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
    every: &[],
    ordinals: &[],
    times_of_every: &[],
    out_of: &["de cada", "por cada", "entre"],
    percent: &["%", "por ciento"],
    times: &["días", "semanas", "meses", "años", "horas", "minutos"],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_may_stand_apart_in_many_ways() {
        for text in ["1 000", "1\u{a0}000", "1\u{202f}000", "1’000", "1'000", "1.000", "1,000"] {
            assert_eq!(number(text, Language::French), Some((1000.0, text.len())), "{text}");
        }
        assert_eq!(number("12 345 678 personnes", Language::French), Some((12_345_678.0, 10)));
        for (text, value, end) in [("1 00", 1.0, 1), ("2020 500", 2020.0, 4), ("5 1000", 5.0, 1), ("0 500", 0.0, 1)] {
            assert_eq!(number(text, Language::French), Some((value, end)), "{text}");
        }
    }

    #[test]
    fn a_number_is_read_once() {
        assert!(goes_on_with_thousands("sur 1 ", "000 personnes") && goes_on_with_thousands("1 000\u{202f}", "000"));
        assert!(!goes_on_with_thousands("en 2020 ", "500 personnes") && !goes_on_with_thousands("1 ", "00"));
        assert!(!goes_on_with_thousands("", "500") && !goes_on_with_thousands("à 5 ", "5000"));
    }

    #[test]
    fn one_in_so_many_is_said_with_an_ordinal_in_german() {
        let every = |before, text| every(before, text, Language::German).map(|(_, of)| of);
        for (before, text) in [
            ("Jeder ", "Fünfte."),
            ("betrifft jeden ", "Fünften"),
            ("etwa jede ", "fünfte Person"),
            ("jeder ", "5. Mensch"),
        ] {
            assert_eq!(every(before, text), Some(5), "{before}{text}");
        }
        for (before, text) in
            [("der ", "Fünfte"), ("jeden ", "fünften Tag"), ("jede ", "5 Minuten"), ("jedes ", "dritte Mal")]
        {
            assert_eq!(every(before, text), None, "{before}{text}");
        }
    }
}
