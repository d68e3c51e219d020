//! What has been found before and need not be looked for again.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::levels::by_place;
use super::patient_text::{PatientText, Vocabulary};
use super::sections::Unsourced;
use super::ties::{Ties, WorkNumbers, first_shown};
use super::{Checks, File, gathered, web};
use crate::content::KindName;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, Page, Site};
use crate::source::{FileBytes, SitePath, Sources};

/// What the last run of all rules found. Starts out empty.
#[derive(Default)]
pub struct Kept {
    /// What it was found in.
    seen: Option<(Arc<Site>, Facts)>,
    /// Words that patients may not know; `None` when no rule asks.
    vocabulary: Option<Vocabulary>,
    /// What each page of the site shows by itself.
    pages: Vec<OfPage>,
    /// What each page has to do with the others.
    ties: Vec<Ties>,
    /// What each file shows that is no page.
    files: BTreeMap<SitePath, OfFile>,
    /// What lists show.
    lists: Vec<Diagnostic>,
}

/// What a page shows by itself.
#[derive(Default)]
struct OfPage {
    /// Whatever other pages are, but for the glossary.
    alone: Box<[Diagnostic]>,
    /// Among other pages.
    among_others: Box<[Diagnostic]>,
}

/// What of a site has changed since the rules were last run.
struct Since<'b> {
    /// The site as it was then, unless its pages have come to be others or the configuration has changed.
    before: Option<&'b Site>,
    /// Whether lists are the same.
    same_lists: bool,
    /// Whether of lists that is the same which has to do with pages alone: works, names of files, the glossary.
    same_works_and_words: bool,
}

/// What a file that is no page shows by itself.
#[derive(Clone)]
struct OfFile {
    bytes: FileBytes,
    shown: Option<Location>,
    found: Arc<[Diagnostic]>,
}

impl Kept {
    /// Brings everything up to date with a site.
    pub(super) fn renew(&mut self, site: &Arc<Site>, facts: &Facts, checks: &Checks) {
        let seen = self.seen.take();
        let before = seen.as_ref().map(|(before, _)| &**before);
        let same_config = before.is_some_and(|before| before.config == site.config);
        let same_files = before.is_some_and(|before| site.has_the_same_files(before));
        let same_facts = seen.as_ref().is_some_and(|(_, then)| then == facts);
        let same_lists = same_config
            && same_files
            && same_facts
            && before.is_some_and(|before| before.editions == site.editions && site.lists_the_same(before));
        let before = before.filter(|before| same_config && has_the_same_pages(before, site));
        let same_works_and_words = same_lists
            || same_facts
                && same_files
                && before.is_some_and(|before| {
                    Arc::ptr_eq(&before.bibliography, &site.bibliography)
                        && before.editions == site.editions
                        && has_the_same_terms(before, site)
                });
        if !same_works_and_words {
            self.vocabulary = (!checks.patient_text.is_empty()).then(|| Vocabulary::of(site));
        }
        let since = Since { before, same_lists, same_works_and_words };
        let (lists, ()) = rayon::join(
            || (!same_lists).then(|| in_lists(site, facts, checks)),
            || {
                self.renew_pages(site, facts, checks, &since);
                self.renew_files(site, checks, same_config, same_files);
            },
        );
        self.lists = lists.unwrap_or_else(|| std::mem::take(&mut self.lists));
        self.seen = Some((site.clone(), facts.clone()));
    }

    /// What has to do with what, in the order of the site's pages.
    pub(super) fn ties(&self) -> &[Ties] {
        &self.ties
    }

    /// Everything kept that was found.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        let files = self.files.values().flat_map(|file| file.found.iter());
        let pages = self.pages.iter().flat_map(|page| page.alone.iter().chain(&page.among_others));
        self.lists.iter().chain(pages).chain(files)
    }

    fn renew_pages(&mut self, site: &Site, facts: &Facts, checks: &Checks, since: &Since<'_>) {
        let works = WorkNumbers::of(&site.bibliography);
        let vocabulary = self.vocabulary.as_ref();
        self.pages.resize_with(site.pages.len(), OfPage::default);
        self.ties.resize_with(site.pages.len(), Ties::default);
        let kept = self.pages.par_iter_mut().zip(&mut self.ties).zip(&site.pages).enumerate();
        kept.for_each(|(index, ((found, ties), page))| {
            let same_page = since.before.is_some_and(|before| is_unchanged(&before.pages[index], page));
            if !(same_page && since.same_works_and_words) {
                *ties = Ties::of(page, &works);
                found.alone = sorted(|found| look_at(site, page, facts, vocabulary, checks, found));
            }
            if !(same_page && since.same_lists) {
                found.among_others = sorted(|found| {
                    checks.page_among_others.iter().for_each(|(rule, look)| look(rule, site, page, facts, found));
                });
            }
        });
    }

    fn renew_files(&mut self, site: &Site, checks: &Checks, same_config: bool, same_files: bool) {
        let shown = first_shown(site, &self.ties);
        let paths: Vec<SitePath> = if same_config && same_files {
            self.files.keys().cloned().collect()
        } else {
            site.sources.files.keys().filter(|path| is_file(site, path)).cloned().collect()
        };
        let before = if same_config { std::mem::take(&mut self.files) } else { BTreeMap::new() };
        let files = paths.into_par_iter().filter_map(|path| {
            let (bytes, shown) = (site.sources.bytes(path.as_str())?, shown.get(&path));
            let kept = before.get(&path).filter(|kept| kept.is_of(bytes, shown)).cloned();
            let file = kept.unwrap_or_else(|| {
                let file = File { path: &path, bytes, shown };
                let found =
                    gathered(|found| checks.file.iter().for_each(|(rule, look)| look(rule, site, &file, found)));
                OfFile { bytes: bytes.clone(), shown: shown.cloned(), found: found.into() }
            });
            Some((path, file))
        });
        self.files = files.collect();
    }
}

fn look_at(
    site: &Site,
    page: &Page,
    facts: &Facts,
    vocabulary: Option<&Vocabulary>,
    checks: &Checks,
    found: &mut Vec<Diagnostic>,
) {
    checks.page.iter().for_each(|(rule, look)| look(rule, site, page, facts, found));
    web::of_page(&checks.web, page, facts, found);
    if let Some(text) = vocabulary.and_then(|vocabulary| PatientText::of(site, page, vocabulary)) {
        checks.patient_text.iter().for_each(|(rule, look)| look(rule, &text, found));
    }
    if !checks.unsourced.is_empty()
        && let Some(unsourced) = Unsourced::of(site, page)
    {
        checks.unsourced.iter().for_each(|(rule, look)| look(rule, &unsourced, found));
    }
}

/// What is sorted here need not be sorted after every edit.
fn sorted(look: impl FnOnce(&mut Vec<Diagnostic>)) -> Box<[Diagnostic]> {
    let mut found = gathered(look);
    found.sort_by(by_place);
    found.into()
}

fn in_lists(site: &Site, facts: &Facts, checks: &Checks) -> Vec<Diagnostic> {
    let found = checks.lists.par_iter().map(|(rule, look)| gathered(|found| look(rule, site, facts, found)));
    let mut found: Vec<Diagnostic> = found.collect::<Vec<_>>().into_iter().flatten().collect();
    web::of_works(&checks.web, site, facts, &mut found);
    found
}

impl OfFile {
    fn is_of(&self, bytes: &FileBytes, shown: Option<&Location>) -> bool {
        self.shown.as_ref() == shown && self.bytes == *bytes
    }
}

/// Whether the pages are the same, whatever is on them.
fn has_the_same_pages(before: &Site, now: &Site) -> bool {
    Arc::ptr_eq(&before.page_at, &now.page_at)
        || before.pages.len() == now.pages.len()
            && before.pages.iter().zip(&now.pages).all(|(before, now)| before.path == now.path)
}

/// Whether the glossary says the same, to the same readers.
fn has_the_same_terms(before: &Site, now: &Site) -> bool {
    before.pages.iter().zip(&now.pages).all(|(before, now)| {
        let is_term = before.kind() == KindName::Term || now.kind() == KindName::Term;
        !is_term
            || before.status == now.status
                && (Arc::ptr_eq(&before.document, &now.document)
                    || before.document.front_matter == now.document.front_matter)
    })
}

fn is_unchanged(before: &Page, now: &Page) -> bool {
    Arc::ptr_eq(&before.document, &now.document)
        && before.status == now.status
        && before.translation == now.translation
        && (Arc::ptr_eq(&before.targets, &now.targets) || before.targets == now.targets)
}

/// Whether a file is no page, or somebody took one for a picture all the same.
fn is_file(site: &Site, path: &SitePath) -> bool {
    let is_page = path.as_str().starts_with(Sources::CONTENT) && path.extension() == Some("md");
    !is_page || site.config.theme.logo.as_ref().is_some_and(|logo| logo.value == path.as_str())
}

#[cfg(test)]
mod tests;
