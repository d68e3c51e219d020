//! The bundled library's readability compared with textstat 0.7.8, page by page, on the same sentences.
//!
//! What textstat says of each page's sentences is stored in `tests/readability/textstat.json`, so that the comparison always runs, for
//! the pages whose sentences are still those it was asked about. With `PSYCHOED_PYTHON` (a Python that has textstat) set, it is
//! asked about all pages as they are; with `PSYCHOED_BLESS=1` that answer is stored.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use sha2::Digest;

use psychoed::content::{Audience, KindName};
use psychoed::readability::{self, Reading, Scores};
use psychoed::site::{Facts, Page, Site};

/// Grades may differ by so much.
const TOLERANCE: f32 = 1.0;

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Textstat {
    /// Tells whether the page's sentences are those that textstat was asked about.
    asked: String,
    flesch_kincaid: f32,
    smog: f32,
    sentences: usize,
    words: u32,
    syllables: u32,
}

fn library() -> Arc<Site> {
    let sources = psychoed::load::project(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let facts = Facts::on(jiff::civil::date(2026, 11, 22));
    let options = psychoed::Options::default();
    psychoed::build(&Arc::new(sources), &facts, &options, &mut psychoed::Memo::default()).site.unwrap()
}

/// Those the page is for, since they see it with the blocks that are for them.
fn readers(page: &Page) -> &[Audience] {
    &page.document.front_matter.audience
}

fn measured(site: &Site) -> BTreeMap<String, (KindName, Reading)> {
    let pages = site.published().map(|page| {
        let reading =
            readability::of(&page.document, readers(page), &site.config.language, &readability::Options::default());
        (page.path.to_string(), (page.kind(), reading))
    });
    pages.filter(|(_, (_, reading))| reading.scores != Scores::NoSentences).collect()
}

/// The sentences as textstat must be given them: it knows no abbreviations, so that only the last mark of a sentence may stay, and
/// no curly apostrophes.
fn as_textstat_reads(reading: &Reading) -> Vec<String> {
    let sentences = reading.sentences.iter().map(|sentence| {
        let words: String = reading.words_of(sentence).chars().filter(|c| !".!?…".contains(*c)).collect();
        format!("{}.", words.replace('’', "'"))
    });
    sentences.collect()
}

/// The fingerprint that `ask_textstat.py` makes, too.
fn fingerprint(reading: &Reading) -> String {
    let digest = sha2::Sha256::digest(as_textstat_reads(reading).join("\n"));
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readability")
}

/// What textstat said, or says now.
fn textstat(pages: &BTreeMap<String, (KindName, Reading)>) -> BTreeMap<String, Textstat> {
    let stored = folder().join("textstat.json");
    let Some(python) = std::env::var_os("PSYCHOED_PYTHON") else {
        return serde_json::from_str(&std::fs::read_to_string(stored).unwrap()).unwrap();
    };
    let sentences: BTreeMap<&String, Vec<String>> =
        pages.iter().map(|(path, (_, reading))| (path, as_textstat_reads(reading))).collect();
    let temporary = tempfile::tempdir().unwrap();
    let given = temporary.path().join("sentences.json");
    std::fs::write(&given, serde_json::to_vec(&sentences).unwrap()).unwrap();
    let answer = Command::new(python).arg(folder().join("ask_textstat.py")).arg(&given).output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    if std::env::var_os("PSYCHOED_BLESS").is_some() {
        std::fs::write(stored, &answer.stdout).unwrap();
    }
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// One page's differences.
struct Difference<'p> {
    path: &'p str,
    kind: KindName,
    flesch_kincaid: f32,
    /// Only where there are sentences enough.
    smog: Option<f32>,
    said: String,
}

fn differences<'p>(
    pages: &'p BTreeMap<String, (KindName, Reading)>,
    theirs: &BTreeMap<String, Textstat>,
) -> Vec<Difference<'p>> {
    let mut found = Vec::new();
    for (path, (kind, reading)) in pages {
        let Some(textstat) = theirs.get(path).filter(|theirs| theirs.asked == fingerprint(reading)) else { continue };
        let Scores::English { flesch_kincaid, smog, .. } = reading.scores else { panic!("{path} is not measured") };
        found.push(Difference {
            path,
            kind: *kind,
            flesch_kincaid: flesch_kincaid - textstat.flesch_kincaid,
            smog: (!smog.indicative).then_some(smog.grade - textstat.smog),
            said: format!(
                "grade {flesch_kincaid:.2} and {:.2}, SMOG {:.2} and {:.2}, sentences {} and {}, words {} and {}, \
                 syllables {} and {}",
                textstat.flesch_kincaid,
                smog.grade,
                textstat.smog,
                reading.counts.sentences,
                textstat.sentences,
                reading.counts.words,
                textstat.words,
                reading.counts.syllables,
                textstat.syllables
            ),
        });
    }
    found
}

/// Says how far apart we are, and fails when more than one page in twenty is further than the tolerance.
fn hold(what: &str, mut apart: Vec<(f32, &Difference<'_>)>) {
    apart.sort_by(|(a, _), (b, _)| b.abs().total_cmp(&a.abs()));
    let within = apart.iter().filter(|(by, _)| by.abs() <= TOLERANCE).count();
    let worst: Vec<String> =
        apart.iter().take(8).map(|(by, page)| format!("  {by:+.2} {}: {}", page.path, page.said)).collect();
    let at = |part: f32| apart[((apart.len() - 1) as f32 * (1.0 - part)).round() as usize].0.abs();
    println!(
        "{what}: {within} of {} within {TOLERANCE}; median {:.2}, 95th {:.2}, most {:.2}\n{}",
        apart.len(),
        at(0.5),
        at(0.95),
        at(1.0),
        worst.join("\n")
    );
    assert!(within * 20 >= apart.len() * 19, "{what}: only {within} of {} are within {TOLERANCE}", apart.len());
}

#[test]
fn grades_agree_with_textstat() {
    let site = library();
    let pages = measured(&site);
    let theirs = textstat(&pages);
    let all = differences(&pages, &theirs);
    assert!(
        all.len() * 2 >= pages.len(),
        "the stored answers are for {} of {} pages: set PSYCHOED_PYTHON and PSYCHOED_BLESS=1 to ask again",
        all.len(),
        pages.len()
    );
    let given = all.iter().filter(|page| matches!(page.kind, KindName::Handout | KindName::Worksheet));
    let given: Vec<_> = given.map(|page| (page.flesch_kincaid, page)).collect();
    assert!(given.len() >= 10, "only {} handouts and worksheets", given.len());
    hold("handouts and worksheets", given);
    hold("all pages", all.iter().map(|page| (page.flesch_kincaid, page)).collect());
    let smog: Vec<_> = all.iter().filter_map(|page| Some((page.smog?, page))).collect();
    assert!(smog.len() >= 10, "only {} pages have sentences enough for SMOG", smog.len());
    hold("SMOG", smog);
}
