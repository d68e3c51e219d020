//! The TOML between `+++` lines into typed front matter.

mod fences;
mod kind_keys;

use std::cmp::Reverse;

use toml::de::DeTable;

use super::closed_table::{self, ClosedTable, Field, Origin, Schema, TableShape, quoted};
use super::config::{audiences, is_id, named_in_config, waiver};
use super::encoding::Text;
use crate::config::Config;
use crate::content::front_matter::{Change, HASH_DIGITS, Reviewer, Scores};
use crate::content::{FrontMatter, KindName, RawLink};
use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Span, Spanned};
use fences::{FENCE, Fenced, fenced};
use kind_keys::KindKeys;

const SCHEMA: Schema = Schema {
    syntax: "front-matter-syntax",
    key_unknown: "front-matter-key-unknown",
    key_missing: "front-matter-key-missing",
    wrong_type: "front-matter-type",
    value_unknown: "front-matter-value-unknown",
    top_keys: &COMMON_KEYS,
};

/// Stands where a title should.
const NO_TITLE: &str = "(no title yet)";

/// The keys that every kind of page has.
const COMMON_KEYS: [&str; 22] = [
    "kind",
    "id",
    "title",
    "summary",
    "phase",
    "focal-area",
    "audience",
    "version",
    "authors",
    "reviewers",
    "reviewed",
    "review-due",
    "translated-from",
    "aliases",
    "order",
    "draft",
    "publish-on",
    "expires-on",
    "funding",
    "scores",
    "waivers",
    "changes",
];

/// The keys that hold what readers of a kind of page read.
pub(super) fn keys_of_text(kind: KindName) -> impl Iterator<Item = &'static str> {
    kind_keys::keys_of_text(kind)
}

/// The TOML of a file, which is known to be in `whole`, with or without fences around it; and where it starts.
pub fn toml_within<'t>(text: &'t str, whole: &Span) -> Option<(usize, &'t str)> {
    let fenced = text.get(whole.clone())?;
    let toml = fenced.trim_start_matches('+');
    Some((whole.end - toml.len(), toml.trim_end_matches('+')))
}

/// Where the value of a top-level key stands in a file, whose TOML is known to be in `whole`.
pub fn value_span(text: &str, whole: &Span, key: &str) -> Option<Span> {
    let (start, toml) = toml_within(text, whole)?;
    let (table, _) = DeTable::parse_recoverable(toml);
    let span = table.get_ref().get(key)?.span();
    Some(start + span.start..start + span.end)
}

/// What the top of a page says.
#[derive(Debug)]
pub struct Top {
    /// The typed keys; `None` when the kind is missing.
    pub front_matter: Option<FrontMatter>,
    /// Links that keys hold, in the order of the kind's keys.
    pub links: Vec<Spanned<RawLink>>,
    /// The fence below the front matter.
    pub closing: Span,
    /// Where the body starts.
    pub body: usize,
}

/// Reads the front matter of a page. `None` when there is none, or when it does not end.
pub fn front_matter(path: &SitePath, text: Text<'_>, config: &Config, faults: &mut Vec<Diagnostic>) -> Option<Top> {
    let Fenced { opening, toml, closing, body } = fenced(path, text, faults)?;
    let origin = Origin { path, offset: toml.start, schema: &SCHEMA };
    let whole = opening.start..closing.end;
    let mut links = Vec::new();
    let wanted = |key: &str| KindName::ALL.into_iter().find_map(|kind| shape(kind, config).key(key));
    let (front_matter, found) =
        closed_table::read(&text.all[toml], origin, opening, &wanted, |table| typed(table, config, whole, &mut links));
    faults.extend(found);
    Some(Top { front_matter, links, closing, body })
}

/// What the front matter of a kind may hold, in a site with this configuration.
pub fn shape(kind: KindName, config: &Config) -> TableShape {
    closed_table::describe(&format!("kind = \"{}\"", kind.name()), &SCHEMA, |table| {
        typed(table, config, 0..0, &mut Vec::new());
    })
}

fn typed(
    mut table: ClosedTable<'_>,
    config: &Config,
    span: Span,
    links: &mut Vec<Spanned<RawLink>>,
) -> Option<FrontMatter> {
    let kind = kind(&mut table);
    let id = id(&mut table, kind);
    let title = table.required_text("title");
    let summary = plain(table.text("summary"));
    let phases = config.phases.iter().map(|phase| phase.id.as_str()).collect::<Vec<_>>();
    let phases = named_in_config(&mut table, "phase", "phases", &phases);
    let focal_areas = config.focal_areas.iter().map(|area| area.id.as_str()).collect::<Vec<_>>();
    let focal_areas = named_in_config(&mut table, "focal-area", "focal areas", &focal_areas);
    // A list without a word that is known was reported; the page is taken to be for whom its kind is for, so that nobody who links
    // to it is told of a fault.
    let audience = table.field("audience").map(|field| audiences(field, &table)).filter(|known| !known.is_empty());
    let version = plain(table.text("version"));
    let authors = table.texts("authors").into_iter().map(|author| author.value).collect();
    let reviewers = table.tables("reviewers").into_iter().filter_map(reviewer).collect();
    let reviewed = table.date("reviewed");
    let review_due = table.date("review-due");
    let translated_from = translated_from(&mut table);
    let aliases = aliases(&mut table);
    let order = table.integer("order");
    let draft = table.boolean("draft");
    let publish_on = table.date("publish-on");
    let expires_on = table.date("expires-on");
    let funding = plain(table.text("funding"));
    let scores = table.table("scores").map(scores);
    let waivers = table.tables("waivers").into_iter().filter_map(|table| waiver(table, false)).collect();
    let changes = changes(&mut table);
    let mut works = Vec::new();
    let kind_keys = kind.map(|kind| KindKeys { table: &mut table, links, works: &mut works }.read(kind));
    if kind.is_none() {
        kind_keys::leave_all(&mut table);
    }
    let faulty_keys = table.finish_explaining(|key| kind_keys::belongs_elsewhere(key, kind));
    Some(FrontMatter {
        kind: kind_keys?,
        id,
        // The fault is told; with a title in its place, the rest of the page is checked in the same run.
        title: title
            .unwrap_or_else(|| Spanned { value: NO_TITLE.to_owned(), span: span.start..span.start + FENCE.len() }),
        summary,
        phases,
        focal_areas,
        audience: audience.unwrap_or_else(|| kind.map_or(Vec::new(), |kind| kind.default_audience().to_vec())),
        version,
        authors,
        reviewers,
        reviewed,
        review_due,
        translated_from,
        aliases,
        order,
        draft,
        publish_on,
        expires_on,
        funding,
        scores,
        waivers,
        changes,
        works,
        faulty_keys,
        span,
    })
}

/// What changed from version to version, the newest first.
fn changes(table: &mut ClosedTable<'_>) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for mut table in table.tables("changes") {
        let version = table.required("version", "\"1.0\"").and_then(Field::text);
        let date = table.required("date", "2026-11-22").and_then(Field::date);
        let note = table.required_text("note");
        if let Some(version) = &version
            && let Some(first) = changes.iter().find(|change| change.version.value == version.value)
        {
            let message = format!("the version “{}” is listed twice", version.value);
            table.report_again(&version.span, &first.version.span, message);
        }
        table.finish();
        if let (Some(version), Some(date), Some(note)) = (version, date, note) {
            changes.push(Change { version, date: date.value, note: note.value });
        }
    }
    changes.sort_by_key(|change| Reverse(change.date));
    changes
}

fn plain(text: Option<Spanned<String>>) -> Option<String> {
    text.map(|text| text.value)
}

fn kind(table: &mut ClosedTable<'_>) -> Option<KindName> {
    let names = KindName::ALL.map(KindName::name);
    let hint = || format!("Add one of {}, such as `kind = \"handout\"`.", quoted(&names));
    KindName::from_name(table.required_explaining("kind", hint)?.word(&names)?.value)
}

fn id(table: &mut ClosedTable<'_>, kind: Option<KindName>) -> Option<Spanned<String>> {
    let field = if kind.is_some_and(KindName::needs_id) {
        let hint = "It is printed on paper, so that a sheet can be found again: add it, such as `id = \"HO-GRIEF\"`.";
        table.required_explaining("id", || hint.to_owned())
    } else {
        table.field("id")
    };
    let id = field?.text()?;
    if !is_id(&id.value) {
        let hint = "An id is made of letters (A to Z), digits and hyphens, such as `HO-GRIEF`.";
        table.report_impossible(&id.span, format!("“{}” cannot be an id", id.value), hint);
        return None;
    }
    Some(id)
}

fn reviewer(mut table: ClosedTable<'_>) -> Option<Reviewer> {
    let name = table.required_text("name");
    let role = table.required_text("role");
    table.finish();
    let name = name?;
    Some(Reviewer { name: name.value, role: role?.value, span: name.span })
}

fn scores(mut table: ClosedTable<'_>) -> Scores {
    let mut percent = |key| {
        let field = table.field(key)?;
        let span = field.span();
        Some(Spanned::new(field.integer(0..=100)?, span))
    };
    let scores = Scores {
        pemat_understandability: percent("pemat-understandability"),
        pemat_actionability: percent("pemat-actionability"),
        cdc_index: percent("cdc-index"),
        by: plain(table.text("by")),
        on: table.date("on").map(|on| on.value),
    };
    table.finish();
    scores
}

/// What a translation notes of its original. How long it has to be is no secret, but nobody makes one up.
fn translated_from(table: &mut ClosedTable<'_>) -> Option<Spanned<String>> {
    let mut noted = table.text("translated-from")?;
    noted.value.make_ascii_lowercase();
    if noted.value.len() != HASH_DIGITS || !noted.value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let message = format!("“{}” does not say which text was translated", noted.value);
        let hint = "Delete the line: `psychoed check` then says what to write.";
        table.report_impossible(&noted.span, message, hint);
        return None;
    }
    Some(noted)
}

fn aliases(table: &mut ClosedTable<'_>) -> Vec<Spanned<String>> {
    let mut aliases = Vec::new();
    for alias in table.texts("aliases") {
        match refusal_of_alias(&alias.value) {
            Some(reason) => {
                let hint = "Write the old address within the site, such as `handouts/old-name.html`.";
                table.report_impossible(&alias.span, format!("“{}” cannot be an alias: {reason}", alias.value), hint);
            }
            None => aliases.push(alias),
        }
    }
    aliases
}

/// Why an alias could lead out of the site, or to something that is no page.
fn refusal_of_alias(alias: &str) -> Option<&'static str> {
    if alias.starts_with('/') {
        return Some("it starts at the root of a server");
    }
    if alias.contains(':') {
        return Some("it holds a colon");
    }
    if alias.contains('\\') {
        return Some("it holds a backslash");
    }
    if alias.contains('%') {
        return Some("it holds `%`; write the letters themselves");
    }
    if alias.contains(['?', '#']) {
        return Some("it holds `?` or `#`");
    }
    if alias.split('/').any(|segment| matches!(segment.trim(), "" | "." | "..")) {
        return Some("one of its folders is empty, `.` or `..`");
    }
    if alias.contains(['\n', '\t']) || alias.trim() != alias {
        return Some("it holds white space that cannot be seen");
    }
    if !alias.ends_with(".html") {
        return Some("it does not end in `.html`");
    }
    None
}

#[cfg(test)]
mod tests;
