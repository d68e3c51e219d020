//! Where rules about pages for patients draw the line. That each finds its fault at all is shown by its own page.

use std::sync::Arc;

use psychoed::diagnostic::Diagnostic;
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Memo, Options, build};

const CONFIG: &str = r#"title = "Clinic"
language = "en-GB"
region = "GB"

[organisation]
phone = "020 7946 0000"

[[crisis-lines]]
region = "GB"
name = "Samaritans"
number = "116 123"
checked = 2026-11-01

[[crisis-lines]]
region = "AU"
name = "Lifeline"
number = "13 11 14"
"#;

/// What a rule finds on a page: the words it points at, and what it says.
fn found_in(config: &str, rule: &str, page: &str) -> Vec<(String, String)> {
    let files = [("site-config.toml", config), ("content/page.md", page)];
    let files = files.map(|(path, text)| (SitePath::new(path), text.as_bytes().into())).into_iter().collect();
    let facts = Facts::on(jiff::civil::date(2026, 11, 22));
    let built = build(&Arc::new(Sources { files }), &facts, &Options::default(), &mut Memo::default());
    let of_rule = built.diagnostics.into_iter().filter(|found| found.rule == rule);
    let text = |found: &Diagnostic| if found.at.path.as_str() == Sources::CONFIG { config } else { page };
    of_rule.map(|found| (text(&found)[found.at.span.start..found.at.span.end].to_owned(), found.message)).collect()
}

fn page(kind: &str, keys: &str, body: &str) -> String {
    format!("+++\nkind = \"{kind}\"\nid = \"P\"\ntitle = \"Grief\"\n{keys}+++\n\n{body}\n")
}

/// How often a rule finds something in a handout.
fn count(rule: &str, body: &str) -> usize {
    found_in(CONFIG, rule, &page("handout", "", body)).len()
}

/// So many words in sentences of ten.
fn words(number: usize) -> String {
    (1..=number).map(|word| if word % 10 == 0 { "talk. " } else { "talk " }).collect()
}

/// A rule, a body in which it finds something, how often, and a body in which it does not.
fn draws_the_line(rule: &str, cases: &[(&str, usize)]) {
    for (body, expected) in cases {
        assert_eq!(count(rule, body), *expected, "{rule}: {body}");
    }
}

#[test]
fn what_clinicians_alone_see_counts_for_nothing() {
    let message = ":::key-message\nx\n:::\n";
    draws_the_line(
        "main-message-count",
        &[
            (message, 0),
            (&format!(":::clinician\nFor you.\n:::\n\n{message}"), 0),
            (&format!("{message}\n:::clinician\n{message}:::\n"), 0),
            (&format!(":::clinician\n{message}:::\n"), 1),
            (&format!("Hello.\n\n{message}"), 1),
            (&format!("## Grief\n\n{message}"), 1),
            (&format!("{message}\n{message}\n{message}"), 2),
        ],
    );
    draws_the_line(
        "action-missing",
        &[
            (":::steps\n1. x\n:::", 0),
            (":::checklist\n- x\n:::", 0),
            ("1. x", 1),
            (":::clinician\n:::steps\n1. x\n:::\n:::", 1),
        ],
    );
    draws_the_line(
        "phone-number-in-text",
        &[(":::clinician\nRing 0800 123 4567.\n:::", 0), ("Ring 0800 123 4567.", 1)],
    );
    let long = words(150);
    draws_the_line(
        "headings-too-far",
        &[
            (&format!("{long}\n\n:::clinician\n{long}\n:::"), 0),
            (&format!("{long}\n\n:::clinician\n## x\n:::\n\n{long}"), 1),
        ],
    );
}

#[test]
fn only_pages_for_patients_are_held_to_their_rules() {
    let clinician = "audience = [\"clinician\"]\n";
    for (rule, body) in [
        ("main-message-count", String::new()),
        ("action-missing", String::new()),
        ("summary-missing", words(500)),
        ("headings-too-far", words(500)),
        ("steps-too-many", format!(":::steps\n{}:::", "1. x\n".repeat(9))),
        ("phone-number-in-text", "Ring 0800 123 4567.".to_owned()),
    ] {
        assert_eq!(found_in(CONFIG, rule, &page("handout", "", &body)).len(), 1, "{rule}");
        assert_eq!(found_in(CONFIG, rule, &page("handout", clinician, &body)), [], "{rule}");
    }
}

#[test]
fn limits_are_where_they_are_said_to_be() {
    let table = format!("| a |\n|---|\n| {} |", words(100));
    let note = format!("x[^n]\n\n[^n]: {}", words(100));
    draws_the_line(
        "headings-too-far",
        &[
            (&words(200), 0),
            (&words(201), 1),
            (&format!("{}\n\n## x\n\n{}", words(200), words(200)), 0),
            (&format!("{}\n\n- {}\n\n:::note\n{}\n:::", words(80), words(80), words(80)), 1),
            (&format!("{}\n\n{table}", words(200)), 0),
            (&format!("{}\n\n{note}", words(199)), 0),
        ],
    );
    let steps = |number: usize| format!(":::steps\n{}:::", "1. x\n".repeat(number));
    draws_the_line("steps-too-many", &[(&steps(7), 0), (&steps(8), 1), (&"1. x\n".repeat(9), 0)]);
    let long = words(401);
    draws_the_line(
        "summary-missing",
        &[
            (&words(400), 0),
            (&long, 1),
            (&format!("{long}\n\n## In short\n\n- x"), 0),
            (&format!("{long}\n\n## In short\n\n- x\n\n### y\n\nx\n\n## This week\n\n### y\n\nx"), 0),
            (&format!("## In short\n\n- x\n\n## y\n\n{long}\n\n## This week\n\nx"), 1),
            ("## In short\n\n- x\n\n## y\n\nx\n\n## z\n\nx", 0),
            (&format!("{long}\n\n:::clinician\n## In short\n\nx\n:::"), 1),
        ],
    );
}

#[test]
fn a_summary_is_asked_for_in_the_languages_whose_headings_are_known() {
    let handout = |heading: &str| page("handout", "", &format!("{}\n\n## {heading}\n\nx", words(450)));
    let found =
        |tag: &str, heading: &str| found_in(&CONFIG.replace("en-GB", tag), "summary-missing", &handout(heading)).len();
    assert_eq!((found("en", "In short"), found("en", "En bref")), (0, 1));
    assert_eq!((found("fr-CA", "En bref"), found("fr-CA", "In short")), (0, 1));
    assert_eq!((found("de", "Kurz gesagt"), found("it", "In breve"), found("es-MX", "En resumen")), (0, 0, 0));
    assert_eq!(found("pl", "x"), 0);
}

#[test]
fn telephone_numbers_are_those_of_the_configuration() {
    let found = |keys: &str, body: &str| found_in(CONFIG, "phone-number-in-text", &page("handout", keys, body));
    for fine in [
        "Ring Samaritans on 116 123, or +44 116 123.",
        "Ring us on (020) 7946 0000 or +44 20 7946 0000.",
        "[Samaritans](tel:116123) or [us](tel:+442079460000).",
        "It was 1984 [@x] 1990[^1] 2000.\n\n[^1]: x",
    ] {
        assert_eq!(found("", fine), [], "{fine}");
    }
    let text = |number: &str| format!("the telephone number “{number}” stands in a text for patients");
    assert_eq!(found("", "Ring **0800 123 4567**."), [("0800 123 4567".to_owned(), text("0800 123 4567"))]);
    assert_eq!(found("", "Ring [us](tel:0800%20123;ext=4)."), [("tel:0800%20123;ext=4".to_owned(), text("0800 123"))]);
    let both = found("", "Ring [0800 123 456](tel:0800123456).");
    assert_eq!(both, [("0800 123 456".to_owned(), text("0800 123 456"))]);
    assert_eq!(found("summary = \"Ring 999.\"\n", "x"), [("999".to_owned(), text("999"))]);
    let elsewhere = "“13 11 14” is a crisis line of AU, and these pages are for GB".to_owned();
    assert_eq!(found("", "Ring Lifeline on 13 11 14."), [("13 11 14".to_owned(), elsewhere)]);
    let term = "+++\nkind = \"term\"\ntitle = \"Help\"\nplain = \"Call 111\"\n+++\n\nx\n";
    assert_eq!(found_in(CONFIG, "phone-number-in-text", term), [("111".to_owned(), text("111"))]);
    let french = CONFIG.replace("en-GB", "fr");
    let handout = page("handout", "", "Appelez le 3114. Call 111.");
    assert_eq!(found_in(&french, "phone-number-in-text", &handout), [("3114".to_owned(), text("3114"))]);
    let polish = CONFIG.replace("en-GB", "pl");
    assert_eq!(found_in(&polish, "phone-number-in-text", &page("handout", "", "+48 22 123 45 67, 112")).len(), 1);
}

#[test]
fn captions_are_asked_for_where_a_picture_stands_by_itself() {
    draws_the_line(
        "figure-caption-missing",
        &[
            (":::figure\n![x y](a.svg)\n:::", 1),
            (":::figure\n![x y](a.svg)\n\nA caption.\n:::", 0),
            (":::figure\n![x y](a.svg)\nA caption.\n:::", 0),
            (":::figure\n![x y](a.svg) ![x z](b.svg)\n:::", 1),
            ("![x y](a.svg)", 1),
            ("Look: ![x y](a.svg)", 0),
            ("- ![x y](a.svg)", 1),
        ],
    );
    assert_eq!(found_in(CONFIG, "figure-caption-missing", &page("page", "", "![x y](a.svg)")), []);
    assert_eq!(
        found_in(CONFIG, "figure-caption-missing", &page("module", "", ":::figure\n![x y](a.svg)\n:::")).len(),
        1
    );
}

#[test]
fn blanks_of_a_starter_are_found_whole_and_drafts_may_have_them() {
    let body = "[Write here: x `[@key]` y.] and [Write here: open\n\n`[Write here: a]`\n\n```\n[Write here: b]\n```";
    let found = |keys: &str| {
        let found = found_in(CONFIG, "guidance-left", &page("handout", keys, body));
        found.into_iter().map(|(at, _)| at).collect::<Vec<_>>()
    };
    assert_eq!(
        found("summary = \"[Write here: s]\"\n"),
        ["[Write here: s]", "[Write here: x `[@key]` y.]", "[Write here: open"]
    );
    assert_eq!(found("draft = true\n"), [""; 0]);
    assert_eq!(found("publish-on = 2027-01-01\n").len(), 2);
}

#[test]
fn values_of_a_starter_that_nobody_filled_in_are_found_in_pages_and_configuration() {
    let keys =
        "authors = [\"…\"] # \"…\"\n# summary = \"…\"\nreviewers = [{ name = \"Ann … Lee\", role = \" ... \" }]\n";
    let found = |config: &str, keys: &str| found_in(config, "guidance-left", &page("handout", keys, "And so on …"));
    let left = |value: &str, key: &str| (value.to_owned(), format!("the starter's “…” still stands for `{key}`"));
    assert_eq!(found(CONFIG, keys), [left("\"…\"", "authors"), left("\" ... \"", "role")]);
    assert_eq!(found(CONFIG, &format!("{keys}draft = true\n")), []);
    let config = format!(
        "{CONFIG}\n# name = \"…\"\n[[crisis-lines]]\nregion = \"IE\"\nname = \"…\"\nnumber = '…'\nhours = \"Mon … Fri\"\n"
    );
    assert_eq!(found(&config, ""), [left("\"…\"", "name"), left("'…'", "number")]);
}
