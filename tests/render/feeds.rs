//! Feed, sitemap, robots and structured data.

use quick_xml::events::Event;
use serde_json::Value;

use crate::support::{Output, clinic, render, sources};

/// The texts of all elements of one name, in order. Fails when the XML is not well-formed.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut texts = Vec::new();
    let mut within = false;
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => {
                within = start.name().as_ref() == name;
                if within {
                    texts.push(String::new());
                }
            }
            Event::End(_) => within = false,
            Event::Text(text) if within => texts.last_mut().expect("started").push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if within => {
                let character = match &*reference.xml10_content() {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("{other}"),
                };
                texts.last_mut().expect("started").push_str(character);
            }
            Event::Eof => return texts,
            _ => {}
        }
    }
}

fn json_ld(output: &Output, path: &str) -> Value {
    serde_json::from_str(output.between(path, "<script type=\"application/ld+json\">", "</script>")).expect("JSON")
}

#[test]
fn a_feed_tells_of_reviewed_pages_by_their_dates() {
    let output = render(clinic(&[]));
    let feed = output.file("clinician/feed.xml");
    assert_eq!(
        texts(feed, "id"),
        [
            "https://clinic.example/library/clinician/feed.xml",
            "https://clinic.example/library/clinician/session-guides/session-1.html",
            "https://clinic.example/library/clinician/handouts/grief.html",
        ]
    );
    assert_eq!(texts(feed, "updated"), ["2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z"]);
    assert_eq!(texts(feed, "name"), ["The clinic", "The clinic"]);
    assert_eq!(texts(output.file("patient/feed.xml"), "title"), ["Clinic library – For patients", "Living with loss"]);
}

#[test]
fn hostile_titles_stay_text_everywhere() {
    let title = "'\\\"><script>T()</script>&";
    let page = format!(
        "+++\nkind = \"handout\"\nid = \"X\"\ntitle = \"{title}\"\nsummary = \"{title}\"\nfocal-area = [\"grief\"]\nreviewed = 2026-10-01\n\
         authors = [\"{title}\"]\nreviewers = [{{ name = \"{title}\", role = \"{title}\" }}]\n+++\n\
         ## {title}\n\n[l](grief.md '\"><script>T()</script>') ![\"><script>T()</script>](../figures/cycle.svg '\"><script>T()</script>')\n"
    );
    let output = render(clinic(&[("content/handouts/x.md", &page)]));
    for (path, text) in &output.0 {
        assert!(!text.contains("<script>"), "{path}: {text}");
    }
    let shown = "'\"><script>T()</script>&";
    assert_eq!(texts(output.file("patient/feed.xml"), "title")[1], shown);
    assert_eq!(json_ld(&output, "patient/handouts/x.html")["name"], shown);
    assert_eq!(json_ld(&output, "patient/handouts/x.html")["reviewedBy"][0]["name"], shown);
    assert!(output.file("patient/a-z.html").contains("&#39;&quot;&gt;&lt;script&gt;T()&lt;/script&gt;&amp;"));
}

#[test]
fn a_sitemap_lists_every_page_but_those_for_errors_and_copies() {
    let output = render(clinic(&[]));
    let listed = texts(output.file("patient/sitemap.xml"), "loc");
    let mut expected: Vec<String> = output
        .0
        .keys()
        .filter(|path| path.starts_with("patient/") && path.ends_with(".html"))
        .filter(|path| !path.ends_with("404.html") && !path.contains("/old/") && !path.starts_with("patient/c/"))
        .map(|path| format!("https://clinic.example/library/{}", path.replace("patient/index.html", "patient/")))
        .collect();
    expected.sort();
    let mut sorted = listed.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
    assert_eq!(texts(output.file("patient/sitemap.xml"), "lastmod"), ["2026-02-01"]);
    assert_eq!(
        output.file("robots.txt"),
        "User-agent: *\nAllow: /\nSitemap: https://clinic.example/library/patient/sitemap.xml\n\
         Sitemap: https://clinic.example/library/clinician/sitemap.xml\n"
    );
}

#[test]
fn structured_data_says_for_whom_and_how_old() {
    let output = render(clinic(&[]));
    let data = json_ld(&output, "patient/handouts/grief.html");
    assert_eq!(data["@type"], "MedicalWebPage");
    assert_eq!(data["lastReviewed"], "2026-02-01");
    assert_eq!(data["inLanguage"], "en-GB");
    assert_eq!(data["about"]["@type"], "PsychologicalTreatment");
    assert_eq!(data["audience"], serde_json::json!([{"@type": "Patient", "audienceType": "Patient"}]));
    assert_eq!(data["isPartOf"]["url"], "https://clinic.example/library/patient/");
    assert_eq!(data["citation"][0]["@type"], "ScholarlyArticle");
    assert_eq!(data["citation"][0]["sameAs"], "https://doi.org/10.1001/archpsyc.1989.01810110013002");
    assert_eq!(data["reviewedBy"], Value::Null);
    assert_eq!(json_ld(&output, "patient/index.html")["@type"], "WebSite");
    assert_eq!(json_ld(&output, "patient/a-z.html")["@type"], "CollectionPage");
}

#[test]
fn a_feed_can_be_followed_before_there_is_anything_to_tell() {
    let page = "+++\nkind = \"page\"\ntitle = \"Home\"\n+++\n\nText.\n";
    let config = "title = \"Clinic\"\nbase-url = \"https://clinic.example/\"\n";
    let output = render(sources(&[("site-config.toml", config), ("content/pages/home.md", page)]));
    let feed = output.file("feed.xml");
    assert_eq!(texts(feed, "updated"), ["1970-01-01T00:00:00Z"]);
    assert!(!feed.contains("<entry>"));
}
