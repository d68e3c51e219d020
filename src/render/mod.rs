//! A linked site into files.
//!
//! Each edition is rendered by itself: what it reads of the site is what its readers may see ([`pages::Rendering`]), so that
//! nothing else can reach them. Bodies come first ([`html`]), in parallel, since lists such as the references need to know
//! what was cited; then every page is given to its template ([`templates`]) as plain data ([`view`]), in parallel again.

#![allow(clippy::result_large_err, reason = "a finding is made at most once a build; boxing it would help nobody")]

pub mod address;
pub mod assets;
pub mod citation;
pub mod downloads;
pub mod feeds;
pub mod html;
pub mod pages;
pub mod structured_data;
pub mod templates;
pub mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};
use crate::source::SitePath;
use crate::theme::Theme;

use assets::Assets;
use citation::Style;
use html::Pictures;
use pages::citing::Citing;
use templates::Templates;

/// A file to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Where, from the output folder.
    pub path: SitePath,
    /// What.
    pub bytes: Arc<[u8]>,
}

/// What rendering made.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Every file, by path.
    pub files: Vec<OutputFile>,
    /// What was wrong with the theme.
    pub diagnostics: Vec<Diagnostic>,
}

/// What every edition is rendered with.
pub struct Means<'a> {
    /// The theme's templates.
    pub templates: &'a Templates,
    /// The theme's other files.
    pub assets: &'a Assets,
    /// Sizes of pictures.
    pub pictures: &'a Pictures,
    /// The citation style.
    pub citing: &'a Citing<'a>,
}

/// Renders every edition of the site.
pub fn all(site: &Site, theme: &Theme, facts: &Facts) -> Rendered {
    let templates = match Templates::load(theme) {
        Ok(templates) => templates,
        Err(fault) => return Rendered { diagnostics: vec![fault], ..Rendered::default() },
    };
    let style = match Style::load(&site.config, &site.sources) {
        Ok(style) => style,
        Err(fault) => return Rendered { diagnostics: vec![fault], ..Rendered::default() },
    };
    let means = Means {
        templates: &templates,
        assets: &Assets::of(theme, site),
        pictures: &Pictures::of(site),
        citing: &Citing::new(&style, &site.bibliography),
    };
    let mut output = Output::default();
    for edition in &site.editions {
        pages::edition(site, edition, facts, &means, &mut output);
    }
    if site.config.editions_named {
        pages::editions::top(site, &means, &mut output);
    }
    output.add("", "robots.txt", feeds::robots(site).into_bytes());
    output.into_rendered()
}

/// Files and faults gathered so far.
#[derive(Debug, Default)]
pub struct Output {
    files: BTreeMap<SitePath, Arc<[u8]>>,
    faults: Vec<Diagnostic>,
}

impl Output {
    /// Adds a file to an edition's folder.
    pub fn add(&mut self, folder: &str, path: &str, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(SitePath::new(format!("{folder}{path}")), bytes.into());
    }

    /// Whether there already is a file.
    pub fn holds(&self, folder: &str, path: &str) -> bool {
        self.files.contains_key(&SitePath::new(format!("{folder}{path}")))
    }

    /// Adds a fault, unless an earlier page showed it already: a template may fail on a thousand pages.
    pub fn fault(&mut self, fault: Diagnostic) {
        if !self.faults.iter().any(|known| known.at == fault.at && known.hint == fault.hint) {
            self.faults.push(fault);
        }
    }

    fn into_rendered(self) -> Rendered {
        let files = self.files.into_iter().map(|(path, bytes)| OutputFile { path, bytes }).collect();
        Rendered { files, diagnostics: self.faults }
    }
}
