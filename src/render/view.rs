//! What templates see: plain typed data, never a handle to the site. That is what makes rendering parallel.
//!
//! Every address is relative to the page it stands on, so that a site works from a disk, a stick or a server. Fields that
//! end in `_html` hold HTML that psychoed wrote and escaped; templates print them with `| safe`. All else is plain text that
//! the engine escapes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::Value;

/// What is the same on every page of an edition.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The site's title.
    pub title: String,
    /// BCP 47 tag.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The edition's key.
    pub edition: String,
    /// The edition's title; empty when the configuration names no editions.
    pub edition_title: String,
    /// Whether the edition holds anything for people who treat, learn or teach.
    pub professional: bool,
    /// The sample notice, if the configuration has one.
    pub sample_notice: Option<String>,
    /// Who publishes it.
    pub organisation: OrganisationView,
    /// The region's crisis lines.
    pub crisis_lines: Vec<CrisisLineView>,
    /// Absolute address of the edition's folder, when known.
    pub base_url: Option<String>,
    /// Every file of the theme's `assets/` by name, with its address from the edition's top: print `page.root` before it.
    pub assets: BTreeMap<String, String>,
    /// `psychoed` and its version.
    pub generator: String,
}

/// Who publishes the site.
#[derive(Clone, Debug, Serialize)]
pub struct OrganisationView {
    /// Name.
    pub name: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Telephone number as printed.
    pub phone: Option<String>,
    /// The number as `tel:` takes it.
    pub phone_href: Option<String>,
    /// Where comments go, as `https:` or `mailto:`.
    pub feedback_href: Option<String>,
    /// The same without its scheme, to print.
    pub feedback: Option<String>,
}

/// One crisis line.
#[derive(Clone, Debug, Serialize)]
pub struct CrisisLineView {
    /// Name.
    pub name: String,
    /// Number as printed.
    pub number: String,
    /// Number as `tel:` takes it.
    pub href: String,
    /// When it answers.
    pub hours: Option<String>,
}

/// What surrounds the pages of a folder that stand below the same entry of the menu. Templates find it in `page`, with what
/// [`PageView`] says of one page and with `header_html`, `help_html` and `footer_html`: what the templates of these names make of it.
#[derive(Clone, Debug, Serialize)]
pub struct FrameView {
    /// Leads to the edition's top: empty or `../`.
    pub root: String,
    /// Addresses of the style sheet and script, with their content hash.
    pub style: String,
    /// See `style`.
    pub script: String,
    /// Address of the icon.
    pub icon: String,
    /// Address of the site's logo, if it has one.
    pub logo: Option<String>,
    /// Whether the page is for patients: plain tone, crisis lines, whom to ask.
    pub for_patients: bool,
    /// The main navigation.
    pub navigation: Vec<NavigationView>,
    /// The edition's other lists, for the foot of the page.
    pub more: Vec<NavigationView>,
    /// Address of the feed, when there is one.
    pub feed: Option<String>,
    /// The language in which patients are told whom to turn to, where it is not [`SiteView::language`].
    pub help_language: Option<LanguageView>,
}

/// What every page's template gets, whatever it shows. `content` differs by template.
#[derive(Clone, Debug)]
pub struct PageView {
    /// Address within the edition, such as `handouts/grief.html`.
    pub url: String,
    /// The page's title.
    pub title: String,
    /// One sentence for search engines and lists.
    pub summary: Option<String>,
    /// `handout` … `page`, or the name of a generated page: `home`, `browse`, `phase`, `focal-area`, `kind`,
    /// `suitability-overview`, `evidence-overview`, `glossary`, `references`, `a-z`, `not-found`, `status`, `editions`, `pack`,
    /// `packs`, `currency`.
    pub kind: &'static str,
    /// The kind as shown, such as `Handout`; empty for generated pages.
    pub kind_title: String,
    /// From home to the page's parent.
    pub breadcrumbs: Vec<LinkView>,
    /// Absolute address, when known.
    pub canonical: Option<String>,
    /// The language of what somebody wrote for this page; `None` when it is [`SiteView::language`], in which psychoed's own words are.
    pub language: Option<LanguageView>,
    /// The page in all its languages, this one included; empty when there is only one.
    pub languages: Vec<LanguageLinkView>,
    /// What the page has to do with its original; `None` when it is no translation.
    pub translation: Option<TranslationView>,
    /// JSON-LD, escaped for a script element; only when the base URL is known.
    pub json_ld: Option<String>,
    /// What the template is about.
    pub content: ContentView,
}

/// A language.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageView {
    /// BCP 47 tag.
    pub tag: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// What those who read it call it, such as `Español`.
    pub name: String,
}

/// The way to a page in one of its languages.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageLinkView {
    /// The language.
    pub language: LanguageView,
    /// Where the page is.
    pub url: String,
    /// Its absolute address, when known.
    pub absolute: Option<String>,
    /// Whether it is the page shown.
    pub current: bool,
}

/// What a translation has to do with its original.
#[derive(Clone, Debug, Serialize)]
pub struct TranslationView {
    /// Whether the original has changed since.
    pub stale: bool,
    /// Where the original is, if these readers may see it.
    pub original: Option<String>,
    /// The original's language.
    pub language: LanguageView,
    /// The language of what follows; nothing when it is the site's.
    pub told_in: Option<LanguageView>,
    /// That the page may be out of date.
    pub title: String,
    /// What that means for readers.
    pub text: String,
    /// What stands before, in and behind the link to the original.
    pub link: [String; 3],
}

/// An entry of the main navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationView {
    /// As shown.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// Whether the page shown is this one.
    pub current: bool,
    /// Whether the page shown belongs below it.
    pub within: bool,
}

/// A link with what a list shows of its target.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LinkView {
    /// As shown.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

/// A page as lists show it.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// Address.
    pub url: String,
    /// What is there: a [`TargetView`], converted once for all lists that show it.
    pub target: Value,
    /// Its PDFs, where a list leads to them, too.
    pub pdfs: Vec<LinkView>,
}

/// What a list says of a page, wherever the list stands.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TargetView {
    /// Title.
    pub title: String,
    /// Its id, for pages that are printed.
    pub id: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// `handout` …; empty for what is no page.
    pub kind: &'static str,
    /// `Handout` …; empty for what is no page.
    pub kind_title: String,
    /// Whether it is for patients.
    pub for_patients: bool,
    /// Its language, as [`PageView::language`].
    pub language: Option<LanguageView>,
}

impl TargetView {
    /// As templates see it. Cannot fail: there are only words and flags in it.
    pub fn shared(&self) -> Value {
        Value::from_serializable(self)
    }
}

/// Cards under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// Heading.
    pub title: String,
    /// An anchor, unique on the page.
    pub id: String,
    /// Where the heading leads, if anywhere.
    pub url: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// Its pages.
    pub cards: Vec<CardView>,
}

/// What a template is about.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum ContentView {
    /// A page somebody wrote: templates `handout.html` … `page.html`.
    Written(Box<WrittenView>),
    /// `home.html`
    Home(HomeView),
    /// `browse.html`
    Matrix(MatrixView),
    /// `phase.html`, `focal-area.html`, `kind.html`
    Listing(ListingView),
    /// `suitability-overview.html`
    Suitability(SuitabilityOverviewView),
    /// `evidence-overview.html`
    Evidence(EvidenceOverviewView),
    /// `glossary.html`
    Glossary(GlossaryView),
    /// `references.html`
    References(ReferencesView),
    /// `a-z.html`
    Index(IndexView),
    /// `not-found.html`
    NotFound(NotFoundView),
    /// `status.html`: how every page stands
    Status(StatusView),
    /// `pack.html`
    Pack(PackView),
    /// `packs.html`
    Packs(PacksView),
    /// `currency.html`
    Currency(CurrencyView),
    /// `editions.html`: the page above all editions
    Editions(EditionsView),
}

/// A page somebody wrote.
#[derive(Clone, Debug, Serialize)]
pub struct WrittenView {
    /// The body, headings from level 2, footnotes at its end.
    pub body_html: String,
    /// Headings of level 2 and 3, only when the page is long enough to need them.
    pub contents: Vec<ContentsEntryView>,
    /// Phases it belongs to.
    pub phases: Vec<LinkView>,
    /// Focal areas it belongs to.
    pub focal_areas: Vec<LinkView>,
    /// Pages worth reading next, best first.
    pub related: Vec<CardView>,
    /// Works cited on the page, in the style's order.
    pub bibliography: Vec<BibliographyEntryView>,
    /// What is printed on every sheet.
    pub document_control: DocumentControlView,
    /// The page as PDFs, the one most used first.
    pub sheets: Vec<LinkView>,
    /// A session guide's keys.
    pub session: Option<SessionView>,
    /// A suitability page's criteria by verdict.
    pub verdicts: Vec<VerdictView>,
    /// An evidence summary's keys.
    pub evidence: Option<EvidenceView>,
    /// A module's keys.
    pub module: Option<ModuleView>,
    /// A glossary entry's keys.
    pub term: Option<TermView>,
}

/// A heading in the table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsEntryView {
    /// 2 or 3.
    pub level: u8,
    /// Anchor.
    pub id: String,
    /// Words.
    pub title: String,
}

/// A work in a page's bibliography.
#[derive(Clone, Debug, Serialize)]
pub struct BibliographyEntryView {
    /// Anchor, such as `ref-elkin1989`.
    pub id: String,
    /// Label in numeric styles, such as `1.`; empty in author–date styles.
    pub label_html: String,
    /// The entry, with links to DOI and PubMed.
    pub entry_html: Arc<str>,
    /// Anchors of the places that cite it, in order.
    pub cited_at: Vec<BackLinkView>,
}

/// A way back from a work to a place that cites it.
#[derive(Clone, Debug, Serialize)]
pub struct BackLinkView {
    /// Anchor, such as `cite-3`.
    pub id: String,
    /// The citation's number on the page.
    pub number: usize,
}

/// Where a sheet comes from and how old it is.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentControlView {
    /// Id.
    pub id: Option<String>,
    /// Version.
    pub version: Option<String>,
    /// Where readers see whether their copy is current, for pages with an id.
    pub currency_url: Option<String>,
    /// When it was reviewed, as people write it.
    pub reviewed: Option<DateView>,
    /// When it is due.
    pub review_due: Option<DateView>,
    /// Whether that day is past.
    pub overdue: bool,
    /// Authors.
    pub authors: Vec<String>,
    /// Reviewers with their roles.
    pub reviewers: Vec<String>,
    /// Who paid, and what interests the people behind the page have: its own words, or else the organisation's.
    pub funding: Option<String>,
}

/// A date for people and for machines.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// `2026-11-22`
    pub iso: String,
    /// `22 November 2026`
    pub text: String,
}

/// A session guide's keys.
#[derive(Clone, Debug, Serialize)]
pub struct SessionView {
    /// `1`, `4–12` or `5, 7`.
    pub sessions: String,
    /// How many there are, for singular and plural.
    pub count: usize,
    /// Length.
    pub minutes: Option<i64>,
    /// Goals.
    pub goals: Vec<String>,
    /// What to bring.
    pub materials: Vec<CardView>,
    /// The guide and its materials to print together.
    pub pack: Option<LinkView>,
    /// The PDFs of that pack.
    pub pack_pdfs: Vec<LinkView>,
}

/// Criteria with the same verdict.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictView {
    /// `suits` ….
    pub verdict: String,
    /// As shown.
    pub title: String,
    /// The criteria.
    pub criteria: Vec<CriterionView>,
}

/// One criterion.
#[derive(Clone, Debug, Serialize)]
pub struct CriterionView {
    /// The criterion.
    pub statement: String,
    /// The reason.
    pub why: Option<String>,
    /// Its citations, linked to the page's bibliography; empty when it has none.
    pub cites_html: String,
    /// The page it comes from; set on the overview only.
    pub page: Option<LinkView>,
}

/// An evidence summary's keys.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceView {
    /// The question.
    pub question: Option<QuestionView>,
    /// When the literature was searched.
    pub searched: Option<DateView>,
    /// The findings.
    pub findings: Vec<FindingView>,
    /// The recommendations.
    pub recommendations: Vec<RecommendationView>,
}

/// The question.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionView {
    /// In whom.
    pub population: String,
    /// What.
    pub intervention: String,
    /// Against what.
    pub comparator: String,
    /// Measured how.
    pub outcome: String,
}

/// One finding; texts are empty where the page does not say.
#[derive(Clone, Debug, Serialize)]
pub struct FindingView {
    /// What was found.
    pub statement: String,
    /// The outcome.
    pub outcome: String,
    /// `Critical` ….
    pub importance: String,
    /// `Randomised trial` ….
    pub design: String,
    /// `Favours the treatment` ….
    pub direction: String,
    /// The word used in front matter, as a class: `favours-intervention` ….
    pub direction_class: String,
    /// `1 study, 239 people`.
    pub size: String,
    /// `SMD 0.60 (95% CI 0.45 to 0.75)`.
    pub effect: String,
    /// `Moderate (GRADE)`.
    pub certainty: String,
    /// Reasons for the rating.
    pub certainty_reasons: Vec<String>,
    /// Its citations, linked.
    pub cites_html: String,
}

/// One recommendation.
#[derive(Clone, Debug, Serialize)]
pub struct RecommendationView {
    /// The body.
    pub body: String,
    /// The edition's year.
    pub year: i64,
    /// `For` or `Against`.
    pub direction: String,
    /// `Current` ….
    pub status: String,
    /// The body's scheme and words; empty if not stated.
    pub native: String,
    /// Its citation, linked.
    pub cites_html: String,
}

/// A module's keys.
#[derive(Clone, Debug, Serialize)]
pub struct ModuleView {
    /// What learners can do afterwards.
    pub objectives: Vec<String>,
    /// How long it takes.
    pub minutes: Option<i64>,
    /// What to do first.
    pub prerequisites: Vec<CardView>,
    /// The module before, in the course's order.
    pub previous: Option<LinkView>,
    /// The module after.
    pub next: Option<LinkView>,
}

/// A glossary entry's keys.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    /// The plain wording.
    pub plain: Option<String>,
    /// Other words for it.
    pub also: Vec<String>,
    /// Pages of the edition that use it, at most a dozen.
    pub used_on: Vec<CardView>,
}

/// The home page.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// What `content/index.md` says; empty when there is none.
    pub body_html: String,
    /// Works the body cites.
    pub bibliography: Vec<BibliographyEntryView>,
    /// Ways in by focal area.
    pub focal_areas: Vec<GroupView>,
    /// Ways in by phase.
    pub phases: Vec<GroupView>,
    /// Ways in by kind, with the first pages of each.
    pub kinds: Vec<GroupView>,
}

/// The matrix phase × focal area.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixView {
    /// The phases: one column each.
    pub columns: Vec<LinkView>,
    /// The focal areas: one row each, and a last one for pages that belong to a phase but to no focal area.
    pub rows: Vec<MatrixRowView>,
    /// Pages by kind, for those who know what they look for.
    pub kinds: Vec<GroupView>,
    /// The list of packs, if there are any.
    pub packs: Option<LinkView>,
}

/// One row of the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixRowView {
    /// The focal area; its address is empty for the last row.
    pub head: LinkView,
    /// Pages per column.
    pub cells: Vec<Vec<CardView>>,
    /// Pages of the focal area that belong to no phase.
    pub any_phase: Vec<CardView>,
}

/// A list of pages: of a phase, a focal area or a kind.
#[derive(Clone, Debug, Serialize)]
pub struct ListingView {
    /// What it is about.
    pub summary: Option<String>,
    /// Other names (focal areas).
    pub also: Vec<String>,
    /// Which sessions (phases).
    pub sessions: Option<String>,
    /// Pages by kind.
    pub groups: Vec<GroupView>,
    /// What of it is printed together (phases and focal areas).
    pub packs: Vec<CardView>,
    /// Its neighbours: the other phases, focal areas or kinds.
    pub siblings: Vec<NavigationView>,
}

/// All criteria.
#[derive(Clone, Debug, Serialize)]
pub struct SuitabilityOverviewView {
    /// Criteria by verdict; each names its page.
    pub verdicts: Vec<VerdictView>,
    /// The pages they come from.
    pub pages: Vec<CardView>,
    /// Works cited.
    pub bibliography: Vec<BibliographyEntryView>,
}

/// All evidence.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceOverviewView {
    /// One row a finding.
    pub rows: Vec<EvidenceRowView>,
    /// The pages.
    pub pages: Vec<CardView>,
    /// Works cited.
    pub bibliography: Vec<BibliographyEntryView>,
}

/// A finding in the table of all evidence.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceRowView {
    /// The summary it comes from.
    pub page: LinkView,
    /// In whom.
    pub population: String,
    /// What against what.
    pub comparison: String,
    /// The finding.
    pub finding: FindingView,
}

/// The glossary.
#[derive(Clone, Debug, Serialize)]
pub struct GlossaryView {
    /// Entries by first letter.
    pub letters: Vec<GlossaryLetterView>,
}

/// Entries with one first letter.
#[derive(Clone, Debug, Serialize)]
pub struct GlossaryLetterView {
    /// The letter.
    pub letter: String,
    /// Its entries.
    pub entries: Vec<GlossaryEntryView>,
}

/// One entry of the glossary.
#[derive(Clone, Debug, Serialize)]
pub struct GlossaryEntryView {
    /// Anchor.
    pub id: String,
    /// The term.
    pub title: String,
    /// Its own page.
    pub url: String,
    /// The plain wording.
    pub plain: Option<String>,
    /// Other words for it.
    pub also: Vec<String>,
    /// Its language, as [`PageView::language`].
    pub language: Option<LanguageView>,
}

/// Every work.
#[derive(Clone, Debug, Serialize)]
pub struct ReferencesView {
    /// How many works there are: `12 works`.
    pub count: String,
    /// The works in the style's order.
    pub works: Vec<ReferenceView>,
    /// Files to download.
    pub downloads: Vec<LinkView>,
}

/// One work and the pages that cite it.
#[derive(Clone, Debug, Serialize)]
pub struct ReferenceView {
    /// Anchor.
    pub id: String,
    /// The entry.
    pub entry_html: Arc<str>,
    /// Pages of this edition that cite it: for each a [`LinkView`], converted once for all works that it cites.
    pub pages: Vec<Value>,
}

/// A to Z.
#[derive(Clone, Debug, Serialize)]
pub struct IndexView {
    /// By first letter.
    pub letters: Vec<IndexLetterView>,
}

/// Titles and synonyms with one first letter.
#[derive(Clone, Debug, Serialize)]
pub struct IndexLetterView {
    /// The letter.
    pub letter: String,
    /// What starts with it.
    pub entries: Vec<IndexEntryView>,
}

/// One line of the index.
#[derive(Clone, Debug, Serialize)]
pub struct IndexEntryView {
    /// The words.
    pub title: String,
    /// Where they lead.
    pub url: String,
    /// What it is: `Handout`, `Focal area` ….
    pub note: String,
    /// For a synonym, what it stands for.
    pub see: Option<String>,
    /// Its language, as [`PageView::language`].
    pub language: Option<LanguageView>,
}

/// The page for addresses that do not exist.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundView {
    /// Ways on.
    pub links: Vec<LinkView>,
}

/// How every page stands, for those who look after them.
#[derive(Clone, Debug, Serialize)]
pub struct StatusView {
    /// The day it is for.
    pub today: DateView,
    /// How many pages there are.
    pub pages: usize,
    /// How many of them should have been reviewed before that day.
    pub overdue: usize,
    /// How many pages that give advice have no day for their next review.
    pub without_day: usize,
    /// The pages by kind.
    pub groups: Vec<StatusGroupView>,
    /// What is missing, a sentence each, without a full stop.
    pub gaps: Vec<String>,
}

/// Pages of one kind, what is due first coming first.
#[derive(Clone, Debug, Serialize)]
pub struct StatusGroupView {
    /// The kind.
    pub title: String,
    /// Its pages.
    pub rows: Vec<StatusRowView>,
}

/// How a page stands.
#[derive(Clone, Debug, Serialize)]
pub struct StatusRowView {
    /// Title; of a source that could not be read, its path.
    pub title: String,
    /// Its language, as [`PageView::language`].
    pub language: Option<LanguageView>,
    /// Where it is, when this edition has it.
    pub url: Option<String>,
    /// Id.
    pub id: Option<String>,
    /// Why readers do not see it, such as `Draft`.
    pub held_back: Option<String>,
    /// Titles of its phases.
    pub phases: Vec<String>,
    /// Titles of its focal areas.
    pub focal_areas: Vec<String>,
    /// Version.
    pub version: Option<String>,
    /// When it was reviewed.
    pub reviewed: Option<DateView>,
    /// When it is due.
    pub due: Option<DateView>,
    /// Whether that day is past.
    pub overdue: bool,
    /// Years of school that its readers need, with one decimal.
    pub grade: Option<String>,
    /// What people scored it at, such as `PEMAT actionability: 70 %`.
    pub scores: Vec<String>,
    /// Who scored it.
    pub scored_by: Option<String>,
    /// When.
    pub scored_on: Option<DateView>,
    /// Such as `1 error, 2 warnings`; empty when nothing was found.
    pub findings: String,
    /// How it stands to its original, when it is a translation.
    pub translates: Option<StatusTranslationView>,
    /// Its translations.
    pub translations: Vec<StatusTranslationView>,
}

/// How a translation stands.
#[derive(Clone, Debug, Serialize)]
pub struct StatusTranslationView {
    /// Its language.
    pub language: LanguageView,
    /// `up to date` ….
    pub standing: String,
}

/// Pages to print together.
#[derive(Clone, Debug, Serialize)]
pub struct PackView {
    /// `for patients`.
    pub audience: String,
    /// How long it takes to read all of it, in minutes.
    pub minutes: i64,
    /// All of that in one sentence without its end.
    pub about: String,
    /// What is in it, in order.
    pub parts: Vec<PackPartView>,
    /// The session guide whose pack it is.
    pub guide: Option<LinkView>,
    /// Its PDFs.
    pub pdfs: Vec<LinkView>,
}

/// One page of a pack.
#[derive(Clone, Debug, Serialize)]
pub struct PackPartView {
    /// The page.
    pub card: CardView,
    /// Its id.
    pub id: Option<String>,
    /// How long it takes to read, in minutes.
    pub minutes: i64,
    /// Its kind, its id and how long it takes to read.
    pub about: String,
}

/// All packs.
#[derive(Clone, Debug, Serialize)]
pub struct PacksView {
    /// Packs under a heading each.
    pub groups: Vec<GroupView>,
}

/// Whether a printed copy is current.
#[derive(Clone, Debug, Serialize)]
pub struct CurrencyView {
    /// The id of the page that the copy is of.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The day it was withdrawn.
    pub withdrawn: Option<DateView>,
    /// The version that is current, or that was the last.
    pub version: Option<String>,
    /// When that version came out.
    pub since: Option<DateView>,
    /// When the page was reviewed.
    pub reviewed: Option<DateView>,
    /// Where the page is, unless it was withdrawn.
    pub page_url: Option<String>,
    /// Its PDFs.
    pub pdfs: Vec<LinkView>,
    /// What changed, the newest first.
    pub changes: Vec<ChangeView>,
}

/// What changed in one version.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// The version.
    pub version: String,
    /// When it came out.
    pub date: DateView,
    /// What changed.
    pub note: String,
    /// Whether it is the one that is current.
    pub current: bool,
}

/// The page above all editions.
#[derive(Clone, Debug, Serialize)]
pub struct EditionsView {
    /// Each edition with its address.
    pub editions: Vec<EditionCardView>,
}

/// One edition as its card shows it.
#[derive(Clone, Debug, Serialize)]
pub struct EditionCardView {
    /// Title.
    pub title: String,
    /// Address.
    pub url: String,
    /// How many pages it has.
    pub pages: i64,
    /// The same in words: `12 pages`.
    pub size: String,
    /// Whether it is for patients only.
    pub for_patients: bool,
}

/// What `redirect.html` gets as `page`: a page at an old address, which leads to the new one.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// The old address within the edition.
    pub url: String,
    /// Where the page is now, seen from the old address.
    pub target_url: String,
    /// Absolute address of the page, when known.
    pub canonical: Option<String>,
    /// The page's title.
    pub title: String,
    /// See [`FrameView::style`].
    pub style: String,
    /// See [`FrameView::icon`].
    pub icon: String,
}
