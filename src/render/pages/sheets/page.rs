//! What the sheet of one page is made of.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use serde::Serialize;

use super::super::{Rendering, cards, citing, written};
use super::frame::{Frame, OnTheWeb, base_on_paper, frame, on_the_web};
use super::{Form, SheetOf, path};
use crate::config::Variant;
use crate::content::KindName;
use crate::render::print::tree::{self, Printed};
use crate::render::print::{self, Job};
use crate::render::view::{BibliographyEntryView, DocumentControlView};
use crate::site::generated::currency_url;
use crate::site::{Edition, PageIndex};
use crate::source::Span;

/// The theme's file that lays out a page.
const TEMPLATE: &str = "sheet.typ";

/// What the theme's file gets as `/doc.json`.
#[derive(Serialize)]
struct SheetView<'a> {
    /// Its place in the pack that it is a part of, from 0.
    part: Option<usize>,
    #[serde(flatten)]
    frame: Frame<'a>,
    /// `learner` or `instructor`, for a module that has both.
    form: Option<&'static str>,
    kind: &'static str,
    kind_title: &'a str,
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

/// A page's own sheet, and its blocks with their places.
pub(super) fn job(rendering: &Rendering, sheet: SheetOf, index: PageIndex) -> (Job, Vec<(Span, Printed)>) {
    let page = &rendering.site.pages[index];
    let edition = match sheet.form {
        Form::Learner => rendering.learners(),
        // It is handed over, whoever printed it: what is for others stays on the screen.
        Form::Whole if cards::is_for_patients(page) => rendering.patients(),
        Form::Whole | Form::Instructor => &rendering.edition,
    };
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
    pub(super) files: BTreeMap<String, Bytes>,
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
    let (site, page, words) = (&rendering.site, &rendering.site.pages[index], rendering.words_of(index));
    let front_matter = &page.document.front_matter;
    let folder = part.map(|part| format!("/part{part}")).unwrap_or_default();
    let base = base_on_paper(rendering, cards::is_for_patients(page), &[index]);
    let reading = tree::Reading { site, edition, page: index, base: base.as_deref(), folder: &folder, words };
    let (body, cited) = written::cited_body(rendering, index, &reading);
    let bibliography = citing::bibliography(&cited.entries);
    let mut files = body.pictures;
    let version = front_matter.version.as_deref();
    let current = front_matter
        .id
        .as_ref()
        .and_then(|id| on_the_web(base.as_deref(), &currency_url(&id.value), version, &folder, &mut files));
    let view = SheetView {
        part,
        frame: frame(rendering, sheet, site.language(page), &mut files),
        form: match sheet.form {
            Form::Whole => None,
            Form::Learner => Some("learner"),
            Form::Instructor => Some("instructor"),
        },
        kind: page.kind().name(),
        kind_title: words.named("kind", page.kind().name()),
        for_patients: cards::is_for_patients(page),
        title: page.title(),
        summary: front_matter.summary.as_deref(),
        phases: titles(rendering.phases(), &front_matter.phases, |phase| (&phase.id, &phase.title)),
        focal_areas: titles(rendering.focal_areas(), &front_matter.focal_areas, |area| (&area.id, &area.title)),
        control: written::document_control(rendering, words, page),
        current,
        particulars: written::particulars(rendering, words, index, &cited),
        body: body.blocks.iter().map(|(_, block)| block).collect(),
        footnotes: &body.footnotes,
        anchors: body.anchors.iter().cloned().chain(bibliography.iter().map(|entry| entry.id.clone())).collect(),
        bibliography,
    };
    let data = print::without_html(serde_json::to_value(&view).unwrap_or_default());
    Laid { data, files, blocks: body.blocks }
}

fn titles<'a, T: 'a>(
    known: impl Iterator<Item = &'a T>,
    ids: &[crate::source::Spanned<String>],
    named: impl Fn(&'a T) -> (&'a String, &'a String),
) -> Vec<&'a str> {
    let named = known.map(named).filter(|(id, _)| ids.iter().any(|wanted| wanted.value == **id));
    named.map(|(_, title)| title.as_str()).collect()
}
