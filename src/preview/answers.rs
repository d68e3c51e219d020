//! What a browser gets for an address of the preview.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use bytes::Bytes;
use rayon::prelude::*;

use super::bar::{self, Choice};
use super::editor::{self, Asked, Env};
use super::head::{Run, head};
use super::index::{self, Query};
use super::notice::Back;
use super::panel::{self, Alone, Behind};
use super::{
    Bar, Findings, Overview, Panel, View, address, assets, explanation, inject, notice, overview, paper, styles,
};
use crate::content::{Audience, Document};
use crate::diagnostic::{Diagnostic, Severity};
use crate::readability;
use crate::render::{Press, address as published};
use crate::server::{Answer, Reloads, Request, Site as Served};
use crate::session::State;
use crate::site::{Edition, Site};
use crate::source::{SitePath, Sources};

/// The policy of psychoed's own pages; those of the site carry their own.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'";
/// The policy for what the project's authors did not write here, and what a browser would run when it is opened by itself: it would
/// run as a page of this preview.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
const HTML: &str = "text/html; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
/// Loading the notice itself again would ask with the same old link.
const OLD_LINK: &str = "Only a page of the preview that runs now can open a file, and this link is of another one. Go back to \
                        the page with the link, load that page again, and follow its link.";
/// The page that a folder's address stands for.
const INDEX_PAGE: &str = "index.html";

/// Documents with their reading grades, by path.
type Grades = HashMap<SitePath, (Arc<Document>, Option<f32>)>;

/// A project's newest state, ready for browsers.
pub struct Preview {
    state: RwLock<Arc<State>>,
    /// The project's folder.
    root: PathBuf,
    reloads: Reloads,
    token: String,
    env: Env,
    /// Reading grades of documents that have been measured; a new text is a new document.
    grades: Mutex<Arc<Grades>>,
}

impl Preview {
    /// Shows a state of the project at `root` to the browsers of one run.
    pub fn new(root: PathBuf, state: Arc<State>, reloads: Reloads, token: &str, env: Env) -> Self {
        Self { state: RwLock::new(state), root, reloads, token: token.to_owned(), env, grades: Mutex::default() }
    }

    /// Shows another state from now on.
    pub fn show(&self, state: Arc<State>) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }

    fn state(&self) -> Arc<State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Served for Preview {
    fn answer(&self, request: &Request) -> Answer {
        // Before the state is looked at: a page is told of every change after the one it shows.
        let worker = self.reloads.worker();
        let state = self.state();
        let desk = Desk { preview: self, state: &state, run: Run { token: &self.token, worker: &worker } };
        if request.path.starts_with(address::INDEX) { desk.own(request) } else { desk.site(request) }
    }

    fn takes_long(&self, request: &Request) -> bool {
        // The first index of a run measures every page, and each of them lists all.
        request.path == address::INDEX || request.path.ends_with(".pdf")
    }
}

/// One request's view of the preview: the state stays the same until it is answered.
struct Desk<'a> {
    preview: &'a Preview,
    state: &'a State,
    run: Run<'a>,
}

impl Desk<'_> {
    /// An address of psychoed's own.
    fn own(&self, request: &Request) -> Answer {
        let query = request.query.as_deref().unwrap_or_default();
        let path = request.path.as_str();
        if let Some(asset) = assets::asset(path) {
            return answer(200, asset.media_type, None, asset.text);
        }
        if let Some(rule) = path.strip_prefix(address::RULES) {
            let page =
                if rule.is_empty() { Some(explanation::list(self.run)) } else { explanation::page(rule, self.run) };
            return page.map_or_else(|| self.nothing_here(), own_page);
        }
        for view in View::ALL {
            if let Some(within) = view.folder().and_then(|folder| path.strip_prefix(folder)) {
                return self.on_paper(within, view);
            }
        }
        match path {
            address::INDEX => self.index(query),
            address::FINDINGS => self.findings(query),
            address::STYLES => self.styles(query),
            address::OPEN => self.open(request, query),
            _ => self.nothing_here(),
        }
    }

    /// An address of the site.
    fn site(&self, request: &Request) -> Answer {
        let path = path_of(&request.path);
        let own = address::INDEX.trim_start_matches('/');
        let mut folders = self.editions().iter().map(|edition| edition.folder.as_str()).chain([own]);
        if folders.any(|folder| folder.strip_suffix('/') == Some(&*path)) {
            return self.moved(format!("{}/", address::of_file(&SitePath::new(path))), request);
        }
        self.file(&path, request)
    }

    /// Sends a browser to the right address, with the query it asked with.
    fn moved(&self, to: String, request: &Request) -> Answer {
        let query = request.query.as_deref().map(|query| format!("?{query}")).unwrap_or_default();
        Answer { location: Some(to + &query), ..answer(302, TEXT, None, "") }
    }

    fn file(&self, path: &str, request: &Request) -> Answer {
        let made = self.state.press.as_deref().and_then(|press: &Press| press.file(path));
        match made {
            Some(Ok(bytes)) if self.is_page(path) => answer(200, HTML, None, self.page(path, &bytes, request)),
            Some(Ok(bytes)) => raw(path, bytes),
            Some(Err(fault)) => self.alone(path, 500, &[fault]),
            None => self.no_file(path),
        }
    }

    /// A page of the site with what lies over it.
    fn page(&self, path: &str, html: &[u8], request: &Request) -> Vec<u8> {
        let view = View::asked(request.query.as_deref().unwrap_or_default());
        let here = address::of_file(&SitePath::new(path));
        let source = self.source_of(path);
        let findings = Findings::of(&self.state.diagnostics, source.as_ref());
        let is_older = source.as_ref().is_some_and(|source| self.state.older.contains(source));
        let behind = if is_older { Behind::LastGood } else { Behind::Page };
        let panel = Panel { findings: &findings, sources: &self.state.sources, run: self.run, behind };
        let panel = if view == View::Screen { panel::panel(&panel) } else { String::new() };
        let bar = Bar {
            here: &here,
            view,
            editions: self.choices(path),
            source: source.as_ref(),
            held_back: source.as_ref().and_then(|source| self.held_back(source)),
            findings: &findings,
            is_checked: self.state.is_checked,
            token: self.run.token,
        };
        inject(&paper::page(html, &here, view), &head(self.run), &bar::bar(&bar, &panel))
    }

    /// What is said in place of a file that is not there: why, if that is known.
    fn no_file(&self, path: &str) -> Answer {
        let source = self.source_of(path);
        let has_errors = |found: &&Diagnostic| found.severity == Severity::Error;
        let errors = self.state.diagnostics.iter().filter(has_errors);
        let errors: Vec<Diagnostic> = match &source {
            Some(source) => errors.filter(|found| found.at.path == *source).cloned().collect(),
            None if self.state.press.is_none() => errors.cloned().collect(),
            None => Vec::new(),
        };
        if errors.is_empty() { self.nothing_here() } else { self.alone(path, 500, &errors) }
    }

    fn alone(&self, path: &str, status: u16, found: &[Diagnostic]) -> Answer {
        let findings = Findings { here: found.iter().collect(), ..Findings::default() };
        let panel = Panel { findings: &findings, sources: &self.state.sources, run: self.run, behind: Behind::Nothing };
        answer(status, HTML, Some(POLICY), panel::alone(path, Alone::NeverGood, &panel))
    }

    fn index(&self, query: &str) -> Answer {
        let Some(site) = &self.state.site else { return self.no_file(INDEX_PAGE) };
        let grades = self.grades(site);
        let grade = |path: &SitePath| grades.get(path)?.1;
        let overview = Overview::of(site, &self.state.diagnostics, self.state.facts.today, &grade);
        own_page(index::index(&overview, &Query::read(query), &self.state.sources, self.run))
    }

    /// The reading grade of every page, measured when it is first asked for.
    fn grades(&self, site: &Site) -> Arc<Grades> {
        let known = || self.preview.grades.lock().unwrap_or_else(PoisonError::into_inner);
        // Not locked meanwhile: two requests may measure the same page, but neither waits for the other.
        let before = known().clone();
        let measured = site.pages.par_iter().map(|page| {
            let grade = match before.get(&page.path) {
                Some((document, grade)) if Arc::ptr_eq(document, &page.document) => *grade,
                _ => grade(&page.document, site.language(page)),
            };
            (page.path.clone(), (page.document.clone(), grade))
        });
        let measured: Arc<Grades> = Arc::new(measured.collect());
        *known() = measured.clone();
        measured
    }

    /// All that was found in one file.
    fn findings(&self, query: &str) -> Answer {
        let Some(file) = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "file") else {
            return self.nothing_here();
        };
        let file = SitePath::new(file.1);
        let findings = Findings::of(&self.state.diagnostics, Some(&file));
        if findings.here.is_empty() && !self.state.sources.files.contains_key(&file) {
            return self.nothing_here();
        }
        let panel = Panel { findings: &findings, sources: &self.state.sources, run: self.run, behind: Behind::Nothing };
        own_page(panel::alone(file.as_str(), Alone::OneFile, &panel))
    }

    /// The addresses of a page's style sheets as they are now, for a page that swaps them.
    fn styles(&self, query: &str) -> Answer {
        let asked = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "page");
        let Some((_, page)) = asked else { return self.nothing_here() };
        let path = path_of(&page);
        match self.state.press.as_deref().and_then(|press| press.file(&path)) {
            Some(Ok(html)) if path.ends_with(".html") => {
                let here = address::of_file(&SitePath::new(&path));
                let script = styles::script(&paper::page(&html, &here, View::asked(query)));
                answer(200, JAVASCRIPT, None, script)
            }
            _ => self.nothing_here(),
        }
    }

    /// A file of the site as the paper views need it.
    fn on_paper(&self, path: &str, view: View) -> Answer {
        let Some(Ok(bytes)) = self.state.press.as_deref().and_then(|press| press.file(path)) else {
            return self.nothing_here();
        };
        match std::str::from_utf8(&bytes) {
            Ok(css) if path.ends_with(".css") => answer(200, media_type(path), None, paper::stylesheet(css, view)),
            _ => raw(path, bytes),
        }
    }

    /// Opens a source in the writer's editor. Only for the preview's own pages, and only what the project is made of.
    fn open(&self, request: &Request, query: &str) -> Answer {
        let asked = Asked::read(query);
        let file = asked.as_ref().map(|asked| &asked.file);
        let Some(asked) = asked.as_ref().filter(|_| request.from_here) else {
            return self.unopened(403, OLD_LINK, file);
        };
        if !request.on_this_computer {
            return self.unopened(403, "Files open only on the computer that this preview runs on.", file);
        }
        if !self.state.sources.files.contains_key(&asked.file) {
            return self.nothing_here();
        }
        match editor::open(&self.preview.env, &self.preview.root.join(asked.file.as_str()), asked.line) {
            Ok(()) => answer(204, TEXT, None, ""),
            Err(why) => self.unopened(500, &sentence(&why), file),
        }
    }

    fn unopened(&self, status: u16, why: &str, file: Option<&SitePath>) -> Answer {
        let back = file.and_then(|file| self.shown_at(file));
        answer(status, HTML, Some(POLICY), notice::unopened(why, back.as_ref(), self.run))
    }

    /// Where a source can be seen: its page, or else what was found in it. `None` for what is no source.
    fn shown_at(&self, source: &SitePath) -> Option<Back> {
        self.state.sources.files.get(source)?;
        let page = self.state.press.as_deref().and_then(|press| {
            let site = press.site();
            let within = &site.pages[*site.page_at.get(source)?].url;
            let mut paths = self.editions().iter().map(|edition| format!("{}{within}", edition.folder));
            paths.find(|path| press.holds_page(path))
        });
        Some(match page {
            Some(path) => Back { words: format!("The page of {source}"), href: address::of_file(&SitePath::new(path)) },
            None => Back { words: format!("What was found in {source}"), href: address::findings(source) },
        })
    }

    fn nothing_here(&self) -> Answer {
        answer(404, HTML, Some(POLICY), notice::missing(self.run))
    }

    fn editions(&self) -> &[Arc<Edition>] {
        self.state.press.as_deref().map_or(&[], |press| &press.site().editions)
    }

    /// The edition that a path of the output belongs to, and the path within it.
    fn within<'p>(&self, path: &'p str) -> Option<(&Edition, &'p str)> {
        self.editions().iter().find_map(|edition| Some((&**edition, path.strip_prefix(&edition.folder)?)))
    }

    /// The source of a page that somebody wrote, or tried to.
    fn source_of(&self, path: &str) -> Option<SitePath> {
        let source = published::source_of_page(self.within(path)?.1)?;
        self.state.sources.files.contains_key(&source).then_some(source)
    }

    /// Whether psychoed made this, and not somebody who put HTML among the content.
    fn is_page(&self, path: &str) -> bool {
        let is_authored =
            |within: &str| self.state.sources.files.contains_key(&*format!("{}{within}", Sources::CONTENT));
        let within = self.within(path).map_or(path, |(_, within)| within);
        path.ends_with(".html") && !is_authored(within)
    }

    /// Why readers do not see a page yet.
    fn held_back(&self, source: &SitePath) -> Option<String> {
        let site = self.state.press.as_deref()?.site();
        overview::held_back(site.pages[*site.page_at.get(source)?].status)
    }

    /// The same page in each edition.
    fn choices(&self, path: &str) -> Vec<Choice<'_>> {
        let Some((current, within)) = self.within(path).filter(|(edition, _)| !edition.folder.is_empty()) else {
            return Vec::new();
        };
        let press = self.state.press.as_deref();
        let choice = |edition: &'_ Arc<Edition>| {
            let same = format!("{}{within}", edition.folder);
            let has_page = press.is_some_and(|press| press.holds_page(&same));
            let path = if has_page { same } else { format!("{}{INDEX_PAGE}", edition.folder) };
            (address::of_file(&SitePath::new(path)), has_page)
        };
        self.editions()
            .iter()
            .map(|edition| {
                let (href, has_page) = choice(edition);
                Choice { title: title(edition), href, current: edition.name == current.name, has_page }
            })
            .collect()
    }
}

/// The file of the output that an address stands for.
fn path_of(address: &str) -> String {
    let path = address.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}{INDEX_PAGE}") } else { path.to_owned() }
}

/// What an edition is called; one without a title by its name.
fn title(edition: &Edition) -> &str {
    if edition.title.is_empty() { &edition.name } else { &edition.title }
}

/// The years of school that a page asks of its own readers.
fn grade(document: &Document, language: &str) -> Option<f32> {
    let audiences: &[Audience] = &document.front_matter.audience;
    readability::of(document, audiences, language, &readability::Options::default()).grade()
}

fn own_page(html: Vec<u8>) -> Answer {
    answer(200, HTML, Some(POLICY), html)
}

fn answer(status: u16, content_type: &'static str, policy: Option<&'static str>, body: impl Into<Bytes>) -> Answer {
    Answer { status, content_type, policy, location: None, body: body.into() }
}

/// A file as it is.
fn raw(path: &str, bytes: Bytes) -> Answer {
    let media_type = media_type(path);
    let is_run = media_type == HTML || media_type.contains("xml");
    answer(200, media_type, is_run.then_some(SANDBOX), bytes)
}

fn sentence(fault: &str) -> String {
    let mut characters = fault.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

/// The content type of a file of the site.
fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => JAVASCRIPT,
        Some("html" | "htm") => HTML,
        Some("txt" | "bib" | "ris") => TEXT,
        Some("xml") => "application/xml; charset=utf-8",
        _ => mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream"),
    }
}
