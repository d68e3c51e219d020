//! What the PDF of a pack is made of: a cover, what is in it, and each page as a sheet that can be taken out and handed over.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::super::words::date;
use super::super::{Rendering, cards, packs};
use super::frame::{Frame, OnTheWeb, base_on_paper, frame, on_the_web};
use super::page::{Laid, laid};
use super::{SheetOf, path};
use crate::content::Audience;
use crate::render::print::Job;
use crate::render::view::DateView;
use crate::site::generated::pack_url;
use crate::site::{Edition, Pack, PageIndex};

/// The theme's file that lays out a pack.
const TEMPLATE: &str = "pack.typ";

/// What the theme's file gets as `/doc.json`.
#[derive(Serialize)]
struct PackOnPaper<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    /// `pack`, where a sheet says `handout` ….
    kind: &'static str,
    title: String,
    summary: Option<&'a str>,
    /// `for patients`.
    audience: String,
    /// Of all that wrote a part of it, each once.
    authors: Vec<&'a str>,
    /// The day of the newest review of a part.
    reviewed: Option<DateView>,
    /// Its page on the web.
    current: Option<OnTheWeb>,
    /// Each as the sheet of a page gets it.
    parts: Vec<serde_json::Value>,
}

/// Everything a pack is made of.
pub(super) fn job(rendering: &Rendering, sheet: SheetOf, pack: &Pack) -> Job {
    let site = &rendering.site;
    let mut files = BTreeMap::new();
    let base = base_on_paper(rendering, pack.is_for_patients(), &pack.pages);
    let current = on_the_web(base.as_deref(), &pack_url(&pack.id), None, "", &mut files);
    let mut parts = Vec::new();
    for (number, &page) in pack.pages.iter().enumerate() {
        let part = laid(rendering, sheet, page, &readers(rendering, pack, page), Some(number));
        let Laid { data, files: its_files, .. } = part;
        parts.push(data);
        files.extend(its_files);
    }
    let front_matters = || pack.pages.iter().map(|&page| &site.pages[page].document.front_matter);
    let reviewed = front_matters().filter_map(|page| page.reviewed.as_ref()).map(|reviewed| reviewed.value).max();
    let view = PackOnPaper {
        frame: frame(rendering, sheet, &site.config.language, &mut files),
        kind: "pack",
        title: packs::title(rendering.words(), &pack.title),
        summary: pack.summary.as_deref(),
        audience: packs::audience(rendering.words(), pack),
        authors: each_once(front_matters().flat_map(|page| page.authors.iter().map(String::as_str))),
        reviewed: reviewed.map(|day| date(rendering.words(), day)),
        current,
        parts,
    };
    Job {
        template: TEMPLATE,
        data: serde_json::to_value(&view).unwrap_or_default().to_string(),
        files,
        identity: format!("{}/{}", rendering.edition.name, path(rendering, sheet)),
        date: reviewed,
        one_page: false,
        is_long: true,
    }
}

/// The edition as those see it who get a page of a pack. What is for patients is handed over as patients get it, even out of a pack for
/// those who treat; these may see whatever patients may.
fn readers<'a>(rendering: &'a Rendering, pack: &Pack, page: PageIndex) -> Cow<'a, Edition> {
    if pack.is_for_patients() || cards::is_for_patients(&rendering.site.pages[page]) {
        return Cow::Borrowed(rendering.patients());
    }
    let edition = &rendering.edition;
    Cow::Owned(edition.seen_by(|audience| audience == Audience::Patient || pack.audience.contains(&audience)))
}

fn each_once<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut known = std::collections::BTreeSet::new();
    names.filter(|name| known.insert(*name)).collect()
}
