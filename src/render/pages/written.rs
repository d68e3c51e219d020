//! The pages that somebody wrote.

use std::collections::BTreeSet;

use serde::Serialize;

use super::citing::{self, Cites};
use super::shell::{self, kind_link};
use super::uses::Uses;
use super::words::date;
use super::{Rendering, cards, evidence, packs, suitability};
use crate::config::{FocalArea, Phase};
use crate::content::front_matter::FrontMatter;
use crate::content::reference::Work;
use crate::content::{Citation, KindName, LinkIndex, PageKind};
use crate::render::citation::CitedPage;
use crate::render::html::{self, Body, Reading};
use crate::render::print::tree;
use crate::render::view::{
    CardView, ContentView, ContentsEntryView, DocumentControlView, EvidenceView, LinkView, ModuleView, SessionView,
    TargetView, TermView, VerdictView, WrittenView,
};
use crate::render::{address, structured_data};
use crate::site::generated::currency_url;
use crate::site::{LinkTarget, Page, PageIndex, Site};
use crate::source::SitePath;
use crate::theme::Words;

/// How many pages a term's page names at most.
const USED_ON: usize = 12;

/// A page as an edition's readers see it, before anything else is known about the edition.
pub(super) struct ReadPage {
    body: Body,
    /// What the page cites, its front matter's citations first.
    pub(super) cited: CitedPage,
    /// How many citations are the front matter's.
    leading: usize,
    /// Files that its front matter leads to.
    named_files: BTreeSet<SitePath>,
}

impl ReadPage {
    /// The body with its citations.
    pub(super) fn body_html(&self) -> String {
        self.body.with_citations(self.cited.citations.get(self.leading..).unwrap_or_default())
    }

    /// What the page uses of the rest of the site.
    pub(super) fn uses(&self) -> Uses {
        Uses {
            terms: self.body.terms.iter().copied().collect(),
            works: self.cited.entries.iter().map(|entry| entry.key.clone()).collect(),
            files: self.body.files.iter().chain(&self.named_files).cloned().collect(),
            words: self.body.words,
        }
    }

    /// The works it cites, in the order of its bibliography.
    pub(super) fn works<'s>(&'s self, site: &'s Site) -> impl Iterator<Item = &'s Work> {
        self.cited.entries.iter().filter_map(|entry| site.bibliography.work(&entry.key))
    }
}

/// Writes a page's body and formats what it cites.
pub(super) fn read(rendering: &Rendering, index: PageIndex) -> ReadPage {
    let page = &rendering.site.pages[index];
    let body = html::body(&Reading {
        site: &rendering.site,
        edition: &rendering.edition,
        page: index,
        terms: &rendering.terms,
        link_terms: cards::is_for_patients(page),
        pictures: &rendering.means.pictures,
        words: rendering.words_of(index),
    });
    let kind = &page.document.front_matter.kind;
    let leading = leading_citations(kind);
    let cited = rendering.means.citing.page(page, &leading, body.citations());
    let named_files = named_targets(page).filter_map(|target| match target {
        LinkTarget::Asset(path) => Some(path.clone()),
        _ => None,
    });
    ReadPage { body, cited, leading: leading.len(), named_files: named_files.collect() }
}

/// A page's body for paper, and what it cites there: a part of the edition's readers may get, with fewer blocks.
pub(super) fn cited_body(
    rendering: &Rendering,
    index: PageIndex,
    reading: &tree::Reading<'_>,
) -> (tree::Body, CitedPage) {
    let page = &rendering.site.pages[index];
    let leading = leading_citations(&page.document.front_matter.kind);
    let shown = tree::body(reading, &[]).citations;
    let cited = rendering.means.citing.page(page, &leading, shown.into_iter());
    let body = tree::body(reading, cited.citations.get(leading.len()..).unwrap_or_default());
    (body, cited)
}

/// What a page's front matter cites.
fn leading_citations(kind: &PageKind) -> Vec<Citation> {
    match kind {
        PageKind::Suitability(suitability) => suitability::citations(suitability.criteria.iter()),
        PageKind::Evidence(evidence) => evidence::citations(evidence),
        _ => Vec::new(),
    }
}

/// Where links in a page's front matter lead.
pub(super) fn named_targets(page: &Page) -> impl Iterator<Item = &LinkTarget> {
    let links: &[LinkIndex] = match &page.document.front_matter.kind {
        PageKind::SessionGuide(guide) => &guide.materials,
        PageKind::Module(module) => &module.prerequisites,
        _ => &[],
    };
    links.iter().filter_map(|&link| page.targets.get(link))
}

/// Whether a page names a work anywhere, if only in a block that the edition leaves out.
pub(super) fn may_cite(rendering: &Rendering, index: PageIndex) -> bool {
    let document = &rendering.site.pages[index].document;
    !document.citations.is_empty() || !leading_citations(&document.front_matter.kind).is_empty()
}

/// A written page with everything on it.
pub(super) fn page(rendering: &Rendering, index: PageIndex, read: &ReadPage) -> shell::Page {
    let page = &rendering.site.pages[index];
    let front_matter = &page.document.front_matter;
    let kind = page.kind();
    shell::Page {
        url: page.url.clone(),
        title: page.title().to_owned(),
        summary: front_matter.summary.clone(),
        kind: kind.name(),
        kind_title: rendering.words().named("kind", kind.name()).to_owned(),
        for_patients: cards::is_for_patients(page),
        above: if kind == KindName::Page { Vec::new() } else { vec![kind_link(rendering.words(), kind)] },
        written: Some(index),
        of: Some(index),
        json_ld: structured_data::page(rendering, index, read.works(&rendering.site)),
        content: ContentView::Written(Box::new(content(rendering, index, read))),
    }
}

fn content(rendering: &Rendering, index: PageIndex, read: &ReadPage) -> WrittenView {
    let page = &rendering.site.pages[index];
    let front_matter = &page.document.front_matter;
    let Particulars { session, verdicts, evidence, module, term } =
        particulars(rendering, rendering.words(), index, &read.cited);
    WrittenView {
        body_html: read.body_html(),
        contents: contents(rendering, index, read.body.words),
        phases: phases(rendering, &page.url, front_matter),
        focal_areas: focal_areas(rendering, &page.url, front_matter),
        related: rendering.cards(&page.url, &rendering.navigation.related(&rendering.site, index)),
        bibliography: citing::bibliography(&read.cited.entries),
        document_control: document_control(rendering, rendering.words(), page),
        sheets: rendering.sheets().links(rendering.words(), &page.url, index),
        session,
        verdicts,
        evidence,
        module,
        term,
    }
}

/// What only pages of one kind have.
#[derive(Default, Serialize)]
pub(super) struct Particulars {
    session: Option<SessionView>,
    verdicts: Vec<VerdictView>,
    evidence: Option<EvidenceView>,
    module: Option<ModuleView>,
    term: Option<TermView>,
}

/// What a page's front matter says that only pages of its kind can say, with these words of psychoed's own.
pub(super) fn particulars(rendering: &Rendering, words: &Words, index: PageIndex, cited: &CitedPage) -> Particulars {
    let page = &rendering.site.pages[index];
    let mut cites = Cites::of(cited);
    let mut written = Particulars::default();
    match &page.document.front_matter.kind {
        PageKind::SessionGuide(guide) => {
            let pack = packs::of_session(rendering, index);
            written.session = Some(SessionView {
                sessions: guide.numbers(),
                count: guide.sessions.iter().collect::<BTreeSet<_>>().len(),
                minutes: guide.minutes,
                goals: guide.goals.clone(),
                materials: named_cards(rendering, index, &guide.materials),
                pack: pack.map(|pack| packs::link(words, &page.url, pack)),
                pack_pdfs: pack.map(|pack| rendering.links_to_pack(&page.url, pack)).unwrap_or_default(),
            });
        }
        PageKind::Suitability(suitability) => {
            let criteria: Vec<suitability::Placed<'_>> =
                suitability.criteria.iter().map(|criterion| (criterion, None)).collect();
            written.verdicts = suitability::verdicts(words, &criteria, &mut cites);
        }
        PageKind::Evidence(evidence) => written.evidence = Some(evidence::view(words, evidence, &mut cites)),
        PageKind::Module(module) => {
            let (previous, next) = beside(rendering, &page.url, index);
            written.module = Some(ModuleView {
                objectives: module.objectives.clone(),
                minutes: module.minutes,
                prerequisites: named_cards(rendering, index, &module.prerequisites),
                previous,
                next,
            });
        }
        PageKind::Term(term) => {
            written.term = Some(TermView {
                plain: term.plain.clone(),
                also: term.also.clone(),
                used_on: rendering.cards(&page.url, rendering.all_uses().of_term(index).iter().take(USED_ON)),
            });
        }
        PageKind::Handout | PageKind::Worksheet | PageKind::QuickReference | PageKind::Page => {}
    }
    written
}

/// Headings, when the page is long enough to need them.
fn contents(rendering: &Rendering, index: PageIndex, words: usize) -> Vec<ContentsEntryView> {
    const WORDS: usize = 400;
    const SECTIONS: usize = 3;
    let document = &rendering.site.pages[index].document;
    let shown = document.headings.iter().filter(|heading| rendering.edition.shows(&heading.within));
    let entries: Vec<ContentsEntryView> = shown
        .filter(|heading| matches!(heading.level, 2 | 3))
        .map(|heading| ContentsEntryView {
            level: heading.level,
            id: heading.id.to_string(),
            title: heading.text.to_string(),
        })
        .collect();
    let sections = entries.iter().filter(|entry| entry.level == 2).count();
    if sections >= SECTIONS && words > WORDS { entries } else { Vec::new() }
}

fn phases(rendering: &Rendering, from: &SitePath, front_matter: &FrontMatter) -> Vec<LinkView> {
    let has = |phase: &&Phase| front_matter.phases.iter().any(|id| id.value == phase.id);
    let link = |phase: &Phase| LinkView {
        title: phase.title.clone(),
        url: address::relative(from, &cards::phase_url(&phase.id)),
    };
    rendering.phases().filter(has).map(link).collect()
}

fn focal_areas(rendering: &Rendering, from: &SitePath, front_matter: &FrontMatter) -> Vec<LinkView> {
    let has = |area: &&FocalArea| front_matter.focal_areas.iter().any(|id| id.value == area.id);
    let link = |area: &FocalArea| LinkView {
        title: area.title.clone(),
        url: address::relative(from, &cards::focal_area_url(&area.id)),
    };
    rendering.focal_areas().filter(has).map(link).collect()
}

pub(super) fn document_control(rendering: &Rendering, words: &Words, page: &Page) -> DocumentControlView {
    let front_matter = &page.document.front_matter;
    let due = front_matter.review_due.as_ref().map(|due| due.value);
    DocumentControlView {
        id: front_matter.id.as_ref().map(|id| id.value.clone()),
        version: front_matter.version.clone(),
        currency_url: front_matter.id.as_ref().map(|id| address::relative(&page.url, &currency_url(&id.value))),
        reviewed: front_matter.reviewed.as_ref().map(|reviewed| date(words, reviewed.value)),
        review_due: due.map(|due| date(words, due)),
        overdue: due.is_some_and(|due| due < rendering.facts.today),
        authors: front_matter.authors.clone(),
        reviewers: front_matter
            .reviewers
            .iter()
            .map(|reviewer| match reviewer.role.as_str() {
                "" => reviewer.name.clone(),
                role => format!("{}, {role}", reviewer.name),
            })
            .collect(),
        funding: front_matter.funding.clone().or_else(|| organisation_funding(rendering, front_matter)),
    }
}

/// What the organisation says of its funding, for pages that give advice.
fn organisation_funding(rendering: &Rendering, front_matter: &FrontMatter) -> Option<String> {
    let organisation = &rendering.site.config.organisation;
    organisation.funding.clone().filter(|_| front_matter.kind.name().gives_advice())
}

/// What link-valued keys name: pages of the edition, other files, addresses of the web.
fn named_cards(rendering: &Rendering, index: PageIndex, links: &[LinkIndex]) -> Vec<CardView> {
    let page = &rendering.site.pages[index];
    let other = |title: &str, url: String| {
        let target = TargetView { title: title.to_owned(), ..TargetView::default() };
        CardView { url, target: target.shared(), pdfs: Vec::new() }
    };
    links
        .iter()
        .filter_map(|&link| match page.targets.get(link)? {
            LinkTarget::Page(target, _) => rendering.edition.holds(*target).then(|| rendering.card(&page.url, *target)),
            LinkTarget::Asset(path) => {
                Some(other(path.file_name(), address::relative(&page.url, address::of_file(path))))
            }
            LinkTarget::Web(address) => Some(other(address, address.clone())),
            LinkTarget::Missing(_) => None,
        })
        .collect()
}

/// The modules before and after one, in the course's order and the module's language.
fn beside(rendering: &Rendering, from: &SitePath, index: PageIndex) -> (Option<LinkView>, Option<LinkView>) {
    let modules = rendering.of_kind(KindName::Module);
    let Some(place) = modules.iter().position(|module| *module == index) else { return (None, None) };
    let language = |page: PageIndex| rendering.site.language(&rendering.site.pages[page]);
    let is_alike = |module: &&PageIndex| language(**module) == language(index);
    let link = |module: Option<&PageIndex>| module.map(|&module| rendering.link(from, module));
    (link(modules[..place].iter().rev().find(is_alike)), link(modules[place + 1..].iter().find(is_alike)))
}
