//! Every work that an edition's pages cite, and the pages that cite it.

use rustc_hash::FxHashMap;
use tera::Value;

use super::words::counted;
use super::{Rendering, written};
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
pub(super) fn any(rendering: &Rendering) -> bool {
    let cites = |page: &PageIndex| !rendering.uses(*page).works.is_empty();
    // Most pages that name a work show it, so that this seldom looks at more than one.
    rendering.edition.pages.iter().filter(|page| written::may_cite(rendering, **page)).any(cites)
}

/// The works cited in the edition, by key. Others, which only pages for other readers cite, are none of its business.
pub(super) fn works(rendering: &Rendering) -> Vec<&Work> {
    rendering.all_uses().works().keys().filter_map(|key| rendering.site.bibliography.work(key)).collect()
}

/// What `references.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath) -> ContentView {
    let citing_pages = rendering.all_uses().works();
    let cited = works(rendering).into_iter().map(|work| (work.key.clone(), work.clone())).collect();
    let bibliography = Bibliography { works: cited, ..Bibliography::default() };
    let mut links: FxHashMap<PageIndex, Value> = FxHashMap::default();
    let convert = |page| Value::from_serializable(&rendering.link(url, page));
    let mut link = |page: PageIndex| links.entry(page).or_insert_with(|| convert(page)).clone();
    let works = rendering.means.citing.style.every_work(&bibliography).into_iter().map(|entry| {
        let pages = citing_pages.get(&entry.key).map_or(&[][..], Vec::as_slice);
        ReferenceView {
            id: reference_id(&entry.key),
            entry_html: entry.entry_html,
            pages: pages.iter().copied().map(&mut link).collect(),
        }
    });
    let download = |title: &str, file: &str| LinkView { title: title.to_owned(), url: file.to_owned() };
    let works: Vec<ReferenceView> = works.collect();
    ContentView::References(ReferencesView {
        count: counted(rendering.words(), works.len() as i64, "work", "works"),
        works,
        downloads: vec![download("BibLaTeX", BIB), download("RIS", RIS), download("CSL-JSON", CSL_JSON)],
    })
}
