//! Every page of an edition: those that were written, and the lists between them.

mod cards;
pub mod citing;
pub mod editions;
mod evidence;
mod generated;
mod glossary;
mod home;
mod index;
mod listing;
mod matrix;
mod not_found;
mod redirects;
mod references;
mod shell;
mod suitability;
pub mod words;
mod written;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::html::{HiddenAnchors, Terms};
use super::templates::Templates;
use super::view::PageView;
use super::{Means, Output, address, downloads, feeds};
use crate::content::KindName;
use crate::content::reference::Work;
use crate::diagnostic::Diagnostic;
use crate::site::navigation::Navigation;
use crate::site::{Edition, Facts, PageIndex, Site};

use generated::Generated;
use written::ReadPage;

/// Everything that rendering one edition's pages reads: the site as its readers may see it.
pub struct Rendering<'a> {
    /// The site.
    pub site: &'a Site,
    /// The edition.
    pub edition: &'a Edition,
    /// Today's date.
    pub facts: &'a Facts,
    /// Templates, assets, pictures and citation style.
    pub means: &'a Means<'a>,
    /// The lists between the edition's pages.
    pub navigation: Navigation,
    /// Its glossary, to be looked for in texts.
    terms: Terms,
    /// Anchors in blocks that it leaves out.
    hidden: HiddenAnchors,
    /// Absolute address of its folder, when known.
    pub base: Option<String>,
    /// Whether it has anything for people who treat, learn or teach.
    professional: bool,
    /// Main navigation, and the lists for the foot of the page.
    menus: shell::Menus,
    /// What every written page of the edition came to.
    read: BTreeMap<PageIndex, ReadPage>,
    /// For each term's page, the pages that use it.
    term_uses: BTreeMap<PageIndex, Vec<PageIndex>>,
}

/// Renders one edition into its folder.
pub fn edition<'a>(site: &'a Site, edition: &'a Edition, facts: &'a Facts, means: &'a Means<'a>, output: &mut Output) {
    let rendering = Rendering::of(site, edition, facts, means);
    let shared = match Templates::shared(&shell::site_view(&rendering)) {
        Ok(shared) => shared,
        Err(fault) => return output.fault(fault),
    };
    let folder = edition.folder.as_str();
    let generated = Generated::all(&rendering);
    let written: Vec<PageIndex> =
        edition.pages.iter().copied().filter(|page| Some(*page) != rendering.navigation.home).collect();
    let render = |view: PageView| -> Result<(String, String), Diagnostic> {
        let html =
            means.templates.render(&format!("{}.html", view.kind), &shared, &view, &format!("{folder}{}", view.url))?;
        Ok((view.url, html))
    };
    let pages: Vec<Result<(String, String), Diagnostic>> = written
        .par_iter()
        .map(|&page| render(written::view(&rendering, page)))
        .chain(generated.par_iter().map(|page| render(page.view(&rendering))))
        .collect();
    for page in pages {
        match page {
            Ok((url, html)) => output.add(folder, &url, html.into_bytes()),
            Err(fault) => output.fault(fault),
        }
    }
    beside_pages(&rendering, &generated, output);
    redirects::add(&rendering, &shared, output);
}

/// What an edition holds besides pages.
fn beside_pages(rendering: &Rendering<'_>, generated: &[Generated<'_>], output: &mut Output) {
    let folder = rendering.edition.folder.as_str();
    for (path, bytes) in rendering.means.assets.files() {
        output.add(folder, path, bytes.clone());
    }
    for file in rendering.read.values().flat_map(ReadPage::files) {
        if let Some(bytes) = rendering.site.sources.bytes(file.as_str()) {
            output.add(folder, address::of_file(file), bytes.clone());
        }
    }
    let works = references::works(rendering);
    if !works.is_empty() {
        output.add(folder, references::BIB, downloads::bib(&works).into_bytes());
        output.add(folder, references::RIS, downloads::ris(&works).into_bytes());
        output.add(folder, references::CSL_JSON, downloads::csl_json(&works).into_bytes());
    }
    if let Some(base) = &rendering.base {
        let generated = generated.iter().filter(|page| page.is_listed()).map(Generated::url);
        output.add(folder, "sitemap.xml", feeds::sitemap(rendering, base, generated.collect()).into_bytes());
        let feed = feeds::atom(rendering, base);
        output.add(folder, feeds::ATOM, feed.into_bytes());
    }
}

impl<'a> Rendering<'a> {
    fn of(site: &'a Site, edition: &'a Edition, facts: &'a Facts, means: &'a Means<'a>) -> Self {
        let base = site.config.base_url.as_ref().map(|base| {
            let slash = if base.ends_with('/') { "" } else { "/" };
            format!("{base}{slash}{}", address::encoded(&edition.folder))
        });
        let mut rendering = Self {
            site,
            edition,
            facts,
            means,
            navigation: Navigation::of(site, edition),
            terms: Terms::of(site, edition),
            hidden: HiddenAnchors::of(site, edition),
            base,
            professional: edition.audiences.iter().any(|audience| *audience != crate::content::Audience::Patient),
            menus: shell::Menus::default(),
            read: BTreeMap::new(),
            term_uses: BTreeMap::new(),
        };
        rendering.read = edition.pages.par_iter().map(|&page| (page, written::read(&rendering, page))).collect();
        rendering.menus = shell::Menus::of(&rendering);
        let mut term_uses: BTreeMap<PageIndex, Vec<PageIndex>> = BTreeMap::new();
        for page in rendering.listed().filter(|page| site.pages[*page].kind() != KindName::Term) {
            for term in rendering.read.get(&page).into_iter().flat_map(ReadPage::terms) {
                term_uses.entry(*term).or_default().push(page);
            }
        }
        rendering.term_uses = term_uses;
        rendering
    }

    /// The works a page cites, in the order of its bibliography.
    pub fn works_cited(&self, page: PageIndex) -> impl Iterator<Item = &'a Work> + '_ {
        let bibliography = &self.site.bibliography;
        let entries = self.read.get(&page).into_iter().flat_map(|read| &read.cited.entries);
        entries.filter_map(|entry| bibliography.work(&entry.key))
    }

    /// Pages of the edition that use a term, in the order lists show them.
    fn uses_of(&self, term: PageIndex) -> &[PageIndex] {
        self.term_uses.get(&term).map_or(&[], Vec::as_slice)
    }

    /// Pages of a kind, in the order lists show them.
    fn of_kind(&self, kind: KindName) -> &[PageIndex] {
        self.navigation.of_kind(kind)
    }

    /// The edition's pages in the order lists show them, the home page left out.
    pub fn listed(&self) -> impl Iterator<Item = PageIndex> + '_ {
        self.navigation.kinds.values().flatten().copied()
    }
}
