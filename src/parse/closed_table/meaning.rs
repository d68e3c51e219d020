//! What an author must have meant by a value that is not written as TOML wants it.

use super::dates;
use super::shape::{ValueShape, Values};

/// The longest run of numbers that is written out: `1-3` is, two far apart are a mistake of another sort.
const LONGEST_RUN: i64 = 50;

/// How a value has to be written.
pub(super) enum Rewritten {
    /// Like this: it says the same.
    Same(String),
    /// In this way, of which this is an example: what was written cannot be told.
    Such(&'static str, String),
}

/// How what was written is to be written where such values stand; `None` when it can only be text.
pub(super) fn rewritten(values: &Values, written: &str) -> Option<Rewritten> {
    let such = |words| Some(Rewritten::Such(words, values.example("…")));
    match values.all().first()? {
        ValueShape::Date => match dates::meant(written) {
            Some(date) => Some(Rewritten::Same(date.to_string())),
            None => such("the date as year-month-day"),
        },
        ValueShape::Integer(..) => match numbers(written)[..] {
            [number] => Some(Rewritten::Same(number.to_string())),
            _ => such("a whole number"),
        },
        ValueShape::Number => such("a number"),
        ValueShape::Boolean => match as_boolean(written) {
            Some(value) => Some(Rewritten::Same(value.to_string())),
            None => such("`true` or `false`"),
        },
        ValueShape::List(items) => match items.all().first() {
            Some(ValueShape::Integer(..)) => match joined(&numbers(written)) {
                Some(numbers) => Some(Rewritten::Same(format!("[{numbers}]"))),
                None => such("whole numbers in square brackets"),
            },
            Some(ValueShape::Text | ValueShape::Word(_)) => {
                let texts: Vec<String> = written.split(',').map(|text| format!("\"{}\"", bare(text))).collect();
                Some(Rewritten::Same(format!("[{}]", texts.join(", "))))
            }
            _ => Some(Rewritten::Same(values.example(&bare(written)))),
        },
        ValueShape::Table(_) => Some(Rewritten::Same(values.example(&bare(written)))),
        ValueShape::Text | ValueShape::Word(_) => None,
    }
}

/// `yes`, `off` and their like.
pub(super) fn as_boolean(written: &str) -> Option<bool> {
    match written.to_lowercase().as_str() {
        "yes" | "true" | "on" => Some(true),
        "no" | "false" | "off" => Some(false),
        _ => None,
    }
}

/// The whole numbers in a text, runs such as `1-3` written out; none when it is not clear which.
pub(super) fn numbers(written: &str) -> Vec<i64> {
    let mut numbers = Vec::new();
    for word in written.split(|c: char| c.is_whitespace() || ",;[]\"'".contains(c)) {
        if let Ok(number) = word.parse() {
            numbers.push(number);
        } else if let Some(run) = run(word) {
            numbers.extend(run);
        } else if word.contains(|c: char| c.is_ascii_digit()) {
            return Vec::new();
        }
    }
    numbers
}

fn run(word: &str) -> Option<std::ops::RangeInclusive<i64>> {
    let (first, last) = word.split_once(['-', '–'])?;
    let (first, last): (i64, i64) = (first.parse().ok()?, last.parse().ok()?);
    (first < last && last - first <= LONGEST_RUN).then_some(first..=last)
}

/// Numbers as a list has them.
pub(super) fn joined(numbers: &[i64]) -> Option<String> {
    let words: Vec<String> = numbers.iter().map(i64::to_string).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The words of a text without what stands around them, ready to stand between quotation marks.
fn bare(written: &str) -> String {
    let words = written.trim_matches(|c: char| c.is_whitespace() || "\"'“”„‘’«»".contains(c));
    if words.is_empty() { "…".to_owned() } else { escaped(words) }
}

/// A text as it stands between quotation marks.
pub(super) fn escaped(words: &str) -> String {
    words.replace("\\\"", "\"").replace('"', "\\\"")
}
