//! Links that are right, though a hasty reader might not think so.

use crate::library::{Library, PICTURE, guide, page};

/// A link that is right.
pub struct Tricky {
    /// The page of the output that it stands on.
    pub page: String,
    /// What stands above it there.
    pub below: &'static str,
    /// Its words, which no other link there has.
    pub words: String,
    /// As it was written.
    pub written: String,
    /// The file of the output that it leads to.
    pub file: &'static str,
    /// The id in that file.
    pub anchor: Option<&'static str>,
}

/// The page that most of the tricky links stand on, and the folder of most that they lead to.
const PAGE: &str = "content/tricky/links.md";

/// Headings and blocks with ids. Every file name below leads to a page with these.
const PLACES: &str = "\
## Dose

## Dose

## Dose

### dose 2

## Explicit {#dose-1}

## Über uns {#Über_1.a:b}

## E\u{301}tat d’âme

## 悲しみ

## हिन्दी

## الحزن

## İstanbul

## 🙂🙂

## 🙂

## Ref 1

## What's *new*? `(2026)` & [more](links.md) ##

A heading over lines
--------------------

> ## Quoted

- ## Listed

:::note {#remember}
## Noted

Words.
:::

:::figure {#fig-circle}
![A circle](../pictures/circle.svg)

A caption.
:::

Two
lines
-----
";

/// Files with names that have to be written with care.
const NAMES: [&str; 10] = [
    "content/tricky/anchors.md",
    "content/tricky/What helps (1).md",
    "content/tricky/50% #1?.md",
    "content/tricky/größe.md",
    "content/tricky/a&b.md",
    "content/tricky/who:what.md",
    "content/tricky/snake_case_.md",
    "content/tricky/v1.2.md",
    "content/tricky/deep/er/index.md",
    "content/悲しみ/page's \"quoted\".md",
];

const HERE: &str = "tricky/links.html";
const ANCHORS: &str = "tricky/anchors.html";
const PARENTHESES: &str = "tricky/What helps (1).html";
const SIGNS: &str = "tricky/50% #1?.html";
const INDEX: &str = "tricky/deep/er/index.html";
const QUOTED: &str = "悲しみ/page's \"quoted\".html";
const CIRCLE: &str = "pictures/circle.svg";

/// Markdown, with `WORDS` for the link's words, then where it leads.
const LINKS: [(&str, &str, Option<&str>); 57] = [
    // Anchors.
    ("[WORDS](#here)", HERE, Some("here")),
    ("[WORDS](links.md#here)", HERE, Some("here")),
    ("[WORDS](links.md)", HERE, None),
    ("[WORDS](anchors.md#dose)", ANCHORS, Some("dose")),
    ("[WORDS](anchors.md#dose-1)", ANCHORS, Some("dose-1")),
    ("[WORDS](anchors.md#dose-3)", ANCHORS, Some("dose-3")),
    ("[WORDS](anchors.md#dose-2-1)", ANCHORS, Some("dose-2-1")),
    ("[WORDS](anchors.md#Über_1.a:b)", ANCHORS, Some("Über_1.a:b")),
    ("[WORDS](anchors.md#%C3%9Cber%5F1%2Ea%3ab)", ANCHORS, Some("Über_1.a:b")),
    ("[WORDS](anchors.md#état-dâme)", ANCHORS, Some("état-dâme")),
    ("[WORDS](anchors.md#%C3%A9tat-d%C3%A2me)", ANCHORS, Some("état-dâme")),
    ("[WORDS](anchors.md#悲しみ)", ANCHORS, Some("悲しみ")),
    ("[WORDS](anchors.md#हिन्दी)", ANCHORS, Some("हिन्दी")),
    ("[WORDS](anchors.md#الحزن)", ANCHORS, Some("الحزن")),
    ("[WORDS](anchors.md#i%CC%87stanbul)", ANCHORS, Some("i\u{307}stanbul")),
    ("[WORDS](anchors.md#section)", ANCHORS, Some("section")),
    ("[WORDS](anchors.md#section-1)", ANCHORS, Some("section-1")),
    ("[WORDS](anchors.md#section-ref-1)", ANCHORS, Some("section-ref-1")),
    ("[WORDS](anchors.md#whats-new-2026-more)", ANCHORS, Some("whats-new-2026-more")),
    ("[WORDS](anchors.md#a-heading-over-lines)", ANCHORS, Some("a-heading-over-lines")),
    ("[WORDS](anchors.md#two-lines)", ANCHORS, Some("two-lines")),
    ("[WORDS](anchors.md#quoted)", ANCHORS, Some("quoted")),
    ("[WORDS](anchors.md#listed)", ANCHORS, Some("listed")),
    ("[WORDS](anchors.md#noted)", ANCHORS, Some("noted")),
    ("[WORDS](anchors.md#remember)", ANCHORS, Some("remember")),
    ("[WORDS](anchors.md#fig-circle)", ANCHORS, Some("fig-circle")),
    // Names.
    ("[WORDS](What%20helps%20(1).md#dose)", PARENTHESES, Some("dose")),
    ("[WORDS](<What helps (1).md>)", PARENTHESES, None),
    ("[WORDS](What%20helps%20\\(1\\).md \"Why (not)\")", PARENTHESES, None),
    ("[WORDS](%57hat%20helps%20%281%29%2Emd)", PARENTHESES, None),
    ("[WORDS](50%25%20%231%3F.md#dose-1)", SIGNS, Some("dose-1")),
    ("[WORDS](<50%25 %231%3f.md?print=1&amp;x=?#dose-1>)", SIGNS, Some("dose-1")),
    ("[WORDS](größe.md)", "tricky/größe.html", None),
    ("[WORDS](gr%C3%B6%C3%9fe.md#dose)", "tricky/größe.html", Some("dose")),
    ("[WORDS](a&amp;b.md)", "tricky/a&b.html", None),
    ("[WORDS](a%26b.md)", "tricky/a&b.html", None),
    ("[WORDS](./who:what.md)", "tricky/who:what.html", None),
    ("[WORDS](who%3Awhat.md#dose)", "tricky/who:what.html", Some("dose")),
    ("[WORDS](snake\\_case\\_.md)", "tricky/snake_case_.html", None),
    ("[WORDS](v1.2.md)", "tricky/v1.2.html", None),
    ("[WORDS](../悲しみ/page's%20%22quoted%22.md#悲しみ)", QUOTED, Some("悲しみ")),
    // Folders.
    ("[WORDS](deep/er/index.md#dose)", INDEX, Some("dose")),
    ("[WORDS](./deep/../deep//er/./index.md)", INDEX, None),
    ("[WORDS](%2e%2e/tricky/deep%2Fer/index.md)", INDEX, None),
    ("[WORDS](../index.md#welcome)", "index.html", Some("welcome")),
    // Places for links.
    ("| Sign | Step |\n|---|---|\n| a \\| b | [WORDS \\| x](anchors.md#dose) |", ANCHORS, Some("dose")),
    ("- One\n  1. > [WORDS](anchors.md#dose)", ANCHORS, Some("dose")),
    (":::tip\n- [WORDS](anchors.md#dose)\n:::", ANCHORS, Some("dose")),
    ("See [WORDS][Straße].\n\n[STRASSE]: <What helps (1).md#dose>\n  'A title'", PARENTHESES, Some("dose")),
    ("> See [WORDS].\n>\n> [WORDS]:\n>   anchors.md#dose", ANCHORS, Some("dose")),
    ("Words.[^note]\n\n[^note]:\n    See [WORDS](anchors.md#dose).", ANCHORS, Some("dose")),
    ("[WORDS [and] **more**](\n  anchors.md#dose\n  \"A title\"\n)", ANCHORS, Some("dose")),
    // Pictures and other files.
    ("![WORDS](../pictures/circle.svg \"A title\")", CIRCLE, None),
    ("![WORDS][picture]\n\n[picture]: ../pictures/%63ircle.svg", CIRCLE, None),
    ("![WORDS](<two rings.svg>)", "tricky/two rings.svg", None),
    ("[WORDS](../pictures/circle.svg)", CIRCLE, None),
    ("[![A circle](two%20rings.svg) WORDS](two%20rings.svg)", "tricky/two rings.svg", None),
];

/// Links in front matter, and the titles of the pages they lead to.
const KEYS: [(&str, &str, &str); 3] = [
    ("../tricky/What%20helps%20(1).md#dose-1", "tricky/What helps (1).html", "Target 1"),
    ("../tricky/größe.md", "tricky/größe.html", "Target 3"),
    ("./../tricky/deep/er/index.md?x#悲しみ", INDEX, "Target 8"),
];

/// Adds pages with tricky links, and what they lead to.
pub fn add_to(library: &mut Library) -> Vec<Tricky> {
    for (number, path) in NAMES.iter().enumerate() {
        let depth = path.matches('/').count() - 1;
        let places = PLACES.replace("../", &"../".repeat(depth));
        let places = places.replace("(links.md)", &format!("({}tricky/links.md)", "../".repeat(depth)));
        library.add(path, &page(&format!("Target {number}"), &places));
    }
    library.add("content/tricky/two rings.svg", PICTURE);
    library.add(PAGE, &page("Tricky links", "## Here\n\nWords.\n"));
    let mut links: Vec<Tricky> = Vec::new();
    for (number, (markdown, file, anchor)) in LINKS.into_iter().enumerate() {
        let words = format!("link-{number:02}");
        let written = markdown.replace("WORDS", &words);
        library.append(PAGE, &written);
        links.push(Tricky { page: HERE.to_owned(), below: "<div class=\"body\">", words, written, file, anchor });
    }
    library.add("content/guides/guide.md", &guide("SG-TRICKY", &KEYS.map(|(address, ..)| address)));
    // A list of pages to bring along leads to their tops, whatever place was named.
    links.extend(KEYS.map(|(address, file, title)| Tricky {
        page: "guides/guide.html".to_owned(),
        below: "<h3>Bring along</h3>",
        words: title.to_owned(),
        written: address.to_owned(),
        file,
        anchor: None,
    }));
    links
}
