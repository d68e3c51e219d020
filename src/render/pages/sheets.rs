//! Pages as PDFs: which there are, where, and what each is made of.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::Serialize;

use super::{Rendering, cards, citing, shell, written};
use crate::config::{Paper, Variant};
use crate::content::block::{Block, BlockBody, Directive};
use crate::content::writing::is_right_to_left;
use crate::content::{Audience, KindName};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::render::Wanted;
use crate::render::address;
use crate::render::print::tree::{self, Printed};
use crate::render::print::{self, Fault, Job, Sheet};
use crate::render::view::{BibliographyEntryView, DocumentControlView, LinkView, OrganisationView};
use crate::site::{Edition, Page, PageIndex};
use crate::source::{SitePath, Span};
use crate::theme::accent::Palette;

/// The rule that a sheet breaks that Typst cannot lay out.
const BROKEN: &str = "sheet-broken";
/// The rule that a quick reference breaks that needs a second page.
const TOO_LONG: &str = "quick-reference-over-one-page";
/// The theme's file that lays out a page.
const TEMPLATE: &str = "sheet.typ";

/// One sheet: a page, for whom, and on what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) struct SheetOf {
    page: PageIndex,
    form: Form,
    paper: Paper,
    variant: Variant,
}

/// What of a page is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Everything that the edition shows.
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
    /// Paths of a page's sheets, the one most used first.
    of: HashMap<PageIndex, Vec<String>>,
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
        for &page in rendering.edition.pages.iter().filter(|page| is_printed(rendering, **page)) {
            for sheet in sheets_of(rendering, page) {
                let path = path(rendering, sheet);
                let taken = rendering.site.sources.bytes(address::source_of_file(&path).as_str()).is_some();
                if !taken && !sheets.at.contains_key(&path) {
                    sheets.of.entry(page).or_default().push(path.clone());
                    sheets.at.insert(path, sheet);
                }
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

    /// A page's sheets, as links on it.
    pub(super) fn links(&self, from: &SitePath, page: PageIndex) -> Vec<LinkView> {
        let paths = self.of.get(&page).map_or(&[][..], Vec::as_slice);
        let link = |path: &String| {
            Some(LinkView {
                title: title(*self.at.get(path)?, self.several_papers),
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

fn sheets_of(rendering: &Rendering, page: PageIndex) -> Vec<SheetOf> {
    let pdf = &rendering.site.config.pdf;
    let mut sheets = Vec::new();
    for form in forms(rendering, page) {
        for &paper in &pdf.papers {
            sheets.extend(pdf.variants.iter().map(|&variant| SheetOf { page, form, paper, variant }));
        }
    }
    sheets
}

fn forms(rendering: &Rendering, page: PageIndex) -> Vec<Form> {
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

/// `handouts/grief.pdf`, `handouts/grief-large-print-letter.pdf`, `course/m1-instructor.pdf`.
fn path(rendering: &Rendering, sheet: SheetOf) -> String {
    let pdf = &rendering.site.config.pdf;
    let url = rendering.site.pages[sheet.page].url.as_str();
    let mut path = url.strip_suffix(".html").unwrap_or(url).to_owned();
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
fn title(sheet: SheetOf, with_paper: bool) -> String {
    let form = match sheet.form {
        Form::Instructor => Some("for instructors"),
        Form::Whole | Form::Learner => None,
    };
    let variant = (sheet.variant == Variant::LargePrint).then_some("large print");
    let paper = with_paper.then_some(sheet.paper.title());
    let parts: Vec<&str> = [variant, form, paper].into_iter().flatten().collect();
    if parts.is_empty() { "PDF".to_owned() } else { format!("PDF ({})", parts.join(", ")) }
}

impl Rendering {
    /// Every sheet of the edition.
    pub(super) fn sheets(&self) -> &Sheets {
        self.sheets.get_or_init(|| Sheets::of(self))
    }

    /// The edition as people see it who learn.
    fn learners(&self) -> &Edition {
        self.learners.get_or_init(|| self.edition.without(Audience::Instructor))
    }

    /// The sheet that somebody asks for, if the edition can have it, with a name for its file.
    pub(in crate::render) fn wanted_sheet(&self, wanted: &Wanted) -> Option<(String, SheetOf)> {
        let Wanted { page, paper, variant, instructor } = *wanted;
        if self.means.printer.is_none() || !self.edition.holds(page) || !is_printed(self, page) {
            return None;
        }
        let form = match forms(self, page)[..] {
            [.., Form::Instructor] if instructor => Form::Instructor,
            _ if instructor => return None,
            [first, ..] => first,
            [] => return None,
        };
        let pdf = &self.site.config.pdf;
        let paper = paper.or(pdf.papers.first().copied())?;
        let variant = variant.or(pdf.variants.first().copied())?;
        let sheet = SheetOf { page, form, paper, variant };
        let path = path(self, sheet);
        Some((path.rsplit('/').next().unwrap_or(&path).to_owned(), sheet))
    }

    /// Prints one sheet. What was wrong with it, and still let it be printed, comes with it.
    pub(in crate::render) fn sheet(&self, sheet: SheetOf) -> crate::render::Printed {
        let page = &self.site.pages[sheet.page];
        let Some(printer) = &self.means.printer else {
            return Err(broken(Location::top(&page.path), "psychoed was built without print".to_owned()));
        };
        let (job, blocks) = job(self, sheet);
        match printer.sheet(&job, self.means.printing.shelf.as_deref()) {
            Ok(Sheet { pdf, overflowing }) => {
                let fault = overflowing.map(|section| too_long(page, &section));
                Ok((pdf, fault))
            }
            Err(fault) => Err(blame(page, fault, || failing_block(printer, &job, &blocks))),
        }
    }
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
        .hint("Mend the file; without it, the one that comes with psychoed is used."),
        None => {
            let at = failing().map_or_else(|| Location::top(&page.path), |span| page.at(&span));
            broken(at, format!("this cannot be printed: {}", fault.message))
                .hint("Write it in another way, or build without PDFs: `psychoed build --no-pdf`.")
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

/// What the theme's file gets as `/doc.json`.
#[derive(Serialize)]
struct SheetView<'a> {
    /// `a4` or `us-letter`, as Typst calls them.
    paper: &'static str,
    /// `standard` or `large-print`.
    variant: &'static str,
    /// `learner` or `instructor`, for a module that has both.
    form: Option<&'static str>,
    /// BCP 47 tag.
    language: &'a str,
    /// `ltr` or `rtl`.
    direction: &'static str,
    site: SiteOnPaper<'a>,
    /// The virtual file of the logo.
    logo: Option<&'a str>,
    /// The accent, what can be read on it, and its tint.
    colours: [String; 3],
    kind: &'static str,
    kind_title: &'static str,
    for_patients: bool,
    title: &'a str,
    summary: Option<&'a str>,
    phases: Vec<&'a str>,
    focal_areas: Vec<&'a str>,
    control: DocumentControlView,
    /// Where readers learn whether their copy is current; its code is `/qr.svg`.
    current: Option<Current>,
    #[serde(flatten)]
    particulars: written::Particulars,
    body: Vec<&'a Printed>,
    footnotes: &'a [Vec<Printed>],
    bibliography: Vec<BibliographyEntryView>,
    /// Places that links within the sheet may name.
    anchors: BTreeSet<String>,
}

#[derive(Serialize)]
struct SiteOnPaper<'a> {
    title: &'a str,
    edition_title: &'a str,
    sample_notice: Option<&'a str>,
    organisation: OrganisationView,
    crisis_lines: Vec<crate::render::view::CrisisLineView>,
}

#[derive(Serialize)]
struct Current {
    address: String,
    /// The same without scheme and version, to print.
    shown: String,
}

/// Everything a sheet is made of, and its blocks with their places.
fn job(rendering: &Rendering, sheet: SheetOf) -> (Job, Vec<(Span, Printed)>) {
    let (site, page) = (&rendering.site, &rendering.site.pages[sheet.page]);
    let front_matter = &page.document.front_matter;
    let edition = if sheet.form == Form::Learner { rendering.learners() } else { &rendering.edition };
    let reading = tree::Reading { site, edition, page: sheet.page, base: rendering.base.as_deref() };
    let (body, cited) = written::cited_body(rendering, sheet.page, &reading);
    let bibliography = citing::bibliography(&cited.entries);
    let current = current(rendering, page);
    let mut files = body.pictures;
    let logo = logo(rendering, &mut files);
    if let Some(code) = current.as_ref().and_then(|current| print::qr_code(&current.address)) {
        files.insert(print::CODE.to_owned(), Arc::from(code.into_bytes()));
    }
    let view = SheetView {
        paper: match sheet.paper {
            Paper::A4 => "a4",
            Paper::Letter => "us-letter",
        },
        variant: sheet.variant.name(),
        form: match sheet.form {
            Form::Whole => None,
            Form::Learner => Some("learner"),
            Form::Instructor => Some("instructor"),
        },
        language: &site.config.language,
        direction: shell::direction(&site.config.language),
        site: site_on_paper(rendering),
        logo: logo.as_deref(),
        colours: Palette::of(&site.config).on_paper(),
        kind: page.kind().name(),
        kind_title: page.kind().title(),
        for_patients: cards::is_for_patients(page),
        title: page.title(),
        summary: front_matter.summary.as_deref(),
        phases: titles(rendering.phases(), &front_matter.phases, |phase| (&phase.id, &phase.title)),
        focal_areas: titles(rendering.focal_areas(), &front_matter.focal_areas, |area| (&area.id, &area.title)),
        control: written::document_control(rendering, page),
        current,
        particulars: written::particulars(rendering, sheet.page, &cited),
        body: body.blocks.iter().map(|(_, block)| block).collect(),
        footnotes: &body.footnotes,
        anchors: body.anchors.iter().cloned().chain(bibliography.iter().map(|entry| entry.id.clone())).collect(),
        bibliography,
    };
    let data = print::without_html(serde_json::to_value(&view).unwrap_or_default()).to_string();
    let job = Job {
        template: TEMPLATE,
        data,
        files,
        identity: format!("{}/{}", rendering.edition.name, path(rendering, sheet)),
        // A sheet that nobody has reviewed bears no day: another day must not make another sheet.
        date: front_matter.reviewed.as_ref().map(|reviewed| reviewed.value),
        one_page: page.kind() == KindName::QuickReference && sheet.variant == Variant::Standard,
    };
    (job, body.blocks)
}

fn site_on_paper(rendering: &Rendering) -> SiteOnPaper<'_> {
    let config = &rendering.site.config;
    SiteOnPaper {
        title: &config.title,
        edition_title: if rendering.edition.folder.is_empty() { "" } else { &rendering.edition.title },
        sample_notice: config.sample_notice.as_deref(),
        organisation: shell::organisation(&config.organisation),
        crisis_lines: shell::crisis_lines(config),
    }
}

fn titles<'a, T: 'a>(
    known: impl Iterator<Item = &'a T>,
    ids: &[crate::source::Spanned<String>],
    named: impl Fn(&'a T) -> (&'a String, &'a String),
) -> Vec<&'a str> {
    let named = known.map(named).filter(|(id, _)| ids.iter().any(|wanted| wanted.value == **id));
    named.map(|(_, title)| title.as_str()).collect()
}

/// Adds the site's logo to the virtual files, if it is of a kind that can be printed.
fn logo(rendering: &Rendering, files: &mut BTreeMap<String, Arc<[u8]>>) -> Option<String> {
    let path = &rendering.site.config.theme.logo.as_ref()?.value;
    let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
    let bytes = rendering.site.sources.bytes(path).filter(|_| tree::PRINTABLE.contains(&extension.as_str()))?;
    let name = format!("{}.{extension}", print::LOGO);
    files.insert(name.clone(), bytes.clone());
    Some(name)
}

/// Where readers learn whether their copy is current.
fn current(rendering: &Rendering, page: &Page) -> Option<Current> {
    let front_matter = &page.document.front_matter;
    let (base, id) = (rendering.base.as_deref()?, &front_matter.id.as_ref()?.value);
    let address = address::absolute(base, &format!("c/{id}.html"));
    let shown = address.split_once("://").map_or(address.as_str(), |(_, shown)| shown).to_owned();
    let version = front_matter.version.as_ref().map(|version| format!("?v={}", address::encoded(version)));
    Some(Current { address: address + &version.unwrap_or_default(), shown })
}
