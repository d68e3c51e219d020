//! What the sheet of one page is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::super::{Rendering, base_of, cards, citing, shell, written};
use super::{Form, SheetOf, path};
use crate::config::{Paper, Variant};
use crate::content::{Audience, KindName};
use crate::render::address;
use crate::render::print::tree::{self, Printed};
use crate::render::print::{self, Job};
use crate::render::view::{BibliographyEntryView, DocumentControlView, OrganisationView};
use crate::site::generated::currency_url;
use crate::site::{Edition, PageIndex};
use crate::source::Span;
use crate::theme::accent::Palette;

/// The theme's file that lays out a page.
const TEMPLATE: &str = "sheet.typ";

/// What the theme's file gets as `/doc.json`.
#[derive(Serialize)]
struct SheetView<'a> {
    /// Its place in the pack that it is a part of, from 0.
    part: Option<usize>,
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
    /// Where readers learn whether their copy is current.
    current: Option<OnTheWeb>,
    #[serde(flatten)]
    particulars: written::Particulars,
    body: Vec<&'a Printed>,
    footnotes: &'a [Vec<Printed>],
    bibliography: Vec<BibliographyEntryView>,
    /// Places that links within the sheet may name.
    anchors: BTreeSet<String>,
}

/// What every sheet says of the site.
#[derive(Serialize)]
pub(super) struct SiteOnPaper<'a> {
    title: &'a str,
    edition_title: &'a str,
    sample_notice: Option<&'a str>,
    organisation: OrganisationView,
    crisis_lines: Vec<crate::render::view::CrisisLineView>,
}

/// Where paper leads.
#[derive(Serialize)]
pub(super) struct OnTheWeb {
    address: String,
    /// The same without scheme and version, to print.
    shown: String,
    /// The virtual file with the code that a telephone reads, unless the address is too long for one.
    code: Option<String>,
}

/// A page's own sheet, and its blocks with their places.
pub(super) fn job(rendering: &Rendering, sheet: SheetOf, index: PageIndex) -> (Job, Vec<(Span, Printed)>) {
    let page = &rendering.site.pages[index];
    let edition = if sheet.form == Form::Learner { rendering.learners() } else { &rendering.edition };
    let Laid { data, files, blocks } = laid(rendering, sheet, index, edition, None);
    let job = Job {
        template: TEMPLATE,
        data: data.to_string(),
        files,
        identity: format!("{}/{}", rendering.edition.name, path(rendering, sheet)),
        // A sheet that nobody has reviewed bears no day: another day must not make another sheet.
        date: page.document.front_matter.reviewed.as_ref().map(|reviewed| reviewed.value),
        one_page: page.kind() == KindName::QuickReference && sheet.variant == Variant::Standard,
        is_long: false,
    };
    (job, blocks)
}

/// A page as the theme gets it.
pub(super) struct Laid {
    pub(super) data: serde_json::Value,
    /// The virtual files that the data names.
    pub(super) files: BTreeMap<String, Arc<[u8]>>,
    /// The body's blocks with their places in the Markdown.
    pub(super) blocks: Vec<(Span, Printed)>,
}

/// A page for those who see `edition`, be it by itself or as the part of a pack that has this number.
pub(super) fn laid(
    rendering: &Rendering,
    sheet: SheetOf,
    index: PageIndex,
    edition: &Edition,
    part: Option<usize>,
) -> Laid {
    let (site, page) = (&rendering.site, &rendering.site.pages[index]);
    let front_matter = &page.document.front_matter;
    let folder = part.map(|part| format!("/part{part}")).unwrap_or_default();
    let base = base_on_paper(rendering, cards::is_for_patients(page), &[index]);
    let reading = tree::Reading { site, edition, page: index, base: base.as_deref(), folder: &folder };
    let (body, cited) = written::cited_body(rendering, index, &reading);
    let bibliography = citing::bibliography(&cited.entries);
    let mut files = body.pictures;
    let logo = logo(rendering, &mut files);
    let version = front_matter.version.as_deref();
    let current = front_matter
        .id
        .as_ref()
        .and_then(|id| on_the_web(base.as_deref(), &currency_url(&id.value), version, &folder, &mut files));
    let view = SheetView {
        part,
        paper: paper(sheet.paper),
        variant: sheet.variant.name(),
        form: match sheet.form {
            Form::Whole => None,
            Form::Learner => Some("learner"),
            Form::Instructor => Some("instructor"),
        },
        language: site.language(page),
        direction: shell::direction(site.language(page)),
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
        particulars: written::particulars(rendering, index, &cited),
        body: body.blocks.iter().map(|(_, block)| block).collect(),
        footnotes: &body.footnotes,
        anchors: body.anchors.iter().cloned().chain(bibliography.iter().map(|entry| entry.id.clone())).collect(),
        bibliography,
    };
    let data = print::without_html(serde_json::to_value(&view).unwrap_or_default());
    Laid { data, files, blocks: body.blocks }
}

/// A paper as Typst calls it.
pub(super) fn paper(paper: Paper) -> &'static str {
    match paper {
        Paper::A4 => "a4",
        Paper::Letter => "us-letter",
    }
}

/// What every sheet says of the site.
pub(super) fn site_on_paper(rendering: &Rendering) -> SiteOnPaper<'_> {
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
pub(super) fn logo(rendering: &Rendering, files: &mut BTreeMap<String, Arc<[u8]>>) -> Option<String> {
    let path = &rendering.site.config.theme.logo.as_ref()?.value;
    let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
    let bytes = rendering.site.sources.bytes(path).filter(|_| tree::PRINTABLE.contains(&extension.as_str()))?;
    let name = format!("{}.{extension}", print::LOGO);
    files.insert(name.clone(), bytes.clone());
    Some(name)
}

/// The address that paper leads to. What a clinician hands to a patient leads to the edition for patients, if they have one that
/// holds all of it, whichever edition it was printed from.
pub(super) fn base_on_paper(rendering: &Rendering, for_patients: bool, pages: &[PageIndex]) -> Option<String> {
    let site = &rendering.site;
    let has_all = |edition: &&Arc<Edition>| {
        edition.audiences == [Audience::Patient] && pages.iter().all(|page| edition.holds(*page))
    };
    match site.editions.iter().find(has_all).filter(|_| for_patients) {
        Some(edition) => base_of(site, edition),
        None => rendering.base.clone(),
    }
}

/// A page of the site as paper leads to it, its code among the virtual files; `None` where nobody knows the site's address.
pub(super) fn on_the_web(
    base: Option<&str>,
    url: &str,
    version: Option<&str>,
    folder: &str,
    files: &mut BTreeMap<String, Arc<[u8]>>,
) -> Option<OnTheWeb> {
    let address = address::absolute(base?, url);
    let shown = address.split_once("://").map_or(address.as_str(), |(_, shown)| shown).to_owned();
    let version = version.map(|version| format!("?v={}", address::encoded(version)));
    let address = address + &version.unwrap_or_default();
    let code = print::qr_code(&address).map(|code| {
        let name = format!("{folder}{}", print::CODE);
        files.insert(name.clone(), Arc::from(code.into_bytes()));
        name
    });
    Some(OnTheWeb { address, shown, code })
}
