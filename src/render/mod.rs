//! A linked site into files.
//!
//! [`Press`] knows which files a site comes to, and makes each when it is asked for: a build asks for all of them, in parallel,
//! and hands each on at once, so that they never lie in memory together; a preview asks for the one page that is looked at.
//!
//! Each edition is rendered by itself: what it reads of the site is what its readers may see ([`pages::Rendering`]), so that
//! nothing else can reach them. Every page is given to its template ([`templates`]) as plain data ([`view`]).

#![allow(clippy::result_large_err, reason = "a finding is made at most once a build; boxing it would help nobody")]

pub mod address;
pub mod assets;
pub mod citation;
pub mod downloads;
pub mod feeds;
pub mod html;
pub mod pages;
pub mod print;
pub mod structured_data;
pub mod templates;
pub mod view;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use rayon::prelude::*;

use crate::config::{Config, Paper, Variant};
use crate::diagnostic::{Diagnostic, Tallies};
use crate::site::{Facts, Pack, PageIndex, Site};
use crate::source::{SitePath, Sources};
use crate::theme::{Dictionary, Face, Theme, Words};

use assets::Assets;
use citation::Style;
use html::Pictures;
use pages::citing::Citing;
use pages::{Rendering, editions};
use print::{Printer, Printing};
use templates::Templates;

/// A file to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Where, from the output folder.
    pub path: SitePath,
    /// What.
    pub bytes: Bytes,
}

/// What can be printed on demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printable {
    /// A page.
    Page(PageIndex),
    /// The pack of an id.
    Pack(String),
}

/// What is to be printed on demand, and how.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// What.
    pub what: Printable,
    /// The paper; the first of the configuration when left out.
    pub paper: Option<Paper>,
    /// The layout; the first of the configuration when left out.
    pub variant: Option<Variant>,
    /// Whether a module is printed with what only people who teach may read.
    pub instructor: bool,
}

/// A PDF with what was found while printing it, or why there is none.
pub type Printed = Result<(Bytes, Option<Diagnostic>), Diagnostic>;

/// What rendering needs that depends on no page, so that it can be made while pages are read.
pub struct Tools {
    theme: Theme,
    templates: Result<Arc<Templates>, Diagnostic>,
    style: Result<Arc<Style>, Diagnostic>,
}

impl Tools {
    /// Makes them, or takes over from the site as it was `before` an edit what cannot have changed.
    pub fn of(theme: Theme, config: &Config, sources: &Sources, before: Option<&Press>) -> Self {
        let templates = || match before
            .filter(|before| before.means.theme == theme && before.site.config.language == config.language)
        {
            Some(before) => Ok(before.means.templates.clone()),
            None => Templates::load(&theme, &Words::of(&theme, &config.language)).map(Arc::new),
        };
        let style = || match before.filter(|before| Style::is_same(&before.site, config, sources)) {
            Some(before) => Ok(before.means.citing.style.clone()),
            None => Style::load(config, sources).map(Arc::new),
        };
        let (templates, style) = rayon::join(templates, style);
        Self { theme, templates, style }
    }
}

/// What every edition is rendered with.
pub struct Means {
    /// The theme they were made of.
    theme: Theme,
    /// The theme's templates.
    pub templates: Arc<Templates>,
    /// The theme's other files.
    pub assets: Assets,
    /// psychoed's own words in every language of the site.
    pub words: Arc<Dictionary>,
    /// Sizes of pictures.
    pub pictures: Pictures,
    /// The citation style.
    pub citing: Citing,
    /// The fonts of sheets.
    faces: Vec<Face>,
    /// What prints sheets; none when none are wanted.
    printer: Option<Arc<Printer>>,
    /// Whether there are to be sheets.
    printing: Printing,
}

/// A site ready to be printed: every file it has is made when it is asked for.
pub struct Press {
    site: Arc<Site>,
    means: Arc<Means>,
    editions: Vec<Rendering>,
}

/// Where robots are told what they may read.
const ROBOTS: &str = "robots.txt";

impl Press {
    /// Makes a site ready; `findings` are for the report on its pages. Takes over from the site as it was `before` an edit what
    /// cannot have changed; the files are the same without it.
    pub fn new(
        site: &Arc<Site>,
        tools: Tools,
        facts: &Facts,
        findings: Tallies,
        printing: &Printing,
        before: Option<&Press>,
    ) -> Result<Self, Diagnostic> {
        let findings = Arc::new(findings);
        let means = Arc::new(Means::of(site, tools, printing, before)?);
        let editions = site.editions.par_iter().map(|edition| {
            let before = before.and_then(|before| before.editions.iter().find(|old| old.edition.name == edition.name));
            Rendering::of(site, edition, facts, &means, &findings, before)
        });
        Ok(Self { editions: editions.collect(), site: site.clone(), means })
    }

    /// The site it prints.
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// Makes every file and hands it on at once, several at a time and in no order. Returns what was wrong with the theme, and with
    /// what was printed.
    pub fn all(&self, put: &(dyn Fn(OutputFile) + Sync)) -> Vec<Diagnostic> {
        let mut found = self.pages(put);
        found.extend(self.sheets(put));
        found
    }

    /// The same, PDFs left out.
    pub fn pages(&self, put: &(dyn Fn(OutputFile) + Sync)) -> Vec<Diagnostic> {
        let faults = Faults::default();
        let put = |path: String, bytes: Result<Bytes, Diagnostic>| match bytes {
            Ok(bytes) => put(OutputFile { path: SitePath::new(path), bytes }),
            Err(fault) => faults.add(fault),
        };
        for edition in &self.editions {
            edition.all(&put);
        }
        for path in self.top() {
            if let Some(bytes) = self.top_file(&path) {
                put(path, bytes);
            }
        }
        faults.into_inner()
    }

    /// The same, only PDFs.
    pub fn sheets(&self, put: &(dyn Fn(OutputFile) + Sync)) -> Vec<Diagnostic> {
        let faults = Faults::default();
        let jobs: Vec<_> = self
            .editions
            .iter()
            .flat_map(|edition| edition.all_sheets().into_iter().map(move |(path, sheet)| (edition, path, sheet)))
            .collect();
        print::all(&jobs, rayon::current_num_threads(), &|(edition, path, sheet)| match edition.sheet(*sheet) {
            Ok((bytes, fault)) => {
                put(OutputFile { path: SitePath::new(path), bytes });
                fault.into_iter().for_each(|fault| faults.add(fault));
            }
            Err(fault) => faults.add(fault),
        });
        faults.into_inner()
    }

    /// What is wrong with the theme as far as these pages show it.
    pub fn faults_of(&self, pages: &[PageIndex]) -> Vec<Diagnostic> {
        let faults = Faults::default();
        for edition in &self.editions {
            edition.made(pages).into_iter().filter_map(Result::err).for_each(|fault| faults.add(fault));
        }
        faults.into_inner()
    }

    /// The same of what shows something of these pages: lists, and the pages nearest to them.
    pub fn faults_around(&self, pages: &[PageIndex]) -> Vec<Diagnostic> {
        let linked = self.site.linked_with(pages);
        let faults = Faults::default();
        for edition in &self.editions {
            edition.made_around(pages, &linked).into_iter().filter_map(Result::err).for_each(|fault| faults.add(fault));
        }
        faults.into_inner()
    }

    /// Every pack that can be printed, edition by edition.
    pub fn packs(&self) -> impl Iterator<Item = &Pack> {
        self.editions.iter().flat_map(|edition| &edition.navigation.packs)
    }

    /// What the pack of an id is called.
    pub fn title_of_pack(&self, id: &str) -> Option<String> {
        self.editions.iter().find_map(|edition| {
            let pack = edition.navigation.pack(id)?;
            Some(pages::packs::title(edition.words(), &pack.title))
        })
    }

    /// Prints one page or pack for the first edition that has it; nothing if none has it in that form. With it comes a name for the
    /// file.
    pub fn print(&self, wanted: &Wanted) -> Option<(String, Printed)> {
        self.editions.iter().find_map(|edition| {
            let (name, sheet) = edition.wanted_sheet(wanted)?;
            Some((name, print::alone(|| edition.sheet(sheet))))
        })
    }

    /// One file, if the site has it.
    pub fn file(&self, path: &str) -> Option<Result<Bytes, Diagnostic>> {
        let edition =
            self.editions.iter().find_map(|edition| Some((edition, path.strip_prefix(&edition.edition.folder)?)));
        let within = edition.and_then(|(edition, path)| edition.file(path));
        within.or_else(|| self.top_file(path))
    }

    /// Whether there is a page at a path.
    pub fn holds_page(&self, path: &str) -> bool {
        self.editions
            .iter()
            .any(|edition| path.strip_prefix(&edition.edition.folder).is_some_and(|within| edition.holds_page(within)))
    }

    /// Paths of what stands above all editions.
    fn top(&self) -> Vec<String> {
        let mut paths = vec![ROBOTS.to_owned()];
        if self.site.config.editions_named {
            paths.push(editions::URL.to_owned());
            paths.extend(self.means.assets.files().map(|(path, _)| path.to_owned()));
        }
        paths
    }

    fn top_file(&self, path: &str) -> Option<Result<Bytes, Diagnostic>> {
        if path == ROBOTS {
            return Some(Ok(Bytes::from(feeds::robots(&self.site))));
        }
        if !self.site.config.editions_named {
            return None;
        }
        match path {
            editions::URL => Some(editions::top(&self.site, &self.means)),
            path => self.means.assets.file(path).map(|bytes| Ok(bytes.to_shared())),
        }
    }
}

impl Means {
    fn of(site: &Arc<Site>, tools: Tools, printing: &Printing, before: Option<&Press>) -> Result<Self, Diagnostic> {
        let Tools { theme, templates, style } = tools;
        let (templates, style) = (templates?, style?);
        let citing = Citing { style, bibliography: site.bibliography.clone() };
        let assets = Assets::of(&theme, site);
        let faces = if printing.wanted { theme.faces(&site.sources) } else { Vec::new() };
        let printer = match before.filter(|before| before.means.theme == theme && before.means.faces == faces) {
            Some(before) => before.means.printer.clone(),
            None if printing.wanted => Printer::new(&theme, &faces).map(Arc::new),
            None => None,
        };
        let tags: BTreeSet<&str> =
            site.pages.iter().map(|page| site.language(page)).chain([site.config.language.as_str()]).collect();
        let words = match before.filter(|before| before.means.theme == theme && before.means.words.has_just(&tags)) {
            Some(before) => before.means.words.clone(),
            None => Arc::new(Dictionary::of(&theme, tags)),
        };
        let (pictures, printing) = (Pictures::default(), printing.clone());
        Ok(Self { theme, templates, assets, words, pictures, citing, faces, printer, printing })
    }
}

/// What was wrong with the theme, each fault once: a template may fail on a thousand pages.
#[derive(Default)]
struct Faults(Mutex<Vec<Diagnostic>>);

impl Faults {
    /// Of those at one place, the one whose message comes first stays, whatever the order in which they are found.
    fn add(&self, fault: Diagnostic) {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match faults.iter_mut().find(|known| known.at == fault.at && known.hint == fault.hint) {
            Some(known) if fault.message < known.message => *known = fault,
            Some(_) => {}
            None => faults.push(fault),
        }
    }

    fn into_inner(self) -> Vec<Diagnostic> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}
