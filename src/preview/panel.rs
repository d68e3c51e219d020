//! The panel: what was found in a page's source, laid over the page.

use serde::Serialize;

use super::excerpt::Excerpt;
use super::head::{Run, head};
use super::prose::{Piece, pieces};
use super::tally::{Tally, counted};
use super::{address, editor, templates};
use crate::check;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::report::place::Places;
use crate::source::{SitePath, Sources};

/// How many findings a page shows; the others are on a page of their own.
const MOST: usize = 50;

/// Findings as one page sees them.
#[derive(Clone, Debug, Default)]
pub struct Findings<'a> {
    /// Those of the page's own source.
    pub here: Vec<&'a Diagnostic>,
    /// How many there are in the rest of the project.
    pub elsewhere: Tally,
}

impl<'a> Findings<'a> {
    /// Sorts findings into those of a page's source and others. A page that nobody wrote has no source.
    pub fn of(findings: &'a [Diagnostic], source: Option<&SitePath>) -> Self {
        let (here, elsewhere): (Vec<_>, Vec<_>) = findings.iter().partition(|found| Some(&found.at.path) == source);
        Self { here, elsewhere: Tally::of(elsewhere) }
    }
}

/// What the panel lies over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Behind {
    /// The page as it is now.
    #[default]
    Page,
    /// The page as it was when it could last be shown.
    LastGood,
    /// Nothing: the panel is all there is.
    Nothing,
}

/// What a panel is made of.
#[derive(Clone, Copy, Debug)]
pub struct Panel<'a> {
    /// What to show.
    pub findings: &'a Findings<'a>,
    /// What the findings quote from.
    pub sources: &'a Sources,
    /// The run that shows it.
    pub run: Run<'a>,
    /// What it lies over.
    pub behind: Behind,
}

/// Writes the panel; nothing when there is nothing to say about the page itself.
pub fn panel(panel: &Panel) -> String {
    let tally = Tally::of(panel.findings.here.iter().copied());
    if tally.is_empty() {
        return String::new();
    }
    let limit = if panel.behind == Behind::Nothing { usize::MAX } else { MOST };
    templates::render("panel.html", &view(panel, tally, limit))
}

/// Why a panel stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alone {
    /// There never was a page that could be shown.
    NeverGood,
    /// Somebody asked for all that was found in one file.
    OneFile,
}

/// A panel on a page of its own, where all findings are shown. `about` is the source's path, or else the address that cannot be
/// shown.
pub fn alone(about: &str, why: Alone, contents: &Panel) -> Vec<u8> {
    #[derive(Serialize)]
    struct View<'a> {
        title: &'a str,
        eyebrow: &'static str,
        style: &'static str,
        index: &'static str,
        head: String,
        panel: String,
    }
    let contents = Panel { behind: Behind::Nothing, ..*contents };
    let view = View {
        title: about,
        eyebrow: match why {
            Alone::NeverGood => "This page cannot be shown yet",
            Alone::OneFile => "What was found in",
        },
        style: address::PAGES_STYLE,
        index: address::INDEX,
        head: head(contents.run),
        panel: panel(&contents),
    };
    templates::render("alone.html", &view).into_bytes()
}

#[derive(Serialize)]
struct PanelView<'a> {
    heading: String,
    tone: &'static str,
    open: bool,
    behind: Behind,
    findings: Vec<FindingView<'a>>,
    notes: Vec<FindingView<'a>>,
    notes_heading: String,
    left_out: Option<Link>,
    elsewhere: Option<Link>,
}

#[derive(Serialize)]
struct Link {
    words: String,
    href: String,
}

/// A finding as templates show it.
#[derive(Serialize)]
pub(super) struct FindingView<'a> {
    severity: &'static str,
    tone: &'static str,
    message: Vec<Piece<'a>>,
    place: PlaceView,
    rule: &'a str,
    rule_href: Option<String>,
    excerpt: Option<Excerpt>,
    related: Vec<RelatedView<'a>>,
    hint: Vec<Piece<'a>>,
    waived: Option<&'a str>,
}

#[derive(Serialize)]
struct RelatedView<'a> {
    message: Vec<Piece<'a>>,
    place: PlaceView,
}

#[derive(Serialize)]
struct PlaceView {
    /// Such as `content/handouts/grief.md:12:4`.
    words: String,
    /// Opens the file there; missing for files that are not the project's.
    open: Option<String>,
}

fn view<'a>(panel: &Panel<'a>, tally: Tally, limit: usize) -> PanelView<'a> {
    let mut places = Places::new(panel.sources);
    let here = || panel.findings.here.iter().copied();
    let of = |severity| here().filter(move |found| found.severity == severity);
    let to_mend = of(Severity::Error).chain(of(Severity::Warning));
    let shown = |found: &'a Diagnostic, places: &mut Places<'a>| finding(found, panel.sources, panel.run.token, places);
    let findings = to_mend.take(limit).map(|found| shown(found, &mut places)).collect();
    let notes = of(Severity::Note).take(limit).map(|found| shown(found, &mut places)).collect();
    PanelView {
        heading: heading(tally),
        tone: tone(worst(tally)),
        open: tally.errors > 0 || panel.behind == Behind::Nothing,
        behind: panel.behind,
        findings,
        notes,
        notes_heading: notes_heading(tally.notes, here().filter(|found| found.waived.is_some()).count()),
        left_out: here().next().filter(|_| tally.to_mend() > limit).map(|first| Link {
            words: format!("All {}", counted(tally.to_mend(), "finding")),
            href: address::findings(&first.at.path),
        }),
        elsewhere: elsewhere(panel.findings.elsewhere)
            .map(|words| Link { words: format!("And {words}"), href: address::INDEX.to_owned() }),
    }
}

/// Findings of the rest of the project in a few words; notes do not count, since nobody has to do anything about them.
pub(super) fn elsewhere(tally: Tally) -> Option<String> {
    let to_mend = Tally { notes: 0, ..tally };
    (to_mend.to_mend() > 0).then(|| format!("{} in other files", to_mend.words()))
}

fn heading(tally: Tally) -> String {
    match (tally.errors, tally.warnings) {
        (0, 0) => format!("{} on this page", counted(tally.notes, "note")),
        (0, 1) => "1 thing to look at".to_owned(),
        (0, warnings) => format!("{warnings} things to look at"),
        (1, _) => "1 thing to mend before this can be published".to_owned(),
        (errors, _) => format!("{errors} things to mend before this can be published"),
    }
}

fn notes_heading(notes: usize, waived: usize) -> String {
    let waived = if waived == 0 { String::new() } else { format!("{waived} waived") };
    let notes = if notes == 0 { String::new() } else { counted(notes, "note") };
    [notes, waived].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" and ")
}

fn worst(tally: Tally) -> Severity {
    match (tally.errors, tally.warnings) {
        (0, 0) => Severity::Note,
        (0, _) => Severity::Warning,
        _ => Severity::Error,
    }
}

fn tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A finding with everything there is to say about it.
pub(super) fn finding<'a>(
    found: &'a Diagnostic,
    sources: &'a Sources,
    token: &str,
    places: &mut Places<'a>,
) -> FindingView<'a> {
    let place = places.of(&found.at);
    FindingView {
        severity: match found.severity {
            _ if found.waived.is_some() => "Waived",
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Note => "Note",
        },
        tone: tone(found.severity),
        message: pieces(&found.message),
        place: place_view(&found.at, sources, token, places),
        rule: found.rule,
        rule_href: check::named(found.rule).is_ok().then(|| address::rule(found.rule)),
        excerpt: sources.files.get(&found.at.path).map(|bytes| Excerpt::of(bytes, &found.at, &place)),
        related: found
            .related
            .iter()
            .map(|(at, message)| RelatedView {
                message: pieces(message),
                place: place_view(at, sources, token, places),
            })
            .collect(),
        hint: found.hint.as_deref().map(pieces).unwrap_or_default(),
        waived: found.waived.as_deref(),
    }
}

fn place_view<'a>(at: &Location, sources: &'a Sources, token: &str, places: &mut Places<'a>) -> PlaceView {
    let path = &at.path;
    if !sources.files.contains_key(path) {
        return PlaceView { words: path.to_string(), open: None };
    }
    let place = places.of(at);
    PlaceView {
        words: format!("{path}:{}:{}", place.line, place.column),
        open: Some(editor::link(path, place.line, token)),
    }
}
