//! psychoed's own words on pages and sheets, in the language of those who read them.
//!
//! They are data of the theme: `words/en.toml` has them all, every other file of that folder says them in the language that it is
//! named after. A site's own theme may hold such a file, too; what that does not say is as in the theme that comes with psychoed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, OnceLock};

use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};
use serde_json::Value as Json;
use toml::de::{DeTable, DeValue};

use super::{Theme, built_in, overlay};
use crate::config::Config;
use crate::content::blanks;
use crate::content::writing::main_part;
use crate::diagnostic::{Diagnostic, Location, nearest};
use crate::source::{SitePath, Sources, Span};

/// The rule that a file of words breaks.
const RULE: &str = "words-broken";
/// Where the words are within a theme.
const FOLDER: &str = "words/";
/// The language in which every word is known.
const ENGLISH: &str = "en";

/// The words of every language that a site is written in.
#[derive(Debug, Default)]
pub struct Dictionary {
    by_tag: BTreeMap<String, Arc<Words>>,
    /// For all other languages.
    english: OnceLock<Arc<Words>>,
}

/// psychoed's own words in one language.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The language they are in: English where nobody has written them in the one that was asked for.
    language: String,
    /// By section and name, as in `menu.home`.
    texts: FxHashMap<String, String>,
}

impl Dictionary {
    /// The words for some languages, as BCP 47 tags.
    pub fn of<'t>(theme: &Theme, tags: impl IntoIterator<Item = &'t str>) -> Self {
        let by_tag = tags.into_iter().map(|tag| (tag.to_owned(), Arc::new(Words::of(theme, tag)))).collect();
        Self { by_tag, english: OnceLock::new() }
    }

    /// Whether these languages, and no others, were asked for.
    pub fn has_just(&self, tags: &BTreeSet<&str>) -> bool {
        self.by_tag.keys().map(String::as_str).eq(tags.iter().copied())
    }

    /// The words for one of these languages; for any other, English.
    pub fn words(&self, tag: &str) -> &Arc<Words> {
        let english = || self.english.get_or_init(|| Arc::new(Words::of(&Theme::default(), ENGLISH)));
        self.by_tag.get(tag).unwrap_or_else(english)
    }
}

impl Words {
    /// The words in a language as far as somebody has written them; the others are English. What holds for a language holds
    /// wherever it is spoken: `pt` for `pt-BR`.
    pub fn of(theme: &Theme, tag: &str) -> Self {
        let is_english = main_part(tag) == ENGLISH;
        let mut words = Self {
            language: if is_english { tag } else { ENGLISH }.to_owned(),
            texts: english().iter().map(|(key, text)| (key.clone(), text.clone())).collect(),
        };
        words.add_own(theme, ENGLISH);
        for texts in wherever_spoken(tag).filter(|known| *known != ENGLISH).filter_map(texts_in) {
            words.texts.extend(texts.iter().map(|(key, text)| (key.clone(), text.clone())));
            words.language = tag.to_owned();
        }
        // After all that comes with psychoed: what a site says in German it says in Austria, too.
        for known in wherever_spoken(tag) {
            if words.add_own(theme, known) {
                words.language = tag.to_owned();
            }
        }
        words
    }

    /// Lays the site's own file over the words, if there is one. What is wrong in it is left out.
    fn add_own(&mut self, theme: &Theme, tag: &str) -> bool {
        let own = theme.files.get(&file(tag)).filter(|file| file.source.is_some());
        let Some(texts) = own.and_then(|file| flat(file.bytes.as_text()?).ok()) else { return false };
        let right = texts.into_iter().filter(|(key, text)| fault_of(english(), key, &text.text).is_none());
        let right: Vec<_> = right.map(|(key, text)| (key, text.text)).collect();
        self.texts.extend(right);
        true
    }

    /// The language they are in.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The words of a name, such as `menu.home`; nothing for a name that is not in `words/en.toml`.
    pub fn say(&self, key: &str) -> &str {
        let text = self.texts.get(key);
        debug_assert!(text.is_some(), "there are no words named {key}");
        text.map(String::as_str).unwrap_or_default()
    }

    /// The words of a name that a word of a closed list is a part of; that word where it has none.
    pub fn named<'w>(&'w self, section: &str, word: &'w str) -> &'w str {
        self.texts.get(&[section, word].join(".")).map_or(word, String::as_str)
    }

    /// Words with something filled in, by name and without its braces.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        blanks::filled(self.say(key), ["{", "}"], values)
    }
}

/// As templates see them: section by section, with `_` for the `-` in names.
impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tree = serde_json::Map::new();
        for (key, text) in self.texts.iter().collect::<BTreeMap<_, _>>() {
            plant(&mut tree, &key.replace('-', "_"), text);
        }
        tree.serialize(serializer)
    }
}

fn plant(tree: &mut serde_json::Map<String, Json>, key: &str, text: &str) {
    let Some((section, name)) = key.split_once('.') else {
        tree.insert(key.to_owned(), Json::String(text.to_owned()));
        return;
    };
    let section = tree.entry(section).or_insert_with(|| Json::Object(serde_json::Map::new()));
    if let Json::Object(section) = section {
        plant(section, name, text);
    }
}

/// What is wrong in the site's own files of words. `is_language` tells tags of languages from other names.
pub fn faults(config: &Config, sources: &Sources, is_language: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let Some(folder) = overlay(config) else { return Vec::new() };
    let folder = format!("{folder}{FOLDER}");
    let mut faults = Vec::new();
    for (path, bytes) in sources.below(&folder) {
        let name = &path.as_str()[folder.len()..];
        if name.strip_suffix(".toml").is_some_and(&is_language) {
            faults.extend(bytes.as_text().into_iter().flat_map(|text| faults_in(path, text)));
        } else {
            let message = format!("`{name}` is not named after a language, so its words are printed nowhere");
            let hint = "Name the file after the language's tag, for example `de.toml` or `pt-BR.toml`.";
            faults.push(Diagnostic::error(RULE, Location::top(path), message).hint(hint));
        }
    }
    faults
}

/// The names of the words that nobody has written in a language.
pub fn missing(config: &Config, sources: &Sources, tag: &str) -> Vec<String> {
    if main_part(tag) == ENGLISH {
        return Vec::new();
    }
    let own = |known: &str| {
        let text = sources.bytes(&format!("{}{}", overlay(config)?, file(known)))?.as_text()?;
        flat(text).ok()
    };
    let own: Vec<_> = wherever_spoken(tag).filter_map(own).collect();
    let built_in: Vec<_> = wherever_spoken(tag).filter_map(texts_in).collect();
    let is_known = |key: &str| {
        own.iter().any(|texts| texts.contains_key(key)) || built_in.iter().any(|texts| texts.contains_key(key))
    };
    english().keys().filter(|key| !is_known(key)).cloned().collect()
}

/// Whether words in a language come with psychoed.
pub fn are_known_in(tag: &str) -> bool {
    wherever_spoken(tag).any(|known| texts_in(known).is_some())
}

/// The languages of the words that come with psychoed, without those of single countries.
pub fn languages() -> Vec<&'static str> {
    let mut tags: Vec<&str> = tags().filter(|tag| !tag.contains('-')).collect();
    tags.sort_unstable();
    tags
}

/// What the files of words are named after that come with psychoed: languages, and countries that say some of it otherwise.
fn tags() -> impl Iterator<Item = &'static str> {
    let files = super::BUILT_IN.get_dir("words").into_iter().flat_map(include_dir::Dir::files);
    files.filter_map(|file| file.path().file_stem()?.to_str())
}

/// The file of words in a language, wherever it is spoken, that comes with psychoed.
pub fn file_of(tag: &str) -> Option<&'static str> {
    wherever_spoken(tag).find_map(|known| built_in(&file(known)))
}

fn faults_in(path: &SitePath, text: &str) -> Vec<Diagnostic> {
    let fault = |span: &Span, message: String| Diagnostic::error(RULE, Location::new(path, span), message);
    let texts = match flat(text) {
        Ok(texts) => texts,
        Err((message, span)) => {
            let hint = "Write each as a name, `=` and the words in quotation marks: `home = \"Startseite\"`.";
            return vec![fault(&span, format!("the words cannot be read: {message}")).hint(hint)];
        }
    };
    let english = english();
    let faults = texts.iter().filter_map(|(key, text)| {
        let (message, hint) = fault_of(english, key, &text.text)?;
        Some(fault(&text.span, message).hint(hint))
    });
    faults.collect()
}

/// What is wrong with the words of a name, and how to mend it.
fn fault_of(known: &BTreeMap<String, String>, key: &str, text: &str) -> Option<(String, String)> {
    let Some(english) = known.get(key) else {
        let meant = nearest(key, known.keys().map(String::as_str));
        let meant = meant.map_or_else(
            || format!("Delete it, or see the list of names: `psychoed explain {RULE}`."),
            |meant| format!("Did you mean `{meant}`?"),
        );
        return Some((format!("psychoed has no words of the name `{key}`"), meant));
    };
    let (wanted, found) = (holes(english), holes(text));
    if wanted == found {
        return None;
    }
    let message = if wanted.is_empty() {
        format!("nothing is filled in here: `{}` would be printed as it stands", found.concat())
    } else {
        format!("the words of `{key}` have to hold `{}`, in this order", wanted.join("`, `"))
    };
    Some((message, format!("In English they are “{english}”.")))
}

/// The tags for which what is said holds for a tag, too: `pt`, then `pt-BR`.
fn wherever_spoken(tag: &str) -> impl Iterator<Item = &str> {
    let ends = tag.match_indices('-').map(|(end, _)| end).chain([tag.len()]);
    ends.map(|end| &tag[..end])
}

/// The words that come with psychoed in the language that has them all.
fn english() -> &'static BTreeMap<String, String> {
    static NONE: BTreeMap<String, String> = BTreeMap::new();
    texts_in(ENGLISH).unwrap_or(&NONE)
}

/// The words that come with psychoed in a language. Each file is read once: checks ask for it at every edit.
fn texts_in(tag: &str) -> Option<&'static BTreeMap<String, String>> {
    static READ: LazyLock<BTreeMap<&str, OnceLock<BTreeMap<String, String>>>> =
        LazyLock::new(|| tags().map(|tag| (tag, OnceLock::new())).collect());
    let read = || {
        let texts = built_in(&file(tag)).and_then(|text| flat(text).ok()).unwrap_or_default();
        texts.into_iter().map(|(key, text)| (key, text.text)).collect()
    };
    Some(READ.get(tag)?.get_or_init(read))
}

/// What is to be filled in, and the ends of a link: `{page}`, `[`.
fn holes(text: &str) -> Vec<String> {
    let mut holes = Vec::new();
    let mut open = None;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => open = Some(at),
            '}' => holes.extend(open.take().map(|open| text[open..=at].to_owned())),
            '[' | ']' => holes.push(letter.to_string()),
            _ => {}
        }
    }
    holes
}

fn file(tag: &str) -> String {
    format!("{FOLDER}{tag}.toml")
}

/// A text of a file, and where it stands.
struct Text {
    text: String,
    span: Span,
}

/// Every text of a file by section and name; the entries of a list are numbered from 1.
fn flat(toml: &str) -> Result<BTreeMap<String, Text>, (String, Span)> {
    let table = DeTable::parse(toml).map_err(|fault| (fault.message().to_owned(), fault.span().unwrap_or_default()))?;
    let mut texts = BTreeMap::new();
    for (name, value) in table.get_ref() {
        flatten(name.get_ref().to_string(), value, &mut texts)?;
    }
    Ok(texts)
}

fn flatten(
    key: String,
    value: &toml::Spanned<DeValue<'_>>,
    texts: &mut BTreeMap<String, Text>,
) -> Result<(), (String, Span)> {
    match value.get_ref() {
        DeValue::Table(table) => {
            table.iter().try_for_each(|(name, value)| flatten(format!("{key}.{}", name.get_ref()), value, texts))
        }
        DeValue::Array(values) => {
            values.iter().zip(1..).try_for_each(|(value, number)| flatten(format!("{key}.{number}"), value, texts))
        }
        DeValue::String(text) => {
            texts.insert(key, Text { text: text.to_string(), span: value.span() });
            Ok(())
        }
        _ => Err((format!("`{key}` is not a text"), value.span())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ThemeConfig;
    use crate::source::Spanned;
    use crate::theme::tests::config;

    /// Every language that comes with psychoed but English, with its texts.
    fn translations() -> impl Iterator<Item = (&'static str, BTreeMap<String, String>)> {
        let files = crate::theme::BUILT_IN.get_dir("words").unwrap().files();
        let tags = files.map(|file| file.path().file_stem().unwrap().to_str().unwrap());
        tags.filter(|tag| *tag != ENGLISH && !tag.contains('-')).map(|tag| {
            let texts = flat(built_in(&file(tag)).unwrap()).unwrap_or_else(|(fault, _)| panic!("{tag}: {fault}"));
            (tag, texts.into_iter().map(|(key, text)| (key, text.text)).collect())
        })
    }

    fn overlaid(files: &[(&str, &str)]) -> (Config, Sources) {
        let folder = Some(Spanned::new("theme".into(), 0..0));
        let sources = files.iter().map(|(path, text)| (SitePath::new(path), (*text).into()));
        (config(ThemeConfig { folder, ..ThemeConfig::default() }), Sources { files: sources.collect() })
    }

    fn messages(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let (config, sources) = overlaid(files);
        let found = faults(&config, &sources, |tag| tag.len() == 2);
        found.into_iter().map(|fault| (fault.message, fault.hint.unwrap_or_default())).collect()
    }

    #[test]
    fn translations_say_everything_that_english_says() {
        let english = english();
        let mut languages = 0;
        for (tag, texts) in translations() {
            languages += 1;
            assert!(texts.keys().eq(english.keys()), "{tag} has other names");
            for (key, text) in &texts {
                assert_eq!(holes(text), holes(&english[key]), "{tag}: {key}");
                assert!(!text.trim().is_empty() || key == "number.thousands", "{tag}: {key} is empty");
                assert!(text.trim() == text || key == "number.thousands", "{tag}: {key} has spaces at its ends");
            }
        }
        assert_eq!(languages, 4);
    }

    #[test]
    fn countries_say_some_of_it_otherwise() {
        for tag in tags().filter(|tag| tag.contains('-')) {
            for (key, text) in texts_in(tag).unwrap() {
                assert_eq!(Some(holes(text)), english().get(key).map(|english| holes(english)), "{tag}: {key}");
            }
        }
        let words = |tag| Words::of(&Theme::default(), tag);
        let number = |tag| ["number.thousands", "number.decimal"].map(|key| words(tag).say(key).to_owned()).join("");
        assert_eq!(["de", "de-AT", "de-CH", "it-CH", "es-MX"].map(number), [".,", ".,", "’.", "’.", ",."]);
        let not_swiss = |text: &&String| text.contains(['ß', '„', '“']);
        assert_eq!(words("de-CH").texts.values().filter(not_swiss).collect::<Vec<_>>(), [""; 0]);
        assert_eq!((words("de-CH").language(), words("de-CH").say("menu.home")), ("de-CH", "Startseite"));
        assert_eq!(file_of("de-CH"), file_of("de"));
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "this test looks at the disk")]
    fn every_word_is_used_and_every_word_used_is_there() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut said = String::new();
        for folder in ["src/render", "themes/default/templates", "themes/default/pdf"] {
            for file in walkdir::WalkDir::new(root.join(folder)).into_iter().filter_map(Result::ok) {
                if file.file_type().is_file() {
                    said.push_str(&String::from_utf8_lossy(&std::fs::read(file.path()).unwrap()));
                }
            }
        }
        let english = english();
        // Names that are put together: `kind.` and the name of a kind.
        let put_together =
            ["kind.", "kinds.", "date.months.", "count.", "suitability.", "evidence.", "sheet.", "control."];
        for key in english.keys().filter(|key| !put_together.iter().any(|start| key.starts_with(start))) {
            let in_template = format!("words.{}", key.replace('-', "_"));
            let alone = format!("words.{}", key.split_once('.').unwrap().1.replace('-', "_"));
            let known = [format!("\"{key}\""), in_template, alone];
            assert!(known.iter().any(|name| said.contains(name.as_str())), "nothing says {key}");
        }
        for (at, _) in said.match_indices("{{ words.") {
            let name: String =
                said[at + 9..].chars().take_while(|c| c.is_alphanumeric() || "._".contains(*c)).collect();
            let is_known = name.is_empty() || english.keys().any(|key| key.replace('-', "_") == name);
            assert!(is_known, "there are no words named {name}");
        }
    }

    #[test]
    fn a_language_is_known_wherever_it_is_spoken() {
        let words = |tag| Words::of(&Theme::default(), tag);
        assert_eq!((words("es").language(), words("es").say("menu.home")), ("es", "Inicio"));
        assert_eq!((words("es-MX").language(), words("es-MX").say("menu.home")), ("es-MX", "Inicio"));
        assert_eq!((words("en-GB").language(), words("en-GB").say("menu.home")), ("en-GB", "Home"));
        assert_eq!((words("pl").language(), words("pl").say("menu.home")), ("en", "Home"));
        assert_eq!((words("est").language(), words("est").say("menu.home")), ("en", "Home"));
        assert!(are_known_in("es-MX") && are_known_in("en") && !are_known_in("est") && !are_known_in("pl-PL"));
    }

    #[test]
    fn a_site_says_it_in_its_own_words() {
        let (config, sources) = overlaid(&[
            ("theme/words/es.toml", "[menu]\nhome = \"Portada\""),
            ("theme/words/pl.toml", "menu.home = \"Strona główna\"\nmenu.hom = \"x\""),
            ("theme/words/pt-BR.toml", "[menu]\nhome = \"Início\""),
        ]);
        let theme = Theme::of(&config, &sources);
        let words = |tag| Words::of(&theme, tag);
        assert_eq!((words("es").say("menu.home"), words("es").say("menu.more")), ("Portada", "Más"));
        assert_eq!((words("pl").say("menu.home"), words("pl").say("menu.more")), ("Strona główna", "More"));
        assert_eq!(words("pl").language(), "pl");
        assert_eq!((words("pt-BR").say("menu.home"), words("pt").say("menu.home")), ("Início", "Home"));
    }

    #[test]
    fn words_that_nobody_has_written_are_known() {
        let (config, sources) = overlaid(&[("theme/words/pl.toml", "[menu]\nhome = \"Strona główna\"")]);
        let missing = |tag| missing(&config, &sources, tag);
        assert_eq!((missing("es-MX"), missing("en")), (Vec::new(), Vec::new()));
        let all = english().len();
        assert_eq!((missing("cs").len(), missing("pl").len()), (all, all - 1));
        assert!(!missing("pl").contains(&"menu.home".to_owned()));
    }

    #[test]
    fn only_the_languages_of_the_site_are_read() {
        let dictionary = Dictionary::of(&Theme::default(), ["es", "pl"]);
        assert_eq!(dictionary.words("es").say("menu.home"), "Inicio");
        assert_eq!(dictionary.words("de").say("menu.home"), "Home");
        assert!(dictionary.has_just(&BTreeSet::from(["es", "pl"])));
        assert!(!dictionary.has_just(&BTreeSet::from(["es"])));
    }

    #[test]
    fn faults_say_what_is_wrong_and_what_would_be_right() {
        let found = messages(&[
            (
                "theme/words/es.toml",
                "[menu]\nhom = \"Portada\"\n[sheet]\npage-of = \"{total}, {number}\"\nnotes = \"{x}\"",
            ),
            ("theme/words/fr.toml", "[menu]\nhome = Accueil"),
            ("theme/words/it.toml", "[menu]\nhome = 1"),
            ("theme/words/spanish.toml", ""),
        ]);
        let expected = [
            ("psychoed has no words of the name `menu.hom`", "Did you mean `menu.home`?"),
            ("nothing is filled in here: `{x}` would be printed as it stands", "In English they are “Notes”."),
            (
                "the words of `sheet.page-of` have to hold `{number}`, `{total}`, in this order",
                "In English they are “Page {number} of {total}”.",
            ),
            (
                "the words cannot be read: string values must be quoted, expected literal string",
                "Write each as a name, `=` and the words in quotation marks: `home = \"Startseite\"`.",
            ),
            (
                "the words cannot be read: `menu.home` is not a text",
                "Write each as a name, `=` and the words in quotation marks: `home = \"Startseite\"`.",
            ),
            (
                "`spanish.toml` is not named after a language, so its words are printed nowhere",
                "Name the file after the language's tag, for example `de.toml` or `pt-BR.toml`.",
            ),
        ];
        assert_eq!(found, expected.map(|(message, hint)| (message.to_owned(), hint.to_owned())));
    }
}
