//! The page above all editions.

use bytes::Bytes;

use super::shell;
use super::words::counted;
use crate::content::Audience;
use crate::diagnostic::Diagnostic;
use crate::render::templates::{Framed, Shared};
use crate::render::view::{ContentView, EditionCardView, EditionsView, PageView};
use crate::render::{Means, address};
use crate::site::navigation::Navigation;
use crate::site::{PageIndex, Site};
use crate::theme::Words;

/// Where it is.
pub const URL: &str = "index.html";

/// Makes it. Beside it stand the theme's files that it needs.
pub fn top(site: &Site, means: &Means) -> Result<Bytes, Diagnostic> {
    let words = means.words.words(&site.config.language);
    let shared = Shared::of(&shell::plain_site_view(site, &means.assets), words)?;
    let frame = means.templates.frame(&shared, &shell::plain_frame_view(&means.assets, true, str::to_owned), None)?;
    let view = view(site, words);
    let html = means.templates.render("editions.html", &shared, &Framed { page: &view, frame: &frame }, &view.url)?;
    Ok(Bytes::from(html))
}

fn view(site: &Site, words: &Words) -> PageView {
    let editions = site.editions.iter().map(|edition| {
        let is_listed = |page: &&PageIndex| site.pages[**page].url.as_str() != Navigation::HOME;
        let pages = edition.pages.iter().filter(is_listed).count() as i64;
        EditionCardView {
            title: edition.title.clone(),
            url: address::encoded(&format!("{}{}", edition.folder, Navigation::HOME)),
            pages,
            size: counted(words, pages, "page", "pages"),
            for_patients: edition.audiences == [Audience::Patient],
        }
    });
    PageView {
        url: Navigation::HOME.to_owned(),
        title: site.config.title.clone(),
        summary: None,
        kind: "editions",
        kind_title: String::new(),
        breadcrumbs: Vec::new(),
        canonical: site.config.base_url.clone(),
        language: None,
        languages: Vec::new(),
        translation: None,
        json_ld: None,
        content: ContentView::Editions(EditionsView { editions: editions.collect() }),
    }
}
