//! Ids that the configuration gives to phases and focal areas, where others name them.

use crate::diagnostic::nearest;
use crate::parse::closed_table::{ClosedTable, quoted};
use crate::source::Spanned;

/// A list of ids that the configuration has to know.
pub(in crate::parse) fn named_in_config(
    table: &mut ClosedTable<'_>,
    key: &'static str,
    plural: &str,
    known: &[&str],
) -> Vec<Spanned<String>> {
    let mut named: Vec<Spanned<String>> = Vec::new();
    for id in table.field(key).map(|field| field.texts_among(known)).unwrap_or_default() {
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
