//! A build with nothing to do ends at once and says the same; one that only seems to have nothing to do is done.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

const KEPT: &str = ".psychoed/last-build";

/// A project whose files were written an hour ago, and which has something to say each time.
fn project() -> TempDir {
    let project = TempDir::new().unwrap();
    let root = project.path();
    fs::create_dir_all(root.join("content/guides")).unwrap();
    put(root, "site-config.toml", "title = \"Clinic\"\n");
    put(root, "content/index.md", "+++\nkind = \"page\"\ntitle = \"Home\"\n+++\n\nSee [a](guides/a.md).\n");
    put(root, "content/guides/a.md", "+++\nkind = \"page\"\ntitle = \"A\"\n+++\n\nText.\n\n#### Deep\n");
    project
}

fn put(root: &Path, path: &str, text: &str) {
    fs::write(root.join(path), text).unwrap();
}

/// Builds; returns what was said without the time it took.
fn build(root: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_psychoed"));
    let output = command.args(["build", "--today", "2026-06-01", "--root"]).arg(root).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stderr).unwrap().replace(&root.display().to_string(), "PROJECT");
    let (said, _) = said.rsplit_once(" (").unwrap();
    said.to_owned()
}

/// Whether the last build took its answer from what was kept: only then the file is not written anew.
fn kept_at(root: &Path) -> Option<SystemTime> {
    fs::metadata(root.join(KEPT)).ok()?.modified().ok()
}

/// Waits until files are old enough to be relied on.
fn settle() {
    std::thread::sleep(Duration::from_millis(2_100));
}

#[test]
fn nothing_to_do_is_said_at_once_and_the_findings_again() {
    let project = project();
    let root = project.path();
    settle();
    let first = build(root, &[]);
    assert!(first.contains("warning[heading-level-skipped]") && first.contains("#### Deep"), "{first}");
    let kept = kept_at(root).expect("the build was kept");
    let second = build(root, &[]);
    assert_eq!(second, first.replace("Published: open", "Everything was up to date: open"));
    assert_eq!(kept_at(root), Some(kept), "taken from what was kept");
    assert_eq!(build(root, &["--anew"]), second, "and a whole build says the same");
}

#[test]
fn whatever_changes_is_built() {
    type Change = fn(&Path);
    let changes: [(&str, Change); 8] = [
        ("an edit of the same length", |root| {
            put(root, "content/guides/a.md", "+++\nkind = \"page\"\ntitle = \"B\"\n+++\n\nText.\n\n#### Deep\n");
        }),
        ("an edit that keeps the date", |root| {
            let path = root.join("content/guides/a.md");
            let before = fs::metadata(&path).unwrap().modified().unwrap();
            fs::write(&path, "+++\nkind = \"page\"\ntitle = \"B\"\n+++\n\nText.\n\n#### Deep\n").unwrap();
            fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
        }),
        ("a new file", |root| put(root, "content/new.md", "+++\nkind = \"page\"\ntitle = \"B\"\n+++\n\nText.\n")),
        ("the configuration", |root| put(root, "site-config.toml", "title = \"B\"\n")),
        ("a page that was deleted from the output", |root| fs::remove_file(root.join("public/guides/a.html")).unwrap()),
        ("an output that is gone", |root| fs::remove_dir_all(root.join("public")).unwrap()),
        ("what was kept is damaged", |root| put(root, KEPT, "{\"question\":")),
        ("what was kept is of another version", |root| {
            let text = fs::read_to_string(root.join(KEPT)).unwrap();
            put(root, KEPT, &text.replacen("\"program\":\"", "\"program\":\"9", 1));
        }),
    ];
    // Each waits for its files to grow old, so all wait together.
    std::thread::scope(|scope| {
        for (what, change) in changes {
            scope.spawn(move || {
                let project = project();
                let root = project.path();
                settle();
                build(root, &[]);
                let kept = kept_at(root).expect("the build was kept");
                change(root);
                settle();
                build(root, &[]);
                assert_ne!(kept_at(root), Some(kept), "{what} was not noticed");
                let clean = root.join("clean");
                build(root, &["--anew", "--output", &clean.display().to_string()]);
                assert_eq!(files(&root.join("public")), files(&clean), "{what}");
            });
        }
    });
}

#[test]
fn what_is_damaged_is_not_believed() {
    let project = project();
    let root = project.path();
    settle();
    let first = build(root, &[]);
    let kept = fs::read(root.join(KEPT)).expect("the build was kept");
    let said = first.replace("Published: open", "Everything was up to date: open");
    assert_eq!(build(root, &[]), said);
    let text = String::from_utf8(kept.clone()).unwrap();
    let secret = text.replace("content/guides/a.md", "/etc/hostname");
    assert_ne!(secret, text);
    let flipped = |at: usize| kept.iter().enumerate().map(|(place, byte)| byte ^ u8::from(place == at)).collect();
    // A bit of the finding's words, of its place, and some all over the file.
    let words = ["skips", "guides/a.md", "heading-level"].map(|words| text.find(words).unwrap_or(text.len() / 2));
    let places = words.into_iter().chain((0..kept.len()).step_by(kept.len() / 20));
    let damaged: Vec<Vec<u8>> = places.map(flipped).chain([secret.into_bytes(), kept[..40].to_vec()]).collect();
    for bytes in damaged {
        fs::write(root.join(KEPT), &bytes).unwrap();
        assert_eq!(build(root, &[]), said);
        let now = fs::read(root.join(KEPT)).unwrap();
        assert_ne!(now, bytes, "it was believed: {}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn what_has_just_been_written_is_not_relied_on() {
    let project = project();
    build(project.path(), &[]);
    assert_eq!(kept_at(project.path()), None);
}

#[cfg(unix)]
#[test]
fn a_copy_of_a_project_is_another_project() {
    let folder = TempDir::new().unwrap();
    let (live, draft) = (folder.path().join("live"), folder.path().join("draft"));
    fs::rename(project().keep(), &live).unwrap();
    settle();
    let build = |root: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_psychoed"));
        command.args(["build", "--today", "2026-06-01", "--output", "public", "--root", root]).current_dir(&live);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    build(".");
    assert!(kept_at(&live).is_some(), "the build was kept");
    assert!(Command::new("cp").arg("-a").args([&live, &draft]).status().unwrap().success());
    put(&draft, "content/guides/a.md", "+++\nkind = \"page\"\ntitle = \"A\"\n+++\n\nDraft.\n");
    build("../draft");
    let published = fs::read_to_string(live.join("public/guides/a.html")).unwrap();
    assert!(published.contains("Draft."), "{published}");
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (entry.path().strip_prefix(folder).unwrap().display().to_string(), fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}
