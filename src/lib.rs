//! psychoed turns a folder of Markdown into what a clinic publishes. This page is the guided tour.
#![warn(missing_docs)]

pub mod check;
pub mod cli;
pub mod commands;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod load;
pub mod parse;
pub mod render;
pub mod report;
pub mod site;
pub mod source;
pub mod theme;
pub mod write;

use std::sync::Arc;

use diagnostic::{Diagnostic, Severity};
use render::OutputFile;
use site::{Facts, Site};
use source::Sources;

/// What a caller may ask of a build besides its sources.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Limits the editions to those named; empty means all.
    pub editions: Vec<String>,
    /// Takes the place of the configuration's base URL.
    pub base_url: Option<String>,
    /// Whether only to check: nothing is rendered.
    pub check_only: bool,
}

/// What a build made of its sources.
#[derive(Debug)]
pub struct Built {
    /// The linked site; `None` when the configuration could not be relied on.
    pub site: Option<Site>,
    /// Every file to publish; empty when there are findings at error level.
    pub files: Vec<OutputFile>,
    /// Everything found, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Builds a site: a pure function of what was read, today's date and the options.
pub fn build(sources: Arc<Sources>, facts: &Facts, options: &Options) -> Built {
    let (mut config, config_faults) = parse::config::config(&sources);
    if config_faults.iter().any(|fault| fault.severity == Severity::Error) {
        return Built { site: None, files: Vec::new(), diagnostics: config_faults };
    }
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(base_url.clone());
    }
    let mut parsed = parse::all(&sources, &config);
    parsed.faults.extend(config_faults);
    let site = site::link(Arc::new(config), sources, parsed, facts, &options.editions);
    let mut diagnostics = check::run(&site, facts);
    let mut files = Vec::new();
    let broken = |diagnostics: &[Diagnostic]| diagnostics.iter().any(|found| found.severity == Severity::Error);
    if !options.check_only && !broken(&diagnostics) {
        let rendered = render::all(&site, &theme::Theme::of(&site.config, &site.sources), facts);
        diagnostics.extend(check::levels::settle(&site, facts, rendered.diagnostics));
        if !broken(&diagnostics) {
            files = rendered.files;
        }
    }
    Built { site: Some(site), files, diagnostics }
}
