//! The bar on each page: to switch edition and view, to open the page's source, and to see how things stand.

use serde::Serialize;

use super::panel::{self, Findings};
use super::tally::Tally;
use super::view::View;
use super::{address, editor, templates};
use crate::source::SitePath;

/// What the bar of one page shows.
#[derive(Clone, Debug)]
pub struct Bar<'a> {
    /// The page's own address, such as `/patient/handouts/grief.html`.
    pub here: &'a str,
    /// How the page is looked at.
    pub view: View,
    /// The editions, in the order of the configuration; a site without named editions has none to switch.
    pub editions: Vec<Choice<'a>>,
    /// The page's source; `None` for pages that psychoed makes itself.
    pub source: Option<&'a SitePath>,
    /// Why readers do not see the page yet, as in the index; `None` for what is published.
    pub held_back: Option<String>,
    /// What was found.
    pub findings: &'a Findings<'a>,
    /// Whether the page was checked: while the configuration has errors, none is.
    pub is_checked: bool,
    /// The run's token.
    pub token: &'a str,
}

/// An edition to switch to.
#[derive(Clone, Debug, Serialize)]
pub struct Choice<'a> {
    /// As shown.
    pub title: &'a str,
    /// The same page in that edition, or else its home page, such as `/clinician/index.html`.
    pub href: String,
    /// Whether this is the edition that is shown now.
    pub current: bool,
    /// Whether `href` is the same page.
    pub has_page: bool,
}

/// Writes what stands at the top of a page's body: the panel, which may be empty, and the bar.
pub fn bar(bar: &Bar, panel: &str) -> String {
    let (state, state_tone) = state(bar);
    let view = BarView {
        on_paper: bar.view != View::Screen,
        panel,
        state,
        state_tone,
        editions: &bar.editions,
        query: bar.view.query(),
        views: View::ALL.map(|view| ViewChoice {
            title: view.title(),
            href: format!("{}{}", bar.here, view.query()),
            current: view == bar.view,
        }),
        open: bar.source.map(|source| editor::link(source, 1, bar.token)),
        source: bar.source,
        held_back: bar.held_back.as_deref(),
        index: address::INDEX,
    };
    templates::render("bar.html", &view)
}

#[derive(Serialize)]
struct BarView<'a> {
    on_paper: bool,
    panel: &'a str,
    state: State,
    state_tone: &'static str,
    editions: &'a [Choice<'a>],
    query: &'static str,
    views: [ViewChoice; 3],
    open: Option<String>,
    source: Option<&'a SitePath>,
    held_back: Option<&'a str>,
    index: &'static str,
}

#[derive(Serialize)]
struct ViewChoice {
    title: &'static str,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct State {
    words: String,
    href: Option<String>,
}

/// How things stand, and where to see more.
fn state(bar: &Bar) -> (State, &'static str) {
    let here = Tally::of(bar.findings.here.iter().copied());
    let tone = match here {
        Tally { errors: 1.., .. } => "error",
        Tally { warnings: 1.., .. } => "warning",
        Tally { notes: 1.., .. } => "note",
        _ if !bar.is_checked => "warning",
        _ => "fine",
    };
    let state = if !here.is_empty() {
        // The panel is laid over the page on a screen only.
        let page = if bar.view == View::Screen { "" } else { bar.here };
        State { words: here.words(), href: Some(format!("{page}#psychoed-findings")) }
    } else if let Some(words) = panel::elsewhere(bar.findings.elsewhere) {
        let here = if bar.is_checked { "none here" } else { "this page was not checked" };
        State { words: format!("{words}; {here}"), href: Some(address::INDEX.to_owned()) }
    } else {
        State { words: "No findings".to_owned(), href: None }
    };
    (state, tone)
}
