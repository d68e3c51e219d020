//! How every page stands: the report of `psychoed status`, for those who look after the library.

use super::languages::language;
use super::words::date;
use super::{Rendering, shell};
use crate::content::Audience;
use crate::render::address;
use crate::render::view::{ContentView, StatusGroupView, StatusRowView, StatusTranslationView, StatusView};
use crate::site::Status;
use crate::site::translation::Standing;
use crate::source::SitePath;
use crate::status::{Entry, Library};
use crate::theme::Words;

/// Where it is.
pub(super) const URL: &str = crate::site::generated::STATUS;
/// Its title.
pub(super) const TITLE: &str = "How the library stands";

/// Whether the edition has the report: one that clinicians read, when the configuration asks for it.
pub(super) fn is_published(rendering: &Rendering) -> bool {
    rendering.site.config.status.publish && rendering.edition.audiences.contains(&Audience::Clinician)
}

/// What `status.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath) -> ContentView {
    let (today, words) = (rendering.facts.today, rendering.words());
    let library = Library::of(&rendering.site, &rendering.findings, &[&rendering.edition]);
    let by_kind = library.entries.chunk_by(|one, other| one.kind() == other.kind());
    let groups = by_kind.map(|entries| StatusGroupView {
        title: entries
            .first()
            .and_then(Entry::kind)
            .map_or("Pages that cannot be read", |kind| shell::kind_title(words, kind))
            .to_owned(),
        rows: entries.iter().map(|entry| row(rendering, url, entry)).collect(),
    });
    ContentView::Status(StatusView {
        today: date(words, today),
        pages: library.entries.len(),
        overdue: library.entries.iter().filter(|entry| entry.is_overdue(today)).count(),
        without_day: library.without_day(),
        groups: groups.collect(),
        gaps: library.gaps.iter().map(|gap| gap.words(&rendering.site.config)).collect(),
    })
}

fn row(rendering: &Rendering, from: &SitePath, entry: &Entry) -> StatusRowView {
    let nothing = StatusRowView {
        title: entry.path.to_string(),
        language: None,
        url: None,
        id: None,
        held_back: None,
        phases: Vec::new(),
        focal_areas: Vec::new(),
        version: None,
        reviewed: None,
        due: None,
        overdue: entry.is_overdue(rendering.facts.today),
        grade: None,
        scores: Vec::new(),
        scored_by: None,
        scored_on: None,
        findings: entry.findings.words(),
        translates: None,
        translations: Vec::new(),
    };
    let Some(read) = &entry.read else { return nothing };
    let words = rendering.words();
    let on = |day| date(words, day);
    let page = &rendering.site.pages[read.page];
    let scores = read.scores.as_ref();
    let is_held = rendering.edition.holds(read.page);
    StatusRowView {
        title: entry.title.clone(),
        language: rendering.foreign_language(page),
        url: is_held.then(|| address::relative(from, rendering.url_of(read.page))),
        id: read.id.clone(),
        held_back: held_back(words, read.status),
        phases: read.phases.clone(),
        focal_areas: read.focal_areas.clone(),
        version: read.version.clone(),
        reviewed: read.reviewed.map(on),
        due: read.due.map(on),
        grade: read.grade.map(|grade| format!("{:.1}", grade.max(0.0))),
        scores: scores.iter().flat_map(|scores| scores.given()).map(score).collect(),
        scored_by: scores.and_then(|scores| scores.by.clone()),
        scored_on: scores.and_then(|scores| scores.on).map(on),
        translates: read.translates.as_ref().map(|(_, standing)| translation(&read.language, *standing)),
        translations: read.translations.iter().map(|(tag, _, standing)| translation(tag, *standing)).collect(),
        ..nothing
    }
}

fn score((what, percent): (&str, i64)) -> String {
    format!("{what}: {percent} %")
}

fn translation(tag: &str, standing: Standing) -> StatusTranslationView {
    StatusTranslationView { language: language(tag), standing: words(standing).to_owned() }
}

fn words(standing: Standing) -> &'static str {
    match standing {
        Standing::Current => "up to date",
        Standing::Stale => "the original has changed since",
        Standing::Unrecorded => "not noted from which text",
    }
}

/// Why readers do not see a page.
fn held_back(words: &Words, status: Status) -> Option<String> {
    match status {
        Status::Published => None,
        Status::Draft => Some("Draft".to_owned()),
        Status::NotYet(day) => Some(format!("From {}", date(words, day).text)),
        Status::Expired(day) => Some(format!("Withdrawn {}", date(words, day).text)),
    }
}
