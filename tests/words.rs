//! psychoed's own words on pages: nothing is said in English where a site has words of its own.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use psychoed::render::OutputFile;
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Memo, Options, build, theme};

const CONFIG: &str = r#"title = "zz"
language = "es"
region = "ES"
sample-notice = "zz"
base-url = "https://zz.zz/"

[theme]
folder = "theme"

[organisation]
name = "zz"
phone = "020 7946 0000"
feedback = "https://zz.zz/"
funding = "zz"

[[crisis-lines]]
region = "ES"
name = "zz"
number = "024"
hours = "zz"
checked = 2026-11-01

[[phases]]
id = "p1"
title = "zz"
sessions = "1–3"

[[phases]]
id = "p2"
title = "zz"

[[focal-areas]]
id = "f1"
title = "zz"
also = ["zzz"]

[editions.patient]
title = "zz"
audiences = ["patient"]

[editions.clinician]
title = "zzz"
audiences = ["patient", "clinician", "trainee", "instructor"]
"#;

/// Pages on which all that psychoed can say comes up. Whatever somebody writes is `z`s.
const PAGES: [(&str, &str); 14] = [
    (
        "content/h1.md",
        r#"+++
kind = "handout"
id = "ZZ-1"
title = "zz"
summary = "zz"
phase = ["p1"]
focal-area = ["f1"]
version = "2"
authors = ["zz"]
reviewers = [{ name = "zz", role = "zz" }]
reviewed = 2024-01-01
review-due = 2025-01-01
aliases = ["zz-old.html"]
changes = [
  { version = "2", date = 2024-01-01, note = "zz" },
  { version = "1", date = 2023-01-01, note = "zz" },
]
+++

:::note
zz[^1] zz[^1] [@zz]
:::

:::tip
zz
:::

:::warning
zz
:::

:::safety
zz
:::

:::key-message
zz
:::

:::checklist
- zz
:::

- [x] zz
- [ ] zz

| zz | zz |
|----|----|
| zz | zz |

## zz

LONG

## zz

## zz

| zz | zz |
|----|----|
| zz | zz |

[^1]: zz
"#,
    ),
    (
        "content/h2.md",
        "+++\nkind = \"handout\"\nid = \"ZZ-2\"\ntitle = \"zzz\"\nphase = [\"p1\", \"p2\"]\nfocal-area = [\"f1\"]\n+++\n\nzz\n",
    ),
    (
        "content/h3.md",
        "+++\nkind = \"handout\"\nid = \"ZZ-3\"\ntitle = \"zz\"\nexpires-on = 2026-01-01\nversion = \"1\"\n+++\n\nzz\n",
    ),
    (
        "content/h1.fr.md",
        "+++\nkind = \"handout\"\nid = \"ZZ-12\"\ntitle = \"zz\"\ntranslated-from = \"0123456789ab\"\n+++\n\nzz\n",
    ),
    ("content/w1.md", "+++\nkind = \"worksheet\"\nid = \"ZZ-4\"\ntitle = \"zz\"\nphase = [\"p1\"]\n+++\n\nzz\n"),
    (
        "content/q1.md",
        "+++\nkind = \"quick-reference\"\nid = \"ZZ-5\"\ntitle = \"zz\"\nfocal-area = [\"f1\"]\naudience = [\"clinician\"]\nreview-due = 2025-01-01\n+++\n\n:::clinician\nzz\n:::\n\n:::instructor\nzz\n:::\n",
    ),
    (
        "content/s1.md",
        "+++\nkind = \"session-guide\"\nid = \"ZZ-6\"\ntitle = \"zz\"\nphase = [\"p1\"]\nsessions = [1, 2]\nminutes = 50\ngoals = [\"zz\"]\nmaterials = [\"h1.md\", \"w1.md\"]\n+++\n\nzz\n",
    ),
    (
        "content/s2.md",
        "+++\nkind = \"session-guide\"\nid = \"ZZ-7\"\ntitle = \"zz\"\nphase = [\"p2\"]\nsessions = [3]\nmaterials = [\"h2.md\"]\n+++\n\nzz\n",
    ),
    (
        "content/su.md",
        r#"+++
kind = "suitability"
id = "ZZ-8"
title = "zz"

[[criteria]]
verdict = "suits"
statement = "zz"
why = "zz"
cites = ["zz"]

[[criteria]]
verdict = "caution"
statement = "zz"

[[criteria]]
verdict = "unlikely-to-help"
statement = "zz"

[[criteria]]
verdict = "refer"
statement = "zz"
+++

zz
"#,
    ),
    (
        "content/e1.md",
        r#"+++
kind = "evidence"
id = "ZZ-9"
title = "zz"
searched = 2026-01-01
question = { population = "zz", intervention = "zz", comparator = "zz", outcome = "zz" }

[[findings]]
statement = "zz"
outcome = "zz"
importance = "critical"
sources = ["zz"]
design = "rct"
direction = "favours-intervention"
studies = 1
participants = 1234
effect = { measure = "OR", value = 0.6, ci = [0.4, 0.9], favours = "intervention" }
certainty = { system = "GRADE", rating = "low", down = [{ domain = "risk-of-bias", by = 2, why = "zz" }] }

[[findings]]
statement = "zz"
outcome = "zz"
sources = ["zz"]
studies = 2
effect = { measure = "OR", value = 0.6, favours = "comparator" }
certainty = { system = "GRADE", rating = "low", up = [{ domain = "large-effect", by = 1, why = "zz" }] }

[[findings]]
statement = "zz"
outcome = "zz"
sources = ["zz"]
effect = { measure = "OR", value = 0.6, favours = "intervention" }

[[recommendations]]
body = "zz"
year = 2020
direction = "for"
status = "current"
source = "zz"
+++

zz
"#,
    ),
    (
        "content/m1.md",
        "+++\nkind = \"module\"\nid = \"ZZ-10\"\ntitle = \"zz\"\nobjectives = [\"zz\"]\nminutes = 30\n+++\n\n:::instructor\nzz\n:::\n",
    ),
    (
        "content/m2.md",
        "+++\nkind = \"module\"\nid = \"ZZ-11\"\ntitle = \"zz\"\nobjectives = [\"zz\"]\nprerequisites = [\"m1.md\"]\n+++\n\nzz\n",
    ),
    ("content/t1.md", "+++\nkind = \"term\"\ntitle = \"zz\"\nplain = \"zz\"\nalso = [\"zzz\"]\n+++\n\nzz\n"),
    ("content/t2.md", "+++\nkind = \"term\"\ntitle = \"zzz\"\n+++\n\nzz [zz](t1.md)\n"),
];

/// Names that are the same in every language.
const NAMES: [&str; 10] = ["PDF", "BibLaTeX", "RIS", "CSL", "JSON", "psychoed", "Français", "Español", "GRADE", "OR"];

/// Every page of the site, with `⟦` and `⟧` around all words that psychoed has for it.
fn pages() -> BTreeMap<String, String> {
    let mut files: BTreeMap<SitePath, _> = BTreeMap::new();
    let mut add = |path: &str, text: &str| drop(files.insert(SitePath::new(path), text.as_bytes().into()));
    add("site-config.toml", CONFIG);
    add("content/references.bib", "@book{zz, author = {zz}, title = {zz}, year = {2000}}");
    // Only long pages have a list of their sections.
    PAGES.iter().for_each(|(path, text)| add(path, &text.replace("LONG", &"zz ".repeat(450))));
    add("theme/words/es.toml", &marked("en"));
    add("theme/words/fr.toml", &marked("fr"));
    let facts = Facts::on(jiff::civil::date(2026, 11, 22));
    let built = build(&Arc::new(Sources { files }), &facts, &Options::default(), &mut Memo::default());
    let press = built.press.unwrap_or_else(|| panic!("{:#?}", built.diagnostics));
    let pages = Mutex::new(BTreeMap::new());
    let faults = press.pages(&|OutputFile { path, bytes }| {
        if path.as_str().ends_with(".html") {
            pages.lock().unwrap().insert(path.as_str().to_owned(), String::from_utf8(bytes.to_vec()).unwrap());
        }
    });
    assert_eq!(faults, []);
    pages.into_inner().unwrap()
}

/// The file of words in a language, each text between marks.
fn marked(language: &str) -> String {
    let lines = theme::words_in(language).unwrap().lines();
    lines
        .map(|line| match line.starts_with('#') || line.starts_with('[') {
            true => format!("{line}\n"),
            false => {
                let mut opens = false;
                let marked = line.split('"').map(|part| {
                    opens = !opens;
                    part.to_owned() + if opens { "\"⟦" } else { "⟧\"" }
                });
                marked.collect::<String>().trim_end_matches("\"⟦").to_owned() + "\n"
            }
        })
        .collect()
}

/// What people see or hear of a page: its text and the names that only screen readers say.
fn said(html: &str) -> Vec<String> {
    let mut said = vec![String::new()];
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        said[0].push_str(text);
        said[0].push(' ');
        let (tag, after) = after.split_once('>').unwrap();
        for name in ["aria-label=\"", "alt=\"", "title=\""] {
            said.extend(tag.split_once(name).and_then(|(_, label)| Some(label.split_once('"')?.0.to_owned())));
        }
        let ends = ["script", "style"].iter().find(|name| tag.starts_with(**name));
        rest = ends.and_then(|name| after.split_once(&format!("</{name}>"))).map_or(after, |(_, after)| after);
    }
    said
}

/// What stands outside all marks.
fn unmarked(text: &str) -> String {
    let mut depth = 0;
    let outside = text.chars().filter(|letter| {
        depth += i32::from(*letter == '⟦') - i32::from(*letter == '⟧');
        depth == 0 && *letter != '⟧'
    });
    outside.collect()
}

#[test]
fn nothing_on_a_page_is_said_in_any_other_words() {
    let pages = pages();
    assert!(pages.len() > 60, "{} pages", pages.len());
    let mut found = Vec::new();
    for (path, html) in &pages {
        for said in said(html) {
            let outside = unmarked(&said);
            let words = outside.split(|letter: char| !letter.is_alphanumeric());
            let is_own = |word: &&str| word.chars().any(|letter| letter.is_alphabetic() && !"zZ".contains(letter));
            let words = words.filter(|word| is_own(word) && !NAMES.contains(word));
            found.extend(words.map(|word| format!("{path}: {word}")));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_pages_say_nearly_all_there_is_to_say() {
    let text: String = pages().values().flat_map(|html| said(html)).collect();
    let mut section = "";
    let mut said_nowhere = Vec::new();
    for line in theme::words_in("en").unwrap().lines() {
        section = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')).unwrap_or(section);
        let Some((name, words)) = line.split_once(" = \"") else { continue };
        let mut parts = words.trim_end_matches('"').split(['{', '}', '[', ']']).step_by(2);
        // Of closed lists one word is as good as another, and sheets have a test of their own.
        let is_one_of_many = section.starts_with("evidence.") || name.starts_with("all-");
        if !is_one_of_many && !["pdf", "sheet"].contains(&section) && !parts.all(|part| text.contains(part)) {
            said_nowhere.push(format!("{section}.{name}"));
        }
    }
    // Of pairs of which a site needs one, the other; what needs a PDF; and what a translation says in its own language.
    let others = [
        "help.ask",
        "help.wrong",
        "help.see-end",
        "block.patient",
        "block.trainee",
        "page.print-or-save",
        "page.translation",
        "page.translation-changed",
        "page.translation-patients",
        "page.translation-original",
        "listing.empty",
        "listing.see-also",
        "pack.ready",
        "pack.clinician",
        "pack.unnumbered",
    ];
    assert_eq!(said_nowhere, others);
}

#[test]
fn words_are_printed_to_be_translated() {
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_psychoed")).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let told = |language| (Some(0), theme::words_in(language).unwrap().to_owned(), String::new());
    assert_eq!(run(&["words"]), told("en"));
    assert_eq!(run(&["words", "es"]), told("es"));
    let fault = "error: psychoed has no words of its own in “pl”, but in de, en, es, fr, it; leave the language out for English, \
                 to translate it\n";
    assert_eq!(run(&["words", "pl"]), (Some(2), String::new(), fault.to_owned()));
}
