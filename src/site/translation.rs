//! Translations: `grief.es.md` beside `grief.md` says the same in Spanish.
//!
//! A translation notes which text it was made from, as that text's content hash, so that nobody needs to remember what has
//! changed since. Days and version control say nothing about that: a file may be touched without a change, and changed without a day.

use std::collections::HashMap;
use std::sync::Arc;

use icu_locale::{LanguageIdentifier, LocaleExpander, TransformResult};
use sha2::{Digest, Sha256};

use super::{Page, PageIndex, Site};
use crate::content::front_matter::HASH_DIGITS;
use crate::content::{FrontMatter, PageKind};
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

/// The content hash of a page: of everything on it that is to be translated. Line ends and spaces before them do not count.
pub fn hash(front_matter: &FrontMatter, body: &str) -> String {
    let mut texts = vec![front_matter.title.value.clone(), front_matter.summary.clone().unwrap_or_default()];
    texts.extend(texts_of(&front_matter.kind));
    texts.push(body.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n"));
    let mut sha = Sha256::new();
    for text in texts {
        sha.update(text.as_bytes());
        sha.update([0]);
    }
    let digits = sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    digits[..HASH_DIGITS].to_owned()
}

/// What only one kind of page says above its body.
fn texts_of(kind: &PageKind) -> Vec<String> {
    match kind {
        PageKind::SessionGuide(guide) => guide.goals.clone(),
        PageKind::Suitability(suitability) => {
            let criteria = suitability.criteria.iter();
            criteria
                .flat_map(|criterion| {
                    let why = criterion.why.clone().unwrap_or_default();
                    [criterion.verdict.name().to_owned(), criterion.statement.clone(), why]
                })
                .collect()
        }
        PageKind::Evidence(evidence) => {
            let question = evidence.question.iter().flat_map(|question| {
                [&question.population, &question.intervention, &question.comparator, &question.outcome]
            });
            let findings = evidence.findings.iter().flat_map(|finding| {
                let rating = finding.certainty.as_ref().map(|certainty| certainty.value.rating.clone());
                let effect = finding.effect.as_ref().map(|effect| {
                    let (low, high) = effect.value.ci.unzip();
                    let numbers = [Some(effect.value.value), low, high].map(|number| number.map(|n| n.to_string()));
                    format!("{} {}", effect.value.measure, numbers.map(Option::unwrap_or_default).join(" "))
                });
                let (rating, effect) = (rating.unwrap_or_default(), effect.unwrap_or_default());
                [finding.statement.clone(), finding.outcome.clone(), rating, effect]
            });
            question.cloned().chain(findings).collect()
        }
        PageKind::Module(module) => module.objectives.clone(),
        PageKind::Term(term) => term.plain.iter().chain(&term.also).cloned().collect(),
        PageKind::Handout | PageKind::Worksheet | PageKind::QuickReference | PageKind::Page => Vec::new(),
    }
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
    let front_matter = &page.document.front_matter;
    let body = sources.text(page.path.as_str()).and_then(|text| text.get(front_matter.span.end..));
    hash(front_matter, body.unwrap_or_default())
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
