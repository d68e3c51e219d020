//! Translations: `grief.es.md` beside `grief.md` says the same in Spanish.
//!
//! A translation notes which text it was made from, as that text's content hash, so that nobody needs to remember what has
//! changed since. Days and version control say nothing about that: a file may be touched without a change, and changed without a day.

use std::collections::HashMap;
use std::sync::Arc;

use icu_locale::{LanguageIdentifier, LocaleExpander, TransformResult};

use super::{Page, PageIndex, Site};
use crate::content::FrontMatter;
use crate::content::front_matter::HASH_DIGITS;
use crate::parse;
use crate::source::{SitePath, Sources};

/// What a translation has to do with the page that it translates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The page that it translates.
    pub of: PageIndex,
    /// The content hash of that page as it is now.
    pub hash: Arc<str>,
    /// Whether it says what that page says.
    pub standing: Standing,
}

/// Whether a translation says what its original says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It was made from the original as it is now.
    Current,
    /// The original has changed since.
    Stale,
    /// Nobody noted which text it was made from.
    Unrecorded,
}

/// A file's name as that of a translation: the name of its original, and the language; `None` when it names no language.
pub fn named(path: &SitePath) -> Option<(SitePath, String)> {
    let stem = path.as_str().strip_suffix(".md")?;
    let (original, tag) =
        stem.rsplit_once('.').filter(|(original, _)| !original.is_empty() && !original.ends_with('/'))?;
    Some((SitePath::new(format!("{original}.md")), language(tag)?))
}

/// A language tag with its capitals where they belong; `None` for what is no language: `notes.old.md` is no translation.
pub fn language(tag: &str) -> Option<String> {
    let tag = LanguageIdentifier::try_from_str(tag).ok().filter(|tag| !tag.language.is_unknown())?;
    let mut alone = LanguageIdentifier { language: tag.language, ..LanguageIdentifier::UNKNOWN };
    let is_known = LocaleExpander::new_common().maximize(&mut alone) == TransformResult::Modified;
    is_known.then(|| tag.to_string())
}

/// The content hash of a page: the beginning of its fingerprint. `text` is the whole file.
pub fn hash(text: &str, front_matter: &FrontMatter) -> String {
    let mut digits = parse::fingerprint(text, front_matter);
    digits.truncate(HASH_DIGITS);
    digits
}

/// Finds out which pages translate which. `before` spares hashing pages that have not changed.
pub(super) fn join(
    pages: &mut [Page],
    page_at: &HashMap<SitePath, PageIndex>,
    sources: &Sources,
    before: Option<&Site>,
) {
    for index in 0..pages.len() {
        let Some((original, language)) = named(&pages[index].path) else { continue };
        pages[index].language = Some(language.into());
        let Some(&of) = page_at.get(&original) else { continue };
        pages[of].translations.push(index);
    }
    for of in 0..pages.len() {
        if pages[of].translations.is_empty() {
            continue;
        }
        let hash = known_hash(&pages[of], before).unwrap_or_else(|| hash_of(&pages[of], sources).into());
        for translation in pages[of].translations.clone() {
            let noted = pages[translation].document.front_matter.translated_from.as_ref();
            let standing = match noted {
                None => Standing::Unrecorded,
                Some(noted) if *noted.value == *hash => Standing::Current,
                Some(_) => Standing::Stale,
            };
            pages[translation].translation = Some(Translation { of, hash: hash.clone(), standing });
        }
    }
}

fn hash_of(page: &Page, sources: &Sources) -> String {
    hash(sources.text(page.path.as_str()).unwrap_or_default(), &page.document.front_matter)
}

/// The hash of a page that has not been read again since.
fn known_hash(page: &Page, before: Option<&Site>) -> Option<Arc<str>> {
    let before = before?;
    let same = &before.pages[*before.page_at.get(&page.path)?];
    let translation = &before.pages[*same.translations.first()?].translation;
    Arc::ptr_eq(&same.document, &page.document).then(|| Some(translation.as_ref()?.hash.clone()))?
}

impl Site {
    /// The language that a page is written in, as a BCP 47 tag.
    pub fn language<'s>(&'s self, page: &'s Page) -> &'s str {
        page.language.as_deref().unwrap_or(&self.config.language)
    }

    /// Whether a page says in another language what one of those that are held says.
    pub fn is_repeated(&self, page: PageIndex, holds: impl Fn(PageIndex) -> bool) -> bool {
        self.pages[page].translation.as_ref().is_some_and(|translation| holds(translation.of))
    }

    /// A page and the others that say the same in other languages: the original first, the others by language. Empty when there
    /// is no other.
    pub fn in_all_languages(&self, page: PageIndex) -> Vec<PageIndex> {
        let original = self.pages[page].translation.as_ref().map_or(page, |translation| translation.of);
        let translations = &self.pages[original].translations;
        if translations.is_empty() {
            return Vec::new();
        }
        std::iter::once(original).chain(translations.iter().copied()).collect()
    }
}

#[cfg(test)]
mod tests;
