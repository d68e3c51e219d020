//! Pages and packs as PDFs: which there are, where, and who is to blame for one that cannot be printed. [`page`] and [`pack`] say what
//! each is made of.

mod frame;
mod pack;
mod page;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Rendering, packs};
use crate::config::{Paper, Variant};
use crate::content::block::{Block, BlockBody, Directive};
use crate::content::writing::is_right_to_left;
use crate::content::{Audience, KindName};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::render::address;
use crate::render::print::tree::Printed;
use crate::render::print::{self, Fault, Job, Sheet};
use crate::render::view::LinkView;
use crate::render::{Printable, Wanted};
use crate::site::generated::pack_url;
use crate::site::{Edition, Pack, Page, PageIndex};
use crate::source::{SitePath, Sources, Span};
use crate::theme::Words;

/// The rule that a sheet breaks that Typst cannot lay out.
const BROKEN: &str = "sheet-broken";
/// The rule that a quick reference breaks that needs a second page.
const TOO_LONG: &str = "quick-reference-over-one-page";
const MEND_THEME: &str = "Mend the file; without it, the one that comes with psychoed is used.";
const NO_PDF: &str = "Write it in another way, or build without PDFs: `psychoed build --no-pdf`.";

/// One PDF: of what, for whom, and on what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) struct SheetOf {
    subject: Subject,
    form: Form,
    paper: Paper,
    variant: Variant,
}

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Subject {
    /// A page.
    Page(PageIndex),
    /// A pack, by its place among those of the edition.
    Pack(usize),
}

/// What of it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Everything that its readers may see.
    Whole,
    /// The same without what only people who teach may read.
    Learner,
    /// A module with what only people who teach may read.
    Instructor,
}

/// Every sheet of an edition.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    at: BTreeMap<String, SheetOf>,
    /// Paths of the sheets of a page or pack, the one most used first.
    of: HashMap<Subject, Vec<String>>,
    /// Whether links have to say which paper they are for.
    several_papers: bool,
}

impl Sheets {
    /// Finds out which sheets an edition has. A file of that name in the content folder stands in for one.
    pub(super) fn of(rendering: &Rendering) -> Self {
        let mut sheets = Self { several_papers: rendering.site.config.pdf.papers.len() > 1, ..Self::default() };
        if rendering.means.printer.is_none() {
            return sheets;
        }
        let pages = rendering.edition.pages.iter().filter(|page| is_printed(rendering, **page));
        let packs = (0..rendering.navigation.packs.len()).map(Subject::Pack);
        let subjects: Vec<Subject> = pages.map(|page| Subject::Page(*page)).chain(packs).collect();
        let found = subjects.into_par_iter().flat_map_iter(|subject| {
            let of_it = sheets_of(rendering, subject).into_iter().map(|sheet| (path(rendering, sheet), sheet));
            of_it.filter(|(path, _)| !rendering.site.sources.files.contains_key(address::source_of_file(path).as_str()))
        });
        for (path, sheet) in found.collect::<Vec<_>>() {
            if !sheets.at.contains_key(&path) {
                sheets.of.entry(sheet.subject).or_default().push(path.clone());
                sheets.at.insert(path, sheet);
            }
        }
        sheets
    }

    /// The sheet at a path within the edition.
    pub(super) fn at(&self, path: &str) -> Option<SheetOf> {
        self.at.get(path).copied()
    }

    /// Every sheet with its path.
    pub(super) fn all(&self) -> Vec<(&str, SheetOf)> {
        self.at.iter().map(|(path, sheet)| (path.as_str(), *sheet)).collect()
    }

    /// A page's sheets, as links on the page at `from`.
    pub(super) fn links(&self, words: &Words, from: &SitePath, page: PageIndex) -> Vec<LinkView> {
        self.links_to(words, from, Subject::Page(page))
    }

    fn links_to(&self, words: &Words, from: &SitePath, subject: Subject) -> Vec<LinkView> {
        let paths = self.of.get(&subject).map_or(&[][..], Vec::as_slice);
        let link = |path: &String| {
            Some(LinkView {
                title: title(words, *self.at.get(path)?, self.several_papers),
                url: address::relative(from, path),
            })
        };
        paths.iter().filter_map(link).collect()
    }
}

/// Whether pages of this kind are handed over on paper. Those written from right to left are laid out well, but what a
/// screen reader would get of them is doubtful, so they stay on the web.
fn is_printed(rendering: &Rendering, page: PageIndex) -> bool {
    let page = &rendering.site.pages[page];
    page.kind().is_printed() && !is_right_to_left(rendering.site.language(page))
}

fn sheets_of(rendering: &Rendering, subject: Subject) -> Vec<SheetOf> {
    let pdf = &rendering.site.config.pdf;
    let mut sheets = Vec::new();
    for form in forms(rendering, subject) {
        for &paper in &pdf.papers {
            sheets.extend(pdf.variants.iter().map(|&variant| SheetOf { subject, form, paper, variant }));
        }
    }
    sheets
}

fn forms(rendering: &Rendering, subject: Subject) -> Vec<Form> {
    let Subject::Page(page) = subject else { return vec![Form::Whole] };
    let page = &rendering.site.pages[page];
    let teaches = rendering.edition.audiences.contains(&Audience::Instructor)
        && page.kind() == KindName::Module
        && page.document.blocks.iter().any(is_for_instructors);
    if teaches { vec![Form::Learner, Form::Instructor] } else { vec![Form::Whole] }
}

fn is_for_instructors(block: &Block) -> bool {
    matches!(&block.body, BlockBody::Directive { directive: Directive::For(Audience::Instructor), .. })
        || block.children().any(is_for_instructors)
}

/// `handouts/grief.pdf`, `packs/grief-large-print-letter.pdf`, `course/m1-instructor.pdf`.
fn path(rendering: &Rendering, sheet: SheetOf) -> String {
    let pdf = &rendering.site.config.pdf;
    let url = match sheet.subject {
        Subject::Page(page) => rendering.site.pages[page].url.to_string(),
        Subject::Pack(number) => pack_url(&rendering.navigation.packs[number].id),
    };
    let mut path = url.strip_suffix(".html").unwrap_or(&url).to_owned();
    if sheet.form == Form::Instructor {
        path.push_str("-instructor");
    }
    if pdf.variants.first() != Some(&sheet.variant) || sheet.variant != Variant::Standard {
        path.push('-');
        path.push_str(sheet.variant.name());
    }
    if pdf.papers.first() != Some(&sheet.paper) {
        path.push('-');
        path.push_str(sheet.paper.name());
    }
    path + ".pdf"
}

/// What the link to a sheet says.
fn title(words: &Words, sheet: SheetOf, with_paper: bool) -> String {
    let form = match sheet.form {
        Form::Instructor => Some(words.say("pdf.instructors")),
        Form::Whole | Form::Learner => None,
    };
    let variant = (sheet.variant == Variant::LargePrint).then(|| words.say("pdf.large-print"));
    let paper = with_paper.then_some(sheet.paper.title());
    let parts: Vec<&str> = [variant, form, paper].into_iter().flatten().collect();
    if parts.is_empty() { "PDF".to_owned() } else { format!("PDF ({})", parts.join(", ")) }
}

impl Rendering {
    /// Every sheet of the edition.
    pub(super) fn sheets(&self) -> &Sheets {
        self.sheets.get_or_init(|| Arc::new(Sheets::of(self)))
    }

    /// A pack's sheets, as links on the page at `from`.
    pub(super) fn links_to_pack(&self, from: &SitePath, pack: &Pack) -> Vec<LinkView> {
        let number = self.navigation.pack_number(&pack.id);
        number.map(|number| self.sheets().links_to(self.words(), from, Subject::Pack(number))).unwrap_or_default()
    }

    /// The edition as people see it who learn.
    fn learners(&self) -> &Edition {
        self.learners.get_or_init(|| self.edition.seen_by(|audience| audience != Audience::Instructor))
    }

    /// The edition as patients see it.
    fn patients(&self) -> &Edition {
        self.patients.get_or_init(|| self.edition.seen_by(|audience| audience == Audience::Patient))
    }

    /// The sheet that somebody asks for, if the edition can have it, with a name for its file.
    pub(in crate::render) fn wanted_sheet(&self, wanted: &Wanted) -> Option<(String, SheetOf)> {
        let Wanted { ref what, paper, variant, instructor } = *wanted;
        self.means.printer.as_ref()?;
        let subject = match what {
            Printable::Page(page) if self.edition.holds(*page) && is_printed(self, *page) => Subject::Page(*page),
            Printable::Page(_) => return None,
            Printable::Pack(id) => Subject::Pack(self.navigation.pack_number(id)?),
        };
        let form = match forms(self, subject)[..] {
            [.., Form::Instructor] if instructor => Form::Instructor,
            _ if instructor => return None,
            [first, ..] => first,
            [] => return None,
        };
        let pdf = &self.site.config.pdf;
        let paper = paper.or(pdf.papers.first().copied())?;
        let variant = variant.or(pdf.variants.first().copied())?;
        let sheet = SheetOf { subject, form, paper, variant };
        let path = path(self, sheet);
        Some((path.rsplit('/').next().unwrap_or(&path).to_owned(), sheet))
    }

    /// Prints one sheet. What was wrong with it, and still let it be printed, comes with it.
    pub(in crate::render) fn sheet(&self, sheet: SheetOf) -> crate::render::Printed {
        match sheet.subject {
            Subject::Page(index) => self.sheet_of_page(sheet, index),
            Subject::Pack(number) => self.sheet_of_pack(sheet, &self.navigation.packs[number]),
        }
    }

    fn sheet_of_page(&self, sheet: SheetOf, index: PageIndex) -> crate::render::Printed {
        let page = &self.site.pages[index];
        let Some(printer) = &self.means.printer else { return Err(without_print(&page.path)) };
        let (job, blocks) = page::job(self, sheet, index);
        match printer.sheet(&job, self.means.printing.shelf.as_deref()) {
            Ok(Sheet { pdf, overflowing }) => {
                let fault = overflowing.map(|section| too_long(page, &section));
                Ok((pdf, fault))
            }
            Err(fault) => Err(blame(page, fault, || failing_block(printer, &job, &blocks))),
        }
    }

    /// What is wrong with a page of the pack is told by that page's own sheet, in the same words.
    fn sheet_of_pack(&self, sheet: SheetOf, pack: &Pack) -> crate::render::Printed {
        let config = SitePath::new(Sources::CONFIG);
        let Some(printer) = &self.means.printer else { return Err(without_print(&config)) };
        let job = pack::job(self, sheet, pack);
        printer.sheet(&job, self.means.printing.shelf.as_deref()).map(|printed| (printed.pdf, None)).map_err(|fault| {
            let alone = |&page: &PageIndex| self.sheet_of_page(SheetOf { subject: Subject::Page(page), ..sheet }, page);
            pack.pages.iter().find_map(|page| alone(page).err()).unwrap_or_else(|| {
                let message = format!(
                    "the pack “{}” cannot be laid out: {}",
                    packs::title(self.words(), &pack.title),
                    fault.message
                );
                match fault.at {
                    Some((path, span)) => broken(Location::new(&path, &span), message).hint(MEND_THEME),
                    None => broken(Location::top(&config), message).hint(NO_PDF),
                }
            })
        })
    }
}

fn without_print(path: &SitePath) -> Diagnostic {
    broken(Location::top(path), "psychoed was built without print".to_owned())
}

fn too_long(page: &Page, section: &str) -> Diagnostic {
    let heading = page.document.headings.iter().find(|heading| heading.text.trim() == section);
    let at = heading.map_or_else(|| Location::top(&page.path), |heading| page.at(&heading.span));
    let where_ = if heading.is_some() { format!("“{section}” runs") } else { "its end runs".to_owned() };
    let message = format!("this quick reference does not fit one printed page: {where_} over");
    Diagnostic { severity: Severity::Warning, ..Diagnostic::error(TOO_LONG, at, message) }
        .hint("Shorten the page, or move what is rarely needed into a session guide and link to it.")
}

fn broken(at: Location, message: String) -> Diagnostic {
    Diagnostic::error(BROKEN, at, message)
}

/// A fault of the site's own theme stands there; any other at the block that cannot be laid out.
fn blame(page: &Page, fault: Fault, failing: impl FnOnce() -> Option<Span>) -> Diagnostic {
    match fault.at {
        Some((path, span)) => broken(
            Location::new(&path, &span),
            format!("the sheet of “{}” cannot be laid out: {}", page.title(), fault.message),
        )
        .hint(MEND_THEME),
        None => {
            let at = failing().map_or_else(|| Location::top(&page.path), |span| page.at(&span));
            broken(at, format!("this cannot be printed: {}", fault.message)).hint(NO_PDF)
        }
    }
}

/// The first block that cannot be laid out even by itself.
fn failing_block(printer: &print::Printer, job: &Job, blocks: &[(Span, Printed)]) -> Option<Span> {
    let mut data: serde_json::Value = serde_json::from_str(&job.data).ok()?;
    let mut fails = |printed: &[&Printed]| {
        data["body"] = serde_json::to_value(printed).unwrap_or_default();
        printer.sheet(&Job { data: data.to_string(), ..job.clone() }, None).is_err()
    };
    if fails(&[]) {
        return None;
    }
    blocks.iter().find(|(_, block)| fails(&[block])).map(|(span, _)| span.clone())
}
