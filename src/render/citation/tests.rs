use serde_json::{Value, json};

use super::*;
use crate::config::Citations;
use crate::content::Locator as Place;
use crate::source::{SitePath, Sources, Spanned};

fn config(style: &str, language: &str) -> Config {
    Config {
        language: language.into(),
        citations: Citations {
            bibliography: vec![Spanned::new("works.json".to_owned(), 0..0)],
            style: Spanned::new(style.to_owned(), 30..40),
            ..Citations::default()
        },
        ..Config::default()
    }
}

fn style(name: &str) -> Style {
    Style::load(&config(name, "en-GB"), &Sources::default()).unwrap_or_else(|fault| panic!("{}", fault.message))
}

pub(super) fn works(items: Value) -> Bibliography {
    let mut sources = Sources::default();
    sources.files.insert(SitePath::new("content/works.json"), items.to_string().into());
    crate::parse::bibliography::bibliography(&sources, &config("apa", "en-GB"))
}

fn article(key: &str, more: Value) -> Value {
    let mut item = json!({
        "id": key, "type": "article-journal", "title": "On moods", "container-title": "Journal", "volume": "3",
        "author": [{"family": "Rush", "given": "A. John"}], "issued": {"date-parts": [[1999]]},
    });
    item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    item
}

fn cite(keys: &[&str]) -> Citation {
    Citation {
        items: keys.iter().flat_map(|key| bare_citation(key).items).collect(),
        narrative: false,
        within: Vec::new(),
    }
}

fn narrative(keys: &[&str]) -> Citation {
    Citation { narrative: true, ..cite(keys) }
}

/// The page's citations, and its entries with their labels.
fn page(style: &Style, works: &Bibliography, citations: &[Citation]) -> (Vec<String>, Vec<String>) {
    let page = style.cite(works, &citations.iter().collect::<Vec<_>>());
    let entries = page.entries.iter().map(|entry| match &entry.label_html {
        Some(label) => format!("{label} | {}", entry.entry_html),
        None => entry.entry_html.to_string(),
    });
    (page.citations, entries.collect())
}

#[test]
fn links_lead_to_entries_and_to_the_work() {
    let works = works(json!([article("rush1999", json!({"DOI": "10.1000/x<y>", "PMID": "123"}))]));
    let (citations, entries) = page(&style("vancouver"), &works, &[cite(&["rush1999"]), narrative(&["rush1999"])]);
    assert_eq!(
        citations,
        [
            "<span class=\"citation\" id=\"cite-1\">(<a href=\"#ref-rush1999\" role=\"doc-biblioref\">1</a>)</span>",
            "<span class=\"citation\" id=\"cite-2\">Rush (<a href=\"#ref-rush1999\" role=\"doc-biblioref\">1</a>)</span>",
        ]
    );
    assert_eq!(
        entries,
        [
            "1. | Rush AJ. On moods. Journal. 1999;3. doi:<a href=\"https://doi.org/10.1000/x%3Cy%3E\">10.1000/x&lt;y&gt;</a> \
          PubMed PMID: <a href=\"https://pubmed.ncbi.nlm.nih.gov/123/\">123</a>."
        ]
    );
    // Where the style prints the DOI only, PubMed is added; where it prints none, both are.
    let (citations, entries) = page(&style("apa"), &works, &[cite(&["rush1999"])]);
    assert_eq!(
        citations,
        [
            "<span class=\"citation\" id=\"cite-1\">(<a href=\"#ref-rush1999\" role=\"doc-biblioref\">Rush, 1999</a>)</span>"
        ]
    );
    assert_eq!(
        entries,
        ["Rush, A. J. (1999). On moods. <i>Journal</i>, <i>3</i>. \
          <a href=\"https://doi.org/10.1000/x%3Cy%3E\">https://doi.org/10.1000/x&lt;y&gt;</a> <span class=\"reference-links\">\
          <a href=\"https://pubmed.ncbi.nlm.nih.gov/123/\">PubMed</a></span>"]
    );
}

#[test]
fn a_work_without_doi_and_pubmed_leads_to_its_address() {
    let works = works(json!([
        article("printed", json!({"type": "webpage", "URL": "https://www.example.org/a?b=1&c=2"})),
        article("added", json!({"type": "book", "URL": "https://www.example.org/book"})),
    ]));
    let (_, entries) = page(&style("vancouver"), &works, &[cite(&["printed"]), cite(&["added"])]);
    let shown = "<a href=\"https://www.example.org/a?b=1&amp;c=2\">https://www.example.org/a?b=1&amp;c=2</a>";
    assert!(entries[0].ends_with(shown), "{}", entries[0]);
    let (_, entries) = page(&style("harvard"), &works, &[cite(&["added"])]);
    assert!(entries[0].contains("href=\"https://www.example.org/book\""), "{}", entries[0]);
}

#[test]
fn data_is_text_and_never_markup() {
    let attack =
        "<script>alert(1)</script><img src=x onerror=alert(1)>\" onmouseover='x' <i onclick=x>a</i> & <i>b</i>";
    let works = works(json!([
        article(
            "a",
            json!({
                "title": attack, "container-title": attack, "publisher": attack, "page": attack, "volume": attack, "issue": attack,
                "DOI": "10.1/\"><script>alert(1)</script>", "URL": "javascript:alert(1)", "PMID": "<script>", "note": attack,
                "genre": attack, "author": [{"family": attack, "given": attack, "suffix": attack}, {"literal": attack}],
            })
        ),
        article(
            "b\"><script>",
            json!({"type": "webpage", "URL": "javascript:alert(1)", "accessed": {"date-parts": [[2020]]}})
        ),
        article("c", json!({"type": "webpage", "URL": "data:text/html,<script>alert(1)</script>"})),
    ]));
    for name in ["vancouver", "apa", "ama", "harvard"] {
        let style = style(name);
        let mut citations =
            vec![cite(&["a"]), narrative(&["a"]), cite(&["b\"><script>"]), cite(&["c"]), cite(&["<script>"])];
        citations[0].items[0].prefix = attack.to_owned();
        citations[0].items[0].suffix = attack.to_owned();
        citations[0].items[0].locator = Some(Place { label: "page".into(), value: attack.to_owned() });
        let (citations, entries) = page(&style, &works, &citations);
        for html in citations.iter().chain(&entries) {
            for tag in html.split('<').skip(1) {
                let tag = tag.split('>').next().unwrap();
                let own =
                    ["i", "/i", "b", "/b", "sup", "/sup", "sub", "/sub", "/a", "/span", "span class=\"small-caps\""];
                let ours = own.contains(&tag)
                    || tag.starts_with("span class=\"citation\" id=\"cite-")
                    || tag == "span class=\"reference-links\""
                    || tag.starts_with("a href=\"#ref-")
                    || tag.starts_with("a href=\"https://doi.org/");
                assert!(ours, "{name}: <{tag}> in {html}");
                assert_eq!(tag.matches('"').count() % 2, 0, "{name}: <{tag}>");
            }
            assert!(
                !html.contains("<script") && !html.contains("javascript:\"") && !html.contains("href=\"javascript"),
                "{html}"
            );
            assert!(!html.contains("style="), "{html}");
        }
        // The one piece of markup that CSL knows, closed and without attributes, is kept.
        assert!(
            entries.iter().any(|entry| entry.contains("<i>b</i>") || entry.contains("&amp; </i>b")),
            "{name}: {entries:?}"
        );
    }
}

#[test]
fn characters_that_may_not_stand_in_html_are_left_out() {
    let broken = "On\u{7} m\u{7F}oo\u{FFFE}ds";
    let works = works(json!([article("a", json!({"title": broken}))]));
    let mut citation = cite(&["a"]);
    citation.items[0].suffix = broken.to_owned();
    let (citations, entries) = page(&style("apa"), &works, &[citation]);
    let link = "<a href=\"#ref-a\" role=\"doc-biblioref\">Rush, 1999</a>";
    assert_eq!(citations, [format!("<span class=\"citation\" id=\"cite-1\">({link} On moods)</span>")]);
    assert_eq!(entries, ["Rush, A. J. (1999). On moods. <i>Journal</i>, <i>3</i>."]);
}

#[test]
fn works_that_make_no_sense_are_printed_all_the_same() {
    let dates = [
        json!({"date-parts": [[2000], [2001]]}),
        json!({"date-parts": [[2000, 3], [0]]}),
        json!({"date-parts": [[2000, 13, 45]]}),
        json!({"date-parts": [[2000, 0, 0]]}),
        json!({"date-parts": [[2000, 22]]}),
        json!({"date-parts": [[-44, 3, 15]]}),
        json!({"date-parts": [[0]]}),
        json!({"date-parts": [[]]}),
        json!({"date-parts": []}),
        json!({"date-parts": [["1999", "05"], ["x"]]}),
        json!({"date-parts": [[99999999]]}),
        json!({"date-parts": [[2000], [2001], [2002]]}),
        json!({"date-parts": "soon"}),
        json!({"raw": "2010-05/2011"}),
        json!({"raw": "nonsense"}),
        json!({"literal": "in press"}),
        json!({"season": "7", "date-parts": [[2000]]}),
        json!("2000"),
        json!(null),
        json!(2000),
    ];
    let texts = [
        "",
        " ",
        "-",
        "--",
        "1-",
        "-1",
        "1--2",
        "1-2-3",
        "&",
        ",",
        "99999999999999999999",
        "0",
        "00",
        "1,2&3",
        "ⅻ",
        "٣",
        "\u{0}",
        "\u{e000}",
        "\u{f0041}",
        "<i>",
        "</i>",
        "<i><b></i></b>",
        "'",
        "\"",
        "...",
        "水島",
        "🙂",
        "a\u{301}",
        "S1-S2",
        "1a-2b",
        "é-ü",
        "n.d.",
    ];
    let mut items: Vec<Value> = dates
        .iter()
        .enumerate()
        .map(|(at, date)| article(&format!("d{at}"), json!({"issued": date, "accessed": date})))
        .collect();
    for (at, text) in texts.iter().enumerate() {
        items.push(article(&format!("t{at}"), json!({
            "title": text, "page": text, "volume": text, "issue": text, "edition": text, "number": text, "chapter-number": text,
            "DOI": text, "URL": text, "PMID": text, "language": text, "type": if at % 2 == 0 { "book" } else { "chapter" },
            "author": [{"family": text, "given": text}, {"given": text}, {}, {"literal": text}, text], "editor": text,
        })));
    }
    let works = works(Value::Array(items));
    for name in ["vancouver", "apa", "ama", "harvard"] {
        let style = style(name);
        let citations: Vec<Citation> = works
            .works
            .keys()
            .zip(texts.iter().cycle())
            .map(|(key, text)| {
                let mut citation = narrative(&[key, "d0"]);
                citation.items[0].locator = Some(Place { label: "page".into(), value: (*text).to_owned() });
                citation.items[1].locator = Some(Place { label: (*text).to_owned(), value: "7".into() });
                citation
            })
            .collect();
        let (printed, entries) = page(&style, &works, &citations);
        assert_eq!((printed.len(), entries.len()), (works.works.len(), works.works.len()), "{name}");
        for html in printed.iter().chain(&entries) {
            assert!(
                !html.contains(|c: char| ('\u{e000}'..='\u{f8ff}').contains(&c) || c > '\u{efff0}'),
                "{name}: {html:?}"
            );
            assert!(!html.contains("19000"), "{name}: {html}");
        }
        assert_eq!(style.every_work(&works).len(), works.works.len());
    }
}

#[test]
fn ranges_of_dates() {
    let works = works(json!([
        article("years", json!({"type": "book", "publisher": "P", "issued": {"date-parts": [[1953], [1956]]}})),
        article("months", json!({"title": "M", "issued": {"date-parts": [[2012, 3], [2012, 4]]}})),
        article(
            "open",
            json!({"type": "book", "title": "O", "publisher": "P", "issued": {"date-parts": [[2019], [0]]}})
        ),
    ]));
    let (citations, entries) = page(&style("apa"), &works, &[cite(&["years"]), cite(&["open"])]);
    assert!(
        citations[0].contains(">Rush, 1953–1956</a>") && citations[1].contains(">Rush, 2019–</a>"),
        "{citations:?}"
    );
    assert!(entries[0].contains("(1953–1956)") && entries[1].contains("(2019–)"), "{entries:?}");
    let (_, entries) = page(&style("vancouver"), &works, &[cite(&["months"])]);
    assert!(entries[0].contains("2012 Mar–Apr;3"), "{entries:?}");
}

#[test]
fn unknown_keys_and_aliases() {
    let mut works = works(json!([article("rush1999", json!({}))]));
    works.aliases.insert("rush".into(), "rush1999".into());
    let citations = [cite(&["nope"]), cite(&["rush", "a<b"]), narrative(&["gone"])];
    let style = style("vancouver");
    let page = style.cite(&works, &citations.iter().collect::<Vec<_>>());
    assert_eq!(
        page.citations,
        [
            "<span class=\"citation\" id=\"cite-1\">[?nope]</span>",
            "<span class=\"citation\" id=\"cite-2\">(<a href=\"#ref-rush1999\" role=\"doc-biblioref\">1</a>) [?a&lt;b]</span>",
            "<span class=\"citation\" id=\"cite-3\">[?gone]</span>",
        ]
    );
    assert_eq!(page.entries.len(), 1);
    assert_eq!((page.entries[0].key.as_str(), page.entries[0].cited_by.as_slice()), ("rush1999", &[2][..]));
    assert!(style.cite(&works, &[]).citations.is_empty());
}

#[test]
fn places_and_words_around_them() {
    let works = works(json!([article("a", json!({})), article("b", json!({"author": [{"literal": "NICE"}]}))]));
    let mut citation = cite(&["a", "b"]);
    citation.items[0].prefix = "see".into();
    citation.items[0].locator = Some(Place { label: "page".into(), value: "33-35".into() });
    citation.items[1].suffix = ", for one".into();
    citation.items[1].suppress_author = true;
    let (citations, _) = page(&style("apa"), &works, &[citation]);
    assert_eq!(
        citations,
        [
            "<span class=\"citation\" id=\"cite-1\">(see <a href=\"#ref-a\" role=\"doc-biblioref\">Rush, 1999, pp. 33–35</a>; \
          <a href=\"#ref-b\" role=\"doc-biblioref\">1999</a>, for one)</span>"
        ]
    );
}

#[test]
fn raised_numbers_hold_their_links() {
    let works = works(json!([
        article("a", json!({})),
        article("b", json!({"title": "B"})),
        article("c", json!({"title": "C"}))
    ]));
    let (citations, _) = page(&style("ama"), &works, &[narrative(&["a"]), cite(&["a", "b", "c"])]);
    assert_eq!(
        citations,
        [
            "<span class=\"citation\" id=\"cite-1\">Rush<sup><a href=\"#ref-a\" role=\"doc-biblioref\">1</a></sup></span>",
            "<span class=\"citation\" id=\"cite-2\"><sup><a href=\"#ref-a\" role=\"doc-biblioref\">1</a>–\
             <a href=\"#ref-c\" role=\"doc-biblioref\">3</a></sup></span>",
        ]
    );
}

#[test]
fn markup_and_capitals_of_titles_are_kept() {
    let works = works(json!([article(
        "a",
        json!({
            "type": "book", "publisher": "P", "title": "<i>In vivo</i> H<sub>2</sub>O, x<sup>2</sup> and mHealth for DSM-5 \"users\": it's eHealth",
        })
    )]));
    let (_, entries) = page(&style("ama"), &works, &[cite(&["a"])]);
    assert_eq!(
        entries,
        [
            "1. | Rush AJ. In Vivo<i> H</i><i><sub>2</sub></i><i>O, X</i><sup><i>2</i></sup><i> and mHealth for DSM-5 ‘Users’: It’s \
          eHealth</i>. Vol 3. P; 1999."
        ]
    );
}

#[test]
fn other_languages() {
    let works = works(json!([article(
        "a",
        json!({
            "type": "webpage", "URL": "https://x.y", "accessed": {"date-parts": [[2020, 5, 1]]},
            "author": [{"family": "A"}, {"family": "B"}, {"family": "C"}, {"family": "D"}],
        })
    )]));
    for (language, expected) in
        [("de", "Zugegriffen"), ("de-AT", "Zugegriffen"), ("fr-FR", "Consulté"), ("xx-nowhere", "Accessed")]
    {
        let style = Style::load(&config("harvard", language), &Sources::default())
            .unwrap_or_else(|fault| panic!("{}", fault.message));
        let (_, entries) = page(&style, &works, &[cite(&["a"])]);
        assert!(entries[0].contains(expected), "{language}: {}", entries[0]);
    }
}

#[test]
fn every_work_in_alphabetical_order() {
    let works = works(json!([
        article("z", json!({"author": [{"family": "Adams"}], "issued": {"date-parts": [[2001]]}})),
        article("y", json!({"author": [{"family": "Adams"}], "title": "Second"})),
        article("x", json!({"author": [{"family": "Öst"}], "title": "Third"})),
        article("w", json!({"author": [], "title": "The nameless"})),
        article("v", json!({"author": [{"family": "Zorn"}], "title": "Last"})),
        article("u", json!({"author": [{"family": "Otto"}], "title": "Fourth"})),
    ]));
    for name in ["vancouver", "apa", "ama", "harvard"] {
        let entries = style(name).every_work(&works);
        assert_eq!(
            entries.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(),
            ["y", "z", "w", "x", "u", "v"],
            "{name}"
        );
        assert!(entries.iter().all(|entry| entry.label_html.is_none() && entry.cited_by.is_empty()));
    }
}

#[test]
fn pages_can_be_cited_at_the_same_time() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&style("vancouver"));
}

#[test]
fn anchors_are_safe_and_differ() {
    assert_eq!(reference_id("elkin1989"), "ref-elkin1989");
    assert_eq!(reference_id("a/b:c"), "ref-a_2fb_3ac");
    assert_eq!(reference_id("Öst_2"), "ref-_c3_96st_5f2");
    let odd = ["a b", "a_b", "a_20b", "a%20b", "a\"b", "a<b", "a&b", "a'b", "ä", "a", "A"];
    let ids: std::collections::BTreeSet<String> = odd.iter().map(|key| reference_id(key)).collect();
    assert_eq!(ids.len(), odd.len());
    assert!(ids.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))));
}

#[test]
fn styles_that_cannot_be_used() {
    let open = |body: &str| {
        format!(
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"><info><title>T</title><id>t</id>\
             <updated>2020-01-01T00:00:00+00:00</updated>{body}</style>"
        )
    };
    let layout = "<citation><layout><text variable=\"title\"/></layout></citation>";
    let list = "<bibliography><layout><text macro=\"a\"/></layout></bibliography>";
    let dependent = open("<link href=\"http://www.zotero.org/styles/apa\" rel=\"independent-parent\"/></info>");
    let alone = open(&format!("</info>{layout}"));
    let ring =
        "<macro name=\"a\"><text macro=\"b\"/></macro><macro name=\"b\"><group><text macro=\"a\"/></group></macro>";
    let endless = open(&format!("</info>{ring}{layout}{list}"));
    let deep = open(&format!("</info>{}", "<group>".repeat(100_000)));
    let fine = open(&format!("</info><macro name=\"a\"><text variable=\"title\"/></macro>{layout}{list}"));
    let mut sources = Sources::default();
    for (name, xml) in [
        ("dependent", dependent),
        ("alone", alone),
        ("endless", endless),
        ("deep", deep),
        ("junk", "x".into()),
        ("fine", fine),
    ] {
        sources.files.insert(SitePath::new(format!("styles/{name}.csl")), xml.into());
    }
    let fault = |name: &str| {
        let fault = Style::load(&config(name, "en-GB"), &sources).err().unwrap();
        assert_eq!((fault.rule, fault.at.span.start, fault.at.span.end), ("citation-style", 30, 40));
        format!("{} | {}", fault.message, fault.hint.unwrap())
    };
    assert_eq!(
        fault("vancuver"),
        "there is no citation style “vancuver” | Did you mean `vancouver`? Name one of `vancouver`, `apa`, `ama` and `harvard`, or the path of a `.csl` file."
    );
    assert_eq!(
        fault("styles/none.csl"),
        "there is no citation style “styles/none.csl” | The path of a style is counted from the folder that holds `site-config.toml`."
    );
    assert_eq!(
        fault("styles/dependent.csl"),
        "“styles/dependent.csl” only points at another style, http://www.zotero.org/styles/apa | Download that style and name its file instead."
    );
    assert!(fault("styles/alone.csl").starts_with("“styles/alone.csl” says nothing about bibliographies | "));
    assert!(fault("styles/endless.csl").starts_with("the macro “a” of the citation style calls itself | "));
    assert!(fault("styles/deep.csl").contains("its elements are nested too deeply"));
    assert!(fault("styles/junk.csl").starts_with("“styles/junk.csl” is no CSL style that can be used: "));
    let works = works(json!([article("a", json!({}))]));
    let style =
        Style::load(&config("styles/fine.csl", "en-GB"), &sources).unwrap_or_else(|fault| panic!("{}", fault.message));
    assert_eq!(page(&style, &works, &[cite(&["a"])]).1, ["On moods"]);
}
