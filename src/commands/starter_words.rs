//! What new pages and projects say to their readers, in the language of those.
//!
//! Explanations beside keys are for whoever writes, and English, as everything is that psychoed tells them.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::blanks::{filled, quoted};
use crate::content::writing::main_part;
use crate::content::{blanks, guidance};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/commands/starter_words");
/// The language that has all the words.
const ENGLISH: &str = "en";

/// The words in one language.
pub(super) struct StarterWords {
    language: String,
    /// By section and name, as in `handout.about`.
    texts: BTreeMap<String, String>,
}

impl StarterWords {
    /// The words in the language of a tag, such as `de-AT`; in English where nobody has translated them.
    pub(super) fn of(tag: &str) -> Self {
        let language = main_part(tag).to_lowercase();
        match texts_in(&language) {
            Some(texts) => Self { language, texts },
            None => Self { language: ENGLISH.to_owned(), texts: texts_in(ENGLISH).unwrap_or_default() },
        }
    }

    /// Words with something filled in, by name and without its braces.
    pub(super) fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        blanks::filled(self.texts.get(name).map_or("", String::as_str), ["{", "}"], values)
    }

    /// An outline with its blanks filled, by these values and the words: `{{handout.about}}` stands for the words themselves,
    /// `{{[handout.about]}}` for advice to write that there, and either may be a value of TOML, as in `{{"handout.about"}}`.
    pub(super) fn outline(&self, outline: &str, values: &[(&str, &str)]) -> String {
        let ways = self.texts.iter().flat_map(|(name, text)| {
            let advice = guidance::blank(&self.language, text);
            [
                (name.clone(), text.clone()),
                (format!("\"{name}\""), quoted(text)),
                (format!("[{name}]"), advice.clone()),
                (format!("\"[{name}]\""), quoted(&advice)),
            ]
        });
        let ways: Vec<(String, String)> = ways.collect();
        let words = ways.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        filled(outline, &values.iter().copied().chain(words).collect::<Vec<_>>())
    }
}

fn texts_in(language: &str) -> Option<BTreeMap<String, String>> {
    let file = FILES.get_file(format!("{language}.toml"))?.contents_utf8()?;
    let sections: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(file).expect("the files of psychoed's own are sound");
    let named = |(section, texts): (String, BTreeMap<String, String>)| {
        texts.into_iter().map(move |(name, text)| (format!("{section}.{name}"), text))
    };
    Some(sections.into_iter().flat_map(named).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::theme;

    #[test]
    fn every_language_has_the_same_words_with_the_same_blanks() {
        let english = texts_in(ENGLISH).unwrap();
        for language in theme::languages() {
            let texts = texts_in(language).unwrap();
            assert_eq!(texts.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
            for (name, text) in &texts {
                let gaps = |text: &str| -> BTreeSet<String> {
                    text.split('{')
                        .skip(1)
                        .filter_map(|rest| rest.split_once('}'))
                        .map(|(gap, _)| gap.to_owned())
                        .collect()
                };
                assert_eq!(gaps(text), gaps(&english[name]), "{language}: {name}");
            }
            let blank = guidance::blank(language, "x");
            assert_eq!(guidance::blanks(&blank).next(), Some(0..blank.len()), "{language}");
            assert!(language == ENGLISH || blank != guidance::blank(ENGLISH, "x"), "{language}");
        }
        assert_eq!(FILES.files().count(), theme::languages().len());
    }
}
