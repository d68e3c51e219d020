//! Pages as sheets of paper: PDFs that pass PDF/UA-1, laid out by the theme's Typst files.
//!
//! A page becomes plain data ([`tree`]), which Typst reads as `/doc.json`: nothing of it is ever Typst source, so there is nothing
//! to escape, and a theme can lay it out anew without a line of Rust. [`Printer`] turns a [`Job`] into a [`Sheet`]; all that is the
//! same for every sheet (fonts, Typst's library, the theme's files) is shared, and what was printed before is taken from a [`Shelf`].
//!
//! Typst needs the feature `pdf`. Without it there is never a [`Printer`], and pages link to no PDFs.

#[cfg(feature = "pdf")]
mod engine;
mod markup;
mod qr;
mod run;
mod shelf;
pub mod tree;
#[cfg(not(feature = "pdf"))]
mod without;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::source::{SitePath, Span};

#[cfg(feature = "pdf")]
pub use engine::Printer;
pub use markup::without_html;
pub use qr::svg as qr_code;
pub use shelf::Shelf;
#[cfg(not(feature = "pdf"))]
pub use without::Printer;

/// Where Typst finds a sheet's data.
pub const DATA: &str = "/doc.json";
/// Where Typst finds the code that a telephone reads.
pub const CODE: &str = "/qr.svg";
/// Where Typst finds the logo; its ending follows.
pub const LOGO: &str = "/logo";

/// The stack of a thread that lays out sheets: deep nesting takes more than threads usually have.
const STACK: usize = 16 << 20;

/// Everything that one sheet is made of.
#[derive(Clone, Debug)]
pub struct Job {
    /// The theme's file that lays it out, from its folder `pdf/`.
    pub template: &'static str,
    /// What [`DATA`] holds.
    pub data: String,
    /// Other virtual files by name; few names, over and over, since Typst never forgets one.
    pub files: BTreeMap<String, Bytes>,
    /// What stays the same from one version of the sheet to the next.
    pub identity: String,
    /// The day it bears.
    pub date: Option<Date>,
    /// Whether it has to fit one page.
    pub one_page: bool,
    /// Whether it is a pack of many pages.
    pub is_long: bool,
}

/// A printed sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The PDF.
    pub pdf: Bytes,
    /// The section that runs over the page, when there was to be only one.
    pub overflowing: Option<String>,
}

/// Why a sheet could not be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In Typst's words.
    pub message: String,
    /// The place in the site's own theme, if it is one of these files.
    pub at: Option<(SitePath, Span)>,
}

impl Printer {
    /// Prints a sheet, or takes it from the shelf.
    pub fn sheet(&self, job: &Job, shelf: Option<&dyn Shelf>) -> Result<Sheet, Fault> {
        let Some(shelf) = shelf else { return self.print(job) };
        let name = self.name(job);
        if let Some(sheet) = shelf.take(&name).and_then(|bytes| shelf::unpacked(&name, &bytes.into())) {
            return Ok(sheet);
        }
        let sheet = self.print(job)?;
        shelf.put(&name, &shelf::packed(&name, &sheet));
        Ok(sheet)
    }

    /// A name that no two different sheets share.
    fn name(&self, job: &Job) -> String {
        let mut hash = Sha256::new();
        let mut add = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        add(self.fingerprint());
        for text in [job.template, &job.data, &job.identity, if job.one_page { "one page" } else { "" }] {
            add(text.as_bytes());
        }
        add(job.date.map(|date| date.to_string()).unwrap_or_default().as_bytes());
        for (file, bytes) in &job.files {
            add(file.as_bytes());
            add(bytes);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Whether pages are printed too, and where what was printed is kept.
#[derive(Clone, Debug, Default)]
pub struct Printing {
    /// Whether there are PDFs at all.
    pub wanted: bool,
    /// Where they are kept from one build to the next.
    pub shelf: Option<Arc<dyn Shelf>>,
}

/// Does one job on a thread that Typst's nesting cannot overflow.
pub fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| match std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        Err(why) => panic!("no thread can be had: {why}"),
    })
}

/// Does every job, several at a time and in no order, on threads that Typst's nesting cannot overflow.
pub fn all<T: Sync>(jobs: &[T], workers: usize, work: &(dyn Fn(&T) + Sync)) {
    let next = AtomicUsize::new(0);
    let take = || {
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(job);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..workers.clamp(1, jobs.len().max(1)) {
            // Where no thread can be had, the others do its work; where none can be had, so does this one.
            let _ = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, take);
        }
    });
    take();
}
