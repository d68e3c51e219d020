//! Whether a page still says what it said: for the record of versions, and for translations.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

use super::front_matter::keys_of_text;
use crate::content::FrontMatter;

/// What tells a page's text from any other: its title, its summary, the keys of its kind and its body. How lines end, white
/// space around them, and the order of keys do not count.
pub fn fingerprint(text: &str, front_matter: &FrontMatter) -> String {
    let mut plain = String::new();
    let fenced = text.get(front_matter.span.clone()).unwrap_or_default();
    let toml = fenced.trim_start_matches('+').trim_end_matches('+');
    let (table, _) = DeTable::parse_recoverable(toml);
    for key in keys_of_text(front_matter.kind.name()) {
        if let Some(value) = table.get_ref().get(key) {
            let _ = write!(plain, "{key}=");
            write_value(value.get_ref(), &mut plain);
            plain.push('\n');
        }
    }
    write_body(text.get(front_matter.span.end..).unwrap_or_default(), &mut plain);
    let plain: String = plain.nfc().collect();
    // Half of it is more than enough to tell a change.
    Sha256::digest(plain).iter().take(16).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Writes a body without what nobody sees: white space at the ends of lines, and empty lines above, below and beside another.
fn write_body(body: &str, plain: &mut String) {
    let mut gap = "";
    for line in body.trim().lines().map(str::trim_end) {
        if line.is_empty() {
            gap = "\n";
        } else {
            plain.extend([gap, line, "\n"]);
            gap = "";
        }
    }
}

/// Writes a value so that the same value always looks the same. TOML is read only so deep, so this is not deep either.
fn write_value(value: &DeValue<'_>, plain: &mut String) {
    match value {
        DeValue::String(text) => write_text(&text.replace("\r\n", "\n"), plain),
        DeValue::Integer(number) => drop(write!(plain, "{number}")),
        DeValue::Float(number) => drop(write!(plain, "{number}")),
        DeValue::Boolean(value) => drop(write!(plain, "{value}")),
        DeValue::Datetime(date) => drop(write!(plain, "{date}")),
        DeValue::Array(items) => {
            plain.push('[');
            for item in items {
                write_value(item.get_ref(), plain);
                plain.push(',');
            }
            plain.push(']');
        }
        DeValue::Table(table) => {
            let mut entries: Vec<_> = table.iter().map(|(key, value)| (key.get_ref(), value.get_ref())).collect();
            entries.sort_by_key(|(key, _)| *key);
            plain.push('{');
            for (key, value) in entries {
                write_text(key, plain);
                write_value(value, plain);
                plain.push(',');
            }
            plain.push('}');
        }
    }
}

/// Its length comes first, so that no text can be taken for two.
fn write_text(text: &str, plain: &mut String) {
    let _ = write!(plain, "{}:{text}", text.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::source::SitePath;

    const PAGE: &str = "+++\nkind = \"suitability\"\nid = \"S\"\ntitle = \"For whom\"\nversion = \"1.0\"\n[[criteria]]\n\
                        verdict = \"suits\"\nstatement = \"Mourns\"\n+++\n\nOne caf\u{e9}.\n\n- a\n  - b\n";

    fn of(text: &str) -> String {
        let path = SitePath::new("content/a.md");
        let (document, faults) = crate::parse::document(
            &path,
            &text.into(),
            &Config { language: "en".into(), ..Config::default() },
            &|_: &str| true,
        );
        assert_eq!(faults, [], "{text}");
        fingerprint(text, &document.expect("a page").front_matter)
    }

    #[test]
    fn what_no_reader_can_see_leaves_the_fingerprint_as_it_is() {
        let fingerprint = of(PAGE);
        assert_eq!(fingerprint.len(), 32);
        for same in [
            PAGE.replace('\n', "\r\n"),
            format!("\u{feff}{PAGE}"),
            format!("{PAGE}\n\n"),
            PAGE.replace("- a\n", "- a  \n"),
            PAGE.replace(".\n\n", ".\n\n\n"),
            PAGE.replace('\u{e9}', "e\u{301}"),
            PAGE.replace("version = \"1.0\"", "version = \"1.1\"\nreviewed = 2026-01-01\nauthors = [\"A\"]\norder = 3"),
            PAGE.replace("statement = \"Mourns\"", "statement='Mourns' # a note"),
            PAGE.replace("verdict = \"suits\"\nstatement = \"Mourns\"", "statement = \"Mourns\"\nverdict = \"suits\""),
        ] {
            assert_eq!(of(&same), fingerprint, "{same}");
        }
    }

    #[test]
    fn whatever_a_reader_sees_changes_the_fingerprint() {
        let fingerprint = of(PAGE);
        for other in [
            PAGE.replace("For whom", "For you"),
            PAGE.replace("Mourns", "Grieves"),
            PAGE.replace("version", "summary = \"s\"\nversion"),
            PAGE.replace("\"suits\"", "\"refer\""),
            PAGE.replace("One", "Two"),
            PAGE.replace("  - b", "- b"),
            PAGE.replace("a\n", "a\n\n"),
        ] {
            assert_ne!(of(&other), fingerprint, "{other}");
        }
    }
}
