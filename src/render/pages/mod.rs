//! Every page of an edition: those that were written, and the lists between them.

mod cards;
pub mod citing;
mod currency;
pub mod editions;
mod evidence;
mod generated;
mod glossary;
mod home;
mod index;
mod languages;
mod listing;
mod matrix;
mod not_found;
pub mod packs;
mod redirects;
mod references;
mod sheets;
mod shell;
mod status;
mod suitability;
mod uses;
pub mod words;
mod written;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use bytes::Bytes;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::html::Terms;
use super::templates::{Frame, Framed, Shared};
use super::{Means, address, downloads, feeds, print};
use crate::content::{Audience, KindName};
use crate::diagnostic::{Diagnostic, Tallies};
use crate::site::navigation::Navigation;
use crate::site::{Edition, Facts, Page, PageIndex, Site};
use crate::theme::Words;

use generated::Generated;
use sheets::{SheetOf, Sheets};
use uses::{AllUses, Uses};

/// Everything that rendering one edition's pages reads: the site as its readers may see it.
pub struct Rendering {
    /// The site.
    pub site: Arc<Site>,
    /// The edition.
    pub edition: Arc<Edition>,
    /// Today's date.
    pub facts: Facts,
    /// Templates, assets, pictures and citation style.
    pub means: Arc<Means>,
    /// The lists between the edition's pages.
    pub navigation: Arc<Navigation>,
    /// Its glossary, to be looked for in texts.
    terms: Arc<Terms>,
    /// Absolute address of its folder, when known.
    pub base: Option<String>,
    /// Whether it has anything for people who treat, learn or teach.
    professional: bool,
    /// Main navigation, and the lists for the foot of the page.
    menus: shell::Menus,
    /// What was found in the site's sources.
    findings: Arc<Tallies>,
    /// What is the same on every page, as templates see it.
    shared: OnceLock<Result<Shared, Diagnostic>>,
    /// What is the same on many of them.
    frames: RwLock<FxHashMap<shell::Place, Arc<Frame>>>,
    /// For each page of the site, what lists say of it; made when first needed.
    targets: Vec<OnceLock<tera::Value>>,
    /// For each page of the site, what it uses of the rest of the site; found out when first needed.
    uses: Vec<OnceLock<Arc<Uses>>>,
    /// The same the other way round.
    all_uses: OnceLock<AllUses>,
    /// Its PDFs.
    sheets: OnceLock<Arc<Sheets>>,
    /// The edition as people see it who learn; found out when first needed.
    learners: OnceLock<Edition>,
    /// The edition as patients see it to whom something of it is handed over; found out when first needed.
    patients: OnceLock<Edition>,
}

/// Where an edition will live on the web, if that is known.
fn base_of(site: &Site, edition: &Edition) -> Option<String> {
    let base = site.config.base_url.as_ref()?;
    let slash = if base.ends_with('/') { "" } else { "/" };
    Some(format!("{base}{slash}{}", address::encoded(&edition.folder)))
}

/// A file's bytes, or why its template could not make it.
type Made = Result<Bytes, Diagnostic>;

impl Rendering {
    /// Makes an edition ready, taking over from `before` what cannot have changed.
    pub fn of(
        site: &Arc<Site>,
        edition: &Arc<Edition>,
        facts: &Facts,
        means: &Arc<Means>,
        findings: &Arc<Tallies>,
        before: Option<&Rendering>,
    ) -> Self {
        let base = base_of(site, edition);
        let before = before.filter(|before| before.lists_the_same(site, edition));
        let mut rendering = Self {
            site: site.clone(),
            edition: edition.clone(),
            facts: facts.clone(),
            means: means.clone(),
            navigation: match before {
                Some(before) => before.navigation.clone(),
                None => Arc::new(Navigation::of(site, edition)),
            },
            terms: before.map_or_else(|| Arc::new(Terms::of(site, edition)), |before| before.terms.clone()),
            base,
            professional: edition.audiences.iter().any(|audience| *audience != Audience::Patient),
            menus: shell::Menus::default(),
            findings: findings.clone(),
            shared: OnceLock::new(),
            frames: RwLock::default(),
            targets: site.pages.iter().map(|_| OnceLock::new()).collect(),
            uses: (0..site.pages.len())
                .map(|page| before.map_or_else(OnceLock::new, |old| old.kept(site, page)))
                .collect(),
            all_uses: OnceLock::new(),
            sheets: before.map_or_else(OnceLock::new, |old| old.kept_sheets(site, means)),
            learners: OnceLock::new(),
            patients: OnceLock::new(),
        };
        rendering.menus = shell::Menus::of(&rendering);
        rendering
    }

    /// Whether another state of the site has the same lists and the same glossary: nothing but bodies differs.
    fn lists_the_same(&self, site: &Site, edition: &Edition) -> bool {
        let before = &self.site;
        *self.edition == *edition
            && before.config == site.config
            && site.lists_the_same(before)
            && before.pages.iter().zip(&site.pages).all(|(before, now)| {
                Arc::ptr_eq(&before.targets, &now.targets)
                    || written::named_targets(before).eq(written::named_targets(now))
            })
    }

    /// What a page uses, if that is known and the page has not changed since.
    fn kept(&self, site: &Site, page: PageIndex) -> OnceLock<Arc<Uses>> {
        let (before, now) = (&self.site.pages[page], &site.pages[page]);
        let same = Arc::ptr_eq(&before.document, &now.document)
            && (Arc::ptr_eq(&before.targets, &now.targets) || before.targets == now.targets);
        if same { self.uses[page].clone() } else { OnceLock::new() }
    }

    /// Its PDFs, if they are known and no module has changed: of the texts, only theirs say which PDFs there are.
    fn kept_sheets(&self, site: &Site, means: &Means) -> OnceLock<Arc<Sheets>> {
        let is_same = |(before, now): (&Page, &Page)| {
            now.kind() != KindName::Module || Arc::ptr_eq(&before.document, &now.document)
        };
        let same = self.means.printer.is_some() == means.printer.is_some()
            && self.site.has_the_same_files(site)
            && self.site.pages.iter().zip(&site.pages).all(is_same);
        if same { self.sheets.clone() } else { OnceLock::new() }
    }

    /// Makes every file of the edition's folder, several at a time, and hands each on.
    pub fn all(&self, put: &(dyn Fn(String, Made) + Sync)) {
        let folder = self.edition.folder.as_str();
        let put = |path: &str, made: Made| put(format!("{folder}{path}"), made);
        let is_term = |page: &PageIndex| self.site.pages[*page].kind() == KindName::Term;
        let pages = self.edition.pages.iter().copied().filter(|page| Some(*page) != self.navigation.home);
        // A term's page names the pages that use it, so those come first and tell on the way.
        let (terms, others): (Vec<PageIndex>, Vec<PageIndex>) = pages.partition(is_term);
        for written in [others, terms] {
            written.par_iter().for_each(|&page| put(self.site.pages[page].url.as_str(), self.written(page)));
        }
        let generated = Generated::all(self);
        let lists = self.lists_for_machines();
        rayon::join(
            || generated.par_iter().for_each(|page| put(&page.url(), self.print(page.page(self)))),
            || lists.par_iter().for_each(|path| put(path, Ok(self.list_for_machines(path)))),
        );
        let used = self.all_uses().files().filter_map(|path| {
            let bytes = self.site.sources.bytes(path.as_str())?;
            Some((address::of_file(path), bytes))
        });
        let files: Vec<_> = self.means.assets.files().chain(used).collect();
        files.into_par_iter().for_each(|(path, bytes)| put(path, Ok(bytes.to_shared())));
        for (path, page) in redirects::all(self) {
            put(path, redirects::made(self, path, page));
        }
    }

    /// Some of the edition's written pages, made.
    pub fn made(&self, pages: &[PageIndex]) -> Vec<Made> {
        let own = pages.par_iter().filter(|page| self.edition.holds(**page));
        own.filter_map(|page| self.file(self.site.pages[*page].url.as_str())).collect()
    }

    /// The edition's lists, and what is nearest to some pages, made. With them come pages that link to those or are linked from
    /// them.
    pub fn made_around(&self, pages: &[PageIndex], linked: &BTreeSet<PageIndex>) -> Vec<Made> {
        let own: Vec<PageIndex> = pages.iter().copied().filter(|page| self.edition.holds(*page)).collect();
        let terms = own.iter().flat_map(|page| self.uses(*page).terms.iter().copied());
        let near = own.iter().flat_map(|page| self.navigation.beside(&self.site, *page));
        let around: BTreeSet<PageIndex> = linked.iter().copied().chain(terms).chain(near).collect();
        let around: Vec<PageIndex> = around.into_iter().filter(|page| !pages.contains(page)).collect();
        let generated = Generated::around(self, &own);
        let mut made = self.made(&around);
        made.par_extend(generated.par_iter().map(|page| self.print(page.page(self))));
        made
    }

    /// Every sheet that is printed from the edition's pages, with its path.
    pub(super) fn all_sheets(&self) -> Vec<(String, SheetOf)> {
        let folder = &self.edition.folder;
        self.sheets().all().into_iter().map(|(path, sheet)| (format!("{folder}{path}"), sheet)).collect()
    }

    /// One file of the edition's folder, if it has it.
    pub fn file(&self, path: &str) -> Option<Made> {
        if let Some(sheet) = self.sheets().at(path) {
            return Some(print::alone(|| self.sheet(sheet).map(|(pdf, _)| pdf)));
        }
        if let Some(page) = Generated::at(self, path) {
            return Some(self.print(page.page(self)));
        }
        if let Some(page) = self.page_at(path) {
            return Some(self.written(page));
        }
        if let Some(bytes) = self.means.assets.file(path) {
            return Some(Ok(bytes.to_shared()));
        }
        if let Some(path) = self.lists_for_machines().into_iter().find(|list| *list == path) {
            return Some(Ok(self.list_for_machines(path)));
        }
        if let Some((path, page)) = redirects::all(self).into_iter().find(|(alias, _)| *alias == path) {
            return Some(redirects::made(self, path, page));
        }
        let source = address::source_of_file(path);
        self.all_uses()
            .holds_file(&source)
            .then(|| self.site.sources.bytes(source.as_str()).map(|bytes| Ok(bytes.to_shared())))?
    }

    /// Whether the edition has a page at an address, written or made by psychoed.
    pub fn holds_page(&self, path: &str) -> bool {
        self.page_at(path).is_some() || Generated::at(self, path).is_some()
    }

    /// The written page at an address of the edition; the home page is not one of them.
    fn page_at(&self, url: &str) -> Option<PageIndex> {
        let source = address::source_of_page(url)?;
        let page = *self.site.page_at.get(source.as_str())?;
        (self.edition.holds(page) && self.navigation.home != Some(page)).then_some(page)
    }

    fn written(&self, page: PageIndex) -> Made {
        let read = written::read(self, page);
        let _ = self.uses[page].set(Arc::new(read.uses()));
        self.print(written::page(self, page, &read))
    }

    /// Gives a page to its template.
    fn print(&self, page: shell::Page) -> Made {
        let frame = self.frame(&page)?;
        let view = shell::page_view(self, page);
        let shown = format!("{}{}", self.edition.folder, view.url);
        let template = format!("{}.html", view.kind);
        let html =
            self.means.templates.render(&template, self.shared()?, &Framed { page: &view, frame: &frame }, &shown)?;
        Ok(Bytes::from(html))
    }

    /// What surrounds a page, made when the first page needs it that stands where this one does.
    fn frame(&self, page: &shell::Page) -> Result<Arc<Frame>, Diagnostic> {
        let place = shell::Place::of(self, page);
        if let Some(frame) = self.frames.read().unwrap_or_else(PoisonError::into_inner).get(&place) {
            return Ok(frame.clone());
        }
        let words = place.language.as_deref().map(|language| &**self.means.words.words(language));
        let frame = self.means.templates.frame(self.shared()?, &shell::frame_view(self, &place), words)?;
        let frame = Arc::new(frame);
        self.frames.write().unwrap_or_else(PoisonError::into_inner).insert(place, frame.clone());
        Ok(frame)
    }

    fn shared(&self) -> Result<&Shared, Diagnostic> {
        self.shared.get_or_init(|| Shared::of(&shell::site_view(self), self.words())).as_ref().map_err(Clone::clone)
    }

    /// Paths of files that programs read.
    fn lists_for_machines(&self) -> Vec<&'static str> {
        let mut paths = Vec::new();
        if references::any(self) {
            paths.extend([references::BIB, references::RIS, references::CSL_JSON]);
        }
        if self.base.is_some() {
            paths.extend([feeds::SITEMAP, feeds::ATOM]);
        }
        paths
    }

    fn list_for_machines(&self, path: &str) -> Bytes {
        let base = self.base.as_deref().unwrap_or_default();
        let text = match path {
            references::BIB => downloads::bib(&references::works(self)),
            references::RIS => downloads::ris(&references::works(self)),
            references::CSL_JSON => downloads::csl_json(&references::works(self)),
            feeds::ATOM => feeds::atom(self, base),
            _ => {
                let generated = Generated::all(self);
                let listed = generated.iter().filter(|page| page.is_listed()).map(Generated::url);
                feeds::sitemap(self, base, listed.collect())
            }
        };
        Bytes::from(text)
    }

    /// psychoed's own words in the site's language.
    pub fn words(&self) -> &Words {
        self.means.words.words(&self.site.config.language)
    }

    /// The same in the language of a page.
    fn words_of(&self, page: PageIndex) -> &Words {
        self.means.words.words(self.site.language(&self.site.pages[page]))
    }

    /// What a page uses of the rest of the site.
    fn uses(&self, page: PageIndex) -> &Arc<Uses> {
        self.uses[page].get_or_init(|| Arc::new(written::read(self, page).uses()))
    }

    /// What uses what, for the whole edition.
    fn all_uses(&self) -> &AllUses {
        self.all_uses.get_or_init(|| AllUses::of(self))
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
