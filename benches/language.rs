//! How long it takes to read the language of every page of a project, and to check it.
//!
//! ```text
//! cargo bench --bench language --no-default-features -- FOLDER
//! ```
//!
//! Without a folder it reads the bundled library. Each number is the best of several turns, on one thread, for one page.
#![allow(clippy::disallowed_methods, reason = "measures time")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use psychoed::content::Audience;
use psychoed::readability::{self, Options};
use psychoed::site::{Facts, Site};

const TURNS: usize = 40;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder = folder.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let sources = Arc::new(psychoed::load::project(&folder).expect("a project"));
    let facts = Facts { today: jiff::civil::date(2026, 11, 22) };
    let built = psychoed::build(&sources, &facts, &psychoed::Options::default(), &mut psychoed::Memo::default());
    let site = built.site.expect("a configuration that can be read");
    let (first, best) = timed(|| read_all(&site));
    let per_page = |time: Duration| time.as_secs_f64() * 1e6 / site.pages.len() as f64;
    println!("{} pages, {} words", site.pages.len(), read_all(&site));
    println!("reading: {:.1} µs a page the first time, {:.1} µs later", per_page(first), per_page(best));
}

/// Reads every page as patients see it; how many words there are.
fn read_all(site: &Site) -> u32 {
    let words = site.pages.iter().map(|page| {
        let reading =
            readability::of(&page.document, &[Audience::Patient], &site.config.language, &Options::default());
        reading.counts.words
    });
    words.sum()
}

/// How long something takes the first time, and at best.
fn timed<T>(mut work: impl FnMut() -> T) -> (Duration, Duration) {
    let times: Vec<Duration> = (0..TURNS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(work());
            start.elapsed()
        })
        .collect();
    (times[0], times.into_iter().min().unwrap_or_default())
}
