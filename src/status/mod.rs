//! How a library stands: every page with its review, its grade, its findings and its translations, and where pages are missing.

mod gaps;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::content::front_matter::Scores;
use crate::content::{Audience, KindName};
use crate::diagnostic::{Tallies, Tally};
use crate::readability;
use crate::site::translation::Standing;
use crate::site::{Edition, Page, PageIndex, Site, Status};
use crate::source::{SitePath, Spanned};

pub use gaps::Gap;

/// How a library stands.
#[derive(Clone, Debug)]
pub struct Library {
    /// Its pages by kind, those that could not be read last. Of one kind, what is due first comes first.
    pub entries: Vec<Entry>,
    /// What is missing.
    pub gaps: Vec<Gap>,
}

/// How a page stands.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its source.
    pub path: SitePath,
    /// Its title; that of a source that could not be read is its file name.
    pub title: String,
    /// What was found in it, without what is waived.
    pub findings: Tally,
    /// What it says of itself; `None` when it could not be read.
    pub read: Option<Read>,
}

/// What a page says of itself.
#[derive(Clone, Debug)]
pub struct Read {
    /// Which page it is.
    pub page: PageIndex,
    /// Its kind.
    pub kind: KindName,
    /// The id that is printed on paper.
    pub id: Option<String>,
    /// The language it is written in, as a BCP 47 tag.
    pub language: String,
    /// Titles of its phases, in the order of the configuration.
    pub phases: Vec<String>,
    /// Titles of its focal areas, in the order of the configuration.
    pub focal_areas: Vec<String>,
    /// As printed.
    pub version: Option<String>,
    /// Whether readers see it.
    pub status: Status,
    /// When it was reviewed.
    pub reviewed: Option<Date>,
    /// When it has to be reviewed again.
    pub due: Option<Date>,
    /// Years of school that its own readers need; `None` where the language has no such measure, or there is nothing to measure.
    pub grade: Option<f32>,
    /// What people scored it at: for those who look after it, never for readers.
    pub scores: Option<Scores>,
    /// What it has to do with its original, when it is a translation.
    pub translates: Option<(SitePath, Standing)>,
    /// Its translations: language, source and standing.
    pub translations: Vec<(String, SitePath, Standing)>,
}

impl Library {
    /// Gathers how the pages for an edition's readers stand, published or not; without editions, all pages.
    pub fn of(site: &Site, findings: &Tallies, editions: &[&Edition]) -> Self {
        let is_meant = |audience: &[Audience]| {
            let is_for = |edition: &&Edition| audience.iter().any(|one| edition.audiences.contains(one));
            editions.is_empty() || editions.iter().any(is_for)
        };
        let pages: Vec<PageIndex> =
            (0..site.pages.len()).filter(|&page| is_meant(&site.pages[page].document.front_matter.audience)).collect();
        let mut entries: Vec<Entry> = pages.par_iter().map(|&page| Entry::of(site, page, findings)).collect();
        let unread = findings.files().filter(|path| site.is_unread(path));
        entries.extend(unread.map(|path| Entry {
            path: path.clone(),
            title: path.file_name().to_owned(),
            findings: findings.at(path),
            read: None,
        }));
        entries.sort_by_cached_key(|entry| (entry.kind().is_none(), entry.kind(), entry.by_day(), entry.path.clone()));
        Self { entries, gaps: gaps::gaps(site, &pages) }
    }

    /// Leaves only pages that have to be reviewed up to a day, the first of them first, whatever their kind.
    pub fn due_by(&mut self, day: Date) {
        self.entries.retain(|entry| !entry.is_withdrawn() && entry.due().is_some_and(|due| due <= day));
        self.entries.sort_by_cached_key(|entry| (entry.due(), entry.path.clone()));
    }

    /// How many pages that give advice have no day for their next review.
    pub fn without_day(&self) -> usize {
        let gives_advice = |entry: &&Entry| entry.kind().is_some_and(KindName::needs_id) && !entry.is_withdrawn();
        self.entries.iter().filter(gives_advice).filter(|entry| entry.due().is_none()).count()
    }
}

impl Entry {
    fn of(site: &Site, index: PageIndex, findings: &Tallies) -> Self {
        let page = &site.pages[index];
        Self {
            path: page.path.clone(),
            title: page.title().to_owned(),
            findings: findings.at(&page.path),
            read: Some(Read::of(site, index)),
        }
    }

    /// Its kind, when it could be read.
    pub fn kind(&self) -> Option<KindName> {
        self.read.as_ref().map(|read| read.kind)
    }

    /// When it has to be reviewed again.
    pub fn due(&self) -> Option<Date> {
        self.read.as_ref()?.due
    }

    /// Whether it should have been reviewed before today, and readers see it or will.
    pub fn is_overdue(&self, today: Date) -> bool {
        !self.is_withdrawn() && self.due().is_some_and(|due| due < today)
    }

    fn is_withdrawn(&self) -> bool {
        self.read.as_ref().is_some_and(|read| matches!(read.status, Status::Expired(_)))
    }

    /// What is due first comes first, and what has no day last.
    fn by_day(&self) -> (bool, Option<Date>) {
        (self.due().is_none(), self.due())
    }
}

impl Read {
    fn of(site: &Site, index: PageIndex) -> Self {
        let page = &site.pages[index];
        let front_matter = &page.document.front_matter;
        let language = site.language(page);
        let named = |ids: &[Spanned<String>], id: &str| ids.iter().any(|known| known.value == id);
        let phases = site.config.phases.iter().filter(|phase| named(&front_matter.phases, &phase.id));
        let areas = site.config.focal_areas.iter().filter(|area| named(&front_matter.focal_areas, &area.id));
        let standing = |page: &Page| page.translation.as_ref().map(|translation| translation.standing);
        let translations = page.translations.iter().map(|&other| &site.pages[other]);
        Self {
            page: index,
            kind: page.kind(),
            id: front_matter.id.as_ref().map(|id| id.value.clone()),
            language: language.to_owned(),
            phases: phases.map(|phase| phase.title.clone()).collect(),
            focal_areas: areas.map(|area| area.title.clone()).collect(),
            version: front_matter.version.clone(),
            status: page.status,
            reviewed: front_matter.reviewed.as_ref().map(|day| day.value),
            due: front_matter.review_due.as_ref().map(|day| day.value),
            grade: readability::of(&page.document, &front_matter.audience, language, &Default::default()).grade(),
            scores: front_matter.scores.clone(),
            translates: page
                .translation
                .as_ref()
                .map(|translation| (site.pages[translation.of].path.clone(), translation.standing)),
            translations: translations
                .filter_map(|other| Some((site.language(other).to_owned(), other.path.clone(), standing(other)?)))
                .collect(),
        }
    }
}
