//! How a library stands, as comma-separated values: a row for every page, then one for every gap.

use csv::Writer;
use jiff::civil::Date;

use super::{Report, grade, standing, status};
use crate::config::Config;
use crate::source::Spanned;
use crate::status::{Entry, Gap};

const COLUMNS: [&str; 24] = [
    "row",
    "kind",
    "phase",
    "focal_area",
    "id",
    "title",
    "path",
    "language",
    "version",
    "status",
    "reviewed",
    "review_due",
    "overdue",
    "grade",
    "pemat_understandability",
    "pemat_actionability",
    "cdc_index",
    "scored_by",
    "scored_on",
    "errors",
    "warnings",
    "notes",
    "translates",
    "translations",
];

pub(super) fn write(report: &Report<'_>) -> String {
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    rows.extend(report.library.entries.iter().map(|entry| page(entry, report.today)));
    rows.extend(report.gaps().into_iter().flatten().map(|gap| missing(gap, report.config)));
    let mut csv = Writer::from_writer(Vec::new());
    for row in rows {
        let written = csv.write_record(row);
        debug_assert!(written.is_ok(), "memory takes every row, and all have the same length");
    }
    String::from_utf8_lossy(&csv.into_inner().unwrap_or_default()).into_owned()
}

/// A list within one cell.
fn joined(words: &[String]) -> String {
    words.join("; ")
}

fn page(entry: &Entry, today: Date) -> [String; COLUMNS.len()] {
    let read = entry.read.as_ref();
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let scores = read.and_then(|read| read.scores.as_ref());
    let percent = |score: Option<&Spanned<i64>>| score.map(|score| score.value.to_string()).unwrap_or_default();
    let translations: Vec<String> = read
        .map_or(&[][..], |read| &read.translations)
        .iter()
        .map(|(language, _, stands)| format!("{language} {}", standing(*stands)))
        .collect();
    [
        "page".to_owned(),
        read.map(|read| read.kind.name().to_owned()).unwrap_or_default(),
        read.map(|read| joined(&read.phases)).unwrap_or_default(),
        read.map(|read| joined(&read.focal_areas)).unwrap_or_default(),
        text(read.and_then(|read| read.id.as_ref())),
        entry.title.clone(),
        entry.path.to_string(),
        text(read.map(|read| &read.language)),
        text(read.and_then(|read| read.version.as_ref())),
        status(entry).to_owned(),
        day(read.and_then(|read| read.reviewed)),
        day(entry.due()),
        entry.is_overdue(today).to_string(),
        grade(entry).map(|grade| format!("{grade:.1}")).unwrap_or_default(),
        percent(scores.and_then(|scores| scores.pemat_understandability.as_ref())),
        percent(scores.and_then(|scores| scores.pemat_actionability.as_ref())),
        percent(scores.and_then(|scores| scores.cdc_index.as_ref())),
        text(scores.and_then(|scores| scores.by.as_ref())),
        day(scores.and_then(|scores| scores.on)),
        entry.findings.errors.to_string(),
        entry.findings.warnings.to_string(),
        entry.findings.notes.to_string(),
        read.and_then(|read| read.translates.as_ref())
            .map(|(_, stands)| standing(*stands).to_owned())
            .unwrap_or_default(),
        joined(&translations),
    ]
}

/// What is missing stands where the page's title would.
fn missing(gap: &Gap, config: &Config) -> [String; COLUMNS.len()] {
    let mut row = [const { String::new() }; COLUMNS.len()];
    let phase = config.phases.iter().find(|phase| Some(&phase.id) == gap.phase.as_ref());
    let area = config.focal_areas.iter().find(|area| Some(&area.id) == gap.focal_area.as_ref());
    let known = [
        (0, "gap".to_owned()),
        (1, gap.kind.name().to_owned()),
        (2, phase.map(|phase| phase.title.clone()).unwrap_or_default()),
        (3, area.map(|area| area.title.clone()).unwrap_or_default()),
        (5, gap.words(config)),
    ];
    for (column, words) in known {
        row[column] = words;
    }
    row
}
