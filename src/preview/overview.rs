//! A whole site as its editor sees it: what the index shows, as plain data.

use jiff::civil::Date;
use serde::Serialize;

use super::address;
use crate::check::rules::REVIEW_SOON;
use crate::content::KindName;
use crate::diagnostic::{Diagnostic, Tallies, Tally};
use crate::site::{Page, Site, Status};
use crate::source::SitePath;

/// A whole site as its editor sees it.
#[derive(Clone, Debug, Default)]
pub struct Overview<'a> {
    /// The site's title.
    pub title: String,
    /// The editions that are served, in the order of the configuration.
    pub editions: Vec<EditionLine>,
    /// Every page, published or not, and every source that should be one.
    pub pages: Vec<PageLine>,
    /// What was found in files that are no pages: the configuration, bibliographies, the theme.
    pub findings: Vec<&'a Diagnostic>,
}

/// An edition as the index shows it.
#[derive(Clone, Debug, Serialize)]
pub struct EditionLine {
    /// As shown.
    pub title: String,
    /// Its home page.
    pub href: String,
    /// How many pages it holds.
    pub pages: usize,
}

/// Why readers do not see a page today, in a word or two; `None` for one that they do.
pub(super) fn held_back(status: Status) -> Option<String> {
    match status {
        Status::Draft => Some("Draft".to_owned()),
        Status::NotYet(day) => Some(format!("From {day}")),
        Status::Expired(day) => Some(format!("Withdrawn {day}")),
        Status::Published => None,
    }
}

/// A page as the index shows it.
#[derive(Clone, Debug)]
pub struct PageLine {
    /// Its source.
    pub path: SitePath,
    /// Its title; that of a source that could not be read is its file name.
    pub title: String,
    /// Its kind; `None` when its source could not be read.
    pub kind: Option<KindName>,
    /// The id that is printed on paper.
    pub id: Option<String>,
    /// Whether readers see it.
    pub status: Option<Status>,
    /// How its review stands.
    pub review: Review,
    /// How many years of school it asks for.
    pub grade: Option<f32>,
    /// What was found in its source.
    pub findings: Tally,
    /// Where it is served: the number of the edition, and the address.
    pub served: Vec<(usize, String)>,
}

/// How a page's review stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    /// The page gives no advice, so nobody has to review it.
    NotNeeded,
    /// Nobody has reviewed it yet.
    NotYet,
    /// It was reviewed on a day, and is to be again on another.
    Done {
        /// When it was reviewed.
        on: Option<Date>,
        /// When it is due again.
        due: Option<Date>,
    },
    /// The next review is due within [`REVIEW_SOON`] days, of a page that readers see or will.
    Soon(Date),
    /// The next review of such a page should have been on this day.
    Overdue(Date),
}

impl<'a> Overview<'a> {
    /// Gathers what the index shows. `grade` tells how many years of school a source asks for, where that is known.
    pub fn of(
        site: &Site,
        findings: &'a [Diagnostic],
        today: Date,
        grade: &dyn Fn(&SitePath) -> Option<f32>,
    ) -> Overview<'a> {
        let tallies = Tallies::of(findings);
        let mut pages: Vec<PageLine> = site
            .pages
            .iter()
            .enumerate()
            .map(|(number, page)| PageLine {
                grade: grade(&page.path),
                findings: tallies.at(&page.path),
                served: served(site, number),
                ..PageLine::of(page, today)
            })
            .collect();
        let unread = tallies.files().filter(|path| site.is_unread(path));
        pages.extend(unread.map(|path| PageLine { findings: tallies.at(path), ..PageLine::unread(path) }));
        let editions = site.editions.iter().map(|edition| EditionLine {
            title: edition.shown_title(),
            href: format!("/{}index.html", edition.folder),
            pages: edition.pages.len(),
        });
        let of_no_page =
            |found: &&Diagnostic| !site.page_at.contains_key(&found.at.path) && !site.is_unread(&found.at.path);
        Overview {
            title: site.config.title.clone(),
            editions: editions.collect(),
            pages,
            findings: findings.iter().filter(of_no_page).filter(|found| found.waived.is_none()).collect(),
        }
    }
}

fn served(site: &Site, page: usize) -> Vec<(usize, String)> {
    let holding = site.editions.iter().enumerate().filter(|(_, edition)| edition.holds(page));
    let url = &site.pages[page].url;
    holding
        .map(|(number, edition)| (number, address::of_file(&SitePath::new(format!("{}{url}", edition.folder)))))
        .collect()
}

impl PageLine {
    fn of(page: &Page, today: Date) -> Self {
        let front_matter = &page.document.front_matter;
        Self {
            path: page.path.clone(),
            title: page.title().to_owned(),
            kind: Some(page.kind()),
            id: front_matter.id.as_ref().map(|id| id.value.clone()),
            status: Some(page.status),
            review: Review::of(page, today),
            grade: None,
            findings: Tally::default(),
            served: Vec::new(),
        }
    }

    fn unread(path: &SitePath) -> Self {
        Self {
            path: path.clone(),
            title: path.file_name().to_owned(),
            kind: None,
            id: None,
            status: None,
            review: Review::NotNeeded,
            grade: None,
            findings: Tally::default(),
            served: Vec::new(),
        }
    }

    /// How soon somebody should look at the page; lower comes first.
    pub(super) fn urgency(&self) -> u8 {
        match self.review {
            _ if self.findings.errors > 0 => 0,
            Review::Overdue(_) => 1,
            _ if self.findings.warnings > 0 => 2,
            Review::Soon(_) => 3,
            _ => 4,
        }
    }
}

impl Review {
    fn of(page: &Page, today: Date) -> Self {
        let front_matter = &page.document.front_matter;
        let on = front_matter.reviewed.as_ref().map(|on| on.value);
        let due = front_matter.review_due.as_ref().map(|due| due.value);
        let days_left = |due: Date| today.until(due).map_or(0, |left| i64::from(left.get_days()));
        match (on, due) {
            (_, Some(due)) if page.is_to_appear() && due < today => Review::Overdue(due),
            (_, Some(due)) if page.is_to_appear() && days_left(due) <= REVIEW_SOON => Review::Soon(due),
            (None, None) if !page.kind().gives_advice() => Review::NotNeeded,
            (None, None) => Review::NotYet,
            (on, due) => Review::Done { on, due },
        }
    }

    /// The day that decides where the page stands among others; those without one come last.
    pub(super) fn day(self) -> (bool, Option<Date>) {
        let day = match self {
            Review::Overdue(due) | Review::Soon(due) => Some(due),
            Review::Done { due, .. } => due,
            Review::NotYet | Review::NotNeeded => None,
        };
        (day.is_none(), day)
    }

    /// In words, and whether somebody should do something about it.
    pub(super) fn words(self) -> (String, &'static str) {
        match self {
            Review::NotNeeded => ("–".to_owned(), "quiet"),
            Review::NotYet => ("Not yet reviewed".to_owned(), "quiet"),
            Review::Done { due: Some(due), .. } => (format!("Due {due}"), ""),
            Review::Done { on: Some(on), due: None } => (format!("Reviewed {on}"), ""),
            Review::Done { on: None, due: None } => (String::new(), ""),
            Review::Soon(due) => (format!("Due soon: {due}"), "warning"),
            Review::Overdue(due) => (format!("Overdue since {due}"), "error"),
        }
    }
}
