//! Telephone numbers in the texts of patients.

use super::{page, told};

/// Which numbers are told of, each with the message.
fn told_of(body: &str) -> Vec<[String; 2]> {
    let page = page("Help", "audience = \"patient\"\n", body);
    let config = "title = \"S\"\nlanguage = \"en-IE\"\nregion = \"IE\"\n";
    let mut told = told(&[("content/a.md", &page), ("site-config.toml", config)]);
    told.retain(|[rule, ..]| rule == "phone-number-in-text");
    told.into_iter().map(|[_, at, message, _]| [at, message]).collect()
}

#[track_caller]
fn numbers_are(body: &str, numbers: &[&str]) {
    let expected: Vec<_> = numbers
        .iter()
        .map(|number| [(*number).to_owned(), format!("the telephone number “{number}” stands in a text for patients")])
        .collect();
    assert_eq!(told_of(body), expected, "{body}");
}

#[test]
fn numbers_of_ireland_and_australia_are_told_wherever_they_stand() {
    for body in ["Pieta (1800 247 247)", "Pieta: 1800 247 247.", "1800 247 247", "- **Pieta** 1800 247 247"] {
        numbers_are(body, &["1800 247 247"]);
    }
    numbers_are("Childline 1800 66 66 66", &["1800 66 66 66"]);
    numbers_are("Lifeline: 13 11 14.", &["13 11 14"]);
    numbers_are("Kids Helpline 1800 55 1800, Beyond Blue 1300 22 4636", &["1800 55 1800", "1300 22 4636"]);
}

#[test]
fn each_of_several_numbers_is_told_in_its_own_place() {
    numbers_are("Ring 999 or 112.", &["999", "112"]);
    numbers_are("Use the crisis lines or 112.", &["112"]);
    numbers_are("Call 0800-111-222 or 1800247247.", &["0800-111-222", "1800247247"]);
    numbers_are("Call (087) 9991234. Ring 999 or 112.", &["(087) 9991234", "999", "112"]);
    numbers_are("Call (087) 9991234, then 999, then call 123.", &["(087) 9991234", "123"]);
}
