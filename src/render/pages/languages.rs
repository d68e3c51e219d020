//! Pages in several languages: what each is called, and the way from one to the others.

use super::Rendering;
use super::shell::direction;
use crate::content::KindName;
use crate::content::writing::main_part;
use crate::render::address;
use crate::render::view::{LanguageLinkView, LanguageView, TranslationView};
use crate::site::navigation::Navigation;
use crate::site::translation::Standing;
use crate::site::{Page, PageIndex};
use crate::source::SitePath;

impl Rendering {
    /// The language of a page, when it is not the one that psychoed itself writes in.
    pub(super) fn foreign_language(&self, page: &Page) -> Option<LanguageView> {
        let tag = self.site.language(page);
        (tag != self.site.config.language).then(|| language(tag))
    }

    /// A page in all its languages, this one included; empty when there is only one.
    pub(super) fn languages(&self, from: &SitePath, page: PageIndex) -> Vec<LanguageLinkView> {
        let shown: Vec<PageIndex> =
            self.site.in_all_languages(page).into_iter().filter(|page| self.edition.holds(*page)).collect();
        let tag = |page: PageIndex| self.site.language(&self.site.pages[page]);
        let is_told_apart =
            |page: PageIndex| shown.iter().all(|&other| other == page || name(tag(other)) != name(tag(page)));
        let links = shown.iter().filter(|_| shown.len() > 1).map(|&other| {
            let url = self.url_of(other);
            let mut language = language(tag(other));
            if !is_told_apart(other) {
                language.name = format!("{} ({})", language.name, language.tag);
            }
            LanguageLinkView {
                language,
                url: address::relative(from, url),
                absolute: self.base.as_ref().map(|base| address::absolute(base, url)),
                current: other == page,
            }
        });
        links.collect()
    }

    /// What readers of a translation have to know about its original: in its language, which may be the only one they read.
    pub(super) fn translation(&self, from: &SitePath, page: PageIndex, for_patients: bool) -> Option<TranslationView> {
        let translation = self.site.pages[page].translation.as_ref()?;
        let original = &self.site.pages[translation.of];
        let is_shown = self.edition.holds(translation.of);
        let own = self.site.language(&self.site.pages[page]);
        let words = Some(self.words_of(page)).filter(|words| words.language() == own).unwrap_or(self.words());
        let mut text = words.say("page.translation-changed").to_owned();
        if for_patients {
            text.push(' ');
            text.push_str(words.say("page.translation-patients"));
        }
        let (before, link) = words.say("page.translation-original").split_once('[').unwrap_or_default();
        let (link, behind) = link.split_once(']').unwrap_or_default();
        Some(TranslationView {
            stale: translation.standing == Standing::Stale,
            original: is_shown.then(|| address::relative(from, self.url_of(translation.of))),
            language: language(self.site.language(original)),
            told_in: Some(words.language()).filter(|told| *told != self.words().language()).map(language),
            title: words.say("page.translation").to_owned(),
            text,
            link: [before, link, behind].map(str::to_owned),
        })
    }

    /// Pages of a kind without those that say what another of them says: overviews show the original alone.
    pub(super) fn originals(&self, kind: KindName) -> Vec<PageIndex> {
        let is_repeated = |page| self.site.is_repeated(page, |page| self.edition.holds(page));
        self.of_kind(kind).iter().copied().filter(|&page| !is_repeated(page)).collect()
    }

    /// Where a page is; the home page is not where its name says.
    pub(super) fn url_of(&self, page: PageIndex) -> &str {
        let is_home = self.navigation.home == Some(page);
        if is_home { Navigation::HOME } else { self.site.pages[page].url.as_str() }
    }
}

/// A language by its tag.
pub(super) fn language(tag: &str) -> LanguageView {
    LanguageView { tag: tag.to_owned(), direction: direction(tag), name: name(tag).to_owned() }
}

/// What a language is called by those who read it, wherever they live; its tag when that is not known here.
fn name(tag: &str) -> &str {
    if let Some(script) = tag.strip_prefix("zh-") {
        return if script.starts_with("Hant") { "繁體中文" } else { "简体中文" };
    }
    NAMES.binary_search_by_key(&main_part(tag), |(known, _)| known).map_or(tag, |at| NAMES[at].1)
}

/// Languages by tag, each in its own words.
const NAMES: [(&str, &str); 63] = [
    ("am", "አማርኛ"),
    ("ar", "العربية"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("bs", "Bosanski"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("eu", "Euskara"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fil", "Filipino"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("gd", "Gàidhlig"),
    ("gl", "Galego"),
    ("gu", "ગુજરાતી"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("is", "Íslenska"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("mi", "Māori"),
    ("ms", "Bahasa Melayu"),
    ("mt", "Malti"),
    ("nb", "Norsk bokmål"),
    ("ne", "नेपाली"),
    ("nl", "Nederlands"),
    ("nn", "Norsk nynorsk"),
    ("no", "Norsk"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("pl", "Polski"),
    ("ps", "پښتو"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("so", "Soomaali"),
    ("sq", "Shqip"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("sw", "Kiswahili"),
    ("ta", "தமிழ்"),
    ("te", "తెలుగు"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_called_what_their_readers_call_them() {
        assert!(NAMES.is_sorted_by(|one, other| one.0 < other.0));
        for (tag, called) in [
            ("es", "Español"),
            ("pt-BR", "Português"),
            ("zh-Hant", "繁體中文"),
            ("zh-Hans-SG", "简体中文"),
            ("qu", "qu"),
        ] {
            assert_eq!(name(tag), called);
        }
    }
}
