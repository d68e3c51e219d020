//! The index at `/_psychoed/`: every page with how it stands, and what is to be done next.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use url::form_urlencoded::{self, Serializer};

use super::panel::{self, FindingView};
use super::tally::{Tally, counted, grouped};
use super::{address, bar, editor, templates};
use crate::content::{Audience, KindName};
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::place::Places;
use crate::site::{Page, Site, Status};
use crate::source::{SitePath, Sources};

/// How many pages one view lists.
const MOST: usize = 500;
/// How many findings that belong to no page one view shows.
const MOST_FINDINGS: usize = 50;
/// Within how many days a review counts as due soon; reviewers need a while.
const SOON: i32 = 90;

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
    /// The next review is due within three months.
    Soon(Date),
    /// The next review should have been on this day.
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
        let mut tallies: BTreeMap<&SitePath, Tally> = BTreeMap::new();
        for found in findings {
            tallies.entry(&found.at.path).or_default().add(found);
        }
        let tally = |path| tallies.get(path).copied().unwrap_or_default();
        let mut pages: Vec<PageLine> = site
            .pages
            .iter()
            .enumerate()
            .map(|(number, page)| PageLine {
                grade: grade(&page.path),
                findings: tally(&page.path),
                served: served(site, number),
                ..PageLine::of(page, today)
            })
            .collect();
        let unread = tallies.keys().filter(|path| is_unread(site, path));
        pages.extend(unread.map(|&path| PageLine { findings: tally(path), ..PageLine::unread(path) }));
        let editions = site.editions.iter().map(|edition| EditionLine {
            title: edition_title(&edition.title, &edition.audiences),
            href: format!("/{}index.html", edition.folder),
            pages: edition.pages.len(),
        });
        let of_no_page =
            |found: &&Diagnostic| !site.page_at.contains_key(&found.at.path) && !is_unread(site, &found.at.path);
        Overview {
            title: site.config.title.clone(),
            editions: editions.collect(),
            pages,
            findings: findings.iter().filter(of_no_page).filter(|found| found.waived.is_none()).collect(),
        }
    }
}

/// Whether a source should be a page and is none.
fn is_unread(site: &Site, path: &SitePath) -> bool {
    path.as_str().starts_with(Sources::CONTENT) && path.extension() == Some("md") && !site.page_at.contains_key(path)
}

fn served(site: &Site, page: usize) -> Vec<(usize, String)> {
    let holding = site.editions.iter().enumerate().filter(|(_, edition)| edition.holds(page));
    let url = &site.pages[page].url;
    holding
        .map(|(number, edition)| (number, address::of_file(&SitePath::new(format!("{}{url}", edition.folder)))))
        .collect()
}

/// An edition's title, or else whom it is for.
pub fn edition_title(title: &str, audiences: &[Audience]) -> String {
    if title.is_empty() {
        audiences.iter().copied().map(Audience::name).collect::<Vec<_>>().join(", ")
    } else {
        title.to_owned()
    }
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
    fn urgency(&self) -> u8 {
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
        let days_left = |due: Date| today.until(due).map_or(0, |left| left.get_days());
        match (on, due) {
            (_, Some(due)) if due < today => Review::Overdue(due),
            (_, Some(due)) if days_left(due) <= SOON => Review::Soon(due),
            (None, None) if matches!(page.kind(), KindName::Term | KindName::Page) => Review::NotNeeded,
            (None, None) => Review::NotYet,
            (on, due) => Review::Done { on, due },
        }
    }

    /// The day that decides where the page stands among others; those without one come last.
    fn day(self) -> (bool, Option<Date>) {
        let day = match self {
            Review::Overdue(due) | Review::Soon(due) => Some(due),
            Review::Done { due, .. } => due,
            Review::NotYet | Review::NotNeeded => None,
        };
        (day.is_none(), day)
    }

    /// In words, and whether somebody should do something about it.
    fn words(self) -> (String, &'static str) {
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

/// Which pages to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Show {
    #[default]
    All,
    Attention,
    Errors,
    Warnings,
    Overdue,
    Soon,
    Unreviewed,
    Drafts,
    Unpublished,
}

impl Show {
    /// Each with its word in addresses and as people read it.
    const ALL: [(Show, &'static str, &'static str); 9] = [
        (Show::All, "", "All pages"),
        (Show::Attention, "attention", "Needs attention"),
        (Show::Errors, "errors", "With errors"),
        (Show::Warnings, "warnings", "With warnings"),
        (Show::Overdue, "overdue", "Review overdue"),
        (Show::Soon, "soon", "Review due soon"),
        (Show::Unreviewed, "unreviewed", "Not yet reviewed"),
        (Show::Drafts, "drafts", "Drafts"),
        (Show::Unpublished, "unpublished", "Not yet, or withdrawn"),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(show, ..)| *show == self).map_or("", |(_, word, _)| word)
    }

    fn includes(self, page: &PageLine) -> bool {
        match self {
            Show::All => true,
            Show::Attention => page.urgency() < 4,
            Show::Errors => page.findings.errors > 0,
            Show::Warnings => page.findings.warnings > 0,
            Show::Overdue => matches!(page.review, Review::Overdue(_)),
            Show::Soon => matches!(page.review, Review::Soon(_)),
            Show::Unreviewed => page.review == Review::NotYet,
            Show::Drafts => page.status == Some(Status::Draft),
            Show::Unpublished => matches!(page.status, Some(Status::NotYet(_) | Status::Expired(_))),
        }
    }
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sort {
    /// What is most urgent first.
    #[default]
    Urgency,
    Title,
    Review,
    Grade,
}

impl Sort {
    const ALL: [(Sort, &'static str); 4] =
        [(Sort::Urgency, ""), (Sort::Title, "title"), (Sort::Review, "review"), (Sort::Grade, "grade")];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(sort, _)| *sort == self).map_or("", |(_, word)| word)
    }

    fn sort(self, pages: &mut [&PageLine]) {
        // Readable pages by kind, and those that could not be read before them.
        let by_title = |page: &PageLine| (page.kind, page.title.to_lowercase(), page.path.clone());
        match self {
            Sort::Urgency => pages.sort_by_cached_key(|page| (page.urgency(), by_title(page))),
            Sort::Title => pages.sort_by_cached_key(|page| (page.title.to_lowercase(), page.path.clone())),
            Sort::Review => pages.sort_by_cached_key(|page| (page.review.day(), by_title(page))),
            Sort::Grade => pages.sort_by_cached_key(|page| {
                let grade = page.grade.filter(|grade| grade.is_finite());
                // Hardest first, in tenths; those that are not known last.
                (Reverse(grade.map(|grade| (grade * 10.0) as i64)), by_title(page))
            }),
        }
    }
}

/// What the address of the index asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: String,
    kind: Option<KindName>,
    show: Show,
    sort: Sort,
    from: usize,
}

impl Query {
    /// Reads what follows the `?` of the index's address. What makes no sense is as good as not asked for.
    pub fn read(query: &str) -> Self {
        let mut asked = Self::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            match key.as_ref() {
                "q" => asked.words = value.to_owned(),
                "kind" => asked.kind = KindName::from_name(value),
                "show" => {
                    asked.show =
                        Show::ALL.iter().find(|(_, word, _)| *word == value).map_or_else(Show::default, |found| found.0)
                }
                "sort" => {
                    asked.sort =
                        Sort::ALL.iter().find(|(_, word)| *word == value).map_or_else(Sort::default, |found| found.0)
                }
                "from" => asked.from = value.parse().unwrap_or(0),
                _ => {}
            }
        }
        asked
    }

    /// The address that asks for this.
    fn address(&self) -> String {
        let mut query = Serializer::new(String::new());
        let from = self.from.to_string();
        let pairs = [
            ("q", self.words.as_str()),
            ("kind", self.kind.map_or("", KindName::name)),
            ("show", self.show.word()),
            ("sort", self.sort.word()),
            ("from", if self.from == 0 { "" } else { &from }),
        ];
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        let query = query.finish();
        if query.is_empty() { address::INDEX.to_owned() } else { format!("{}?{query}", address::INDEX) }
    }

    /// Whether a page holds every word that was asked for.
    fn matches(&self, page: &PageLine) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let about = format!("{} {} {}", page.title, page.path, page.id.as_deref().unwrap_or_default()).to_lowercase();
        self.words.to_lowercase().split_whitespace().all(|word| about.contains(word))
    }
}

/// Writes the index.
pub fn index(overview: &Overview, query: &Query, sources: &Sources, token: &str) -> Vec<u8> {
    let found: Vec<&PageLine> =
        overview.pages.iter().filter(|page| query.show.includes(page) && query.matches(page)).collect();
    let mut listed: Vec<&PageLine> =
        found.iter().copied().filter(|page| query.kind.is_none_or(|kind| page.kind == Some(kind))).collect();
    query.sort.sort(&mut listed);
    let from = if query.from < listed.len() { query.from } else { 0 };
    let to = (from + MOST).min(listed.len());
    let rows: Vec<Row> = listed[from..to].iter().map(|page| Row::of(page, overview, token)).collect();
    let mut places = Places::new(sources);
    let mut findings = overview.findings.clone();
    findings.sort_by_key(|found| Reverse(found.severity));
    findings.retain(|found| found.severity != Severity::Note || overview.findings.len() <= MOST_FINDINGS);
    let left_out = findings.len().saturating_sub(MOST_FINDINGS);
    let view = View {
        title: &overview.title,
        head: bar::head(token),
        style: address::PAGES_STYLE,
        script: address::INDEX_SCRIPT,
        index: address::INDEX,
        rules: address::RULES,
        next: next(overview),
        findings: findings
            .iter()
            .take(MOST_FINDINGS)
            .map(|found| panel::finding(found, sources, token, &mut places))
            .collect(),
        findings_left_out: left_out,
        editions: &overview.editions,
        words: &query.words,
        kind: query.kind.map_or("", KindName::name),
        sort: query.sort.word(),
        kinds: kinds(&found, query),
        shows: Show::ALL.map(|(show, word, title)| Choice { value: word, title, current: show == query.show }),
        columns: columns(query, overview.editions.len() > 1),
        whole: listed.len() == rows.len(),
        caption: caption(from, to, listed.len()),
        earlier: (from > 0).then(|| Query { from: from.saturating_sub(MOST), ..query.clone() }.address()),
        later: (to < listed.len()).then(|| Query { from: to, ..query.clone() }.address()),
        rows,
    };
    templates::render("index.html", &view).into_bytes()
}

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    head: String,
    style: &'static str,
    script: &'static str,
    index: &'static str,
    rules: &'static str,
    next: Vec<Next>,
    findings: Vec<FindingView<'a>>,
    findings_left_out: usize,
    editions: &'a [EditionLine],
    words: &'a str,
    kind: &'static str,
    sort: &'static str,
    kinds: Vec<KindView>,
    shows: [Choice; 9],
    columns: Vec<Column>,
    whole: bool,
    caption: String,
    earlier: Option<String>,
    later: Option<String>,
    rows: Vec<Row<'a>>,
}

/// Something to do.
#[derive(Serialize)]
struct Next {
    tone: &'static str,
    words: String,
    href: Option<String>,
}

#[derive(Serialize)]
struct KindView {
    title: &'static str,
    pages: String,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct Choice {
    value: &'static str,
    title: &'static str,
    current: bool,
}

#[derive(Serialize)]
struct Column {
    title: &'static str,
    /// Orders the list by this column.
    href: Option<String>,
    /// Which way the list is ordered by this column, as `aria-sort` has it.
    sorted: Option<&'static str>,
}

#[derive(Serialize)]
struct Row<'a> {
    title: &'a str,
    href: Option<&'a str>,
    path: &'a str,
    open: String,
    kind: &'static str,
    id: Option<&'a str>,
    status: Option<String>,
    review: String,
    review_tone: &'static str,
    grade: Option<String>,
    findings: String,
    findings_tone: &'static str,
    findings_href: String,
    editions: Vec<Served<'a>>,
}

#[derive(Serialize)]
struct Served<'a> {
    title: &'a str,
    href: &'a str,
}

impl<'a> Row<'a> {
    fn of(page: &'a PageLine, overview: &'a Overview, token: &str) -> Self {
        let (review, review_tone) = page.review.words();
        let href = page.served.first().map(|(_, href)| href.as_str());
        Self {
            title: &page.title,
            href,
            path: page.path.as_str(),
            open: editor::link(&page.path, 1, token),
            kind: page.kind.map_or("Cannot be read", KindName::title),
            id: page.id.as_deref(),
            status: match page.status {
                Some(Status::Draft) => Some("Draft".to_owned()),
                Some(Status::NotYet(day)) => Some(format!("From {day}")),
                Some(Status::Expired(day)) => Some(format!("Withdrawn {day}")),
                Some(Status::Published) | None => None,
            },
            review,
            review_tone,
            grade: page.grade.map(|grade| format!("{grade:.1}")),
            findings: page.findings.words(),
            findings_tone: match page.findings {
                Tally { errors: 1.., .. } => "error",
                Tally { warnings: 1.., .. } => "warning",
                _ => "note",
            },
            findings_href: href
                .map_or_else(|| address::findings(&page.path), |href| format!("{href}#psychoed-findings")),
            editions: page
                .served
                .iter()
                .filter_map(|(edition, href)| {
                    Some(Served { title: overview.editions.get(*edition)?.title.as_str(), href })
                })
                .collect(),
        }
    }
}

/// What to do next, the most urgent first.
fn next(overview: &Overview) -> Vec<Next> {
    let count = |show: Show| overview.pages.iter().filter(|page| show.includes(page)).count();
    let elsewhere = Tally::of(overview.findings.iter().copied());
    let mut next = Vec::new();
    if elsewhere.errors > 0 {
        let words = format!("{} below to mend before anything can be published", counted(elsewhere.errors, "error"));
        next.push(Next { tone: "error", words, href: Some("#findings".to_owned()) });
    }
    let tasks: [(Show, &'static str, &dyn Fn(usize) -> String); 6] = [
        (Show::Errors, "error", &|pages| {
            format!("{} to mend before anything can be published", counted(pages, "page"))
        }),
        (Show::Overdue, "error", &|pages| format!("{} overdue", counted(pages, "review"))),
        (Show::Warnings, "warning", &|pages| format!("{} with warnings", counted(pages, "page"))),
        (Show::Soon, "warning", &|pages| format!("{} due within three months", counted(pages, "review"))),
        (Show::Unreviewed, "note", &|pages| format!("{} not yet reviewed", counted(pages, "page"))),
        (Show::Drafts, "note", &|pages| counted(pages, "draft")),
    ];
    for (show, tone, words) in tasks {
        let pages = count(show);
        if pages > 0 {
            next.push(Next { tone, words: words(pages), href: Some(Query { show, ..Query::default() }.address()) });
        }
    }
    if next.iter().all(|next| next.tone == "note") {
        let fine = Next { tone: "fine", words: "Nothing stands in the way of publishing".to_owned(), href: None };
        next.insert(0, fine);
    }
    next
}

fn kinds(found: &[&PageLine], query: &Query) -> Vec<KindView> {
    let of = |kind: Option<KindName>| Query { kind, from: 0, ..query.clone() }.address();
    let all =
        KindView { title: "All kinds", pages: grouped(found.len()), href: of(None), current: query.kind.is_none() };
    let each = KindName::ALL.into_iter().filter_map(|kind| {
        let pages = found.iter().filter(|page| page.kind == Some(kind)).count();
        let current = query.kind == Some(kind);
        (pages > 0 || current).then(|| KindView {
            title: kind.plural(),
            pages: grouped(pages),
            href: of(Some(kind)),
            current,
        })
    });
    std::iter::once(all).chain(each).collect()
}

fn columns(query: &Query, several_editions: bool) -> Vec<Column> {
    let plain = |title| Column { title, href: None, sorted: None };
    let sortable = |title, sort, way| Column {
        title,
        href: Some(Query { sort, from: 0, ..query.clone() }.address()),
        sorted: (query.sort == sort).then_some(way),
    };
    let mut columns = vec![
        sortable("Page", Sort::Title, "ascending"),
        plain("Kind"),
        sortable("Findings", Sort::Urgency, "descending"),
        sortable("Review", Sort::Review, "ascending"),
        sortable("Reading grade", Sort::Grade, "descending"),
    ];
    if several_editions {
        columns.push(plain("Editions"));
    }
    columns
}

fn caption(from: usize, to: usize, all: usize) -> String {
    match all {
        0 => "No page is like that".to_owned(),
        _ if to - from == all => counted(all, "page"),
        _ => format!("Pages {} to {} of {}", grouped(from + 1), grouped(to), grouped(all)),
    }
}
