//! `psychoed check --fix`, as somebody at a terminal sees it: what is said, and every byte of the files.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use psychoed::diagnostic::{Diagnostic, Location};
use psychoed::mend::{self, Plan};
use psychoed::source::{SitePath, Sources};
use tempfile::TempDir;

const CONFIG: &str = "title = \"Clinic\"\nlanguage = \"en\"\n[checks]\npage-orphan = \"off\"\n";
const GRIEF: &str = "+++\nkind = \"page\"\ntitle = \"Grief\"\naliases = [\"old/loss.html\"]\n+++\n\n## What helps\n\nTalk to somebody.\n";
/// Stored as Windows would, with white space that some editors take away, and without a last line end.
const HOME: &str = "\u{feff}+++\r\nkind = \"page\"\r\nsumary = \"Where to begin\"\t# ours\r\ntitle = \"Home\"  \r\n+++\r\n\r\n\
                    Read about [loss](old/loss.md#what-helps \"A page\"),   \r\n[Grief](Pages/Grief.md) and [more](gone.md).";

fn project() -> TempDir {
    let root = TempDir::new().unwrap();
    put(root.path(), "site-config.toml", CONFIG);
    put(root.path(), "content/pages/grief.md", GRIEF);
    put(root.path(), "content/index.md", HOME);
    root
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn check(root: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_psychoed"))
        .args(["check", "--today", "2026-06-01", "--root"])
        .arg(root)
        .args(more)
        .output()
        .unwrap()
}

/// What was said to people, without how long it took.
fn said(run: &Output) -> String {
    let text = String::from_utf8(run.stderr.clone()).unwrap();
    match text.rfind(" (").filter(|at| text[*at..].ends_with(" s)\n")) {
        Some(took) => format!("{}\n", &text[..took]),
        None => text,
    }
}

fn mended_home() -> String {
    HOME.replace("sumary", "summary")
        .replace("old/loss.md", "pages/grief.md")
        .replace("Pages/Grief.md", "pages/grief.md")
}

#[test]
fn a_dry_run_shows_a_diff_and_writes_nothing() {
    let root = project();
    let run = check(root.path(), &["--fix", "--dry-run"]);
    assert_eq!(
        String::from_utf8(run.stdout).unwrap(),
        "--- a/content/index.md
+++ b/content/index.md
@@ -1,8 +1,8 @@
 \u{feff}+++\r
 kind = \"page\"\r
-sumary = \"Where to begin\"\t# ours\r
+summary = \"Where to begin\"\t# ours\r
 title = \"Home\"  \r
 +++\r
 \r
-Read about [loss](old/loss.md#what-helps \"A page\"),   \r
-[Grief](Pages/Grief.md) and [more](gone.md).
\\ No newline at end of file
+Read about [loss](pages/grief.md#what-helps \"A page\"),   \r
+[Grief](pages/grief.md) and [more](gone.md).
\\ No newline at end of file
"
    );
    assert_eq!(String::from_utf8(run.stderr).unwrap(), "Would mend 3 places in 1 file; nothing was written\n");
    assert_eq!(run.status.code(), Some(1), "what stops publishing is still there");
    assert_eq!(fs::read_to_string(root.path().join("content/index.md")).unwrap(), HOME);
}

#[test]
fn what_is_certain_is_mended_and_the_rest_reported() {
    let root = project();
    let run = check(root.path(), &["--fix"]);
    assert_eq!(
        said(&run),
        "\
Mended content/index.md:3:1: `sumary` is now `summary`
Mended content/index.md:7:19: `old/loss.md` is now `pages/grief.md`
Mended content/index.md:8:9: `Pages/Grief.md` is now `pages/grief.md`

error[link-target-missing]: the page “gone.md” does not exist
 --> content/index.md:8:36
  |
8 | [Grief](pages/grief.md) and [more](gone.md).
  |                                    ^^^^^^^
  |
  = help: Check the spelling, and that the file is in the content folder. Addresses start from the folder of the page that they stand on; `../` leads one folder up.

2 pages: 2 other pages
1 edition: Clinic
Checked 3 links and 0 citations; 1 error
Not fit to publish yet
"
    );
    assert!(run.stdout.is_empty());
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(fs::read_to_string(root.path().join("content/index.md")).unwrap(), mended_home());
    assert_eq!(fs::read_to_string(root.path().join("content/pages/grief.md")).unwrap(), GRIEF);
    assert_eq!(fs::read_to_string(root.path().join("site-config.toml")).unwrap(), CONFIG);
    let names: Vec<_> =
        fs::read_dir(root.path().join("content")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "nothing is left beside the pages: {names:?}");

    let again = check(root.path(), &["--fix"]);
    assert!(said(&again).starts_with("Nothing to mend that is certain\n\nerror[link-target-missing]"));
    let shown = check(root.path(), &["--fix", "--dry-run"]);
    assert_eq!((shown.stdout.len(), said(&shown).as_str()), (0, "Nothing to mend that is certain\n"));
}

#[test]
fn a_check_says_what_could_be_mended() {
    let root = project();
    let said = said(&check(root.path(), &[]));
    assert!(
        said.ends_with(
            "Checked 3 links and 0 citations; 4 errors\n\
             `psychoed check --fix` mends 3 of them; with --dry-run it shows how\n\
             Not fit to publish yet\n"
        ),
        "{said}"
    );
}

#[test]
fn machines_read_what_is_left_alone() {
    let root = project();
    let run = check(root.path(), &["--fix", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), 1);
    assert_eq!(report["diagnostics"][0]["fix"], serde_json::Value::Null);
    assert!(said(&run).starts_with("Mended content/index.md:3:1:"));
}

#[test]
fn flags_that_make_no_sense_together_are_refused() {
    let root = project();
    for flags in [&["--dry-run"][..], &["--fix", "--dry-run", "--format", "json"]] {
        assert_eq!(check(root.path(), flags).status.code(), Some(2), "{flags:?}");
    }
    let run = check(root.path(), &["--fix", "--edition", "patients"]);
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(fs::read_to_string(root.path().join("content/index.md")).unwrap(), HOME);
}

#[test]
fn a_file_that_is_write_protected_stays_and_the_others_are_mended() {
    let root = project();
    put(root.path(), "content/locked.md", "+++\nkind = \"page\"\ntitle = \"Locked\"\n+++\n\n[x](Index.md)\n");
    let locked = root.path().join("content/locked.md");
    let mut permissions = fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).unwrap();
    let run = check(root.path(), &["--fix"]);
    assert_eq!(run.status.code(), Some(2));
    let refusal = format!("error: cannot change {}: it is write-protected\n", locked.display());
    assert!(said(&run).contains(&refusal), "{}", said(&run));
    assert!(fs::read_to_string(&locked).unwrap().contains("Index.md"));
    assert_eq!(fs::read_to_string(root.path().join("content/index.md")).unwrap(), mended_home());
}

/// A plan for one file, made when it held `before`.
fn plan(path: &SitePath, before: &str) -> Plan {
    let sources = Sources { files: [(path.clone(), before.as_bytes().into())].into() };
    let at = Location::new(path, &(0..3));
    Plan::of(&[Diagnostic::error("link-case-wrong", at.clone(), "wrong").fixed_by(at, "new")], &sources)
}

#[test]
fn a_file_that_changed_after_it_was_read_stays() {
    let root = TempDir::new().unwrap();
    let path = SitePath::new("content/a.md");
    put(root.path(), "content/a.md", "old text");
    let plan = plan(&path, "old words");
    let refused = mend::write(root.path(), &path, &plan.files[&path]).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "content/a.md was changed by somebody else just now, so it stays as it is; run this again"
    );
    assert_eq!(fs::read_to_string(root.path().join("content/a.md")).unwrap(), "old text");
    assert_eq!(fs::read_dir(root.path().join("content")).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_project_only() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (root, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let path = SitePath::new("content/a.md");
    let plan = plan(&path, "old text");
    put(elsewhere.path(), "secret.md", "old text");
    fs::create_dir(root.path().join("content")).unwrap();
    symlink(elsewhere.path().join("secret.md"), root.path().join("content/a.md")).unwrap();
    let refused = mend::write(root.path(), &path, &plan.files[&path]).unwrap_err();
    assert_eq!(refused.to_string(), "content/a.md is a link to something outside the project, so it stays as it is");
    assert_eq!(fs::read_to_string(elsewhere.path().join("secret.md")).unwrap(), "old text");

    put(root.path(), "content/real/b.md", "old text");
    let real = root.path().join("content/real/b.md");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    fs::remove_file(root.path().join("content/a.md")).unwrap();
    symlink("real/b.md", root.path().join("content/a.md")).unwrap();
    mend::write(root.path(), &path, &plan.files[&path]).unwrap();
    assert_eq!(fs::read_to_string(&real).unwrap(), "new text");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640, "who may read it stays");
    assert!(root.path().join("content/a.md").is_symlink(), "the link stays a link");
}
