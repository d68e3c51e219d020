//! See the page beside this file.

use memchr::memmem;
use toml::de::{DeTable, DeValue};

use crate::check::wording::quoted;
use crate::check::{Rule, walk};
use crate::content::block::BlockBody;
use crate::content::guidance;
use crate::diagnostic::{Diagnostic, Location};
use crate::parse::front_matter::toml_within;
use crate::site::{Facts, Page, Site};
use crate::source::{SitePath, Sources, Span};

/// What stands for a value in what `psychoed new` and `psychoed init` start, and how people retype it.
const BLANK_VALUES: [&str; 2] = ["…", "..."];

/// What was taken out of its comment without being filled in.
pub(super) fn config(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let config = SitePath::new(Sources::CONFIG);
    let Some(text) = site.sources.text(config.as_str()) else { return };
    found.extend(blank_values(text).into_iter().map(|(key, span)| {
        rule.finding(Location::new(&config, &span), value_left(&key))
            .hint("Write what belongs there between the quotation marks, or put a `#` back in front of the line.")
    }));
}

fn value_left(key: &str) -> String {
    format!("the starter's “…” still stands for `{key}`")
}

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    // Blanks are what a draft is made of.
    if !page.is_to_appear() {
        return;
    }
    let Some(text) = site.sources.text(page.path.as_str()) else { return };
    values_of_page(rule, page, text, found);
    for blank in guidance::blanks(text) {
        if is_code(page, text, blank.start) {
            continue;
        }
        let message =
            format!("the starter's guidance {} is still here for readers to see", quoted(&text[blank.clone()]));
        found.push(rule.finding(page.at(&blank), message).hint(
            "Write your own words in its place, brackets included, delete it, or keep the page back with `draft = true`.",
        ));
    }
}

fn values_of_page(rule: &Rule, page: &Page, text: &str, found: &mut Vec<Diagnostic>) {
    let Some((start, toml)) = toml_within(text, &page.document.front_matter.span) else { return };
    found.extend(blank_values(toml).into_iter().map(|(key, span)| {
        let span = start + span.start..start + span.end;
        rule.finding(page.at(&span), value_left(&key)).hint(
            "Write what belongs there between the quotation marks, put a `#` back in front of the line, or keep the page back \
             with `draft = true`.",
        )
    }));
}

/// The values in TOML that nobody has filled in, each with its key.
fn blank_values(toml: &str) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    // Most files have none, and need not be read a second time.
    if BLANK_VALUES.iter().any(|blank| memmem::find(toml.as_bytes(), blank.as_bytes()).is_some()) {
        let (table, _) = DeTable::parse_recoverable(toml);
        blanks_in_table(table.get_ref(), &mut found);
        found.sort_by_key(|(_, span)| span.start);
    }
    found
}

fn blanks_in_table(table: &DeTable<'_>, found: &mut Vec<(String, Span)>) {
    for (key, value) in table {
        blanks_in_value(key.get_ref(), value, found);
    }
}

fn blanks_in_value(key: &str, value: &toml::Spanned<DeValue<'_>>, found: &mut Vec<(String, Span)>) {
    match value.get_ref() {
        DeValue::String(text) if BLANK_VALUES.contains(&text.trim()) => found.push((key.to_owned(), value.span())),
        DeValue::Array(items) => items.iter().for_each(|item| blanks_in_value(key, item, found)),
        DeValue::Table(table) => blanks_in_table(table, found),
        _ => {}
    }
}

/// Whether it is shown as an example: between backticks, or in a block of code.
fn is_code(page: &Page, text: &str, start: usize) -> bool {
    text[..start].ends_with('`')
        || walk::blocks(&page.document.blocks)
            .any(|block| matches!(block.body, BlockBody::Code { .. }) && block.span.contains(&start))
}
