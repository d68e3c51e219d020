//! Where a printed copy leads: whether it is still current, and what has changed since.

use super::Rendering;
use super::shell::kind_link;
use super::words::date;
use crate::content::KindName;
use crate::render::address;
use crate::render::view::{ChangeView, ContentView, CurrencyView};
use crate::site::{Page, PageIndex, Status};
use crate::source::SitePath;
use crate::theme::Words;

/// What `currency.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath, id: &str, index: PageIndex) -> ContentView {
    let page = &rendering.site.pages[index];
    let front_matter = &page.document.front_matter;
    let is_current = |version: &String| front_matter.version.as_ref() == Some(version);
    let came_out = front_matter.changes.iter().find(|change| is_current(&change.version.value));
    let reviewed = front_matter.reviewed.as_ref().map(|reviewed| reviewed.value);
    let on = |day| date(rendering.words(), day);
    let is_there = rendering.edition.holds(index);
    ContentView::Currency(CurrencyView {
        id: id.to_owned(),
        title: page.title().to_owned(),
        withdrawn: withdrawn(page).map(on),
        version: front_matter.version.clone(),
        since: came_out.map(|change| on(change.date)),
        reviewed: reviewed.map(on),
        page_url: is_there.then(|| address::relative(url, page.url.as_str())),
        pdfs: if is_there { rendering.sheets().links(rendering.words(), url, index) } else { Vec::new() },
        changes: front_matter
            .changes
            .iter()
            .map(|change| ChangeView {
                version: change.version.value.clone(),
                date: on(change.date),
                note: change.note.clone(),
                current: is_current(&change.version.value),
            })
            .collect(),
    })
}

/// The page's heading.
pub(super) fn title(words: &Words, page: &Page) -> String {
    let key = if withdrawn(page).is_some() { "currency.withdrawn-title" } else { "currency.question" };
    words.fill(key, &[("title", page.title())])
}

/// What stands between home and the page.
pub(super) fn above(words: &Words, page: &Page) -> Vec<(String, String)> {
    let list = (page.kind() != KindName::Page).then(|| kind_link(words, page.kind()));
    match withdrawn(page) {
        // Nothing else of its kind may be left.
        Some(_) => Vec::new(),
        None => list.into_iter().chain([(page.title().to_owned(), page.url.as_str().to_owned())]).collect(),
    }
}

fn withdrawn(page: &Page) -> Option<jiff::civil::Date> {
    match page.status {
        Status::Expired(day) => Some(day),
        Status::Published | Status::Draft | Status::NotYet(_) => None,
    }
}
