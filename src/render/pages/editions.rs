//! The page above all editions.

use super::shell;
use crate::content::Audience;
use crate::render::templates::Templates;
use crate::render::view::{ContentView, EditionCardView, EditionsView, PageView};
use crate::render::{Means, Output, address};
use crate::site::Site;
use crate::site::navigation::Navigation;

/// Adds it, with the theme's files that it needs.
pub fn top(site: &Site, means: &Means<'_>, output: &mut Output) {
    for (path, bytes) in means.assets.files() {
        output.add("", path, bytes.clone());
    }
    let view = view(site, means);
    let shared = shell::plain_site_view(site, means.assets);
    let rendered = Templates::shared(&shared)
        .and_then(|shared| means.templates.render("editions.html", &shared, &view, &view.url));
    match rendered {
        Ok(html) => output.add("", &view.url, html.into_bytes()),
        Err(fault) => output.fault(fault),
    }
}

fn view(site: &Site, means: &Means<'_>) -> PageView {
    let editions = site.editions.iter().map(|edition| EditionCardView {
        title: edition.title.clone(),
        url: address::encoded(&format!("{}{}", edition.folder, Navigation::HOME)),
        pages: edition.pages.iter().filter(|&&page| site.pages[page].url.as_str() != Navigation::HOME).count(),
        for_patients: edition.audiences == [Audience::Patient],
    });
    let asset = |name: &str| means.assets.published(name).unwrap_or_default().to_owned();
    PageView {
        root: String::new(),
        url: Navigation::HOME.to_owned(),
        style: asset("site.css"),
        script: asset("site.js"),
        icon: asset("icon.svg"),
        logo: means.assets.logo().map(str::to_owned),
        title: site.config.title.clone(),
        summary: None,
        kind: "editions".to_owned(),
        kind_title: String::new(),
        for_patients: true,
        navigation: Vec::new(),
        more: Vec::new(),
        breadcrumbs: Vec::new(),
        canonical: site.config.base_url.clone(),
        feed: None,
        json_ld: None,
        content: ContentView::Editions(EditionsView { editions: editions.collect() }),
    }
}
