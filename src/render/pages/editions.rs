//! The page above all editions.

use bytes::Bytes;

use super::shell;
use crate::content::Audience;
use crate::diagnostic::Diagnostic;
use crate::render::templates::{Framed, Templates};
use crate::render::view::{ContentView, EditionCardView, EditionsView, PageView};
use crate::render::{Means, address};
use crate::site::Site;
use crate::site::navigation::Navigation;

/// Where it is.
pub const URL: &str = "index.html";

/// Makes it. Beside it stand the theme's files that it needs.
pub fn top(site: &Site, means: &Means) -> Result<Bytes, Diagnostic> {
    let shared = Templates::shared(&shell::plain_site_view(site, &means.assets))?;
    let frame = means.templates.frame(&shared, &shell::plain_frame_view(&means.assets, true, str::to_owned))?;
    let view = view(site);
    let html = means.templates.render("editions.html", &shared, &Framed { page: &view, frame: &frame }, &view.url)?;
    Ok(Bytes::from(html))
}

fn view(site: &Site) -> PageView {
    let editions = site.editions.iter().map(|edition| EditionCardView {
        title: edition.title.clone(),
        url: address::encoded(&format!("{}{}", edition.folder, Navigation::HOME)),
        pages: edition.pages.iter().filter(|&&page| site.pages[page].url.as_str() != Navigation::HOME).count(),
        for_patients: edition.audiences == [Audience::Patient],
    });
    PageView {
        url: Navigation::HOME.to_owned(),
        title: site.config.title.clone(),
        summary: None,
        kind: "editions",
        kind_title: "",
        breadcrumbs: Vec::new(),
        canonical: site.config.base_url.clone(),
        language: None,
        languages: Vec::new(),
        translation: None,
        json_ld: None,
        content: ContentView::Editions(EditionsView { editions: editions.collect() }),
    }
}
