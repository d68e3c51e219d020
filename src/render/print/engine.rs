//! Typst, with nothing around it: no disk, no network, no clock, no fonts but those given.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};
use typst::comemo;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Content, Datetime, Duration, NativeElement, Smart};
use typst::introspection::Introspector;
use typst::model::HeadingElem;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World, WorldExt};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::{DATA, Fault, Job, Sheet};
use crate::source::SitePath;
use crate::theme::{Face, Theme};

/// Where the files for print are within a theme.
const FOLDER: &str = "pdf/";
/// After so many pages what Typst remembers of them is thrown away.
const PAGES_REMEMBERED: usize = 12;
/// Changes whenever the same job may give another sheet than with the psychoed before.
const ENGINE: &str = concat!("psychoed ", env!("CARGO_PKG_VERSION"), ", typst 0.15.1, 1");

/// Prints sheets. What is the same for all of them is worked out once.
pub struct Printer {
    library: LazyHash<Library>,
    fonts: FontStore,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    /// The site's own among the theme's files.
    own: HashMap<FileId, SitePath>,
    standards: PdfStandards,
    fingerprint: Vec<u8>,
    /// How many pages were printed of which Typst may still remember something.
    unforgotten: AtomicUsize,
    /// Held while something long is printed.
    long: Mutex<()>,
}

impl Printer {
    /// Sets up the theme's files and fonts. Always there with the feature `pdf`.
    pub fn new(theme: &Theme, faces: &[Face]) -> Option<Self> {
        let features = [Feature::A11yExtras].into_iter().collect();
        let mut fingerprint = Sha256::new_with_prefix(ENGINE);
        let mut fonts = FontStore::new();
        for face in faces {
            fingerprint.update(Sha256::digest(face));
            let found = Font::iter(Bytes::new(face.clone()));
            fonts.extend(found.map(|font| (font.clone(), font.info().clone())));
        }
        let (mut sources, mut files, mut own) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (path, file) in &theme.files {
            let Some(name) = path.strip_prefix(FOLDER) else { continue };
            let Some(id) = virtual_file(name) else { continue };
            fingerprint.update(name);
            fingerprint.update(Sha256::digest(&file.bytes));
            match std::str::from_utf8(&file.bytes) {
                Ok(text) if name.ends_with(".typ") => {
                    sources.insert(id, Source::new(id, text.to_owned()));
                }
                _ => {
                    files.insert(id, Bytes::new(file.bytes.clone()));
                }
            }
            own.extend(file.source.clone().map(|path| (id, path)));
        }
        Some(Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            fonts,
            sources,
            files,
            own,
            standards: PdfStandards::new(&[PdfStandard::Ua_1]).ok()?,
            fingerprint: fingerprint.finalize().to_vec(),
            unforgotten: AtomicUsize::new(0),
            long: Mutex::default(),
        })
    }

    /// What changes with anything that all sheets are made of.
    pub(super) fn fingerprint(&self) -> &[u8] {
        &self.fingerprint
    }

    /// Lays out a sheet. Typst is a large machine, and a panic in it must not take the build along.
    pub(super) fn print(&self, job: &Job) -> Result<Sheet, Fault> {
        // A pack takes as much memory as a hundred sheets, so there is one at a time.
        let alone = job.is_long.then(|| self.long.lock().unwrap_or_else(PoisonError::into_inner));
        // Typst remembers something of what fails, too: that counts as one page.
        self.unforgotten.fetch_add(1, Ordering::Relaxed);
        let printed = catch_unwind(AssertUnwindSafe(|| self.lay_out(job)));
        self.forget(alone.is_some());
        let broke_down = |_| Err(Fault { message: "Typst broke down over it".to_owned(), at: None });
        printed.unwrap_or_else(broke_down)
    }

    /// Throws away what Typst remembers: everything, or what was not used lately once there are enough pages of it.
    fn forget(&self, everything: bool) {
        if everything || self.unforgotten.load(Ordering::Relaxed) >= PAGES_REMEMBERED {
            self.unforgotten.store(0, Ordering::Relaxed);
            comemo::evict(usize::from(!everything));
        }
    }

    fn lay_out(&self, job: &Job) -> Result<Sheet, Fault> {
        let desk = Desk::new(self, job)
            .ok_or_else(|| Fault { message: format!("the theme has no `{FOLDER}{}`", job.template), at: None })?;
        let document: PagedDocument = typst::compile(&desk).output.map_err(|faults| self.fault(&desk, &faults))?;
        self.unforgotten.fetch_add(document.pages().len().saturating_sub(1), Ordering::Relaxed);
        let options = PdfOptions {
            ident: Smart::Custom(job.identity.clone()),
            creator: Smart::Custom(Some(format!("psychoed {}", env!("CARGO_PKG_VERSION")))),
            timestamp: job.date.and_then(|date| {
                let number = |number: i8| u8::try_from(number).ok();
                let (year, month, day) = (i32::from(date.year()), number(date.month())?, number(date.day())?);
                Some(Timestamp::new_utc(Datetime::from_ymd_hms(year, month, day, 0, 0, 0)?))
            }),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|faults| self.fault(&desk, &faults))?;
        let overflowing = if job.one_page { overflowing(&document) } else { None };
        Ok(Sheet { pdf: pdf.into(), overflowing })
    }

    fn fault(&self, desk: &Desk<'_>, faults: &[SourceDiagnostic]) -> Fault {
        let Some(fault) = faults.first() else { return Fault { message: "Typst failed".to_owned(), at: None } };
        let at = fault.span.id().and_then(|id| {
            let path = self.own.get(&id)?.clone();
            Some((path, desk.range(fault.span).unwrap_or_default()))
        });
        Fault { message: fault.message.trim_end_matches('.').to_owned(), at }
    }
}

/// The section that the first page does not hold: the last heading before the second page's first words.
fn overflowing(document: &PagedDocument) -> Option<String> {
    if document.pages().len() < 2 {
        return None;
    }
    let introspector = document.introspector();
    let headings = introspector.query(&HeadingElem::ELEM.select());
    let page_of = |heading: &Content| introspector.page(heading.location()?).map(|page| page.get());
    let first_beyond = headings.iter().position(|heading| page_of(heading).is_some_and(|page| page > 1));
    let at = match first_beyond {
        Some(at) if page_of(&headings[at]) == Some(2) && starts_a_page(introspector.as_ref(), &headings[at]) => at,
        Some(at) => at.saturating_sub(1),
        None => headings.len().checked_sub(1)?,
    };
    Some(headings.get(at)?.to_packed::<HeadingElem>()?.body.plain_text().trim().to_owned())
}

/// Whether nothing stands above a heading on its page.
fn starts_a_page(introspector: &typst_layout::PagedIntrospector, heading: &Content) -> bool {
    /// The margin of every paper, and the running head in it, ends above this.
    const TOP: f64 = 120.0;
    let place = heading.location().and_then(|location| introspector.position(location));
    place.is_some_and(|place| place.point.y.to_pt() < TOP)
}

/// One job on Typst's desk.
struct Desk<'p> {
    printer: &'p Printer,
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl<'p> Desk<'p> {
    fn new(printer: &'p Printer, job: &Job) -> Option<Self> {
        let main = virtual_file(job.template).filter(|main| printer.sources.contains_key(main))?;
        let data = (virtual_file(DATA)?, Bytes::from_string(job.data.clone()));
        let others =
            job.files.iter().filter_map(|(name, bytes)| Some((virtual_file(name)?, Bytes::new(bytes.clone()))));
        Some(Self { printer, main, files: std::iter::once(data).chain(others).collect() })
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.printer.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.printer.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.printer.sources.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let source = || self.printer.sources.get(&id).map(|source| Bytes::from_string(source.text().to_owned()));
        let file = self.files.get(&id).or_else(|| self.printer.files.get(&id)).cloned();
        file.or_else(source).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.printer.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

fn virtual_file(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}
