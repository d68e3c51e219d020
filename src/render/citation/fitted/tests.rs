//! A fitted style must print, element for element, what the style prints.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::config::{Citations, Config};
use crate::render::citation::Style;
use crate::render::citation::engine::cite;
use crate::render::citation::item::{self, End};
use crate::render::citation::tests::works;
use crate::source::{SitePath, Sources, Spanned};

const TYPES: [&str; 46] = [
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
    "nonsense",
];

/// Every style that comes with the engine, with works of every type that have some variables and lack others.
#[test]
fn every_style_prints_the_same_fitted() {
    let (whole, fitted): (usize, usize) = ArchivedStyle::all()
        .par_iter()
        .enumerate()
        .filter_map(|(number, archived)| {
            let whole = archived.get();
            let citationberg::Style::Independent(csl) = &whole else { return None };
            csl.bibliography.as_ref()?;
            Some(compare(&style(&whole.to_xml().unwrap()), number))
        })
        .reduce(|| (0, 0), |one, other| (one.0 + other.0, one.1 + other.1));
    assert!(fitted * 2 < whole, "{fitted} of {whole} elements are left");
}

/// Works of a type that have more than those before them.
#[test]
fn a_style_is_fitted_anew_to_works_with_more_variables() {
    let style = style(&ArchivedStyle::AmericanPsychologicalAssociation.get().to_xml().unwrap());
    let items = [0, 2, 0, 4, 6, 1].map(|choice| work("book", &format!("w{choice}"), choice));
    for item in items {
        let item = first(item);
        let fitted = style.fitted.to(&style.forms.plain, &item);
        assert_eq!(printed(&style, &fitted.csl, &item), printed(&style, &style.forms.plain, &item));
    }
}

/// Prints works of every type both ways. Returns how many elements the style has, and how many fitted ones have.
fn compare(style: &Style, turn: usize) -> (usize, usize) {
    let csl = &style.forms.plain;
    let mut left = 0;
    for number in 0..TYPES.len() * 3 {
        let item = first(work(TYPES[number / 3], "w", number * 5 + turn));
        let kind = Kind::from_str(TYPES[number / 3]).ok();
        let fitted = fit(csl, kind, &item.0.keys().cloned().collect());
        assert_eq!(printed(style, &fitted, &item), printed(style, csl, &item), "{:?}: {item:#?}", csl.info.title.value);
        left += elements(&fitted);
    }
    (elements(csl), left / (TYPES.len() * 3))
}

/// A work as the engine takes it.
fn first(work: Value) -> Item {
    item::of(works(json!([work])).works.values().next().unwrap(), End::First)
}

fn printed(style: &Style, csl: &IndependentStyle, item: &Item) -> String {
    let engine = style.print(csl, [(vec![cite(item, None)], csl)].into_iter(), 0);
    let entries: Vec<_> = engine.entries.iter().map(|entry| (&entry.key, &entry.label, &entry.content)).collect();
    format!("{:#?} {entries:#?}", engine.citations)
}

fn elements(csl: &IndependentStyle) -> usize {
    let bibliography = csl.bibliography.iter().map(|bibliography| &bibliography.layout.elements);
    let of_macros = csl.macros.iter().map(|called| &called.children);
    let mut count = 0;
    for elements in bibliography.chain(of_macros).chain([&csl.citation.layout.elements]) {
        crate::render::citation::elements::each(elements, &mut |_| count += 1);
    }
    count
}

/// A work with the variables in whose place in the list a certain bit is set, or not set; or with all of them, or none.
fn work(kind: &str, key: &str, choice: usize) -> Value {
    let person = |family: &str| json!([{"family": family, "given": "Given Name"}, {"literal": "A Society"}]);
    let date = |year: u32| json!({"date-parts": [[year, 3, 14]]});
    let variables = [
        ("title", json!("Title of a thing: and more")),
        ("author", person("Author")),
        ("issued", date(2001)),
        ("container-title", json!("Container of things")),
        ("volume", json!("12")),
        ("issue", json!("3a")),
        ("page", json!("101-109")),
        ("DOI", json!("10.1000/182")),
        ("editor", person("Editor")),
        ("publisher", json!("A Publisher")),
        ("publisher-place", json!("Place")),
        ("URL", json!("https://example.org/a")),
        ("accessed", date(2020)),
        ("edition", json!("2")),
        ("translator", person("Editor")),
        ("collection-title", json!("Collection")),
        ("collection-number", json!("7")),
        ("genre", json!("Genre")),
        ("number", json!("No. 5")),
        ("title-short", json!("Title")),
        ("container-title-short", json!("Cont")),
        ("event-title", json!("Event")),
        ("event-place", json!("Place of it")),
        ("event-date", date(1999)),
        ("number-of-pages", json!("300")),
        ("number-of-volumes", json!("4")),
        ("container-author", person("Whole")),
        ("original-date", date(1950)),
        ("original-author", person("First")),
        ("medium", json!("Film")),
        ("status", json!("in press")),
        ("archive", json!("Archive")),
        ("archive_location", json!("Box 3")),
        ("authority", json!("Court")),
        ("chapter-number", json!("IV")),
        ("version", json!("1.2.3")),
        ("section", json!("§ 4")),
        ("reviewed-title", json!("Reviewed")),
        ("reviewed-author", person("Reviewed")),
        ("director", person("Director")),
        ("interviewer", person("Interviewer")),
        ("recipient", person("Recipient")),
        ("collection-editor", person("Series")),
        ("PMID", json!("123")),
        ("PMCID", json!("PMC1")),
        ("ISBN", json!("978")),
        ("note", json!("Note")),
        ("abstract", json!("")),
        ("references", json!("Laws 3")),
        ("supplement-number", json!("S1")),
        ("part-number", json!("2")),
        ("dimensions", json!("1 h")),
        ("composer", person("Composer")),
        ("jurisdiction", json!("de")),
        ("source", json!("Source")),
        ("original-title", json!("Original")),
        ("language", json!("de")),
        ("issued", json!({"date-parts": [[2001]], "season": "2", "circa": true})),
    ];
    let (bit, is_set) = (choice / 2 % 7, choice.is_multiple_of(2));
    let chosen = variables.iter().enumerate().filter(|(place, _)| (place >> bit & 1 == 1) == is_set);
    let mut work: serde_json::Map<String, Value> =
        chosen.map(|(_, (name, value))| ((*name).to_owned(), value.clone())).collect();
    work.insert("id".to_owned(), key.into());
    work.insert("type".to_owned(), kind.into());
    Value::Object(work)
}

fn style(xml: &str) -> Style {
    let mut sources = Sources::default();
    sources.files.insert(SitePath::new("style.csl"), xml.into());
    let style = Spanned::new("style.csl".to_owned(), 0..0);
    let config = Config { citations: Citations { style, ..Citations::default() }, ..Config::default() };
    Style::load(&config, &sources).unwrap_or_else(|fault| panic!("{fault:?}"))
}

/// Each macro calls the one before it twice: written out, the last would have a million elements.
#[test]
fn macros_that_call_each_other_do_not_grow() {
    let calls = |number: usize| {
        let call = format!("<text macro=\"m{}\"/>", number - 1);
        format!("<macro name=\"m{number}\"><group>{call}{call}</group></macro>")
    };
    let macros: String = (1..20).map(calls).collect();
    let style = style(&format!(
        r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
        <info><title>Doubling</title><id>doubling</id><updated>2026-01-01T00:00:00Z</updated></info>
        <macro name="m0"><group><text variable="title"/></group></macro>{macros}
        <citation><layout><text variable="citation-number"/></layout></citation>
        <bibliography><layout><text macro="m19"/></layout></bibliography></style>"#
    ));
    let item = first(work("book", "w", 0));
    assert!(elements(&fit(&style.forms.plain, None, &item.0.keys().cloned().collect())) < 10_000);
}
