use super::*;

const SCHEMA: Schema = Schema {
    syntax: "syntax",
    key_unknown: "key-unknown",
    key_missing: "key-missing",
    wrong_type: "type",
    value_unknown: "value-unknown",
    top_keys: &["title", "phase"],
};
const OFFSET: usize = 50;

struct Seen {
    made: String,
    faults: Vec<Diagnostic>,
    text: String,
}

/// A small schema: every accessor once.
fn typed(mut table: ClosedTable<'_>) -> String {
    let title = table.required_text("title").map(|title| title.value);
    let phase: Vec<String> = table.texts("phase").into_iter().map(|text| text.value).collect();
    let order = table.integer("order");
    let minutes = table.count("minutes");
    let size = table.number("size");
    let draft = table.boolean("draft").map(|draft| draft.value);
    let reviewed = table.date("reviewed").map(|date| date.value);
    let verdict = table.word("verdict", &["suits", "caution"]);
    let group = table.table("group").and_then(|mut group| {
        let name = group.text("name").map(|name| name.value);
        group.finish();
        name
    });
    let items: Vec<_> = table
        .tables("items")
        .into_iter()
        .map(|mut item| {
            let why = item.required_text("why").map(|why| why.value);
            item.finish();
            why
        })
        .collect();
    table.finish();
    format!("{title:?} {phase:?} {order:?} {minutes:?} {size:?} {draft:?} {reviewed:?} {verdict:?} {group:?} {items:?}")
}

fn read_all(text: &str) -> Seen {
    let path = SitePath::new("a.toml");
    let origin = Origin { path: &path, offset: OFFSET, schema: &SCHEMA };
    let wanted = |key: &str| describe("", &SCHEMA, |table| drop(typed(table))).key(key);
    let (made, faults) = read(text, origin, 0..3, &wanted, typed);
    Seen { made, faults, text: text.to_owned() }
}

impl Seen {
    /// Every fault as `rule: message` at the text it covers, with its hint.
    fn told(&self) -> Vec<String> {
        self.faults
            .iter()
            .map(|fault| {
                let span = fault.at.span;
                let place =
                    if span.start < OFFSET { "the top" } else { &self.text[span.start - OFFSET..span.end - OFFSET] };
                let hint = fault.hint.as_deref().unwrap_or_default();
                format!("{}: {} @ {place} > {hint}", fault.rule, fault.message)
            })
            .collect()
    }
}

/// What is told about one text, line by line.
fn told(text: &str) -> Vec<String> {
    read_all(text).told()
}

#[test]
fn a_faultless_text_is_read_whole() {
    let seen = read_all(
        "title = \"Ü\"\nphase = [\"a\", \"b\"]\norder = -3\nminutes = 0x1F\nsize = 2\ndraft = true\nreviewed = 2026-11-22\n\
         verdict = \"caution\"\ngroup = { name = \"x\" }\n[[items]]\nwhy = \"\"\"a\r\nb\"\"\"\n[[items]]\nwhy = 'c'\n",
    );
    assert_eq!(seen.told(), [""; 0]);
    assert_eq!(
        seen.made,
        "Some(\"Ü\") [\"a\", \"b\"] Some(-3) Some(31) Some(2.0) Some(true) Some(2026-11-22) Some(\"caution\") Some(\"x\") \
         [Some(\"a\\nb\"), Some(\"c\")]"
    );
}

#[test]
fn a_value_of_the_wrong_type_is_shown_in_the_right_form() {
    for (line, expected) in [
        (
            "phase = \"beginning\"",
            "type: `phase` must be a list of texts, but this is text @ \"beginning\" > Write `phase = [\"beginning\"]`.",
        ),
        ("order = \"3\"", "type: `order` must be a whole number, but this is text @ \"3\" > Write `order = 3`."),
        (
            "order = 1.5",
            "type: `order` must be a whole number, but this is a number with decimals @ 1.5 > Write a whole number, such as `order = 3`.",
        ),
        ("minutes = 0", "type: `minutes` cannot be 0 @ 0 > It must be 1 or more."),
        (
            "minutes = 99999999999999999999",
            "type: `minutes` is a number too large to work with @ 99999999999999999999 > Check the digits.",
        ),
        ("size = \"0.5\"", "type: `size` must be a number, but this is text @ \"0.5\" > Write `size = 0.5`."),
        ("size = nan", "type: `size` is not a number that can be shown @ nan > Check the digits."),
        (
            "draft = \"yes\"",
            "type: `draft` must be `true` or `false`, but this is text @ \"yes\" > Write `draft = true`.",
        ),
        (
            "reviewed = \"2026-01-01\"",
            "type: `reviewed` must be a date (year-month-day, without quotation marks), but this is text @ \"2026-01-01\" > Write \
             `reviewed = 2026-01-01`.",
        ),
        (
            "reviewed = 2026-01-01T10:00:00Z",
            "type: `reviewed` must be a date alone, but this is a date with a time @ 2026-01-01T10:00:00Z > Write `reviewed = \
             2026-01-01`.",
        ),
        (
            "phase = [1]",
            "type: an item of `phase` must be text in quotation marks, but this is a whole number @ 1 > Write `\"1\"`.",
        ),
        (
            "verdict = 1",
            "type: `verdict` must be a word in quotation marks, but this is a whole number @ 1 > Write `verdict = \"suits\"`.",
        ),
        (
            "verdict = \"suit\"",
            "value-unknown: `verdict` cannot be “suit” @ \"suit\" > Did you mean `suits`? It can be `suits`, `caution`.",
        ),
        ("phase = [\" \"]", "type: `phase` is empty @ \" \" > Write something, or delete the item."),
        (
            "phase = [\"a\\u0000b\"]",
            "type: `phase` holds a character that cannot be printed (U+0000) @ \"a\\u0000b\" > Delete it and write the text again.",
        ),
        (
            "group = \"x\"",
            "type: `group` must be a group of keys, but this is text @ \"x\" > Write its keys in braces, such as `group = { name = \"x\" }`.",
        ),
        (
            "items = [\"x \\\"y\\\"\", \"z\"]",
            "type: `items` must be a list of groups, but this is a list of texts @ [\"x \\\"y\\\"\", \"z\"] > Write `items = [{ why = \"x \
             \\\"y\\\"\" }, { why = \"z\" }]`.",
        ),
        (
            "items = [{ why = \"x\" }, \"y\"]",
            "type: an item of `items` must be a group of keys, but this is text @ \"y\" > Write `{ why = \"y\" }`.",
        ),
        (
            "items = { why = \"x\" }",
            "type: `items` must be a list of groups, but this is a group of keys @ { why = \"x\" } > Write `items = [{ why = \"x\" }]`.",
        ),
        (
            "reviewed = \"1 October 2026\"",
            "type: `reviewed` must be a date (year-month-day, without quotation marks), but this is text @ \"1 October 2026\" > Write \
             `reviewed = 2026-10-01`.",
        ),
        (
            "reviewed = 2026",
            "type: `reviewed` must be a date (year-month-day, without quotation marks), but this is a whole number @ 2026 > Write it as \
             year-month-day, such as `reviewed = 2026-11-22`.",
        ),
        (
            "minutes = \"50 minutes\"",
            "type: `minutes` must be a whole number, but this is text @ \"50 minutes\" > Write `minutes = 50`.",
        ),
        (
            "minutes = \"45 to 60\"",
            "type: `minutes` must be a whole number, but this is text @ \"45 to 60\" > Write a whole number, such as `minutes = 3`.",
        ),
        (
            "minutes = 45-60",
            "type: `minutes` must be a whole number, but this is `45-60` @ 45-60 > Write a whole number, such as `minutes = 3`.",
        ),
        (
            "[items]\nwhy = \"x\"",
            "type: `items` must be a list of groups, but this is a group of keys @ [items] > Write `[[items]]` on a line of its own \
             before each group, and its keys below it.",
        ),
    ] {
        assert_eq!(told(&format!("title = \"T\"\n{line}\n")), [expected], "{line}");
    }
    assert_eq!(
        told("title = 3"),
        ["type: `title` must be text in quotation marks, but this is a whole number @ 3 > Write `title = \"3\"`."]
    );
    // What must be there cannot be deleted.
    assert_eq!(told("title = \"\""), ["type: `title` is empty @ \"\" > Write something between the quotation marks."]);
}

#[test]
fn keys_that_nobody_knows_are_compared_with_those_that_exist() {
    let keys = "The keys here are `title`, `phase`, `order`, `minutes`, `size`, `draft`, `reviewed`, `verdict`, `group`, `items`.";
    assert_eq!(
        told("title = \"T\"\nreviwed = 2026-01-01\nzzz = 1\n[group]\nnam = 1\nphase = [\"x\"]\n"),
        [
            "key-unknown: `nam` is not a key that psychoed knows here @ nam > Did you mean `name`? The keys here are `name`.",
            "key-unknown: `phase` is not a key that psychoed knows here @ phase > Every key below a line in square brackets belongs to \
             that group: move `phase` above the first of them. The keys here are `name`.",
            &format!(
                "key-unknown: `reviwed` is not a key that psychoed knows here @ reviwed > Did you mean `reviewed`? {keys}"
            ),
            &format!("key-unknown: `zzz` is not a key that psychoed knows here @ zzz > {keys}"),
        ]
    );
}

#[test]
fn a_key_by_a_wrong_name_is_not_missing() {
    let told = told("titel = \"T\"\n[[items]]\nwy = \"x\"\n[[items]]\n");
    let starts: Vec<&str> = told.iter().filter_map(|told| told.split(" >").next()).collect();
    assert_eq!(
        starts,
        [
            "key-unknown: `wy` is not a key that psychoed knows here @ wy",
            "key-missing: `why` is missing @ [[items]]",
            "key-unknown: `titel` is not a key that psychoed knows here @ titel",
        ]
    );
}

#[test]
fn a_missing_key_is_reported_where_its_group_starts() {
    assert_eq!(
        told("[[items]]\n"),
        [
            "key-missing: `title` is missing @ the top > Add `title = \"…\"`.",
            "key-missing: `why` is missing @ [[items]] > Add `why = \"…\"`."
        ]
    );
}

#[test]
fn dates_that_do_not_exist_are_reported_in_plain_words() {
    for (date, expected) in [
        (
            "2026-02-30",
            "`2026-02-30` is not a date: February 2026 has 28 days @ 2026-02-30 > The last day of that month is `2026-02-28`.",
        ),
        (
            "2024-02-30",
            "`2024-02-30` is not a date: February 2024 has 29 days @ 2024-02-30 > The last day of that month is `2024-02-29`.",
        ),
        (
            "2026-1-1",
            "`2026-1-1` is not a date as it is written here @ 2026-1-1 > Month and day have two digits: `2026-01-01`.",
        ),
        (
            "2026-22-11",
            "`2026-22-11` is not a date: there is no month 22 @ 2026-22-11 > The month comes before the day: `2026-11-22`.",
        ),
    ] {
        assert_eq!(told(&format!("title = \"T\"\nreviewed = {date}\n")), [format!("type: {expected}")]);
    }
}

#[test]
fn a_day_in_words_is_understood_where_it_can_mean_no_other() {
    for (words, date) in [
        ("1 October 2026", "2026-10-01"),
        ("1st Oct. 2026", "2026-10-01"),
        ("October 1, 2026", "2026-10-01"),
        ("2026/10/01", "2026-10-01"),
        ("13/10/2026", "2026-10-13"),
        ("10/13/2026", "2026-10-13"),
        ("5/5/2026", "2026-05-05"),
    ] {
        let told = told(&format!("title = \"T\"\nreviewed = \"{words}\"\n"));
        assert!(told[0].ends_with(&format!("> Write `reviewed = {date}`.")), "{told:?}");
    }
    for words in ["1/10/2026", "October 2026", "31 February 2026", "1 Oct 26", "soon"] {
        let told = told(&format!("title = \"T\"\nreviewed = \"{words}\"\n"));
        assert!(told[0].ends_with("> Write it as year-month-day, such as `reviewed = 2026-11-22`."), "{told:?}");
    }
}

#[test]
fn a_key_given_twice_names_both_places() {
    for (text, again, first) in [
        ("title = \"x\"\ntitle = \"y\"\n", 12, 0),
        ("title = \"T\"\n[[items]]\nwhy = \"a\"\nwhy = \"b\"\n[[items]]\nwhy = \"c\"\n", 32, 22),
        ("title = \"T\"\n[group]\n[[items]]\nwhy = \"a\"\n[group]\n", 41, 12),
    ] {
        let seen = read_all(text);
        let [fault] = &seen.faults[..] else { panic!("one fault: {:?}", seen.told()) };
        assert!(fault.message.ends_with("is given twice"), "{}", fault.message);
        assert_eq!((fault.rule, fault.at.span.start - OFFSET), ("syntax", again), "{text}");
        assert_eq!(
            (fault.related[0].0.span.start - OFFSET, fault.related[0].1.as_str()),
            (first, "given here first"),
            "{text}"
        );
    }
}

#[test]
fn text_that_is_not_toml_is_explained() {
    for (line, expected) in [
        ("phase = \"a", "the text of `phase` has no quotation mark at its end @ \"a > Write `phase = \"a\"`."),
        ("phase = a b", "the value of `phase` cannot be read @ a b > Write `phase = [\"a b\"]`."),
        ("phase =", "`phase` has no value @ phase > Write `phase = [\"…\"]`, or delete the line."),
        (
            "reviewed =",
            "`reviewed` has no value @ reviewed > Write the date as year-month-day, such as `reviewed = 2026-11-22`, or delete the line.",
        ),
        (
            "reviewed = May 2026",
            "the value of `reviewed` cannot be read @ May 2026 > Write the date as year-month-day, such as `reviewed = 2026-11-22`.",
        ),
        (
            "reviewed: 1 October 2026",
            "`reviewed` is followed by a colon instead of `=` @ reviewed: 1 October 2026 > Write `reviewed = 2026-10-01`.",
        ),
        ("phase = a, “b”", "the value of `phase` cannot be read @ a, “b” > Write `phase = [\"a\", \"b\"]`."),
        (
            "phase = [«\u{A0}a\u{A0}»]",
            "the quotation marks around this text of `phase` are curly ones @ «\u{A0}a\u{A0}» > Write `phase = [\"a\"]`.",
        ),
        (
            "phase = [\"a\", \"b\"\nitems = [{ why = \"x\" }]",
            "the list of `phase` is never closed @ [ > Write `]` after its last item.",
        ),
        (
            "reviewed = October 1st, 2026",
            "the value of `reviewed` cannot be read @ October 1st, 2026 > Write `reviewed = 2026-10-01`.",
        ),
        (
            "minutes = fifty",
            "the value of `minutes` cannot be read @ fifty > Write a whole number, such as `minutes = 3`.",
        ),
        (
            "unheard-of = fifty",
            "the value of `unheard-of` cannot be read @ fifty > Text stands in quotation marks: `unheard-of = \"fifty\"`.",
        ),
        (
            "phase = [“a”, \"b\", “c \"d\"”]",
            "the quotation marks around this text of `phase` are curly ones @ “a” > Write `phase = [\"a\", \"b\", \"c \\\"d\\\"\"]`.",
        ),
        (
            "phase = [\n  \"a\",\n  „don’t“,\n]",
            "the quotation marks around this text of `phase` are curly ones @ „don’t“ > Write straight ones: `\"don’t\"`.",
        ),
        (
            "items = [{ why = “x” }]",
            "the quotation marks around this text of `items` are curly ones @ “x” > Write `items = [{ why = \"x\" }]`.",
        ),
        (
            "group = { name = ‘x’ }",
            "the quotation marks around this text of `group` are curly ones @ ‘x’ > Write `group = { name = \"x\" }`.",
        ),
        (
            "verdict\u{A0}= \"suits\"",
            "a no-break space (U+00A0) stands here, which looks like an ordinary space and is none @ \u{A0} > Delete it and type an \
             ordinary space. If it cannot be got hold of, delete the whole line and type it again.",
        ),
        (
            "\u{200B}verdict = \"suits\"",
            "a zero-width space (U+200B) stands here, which cannot be seen @ \u{200B} > Delete it. If it cannot be got hold of, delete the \
             whole line and type it again.",
        ),
        (
            "phase = [\"a\",\u{202F}\"b\"]",
            "a narrow no-break space (U+202F) stands here, which looks like an ordinary space and is none @ \u{202F} > Delete it and type \
             an ordinary space. If it cannot be got hold of, delete the whole line and type it again.",
        ),
        (
            "verdict = suits\u{A0}me",
            "the value of `verdict` cannot be read @ suits\u{A0}me > Text stands in quotation marks: `verdict = \"suits\u{A0}me\"`.",
        ),
        ("phase: [\"a\"]", "`phase` is followed by a colon instead of `=` @ phase: [\"a\"] > Write `phase = [\"a\"]`."),
        (
            "verdict = “suits”",
            "the quotation marks around the value of `verdict` are curly ones @ “suits” > Write `verdict = \"suits\"`.",
        ),
        (
            "verdict = \"The \"best\" one\"",
            "the text of `verdict` has quotation marks within @ \"The \"best\" one\" > Use `“ ”` within the text, or write `\\\"`: \
             `verdict = \"The \\\"best\\\" one\"`.",
        ),
        (
            "verdict = \"Sleeping \"better\"\"",
            "the text of `verdict` has quotation marks within @ \"Sleeping \"better\"\" > Use `“ ”` within the text, or write `\\\"`: \
             `verdict = \"Sleeping \\\"better\\\"\"`.",
        ),
        (
            "verdict = 'it's'",
            "the text of `verdict` has an apostrophe within @ 'it's' > Write it between double quotation marks: `verdict = \"it's\"`.",
        ),
        (
            "verdict = \"a\\d\"",
            "the text of `verdict` has a backslash that means nothing @ \"a\\d\" > Write `\\\\` for a backslash, or put the text between \
             `'` marks.",
        ),
        (
            "verdict = \"suits\" yes",
            "something follows the text of `verdict` @ \"suits\" yes > Delete what follows the closing quotation mark, or put a `#` \
             before it.",
        ),
        ("phase = [\"a\", \"b\"", "the list of `phase` is never closed @ [ > Write `]` after its last item."),
        (
            "phase = [\n  \"a\"\n  \"b\"\n]",
            "the list of `phase` cannot be read from here on @ \"b\" > Put a comma between the items, and quotation marks around texts: \
             `[\"one\", \"two\"]`.",
        ),
        (
            "phase = [a, b]",
            "the list of `phase` cannot be read from here on @ a > Put a comma between the items, and quotation marks around texts: \
             `[\"one\", \"two\"]`.",
        ),
        (
            "phase = [\"a\", \"b]",
            "a text in the list of `phase` has no quotation mark at one end @ [\"a\", \"b] > Put `\"` before and after every text: \
             `[\"one\", \"two\"]`.",
        ),
        (
            "review due = 2026-01-01",
            "“review due” cannot be a key @ review due > Keys are written without spaces: `review-due = …`.",
        ),
        ("draft = yes", "the value of `draft` cannot be read @ yes > Write `draft = true`."),
        (
            "reviewed = 22.11.2026",
            "the value of `reviewed` cannot be read @ 22.11.2026 > Write `reviewed = 2026-11-22`.",
        ),
        (
            "phase = \"\"\"a",
            "the text that starts here with `\"\"\"` is never closed @ \"\"\" > Write `\"\"\"` after its last word.",
        ),
        (
            "Just prose.",
            "this line is not a key with its value @ Just prose. > Here every line reads `key = value`, such as `title = \"Grief\"`.",
        ),
        ("= 3", "there is no key before the `=` @ = 3 > Write a key before it: `key = value`."),
        (
            "[[items]\nwhy = \"a\"\nwho = \"b\"",
            "this line starts with `[` but does not name a group of keys @ [[items] > Write `[[items]]`, with nothing after it. Names \
             with spaces stand in quotation marks.",
        ),
        (
            "size = { a = 1",
            "the value of `size` cannot be read @ { a = 1 > Every `{` and `[` needs its `}` or `]`, items are separated by commas, texts \
             stand in quotation marks.",
        ),
    ] {
        assert_eq!(told(&format!("title = \"T\"\n{line}\n")), [format!("syntax: {expected}")], "{line}");
        let windows = format!("title = \"T\"\r\n{}\r\n", line.replace('\n', "\r\n"));
        assert_eq!(told(&windows), [format!("syntax: {expected}")], "{windows:?}");
    }
}

#[test]
fn one_broken_line_hides_no_other_fault() {
    let seen =
        read_all("title = Grief\nphase: [\"a\"]\norder = \"3\"\n[group]\nname = “x”\n[[items]]\nwhy = \"kept\"\n");
    let rules: Vec<&str> = seen.faults.iter().map(|fault| fault.rule).collect();
    assert_eq!(rules, ["syntax", "syntax", "syntax", "type"]);
    assert!(seen.made.ends_with("[Some(\"kept\")]"), "{}", seen.made);
}

#[test]
fn keys_that_a_broken_line_swallows_are_not_missing() {
    for broken in ["note = \"\"\"x\ntitle = \"A\"\n", "[broken\ntitle = \"A\"\n"] {
        let rules: Vec<_> = read_all(broken).faults.iter().map(|fault| fault.rule).collect();
        assert!(rules.contains(&"syntax") && !rules.contains(&"key-missing"), "{broken}: {rules:?}");
    }
    assert!(read_all("[broken\n").faults.iter().any(|fault| fault.rule == "key-missing"));
}

#[test]
fn text_that_is_nothing_like_toml_ends_in_faults_and_nothing_else() {
    for text in [
        "\u{0}",
        "“",
        "é",
        "[[[",
        "a = [[[[",
        "= = =",
        "\"",
        "'''",
        "a\r\rb",
        "{",
        "]",
        "a = \"\\",
        "é = “\n[",
        "a.b.c",
    ] {
        for text in [text.to_owned(), text.repeat(200), format!("{text}\n").repeat(200)] {
            assert!(!read_all(&text).faults.is_empty(), "{text:?}");
        }
    }
}
