//! Dates as BibLaTeX (EDTF) and BibTeX write them into CSL dates.

use serde_json::{Value, json};

use super::latex;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// What a `date` field says: `2010-06-02`, `1953/1956`, `2012-03/`, `1621~`, `2004-21` (spring).
pub(super) fn edtf(value: &str) -> Option<Value> {
    let plain = latex::verbatim(value).replace("--", "/").replace(['–', '—'], "/");
    let (start, end) = match plain.split_once('/') {
        Some((start, end)) => (start.trim(), Some(end.trim())),
        None => (plain.trim(), None),
    };
    let about = |text: &str| text.ends_with(['~', '?', '%']);
    let circa = about(start) || end.is_some_and(about);
    let first = date_parts(start)?;
    let parts = match end {
        None => vec![first],
        // A range without an end goes on; CSL says so with an empty date.
        Some("" | "..") => vec![first, vec![0]],
        Some(end) => vec![first, date_parts(end)?],
    };
    Some(date(parts, circa))
}

/// What the fields `year`, `month` and `day` say together. A year in words, such as `in press`, comes back as words.
pub(super) fn year_month_day(written: &str, month: Option<&str>, day: Option<&str>) -> Option<Value> {
    let year = latex::plain(written);
    let words = year.trim();
    let lower = words.to_lowercase();
    let number =
        ["c.", "ca.", "circa", "about"].iter().find_map(|about| lower.strip_prefix(about)).unwrap_or(&lower).trim();
    let circa = number.len() < lower.len() || number.contains('?') || latex::verbatim(written).ends_with('~');
    let years: Vec<i64> = number
        .trim_matches(|c: char| "?~[]()".contains(c))
        .split(['/', '–', '—'])
        .flat_map(|part| if part.starts_with('-') { vec![part] } else { part.split('-').collect() })
        .map(|part| part.trim().parse::<i64>().ok().filter(|year| year.abs() < 10_000))
        .collect::<Option<_>>()
        .unwrap_or_default();
    match years.as_slice() {
        [start] => {
            let months = month.map(months).unwrap_or_default();
            let day =
                day.and_then(|day| latex::plain(day).trim().parse::<i64>().ok()).filter(|day| (1..=31).contains(day));
            let parts = match months.as_slice() {
                [] => vec![vec![*start]],
                [(month, written)] => {
                    let day = day.or(*written);
                    vec![[Some(*start), Some(*month), day].into_iter().flatten().collect()]
                }
                [(first, _), .., (last, _)] => vec![vec![*start, *first], vec![*start, *last]],
            };
            Some(date(parts, circa))
        }
        [start, end] => {
            // `2012-13`
            let end = if *end < 100 && *start >= 100 { start - start % 100 + end } else { *end };
            Some(date(vec![vec![*start], vec![end]], circa))
        }
        _ if words.is_empty() => None,
        _ => Some(json!({ "literal": words })),
    }
}

fn date(parts: Vec<Vec<i64>>, circa: bool) -> Value {
    if circa { json!({ "date-parts": parts, "circa": true }) } else { json!({ "date-parts": parts }) }
}

/// `2010`, `2010-06`, `2010-06-02`, `2010-06-02T10:00`, with a sign of doubt behind it perhaps.
fn date_parts(text: &str) -> Option<Vec<i64>> {
    let text = text.split('T').next().unwrap_or_default().trim_end_matches(['~', '?', '%']);
    let (before_christ, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text),
    };
    let mut parts = Vec::new();
    for (place, part) in text.split('-').enumerate() {
        let digits = !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let number = if digits { part.parse::<i64>().ok()? } else { return unspecified(part, parts) };
        let fits = match place {
            0 => true,
            1 => (1..=12).contains(&number) || (21..=24).contains(&number),
            2 => (1..=31).contains(&number),
            _ => false,
        };
        if !fits {
            return None;
        }
        parts.push(if place == 0 && before_christ { -number } else { number });
    }
    Some(parts)
}

/// `2010-XX`: what is not known is left out.
fn unspecified(part: &str, known: Vec<i64>) -> Option<Vec<i64>> {
    (!known.is_empty() && part.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'x'))).then_some(known)
}

/// Months named or numbered, one or a range, each with a day if one stands beside it (`10~March`).
fn months(value: &str) -> Vec<(i64, Option<i64>)> {
    let plain = latex::plain(value).to_lowercase();
    let parts = plain.split(['/', '–', '—', '-']);
    parts
        .filter_map(|part| {
            let mut month = None;
            let mut number = None;
            for word in part.split(|c: char| c.is_whitespace() || ".,".contains(c)).filter(|word| !word.is_empty()) {
                let named = MONTHS.iter().position(|short| word.starts_with(short)).map(|index| index as i64 + 1);
                month = month.or(named);
                number = number.or(word.parse::<i64>().ok());
            }
            match (month, number) {
                (Some(month), day) => Some((month, day.filter(|day| (1..=31).contains(day)))),
                (None, Some(month)) => (1..=12).contains(&month).then_some((month, None)),
                (None, None) => None,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edtf_dates() {
        for (written, expected) in [
            ("2010", r#"{"date-parts":[[2010]]}"#),
            ("2010-06-02", r#"{"date-parts":[[2010,6,2]]}"#),
            ("2010-06-02T10:11:12Z", r#"{"date-parts":[[2010,6,2]]}"#),
            ("1953/1956", r#"{"date-parts":[[1953],[1956]]}"#),
            ("2012-03/", r#"{"date-parts":[[2012,3],[0]]}"#),
            ("1621~", r#"{"date-parts":[[1621]],"circa":true}"#),
            ("2004-21", r#"{"date-parts":[[2004,21]]}"#),
            ("-0044", r#"{"date-parts":[[-44]]}"#),
            ("2004-XX", r#"{"date-parts":[[2004]]}"#),
        ] {
            assert_eq!(edtf(written), Some(serde_json::from_str(expected).unwrap()), "for {written}");
        }
        for nonsense in ["", "soon", "2010-13", "2010-02-40", "20100", "2010-01-01-01", "99999999999999999999", "/"] {
            assert_eq!(edtf(nonsense), None, "for {nonsense}");
        }
    }

    #[test]
    fn years_with_months() {
        for (year, month, day, expected) in [
            ("1991", None, None, r#"{"date-parts":[[1991]]}"#),
            ("1991", Some("March"), None, r#"{"date-parts":[[1991,3]]}"#),
            ("1991", Some("10~March"), None, r#"{"date-parts":[[1991,3,10]]}"#),
            ("1991", Some("5"), Some("4"), r#"{"date-parts":[[1991,5,4]]}"#),
            ("1991", Some("Mar/Apr"), None, r#"{"date-parts":[[1991,3],[1991,4]]}"#),
            ("2012--2013", None, None, r#"{"date-parts":[[2012],[2013]]}"#),
            ("2012-13", None, None, r#"{"date-parts":[[2012],[2013]]}"#),
            ("circa 1621", None, None, r#"{"date-parts":[[1621]],"circa":true}"#),
            ("[1999?]", None, None, r#"{"date-parts":[[1999]],"circa":true}"#),
            ("in press", None, None, r#"{"literal":"in press"}"#),
        ] {
            assert_eq!(year_month_day(year, month, day), Some(serde_json::from_str(expected).unwrap()), "for {year}");
        }
        assert_eq!(year_month_day(" ", None, None), None);
    }
}
