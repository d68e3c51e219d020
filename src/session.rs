//! A project that is open for writing: after every change it is built again, from what the last build left, and what can be
//! shown is kept in memory.
//!
//! While a file has errors, its last version without any is shown in its place; everything else is up to date. So one page that
//! is being written never keeps anybody from looking at the others. A file that has had errors for as long as it is known is
//! shown as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::render::Press;
use crate::site::{Facts, Page, PageIndex, Site};
use crate::source::{FileBytes, SitePath, Sources};
use crate::theme;
use crate::{Built, Memo, Options, build, check};

/// A project that is open for writing.
pub struct Session {
    options: Options,
    /// Of the newest state of all files.
    newest: Memo,
    /// Of what is shown where that is not the newest state.
    shown: Memo,
    /// Every file as it is shown.
    files: Arc<Sources>,
    /// Files shown in a version that has not been found to be without errors, each with its last version that was, if there was
    /// one.
    unproven: BTreeMap<SitePath, Option<FileBytes>>,
    /// What the site's own theme last made without a fault.
    proven: Option<Proven>,
    /// What the theme has still to be tried on, since lists changed.
    untried: Option<Arc<Press>>,
    /// What came of the last change.
    state: Option<Arc<State>>,
}

/// A theme of the site's own that made every page of a site.
struct Proven {
    /// Its files, and the configuration, which templates read.
    theme: Vec<(SitePath, FileBytes)>,
    site: Arc<Site>,
    /// The state of the site in which it made lists, too.
    lists: Arc<Site>,
}

/// What can be shown of a project, and what is to be said about it.
pub struct State {
    /// The newest state of all files, to which findings point.
    pub sources: Arc<Sources>,
    /// The site as it was linked last; `None` when its configuration has never been in order.
    pub site: Option<Arc<Site>>,
    /// What makes the files that are shown; `None` when there has never been anything to show.
    pub press: Option<Arc<Press>>,
    /// Everything found in the newest state.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether links, citations and words were looked at, and not only how each file is written.
    pub is_checked: bool,
    /// Files of which an older version is shown, since the newest has errors.
    pub older: BTreeSet<SitePath>,
    /// The day it was built for.
    pub facts: Facts,
}

impl Session {
    /// Opens a project, of which nothing has been read yet.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            newest: Memo::default(),
            shown: Memo::default(),
            files: Arc::default(),
            unproven: BTreeMap::new(),
            proven: None,
            untried: None,
            state: None,
        }
    }

    /// Builds the project again from the files as they are now.
    pub fn update(&mut self, sources: Sources, facts: &Facts) -> Arc<State> {
        let sources = Arc::new(sources);
        let mut built = build(&sources, facts, &self.options, &mut self.newest);
        self.untried = None;
        let looked_at = self.prove_theme(&mut built, facts);
        let broken: BTreeSet<SitePath> = errors(&built).map(|found| found.at.path.clone()).collect();
        let older = self.choose(&sources, &broken, &looked_at, built.press.is_some());
        // What is shown as it is was made already.
        let press = if older.is_empty() {
            built.press
        } else {
            build(&self.files, facts, &self.options, &mut self.shown).press
        };
        let before = self.state.as_deref();
        let state = Arc::new(State {
            is_checked: built.site.is_some(),
            site: built.site.or_else(|| before?.site.clone()),
            press: press.or_else(|| before?.press.clone()),
            diagnostics: built.diagnostics,
            older,
            sources,
            facts: facts.clone(),
        });
        self.state = Some(state.clone());
        state
    }

    /// Whether there is more that the site's own theme should be tried on, when nobody waits.
    pub fn has_more_to_try(&self) -> bool {
        self.untried.is_some()
    }

    /// Tries the site's own theme on whatever shows something of the pages that are new: lists, and pages near them. With
    /// thousands of pages that takes longer than anybody who has saved a file should wait. Returns the state of the project if
    /// there is a fault.
    pub fn try_more(&mut self) -> Option<Arc<State>> {
        let (press, proven) = (self.untried.take()?, self.proven.as_mut()?);
        let lists = std::mem::replace(&mut proven.lists, press.site().clone());
        if press.faults_around(&renewed(&lists, press.site())).is_empty() {
            return None;
        }
        // So everything is tried again.
        self.proven = None;
        let state = self.state.clone()?;
        Some(self.update(Sources::clone(&state.sources), &state.facts))
    }

    /// Chooses the version of each file that is to be shown. Returns those of which it is an older one.
    fn choose(
        &mut self,
        now: &Arc<Sources>,
        broken: &BTreeSet<SitePath>,
        looked_at: &LookedAt,
        can_be_shown: bool,
    ) -> BTreeSet<SitePath> {
        let mut older = BTreeMap::new();
        let mut unproven = BTreeMap::new();
        for (path, bytes) in broken.iter().filter_map(|path| now.files.get_key_value(path)) {
            match self.good(path) {
                // It was in order, until something else changed.
                Some(good) if is_same(good, bytes) => {}
                Some(good) => drop(older.insert(path.clone(), good.clone())),
                None => {
                    // Without a configuration or a theme there is nothing to show; a page never keeps others from being made.
                    let shown = self.files.files.get(path).filter(|_| !can_be_shown && !is_content(path));
                    older.extend(
                        shown.filter(|shown| !is_same(shown, bytes)).map(|shown| (path.clone(), shown.clone())),
                    );
                    unproven.insert(path.clone(), None);
                }
            }
        }
        for (path, bytes) in looked_at.passed_over(now).filter(|(path, _)| !broken.contains(*path)) {
            let good = self.good(path);
            if !good.is_some_and(|good| is_same(good, bytes)) {
                unproven.insert(path.clone(), good.cloned());
            }
        }
        self.unproven = unproven;
        let paths = older.keys().cloned().collect();
        self.files = now.clone();
        if !older.is_empty() {
            Arc::make_mut(&mut self.files).files.extend(older);
        }
        paths
    }

    /// A file's last version that was found to be without errors.
    fn good(&self, path: &SitePath) -> Option<&FileBytes> {
        match self.unproven.get(path) {
            Some(good) => good.as_ref(),
            None => self.files.files.get(path),
        }
    }

    /// Makes pages to see whether the site's own theme can: all of them unless it was proven before, and then those that are new.
    /// Returns what has been looked at now.
    fn prove_theme(&mut self, built: &mut Built, facts: &Facts) -> LookedAt {
        let Some(site) = built.site.clone() else { return LookedAt::Nothing };
        let Some(theme) = own_theme(&site) else { return LookedAt::Everything };
        let Some(press) = built.press.as_ref().filter(|_| !built.is_broken()) else {
            let files = theme.into_iter().filter(|(path, _)| path.as_str() != Sources::CONFIG);
            return LookedAt::AllBut(files.collect());
        };
        let found = match &self.proven {
            Some(proven) if proven.theme == theme => press.faults_of(&renewed(&proven.site, &site)),
            _ => press.pages(&|_| {}),
        };
        // What had a fault is tried again after every edit, until it has none.
        let before = self.proven.take().filter(|proven| proven.theme == theme);
        let lists = before.map_or_else(|| site.clone(), |proven| proven.lists);
        if found.is_empty() {
            self.untried = (!site.lists_the_same(&lists)).then(|| press.clone());
            self.proven = Some(Proven { theme, site: site.clone(), lists });
        }
        built.diagnostics.extend(check::levels::settle(&site, facts, found));
        LookedAt::Everything
    }
}

/// How far a state was looked through for errors.
enum LookedAt {
    /// Its configuration could not be relied on.
    Nothing,
    /// While pages have errors, no theme is tried on them; these are its files.
    AllBut(Vec<(SitePath, FileBytes)>),
    Everything,
}

impl LookedAt {
    /// Files of which it is not known whether they have errors.
    fn passed_over<'s>(&'s self, sources: &'s Sources) -> impl Iterator<Item = (&'s SitePath, &'s FileBytes)> {
        let (files, theme) = match self {
            LookedAt::Nothing => (Some(&sources.files), None),
            LookedAt::AllBut(theme) => (None, Some(theme)),
            LookedAt::Everything => (None, None),
        };
        let theme = theme.into_iter().flatten().map(|(path, bytes)| (path, bytes));
        files.into_iter().flatten().chain(theme)
    }
}

fn is_same(one: &FileBytes, other: &FileBytes) -> bool {
    one.is_shared_with(other) || one == other
}

fn is_content(path: &SitePath) -> bool {
    path.as_str().starts_with(Sources::CONTENT)
}

/// The files of a site's own theme, and the configuration.
fn own_theme(site: &Site) -> Option<Vec<(SitePath, FileBytes)>> {
    let folder = theme::overlay(&site.config)?;
    let config = site.sources.below(Sources::CONFIG);
    Some(site.sources.below(&folder).chain(config).map(|(path, bytes)| (path.clone(), bytes.clone())).collect())
}

/// Pages that are not as they were.
fn renewed(before: &Site, now: &Site) -> Vec<PageIndex> {
    let is_same =
        |known: &Page, page: &Page| Arc::ptr_eq(&known.document, &page.document) && known.status == page.status;
    let is_known = |place: &PageIndex| {
        let page = &now.pages[*place];
        // Nearly every page has its place as before, so that it need not be looked for.
        before.pages.get(*place).is_some_and(|known| is_same(known, page))
            || before.page_at.get(&page.path).is_some_and(|known| is_same(&before.pages[*known], page))
    };
    (0..now.pages.len()).filter(|place| !is_known(place)).collect()
}

fn errors(built: &Built) -> impl Iterator<Item = &Diagnostic> {
    built.diagnostics.iter().filter(|found| found.severity == Severity::Error)
}
