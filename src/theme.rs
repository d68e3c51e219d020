//! Templates and assets: the built-in theme, overlaid file by file by a site's own.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that gives pages their looks, by path within the theme (`templates/page.html`, `assets/site.css`).
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// Every file.
    pub files: BTreeMap<String, ThemeFile>,
}

/// One file of the theme.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// Where it comes from in the project; `None` for the built-in theme.
    pub source: Option<crate::source::SitePath>,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

impl Theme {
    /// The built-in theme with the site's own files laid over it.
    pub fn of(config: &crate::config::Config, sources: &crate::source::Sources) -> Self {
        let _ = (config, sources);
        Self::default()
    }
}
