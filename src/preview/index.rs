//! The index at `/_psychoed/`: every page with how it stands, and what is to be done next.

use std::cmp::Reverse;

use serde::Serialize;
use url::form_urlencoded::{self, Serializer};

use super::head::{Run, head};
use super::overview::{self, EditionLine, Overview, PageLine, Review};
use super::panel::{self, FindingView};
use super::tally::{Tally, counted, grouped};
use super::{address, editor, templates};
use crate::check::rules::REVIEW_SOON;
use crate::content::KindName;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::place::Places;
use crate::site::Status;
use crate::source::Sources;

/// How many pages one view lists.
const MOST: usize = 500;
/// How many findings that belong to no page one view shows.
const MOST_FINDINGS: usize = 50;

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
pub fn index<'a>(overview: &'a Overview<'a>, query: &Query, sources: &'a Sources, run: Run) -> Vec<u8> {
    let token = run.token;
    let found: Vec<&PageLine> =
        overview.pages.iter().filter(|page| query.show.includes(page) && query.matches(page)).collect();
    let mut listed: Vec<&PageLine> =
        found.iter().copied().filter(|page| query.kind.is_none_or(|kind| page.kind == Some(kind))).collect();
    query.sort.sort(&mut listed);
    let from = if query.from < listed.len() { query.from } else { 0 };
    let to = (from + MOST).min(listed.len());
    let rows: Vec<Row> = listed[from..to].iter().map(|page| Row::of(page, overview, token)).collect();
    let mut places = Places::new(sources);
    let (notes, mut findings): (Vec<&Diagnostic>, Vec<_>) =
        overview.findings.iter().partition(|found| found.severity == Severity::Note);
    findings.sort_by_key(|found| Reverse(found.severity));
    let left_out = findings.len().saturating_sub(MOST_FINDINGS) + notes.len().saturating_sub(MOST_FINDINGS);
    let mut shown = |findings: Vec<&'a Diagnostic>| -> Vec<FindingView<'a>> {
        let most = findings.into_iter().take(MOST_FINDINGS);
        most.map(|found| panel::finding(found, sources, token, &mut places)).collect()
    };
    let notes_heading = counted(notes.len(), "note");
    let view = View {
        title: &overview.title,
        head: head(run),
        style: address::PAGES_STYLE,
        script: address::INDEX_SCRIPT,
        index: address::INDEX,
        rules: address::RULES,
        next: next(overview),
        findings: shown(findings),
        notes: shown(notes),
        notes_heading,
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
    notes: Vec<FindingView<'a>>,
    notes_heading: String,
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

/// A grade for people: the formula goes below the first year of school on a few short words, which means nothing more.
fn grade(grade: f32) -> String {
    if grade < 1.0 { "under 1".to_owned() } else { format!("{grade:.1}") }
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
            status: page.status.and_then(overview::held_back),
            review,
            review_tone,
            grade: page.grade.map(grade),
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
    let soon = format!(" due within {REVIEW_SOON} days");
    let tasks = [
        (Show::Errors, "error", "page", " to mend before anything can be published"),
        (Show::Overdue, "error", "review", " overdue"),
        (Show::Warnings, "warning", "page", " with warnings"),
        (Show::Soon, "warning", "review", &soon),
        (Show::Unreviewed, "note", "page", " not yet reviewed"),
        (Show::Drafts, "note", "draft", ""),
    ];
    for (show, tone, noun, rest) in tasks {
        let pages = count(show);
        if pages > 0 {
            let href = Some(Query { show, ..Query::default() }.address());
            next.push(Next { tone, words: format!("{}{rest}", counted(pages, noun)), href });
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
