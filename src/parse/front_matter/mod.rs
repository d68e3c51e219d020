//! The TOML between `+++` lines into typed front matter.

mod fences;
mod kind_keys;

use std::cmp::Reverse;

use super::closed_table::{self, ClosedTable, Field, Origin, Schema, quoted};
use super::config::{audiences, is_id};
use super::encoding::Text;
use crate::config::Config;
use crate::content::front_matter::{Change, Reviewer};
use crate::content::{FrontMatter, KindName, RawLink};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{SitePath, Span, Spanned};
use fences::{Fenced, fenced};
use kind_keys::KindKeys;

const SCHEMA: Schema = Schema {
    syntax: "front-matter-syntax",
    key_unknown: "front-matter-key-unknown",
    key_missing: "front-matter-key-missing",
    wrong_type: "front-matter-type",
    value_unknown: "front-matter-value-unknown",
    top_keys: &COMMON_KEYS,
};

/// The keys that every kind of page has.
const COMMON_KEYS: [&str; 18] = [
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
    "aliases",
    "order",
    "draft",
    "publish-on",
    "expires-on",
    "changes",
];

/// What the top of a page says.
#[derive(Debug)]
pub struct Top {
    /// The typed keys; `None` when the kind or the title is missing.
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
    let (front_matter, found) =
        closed_table::read(&text.all[toml], origin, opening, |table| typed(table, config, whole, &mut links));
    faults.extend(found);
    Some(Top { front_matter, links, closing, body })
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
    let audience = table.field("audience").map(|field| audiences(field, &table));
    let version = plain(table.text("version"));
    let authors = table.texts("authors").into_iter().map(|author| author.value).collect();
    let reviewers = table.tables("reviewers").into_iter().filter_map(reviewer).collect();
    let reviewed = table.date("reviewed");
    let review_due = table.date("review-due");
    let aliases = aliases(&mut table);
    let order = table.integer("order");
    let draft = table.boolean("draft");
    let publish_on = table.date("publish-on");
    let expires_on = table.date("expires-on");
    let changes = changes(&mut table);
    let kind_keys = kind.map(|kind| KindKeys { table: &mut table, links }.read(kind));
    if kind.is_none() {
        kind_keys::leave_all(&mut table);
    }
    table.finish_explaining(|key| kind_keys::belongs_elsewhere(key, kind));
    Some(FrontMatter {
        kind: kind_keys?,
        id,
        title: title?,
        summary,
        phases,
        focal_areas,
        audience: audience.unwrap_or_else(|| kind.map_or(Vec::new(), |kind| kind.default_audience().to_vec())),
        version,
        authors,
        reviewers,
        reviewed,
        review_due,
        aliases,
        order,
        draft,
        publish_on,
        expires_on,
        changes,
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
    let Some(field) = table.field("kind") else {
        let hint = format!("Add one of {}, such as `kind = \"handout\"`.", quoted(&names));
        table.report_missing("kind", &hint);
        return None;
    };
    KindName::from_name(field.word(&names)?.value)
}

fn id(table: &mut ClosedTable<'_>, kind: Option<KindName>) -> Option<Spanned<String>> {
    let Some(field) = table.field("id") else {
        if kind.is_some_and(KindName::needs_id) {
            let hint =
                "It is printed on paper, so that a sheet can be found again: add it, such as `id = \"HO-GRIEF\"`.";
            table.report_missing("id", hint);
        }
        return None;
    };
    let id = field.text()?;
    if !is_id(&id.value) {
        let hint = "An id is made of letters (A to Z), digits and hyphens, such as `HO-GRIEF`.";
        table.report_impossible(&id.span, format!("“{}” cannot be an id", id.value), hint);
        return None;
    }
    Some(id)
}

/// A list of ids that the configuration has to know.
pub(super) fn named_in_config(
    table: &mut ClosedTable<'_>,
    key: &'static str,
    plural: &str,
    known: &[&str],
) -> Vec<Spanned<String>> {
    let mut named: Vec<Spanned<String>> = Vec::new();
    for id in table.texts(key) {
        if known.contains(&id.value.as_str()) {
            if named.iter().all(|earlier| earlier.value != id.value) {
                named.push(id);
            }
            continue;
        }
        let hint = match nearest(&id.value, known.iter().copied()) {
            _ if known.is_empty() => {
                format!("site-config.toml names no {plural} yet: add them there as `[[{plural}]]`.")
            }
            Some(meant) => format!("Did you mean `{meant}`? The {plural} in site-config.toml are {}.", quoted(known)),
            None => format!("The {plural} in site-config.toml are {}.", quoted(known)),
        };
        table.report_unknown(&id.span, format!("“{}” is not among the {plural} of this site", id.value), hint);
    }
    named
}

fn reviewer(mut table: ClosedTable<'_>) -> Option<Reviewer> {
    let name = table.required_text("name");
    let role = table.required_text("role");
    table.finish();
    Some(Reviewer { name: name?.value, role: role?.value })
}

fn aliases(table: &mut ClosedTable<'_>) -> Vec<Spanned<String>> {
    let mut aliases = Vec::new();
    let fields = table.field("aliases").map(|field| field.items("a list of addresses", "[\"old/page.html\"]"));
    for field in fields.unwrap_or_default() {
        let Some(alias) = field.text() else { continue };
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
