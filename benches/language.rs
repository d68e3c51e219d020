//! How long it takes to read the language of every page of a project, and what rules about language add to a check of it.
//!
//! ```text
//! RAYON_NUM_THREADS=1 cargo bench --bench language --no-default-features -- FOLDER
//! ```
//!
//! Without a folder it looks at the bundled library. Each number is the best of several turns, for one page.
#![allow(clippy::disallowed_methods, reason = "measures time")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use psychoed::check::{self, Kept};
use psychoed::content::Audience;
use psychoed::readability::{self, Options};
use psychoed::site::{Facts, Site};
use psychoed::source::{SitePath, Sources};

const TURNS: usize = 20;

/// The rules that need a page's language to be read.
const RULES: [&str; 13] = [
    "capitals-block",
    "denominators-mixed",
    "grade-high",
    "grade-very-high",
    "jargon",
    "paragraph-long",
    "passive-often",
    "percentage-alone",
    "sentence-long",
    "sentence-very-long",
    "step-impersonal",
    "term-unexplained",
    "you-missing",
];

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder = folder.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let sources = psychoed::load::project(&folder).expect("a project");
    let facts = Facts::on(jiff::civil::date(2026, 11, 22));
    let site = site(sources.clone(), &facts);
    let silent = self::site(without_rules(sources), &facts);
    println!("{} pages, {} words", site.pages.len(), read_all(&site));

    let per_page = |time: Duration| time.as_secs_f64() * 1e6 / site.pages.len() as f64;
    // What a thread knows of words is its own.
    let first = best(|| std::thread::scope(|scope| timed(|| scope.spawn(|| read_all(&site)).join())));
    println!(
        "reading: {:.1} µs a page the first time, {:.1} later",
        per_page(first),
        per_page(best(|| timed(|| read_all(&site))))
    );

    let check = |site: &Arc<Site>| best(|| timed(|| check::run(site, &facts, &mut Kept::default())));
    let (with, without) = (per_page(check(&site)), per_page(check(&silent)));
    println!(
        "checking: {with:.1} µs a page, {without:.1} without rules about language: they take {:.1}",
        with - without
    );
}

fn site(sources: Sources, facts: &Facts) -> Arc<Site> {
    let (options, mut memo) = (psychoed::Options::default(), psychoed::Memo::default());
    psychoed::build(&Arc::new(sources), facts, &options, &mut memo).site.expect("a configuration that can be read")
}

/// The same project with rules about language switched off.
fn without_rules(mut sources: Sources) -> Sources {
    let off: String = RULES.iter().map(|rule| format!("{rule} = \"off\"\n")).collect();
    let config = sources.text(Sources::CONFIG).unwrap_or_default();
    let config = match config.split_once("\n[checks]\n") {
        Some((before, after)) => format!("{before}\n[checks]\n{off}{after}"),
        None => format!("{config}\n[checks]\n{off}"),
    };
    sources.files.insert(SitePath::new(Sources::CONFIG), config.into_bytes().into());
    sources
}

/// Reads every page as patients see it; how many words there are.
fn read_all(site: &Site) -> u32 {
    let words = site.pages.iter().map(|page| {
        let reading = readability::of(&page.document, &[Audience::Patient], &site.config.language, &Options::default());
        reading.counts.words
    });
    words.sum()
}

fn best(turn: impl Fn() -> Duration) -> Duration {
    (0..TURNS).map(|_| turn()).min().unwrap_or_default()
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}
