//! Every work that an edition's pages cite, and the pages that cite it.

use std::collections::BTreeMap;

use super::Rendering;
use crate::content::reference::{Bibliography, Work};
use crate::render::citation::reference_id;
use crate::render::view::{ContentView, LinkView, ReferenceView, ReferencesView};
use crate::site::PageIndex;
use crate::source::SitePath;

/// Where they are.
pub(super) const URL: &str = "references.html";
/// Where they are as BibLaTeX.
pub(super) const BIB: &str = "references.bib";
/// Where they are as RIS.
pub(super) const RIS: &str = "references.ris";
/// Where they are as CSL-JSON.
pub(super) const CSL_JSON: &str = "references.json";

/// Whether the edition cites anything.
pub(super) fn any(rendering: &Rendering<'_>) -> bool {
    rendering.read.values().any(|page| !page.cited.entries.is_empty())
}

/// The works cited in the edition, by key. Others, which only pages for other readers cite, are none of its business.
pub(super) fn works<'a>(rendering: &Rendering<'a>) -> Vec<&'a Work> {
    let bibliography = &rendering.site.bibliography;
    citing_pages(rendering).into_keys().filter_map(|key| bibliography.work(key)).collect()
}

/// What `references.html` gets.
pub(super) fn content(rendering: &Rendering<'_>, url: &SitePath) -> ContentView {
    let citing_pages = citing_pages(rendering);
    let cited = works(rendering).into_iter().map(|work| (work.key.clone(), work.clone())).collect();
    let bibliography = Bibliography { works: cited, ..Bibliography::default() };
    let works = rendering.means.citing.style.every_work(&bibliography).into_iter().map(|entry| {
        let pages = citing_pages.get(entry.key.as_str()).map_or(&[][..], Vec::as_slice);
        ReferenceView {
            id: reference_id(&entry.key),
            entry_html: entry.entry_html,
            pages: pages.iter().map(|&page| rendering.link(url, page)).collect(),
        }
    });
    let download = |title: &str, file: &str| LinkView { title: title.to_owned(), url: file.to_owned() };
    ContentView::References(ReferencesView {
        works: works.collect(),
        downloads: vec![download("BibLaTeX", BIB), download("RIS", RIS), download("CSL-JSON", CSL_JSON)],
    })
}

fn citing_pages<'r>(rendering: &'r Rendering<'_>) -> BTreeMap<&'r str, Vec<PageIndex>> {
    let mut citing: BTreeMap<&str, Vec<PageIndex>> = BTreeMap::new();
    for page in rendering.navigation.home.into_iter().chain(rendering.listed()) {
        for entry in rendering.read.get(&page).into_iter().flat_map(|read| &read.cited.entries) {
            citing.entry(&entry.key).or_default().push(page);
        }
    }
    citing
}
