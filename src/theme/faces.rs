//! The fonts of paper: those of the theme, and those that a site adds in its folder `fonts/`. Never those of the computer.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{BUILT_IN, Theme, overlay};
use crate::config::Config;
use crate::source::Sources;

/// A file with one or more faces of a font.
pub type Face = Arc<[u8]>;

/// Where they are within a theme.
const IN_THEME: &str = "pdf/fonts";

impl Theme {
    /// Every font that sheets may be printed with, the theme's first.
    pub fn faces(&self, sources: &Sources) -> Vec<Face> {
        let themes = self.files.iter().filter(|(path, _)| path.starts_with(IN_THEME) && is_font(path));
        let sites = sources.below(Sources::FONTS).filter(|(path, _)| is_font(path.as_str()));
        themes.map(|(_, file)| &file.bytes).chain(sites.map(|(_, bytes)| bytes)).cloned().collect()
    }
}

/// The characters that can be printed.
pub struct Coverage<'a> {
    faces: Vec<ttf_parser::Face<'a>>,
}

impl<'a> Coverage<'a> {
    /// Looks into the fonts of a site.
    pub fn of(config: &Config, sources: &'a Sources) -> Self {
        let built_in = BUILT_IN.get_dir(IN_THEME).into_iter().flat_map(|folder| folder.files());
        let mut files: BTreeMap<String, &'a [u8]> =
            built_in.map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents())).collect();
        if let Some(folder) = overlay(config) {
            let fonts = format!("{folder}{IN_THEME}/");
            for (path, bytes) in sources.files.iter().filter(|(path, _)| path.as_str().starts_with(&fonts)) {
                files.insert(path.as_str()[folder.len()..].to_owned(), bytes);
            }
        }
        let sites = sources.below(Sources::FONTS).map(|(path, bytes)| (path.as_str().to_owned(), &**bytes));
        let files = files.into_iter().chain(sites).filter(|(path, _)| is_font(path));
        let faces = files.flat_map(|(_, bytes)| {
            let count = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
            (0..count).filter_map(|index| ttf_parser::Face::parse(bytes, index).ok())
        });
        Self { faces: faces.collect() }
    }

    /// Whether a character can be printed, or leaves nothing on paper anyway.
    pub fn has(&self, character: char) -> bool {
        character.is_ascii()
            || character.is_whitespace()
            || character.is_control()
            || is_invisible(character)
            || self.faces.iter().any(|face| face.glyph_index(character).is_some_and(|glyph| glyph.0 != 0))
    }
}

/// Characters that only say how their neighbours are set.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'
    )
}

fn is_font(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| matches!(extension.as_str(), "ttf" | "otf" | "ttc" | "otc"))
}
