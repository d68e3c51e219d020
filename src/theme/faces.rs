//! The fonts of paper: those of the theme, and those that a site adds in its folder `fonts/`. Never those of the computer.

use std::sync::Arc;

use super::Theme;
use crate::source::{SitePath, Sources};

/// A file with one or more faces of a font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Where it comes from in the project; `None` for the built-in theme.
    pub source: Option<SitePath>,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// Where they are within a theme.
const IN_THEME: &str = "pdf/fonts/";

impl Theme {
    /// Every font that sheets may be printed with, the theme's first.
    pub fn faces(&self, sources: &Sources) -> Vec<Face> {
        let themes = self.files.iter().filter(|(path, _)| path.starts_with(IN_THEME) && is_font(path));
        let themes = themes.map(|(_, file)| Face { source: file.source.clone(), bytes: file.bytes.clone() });
        let sites = sources.below(Sources::FONTS).filter(|(path, _)| is_font(path.as_str()));
        themes.chain(sites.map(|(path, bytes)| Face { source: Some(path.clone()), bytes: bytes.clone() })).collect()
    }
}

fn is_font(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| matches!(extension.as_str(), "ttf" | "otf" | "ttc" | "otc"))
}
