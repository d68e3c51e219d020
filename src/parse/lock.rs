//! `content.lock`: which version of a page had which text.

use super::closed_table::{self, ClosedTable, Field, Origin, Schema};
use super::encoding;
use crate::content::lock::{Lock, Locked};
use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Sources};

const RULE: &str = "lock-unreadable";
const SCHEMA: Schema =
    Schema { syntax: RULE, key_unknown: RULE, key_missing: RULE, wrong_type: RULE, value_unknown: RULE, top_keys: &[] };

/// Reads the record, if there is one. Half a record is of no use.
pub fn lock(sources: &Sources) -> (Option<Lock>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let Some(bytes) = sources.bytes(Sources::LOCK) else { return (None, faults) };
    let path = SitePath::new(Sources::LOCK);
    let Some(text) = encoding::text(&path, bytes, &mut faults) else { return (None, faults) };
    let origin = Origin { path: &path, offset: text.start, schema: &SCHEMA };
    let (lock, found) = closed_table::read(&text.all[text.start..], origin, 0..0, &|_| None, typed);
    let mend = "This file is psychoed's own. Take it back to how it was in version control, or delete it, and run `psychoed lock`.";
    faults.extend(found.into_iter().map(|fault| Diagnostic { hint: Some(mend.to_owned()), ..fault }));
    (faults.is_empty().then_some(lock), faults)
}

fn typed(mut table: ClosedTable<'_>) -> Lock {
    let locked = |field: Field<'_>| {
        let mut table = field.table()?;
        let version = table.text("version").map(|version| version.value);
        let reviewed = table.date("reviewed").map(|reviewed| reviewed.value);
        let text = table.required_text("text");
        table.finish();
        Some(Locked { version, reviewed, text: text?.value })
    };
    let pages = table.named_fields().into_iter();
    Lock { pages: pages.filter_map(|(id, field)| Some((id.value, locked(field)?))).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_was_meddled_with_is_of_no_use() {
        let read = |text: &str| {
            let files = [(SitePath::new(Sources::LOCK), text.as_bytes().into())];
            let (read, faults) = lock(&Sources { files: files.into_iter().collect() });
            (read, faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>())
        };
        let good = "A = { version = \"1\", reviewed = 2026-01-01, text = \"ab\" }\n";
        let (record, faults) = read(good);
        assert_eq!(faults, [""; 0]);
        let locked = &record.expect("a record").pages["A"];
        assert!(locked.is_of(Some(&"1".to_owned()), Some(jiff::civil::date(2026, 1, 1))) && locked.text == "ab");
        for (bad, fault) in [
            (format!("{good}B = {{ version = \"1\" }}"), "`text` is missing"),
            (format!("{good}B = 3"), "`B` must be a group of keys, but this is a whole number"),
            (format!("{good}{good}"), "`A` is given twice"),
        ] {
            let (record, faults) = read(&bad);
            assert_eq!((record, &faults[..]), (None, &[fault.to_owned()][..]), "{bad}");
        }
    }
}
