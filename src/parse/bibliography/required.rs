//! Fields without which a reader could not find a work.

use serde_json::{Map, Value};

use crate::content::reference::Work;
use crate::diagnostic::{Diagnostic, Location, Severity};

/// How a field is called in a kind of bibliography file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// BibTeX and BibLaTeX.
    Bib,
    /// CSL-JSON.
    CslJson,
    /// Hayagriva.
    Yaml,
}

/// One thing a work should say: any of the variables will do.
struct Need {
    what: &'static str,
    any_of: &'static [&'static str],
    /// What to write in a `.bib` file, in CSL-JSON, and in YAML.
    write: [&'static str; 3],
}

const AUTHOR: Need = Need {
    what: "author",
    any_of: &["author", "editor", "director", "translator", "collection-editor", "compiler", "composer"],
    write: ["author = {Family, Given}", "\"author\": [{\"family\": \"…\", \"given\": \"…\"}]", "author: Family, Given"],
};
const TITLE: Need =
    Need { what: "title", any_of: &["title"], write: ["title = {…}", "\"title\": \"…\"", "title: …"] };
const YEAR: Need = Need {
    what: "year",
    any_of: &["issued", "status", "event-date", "submitted"],
    write: ["year = {2001}", "\"issued\": {\"date-parts\": [[2001]]}", "date: 2001"],
};
const JOURNAL: Need = Need {
    what: "journal",
    any_of: &["container-title"],
    write: ["journal = {…}", "\"container-title\": \"…\"", "parent: { type: periodical, title: … }"],
};
const BOOK: Need = Need {
    what: "title of the book it is part of",
    any_of: &["container-title"],
    write: ["booktitle = {…}", "\"container-title\": \"…\"", "parent: { type: book, title: … }"],
};
const PUBLISHER: Need = Need {
    what: "publisher",
    any_of: &["publisher", "URL", "DOI"],
    write: ["publisher = {…}", "\"publisher\": \"…\"", "publisher: …"],
};
const SCHOOL: Need =
    Need {
        what: "school", any_of: &["publisher"], write: ["school = {…}", "\"publisher\": \"…\"", "organization: …"]
    };
const INSTITUTION: Need = Need {
    what: "institution",
    any_of: &["publisher", "URL", "DOI"],
    write: ["institution = {…}", "\"publisher\": \"…\"", "organization: …"],
};
const ADDRESS: Need = Need {
    what: "address",
    any_of: &["URL", "DOI"],
    write: ["url = {https://…}", "\"URL\": \"https://…\"", "url: https://…"],
};
/// Warns of what a work leaves out.
pub(super) fn check(work: &Work, format: Format) -> Option<Diagnostic> {
    let missing: Vec<&Need> = needs(&work.csl).iter().copied().filter(|need| !is_met(need, &work.csl)).collect();
    let whats: Vec<String> = missing.iter().map(|need| format!("no {}", need.what)).collect();
    let writes: Vec<String> = missing.iter().map(|need| format!("`{}`", need.write[format as usize])).collect();
    let message = format!("“{}” has {}", work.key, listed(&whats)?);
    let at = Location::new(&work.path, &work.key_span);
    let warning =
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error("bibliography-field-missing", at, message) };
    Some(warning.hint(format!("Add {} to the entry.", listed(&writes)?)))
}

fn needs(csl: &Map<String, Value>) -> &'static [&'static Need] {
    match csl.get("type").and_then(Value::as_str).unwrap_or_default() {
        "article-journal" | "article-magazine" => &[&AUTHOR, &TITLE, &JOURNAL, &YEAR],
        "article-newspaper" => &[&TITLE, &JOURNAL, &YEAR],
        "book" => &[&TITLE, &PUBLISHER, &YEAR],
        "chapter" => &[&AUTHOR, &TITLE, &BOOK, &PUBLISHER, &YEAR],
        "paper-conference" => &[&AUTHOR, &TITLE, &BOOK, &YEAR],
        "entry-encyclopedia" | "entry-dictionary" | "entry" => &[&TITLE, &BOOK, &YEAR],
        "thesis" => &[&AUTHOR, &TITLE, &SCHOOL, &YEAR],
        "report" => &[&TITLE, &INSTITUTION, &YEAR],
        "webpage" | "post" | "post-weblog" => &[&TITLE, &ADDRESS],
        _ => &[&TITLE],
    }
}

fn is_met(need: &Need, csl: &Map<String, Value>) -> bool {
    need.any_of.iter().any(|variable| match csl.get(*variable) {
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(names)) => !names.is_empty(),
        Some(Value::Null) | None => false,
        Some(_) => true,
    })
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String]) -> Option<String> {
    let (last, before) = words.split_last()?;
    Some(if before.is_empty() { last.clone() } else { format!("{} and {last}", before.join(", ")) })
}
