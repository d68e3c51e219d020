//! `[[packs]]`: pages that are printed together.

use std::collections::BTreeMap;

use super::{audiences, named_in_config, unique_id};
use crate::config::{FocalArea, PackConfig, PackParts, PackQuery, Phase};
use crate::content::{Audience, KindName};
use crate::parse::closed_table::{ClosedTable, Field};
use crate::source::Spanned;

/// The keys that ask for pages instead of naming them.
const QUERY_KEYS: &str = "`phase`, `focal-area`, `kind` or `session`";
/// The list of all packs has the address that a pack of this id would have.
const LIST: &str = "index";

/// Reads every pack.
pub(super) fn packs(table: &mut ClosedTable<'_>, phases: &[Phase], focal_areas: &[FocalArea]) -> Vec<PackConfig> {
    let mut seen = BTreeMap::new();
    let mut packs = Vec::new();
    for mut table in table.tables("packs") {
        let id = id(&mut table, &mut seen);
        let title = table.required_text("title");
        let summary = table.text("summary").map(|text| text.value);
        let audience = table.field("audience").map(|field| audiences(field, &table));
        let parts = parts(&mut table, phases, focal_areas);
        table.finish();
        if let (Some(id), Some(title), Some(parts)) = (id, title, parts) {
            // Whoever does not say whom a pack is for means patients: there most can go wrong.
            let audience = audience.unwrap_or_else(|| vec![Audience::Patient]);
            packs.push(PackConfig { id, title: title.value, summary, audience, parts });
        }
    }
    packs
}

fn id(table: &mut ClosedTable<'_>, seen: &mut BTreeMap<String, Spanned<()>>) -> Option<Spanned<String>> {
    let id = unique_id(table, seen, "packs")?;
    let span = seen.get(&id.to_lowercase())?.span.clone();
    if id.eq_ignore_ascii_case(LIST) {
        let hint = "The list of all packs has that address: choose another id, such as `starting-treatment`.";
        table.report_unknown(&span, format!("“{id}” cannot be the id of a pack"), hint);
        return None;
    }
    Some(Spanned::new(id, span))
}

/// Either the pages themselves or a question that finds them.
fn parts(table: &mut ClosedTable<'_>, phases: &[Phase], focal_areas: &[FocalArea]) -> Option<PackParts> {
    let pages = table.field("pages").map(|field| (field.span(), pages(field, table)));
    let query = query(table, phases, focal_areas);
    match (pages, query) {
        (Some((span, _)), Some(_)) => {
            let hint = format!("Keep `pages`, or take it out and keep {QUERY_KEYS}.");
            table.report_impossible(&span, "a pack either names its `pages` or asks for them, not both", hint);
            None
        }
        (Some((_, pages)), None) => Some(PackParts::Pages(pages)),
        (None, Some(query)) => Some(PackParts::Query(query)),
        (None, None) => {
            let hint = format!(
                "Name them in order, such as `pages = [\"handouts/grief.md\", \"WS-PEOPLE\"]`, or ask for them with \
                 {QUERY_KEYS}."
            );
            table.report_missing("pages", &hint);
            None
        }
    }
}

/// Files or ids, each once.
fn pages(field: Field<'_>, table: &ClosedTable<'_>) -> Vec<Spanned<String>> {
    let mut pages: Vec<Spanned<String>> = Vec::new();
    for page in field.texts() {
        match pages.iter().find(|earlier| earlier.value == page.value) {
            Some(first) => table.report_again(&page.span, &first.span, format!("“{}” is listed twice", page.value)),
            None => pages.push(page),
        }
    }
    pages
}

/// What the pack asks for; `None` when it has none of the keys.
fn query(table: &mut ClosedTable<'_>, phases: &[Phase], focal_areas: &[FocalArea]) -> Option<PackQuery> {
    let asks = ["phase", "focal-area", "kind", "session"].into_iter().any(|key| table.has(key));
    let phases: Vec<&str> = phases.iter().map(|phase| phase.id.as_str()).collect();
    let phases = named_in_config(table, "phase", "phases", &phases);
    let focal_areas: Vec<&str> = focal_areas.iter().map(|area| area.id.as_str()).collect();
    let focal_areas = named_in_config(table, "focal-area", "focal areas", &focal_areas);
    let kinds = table.field("kind").map(|field| field.words(&KindName::ALL.map(KindName::name))).unwrap_or_default();
    let kinds = kinds.into_iter().filter_map(|word| KindName::from_name(word.value)).collect();
    let sessions =
        table.field("session").map(|field| field.items("a list of whole numbers", "[1]")).unwrap_or_default();
    let sessions = sessions.into_iter().filter_map(|item| item.integer(1..=i64::MAX)).collect();
    asks.then_some(PackQuery { phases, focal_areas, kinds, sessions })
}
