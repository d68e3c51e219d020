//! psychoed turns a folder of Markdown into what a clinic publishes: handouts, guides, evidence summaries and courses, as an
//! accessible website. This page is the guided tour.
//!
//! # From disk to site
//!
//! ```text
//! disk ─load─► Sources ─parse─► Document ─link─► Site ─┬─check──► Diagnostics ─► report
//!                                                      └─render─► Press ─► OutputFiles ─► write, or the preview's server
//! ```
//!
//! [`build()`] is the whole of it in one function, without disk, network or clock: the same sources and the same day give the same
//! bytes. Stages are functions named for what they do; what flows between them is plain data. Files are made one by one when they are
//! asked for ([`render::Press`]), so that they never lie in memory together.
//!
//! A project that is open for writing is built again after every change ([`session`]). There is no second way to build: each stage
//! takes over from its last result ([`Memo`]) what cannot have changed, and `tests/incremental.rs` holds every state to a clean
//! build, byte for byte.
//!
//! 1. [`load`] reads the project's files into [`Sources`].
//! 2. [`parse`] turns text into [`content::Document`]s. It never fails: a broken page becomes findings, and all files' faults are
//!    reported in one run. The configuration and the bibliographies are read here, too.
//! 3. [`site`] joins documents into a [`Site`]: addresses, where every link leads, which pages belong to which edition, and what is
//!    printed together.
//! 4. [`check`] holds the site to its rules. A rule is a pair of files in `check/rules`: the code, and the page that explains it,
//!    whose bad and good examples are its test. Levels and waivers come last.
//! 5. [`render`] lays out every page of every edition through the [`theme`]'s templates, which see only plain data
//!    ([`render::view`]).
//!    Sheets of paper are laid out by the theme's Typst files from plain data, too ([`render::print`]); what was printed before is
//!    taken from a shelf that the command gives along.
//! 6. [`write`](mod@write) publishes: all or nothing, and never over what somebody else put there. [`report`] tells people and
//!    machines what was found, and [`mend`] carries out what findings know for certain.
//!
//! For whoever writes, [`watch`] waits for changes, [`session`] takes them up, [`preview`] lays what was found over the pages, and
//! [`server`] answers this computer's browser and nobody else. [`probe`] asks whether addresses of the web live. [`readability`]
//! measures how easy a page is to read, and [`mod@status`] tells how the whole library stands.
//!
//! [`cli`] and [`commands`] are the outermost layer. Imports point down only; `tests/layers.rs` holds them to it.
//!
//! # Where to add things
//!
//! | To add | Touch |
//! |---|---|
//! | a rule | `check/rules/NAME.rs` and `NAME.md`, one line in [`check::rules::RULES`], and `check/STANDARDS.md` if a standard asks for it |
//! | a kind of page | [`content::kind`], `parse/front_matter`, a template in `themes/default/templates`, a page in `content/`, its guidance in `commands/new/kinds` with the words for it in `commands/starter_words` |
//! | a block | [`content::block`], `parse/directive.rs`, then wherever the compiler finds a match that is not exhaustive |
//! | a key of front matter | [`content::front_matter`], `parse/front_matter`, and `commands/schema/front-matter.toml`, which explains every key |
//! | a key of the configuration | [`config`], `parse/config`, and `site-config.toml`, which explains every key |
//! | words that psychoed itself says on pages | `themes/default/words`, in every language, then the template or [`theme::Words::say`] |
//! | a page that psychoed makes itself | `render/pages`, a view in [`render::view`], a template |
//!
//! # What must stay true
//!
//! - Nothing for clinicians reaches a patient's edition, in no byte: [`site::Edition`] decides, `render/html` leaves blocks out, and
//!   `tests/render.rs` scans the output. A page for patients is printed as they may see it, whichever edition it is printed from
//!   (`render/pages/sheets`), and `tests/library_print.rs` reads every PDF.
//! - Text from a page reaches HTML through one function and attributes through another, both of which escape.
//! - Markdown is never a template.
//! - A page is judged in the language it is written in, or not at all.
//! - The therapy is data: nothing here knows what the bundled library is about.
#![deny(missing_docs)]

pub mod check;
pub mod cli;
#[allow(clippy::disallowed_methods, reason = "an edge")]
pub mod commands;
pub mod config;
pub mod content;
pub mod diagnostic;
#[allow(clippy::disallowed_methods, reason = "an edge")]
pub mod load;
#[allow(clippy::disallowed_methods, reason = "an edge")]
pub mod mend;
pub mod parse;
pub mod preview;
#[allow(clippy::disallowed_methods, reason = "an edge")]
pub mod probe;
pub mod progress;
pub mod readability;
pub mod render;
pub mod report;
#[allow(clippy::disallowed_methods, reason = "an edge")]
pub mod server;
pub mod session;
pub mod site;
pub mod source;
pub mod status;
pub mod theme;
#[allow(clippy::disallowed_methods, reason = "an edge")]
pub mod watch;
#[allow(clippy::disallowed_methods, reason = "an edge")]
pub mod write;

use std::sync::Arc;

use config::Config;
use diagnostic::{Diagnostic, Severity, Tallies};
use progress::{Progress, Stage};
use render::print::Printing;
use render::{OutputFile, Press, Tools};
use site::edition::Wanted;
use site::{Facts, Site};
use source::Sources;
use theme::Theme;

/// What a caller may ask of a build besides its sources.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Limits the editions to those named; empty means all.
    pub editions: Vec<String>,
    /// Takes the place of the configuration's base URL.
    pub base_url: Option<String>,
    /// Whether editions also hold drafts and pages that are to appear some day: for whoever writes them.
    pub drafts: bool,
    /// Whether pages are printed as PDFs, too.
    pub printing: Printing,
    /// Where the build says how far it has come.
    pub progress: Progress,
}

/// What one build leaves to the next, so that an edit costs little. The next build's result is the same without it.
#[derive(Default)]
pub struct Memo {
    parsed: parse::Kept,
    checks: check::Kept,
    site: Option<Arc<Site>>,
    press: Option<Arc<Press>>,
}

/// What a build made of its sources.
pub struct Built {
    /// The linked site; `None` when the configuration could not be relied on.
    pub site: Option<Arc<Site>>,
    /// What makes the files to publish; `None` when the configuration or the theme could not be relied on. There may be one in
    /// spite of findings at error level: a preview shows what it can.
    pub press: Option<Arc<Press>>,
    /// Everything found, sorted by place, but for faults of templates that only show in single pages.
    pub diagnostics: Vec<Diagnostic>,
}

impl Built {
    /// Whether something was found that keeps the site from being published.
    pub fn is_broken(&self) -> bool {
        self.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }

    /// Makes every file, unless the site is broken, and hands each on at once: several at a time and in no order. What is found
    /// on the way is added to what was found before; if the site is broken then, the files are not to be published.
    pub fn print(&mut self, facts: &Facts, put: &(dyn Fn(OutputFile) + Sync)) {
        if let Some(press) = self.press.as_ref().filter(|_| !self.is_broken()) {
            let found = press.all(put);
            self.diagnostics.extend(check::levels::settle(press.site(), facts, found));
        }
    }
}

/// Builds a site: a pure function of what was read, today's date and the options. Files are made when [`Built::press`] is
/// asked for them.
pub fn build(sources: &Arc<Sources>, facts: &Facts, options: &Options, memo: &mut Memo) -> Built {
    let (mut config, config_faults) = parse::config::config(sources);
    if config_faults.iter().any(|fault| fault.severity == Severity::Error) {
        return without_site(sources, &config, config_faults);
    }
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(base_url.clone());
    }
    options.progress.begin(Stage::Reading);
    let theme = Theme::of(&config, sources);
    let (mut parsed, tools) = rayon::join(
        || parse::all(sources, &config, &mut memo.parsed),
        || Tools::of(theme, &config, sources, memo.press.as_deref()),
    );
    parsed.faults.extend(config_faults);
    options.progress.begin(Stage::Linking);
    let before = memo.site.as_deref();
    let editions = Wanted { names: &options.editions, drafts: options.drafts };
    let site = Arc::new(site::link(Arc::new(config), sources.clone(), parsed, facts, editions, before));
    options.progress.begin(Stage::Checking);
    let mut diagnostics = check::run(&site, facts, &mut memo.checks);
    options.progress.begin(Stage::Rendering);
    let findings = if site.config.status.publish { Tallies::of(&diagnostics) } else { Tallies::default() };
    let press = match Press::new(&site, tools, facts, findings, &options.printing, memo.press.as_deref()) {
        Ok(press) => Some(Arc::new(press)),
        Err(fault) => {
            diagnostics.extend(check::levels::settle(&site, facts, vec![fault]));
            None
        }
    };
    memo.site = Some(site.clone());
    memo.press.clone_from(&press);
    Built { site: Some(site), press, diagnostics }
}

/// What can be said while the configuration is not in order: of each page, what is wrong whatever the configuration says.
fn without_site(sources: &Sources, config: &Config, mut diagnostics: Vec<Diagnostic>) -> Built {
    const DEPENDS_ON_CONFIG: [&str; 2] = ["front-matter-value-unknown", "raw-html"];
    diagnostics.extend(check::unknown_rules(config));
    let faults = parse::all(sources, config, &mut parse::Kept::default()).faults;
    diagnostics.extend(faults.into_iter().filter(|fault| !DEPENDS_ON_CONFIG.contains(&fault.rule)));
    diagnostics.sort_by(check::levels::by_place);
    Built { site: None, press: None, diagnostics }
}
