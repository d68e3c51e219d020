//! Telephone numbers in running text, told from all else that is written in figures: years, doses, dates, ranges, identifiers.
//!
//! A run of figures is a number to ring when its form says so in any country (`+44 20 …`, `0800 …`, `555-123-4567`), or when the
//! words before it do (“ring 111”, “call us on 5551 2340”, “ring 999 or 112”). What could be either is left alone: a missed number is
//! found by whoever reviews the page, but a dose taken for a telephone number would teach editors not to listen.

use std::ops::Range;

use super::language::Words;

/// The most figures that a telephone number has anywhere.
const MOST_FIGURES: usize = 15;
/// How many words before a number may tell what it is.
const WORDS_BEFORE: usize = 6;
/// How many of them may stand between “ring” and a number after a name, as in “ring Samaritans 116 123”.
const WORDS_OF_NAME: usize = 3;
/// What numbers begin with that cost nothing, or the same from everywhere, in Ireland and Australia; six more figures follow.
const FREE_OR_LOCAL: [&str; 5] = ["1300", "1800", "1850", "1890", "1550"];
/// Numbers that mean the same in every country of the European Union.
const HARMONISED: [&str; 6] = ["116000", "116006", "116016", "116111", "116117", "116123"];
/// Words before figures that name a thing.
const IDENTIFIERS: [&str; 9] = ["isbn", "issn", "doi", "pmid", "pmcid", "orcid", "isrctn", "id", "ref"];

/// Where telephone numbers stand in a text, in order.
pub(super) fn numbers(text: &str, listed: Option<&Words>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(run) = Run::next(text, at) {
        at = run.end;
        if run.is_free_standing(text)
            && !run.is_named(text)
            && (run.looks_like_telephone()
                || run.is_short_number_after_name(text, listed)
                || listed.is_some_and(|listed| run.is_dialled(text, found.last(), listed)))
        {
            found.push(run.start..run.end);
        }
    }
    found
}

/// Whether a text may hold a telephone number: a quick look before a thorough one.
pub(super) fn may_hold(text: &str) -> bool {
    // Many bytes at a time are looked at without a branch.
    let mut chunks = text.as_bytes().chunks(64);
    let may_be = |byte: &u8| byte.is_ascii_digit() | !byte.is_ascii();
    chunks.any(|chunk| chunk.iter().fold(false, |any, byte| any | may_be(byte)))
        && text.chars().any(|c| figure(c).is_some())
}

/// The figures of a number as ASCII, with a `+` in front when there is one.
pub(super) fn figures(number: &str) -> String {
    let plus = number.trim_start_matches(|c: char| c == '(' || c.is_whitespace()).starts_with('+');
    plus.then_some('+').into_iter().chain(number.chars().filter_map(figure)).collect()
}

/// Whether two numbers, as [`figures`], lead to the same telephone: also when one of them has the country before it.
pub(super) fn same(one: &str, other: &str) -> bool {
    let international =
        |number: &str| number.strip_prefix('+').or_else(|| number.strip_prefix("00")).map(str::to_owned);
    match (international(one), international(other)) {
        (Some(one), Some(other)) => one == other,
        (None, None) => one == other,
        (Some(abroad), None) => is_within_country(&abroad, other),
        (None, Some(abroad)) => is_within_country(&abroad, one),
    }
}

/// Whether `national` is what people in the country dial for `abroad`: without the country's one to three figures, and often with
/// a nought in front.
fn is_within_country(abroad: &str, national: &str) -> bool {
    let rest = abroad.strip_suffix(national.strip_prefix('0').unwrap_or(national));
    rest.is_some_and(|country| (1..=3).contains(&country.len()))
}

/// The value of a figure in the scripts that the web writes numbers in.
fn figure(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

/// What stands between two groups of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    Space,
    Dash,
    Dot,
    Slash,
    Bracket,
}

/// Groups of figures that might be one number.
#[derive(Debug, Default)]
struct Run {
    start: usize,
    end: usize,
    plus: bool,
    groups: Vec<String>,
    between: Vec<Between>,
}

impl Run {
    /// The first run that begins at `from` or after it.
    fn next(text: &str, from: usize) -> Option<Self> {
        let (first, _) = text[from..].char_indices().find(|(_, c)| figure(*c).is_some())?;
        let mut run = Run { start: from + first, end: from + first, ..Run::default() };
        let before = &text[from..run.start];
        let bare = before.strip_suffix('(').unwrap_or(before);
        run.plus = bare.ends_with('+') || before.ends_with('+');
        loop {
            let rest = &text[run.end..];
            let group: String = rest.chars().map_while(figure).collect();
            run.end += rest.chars().take(group.len()).map(char::len_utf8).sum::<usize>();
            run.groups.push(group);
            let Some((between, length)) = between(&text[run.end..]) else { break };
            run.between.push(between);
            run.end += length;
        }
        let opened = run.between.contains(&Between::Bracket) && before.ends_with('(');
        run.start -= usize::from(opened) + usize::from(run.plus);
        Some(run)
    }

    /// Whether nothing before or after it says that it is part of something else.
    fn is_free_standing(&self, text: &str) -> bool {
        let mut before = text[..self.start].chars().rev();
        let starts = match before.next() {
            Some('.' | ',' | ':') => before.next().is_none_or(|c| figure(c).is_none()),
            Some(c) => !c.is_alphanumeric() && !"_-–—−/\\#@&=+~^*×<>≤≥±$£€¥§%".contains(c),
            None => true,
        };
        let mut after = text[self.end..].chars();
        starts
            && match after.next() {
                Some(',' | ':' | '–' | '—' | '−' | '-' | '/') => {
                    !after.next().is_some_and(|c| c.is_alphanumeric())
                }
                Some(c) => !c.is_alphanumeric() && !"_\\@=%°$£€¥×^".contains(c),
                None => true,
            }
    }

    /// Whether it is the identifier of something.
    fn is_named(&self, text: &str) -> bool {
        let before = text[..self.start].trim_end_matches(|c: char| !c.is_alphanumeric());
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        IDENTIFIERS.iter().any(|known| word.eq_ignore_ascii_case(known))
    }

    /// Whether it has the form of a telephone number, whatever is said about it.
    fn looks_like_telephone(&self) -> bool {
        let figures = self.figures();
        if self.is_something_else() || !(7..=MOST_FIGURES).contains(&figures) {
            return false;
        }
        let lengths: Vec<usize> = self.groups.iter().map(String::len).collect();
        let starts_with = |figure: char| self.groups[0].starts_with(figure);
        match lengths[..] {
            _ if self.plus || starts_with('0') => true,
            [4, ..] | [10] if self.is_free_or_local() => true,
            [3, 3, 4] => !starts_with('1') && !self.between.contains(&Between::Slash),
            [1, 3, 3, 4] => starts_with('1') && !self.between.contains(&Between::Slash),
            _ => false,
        }
    }

    /// Whether it is one of those numbers of Ireland and Australia that begin with four figures everybody knows.
    fn is_free_or_local(&self) -> bool {
        let figures = self.groups.concat();
        let rest = FREE_OR_LOCAL.iter().find_map(|start| figures.strip_prefix(start));
        // So many noughts are a round number of something.
        rest.is_some_and(|rest| rest.len() == 6 && rest.bytes().any(|figure| figure != b'0'))
            && !self.between.contains(&Between::Slash)
    }

    /// Whether it is a short number that a name stands before, as in “Lifeline: 13 11 14” or “Samaritans (116 123)”.
    fn is_short_number_after_name(&self, text: &str, listed: Option<&Words>) -> bool {
        let is_spaced = self.between.iter().all(|between| *between == Between::Space);
        let lengths: Vec<usize> = self.groups.iter().map(String::len).collect();
        let is_short = match lengths[..] {
            [2, 2, 2] => self.groups[0] == "13" && !self.goes_by_steps(),
            [3, 3] => HARMONISED.contains(&self.groups.concat().as_str()),
            _ => false,
        };
        is_short
            && is_spaced
            && is_named_before(text, self.start)
            && !listed.is_some_and(|listed| self.is_count(text, listed))
    }

    /// Whether each group is as much more or less than the one before it: ages, weeks, or pages.
    fn goes_by_steps(&self) -> bool {
        let numbers: Vec<i64> = self.groups.iter().filter_map(|group| group.parse().ok()).collect();
        numbers.windows(3).all(|of| of[1] - of[0] == of[2] - of[1])
    }

    /// Whether the words around it, or the number before it, say that it is to be rung.
    fn is_dialled(&self, text: &str, number_before: Option<&Range<usize>>, listed: &Words) -> bool {
        let figures = self.figures();
        if self.is_something_else() || !(2..=MOST_FIGURES).contains(&figures) || self.is_year_or_time() {
            return false;
        }
        if figures < 5 && self.is_count(text, listed) {
            return false;
        }
        let is_in_two_figures = figures == 2;
        if is_in_two_figures && !listed.two_figures.contains(&self.groups.concat().as_str()) {
            return false;
        }
        if number_before.is_some_and(|before| goes_on(&text[before.end..self.start], listed)) {
            return true;
        }
        let words = words_before(&text[..self.start]);
        if is_in_two_figures {
            return leads_straight_to_number(&words, listed);
        }
        let measures = words.iter().any(|word| listed.measured.contains(&word.as_str()));
        !measures && (leads_to_number(&words, listed) || self.is_dialled_by_what_follows(text, &words, listed))
    }

    /// Whether the words after it say so: “die 112 anrufen”, “rufen Sie in Not sofort 112 an”, “le 3114 répond”.
    fn is_dialled_by_what_follows(&self, text: &str, words: &[Word], listed: &Words) -> bool {
        if words.first().is_some_and(|last| listed.bounds.contains(&last.as_str())) {
            return false;
        }
        let after = clause(&text[self.end..]);
        let goes_on_with = |wording: &&str| {
            let rest = after.strip_prefix(*wording);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        let begins = |verb: &str| words.iter().any(|word| word.as_str() == verb);
        let ends = |particle: &str| after.rsplit(char::is_whitespace).next() == Some(particle);
        listed.dial_after.iter().any(goes_on_with)
            || !is_noun_next(&text[self.end..])
                && listed.dial_around.iter().any(|(verb, particle)| begins(verb) && ends(particle))
    }

    /// Whether the word or sign after it is something that it counts.
    fn is_count(&self, text: &str, listed: &Words) -> bool {
        let after = &text[self.end..];
        after.trim_start().starts_with(['%', '€', '$', '£', '°'])
            || next_word(after).is_some_and(|next| listed.counted.contains(&next.as_str()))
    }

    fn figures(&self) -> usize {
        self.groups.iter().map(String::len).sum()
    }

    /// Whether its form is that of a date, a decimal, a version, a scale or a row of numbers.
    fn is_something_else(&self) -> bool {
        if self.plus {
            return false;
        }
        let mixed = |kind| self.between.contains(&kind) && self.between.iter().any(|between| *between != kind);
        let dots = self.between.first() == Some(&Between::Dot);
        let decimal = dots && self.groups.len() == 2 && self.groups[0].len() < 3;
        let scale = self.groups[1..].iter().any(|group| group.len() == 1) && !self.begins_like_free_number();
        let fractions = self.between.contains(&Between::Slash) && self.groups.len() > 2 && !self.has_area_code();
        let day_and_month = self.between == [Between::Slash] && self.groups.iter().all(|group| group.len() < 3);
        mixed(Between::Dot)
            || decimal
            || fractions
            || day_and_month
            || scale
            || self.is_date()
            || self.is_span_of_time()
    }

    /// Whether longer groups follow a prefix such as 0800, so that one figure by itself makes it no scale: `0800 111 0 111`.
    fn begins_like_free_number(&self) -> bool {
        let longer = self.groups[1..].iter().filter(|group| group.len() > 2).count();
        self.groups[0].len() > 3 && self.groups[0].starts_with('0') && longer > 1
    }

    /// Whether its first group is set off as Germans do: `030 / 12 34 56 78`.
    fn has_area_code(&self) -> bool {
        let slashes = self.between.iter().filter(|between| **between == Between::Slash).count();
        let [area, ..] = &self.groups[..] else { return false };
        self.between.first() == Some(&Between::Slash) && slashes == 1 && area.len() > 2 && area.starts_with('0')
    }

    /// Day, month and year in any order that people write.
    fn is_date(&self) -> bool {
        let [first, second, third] = &self.groups[..] else { return false };
        let number = |group: &String| group.parse::<u32>().unwrap_or(u32::MAX);
        let (year, others) = match (first.len(), third.len()) {
            (4, 1..=2) => (first, [second, third]),
            (1..=2, 4) => (third, [first, second]),
            _ => return false,
        };
        let fits = |group: &&String| group.len() <= 2 && (1..=31).contains(&number(group));
        is_year(year) && others.iter().all(fits) && others.iter().any(|group| number(group) <= 12)
    }

    /// Hours such as `0900-1700`.
    fn is_span_of_time(&self) -> bool {
        self.between == [Between::Dash] && self.groups.iter().all(|group| is_time(group))
    }

    fn is_year_or_time(&self) -> bool {
        self.groups.iter().all(|group| is_year(group)) || self.groups.len() == 1 && is_time(&self.groups[0])
    }
}

/// What stands before the next group of figures, and how long it is; nothing when no figure follows.
fn between(text: &str) -> Option<(Between, usize)> {
    let mut kind = Between::Space;
    for (count, (at, c)) in text.char_indices().enumerate() {
        match c {
            _ if figure(c).is_some() && count > 0 => return Some((kind, at)),
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' if count < 3 => {}
            '-' | '\u{2011}' | '.' | '/' | '(' | ')'
                if count < 3 && matches!(kind, Between::Space | Between::Bracket) =>
            {
                kind = match c {
                    '.' => Between::Dot,
                    '/' => Between::Slash,
                    '(' | ')' => Between::Bracket,
                    _ if kind == Between::Bracket => Between::Bracket,
                    _ => Between::Dash,
                };
            }
            _ => return None,
        }
    }
    None
}

/// Whether words, the last one first, lead to a number that is rung: “ring”, “ring us on”, “ring Samaritans”.
fn leads_to_number(words: &[Word], listed: &Words) -> bool {
    let Some(last) = words.first() else { return false };
    let dials = |words: &[Word]| (0..words.len()).any(|end| dials(&words[end..], listed));
    let is_choice = listed.or.contains(&last.as_str());
    let is_rung = || words[1..].iter().any(|word| listed.rung.contains(&word.as_str()));
    self::dials(words, listed)
        || listed.dial_on.contains(&last.as_str()) && dials(&words[1..])
        || is_choice && (dials(&words[1..]) || is_rung())
        || last.is_name && (1..words.len().min(WORDS_OF_NAME)).any(|end| self::dials(&words[end..], listed))
}

/// Whether little but a word such as “le” stands between one that dials and the number: “appelez-nous avant le 15” is a date.
fn leads_straight_to_number(words: &[Word], listed: &Words) -> bool {
    let Some(last) = words.first() else { return false };
    let is_rung = |word: Option<&Word>| word.is_some_and(|word| listed.rung.contains(&word.as_str()));
    if !listed.dial_on.contains(&last.as_str()) {
        return is_rung(words.first());
    }
    // “Appelez immédiatement le 15”.
    let adverbs = words[1..].iter().take_while(|word| word.as_str().ends_with("ment")).count();
    let earlier = &words[1 + adverbs..];
    // “Contactez-nous le 15” is a date as well.
    let rings_us = earlier.first().is_some_and(|word| word.as_str().contains('-'));
    dials(words, listed) || is_rung(earlier.first()) || !rings_us && dials(earlier, listed)
}

/// Whether the first of these words, which are the last ones of a text, end a wording that dials.
fn dials(words: &[Word], listed: &Words) -> bool {
    let mut wordings = listed.dial.iter();
    wordings.any(|wording| {
        let mut words = words.iter().map(Word::as_str);
        wording.split(' ').rev().all(|word| words.next() == Some(word))
    })
}

/// Whether nothing stands between two numbers but what leads from one to the next, as in “999 or 112”, “999, 112” or “la 112 o la 113”.
fn goes_on(between: &str, listed: &Words) -> bool {
    let between = between.to_lowercase();
    let mut words = between.split([' ', '\u{a0}', ',']).filter(|word| !word.is_empty()).peekable();
    let joined = words.next_if(|word| listed.or.contains(word) || listed.and.contains(word)).is_some();
    if joined {
        words.next_if(|word| listed.dial_on.contains(word));
    }
    words.next().is_none()
}

/// What a text goes on with until its clause ends, in lower case.
fn clause(text: &str) -> String {
    text.split(['.', ',', ';', ':', '!', '?', '(']).next().unwrap_or_default().trim().to_lowercase()
}

/// Whether a word with a capital follows, which counts what it names in languages that write nouns so.
fn is_noun_next(text: &str) -> bool {
    text.trim_start().starts_with(char::is_uppercase)
}

/// Whether a name, a colon or a bracket stands right before a place.
fn is_named_before(text: &str, place: usize) -> bool {
    let before = text[..place].trim_end();
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    before.ends_with([':', '(']) || word.starts_with(char::is_uppercase) && word.ends_with(char::is_alphanumeric)
}

fn is_year(group: &str) -> bool {
    group.len() == 4 && group.parse().is_ok_and(|year: u32| (1700..=2199).contains(&year))
}

fn is_time(group: &str) -> bool {
    let part = |range: Range<usize>| group.get(range).and_then(|part| part.parse::<u32>().ok());
    group.len() == 4 && part(0..2).is_some_and(|hour| hour < 24) && part(2..4).is_some_and(|minute| minute < 60)
}

/// A word before a number.
struct Word {
    lower: String,
    /// Whether it may be a name.
    is_name: bool,
}

impl Word {
    fn of(written: &str) -> Self {
        let written = written.trim_matches(|c: char| !c.is_alphanumeric());
        Self { lower: written.to_lowercase().replace('’', "'"), is_name: written.starts_with(char::is_uppercase) }
    }

    fn as_str(&self) -> &str {
        &self.lower
    }
}

/// The last words of a text, the last one first, as far back as the start of their sentence.
fn words_before(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    // The French put a space before a colon.
    for word in text.split_whitespace().rev().filter(|word| *word != ":").take(WORDS_BEFORE) {
        let ends_sentence = word.ends_with(['.', '!', '?', ';']);
        // What stands right before the number is told in any case: it may be an abbreviation such as “Tel.”
        if ends_sentence && !words.is_empty() {
            break;
        }
        words.push(Word::of(word));
        if ends_sentence {
            break;
        }
    }
    words
}

/// The word that follows a space.
fn next_word(text: &str) -> Option<String> {
    let word: String =
        text.strip_prefix([' ', '\u{a0}', '\u{202f}'])?.chars().take_while(|c| c.is_alphanumeric()).collect();
    Some(word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::language;

    fn found(tag: &str, text: &str) -> Vec<String> {
        numbers(text, language::tests::named(tag)).into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn numbers_of_many_countries_are_found_by_their_form() {
        for number in [
            "0800 123 456",
            "0800 1111",
            "020 7946 0000",
            "(020) 7946 0000",
            "(020) 7946-0000",
            "0300-123-4567",
            "01632 960 001",
            "01632960001",
            "+44 20 7946 0000",
            "+44 (0)20 7946 0000",
            "+442079460000",
            "(+49) 30 1234567",
            "0049 30 1234567",
            "030/1234567",
            "030 / 1234567",
            "089 - 123456",
            "01 23 45 67 89",
            "01.23.45.67.89",
            "0 800 12 34 56",
            "044 123 45 67",
            "555-123-4567",
            "(555) 123-4567",
            "555.123.4567",
            "1-800-273-8255",
            "0800\u{a0}123\u{a0}456",
            "0800‑123‑456",
            "1800 247 247",
            "1800247247",
            "1800 66 66 66",
            "1800 55 1800",
            "1800 551 800",
            "1800-247-247",
            "1300 22 4636",
            "1850 60 90 90",
            "٠٨٠٠ ١٢٣ ٤٥٦",
        ] {
            for around in ["Help is at {}.", "{}", "Tel:{}", "our line ({}), day and night", "“{}”", "{}, any time"]
            {
                let text = around.replace("{}", number);
                assert_eq!(
                    found("xx", &text).concat().trim_matches(['(', ')']),
                    number.trim_matches(['(', ')']),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn short_numbers_are_found_by_the_words_before_them() {
        for (text, number) in [
            ("Call 111.", "111"),
            ("If it is urgent, ring 999 now.", "999"),
            ("Dial 112, wherever you are.", "112"),
            ("Call NHS 111 and choose option 2.", "111"),
            ("You can call Samaritans on 116 123 at night.", "116 123"),
            ("Text SHOUT to 85258.", "85258"),
            ("Phone Lifeline on 13 11 14 (day and night).", "13 11 14"),
            ("Tel. 5551 2340", "5551 2340"),
            ("Our helpline is 5551234.", "5551234"),
            ("Call or text 988 at any hour.", "988"),
            ("Use the crisis lines or 112.", "112"),
            ("Lifeline: 13 11 14.", "13 11 14"),
            ("Lifeline 13 11 14 is open day and night", "13 11 14"),
            ("Lifeline (13 11 14, day and night)", "13 11 14"),
            ("Samaritans (116 123)", "116 123"),
            ("Samaritans: 116 123.", "116 123"),
        ] {
            assert_eq!(found("en", text), [number], "{text}");
        }
        for (text, first, second) in [
            ("Ring 999 or 112.", "999", "112"),
            ("Ring 999, 112 or else go there.", "999", "112"),
            ("Call 111 and 999 at once.", "111", "999"),
            ("Call 0800-111-222 or 1800247247.", "0800-111-222", "1800247247"),
            ("Call (087) 9991234 or 999.", "(087) 9991234", "999"),
        ] {
            assert_eq!(found("en", text), [first, second], "{text}");
        }
        for (tag, text, number) in [
            ("de", "Die Krisentelefone oder 112 helfen.", "112"),
            ("fr", "Appelez le 3114, jour et nuit.", "3114"),
            ("de", "Sie erreichen uns Tel. 116 117.", "116 117"),
            ("es", "Llame al 024 si lo necesita.", "024"),
            ("it", "Chiama il 112 subito.", "112"),
        ] {
            assert_eq!(found(tag, text), [number], "{text}");
            assert_eq!(found("xx", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn numbers_are_found_in_the_wordings_of_each_language() {
        for (tag, text, number) in [
            ("de", "Rufen Sie 112 an.", "112"),
            ("de", "Rufen Sie die 112 an.", "112"),
            ("de", "Ruf die 110 an.", "110"),
            ("de", "Rufen Sie in Not sofort 116 117 an.", "116 117"),
            ("de", "Rufen Sie bei Gefahr bitte gleich 112 an, auch nachts.", "112"),
            ("de", "Wenn es eilt, sollten Sie jederzeit 112 anrufen.", "112"),
            ("de", "Die 112 hilft.", "112"),
            ("de", "Sie erreichen uns unter 5551234.", "5551234"),
            ("de", "Schreiben Sie eine SMS an 12345.", "12345"),
            ("de", "Kontakt: 030 / 12 34 56 78", "030 / 12 34 56 78"),
            ("de", "Die Nummer lautet 112.", "112"),
            ("de", "Die Telefonseelsorge (0800 111 0 111) hört zu.", "0800 111 0 111"),
            ("de", "Tel.: 0800/111 0 222", "0800/111 0 222"),
            ("fr", "Appelez le 15.", "15"),
            ("fr", "Appelez immédiatement le 15.", "15"),
            ("fr", "Appelez le SAMU au 15.", "15"),
            ("fr", "Pompiers : 18", "18"),
            ("it", "Il numero è 112.", "112"),
            ("fr", "Vous pouvez appeler le 18 à toute heure.", "18"),
            ("fr", "Contactez le 17.", "17"),
            ("fr", "Faites le 112.", "112"),
            ("fr", "Faites le 15\u{a0}!", "15"),
            ("fr", "Appelez-nous au 3114.", "3114"),
            ("fr", "Le 3114 répond jour et nuit.", "3114"),
            ("fr", "Envoyez un SMS au 114.", "114"),
            ("fr", "Tél. : 5551 2340", "5551 2340"),
            ("fr", "Numéro d’urgence : 112", "112"),
            ("es", "Llámenos al 912 345 678.", "912 345 678"),
            ("es", "Contacte con el 024.", "024"),
            ("es", "El 024 atiende día y noche.", "024"),
            ("es", "Llame a la línea 106.", "106"),
            ("es", "Envíe un mensaje al 55 1234 5678.", "55 1234 5678"),
            ("it", "Telefoni al 112.", "112"),
            ("it", "Chiamateci al 118.", "118"),
            ("it", "Contatti il 118.", "118"),
            ("it", "Chiami l’114.", "114"),
            ("it", "Faccia il 112.", "112"),
            ("it", "Il 112 risponde sempre.", "112"),
            ("it", "Numero verde: 800 123 456", "800 123 456"),
        ] {
            assert_eq!(found(tag, text), [number], "{text}");
        }
        for (tag, text, numbers) in [
            ("de", "Rufen Sie die 112 oder die 110 an.", ["112", "110"]),
            ("fr", "Appelez le 112 ou le 15.", ["112", "15"]),
            ("fr", "Appelez le 15 ou le 112.", ["15", "112"]),
            ("es", "Llame al 112 o al 024.", ["112", "024"]),
            ("it", "Chiami il 112 o il 118.", ["112", "118"]),
        ] {
            assert_eq!(found(tag, text), numbers, "{text}");
        }
    }

    #[test]
    fn other_figures_are_left_alone_in_each_language() {
        for (tag, text) in [
            ("en", "Ring us if your pulse is 120, or if 100 % of it hurts."),
            ("de", "Rufen Sie nach 15 Minuten noch einmal an."),
            ("de", "Rufen Sie nach 150 Minuten noch einmal an."),
            ("de", "Rufen Sie bei einem Puls über 120 sofort den Arzt an."),
            ("de", "Rufen Sie bei einem Puls unter 100 sofort den Arzt an."),
            ("de", "Rufen Sie uns am 12.03.2026 an. Rufen Sie ab 1030 an."),
            ("de", "Schreiben Sie 3 Dinge auf. Schreiben Sie 200 Wörter."),
            ("de", "Schicken Sie die SMS an 120 Personen, oder zählen Sie von 1 bis 100."),
            ("de", "Man kann von 1 bis 100 wählen. Siehe Seite 112, ISBN 978-3-16-148410-0."),
            ("de", "Nehmen Sie 150 mg, und rufen Sie dann jemanden an."),
            ("fr", "Faites 3 pauses. Faites 100 pas. Faites le 100 fois."),
            ("fr", "Appelez-nous avant le 15. Appelez le 15 mars. Contactez le 17 du mois Mme Petit."),
            ("de", "Mehr als 200 Anrufe kamen an. Dort rufen 300 von 1.000 an. Wählen Sie von 0 1 2 3 4."),
            ("fr", "Contactez-nous le 15 ou le 16. Votre prochain traitement le 15."),
            ("fr", "Appelez votre médecin le 15. Faites le point le 18. Appelez le 12."),
            ("fr", "Appelez-nous le 15/03. Appelez si votre tension est à 180, si le pouls est 120."),
            ("fr", "Sur 200 personnes, 120 vont mieux. Voir page 112. Prenez 150 mg."),
            ("es", "Contacte con 2 amigos. Contacte con 120 personas. Haga 100 pasos."),
            ("es", "Llame a 120 amigos. El mensaje llegó al 100 % de la clase, y a 300 personas más."),
            ("es", "Véase la página 112. Tome 150 mg. Lo dicen 120 de 300."),
            ("it", "Faccia 10 respiri. Faccia 100 passi. I contatti, 120 in tutto, sono pochi."),
            ("it", "Su 300 chiamate, 120 erano brevi. Ci sono telefoni 120 volte più cari."),
            ("it", "Il semaforo verde 120 non si vede. Vedi pagina 112, punteggio 100 su 120."),
        ] {
            assert_eq!(found(tag, text), [""; 0], "{text}");
        }
    }

    #[test]
    fn other_figures_are_left_alone() {
        for text in [
            "Between 1984 and 1990 it was tested.",
            "It was 1984-1990, 1984–1990, 1984 1990 2000.",
            "Take 10 mg, then 150 mg 3 times a day.",
            "From 0.5-1 mg up to 0.05 or 0.000125 mg.",
            "A pressure of 120/80.",
            "On 01/02/2026, 01.02.2026, 01-02-2026, 2026-11-22 or 1 2 2026.",
            "From 01.02.2026 - 03.04.2026.",
            "See doi:10.1001/jama.2010.1234 and 10.1177/0269881115580345.",
            "PMID 12345678, PMC 1234567, ISBN 978-0-465-09567-3, ISSN 0140-6736.",
            "ORCID 0000-0002-1825-0097.",
            "Pages 123-1234, 100–200, or 33-35.",
            "About 100-1000 people, 1,000-2,000 or 66 000 000.",
            "Open 0900-1700, 09:00 to 17:00, or 9.30 to 10.15.",
            "Circle one: 0 1 2 3 4 5 6 7 8 9 10.",
            "Version 1.2.3, section 4.5.6, or 127.0.0.1.",
            "Form HO-0800123456, #0800123456, id_0800123456.",
            "It costs £0800123456 or 0800123456%.",
            "https://clinic.example/0800123456 and a0800123456b.",
            "Call two people this week, for 30 minutes each.",
            "We rang 120 people. Call 100 people.",
            "You can call us for 12 weeks after session 16.",
            "Ring somebody. 120 people did.",
            "I will text them 200 words.",
            "Call back in 2026.",
            "They had 4 out of 10, or 400 out of 1,000.",
            "The text has 1200 words on 3 pages.",
            "Call at 1030 or 1800.",
            "Call somebody, or 150 minutes later, 200 people or 300 words.",
            "Ring 3 people or 120 minutes later.",
            "We reached 40 people by phone and 120 by post.",
            "Between 1800 and 1850, or 1800-1850, or 1800, 1300 and 1850.",
            "In 1800 247 people came. About 1800 000 000 people.",
            "About 1800 kcal, 1300-1800 kcal or 1800 1900 2000.",
            "On 1850 12 25 or 1800/247/247.",
            "Ages: 13 14 15. Pages (13 15 17). Weeks 13 12 11.",
            "There were 13 11 14 of them.",
            "In Sweden (116 456), and 116 123 people.",
            "In Norway: 116 123 people.",
            "It costs €1800 247 247, and ISBN 1800247247.",
            "It helps 1 in 3 people (33%; 95% CI 0.25-0.41).",
        ] {
            assert_eq!(found("en", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_number_is_known_with_and_without_its_country() {
        let same = |one: &str, other: &str| same(&figures(one), &figures(other));
        assert!(same("116 123", "116123") && same("116-123", "(116) 123"));
        assert!(same("+44 20 7946 0000", "020 7946 0000") && same("020 7946 0000", "0044 20 7946 0000"));
        assert!(same("+1 555 123 4567", "555-123-4567") && same("+44 116 123", "116 123"));
        assert!(same("٠٨٠٠ ١٢٣", "0800 123"));
        assert!(!same("116 123", "116 124") && !same("111", "0111") && !same("+44 20 7946 0000", "946 0000"));
    }

    #[test]
    fn no_text_is_too_strange() {
        for text in [
            "",
            "+",
            "(",
            "0",
            "((((0800))))",
            "+(0)-.-/",
            "1 ",
            "é0é8é",
            "0800 –",
            "(+",
            "٠",
            "0 - - - 1",
            "( 0800 (1) 2",
        ] {
            numbers(text, language::tests::named("en"));
            assert_eq!(may_hold(text), text.chars().any(|c| figure(c).is_some()), "{text}");
        }
    }
}
