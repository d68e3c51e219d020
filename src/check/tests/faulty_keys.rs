//! A key that is written and faulty is told once, and nobody asks for it as if it were missing.

use super::*;

const KEYS: &str = "version = \"1\"\nauthors = [\"A\"]\nreviewers = [{ name = \"B\", role = \"C\" }]\nreviewed = 2026-01-01\n\
                    review-due = 2028-01-01\n";

/// What is told once `to` stands for `from` in the front matter of a page, and not before.
fn told_of(kind: &str, own_keys: &str, from: &str, to: &str) -> Vec<String> {
    let page = |keys: &str| format!("+++\nkind = \"{kind}\"\nid = \"X-1\"\ntitle = \"T\"\n{keys}+++\n\nText [@a].\n");
    let sound = format!("{KEYS}{own_keys}");
    assert!(sound.contains(from), "{from}");
    let told_of = |page: &str| {
        let files = [
            ("content/a.md", page),
            ("content.lock", "X-1 = { version = \"1\", reviewed = 2026-01-01, text = \"of another day\" }\n"),
            ("content/works.bib", "@book{a, author = {A, B}, title = {T}, year = {2020}, publisher = {P}}"),
            (
                "site-config.toml",
                &format!("title = \"S\"\nlanguage = \"en\"\n{ORGANISATION}[checks]\ncrisis-line-missing = \"off\"\n"),
            ),
        ];
        told(&files)
            .into_iter()
            .map(|[rule, at, message, hint]| format!("{rule} @ {at}: {message} > {hint}"))
            .collect::<Vec<_>>()
    };
    let before = told_of(&page(&sound));
    let mut after = told_of(&page(&sound.replacen(from, to, 1)));
    after.retain(|told| !before.contains(told));
    after
}

#[test]
fn who_answers_for_a_page_is_not_asked_for_again() {
    for (from, to, expected) in [
        (
            "version = \"1\"",
            "version = 1.0",
            "front-matter-type @ 1.0: `version` must be text in quotation marks, but this is a number with decimals > Write `version = \"1.0\"`.",
        ),
        (
            "[\"A\"]",
            "\"A\"",
            "front-matter-type @ \"A\": `authors` must be a list of texts, but this is text > Write `authors = [\"A\"]`.",
        ),
        (
            "[\"A\"]",
            "[“A”]",
            "front-matter-syntax @ “A”: the quotation marks around this text of `authors` are curly ones > Write `authors = [\"A\"]`.",
        ),
        (", role = \"C\"", "", "front-matter-key-missing @ { name = \"B\" }: `role` is missing > Add `role = \"…\"`."),
        (
            "{ name = \"B\", role = \"C\" }",
            "\"B\"",
            "front-matter-type @ [\"B\"]: `reviewers` must be a list of groups, but this is a list of texts > Write `reviewers = [{ name = \"B\", role = \"…\" }]`.",
        ),
        (
            "reviewed = 2026-01-01",
            "reviewed = 2026-02-30",
            "front-matter-type @ 2026-02-30: `2026-02-30` is not a date: February 2026 has 28 days > The last day of that month is `2026-02-28`.",
        ),
        (
            "review-due = 2028-01-01",
            "review-due = 1 January 2028",
            "front-matter-syntax @ 1 January 2028: the value of `review-due` cannot be read > Write `review-due = 2028-01-01`.",
        ),
        (
            "review-due = 2028-01-01",
            "review-due =",
            "front-matter-syntax @ review-due: `review-due` has no value > Write the date as year-month-day, such as `review-due = 2026-11-22`, or delete the line.",
        ),
        (
            "version = \"1\"",
            "version = \"1\"\naudience = [\"pateint\"]",
            "front-matter-value-unknown @ \"pateint\": `audience` cannot be “pateint” > Did you mean `patient`? It can be `patient`, `clinician`, `trainee`, `instructor`.",
        ),
    ] {
        assert_eq!(told_of("handout", "", from, to), [expected], "{to}");
    }
}

#[test]
fn a_key_by_a_wrong_name_or_in_a_wrong_place_is_not_asked_for_again() {
    let misspelt = told_of("handout", "", "version =", "verison =");
    assert_eq!(misspelt.len(), 1, "{misspelt:?}");
    assert!(misspelt[0].contains("> Did you mean `version`?"), "{misspelt:?}");
    let misplaced = told_of("handout", "", "review-due", "[scores]\ncdc-index = 95\nreview-due");
    assert_eq!(misplaced.len(), 1, "{misplaced:?}");
    assert!(misplaced[0].contains("move `review-due` above the first of them"), "{misplaced:?}");
}

#[test]
fn a_part_that_is_written_and_faulty_is_not_asked_for_again() {
    let guide = "sessions = [1]\nminutes = 50\ngoals = [\"G\"]\n";
    let module = "objectives = [\"O\"]\nminutes = 50\n";
    let criterion = "[[criteria]]\nverdict = \"suits\"\nstatement = \"S\"\ncites = [\"a\"]\n";
    for (kind, keys, from, to, expected) in [
        (
            "session-guide",
            guide,
            "minutes = 50",
            "minutes = \"50\"",
            &["front-matter-type @ \"50\": `minutes` must be a whole number, but this is text > Write `minutes = 50`."]
                [..],
        ),
        (
            "session-guide",
            guide,
            "minutes = 50",
            "minutes = fifty",
            &[
                "front-matter-syntax @ fifty: the value of `minutes` cannot be read > Write a whole number, such as `minutes = 3`.",
            ],
        ),
        (
            "session-guide",
            guide,
            "sessions = [1]",
            "sessions = 5",
            &[
                "front-matter-type @ 5: `sessions` must be a list of whole numbers, but this is a whole number > Write `sessions = [5]`.",
            ],
        ),
        (
            "session-guide",
            guide,
            "sessions = [1]",
            "sessions = [1-3]",
            &[
                "front-matter-type @ 1-3: an item of `sessions` must be a whole number, but this is `1-3` > Write `1, 2, 3`.",
            ],
        ),
        (
            "module",
            module,
            "[\"O\"]",
            "\"O\"",
            &[
                "front-matter-type @ \"O\": `objectives` must be a list of texts, but this is text > Write `objectives = [\"O\"]`.",
            ],
        ),
        (
            "term",
            "plain = \"P\"\n",
            "plain = \"P\"",
            "plain = \"\"",
            &["front-matter-type @ \"\": `plain` is empty > Write something, or delete the line."],
        ),
        (
            "suitability",
            criterion,
            "\"suits\"\nstatement = \"S\"\ncites = [\"a\"]",
            "\"maybe\"\nstatement = \"S\"\ncites = [\"b\"]",
            &[
                "front-matter-value-unknown @ \"maybe\": `verdict` cannot be “maybe” > It can be `suits`, `caution`, `unlikely-to-help`, `refer`.",
                "citation-undefined @ \"b\": no work has the key “b” > Did you mean `a`?",
            ],
        ),
        (
            "suitability",
            criterion,
            "[[criteria]]",
            "[[criteria]",
            &[
                "front-matter-syntax @ [[criteria]: this line starts with `[` but does not name a group of keys > Write `[[criteria]]`, with nothing after it. Names with spaces stand in quotation marks.",
            ],
        ),
    ] {
        assert_eq!(told_of(kind, keys, from, to), expected, "{to}");
    }
}

#[test]
fn a_figure_without_a_caption_is_told_once() {
    let figure = page("T", "", ":::figure\n![A dog in the rain](dog.svg)\n:::");
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><circle r=\"1\"/></svg>";
    assert_eq!(
        told(&[("content/a.md", &figure), ("content/dog.svg", picture)]),
        [[
            "figure-caption-missing",
            ":::figure",
            "this figure has no caption",
            "Say below the picture, in a paragraph of its own before the closing `:::`, what to see in it.",
        ]]
    );
}

#[test]
fn a_key_without_an_equals_sign_is_there() {
    for (line, at, key, value) in [
        ("title \"T\"", "title \"T\"", "title", "title = \"T\""),
        ("title A walk", "title A walk", "title", "title = \"A walk\""),
        ("title [\"T\"]", "title [\"T\"]", "title", "title = [\"T\"]"),
    ] {
        let page = format!("+++\nkind = \"page\"\n{line}\n+++\n\nText.\n");
        let expected =
            ["front-matter-syntax", at, &format!("there is no `=` after `{key}`"), &format!("Write `{value}`.")];
        assert_eq!(told(&[("content/a.md", &page)]), [expected], "{line}");
    }
    assert_eq!(
        told_of("handout", "", "authors = [\"A\"]", "authors [\"A\"]"),
        ["front-matter-syntax @ authors [\"A\"]: there is no `=` after `authors` > Write `authors = [\"A\"]`."]
    );
    assert_eq!(
        told_of("handout", "", "review-due = 2028-01-01", "review due = 2028-01-01"),
        [
            "front-matter-syntax @ review due: “review due” cannot be a key > Keys are written without spaces: `review-due = …`."
        ]
    );
}

#[test]
fn a_name_with_marks_of_its_own_is_given_as_toml_has_it() {
    let page = "+++\nkind = \"handout\"\nid = \"X-1\"\ntitle = \"T\"\nversion = \"1\"\n+++\n\nText.\n";
    let config = "title = \"S\"\nlanguage = \"en\"\n[organisation]\nname = 'O\"Hara \\ Clinic'\n";
    let mut told = told(&[("content/a.md", page), ("site-config.toml", config)]);
    told.retain(|[rule, ..]| rule == "document-control-incomplete");
    assert_eq!(
        told,
        [[
            "document-control-incomplete",
            "\"T\"",
            "“T” lacks `authors`",
            r#"Add `authors = ["O\"Hara \\ Clinic"]` to its front matter."#,
        ]]
    );
}

#[test]
fn line_ends_of_old_macs_in_the_configuration_are_named() {
    let config = "title = \"S\"\rlanguage = \"en\"\r";
    assert_eq!(
        told(&[("site-config.toml", config)]),
        [[
            "config-syntax",
            "title = \"S\"",
            "the lines of this file end as on very old Macs, so that all of it is read as one line",
            "Save it with other line ends: editors call them “LF” or “Unix”, and have them in the bar at the bottom, as “Line Endings” or in \
             “Save as”.",
        ]]
    );
}
