//! Days as people write them, where TOML wants year-month-day.

use jiff::civil::Date;

use super::shape::EXAMPLE_DATE;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The day that words name, if they can mean no other: `1 October 2026`, `October 1st, 2026`, `22.11.2026`, but not `1/10/2026`.
pub(super) fn meant(words: &str) -> Option<Date> {
    let parts: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts[..] else { return None };
    if let Some(year) = year(first) {
        return date(year, month(second)?, day(third)?);
    }
    let year = year(third)?;
    let day_first = || date(year, month(second)?, day(first)?);
    let month_first = || date(year, month(first)?, day(second)?);
    match (day_first(), month_first()) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other),
    }
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn year(written: &str) -> Option<i16> {
    written.parse().ok().filter(|_| written.len() == 4)
}

fn month(written: &str) -> Option<i8> {
    let lower = written.to_lowercase();
    let named = MONTHS.iter().position(|month| lower.len() >= 3 && month.starts_with(&lower));
    named.map_or_else(|| written.parse().ok(), |named| i8::try_from(named + 1).ok())
}

/// A number, perhaps as in `1st`.
fn day(written: &str) -> Option<i8> {
    let ends = ["st", "nd", "rd", "th"];
    ends.iter().find_map(|end| written.strip_suffix(end)).unwrap_or(written).parse().ok()
}

/// What is wrong with what looks like a date and is none, and how to mend it.
pub(super) fn impossible(written: &str) -> (String, String) {
    let mut parts = written.get(..10).unwrap_or(written).splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next().flatten(), parts.next().flatten(), parts.next().flatten());
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return (
            format!("`{written}` is not a date"),
            format!("Write it as year-month-day, such as `{EXAMPLE_DATE}`."),
        );
    };
    let first_of_month =
        i16::try_from(year).ok().zip(i8::try_from(month).ok()).and_then(|(year, month)| date(year, month, 1));
    let Some(first_of_month) = first_of_month else {
        let hint = match (month, day) {
            (13..=31, 1..=12) => format!("The month comes before the day: `{year:04}-{day:02}-{month:02}`."),
            _ => format!("Write the date as year-month-day, such as `{EXAMPLE_DATE}`."),
        };
        return (format!("`{written}` is not a date: there is no month {month}"), hint);
    };
    let last = i64::from(first_of_month.days_in_month());
    if (1..=last).contains(&day) {
        return (
            format!("`{written}` is not a date as it is written here"),
            format!("Month and day have two digits: `{year:04}-{month:02}-{day:02}`."),
        );
    }
    (
        format!("`{written}` is not a date: {} has {last} days", first_of_month.strftime("%B %Y")),
        format!("The last day of that month is `{year:04}-{month:02}-{last:02}`."),
    )
}
