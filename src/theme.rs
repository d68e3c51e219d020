//! Templates and assets: the built-in theme, overlaid file by file by a site's own.

pub mod accent;
mod faces;
mod words;

use std::collections::BTreeMap;

use bytes::Bytes;
use include_dir::{Dir, include_dir};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{FileBytes, SitePath, Sources};

pub use accent::faults as accent_faults;
pub use faces::{Coverage, Face};
pub use words::{
    Dictionary, Words, are_known_in as words_are_known_in, faults as words_faults, file_of as words_in, languages,
    missing as missing_words,
};

/// The theme that comes with psychoed.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// What surrounds pages and is rendered once for all that share it: the template, and the entry of `page` that holds what it makes.
pub const MADE_ONCE: [(&str, &str); 3] =
    [("header.html", "header_html"), (HELP, "help_html"), ("footer.html", "footer_html")];
/// The template that says whom patients turn to, in the language of the page.
pub const HELP: &str = "help.html";

/// Everything that gives pages their looks, by path within the theme (`templates/page.html`, `assets/site.css`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// Every file.
    pub files: BTreeMap<String, ThemeFile>,
}

/// One file of the theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// Where it comes from in the project; `None` for the built-in theme.
    pub source: Option<SitePath>,
    /// What is in it.
    pub bytes: FileBytes,
}

impl Theme {
    /// The style sheet, into which the accent is written.
    pub const STYLE: &'static str = "assets/site.css";
    /// The script.
    pub const SCRIPT: &'static str = "assets/site.js";
    /// The icon, which has the accent's colour.
    pub const ICON: &'static str = "assets/icon.svg";

    /// The built-in theme with the site's own files laid over it, in the colours that the configuration asks for.
    pub fn of(config: &Config, sources: &Sources) -> Self {
        let mut files = BTreeMap::new();
        add_built_in(&BUILT_IN, &mut files);
        if let Some(folder) = overlay(config) {
            for (path, bytes) in sources.below(&folder) {
                let file = ThemeFile { source: Some(path.clone()), bytes: bytes.clone() };
                files.insert(path.as_str()[folder.len()..].to_owned(), file);
            }
        }
        let palette = accent::Palette::of(config);
        // A site's own style sheet may have the mark too; its own icon has the colours that its maker chose.
        recolour(&mut files, Self::STYLE, |text, _| text.replace(accent::MARK, &palette.css()));
        recolour(&mut files, Self::ICON, |text, built_in| match built_in {
            true => text.replace(accent::DEFAULT, &palette.hex()),
            false => text.to_owned(),
        });
        Self { files }
    }
}

/// A folder for the site's own theme that holds nothing: most likely misspelt.
pub fn folder_faults(config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let (Some(folder), Some(path)) = (&config.theme.folder, overlay(config)) else { return Vec::new() };
    if sources.below(&path).next().is_some() {
        return Vec::new();
    }
    let at = accent::in_config(&folder.span);
    let fault = Diagnostic::error("config-value", at, format!("the theme folder `{}` has no files", folder.value));
    vec![fault.hint(
        "Name a folder of this project that holds `templates/` or `assets/`, \
         or delete the line to use the theme that comes with psychoed.",
    )]
}

/// A logo that is not there: pages would do without one in silence.
pub fn logo_faults(config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let Some(logo) = config.theme.logo.as_ref().filter(|logo| sources.bytes(&logo.value).is_none()) else {
        return Vec::new();
    };
    let meant = nearest(&logo.value, sources.files.keys().map(SitePath::as_str));
    let hint = match meant {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => "Name a picture of this project, from the folder of site-config.toml, or delete the line.".to_owned(),
    };
    let at = accent::in_config(&logo.span);
    vec![Diagnostic::error("config-value", at, format!("the logo `{}` does not exist", logo.value)).hint(hint)]
}

/// The folder of the site's own files, from the project's root and ending in a slash.
pub fn overlay(config: &Config) -> Option<String> {
    let folder = &config.theme.folder.as_ref()?.value;
    let folder = SitePath::new(Sources::CONFIG).join(folder)?;
    // The whole project is not a theme: its content would end up among the templates.
    if folder.as_str().is_empty() { None } else { Some(format!("{folder}/")) }
}

/// A text file of the theme that comes with psychoed.
fn built_in(path: &str) -> Option<&'static str> {
    BUILT_IN.get_file(path)?.contents_utf8()
}

fn add_built_in(folder: &'static Dir<'static>, files: &mut BTreeMap<String, ThemeFile>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(path, ThemeFile { source: None, bytes: FileBytes::Other(Bytes::from_static(file.contents())) });
    }
    for folder in folder.dirs() {
        add_built_in(folder, files);
    }
}

/// Changes a text file of the theme; `change` also learns whether it is the built-in one.
fn recolour(files: &mut BTreeMap<String, ThemeFile>, path: &str, change: impl Fn(&str, bool) -> String) {
    let Some(file) = files.get_mut(path) else { return };
    if let Some(text) = file.bytes.as_text() {
        file.bytes = change(text, file.source.is_none()).into();
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::config::ThemeConfig;
    use crate::source::Spanned;

    /// A configuration that says nothing but how the site looks.
    pub(crate) fn config(theme: ThemeConfig) -> Config {
        Config { title: "Library".into(), language: "en".into(), theme, ..Config::default() }
    }

    fn with_folder(folder: &str) -> Config {
        config(ThemeConfig { folder: Some(Spanned::new(folder.into(), 3..9)), ..ThemeConfig::default() })
    }

    fn sources(files: &[(&str, &str)]) -> Sources {
        Sources { files: files.iter().map(|(path, text)| (SitePath::new(path), (*text).into())).collect() }
    }

    fn text(theme: &Theme, path: &str) -> String {
        String::from_utf8(theme.files[path].bytes.to_vec()).unwrap()
    }

    #[test]
    fn built_in_theme_has_a_template_for_every_kind() {
        let theme = Theme::of(&config(ThemeConfig::default()), &Sources::default());
        for kind in crate::content::KindName::ALL {
            let path = format!("templates/{}.html", kind.name());
            assert!(theme.files.contains_key(&path), "{path}");
        }
    }

    #[test]
    fn the_accent_is_written_into_style_sheet_and_icon() {
        let accent = Some(Spanned::new("rebeccapurple".to_owned(), 0..0));
        let theme = Theme::of(&config(ThemeConfig { accent, ..ThemeConfig::default() }), &Sources::default());
        assert!(!text(&theme, Theme::STYLE).contains(accent::MARK));
        assert!(text(&theme, Theme::STYLE).contains("--accent:#663399"));
        assert!(text(&theme, Theme::ICON).contains("#663399"));
    }

    #[test]
    fn a_sites_own_files_lie_over_the_built_in_ones() {
        let own = sources(&[("themes/clinic/assets/icon.svg", "<svg/>"), ("themes/clinic2/assets/x.css", "")]);
        let theme = Theme::of(&with_folder("./themes/clinic/"), &own);
        assert_eq!(text(&theme, Theme::ICON), "<svg/>");
        assert_eq!(theme.files[Theme::ICON].source, Some(SitePath::new("themes/clinic/assets/icon.svg")));
        assert_eq!(theme.files[Theme::STYLE].source, None);
        assert!(!theme.files.contains_key("assets/x.css"), "of a folder whose name only starts alike");
    }

    #[test]
    fn a_folder_without_files_is_a_fault() {
        assert_eq!(folder_faults(&with_folder("themes/clinic"), &sources(&[("themes/clinic/a", "")])), []);
        let found = folder_faults(&with_folder("themes/clinik"), &sources(&[("themes/clinic/a", "")]));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rule, "config-value");
        assert_eq!(found[0].message, "the theme folder `themes/clinik` has no files");
        assert_eq!((found[0].at.span.start, found[0].at.span.end), (3, 9));
    }

    #[test]
    fn a_logo_that_is_not_there_is_reported_at_its_line() {
        let with_logo = |logo: &str| {
            let logo = Some(Spanned::new(logo.to_owned(), 3..9));
            config(ThemeConfig { logo, ..ThemeConfig::default() })
        };
        let files = sources(&[("content/figures/logo.svg", "<svg/>")]);
        assert_eq!(logo_faults(&with_logo("content/figures/logo.svg"), &files), []);
        let hint = |logo: &str| logo_faults(&with_logo(logo), &files).remove(0).hint.unwrap();
        assert_eq!(hint("content/figures/lgoo.svg"), "Did you mean `content/figures/logo.svg`?");
        assert!(hint("x.png").starts_with("Name a picture of this project"));
        let found = logo_faults(&with_logo("x.png"), &files).remove(0);
        assert_eq!((found.rule, found.message.as_str()), ("config-value", "the logo `x.png` does not exist"));
        assert_eq!((found.at.span.start, found.at.span.end), (3, 9));
    }
}
