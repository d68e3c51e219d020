//! The fonts of paper: those of the theme, and those that a site adds in its folder `fonts/`. Never those of the computer.

use std::sync::LazyLock;

use super::{BUILT_IN, Theme, overlay};
use crate::config::Config;
use crate::source::{FileBytes, Sources};

/// A file with one or more faces of a font.
pub type Face = FileBytes;

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

/// The faces of the built-in theme, each with its file: the same for every page of every site.
static BUILT_IN_FACES: LazyLock<Vec<(String, ttf_parser::Face<'static>)>> = LazyLock::new(|| {
    let files = BUILT_IN.get_dir(IN_THEME).into_iter().flat_map(|folder| folder.files());
    let files = files.map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents()));
    let fonts = files.filter(|(path, _)| is_font(path));
    fonts.flat_map(|(path, bytes)| parsed(bytes).map(move |face| (path.clone(), face))).collect()
});

/// The characters that can be printed.
pub struct Coverage<'a> {
    /// Those of the built-in theme that the site does not replace.
    built_in: Vec<&'static ttf_parser::Face<'static>>,
    own: Vec<ttf_parser::Face<'a>>,
}

impl<'a> Coverage<'a> {
    /// Looks into the fonts of a site.
    pub fn of(config: &Config, sources: &'a Sources) -> Self {
        let folder = overlay(config);
        let is_replaced = |path: &str| {
            folder.as_ref().is_some_and(|folder| sources.files.contains_key(format!("{folder}{path}").as_str()))
        };
        let built_in = BUILT_IN_FACES.iter().filter(|(path, _)| !is_replaced(path)).map(|(_, face)| face);
        let of_theme = folder.as_ref().map(|folder| format!("{folder}{IN_THEME}/"));
        let of_theme = of_theme.iter().flat_map(|fonts| sources.below(fonts));
        let fonts = of_theme.chain(sources.below(Sources::FONTS)).filter(|(path, _)| is_font(path.as_str()));
        Self { built_in: built_in.collect(), own: fonts.flat_map(|(_, bytes)| parsed(bytes)).collect() }
    }

    /// Whether a character can be printed, or leaves nothing on paper anyway.
    pub fn has(&self, character: char) -> bool {
        character.is_ascii()
            || character.is_whitespace()
            || character.is_control()
            || is_invisible(character)
            || self.built_in.iter().copied().chain(&self.own).any(|face| has_glyph(face, character))
    }
}

/// Every face in a file.
fn parsed(bytes: &[u8]) -> impl Iterator<Item = ttf_parser::Face<'_>> {
    let count = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
    (0..count).filter_map(|index| ttf_parser::Face::parse(bytes, index).ok())
}

fn has_glyph(face: &ttf_parser::Face<'_>, character: char) -> bool {
    face.glyph_index(character).is_some_and(|glyph| glyph.0 != 0)
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
