//! What patients read of a page, measured once for all rules about its language.

mod plain_words;

use std::collections::BTreeSet;

use crate::content::{Audience, Document, KindName, PageKind};
use crate::diagnostic::Location;
use crate::readability::{self, Language, Options, Phrases, Places, Reading, Stretch};
use crate::site::{Page, PageIndex, Site, Status};

/// The text of a page as patients see it.
pub(super) struct PatientText<'s> {
    /// The site.
    pub site: &'s Site,
    /// The page.
    pub page: &'s Page,
    /// What was measured of it.
    pub reading: Reading,
    /// Its language.
    pub language: Language,
    vocabulary: &'s Vocabulary,
}

/// Words that a site's patients may not know. The same for all of its pages.
pub(super) struct Vocabulary {
    terms: Phrases,
    /// The page of the term that each of the terms' wordings belongs to.
    term_pages: Vec<PageIndex>,
    jargon: Phrases,
    /// What to say in place of each wording of the jargon.
    plain: Vec<String>,
}

impl<'s> PatientText<'s> {
    /// Reads a page, if patients do and its language can be judged.
    pub fn of(site: &'s Site, page: &'s Page, vocabulary: &'s Vocabulary) -> Option<Self> {
        let written_in = site.language(page);
        let language = Language::of(written_in).filter(|_| is_for_patients(page))?;
        // The glossary and the plain words are in the language of the site; a translation has other words.
        let options = if Language::of(&site.config.language) == Some(language) {
            Options { terms: Some(&vocabulary.terms), jargon: Some(&vocabulary.jargon) }
        } else {
            Options::default()
        };
        let reading = readability::of(&page.document, &[Audience::Patient], written_in, &options);
        Some(Self { site, page, reading, language, vocabulary })
    }

    /// Finds stretches of the text in the page's source.
    pub fn places(&self) -> TextPlaces<'_> {
        TextPlaces { text: self, places: None }
    }

    /// The page's title: the place of what is said of the whole text.
    pub fn at_title(&self) -> Location {
        self.page.at(&self.page.document.front_matter.title.span)
    }

    /// The page of the term that a wording belongs to.
    pub fn term(&self, wording: usize) -> PageIndex {
        self.vocabulary.term_pages[wording]
    }

    /// What to say in place of a wording of the jargon.
    pub fn plain(&self, wording: usize) -> &'s str {
        &self.vocabulary.plain[wording]
    }
}

/// Finds stretches of a page's text in its source. Asked in order, it does not begin anew each time.
pub(super) struct TextPlaces<'t> {
    text: &'t PatientText<'t>,
    /// Made for the first stretch: on most pages most rules find none.
    places: Option<Places<'t>>,
}

impl TextPlaces<'_> {
    /// Where a stretch stands.
    pub fn of(&mut self, stretch: &Stretch) -> Location {
        let PatientText { site, page, reading, .. } = self.text;
        let places = self
            .places
            .get_or_insert_with(|| reading.places(site.sources.text(page.path.as_str()).unwrap_or_default()));
        page.at(&places.of(stretch))
    }
}

/// Whether patients read a page. Entries of the glossary are for those who treat as well: they hold the clinical wording beside the
/// plain one.
fn is_for_patients(page: &Page) -> bool {
    page.document.front_matter.audience.contains(&Audience::Patient)
        && page.kind() != KindName::Term
        && !matches!(page.status, Status::Expired(_))
}

impl Vocabulary {
    /// Collects the words of a site: the wordings of its glossary, and jargon. What the configuration says of a word comes first, then
    /// the glossary, then what is known of the language.
    pub fn of(site: &Site) -> Self {
        let own = &site.config.plain_words;
        let mut taken: BTreeSet<String> = own.keys().map(|word| word.to_lowercase()).collect();
        let (mut wordings, mut term_pages) = (Vec::new(), Vec::new());
        for (index, page) in site.pages.iter().enumerate() {
            for wording in wordings_of_term(&page.document).filter(|wording| taken.insert(wording.to_lowercase())) {
                wordings.push(wording);
                term_pages.push(index);
            }
        }
        let known = Language::of(&site.config.language).map_or(&[][..], plain_words::of);
        let known = known.iter().filter(|(word, _)| !taken.contains(*word));
        // A word that stands for itself may be used.
        let own = own.iter().filter(|(word, plain)| !word.eq_ignore_ascii_case(plain));
        let jargon: Vec<(&str, &str)> =
            own.map(|(word, plain)| (word.as_str(), plain.as_str())).chain(known.copied()).collect();
        Self {
            terms: Phrases::new(wordings),
            term_pages,
            jargon: Phrases::new(jargon.iter().map(|(word, _)| *word)),
            plain: jargon.iter().map(|(_, plain)| (*plain).to_owned()).collect(),
        }
    }
}

/// The wordings of a glossary entry; none of any other page.
fn wordings_of_term(document: &Document) -> impl Iterator<Item = &str> {
    let front_matter = &document.front_matter;
    let also = match &front_matter.kind {
        PageKind::Term(term) => Some(term.also.iter().map(String::as_str)),
        _ => None,
    };
    let title = also.is_some().then_some(front_matter.title.value.as_str());
    title.into_iter().chain(also.into_iter().flatten()).map(str::trim)
}
