//! What sheets look like: one of each kind, in standard and in large print, is compared with a picture that somebody has looked at.
//!
//! `PSYCHOED_PYTHON` names a Python that can draw PDFs (`tests/run` sets it). With `PSYCHOED_BLESS=1` the pictures in
//! `tests/print/pictures` are stored anew; look at them before they are committed.
#![cfg(feature = "pdf")]
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use psychoed::render::print::Printing;
use psychoed::site::Facts;
use psychoed::{Memo, Options};

/// Prints every sheet on the first paper into a folder, and says of how many kinds they are. Pages of the fixture hardly ever change.
fn print(folder: &Path) -> usize {
    let sources = psychoed::load::project(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/print")).unwrap();
    let facts = Facts::on(jiff::civil::date(2026, 11, 22));
    let options = Options { printing: Printing { wanted: true, shelf: None }, ..Options::default() };
    let built = psychoed::build(&Arc::new(sources), &facts, &options, &mut Memo::default());
    let (site, press) = (built.site.unwrap(), built.press.unwrap());
    let mut kinds = BTreeSet::new();
    for page in site.published().filter(|page| page.kind().is_printed()) {
        kinds.insert(page.kind().name());
        let stem = page.url.as_str().trim_end_matches(".html");
        for layout in ["", "-large-print"] {
            let pdf = press.file(&format!("clinician/{stem}{layout}.pdf")).unwrap().unwrap();
            fs::write(folder.join(format!("{}{layout}.pdf", stem.replace('/', "-"))), pdf).unwrap();
        }
    }
    kinds.len()
}

#[test]
fn sheets_look_as_in_their_pictures() {
    let Some(python) = std::env::var_os("PSYCHOED_PYTHON") else {
        assert!(std::env::var_os("CI").is_none(), "PSYCHOED_PYTHON is not set");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(print(folder.path()), 7);
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let bless = std::env::var_os("PSYCHOED_BLESS").map(|_| "--bless");
    let answer = Command::new(python)
        .arg(tests.join("python/pictures.py"))
        .arg(folder.path())
        .arg(tests.join("print/pictures"))
        .arg(env!("CARGO_TARGET_TMPDIR"))
        .args(bless)
        .output()
        .unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let faults: Vec<String> = serde_json::from_slice(&answer.stdout).unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
