//! A linked site into files.

pub mod citation;
pub mod downloads;
pub mod feeds;
pub mod html;
pub mod pages;
pub mod structured_data;
pub mod templates;
pub mod view;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};
use crate::source::SitePath;
use crate::theme::Theme;

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

/// Renders every edition of the site.
pub fn all(site: &Site, theme: &Theme, facts: &Facts) -> Rendered {
    let _ = (site, theme, facts);
    Rendered::default()
}
