//! Imports point down only. A test, since a habit that nobody checks is lost in a month.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Modules from the bottom up; a module may use its own layer and those below, except where [`APART`] says otherwise.
const LAYERS: &[&[&str]] = &[
    &["source", "diagnostic", "progress"],
    &["config", "content"],
    &["theme"],
    &["parse"],
    &["site"],
    &["readability"],
    &["status"],
    &["check", "render"],
    &["load", "mend", "probe", "write", "report", "watch", "server"],
    &["session"],
    &["preview"],
    &["commands", "cli"],
];

/// Modules of one layer that must not know each other.
const APART: &[&str] = &["check", "render", "load", "mend", "probe", "write", "report", "watch", "server"];

/// What `lib.rs` itself offers; only what stands above it may call it.
const PIPELINE: &[&str] = &["Built", "Memo", "Options", "build"];

#[test]
fn imports_point_down() {
    let layer_of: BTreeMap<&str, usize> =
        LAYERS.iter().enumerate().flat_map(|(layer, names)| names.iter().map(move |name| (*name, layer))).collect();
    let mut faults = Vec::new();
    let mut seen = 0;
    for file in walkdir::WalkDir::new("src").into_iter().map(Result::unwrap) {
        let is_test = file.file_name() == "tests.rs";
        if is_test || file.path().extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let module = module_of(file.path());
        if module == "lib" || module == "main" {
            continue;
        }
        let layer = *layer_of.get(module.as_str()).unwrap_or_else(|| panic!("{module} has no place in the table"));
        for used in used_modules(&fs::read_to_string(file.path()).unwrap()) {
            seen += 1;
            let allowed = match layer_of.get(used.as_str()) {
                Some(_) if used == module => true,
                Some(below) if *below == layer => !APART.contains(&used.as_str()),
                Some(below) => *below < layer,
                None => ["commands", "session"].contains(&module.as_str()) && PIPELINE.contains(&used.as_str()),
            };
            if !allowed {
                faults.push(format!("{} uses crate::{used}", file.path().display()));
            }
        }
    }
    assert!(seen > 50, "the scan found only {seen} imports: does it still read them?");
    assert!(faults.is_empty(), "imports that point up or sideways:\n{}", faults.join("\n"));
}

fn module_of(path: &Path) -> String {
    let inner = path.strip_prefix("src").unwrap();
    let first = inner.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// First segments of every path that starts at the crate, groups in braces included.
fn used_modules(text: &str) -> Vec<String> {
    let mut used = Vec::new();
    for line in text.lines().map(str::trim_start).filter(|line| !line.starts_with("//")) {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            match rest.strip_prefix('{') {
                Some(group) => {
                    let group = group.split_once("};").map_or(group, |(group, _)| group);
                    used.extend(group.split(", ").map(first_segment));
                }
                None => used.push(first_segment(rest)),
            }
        }
    }
    used.retain(|name| !name.is_empty());
    used
}

fn first_segment(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn the_scan_reads_groups_and_single_imports() {
    assert_eq!(
        used_modules("use crate::{Built, load, write::Fault};\nlet x = crate::site::link();"),
        ["Built", "load", "write", "site"]
    );
}
