//! The addresses that psychoed itself gives to pages and files nobody wrote.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::content::KindName;

/// Where the report on all pages is, in editions that have it.
pub const STATUS: &str = "editor/status.html";

/// Where the list of packs is.
pub const PACKS: &str = "packs/index.html";

/// Where the page of a pack is.
pub fn pack_url(id: &str) -> String {
    format!("packs/{id}.html")
}

/// Where readers see whether their copy of the page with this id is current. Printed on paper, so it never changes.
pub fn currency_url(id: &str) -> String {
    format!("c/{id}.html")
}

/// The id in an address that [`currency_url`] made.
pub fn id_in_currency_url(url: &str) -> Option<&str> {
    url.strip_prefix("c/")?.strip_suffix(".html")
}

/// The id in an address that [`pack_url`] made.
pub fn id_in_pack_url(url: &str) -> Option<&str> {
    url.strip_prefix("packs/")?.strip_suffix(".html")
}

/// Every address that no page, file or alias may take, with what is there; but for [those of pages](addresses_of_pages).
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
        (PACKS, "the list of packs"),
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
    let own_packs = config.packs.iter().map(|pack| (pack_url(&pack.id.value), format!("the pack “{}”", pack.title)));
    let subjects = config.phases.iter().map(|phase| ("phase", &phase.id, &phase.title));
    let subjects = subjects.chain(config.focal_areas.iter().map(|area| ("focal-area", &area.id, &area.title)));
    let packs = subjects.flat_map(|(what, id, title)| {
        [format!("{what}-{id}"), format!("clinician-{what}-{id}")]
            .map(|id| (pack_url(&id), format!("a pack of “{title}”")))
    });
    fixed.into_iter().chain(kinds).chain(phases).chain(areas).chain(packs).chain(own_packs).chain(status).collect()
}

/// What psychoed adds to pages with these ids and kinds: addresses, with what is there. [`may_be_of_page`] knows them all.
pub fn addresses_of_pages<'i>(
    ids: impl IntoIterator<Item = (&'i str, KindName)>,
) -> impl Iterator<Item = (String, String)> {
    let of_page = |(id, kind)| {
        let currency = (currency_url(id), format!("the page that says whether a copy of {id} is current"));
        let pack = || (pack_url(&session_pack(id)), format!("the pack of the session guide {id}"));
        [Some(currency), (kind == KindName::SessionGuide).then(pack)]
    };
    ids.into_iter().flat_map(of_page).flatten()
}

/// Whether an address may be one that psychoed adds to a page.
pub fn may_be_of_page(address: &str) -> bool {
    address.starts_with("c/") || address.starts_with("packs/")
}

/// The id of the pack that psychoed makes of a session guide with this id.
pub fn session_pack(id: &str) -> String {
    format!("session-{}", id.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_pages_are_known_for_such() {
        let kinds = KindName::ALL.map(|kind| ("A-1", kind));
        let addresses: Vec<(String, String)> = addresses_of_pages(kinds).collect();
        assert!(addresses.len() > KindName::ALL.len());
        assert!(addresses.iter().all(|(address, _)| may_be_of_page(address)), "{addresses:?}");
    }
}
