//! Fixture sites: a folder in, files and the whole terminal message out.
//!
//! Each folder of `tests/sites` holds a site in `site/`, what the terminal says in `terminal.txt`, and, for sites that build,
//! the files worth reading in `expected/`. `PSYCHOED_BLESS=1 cargo test --test sites` writes what is there now: read the
//! difference before you commit it.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name)
}

fn build(site: &Path, output: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_psychoed"))
        .args(["build", "--today", "2026-06-01", "--root"])
        .arg(site)
        .arg("--output")
        .arg(output)
        .args(more)
        .output()
        .unwrap()
}

/// What the terminal said, without what differs from run to run.
fn terminal(run: &Output, output: &Path) -> String {
    let text = String::from_utf8(run.stderr.clone()).unwrap();
    let text = text.replace(&output.display().to_string(), "OUTPUT");
    let took = text.rfind(" (").filter(|at| text[*at..].ends_with(" s)\n"));
    took.map_or(text.clone(), |at| format!("{}\n", &text[..at]))
}

fn holds(path: &Path, actual: &str) {
    if std::env::var_os("PSYCHOED_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, actual).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(actual, expected, "{} differs", path.display());
}

/// Builds a fixture, holds the terminal to its file, and every file named in `expected.list` to its copy.
fn check_site(name: &str, code: i32) -> (TempDir, PathBuf) {
    let scratch = TempDir::new().unwrap();
    let output = scratch.path().join("public");
    let run = build(&folder(name).join("site"), &output, &[]);
    holds(&folder(name).join("terminal.txt"), &terminal(&run, &output));
    assert_eq!(run.status.code(), Some(code));
    assert!(run.stdout.is_empty(), "findings for people go to standard error");
    if let Ok(list) = fs::read_to_string(folder(name).join("expected.list")) {
        for file in list.lines().filter(|line| !line.is_empty()) {
            let actual = fs::read_to_string(output.join(file)).unwrap_or_else(|_| panic!("{file} was not written"));
            holds(&folder(name).join("expected").join(file), &actual);
        }
    }
    (scratch, output)
}

fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().display().to_string();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn three_lines_of_configuration_and_one_page_are_a_site() {
    let (_scratch, output) = check_site("minimal", 0);
    let names: Vec<String> = files_below(&output).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"index.html".to_owned()) && names.contains(&"welcome.html".to_owned()), "{names:?}");
}

#[test]
fn the_whole_dialect_becomes_html() {
    check_site("dialect", 0);
}

#[test]
fn every_fault_of_a_site_is_reported_in_one_run() {
    let (_scratch, output) = check_site("faulty", 1);
    assert!(!output.exists(), "a build that finds errors writes nothing");
}

#[test]
fn packs_and_changes_become_pages() {
    let (_scratch, output) = check_site("packs", 0);
    let patient = files_below(&output.join("patient"));
    let has = |name: &str| patient.iter().any(|(known, _)| known == name);
    assert!(has("c/HO-OLD.html") && !has("handouts/old.html"), "a withdrawn page keeps only the page on its copies");
    assert!(!has("c/QR-SECRET.html") && !has("packs/session-sg-1.html"));
    for (name, bytes) in &patient {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("those who treat") && !text.contains("For colleagues"), "{name}");
    }
}

#[test]
fn every_fault_of_packs_and_changes_is_reported_in_one_run() {
    check_site("faulty-packs", 1);
}

#[test]
fn a_build_with_errors_leaves_the_old_output_as_it_was() {
    let scratch = TempDir::new().unwrap();
    let output = scratch.path().join("public");
    assert_eq!(build(&folder("minimal").join("site"), &output, &[]).status.code(), Some(0));
    let dates = |folder: &Path| -> Vec<_> {
        files_below(folder)
            .iter()
            .map(|(name, _)| fs::metadata(folder.join(name)).unwrap().modified().unwrap())
            .collect()
    };
    let (before, dates_before) = (files_below(&output), dates(&output));
    assert_eq!(build(&folder("faulty").join("site"), &output, &[]).status.code(), Some(1));
    assert_eq!(files_below(&output), before);
    assert_eq!(dates(&output), dates_before);
}

#[test]
fn two_builds_are_the_same_byte_for_byte() {
    let scratch = TempDir::new().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let outputs = ["first", "second"].map(|name| scratch.path().join(name));
    for output in &outputs {
        let run = build(root, output, &["--base-url", "https://clinic.example/"]);
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    }
    assert_eq!(files_below(&outputs[0]), files_below(&outputs[1]));
}

/// Copies a folder, its files created in the reverse order of their names, so that the disk lists them otherwise.
fn copy_in_reverse(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    let mut names: Vec<_> = fs::read_dir(from).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    for name in names.iter().rev() {
        let (from, to) = (from.join(name), to.join(name));
        if from.is_dir() {
            copy_in_reverse(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

#[test]
fn the_order_of_files_on_disk_changes_nothing() {
    let scratch = TempDir::new().unwrap();
    let site = folder("dialect").join("site");
    let shuffled = scratch.path().join("site");
    copy_in_reverse(&site, &shuffled);
    let outputs = ["first", "second"].map(|name| scratch.path().join(name));
    build(&site, &outputs[0], &[]);
    build(&shuffled, &outputs[1], &[]);
    assert!(!files_below(&outputs[0]).is_empty());
    assert_eq!(files_below(&outputs[0]), files_below(&outputs[1]));
}

#[test]
fn a_new_project_builds_at_once() {
    let scratch = TempDir::new().unwrap();
    let project = scratch.path().join("clinic");
    let init = |dir: &Path| Command::new(env!("CARGO_BIN_EXE_psychoed")).arg("init").arg(dir).output().unwrap();
    assert_eq!(init(&project).status.code(), Some(0));
    let run = build(&project, &scratch.path().join("public"), &[]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let again = init(&project);
    assert_eq!(again.status.code(), Some(2));
    let message = String::from_utf8(again.stderr).unwrap();
    assert!(message.starts_with("error: ") && message.contains("is not empty"), "{message}");
}
