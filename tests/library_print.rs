//! The bundled library on paper: every sheet of every edition in every layout is accessible, says what its web page says, and
//! nothing to patients that is not for them.
//!
//! Sheets are looked at twice: by `page_validation`, and by Python's `pikepdf` and `pypdfium2`, which know nothing of what made them
//! (`tests/python/sheets.py`). `PSYCHOED_PYTHON` names a Python that has these (`tests/run` sets it).
#![cfg(feature = "pdf")]
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock};

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use psychoed::content::Audience;
use psychoed::content::block::{Block, BlockBody, Directive};
use psychoed::render::print::{self, Printing};
use psychoed::site::{Facts, Site};
use psychoed::{Memo, Options};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 22);
/// With an address, so that sheets have their codes and links.
const ADDRESS: &str = "https://clinic.example/";
/// So many words in a row are the same in two texts only when one was copied from the other.
const ROW: usize = 8;
/// What a process that prints may take, in kB. Sheets alone take less than 300 MB however many there are; a pack of all sheets of a
/// phase is laid out as one document, and takes more than all of them.
const MOST_MEMORY: u64 = 800 * 1024;

/// The library with every page and sheet by its path.
struct Library {
    site: Arc<Site>,
    files: BTreeMap<String, bytes::Bytes>,
}

impl Library {
    /// Printed once for all tests.
    fn printed() -> &'static Self {
        static LIBRARY: OnceLock<Library> = OnceLock::new();
        LIBRARY.get_or_init(|| {
            let sources = psychoed::load::project(Path::new(ROOT)).unwrap();
            let printing = Printing { wanted: true, shelf: None };
            let options = Options { base_url: Some(ADDRESS.to_owned()), printing, ..Options::default() };
            let built = psychoed::build(&Arc::new(sources), &Facts::on(TODAY), &options, &mut Memo::default());
            let errors: Vec<_> = built.diagnostics.iter().filter(|found| found.waived.is_none()).collect();
            assert!(errors.is_empty(), "{errors:?}");
            let files = Mutex::new(BTreeMap::new());
            let found = built.press.as_ref().unwrap().all(&|file| {
                if [".html", ".pdf"].iter().any(|ending| file.path.as_str().ends_with(ending)) {
                    files.lock().unwrap().insert(file.path.to_string(), file.bytes);
                }
            });
            assert_eq!(found, []);
            Library { site: built.site.unwrap(), files: files.into_inner().unwrap() }
        })
    }

    fn sheets(&self) -> impl Iterator<Item = (&String, &bytes::Bytes)> {
        self.files.iter().filter(|(path, _)| path.ends_with(".pdf"))
    }

    /// Whether a sheet, named without its ending, is of a page for patients.
    fn is_handed_over(&self, stem: &str) -> bool {
        let url = stem.split_once('/').map_or(stem, |(_, within)| within).to_owned() + ".html";
        let page = self.site.pages.iter().find(|page| page.url.as_str() == url);
        page.is_some_and(|page| page.document.front_matter.audience.contains(&Audience::Patient))
    }

    /// The page of the same words, and what is special about the sheet, as `sheets.py` is asked. A pack's page only lists its parts.
    fn question(&self, sheet: &str) -> Vec<String> {
        let mut stem = sheet.trim_end_matches(".pdf");
        let mut options = Vec::new();
        stem = stem.trim_end_matches("-letter");
        if let Some(rest) = stem.strip_suffix("-large-print") {
            (stem, options) = (rest, vec!["large".to_owned()]);
        }
        if let Some(rest) = stem.strip_suffix("-instructor") {
            stem = rest;
        } else if self.files.contains_key(&format!("{stem}-instructor.pdf")) {
            options.push("learner".to_owned());
        }
        if self.is_handed_over(stem) {
            options.push("patient".to_owned());
        }
        let is_pack = stem.split('/').any(|folder| folder == "packs");
        let page = if is_pack { String::new() } else { format!("{stem}.html") };
        assert!(is_pack || self.files.contains_key(&page), "{sheet} has no page");
        [vec![sheet.to_owned(), page], options].concat()
    }
}

/// What `sheets.py` says of one sheet.
#[derive(serde::Deserialize)]
struct Seen {
    faults: Vec<String>,
    says: String,
}

/// Every sheet as other programs see it; `None` without a Python that has them.
fn seen() -> Option<&'static BTreeMap<String, Seen>> {
    static SEEN: OnceLock<Option<BTreeMap<String, Seen>>> = OnceLock::new();
    SEEN.get_or_init(|| Some(look(Library::printed(), &python()?))).as_ref()
}

fn python() -> Option<OsString> {
    let python = std::env::var_os("PSYCHOED_PYTHON");
    assert!(python.is_some() || std::env::var_os("CI").is_none(), "PSYCHOED_PYTHON is not set");
    python
}

fn look(library: &Library, python: &OsString) -> BTreeMap<String, Seen> {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in &library.files {
        write(&folder.path().join(path), bytes);
    }
    let questions: Vec<Vec<String>> = library.sheets().map(|(sheet, _)| library.question(sheet)).collect();
    let asked = folder.path().join("asked.json");
    fs::write(&asked, serde_json::to_vec(&questions).unwrap()).unwrap();
    let script = Path::new(ROOT).join("tests/python/sheets.py");
    let answer = Command::new(python).arg(script).arg(folder.path()).arg(asked).output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    serde_json::from_slice(&answer.stdout).unwrap()
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn every_kind_is_printed_in_every_layout_for_every_edition_that_has_it() {
    let library = Library::printed();
    let mut kinds = BTreeSet::new();
    for edition in &library.site.editions {
        for page in edition.pages.iter().map(|page| &library.site.pages[*page]).filter(|page| page.kind().is_printed())
        {
            for ending in [".pdf", "-large-print.pdf"] {
                let sheet = edition.folder.clone() + page.url.as_str().trim_end_matches(".html") + ending;
                assert!(library.files.contains_key(&sheet), "{sheet}");
            }
            kinds.insert(page.kind().name());
        }
    }
    assert_eq!(kinds.len(), 7, "{kinds:?}");
}

#[test]
fn every_sheet_passes_pdf_ua() {
    let sheets: Vec<_> = Library::printed().sheets().collect();
    let faults = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    print::all(&sheets, workers, &|(path, pdf)| {
        let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
        let report = validate_pdf_bytes(pdf, &options).unwrap();
        faults.lock().unwrap().extend(report.failures.iter().map(|failure| format!("{path}: {failure}")));
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn other_programs_find_every_tag_and_the_words_of_the_page() {
    let Some(seen) = seen() else { return };
    assert_eq!(seen.len(), Library::printed().sheets().count());
    let faults: Vec<String> =
        seen.iter().flat_map(|(path, seen)| seen.faults.iter().map(move |fault| format!("{path}: {fault}"))).collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn no_words_for_clinicians_are_in_any_sheet_for_patients() {
    let Some(seen) = seen() else { return };
    let library = Library::printed();
    let secrets = secrets(&library.site);
    let (mut leaks, mut told) = (Vec::new(), BTreeSet::new());
    for (path, seen) in seen {
        let found = rows(&seen.says).into_iter().filter(|row| secrets.contains(row));
        let stem = path.trim_end_matches(".pdf").trim_end_matches("-letter").trim_end_matches("-large-print");
        if path.starts_with("patient/") || library.is_handed_over(stem) {
            leaks.extend(found.map(|row| format!("{path}: {row}")));
        } else {
            told.extend(found);
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    // The same words are found where they belong: this test looks in the right place.
    assert!(told.len() > 10_000 && told.len() * 2 > secrets.len(), "{} of {} are told", told.len(), secrets.len());
}

/// Every row of words, as typed, that is for others than patients alone.
fn secrets(site: &Site) -> BTreeSet<String> {
    let (mut to_patients, mut to_others) = (BTreeSet::new(), BTreeSet::new());
    for page in site.published() {
        let text = site.sources.text(page.path.as_str()).unwrap();
        if !page.document.front_matter.audience.contains(&Audience::Patient) {
            to_others.extend(rows(text));
            continue;
        }
        let mut rest = text.to_owned();
        let mut hidden = Vec::new();
        for block in &page.document.blocks {
            not_for_patients(block, &mut hidden);
        }
        for span in hidden.iter().rev() {
            to_others.extend(rows(&text[span.start..span.end]));
            rest.replace_range(span.start..span.end, " | ");
        }
        to_patients.extend(rows(&rest));
    }
    // Works, the configuration and what drawings say are for everybody.
    for (path, _) in site.sources.files.iter().filter(|(path, _)| path.extension() != Some("md")) {
        let text = site.sources.text(path.as_str()).unwrap_or_default();
        to_patients.extend(rows(&without_tags(text)));
    }
    to_others.difference(&to_patients).cloned().collect()
}

fn without_tags(text: &str) -> String {
    text.split('<').map(|part| part.split_once('>').map_or(part, |(_, shown)| shown)).collect::<Vec<_>>().join(" ")
}

fn not_for_patients(block: &Block, hidden: &mut Vec<psychoed::source::Span>) {
    match &block.body {
        BlockBody::Directive { directive: Directive::For(whom), .. } if *whom != Audience::Patient => {
            hidden.push(block.span.clone());
        }
        _ => block.children().for_each(|child| not_for_patients(child, hidden)),
    }
}

/// Every row of words of a text, in lower case, without anything between them.
fn rows(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    words.windows(ROW).map(|row| row.join(" ")).collect()
}

/// Another process, to which nothing was handed on from other builds, prints the same bytes, and little memory is enough for it.
#[test]
fn another_build_prints_the_same_bytes_in_little_memory() {
    let library = Library::printed();
    let project = tempfile::tempdir().unwrap();
    for (path, bytes) in &library.site.sources.files {
        write(&project.path().join(path.as_str()), bytes);
    }
    let output = project.path().join("public");
    let mut printing = Command::new(env!("CARGO_BIN_EXE_psychoed"))
        .args(["build", "--base-url", ADDRESS, "--today", &TODAY.to_string(), "--root"])
        .arg(project.path())
        .arg("--output")
        .arg(&output)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    let status = loop {
        peak = peak_memory(printing.id()).unwrap_or_default().max(peak);
        match printing.try_wait().unwrap() {
            Some(status) => break status,
            None => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    };
    assert!(status.success());
    for (path, pdf) in library.sheets() {
        assert!(fs::read(output.join(path)).unwrap() == **pdf, "{path} differs");
    }
    assert!(peak < MOST_MEMORY, "{peak} kB");
    assert!(peak > 0 || !cfg!(target_os = "linux"));
}

/// The most memory that a process ever had, in kB, where the system tells.
fn peak_memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
