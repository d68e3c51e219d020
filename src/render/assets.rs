//! The theme's own files, published under names that change with their content, so that they can be kept for ever.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::site::Site;
use crate::source::FileBytes;
use crate::theme::Theme;

/// Every file that pages need for their looks.
#[derive(Debug, Default)]
pub struct Assets {
    /// By path within the theme's `assets/`; for each, where it goes within an edition, and what is in it.
    files: BTreeMap<String, (String, FileBytes)>,
}

/// Where these are within a theme, and within an edition.
const FOLDER: &str = "assets/";
/// The name under which the site's logo stands among the theme's files.
const LOGO: &str = "logo";

impl Assets {
    /// Names the theme's files, and the site's logo if it has one.
    pub fn of(theme: &Theme, site: &Site) -> Self {
        let mut assets = Self::default();
        let own = theme.files.iter().filter_map(|(path, file)| Some((path.strip_prefix(FOLDER)?, &file.bytes)));
        let (styles, others): (Vec<_>, Vec<_>) = own.partition(|(name, _)| name.ends_with(".css"));
        for (name, bytes) in others {
            assets.add(name, name, bytes.clone());
        }
        // After the files they may refer to, whose published names they need.
        for (name, bytes) in styles {
            let bytes = assets.with_published_names(name, bytes);
            assets.add(name, name, bytes);
        }
        if let Some(logo) = &site.config.theme.logo
            && let Some(bytes) = site.sources.bytes(&logo.value)
        {
            let file_name = logo.value.rsplit('/').next().unwrap_or(LOGO);
            let extension = file_name.rsplit_once('.').map_or("", |(_, extension)| extension);
            assets.add(LOGO, &format!("{LOGO}.{extension}"), bytes.clone());
        }
        assets
    }

    /// Where a file goes within an edition, given its path within the theme's `assets/`.
    pub fn published(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(|(published, _)| published.as_str())
    }

    /// Where the site's logo goes within an edition.
    pub fn logo(&self) -> Option<&str> {
        self.published(LOGO)
    }

    /// Every name within the theme with where it goes.
    pub fn names(&self) -> BTreeMap<String, String> {
        self.files.iter().map(|(name, (published, _))| (name.clone(), published.clone())).collect()
    }

    /// The file at an address within an edition.
    pub fn file(&self, published: &str) -> Option<&FileBytes> {
        self.files.values().find(|(path, _)| path == published).map(|(_, bytes)| bytes)
    }

    /// Every file to publish.
    pub fn files(&self) -> impl Iterator<Item = (&str, &FileBytes)> {
        self.files.values().map(|(published, bytes)| (published.as_str(), bytes))
    }

    fn add(&mut self, name: &str, file_name: &str, bytes: FileBytes) {
        let hash: String = Sha256::digest(&bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let published = match file_name.rsplit_once('.') {
            Some((stem, extension)) => format!("{FOLDER}{stem}.{hash}.{extension}"),
            None => format!("{FOLDER}{file_name}.{hash}"),
        };
        self.files.insert(name.to_owned(), (published, bytes));
    }

    /// A style sheet whose `url(…)` name files as they are published.
    fn with_published_names(&self, name: &str, bytes: &FileBytes) -> FileBytes {
        const OPEN: &str = "url(";
        let Some(css) = bytes.as_text() else { return bytes.clone() };
        if !css.contains(OPEN) {
            return bytes.clone();
        }
        let here = crate::source::SitePath::new(name);
        let mut renamed = String::with_capacity(css.len());
        let mut rest = css;
        while let Some((before, after)) = rest.split_once(OPEN) {
            renamed.push_str(before);
            renamed.push_str(OPEN);
            let end = after.find(')').unwrap_or(after.len());
            let reference = after[..end].trim().trim_matches(['"', '\'']);
            match here.join(reference).and_then(|path| self.published(path.as_str())) {
                Some(published) => {
                    let from = crate::source::SitePath::new(format!("{FOLDER}{name}"));
                    renamed.push_str(&from.relative_to(published));
                }
                None => renamed.push_str(&after[..end]),
            }
            rest = &after[end..];
        }
        renamed.push_str(rest);
        renamed.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_the_hash_and_style_sheets_follow() {
        let mut assets = Assets::default();
        assets.add("fonts/a.woff2", "fonts/a.woff2", b"font".to_vec().into());
        let css: FileBytes = b"a{src:url('fonts/a.woff2')}b{c:url(data:,x)}".to_vec().into();
        let css = assets.with_published_names("site.css", &css);
        assert_eq!(assets.published("fonts/a.woff2"), Some("assets/fonts/a.795ea3ef.woff2"));
        assert_eq!(std::str::from_utf8(&css), Ok("a{src:url(fonts/a.795ea3ef.woff2)}b{c:url(data:,x)}"));
    }
}
