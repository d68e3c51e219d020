//! The repository's own `site-config.toml` is the reference for clinic editors: it names every key there is, and no other.

use std::collections::BTreeSet;

use psychoed::parse::config::config;
use psychoed::source::{SitePath, Sources};

const REFERENCE: &str = include_str!("../site-config.toml");

/// One unknown key in every table: the finding about it lists the keys that the table knows.
const UNKNOWN: &str = r#"
title = "x"
zzz = 1
[organisation]
zzz = 1
[citations]
zzz = 1
[[phases]]
zzz = 1
[[focal-areas]]
zzz = 1
[[crisis-lines]]
zzz = 1
[editions.one]
zzz = 1
[[packs]]
zzz = 1
[theme]
zzz = 1
[markdown]
zzz = 1
[external-links]
zzz = 1
[status]
zzz = 1
[pdf]
zzz = 1
[[waivers]]
zzz = 1
"#;

fn faults(text: &str) -> Vec<(&'static str, String)> {
    let mut sources = Sources::default();
    sources.files.insert(SitePath::new(Sources::CONFIG), text.as_bytes().into());
    config(&sources).1.into_iter().map(|fault| (fault.rule, fault.hint.unwrap_or_default())).collect()
}

/// Keys and tables that the reference names, switched on or off.
fn named_in_reference() -> BTreeSet<String> {
    REFERENCE
        .lines()
        .map(|line| line.trim_start_matches(['#', ' ']))
        .flat_map(|line| match line.strip_prefix('[') {
            Some(table) => table.trim_matches(['[', ']']).split('.').collect(),
            None => line.split_once('=').map_or(Vec::new(), |(key, _)| vec![key]),
        })
        .map(|key| key.trim().to_owned())
        .collect()
}

#[test]
fn the_reference_names_every_key() {
    let named = named_in_reference();
    let mut tables = 0;
    for (_, hint) in faults(UNKNOWN).iter().filter(|(rule, _)| *rule == "config-key-unknown") {
        tables += 1;
        let known = hint.split('`').skip(1).step_by(2);
        let missing: Vec<&str> = known.filter(|key| !named.contains(*key)).collect();
        assert!(missing.is_empty(), "site-config.toml does not explain {missing:?}");
    }
    assert_eq!(tables, UNKNOWN.matches("zzz").count());
}

#[test]
fn the_reference_is_read_without_a_fault() {
    assert_eq!(faults(REFERENCE), []);
}
