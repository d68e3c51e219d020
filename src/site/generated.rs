//! The addresses that psychoed itself gives to pages and files nobody wrote.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::content::KindName;

/// Where the report on all pages is, in editions that have it.
pub const STATUS: &str = "editor/status.html";

/// Every address that no page, file or alias may take, with what is there.
pub fn addresses(config: &Config) -> BTreeMap<String, String> {
    let fixed = [
        ("index.html", "the home page"),
        ("browse.html", "the overview by phase and focal area"),
        ("suitability.html", "the overview of suitability criteria"),
        ("evidence.html", "the overview of the evidence"),
        ("glossary.html", "the glossary"),
        ("references.html", "the list of references"),
        ("a-z.html", "the list of all pages"),
        ("404.html", "the page for addresses that lead nowhere"),
        ("references.bib", "the download of all references"),
        ("references.json", "the download of all references"),
        ("references.ris", "the download of all references"),
        ("feed.xml", "the feed of changes"),
        ("sitemap.xml", "the site map for search engines"),
        ("robots.txt", "the file for search engines"),
    ];
    let fixed = fixed.map(|(address, what)| (address.to_owned(), what.to_owned()));
    let kinds =
        KindName::ALL.map(|kind| (format!("kinds/{}.html", kind.name()), format!("the list “{}”", kind.plural())));
    let phases = config
        .phases
        .iter()
        .map(|phase| (format!("phases/{}.html", phase.id), format!("the page of the phase “{}”", phase.title)));
    let areas = config
        .focal_areas
        .iter()
        .map(|area| (format!("focal-areas/{}.html", area.id), format!("the page of the focal area “{}”", area.title)));
    let status = config.status.publish.then(|| (STATUS.to_owned(), "the report on all pages".to_owned()));
    fixed.into_iter().chain(kinds).chain(phases).chain(areas).chain(status).collect()
}
