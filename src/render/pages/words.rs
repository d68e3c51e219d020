//! Dates and numbers as people read them.

use jiff::civil::Date;

use crate::render::view::DateView;
use crate::theme::Words;

/// A date for people and for machines.
pub fn date(words: &Words, date: Date) -> DateView {
    let month = words.say(&format!("date.months.{}", date.month()));
    let day = if date.day() == 1 { words.say("date.first-day").to_owned() } else { date.day().to_string() };
    let year = date.year().to_string();
    DateView {
        iso: date.to_string(),
        text: words.fill("date.day", &[("day", &day), ("month", month), ("year", &year)]),
    }
}

/// `1 study`, `239 people`, `1,024 people`; `one` and `many` are names of [`Words`] in `count`.
pub fn counted(words: &Words, number: i64, one: &str, many: &str) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::from(if number < 0 { "−" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push_str(words.say("number.thousands"));
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", words.say(&format!("count.{}", if number == 1 { one } else { many })))
}

/// A measured value with at least two decimals, unless it counts something; never rounded.
pub fn measured(words: &Words, value: f64, counts: bool) -> String {
    let mut digits = value.abs().to_string();
    if !counts {
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        if decimals == 0 {
            digits.push('.');
        }
        digits.push_str(&"0".repeat(2_usize.saturating_sub(decimals)));
    }
    let digits = digits.replace('.', words.say("number.decimal"));
    if value < 0.0 { format!("−{digits}") } else { digits }
}

/// The number as `tel:` takes it. `None` when there are letters in it, since what is left may ring somebody else.
pub fn dialled(number: &str) -> Option<String> {
    if number.chars().any(char::is_alphabetic) {
        return None;
    }
    // The zero in brackets is for those who ring from within the country.
    let number = if number.trim_start().starts_with('+') { number.replace("(0)", "") } else { number.to_owned() };
    let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*')).collect();
    (!dialled.is_empty()).then(|| format!("tel:{dialled}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    fn in_language(tag: &str) -> Words {
        Words::of(&Theme::default(), tag)
    }

    #[test]
    fn dates_read_as_people_write_them() {
        let view = date(&in_language("en"), jiff::civil::date(2026, 11, 2));
        assert_eq!((view.iso.as_str(), view.text.as_str()), ("2026-11-02", "2 November 2026"));
        assert_eq!(date(&in_language("es"), jiff::civil::date(2026, 11, 2)).text, "2\u{a0}de noviembre de 2026");
        assert_eq!(date(&in_language("de-AT"), jiff::civil::date(2026, 3, 12)).text, "12.\u{a0}März 2026");
        let first = jiff::civil::date(2026, 3, 1);
        let firsts = ["en", "de", "es", "fr", "it"].map(|tag| date(&in_language(tag), first).text);
        assert_eq!(
            firsts,
            [
                "1 March 2026",
                "1.\u{a0}März 2026",
                "1\u{a0}de marzo de 2026",
                "1er\u{a0}mars 2026",
                "1º\u{a0}marzo 2026"
            ]
        );
    }

    #[test]
    fn numbers_are_grouped_and_never_rounded() {
        let words = in_language("en");
        assert_eq!(counted(&words, 1, "study", "studies"), "1 study");
        assert_eq!(counted(&words, 1_234_567, "person", "people"), "1,234,567 people");
        assert_eq!(measured(&words, 0.6, false), "0.60");
        assert_eq!(measured(&words, -0.125, false), "−0.125");
        assert_eq!(measured(&words, 2.0, false), "2.00");
        assert_eq!(measured(&words, 7.0, true), "7");
        let words = in_language("de");
        assert_eq!(counted(&words, 1_234_567, "person", "people"), "1.234.567 Personen");
        assert_eq!(measured(&words, -0.6, false), "−0,60");
    }

    #[test]
    fn numbers_with_letters_are_not_dialled() {
        assert_eq!(dialled("+44 (0)20 7946-0000").as_deref(), Some("tel:+442079460000"));
        assert_eq!(dialled("1-800-273-TALK"), None);
    }
}
