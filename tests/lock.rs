//! `psychoed lock`: what is recorded, what is not, and what is left alone.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::process::{Command, Stdio};

use tempfile::TempDir;

struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(TempDir::new().unwrap());
        project.put("site-config.toml", "title = \"Clinic\"\n");
        project.put("content/grief.md", &page("HO-1", "1.0", "Talk to somebody."));
        project.put("content/loss.md", &page("HO-2", "2", "Ring a friend."));
        project
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn record(&self) -> String {
        fs::read_to_string(self.0.path().join("content.lock")).unwrap()
    }

    fn run(&self, command: &str) -> (Option<i32>, String) {
        let mut run = Command::new(env!("CARGO_BIN_EXE_psychoed"));
        run.args([command, "--root"]).arg(self.0.path()).stdin(Stdio::null());
        let run = run.output().unwrap();
        let told = [run.stdout, run.stderr].concat();
        (run.status.code(), String::from_utf8(told).unwrap())
    }

    fn lock(&self) -> (Option<i32>, String) {
        self.run("lock")
    }

    /// Whether a check says that a version was not raised, and that one is not on record.
    fn missed(&self) -> (bool, bool) {
        let (_, told) = self.run("check");
        (told.contains("[version-not-raised]"), told.contains("[version-not-recorded]"))
    }
}

fn page(id: &str, version: &str, body: &str) -> String {
    format!(
        "+++\nkind = \"page\"\ntitle = \"{id}\"\nid = \"{id}\"\nversion = \"{version}\"\nreviewed = 2026-01-01\n+++\n\n{body}\n"
    )
}

const UNRAISED: &str = "Not recorded, since the text has changed but neither the version nor the day of review has:\n  \
                        content/grief.md\nRaise `version` in these pages, then run `psychoed lock` again.\n";

#[test]
fn a_version_is_recorded_once_and_compared_from_then_on() {
    let project = Project::new();
    assert_eq!(project.missed(), (false, false), "without a record there is nothing to compare");
    let told = "Recorded 2 pages in content.lock, which now holds 2. Commit it with the pages.\n";
    assert_eq!(project.lock(), (Some(0), told.to_owned()));
    let record = project.record();
    let lines: Vec<&str> = record.lines().collect();
    assert!(lines[0].starts_with("# Written by `psychoed lock`"), "{record}");
    assert!(lines[1].starts_with("HO-1 = { version = \"1.0\", reviewed = 2026-01-01, text = \""), "{record}");
    assert!(lines[2].starts_with("HO-2 = { version = \"2\", ") && lines.len() == 3, "{record}");
    assert_eq!(project.missed(), (false, false));

    project.put("content/grief.md", &page("HO-1", "1.0", "Talk to nobody."));
    assert_eq!(project.missed(), (true, false));
    let told = format!("content.lock is up to date: 2 pages on record.\n{UNRAISED}");
    assert_eq!(project.lock(), (Some(1), told));
    assert_eq!(project.record(), record, "the old text stays on record");
    assert_eq!(project.missed(), (true, false));

    project.put("content/grief.md", &page("HO-1", "1.1", "Talk to nobody."));
    assert_eq!(project.missed(), (false, true));
    let told = "Recorded 1 page in content.lock, which now holds 2. Commit it with the pages.\n";
    assert_eq!(project.lock(), (Some(0), told.to_owned()));
    assert_eq!(project.missed(), (false, false));
    assert_eq!(project.lock(), (Some(0), "content.lock is up to date: 2 pages on record.\n".to_owned()));
}

#[test]
fn a_draft_keeps_what_was_on_record_and_a_page_that_is_gone_does_not() {
    let project = Project::new();
    project.lock();
    let record = project.record();
    let draft = |text: String| text.replace("version", "draft = true\nversion");
    project.put("content/grief.md", &draft(page("HO-1", "1.0", "Another text.")));
    project.put("content/new.md", &draft(page("HO-3", "1.0", "Not out yet.")));
    assert_eq!(project.missed(), (false, false));
    project.lock();
    assert_eq!(project.record(), record);
    fs::remove_file(project.0.path().join("content/grief.md")).unwrap();
    project.lock();
    assert!(!project.record().contains("HO-1") && project.record().contains("HO-2"));
}

#[test]
fn nothing_is_written_where_something_would_be_lost() {
    let project = Project::new();
    project.put("content.lock", "my own notes\n");
    let told = "error: content.lock was not written by psychoed, so it is left alone: move it away first\n";
    assert_eq!(project.lock(), (Some(2), told.to_owned()));
    assert_eq!(project.record(), "my own notes\n");
    fs::remove_file(project.0.path().join("content.lock")).unwrap();
    project.lock();

    let torn = project.record() + "<<<<<<< yours\n";
    project.put("content.lock", &torn);
    let told = "error: content.lock has to be mended first; `psychoed check` says how\n";
    assert_eq!((project.lock(), project.record()), ((Some(2), told.to_owned()), torn));
    fs::remove_file(project.0.path().join("content.lock")).unwrap();

    project.put("content/grief.md", "no front matter");
    let told = "error: content/grief.md has to be mended first; `psychoed check` says how\n";
    assert_eq!(project.lock(), (Some(2), told.to_owned()));
    project.put("content/grief.md", &page("HO-2", "1.0", "Twice."));
    let told = "error: two pages have the id HO-2; `psychoed check` says which\n";
    assert_eq!(project.lock(), (Some(2), told.to_owned()));
    assert!(!project.0.path().join("content.lock").exists());
}
