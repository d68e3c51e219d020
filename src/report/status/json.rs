//! How a library stands, as one JSON object.

use serde_json::{Value, json};

use super::{Report, grade, standing, status};
use crate::content::front_matter::Scores;
use crate::source::Spanned;
use crate::status::{Entry, Gap};

pub(super) fn write(report: &Report<'_>) -> String {
    let pages: Vec<Value> = report.library.entries.iter().map(|entry| page(entry, report)).collect();
    let gap = |gap: &Gap| {
        let message = gap.words(report.config);
        json!({ "kind": gap.kind, "phase": gap.phase, "focal_area": gap.focal_area, "message": message })
    };
    let told = json!({
        "today": report.today.to_string(),
        "due_by": report.due_by.map(|(day, _)| day.to_string()),
        "pages": pages,
        "gaps": report.gaps().map(|gaps| gaps.iter().map(gap).collect::<Vec<_>>()),
    });
    format!("{told:#}\n")
}

fn page(entry: &Entry, report: &Report<'_>) -> Value {
    let mut page = json!({
        "path": entry.path,
        "title": entry.title,
        "status": status(entry),
        "overdue": entry.is_overdue(report.today),
        "grade": grade(entry),
        "findings": entry.findings,
    });
    if let Some(read) = &entry.read {
        let translations = read.translations.iter().map(
            |(language, path, stands)| json!({ "language": language, "path": path, "standing": standing(*stands) }),
        );
        page["kind"] = json!(read.kind);
        page["id"] = json!(read.id);
        page["language"] = json!(read.language);
        page["phases"] = json!(read.phases);
        page["focal_areas"] = json!(read.focal_areas);
        page["version"] = json!(read.version);
        page["reviewed"] = json!(read.reviewed.map(|day| day.to_string()));
        page["review_due"] = json!(read.due.map(|day| day.to_string()));
        page["scores"] = json!(read.scores.as_ref().map(scores));
        page["translates"] = json!(
            read.translates.as_ref().map(|(path, stands)| json!({ "path": path, "standing": standing(*stands) }))
        );
        page["translations"] = translations.collect();
    }
    page
}

fn scores(scores: &Scores) -> Value {
    let percent = |score: &Option<Spanned<i64>>| score.as_ref().map(|score| score.value);
    json!({
        "pemat_understandability": percent(&scores.pemat_understandability),
        "pemat_actionability": percent(&scores.pemat_actionability),
        "cdc_index": percent(&scores.cdc_index),
        "by": scores.by,
        "on": scores.on.map(|day| day.to_string()),
    })
}
