//! A project that is open for writing: after every change it is built again, from what the last build left, and what can be
//! shown is kept in memory.
//!
//! While a file has errors, its last version without any is shown in its place; everything else is up to date. So one page that
//! is being written never keeps anybody from looking at the others.

use std::collections::BTreeSet;
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
    /// Every file in its last version without errors.
    good: Arc<Sources>,
    /// What the site's own theme last made without a fault.
    proven: Option<Proven>,
    /// What came of the last change.
    state: Option<Arc<State>>,
}

/// A theme of the site's own that made every page of a site.
struct Proven {
    /// Its files, and the configuration, which templates read.
    theme: Vec<(SitePath, FileBytes)>,
    site: Arc<Site>,
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
            good: Arc::default(),
            proven: None,
            state: None,
        }
    }

    /// Builds the project again from the files as they are now.
    pub fn update(&mut self, sources: Sources, facts: &Facts) -> Arc<State> {
        let sources = Arc::new(sources);
        let mut built = build(&sources, facts, &self.options, &mut self.newest);
        self.prove_theme(&mut built, facts);
        let broken: BTreeSet<SitePath> = errors(&built).map(|found| found.at.path.clone()).collect();
        let (press, older) = if broken.is_empty() {
            self.good = sources.clone();
            (built.press, BTreeSet::new())
        } else {
            let older = self.without(&sources, &broken);
            // A state that was never good is shown as far as it goes.
            let press = if older.is_empty() {
                built.press
            } else {
                build(&self.good, facts, &self.options, &mut self.shown).press
            };
            (press, older)
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

    /// Takes up new versions of all files but the broken ones. Returns those of which an older version is left.
    fn without(&mut self, sources: &Arc<Sources>, broken: &BTreeSet<SitePath>) -> BTreeSet<SitePath> {
        let mut good = Sources::clone(sources);
        let mut older = BTreeSet::new();
        for path in broken {
            if let (Some(now), Some(before)) = (good.files.get_mut(path), self.good.files.get(path))
                && now != before
            {
                *now = before.clone();
                older.insert(path.clone());
            }
        }
        self.good = Arc::new(good);
        older
    }

    /// Makes pages to see whether the site's own theme can: all of them unless it was proven before, and then those that are new.
    fn prove_theme(&mut self, built: &mut Built, facts: &Facts) {
        let Some(site) = built.site.clone().filter(|_| !built.is_broken()) else { return };
        let (Some(theme), Some(press)) = (own_theme(&site), &built.press) else { return };
        let found = match &self.proven {
            Some(proven) if proven.theme == theme => press.faults_of(&renewed(&proven.site, &site)),
            _ => press.pages(&|_| {}),
        };
        // What had a fault is tried again after every edit, until it has none.
        self.proven = found.is_empty().then(|| Proven { theme, site: site.clone() });
        built.diagnostics.extend(check::levels::settle(&site, facts, found));
    }
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
