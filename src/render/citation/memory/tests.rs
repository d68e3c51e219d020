//! What is put together must be, byte for byte, what the engine prints when it sees the page as a whole.

use std::path::Path;
use std::sync::Arc;

use hayagriva::archive::ArchivedStyle;
use rayon::prelude::*;
use serde_json::json;

use crate::config::{Citations, Config};
use crate::content::reference::Bibliography;
use crate::content::{Citation, CitationItem, Locator};
use crate::parse::bibliography::bibliography;
use crate::render::citation::dependence::Dependence;
use crate::render::citation::works::Cited;
use crate::render::citation::{CitedEntry, CitedPage, Style, bare_citation};
use crate::source::{SitePath, Sources, Spanned};

const BUILT_IN: [&str; 4] = ["vancouver", "apa", "ama", "harvard"];

/// Styles made so that each does one thing that pages cannot be put together with, and some that do nothing of the kind.
const STORED: [(&str, &str, Dependence); 7] = [
    ("ibid", include_str!("../../../../tests/citations/styles/ibid.csl"), Dependence::Page),
    ("shorter-later", include_str!("../../../../tests/citations/styles/shorter-later.csl"), Dependence::Page),
    ("same-author", include_str!("../../../../tests/citations/styles/same-author.csl"), Dependence::Page),
    ("number-and-name", include_str!("../../../../tests/citations/styles/number-and-name.csl"), Dependence::Page),
    ("sorted-numbers", include_str!("../../../../tests/citations/styles/sorted-numbers.csl"), Dependence::Numbers),
    ("ordinals", include_str!("../../../../tests/citations/styles/ordinals.csl"), Dependence::Page),
    ("grouped", include_str!("../../../../tests/citations/styles/grouped.csl"), Dependence::Works),
];

#[test]
fn pages_of_the_library() {
    let sources = Arc::new(crate::load::project(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap());
    let (config, _) = crate::parse::config::config(&sources);
    let parsed = crate::parse::all(&sources, &config, &mut Default::default());
    let citations = |document: &crate::content::Document| {
        document.citations.iter().map(|citation| citation.value.clone()).collect::<Vec<_>>()
    };
    let pages: Vec<Vec<Citation>> = parsed.documents.iter().map(|(_, document)| citations(document)).collect();
    let cited = pages.iter().filter(|page| !page.is_empty()).count();
    assert!(cited > 20, "only {cited} pages cite anything");
    for name in BUILT_IN {
        let put_together = compare(&style(name, None), &parsed.bibliography, &pages);
        assert!(put_together * 10 >= pages.len() * 9, "{name}: {put_together} of {}", pages.len());
    }
}

#[test]
fn random_pages_in_built_in_styles() {
    for (seed, name) in (1..).zip(BUILT_IN) {
        for works in [library_works(), alike_works(), odd_works()] {
            let pages = random_pages(&works, seed, 400);
            let put_together = compare(&style(name, None), &works, &pages);
            assert!(put_together >= 200, "{name}: {put_together}");
        }
    }
}

#[test]
fn random_pages_in_stored_styles() {
    for (seed, (name, xml, dependence)) in (50..).zip(STORED) {
        let style = style(name, Some(xml));
        assert_eq!(style.dependence, dependence, "{name}");
        for works in [library_works(), alike_works()] {
            let put_together = compare(&style, &works, &random_pages(&works, seed, 150));
            assert_eq!(put_together > 0, dependence != Dependence::Page, "{name}: {put_together}");
        }
    }
}

/// Volumes that are half numbers and half words put works in an order that contradicts itself.
#[test]
fn works_that_differ_in_what_they_are_sorted_by_last() {
    let mut works = alike_works();
    works.works.retain(|key, _| key.starts_with("tied"));
    assert_eq!(works.works.len(), 5);
    let (name, xml, _) = STORED[4];
    assert_eq!(compare(&style(name, Some(xml)), &works, &random_pages(&works, 8, 200)), 200);
}

/// Every style that comes with the engine, so that styles are read right which nobody here has looked at.
#[test]
fn random_pages_in_many_styles() {
    let (library, alike) = (library_works(), alike_works());
    let kinds: Vec<Dependence> = ArchivedStyle::all()
        .par_iter()
        .filter_map(|archived| {
            let whole = archived.get();
            let hayagriva::citationberg::Style::Independent(csl) = &whole else { return None };
            let name = archived.names()[0];
            csl.bibliography.as_ref()?;
            let style = style(name, Some(&whole.to_xml().unwrap()));
            for works in [&library, &alike] {
                compare(&style, works, &random_pages(works, 99, 12));
            }
            Some(style.dependence)
        })
        .collect();
    let count = |kind| kinds.iter().filter(|found| **found == kind).count();
    let counts = [Dependence::Numbers, Dependence::Works, Dependence::Page].map(count);
    assert!(counts.iter().all(|count| *count >= 10), "{counts:?}");
}

#[test]
fn lists_of_all_works() {
    for name in BUILT_IN {
        let style = style(name, None);
        for works in [library_works(), alike_works(), odd_works()] {
            let ordered = crate::render::citation::order::alphabetical(works.works.values());
            let citations: Vec<Citation> = ordered.iter().map(|work| bare_citation(&work.key)).collect();
            let citations: Vec<&Citation> = citations.iter().collect();
            let cited = Cited::of(&style.known, &works, &citations);
            let engine = style.entries(style.run(&style.unsorted, &cited, &citations).entries, &cited);
            let listed = style.every_work(&works);
            let html = |entries: &[CitedEntry]| {
                entries.iter().map(|entry| (entry.key.clone(), entry.entry_html.clone())).collect::<Vec<_>>()
            };
            assert_eq!(html(&listed), html(&engine), "{name}");
        }
    }
}

/// The engine panicked.
#[test]
fn authors_of_one_work_are_the_first_of_another() {
    let work = |key: &str, authors: &str| {
        let authors: Vec<_> =
            authors.chars().map(|name| json!({"family": name.to_string(), "given": "Given"})).collect();
        json!({"id": key, "type": "book", "title": key, "author": authors, "issued": {"date-parts": [[2010]]}})
    };
    let works =
        json!([work("a", "ABCD"), work("b", "ABCDE"), work("c", "ABCDEF"), work("d", "AXYZ"), work("e", "AXYZ")]);
    let works = works_of(&works);
    let cites = ["a", "b", "c", "d", "e"].map(bare_citation);
    let page = style("harvard", None).cite(&works, &cites.each_ref()[..2]);
    let words = ["A <i>et al.</i>, 2010", "A, B, C, D and E, 2010"];
    let shown = page.citations.iter().zip(words).all(|(html, words)| html.contains(words));
    assert!(shown, "{:?}", page.citations);
    for name in BUILT_IN {
        let style = style(name, None);
        assert_eq!(style.cite(&works, &cites.each_ref()).entries.len(), 5);
        assert_eq!(style.every_work(&works).len(), 5);
    }
}

/// What was printed of a work must not outlive it.
#[test]
fn a_work_that_changes_is_printed_anew() {
    let of = |title: &str| works_of(&json!([{"id": "a", "type": "book", "title": title}]));
    let style = style("apa", None);
    let cite = bare_citation("a");
    let entry = |works: &Bibliography| style.cite(works, &[&cite]).entries[0].entry_html.to_string();
    let (before, after) = (of("Before"), of("After"));
    assert_eq!(
        [entry(&before), entry(&after), entry(&before)],
        ["<i>Before</i>. (n.d.).", "<i>After</i>. (n.d.).", "<i>Before</i>. (n.d.)."]
    );
}

/// Formats pages both ways, several at a time as a build does. Returns how many were put together.
fn compare(style: &Style, works: &Bibliography, pages: &[Vec<Citation>]) -> usize {
    let put_together = pages.par_iter().filter(|page| {
        let page: Vec<&Citation> = page.iter().collect();
        let cited = Cited::of(&style.known, works, &page);
        let Some(memory) = style.cite_from_memory(works, &cited, &page) else { return false };
        let engine = style.cite_with_engine(&cited, &page);
        let name = &style.forms.plain.info.title.value;
        assert_eq!(memory.citations, engine.citations, "{name:?} for {page:#?}");
        let entries = |page: &CitedPage| format!("{:#?}", page.entries);
        assert_eq!(entries(&memory), entries(&engine), "{name:?} for {page:#?}");
        true
    });
    put_together.count()
}

fn random_pages(works: &Bibliography, seed: u64, count: usize) -> Vec<Vec<Citation>> {
    let keys: Vec<&str> = works.works.keys().chain(works.aliases.keys()).map(String::as_str).collect();
    let mut dice = Dice(seed);
    (0..count).map(|_| dice.page(&keys)).collect()
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// Few citations or many, of a few works that come again or of all.
    fn page(&mut self, keys: &[&str]) -> Vec<Citation> {
        let few: Vec<&str> = (0..1 + self.below(8)).map(|_| self.pick(keys)).collect();
        let keys = if self.one_in(5) { keys } else { &few };
        let length = if self.one_in(8) { 15 } else { 4 };
        (0..1 + self.below(length)).map(|_| self.citation(keys)).collect()
    }

    fn citation(&mut self, keys: &[&str]) -> Citation {
        let works = if self.one_in(3) { 2 + self.below(5) } else { 1 };
        let is_plain = self.one_in(2);
        let items = (0..works).map(|_| self.item(keys, is_plain)).collect();
        Citation { items, narrative: self.one_in(4), within: Vec::new() }
    }

    fn item(&mut self, keys: &[&str], is_plain: bool) -> CitationItem {
        let key = if self.one_in(60) { "unknown<key>" } else { self.pick(keys) };
        let mut item = bare_citation(key).items.remove(0);
        if is_plain {
            return item;
        }
        if self.one_in(3) {
            let label = self.pick(&["page", "page", "chapter", "section", "figure", "nonsense"]);
            let value = self.pick(&["3", "33-35", "4, 7-9", "iv", "xi–xii", "A-3", "", "<i>5</i> & 6", "1900000002"]);
            item.locator = Some(Locator { label: label.to_owned(), value: value.to_owned() });
        }
        if self.one_in(6) {
            item.prefix = self.pick(&["see", "e.g.,", "<b>not</b>", "1800000001"]).to_owned();
        }
        if self.one_in(6) {
            item.suffix = self.pick(&["and more", ", for one", ".", "’s", "1900000002"]).to_owned();
        }
        item.suppress_author = self.one_in(8);
        item
    }
}

fn style(name: &str, xml: Option<&str>) -> Style {
    let mut sources = Sources::default();
    let mut name = name.to_owned();
    if let Some(xml) = xml {
        name += ".csl";
        sources.files.insert(SitePath::new(&name), xml.into());
    }
    Style::load(&config("works.json", &name), &sources).unwrap_or_else(|fault| panic!("{name}: {fault:?}"))
}

fn config(works: &str, style: &str) -> Config {
    Config {
        language: "en-GB".into(),
        citations: Citations {
            bibliography: vec![Spanned::new(works.to_owned(), 0..0)],
            style: Spanned::new(style.to_owned(), 0..0),
            ..Citations::default()
        },
        ..Config::default()
    }
}

fn works(file: &str, text: &str) -> Bibliography {
    let mut sources = Sources::default();
    sources.files.insert(SitePath::new(format!("content/{file}")), text.into());
    bibliography(&sources, &config(file, "apa"))
}

fn works_of(items: &serde_json::Value) -> Bibliography {
    works("works.json", &items.to_string())
}

fn library_works() -> Bibliography {
    works("references.bib", include_str!("../../../../content/references.bib"))
}

fn alike_works() -> Bibliography {
    let works = works("alike.bib", include_str!("../../../../tests/citations/alike.bib"));
    assert!(works.works.len() > 60 && works.aliases.len() == 2, "{} works", works.works.len());
    works
}

/// Works that hold what looks like numbers standing for others, and works of which next to nothing is known.
fn odd_works() -> Bibliography {
    let mut items = vec![
        json!({"id": "a", "type": "book", "title": "1800000001", "author": [{"family": "1900000002"}]}),
        json!({"id": "b", "type": "book", "title": "Of 1800000001 and 1900000003", "issued": {"date-parts": [[1999]]}}),
        json!({"id": "c", "type": "book", "title": "", "author": [{"literal": "1900000004-1900000005"}]}),
        json!({"id": "d", "type": "book"}),
        json!({"id": "e", "type": "webpage", "URL": "https://example.org/1800000001"}),
        json!({"id": "f\"<>& ", "type": "webpage", "title": "<i>Odd</i> key", "author": [{"family": "Key"}]}),
        json!({"id": "g", "type": "nonsense", "title": "(), ; : . “x” ‘y’", "author": [{"family": "A; B, C"}]}),
        json!({"id": "h", "type": "article-journal", "title": "Volumes", "volume": "9a", "status": "in press"}),
    ];
    for number in 0..12 {
        items.push(json!({
            "id": format!("n{number}"), "type": "article-journal", "title": "Numbered", "volume": number.to_string(),
            "author": [{"family": format!("Name{}", number % 7), "given": "A."}], "issued": {"date-parts": [[2000 + number % 2]]},
        }));
    }
    works_of(&serde_json::Value::Array(items))
}

/// What pages cost: `cargo test --release --lib what_pages_cost -- --ignored --nocapture`.
#[test]
#[ignore = "measures, and proves nothing"]
#[allow(clippy::disallowed_methods, reason = "looks at the clock of the processor")]
fn what_pages_cost() {
    // Linux counts the nanoseconds that a thread has had; others of this machine's programs do not matter then.
    let seconds = || {
        let counts = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
        counts.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
    };
    let mut dice = Dice(7);
    let works = many_works(&mut dice, 500);
    let keys: Vec<&str> = works.works.keys().map(String::as_str).collect();
    let singles = |dice: &mut Dice| (0..3).map(|_| bare_citation(dice.pick(&keys))).collect();
    let groups = |dice: &mut Dice| (0..3).map(|_| dice.citation(&keys)).collect();
    let singles: Vec<Vec<Citation>> = (0..10_000).map(|_| singles(&mut dice)).collect();
    let groups: Vec<Vec<Citation>> = (0..10_000).map(|_| groups(&mut dice)).collect();
    for (kind, pages) in [("3 works", singles), ("3 of all kinds", groups)] {
        let pages: Vec<Vec<&Citation>> = pages.iter().map(|page| page.iter().collect()).collect();
        for name in BUILT_IN {
            let style = style(name, None);
            let start = seconds();
            let from_memory = pages.iter().filter(|page| {
                let cited = Cited::of(&style.known, &works, page);
                style.cite_from_memory(&works, &cited, page).is_some()
            });
            let from_memory = from_memory.count();
            let memory = seconds() - start;
            let style = self::style(name, None);
            let start = seconds();
            for page in &pages[..1_000] {
                style.cite_with_engine(&Cited::of(&style.known, &works, page), page);
            }
            let engine = (seconds() - start) * 10.0;
            println!(
                "{name}, {kind}: {from_memory} of 10,000 pages from memory in {memory:.3} s; all by the engine: {engine:.3} s"
            );
        }
    }
}

fn many_works(dice: &mut Dice, count: usize) -> Bibliography {
    let mut item = |number: usize| {
        let authors = (0..1 + dice.below(6)).map(|_| {
            let initial = char::from(b'A' + u8::try_from(dice.below(26)).unwrap());
            json!({"family": format!("Author{}", dice.below(200)), "given": format!("{initial}.")})
        });
        let authors: Vec<_> = authors.collect();
        json!({
            "id": format!("work{number}"), "type": "article-journal", "title": format!("Study {number} of talk grief expect differ help need"),
            "container-title": "Journal of change", "volume": (1 + dice.below(90)).to_string(), "page": format!("{number}-{}", number + 9),
            "author": authors, "issued": {"date-parts": [[1990 + dice.below(30)]]}, "DOI": format!("10.1000/{number}"),
        })
    };
    let items: Vec<_> = (0..count).map(&mut item).collect();
    works_of(&serde_json::Value::Array(items))
}
