//! Links that lead nowhere: every way to be dead, in every place where a link can stand.

use crate::library::{self, Library, PAGES};

const DEAD_PAGES: usize = 200;
const DEAD_ANCHORS: usize = 100;

/// A fault and where it was put.
pub struct Fault {
    pub rule: &'static str,
    pub path: String,
    pub line: usize,
    pub address: String,
}

/// Places for a link. `ADDRESS` is its address, `NUMBER` is no other fault's.
const PLACES: [&str; 24] = [
    "See [this](ADDRESS) now.",
    "See [this](ADDRESS \"A title\"), [that](#next) and [the other](../index.md).",
    "See [this](<ADDRESS>).",
    "- First\n- See [this](ADDRESS)\n  - Then [that](#next)",
    "1. First\n\n   > See [this](ADDRESS).\n\n2. Second",
    "| Sign | Step |\n|---|---|\n| Low | [this](ADDRESS) |\n| High | [that](#next) |",
    ":::note\nSee [this](ADDRESS).\n:::",
    ":::steps\n1. First\n2. See [this](ADDRESS).\n:::",
    "See [this][r-NUMBER].\n\nMore words.\n\n[r-NUMBER]: ADDRESS",
    "See [R-NUMBER][] and more.\n\n[r-NUMBER]: <ADDRESS>\n    \"A title\"",
    "See [r-NUMBER].\n\n[r-NUMBER]:\n  ADDRESS",
    "> See [this](ADDRESS).\n> More.",
    "> See [this](\n> ADDRESS).",
    "Words[^n-NUMBER].\n\n[^n-NUMBER]: See [this](ADDRESS).",
    "## Part NUMBER with [this](ADDRESS)",
    "See **[this](ADDRESS)** and *more*.",
    "See [*this* `code` and **that**](ADDRESS).",
    "See [this\nand that](ADDRESS).",
    "[![A circle](../pictures/circle.svg)](ADDRESS)",
    "Term NUMBER\n: See [this](ADDRESS).",
    "- [ ] See [this](ADDRESS)\n- [x] Done",
    "Größe, 悲しみ and 🙂: [äöü](ADDRESS) and [that](#next).",
    ":::figure\n![A circle](../pictures/circle.svg)\n\nFrom [this](ADDRESS).\n:::",
    "- One\n\n  :::tip\n  See [this](ADDRESS).\n  :::",
];

/// One place in so many is a key of the front matter.
const KEYS: usize = 20;

/// Puts all faults into a library.
pub fn inject(library: &mut Library) -> Vec<Fault> {
    let pages = (0..DEAD_PAGES).map(|number| ("link-target-missing", dead_page(number)));
    let anchors = (0..DEAD_ANCHORS).map(|number| ("link-anchor-missing", dead_anchor(number)));
    let faults = pages.chain(anchors).enumerate();
    faults.map(|(number, (rule, address))| put(library, number, rule, address)).collect()
}

fn put(library: &mut Library, number: usize, rule: &'static str, address: String) -> Fault {
    if number % KEYS == KEYS - 1 {
        return put_in_key(library, number, rule, address);
    }
    // Two faults on each page that has any, and all over the library.
    let path = format!("content/{}", library::path(page_of(number)));
    let lines = PLACES[number % PLACES.len()].replace("NUMBER", &number.to_string());
    let before = lines.find("ADDRESS").unwrap();
    let first = library.append(&path, &lines.replace("ADDRESS", &address));
    Fault { rule, path, line: first + lines[..before].matches('\n').count(), address }
}

fn put_in_key(library: &mut Library, number: usize, rule: &'static str, address: String) -> Fault {
    let path = format!("content/part-00/guide-{number}.md");
    library.add(&path, &library::guide(&format!("SG-{number}"), &["page-001.md", &address]));
    Fault { rule, path, line: 7, address }
}

/// The page on which a fault stands.
fn page_of(number: usize) -> usize {
    number / 2 * 7 % PAGES
}

/// An address of a page that does not exist, as seen from any page.
fn dead_page(number: usize) -> String {
    let there = library::path(number + 400);
    let stem = there.trim_end_matches(".md");
    match number % 20 {
        0 => format!("gone-{number}.md"),
        1 => format!("./gone-{number}.md"),
        2 => format!("../part-07/gone-{number}.md#what-helps"),
        3 => format!("gone%20page%20{number}.md"),
        4 => format!("../gone-{number}.md?print=1"),
        // psychoed makes this page, but links lead to sources.
        5 => format!("../{stem}.html"),
        6 => format!("../{stem}.html#what-helps"),
        7 => format!("../{stem}"),
        8 => format!("../{stem}.markdown"),
        9 => format!("../{there}/"),
        // Folders, with a page for them or without.
        10 => format!("../part-{:02}/", number / 20),
        11 => format!("../part-{:02}", number / 20),
        12 => format!("../shelf/#on-the-shelf-{number}"),
        13 => "..".to_owned(),
        14 => "./#what-helps".to_owned(),
        // Encoded once too often, or where it must not be.
        15 => format!("../{}", there.replace('.', "%252E")),
        16 => format!("../{there}%3Fprint=1"),
        17 => format!("../{there}%23next"),
        18 => format!("../pictures/gone-{number}.svg"),
        _ => format!("größe-{number}.md"),
    }
}

/// An address of a page that is there, but not the place on it.
fn dead_anchor(number: usize) -> String {
    let there = format!("../{}", library::path(number + 700));
    match number % 20 {
        0 => "#gone".to_owned(),
        1 => format!("{there}#gone-{number}"),
        2 => format!("{there}#What-Helps"),
        3 => format!("{there}#what-helps-2"),
        4 => format!("{there}#next-1"),
        // The heading has an id of its own.
        5 => format!("{there}#next-steps"),
        // Ids that psychoed and themes give out are no promise to authors.
        6 => format!("{there}#fn:1"),
        7 => "#fnref:1".to_owned(),
        8 => format!("{there}#page--content"),
        9 => format!("{there}#cite-1"),
        10 => "#in-code".to_owned(),
        11 => format!("{there}?print=1#gone-{number}"),
        12 => format!("{there}#what%20helps"),
        13 => format!("{there}#what%2Dhelps%2D9"),
        14 => format!("{there}#%23what-helps"),
        15 => format!("{there}#what-helps#next"),
        16 => "../shelf/index.md#what-helps".to_owned(),
        17 => format!("{there}#what-he%CC%81lps"),
        18 => "../index.md#next".to_owned(),
        _ => format!("{there}#-what-helps"),
    }
}
