//! What surrounds every page: the site's own facts, the menus and the way home.

use super::languages::language;
use super::words::dialled;
use super::{Rendering, not_found};
use crate::config::{Config, Organisation};
use crate::content::KindName;
use crate::content::writing::is_right_to_left;
use crate::render::assets::Assets;
use crate::render::view::{
    ContentView, CrisisLineView, FrameView, LinkView, NavigationView, OrganisationView, PageView, SiteView,
};
use crate::render::{address, feeds};
use crate::site::generated::PACKS;
use crate::site::navigation::Navigation;
use crate::site::{PageIndex, Site};
use crate::source::SitePath;
use crate::theme::Words;

/// The longest main navigation: more would not be read.
const MAIN_ENTRIES: usize = 8;

/// What is the same on every page of an edition.
pub(super) fn site_view(rendering: &Rendering) -> SiteView {
    let edition = &rendering.edition;
    SiteView {
        edition: edition.name.clone(),
        edition_title: if edition.folder.is_empty() { String::new() } else { edition.title.clone() },
        professional: rendering.professional,
        base_url: rendering.base.clone(),
        ..plain_site_view(&rendering.site, &rendering.means.assets)
    }
}

/// What is the same on every page, whatever the edition.
pub(super) fn plain_site_view(site: &Site, assets: &Assets) -> SiteView {
    let config = &site.config;
    SiteView {
        title: config.title.clone(),
        language: config.language.clone(),
        direction: direction(&config.language),
        edition: String::new(),
        edition_title: String::new(),
        professional: false,
        sample_notice: config.sample_notice.clone(),
        organisation: organisation(&config.organisation),
        crisis_lines: crisis_lines(config),
        base_url: config.base_url.clone(),
        assets: assets.names(),
        generator: format!("psychoed {}", env!("CARGO_PKG_VERSION")),
    }
}

/// The crisis lines of the site's region.
pub(super) fn crisis_lines(config: &Config) -> Vec<CrisisLineView> {
    let region = config.region.as_ref().map(|region| region.value.as_str());
    let lines = config.crisis_lines.iter().filter(|line| region.is_none_or(|region| line.region == region));
    lines
        .map(|line| CrisisLineView {
            name: line.name.value.clone(),
            number: line.number.clone(),
            href: dialled(&line.number).unwrap_or_default(),
            hours: line.hours.clone(),
        })
        .collect()
}

pub(super) fn organisation(organisation: &Organisation) -> OrganisationView {
    let feedback = organisation.feedback.as_deref().map(str::trim);
    let feedback_href = feedback.and_then(|feedback| {
        let web = feedback.starts_with("https://") || feedback.starts_with("http://");
        match feedback {
            address if web || address.starts_with("mailto:") => Some(address.to_owned()),
            mailbox if mailbox.contains('@') => Some(format!("mailto:{mailbox}")),
            _ => None,
        }
    });
    let without_scheme = |feedback: &str| {
        ["https://", "http://", "mailto:"]
            .iter()
            .find_map(|scheme| feedback.strip_prefix(scheme))
            .unwrap_or(feedback)
            .to_owned()
    };
    OrganisationView {
        name: organisation.name.clone(),
        address: organisation.address.clone(),
        phone: organisation.phone.clone(),
        phone_href: organisation.phone.as_deref().and_then(dialled),
        feedback_href,
        feedback: feedback.map(without_scheme),
    }
}

/// Which way the language is written.
pub(super) fn direction(language: &str) -> &'static str {
    if is_right_to_left(language) { "rtl" } else { "ltr" }
}

/// A page before what surrounds it.
pub(super) struct Page {
    /// Address within the edition.
    pub url: SitePath,
    pub title: String,
    pub summary: Option<String>,
    /// The template's name.
    pub kind: &'static str,
    pub kind_title: String,
    pub for_patients: bool,
    /// Titles and addresses (within the edition) between home and the page.
    pub above: Vec<(String, String)>,
    pub json_ld: Option<String>,
    /// The page that somebody wrote, if somebody did.
    pub written: Option<PageIndex>,
    /// The written page whose readers it is for: itself, or what a code on paper leads from.
    pub of: Option<PageIndex>,
    pub content: ContentView,
}

/// What a page's frame depends on: pages that agree in it have the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// A page whose references are those of all pages with this frame.
    from: SitePath,
    /// The menus' entry that is the page.
    current: Option<String>,
    /// The menus' entries that the page is below.
    within: Vec<String>,
    for_patients: bool,
    /// The page's language, where patients are told in it whom to turn to and the rest of the frame is in another.
    pub(super) language: Option<String>,
}

impl Place {
    /// Where a page stands.
    pub(super) fn of(rendering: &Rendering, page: &Page) -> Self {
        let url = page.url.as_str();
        let menus = &rendering.menus;
        let in_menus = |target: &str| menus.main.iter().chain(&menus.more).any(|(_, entry)| entry == target);
        let folder = url.rfind('/').map_or("", |slash| &url[..=slash]);
        Self {
            // The page for addresses that do not exist has references of its own.
            from: if url == not_found::URL { page.url.clone() } else { SitePath::new(format!("{folder}-")) },
            current: in_menus(url).then(|| url.to_owned()),
            within: page.above.iter().map(|(_, above)| above.clone()).filter(|above| in_menus(above)).collect(),
            for_patients: page.for_patients,
            language: page.of.filter(|_| page.for_patients).and_then(|of| {
                let language = rendering.site.language(&rendering.site.pages[of]);
                let is_known = rendering.means.words.words(language).language() == language;
                (is_known && language != rendering.site.config.language).then(|| language.to_owned())
            }),
        }
    }
}

/// What surrounds the pages at a place.
pub(super) fn frame_view(rendering: &Rendering, place: &Place) -> FrameView {
    let to = |target: &str| not_found::to(rendering, &place.from, target);
    let menu = |entries: &[(String, String)]| -> Vec<NavigationView> {
        entries
            .iter()
            .map(|(title, target)| NavigationView {
                title: title.clone(),
                url: to(target),
                current: place.current.as_ref() == Some(target),
                within: place.current.as_ref() != Some(target) && place.within.contains(target),
            })
            .collect()
    };
    FrameView {
        navigation: menu(&rendering.menus.main),
        more: menu(&rendering.menus.more),
        feed: rendering.base.as_ref().map(|_| to(feeds::ATOM)),
        help_language: place.language.as_deref().map(language),
        ..plain_frame_view(&rendering.means.assets, place.for_patients, to)
    }
}

/// What surrounds pages without menus; `to` makes the reference to a file of the theme's.
pub(super) fn plain_frame_view(assets: &Assets, for_patients: bool, to: impl Fn(&str) -> String) -> FrameView {
    let asset = |name: &str| assets.published(name).map(&to).unwrap_or_default();
    FrameView {
        root: to(""),
        style: asset("site.css"),
        script: asset("site.js"),
        icon: asset("icon.svg"),
        logo: assets.logo().map(&to),
        for_patients,
        navigation: Vec::new(),
        more: Vec::new(),
        feed: None,
        help_language: None,
    }
}

/// A page as its template gets it, but for its frame.
pub(super) fn page_view(rendering: &Rendering, page: Page) -> PageView {
    let url = &page.url;
    let home = [(rendering.words().say("menu.home").to_owned(), Navigation::HOME.to_owned())];
    let breadcrumbs: Vec<LinkView> = if url.as_str() == Navigation::HOME {
        Vec::new()
    } else {
        home.iter()
            .chain(&page.above)
            .map(|(title, target)| LinkView { title: title.clone(), url: not_found::to(rendering, url, target) })
            .collect()
    };
    PageView {
        url: url.as_str().to_owned(),
        breadcrumbs,
        canonical: rendering.base.as_ref().map(|base| address::absolute(base, url.as_str())),
        language: page.written.and_then(|written| rendering.foreign_language(&rendering.site.pages[written])),
        languages: page.written.map_or_else(Vec::new, |written| rendering.languages(url, written)),
        translation: page.written.and_then(|written| rendering.translation(url, written, page.for_patients)),
        title: page.title,
        summary: page.summary,
        kind: page.kind,
        kind_title: page.kind_title,
        json_ld: page.json_ld,
        content: page.content,
    }
}

/// Titles and addresses, within the edition, of its lists.
#[derive(Debug, Default)]
pub(super) struct Menus {
    /// The main navigation.
    pub main: Vec<(String, String)>,
    /// What did not fit.
    pub more: Vec<(String, String)>,
}

impl Menus {
    /// What is worth a place in the main navigation depends on who reads; the rest goes to the foot of the page.
    pub(super) fn of(rendering: &Rendering) -> Self {
        use KindName::{Evidence, Handout, Module, QuickReference, SessionGuide, Suitability, Term, Worksheet};
        let words = rendering.words();
        let entry = |title: &str, url: String| (words.say(title).to_owned(), url);
        let kind = |kind: KindName| {
            let title = match kind {
                Evidence => words.say("menu.evidence"),
                Module => words.say("menu.course"),
                kind => kind_title(words, kind),
            };
            (!rendering.of_kind(kind).is_empty()).then(|| (title.to_owned(), kind_url(kind)))
        };
        let browse = |title| super::matrix::has_any(rendering).then(|| entry(title, super::matrix::URL.to_owned()));
        let references =
            || super::references::any(rendering).then(|| entry("menu.references", super::references::URL.to_owned()));
        let home = Some(entry("menu.home", Navigation::HOME.to_owned()));
        let packs = super::packs::any(rendering).then(|| entry("menu.packs", PACKS.to_owned()));
        let index = Some(entry("menu.index", super::index::URL.to_owned()));
        let pages = kind(KindName::Page);
        let status = super::status::is_published(rendering)
            .then(|| (super::status::TITLE.to_owned(), super::status::URL.to_owned()));
        let wanted = if rendering.professional {
            vec![
                home,
                browse("menu.browse"),
                kind(Handout),
                kind(QuickReference),
                kind(SessionGuide),
                kind(Suitability),
                kind(Evidence),
                kind(Module),
                kind(Worksheet),
                packs,
                kind(Term),
                index,
                references(),
                pages,
            ]
        } else {
            vec![
                home,
                kind(Handout),
                kind(Worksheet),
                browse("menu.topics"),
                kind(Term),
                index,
                references(),
                pages,
                packs,
                kind(QuickReference),
                kind(SessionGuide),
                kind(Suitability),
                kind(Evidence),
                kind(Module),
            ]
        };
        let mut main: Vec<(String, String)> = wanted.into_iter().flatten().collect();
        let mut more = main.split_off(main.len().min(MAIN_ENTRIES));
        more.extend(status);
        Self { main, more }
    }
}

/// Where the list of a kind's pages is. Kinds with an overview of their own need no other list.
pub(super) fn kind_url(kind: KindName) -> String {
    match kind {
        KindName::Suitability => super::suitability::URL.to_owned(),
        KindName::Evidence => super::evidence::URL.to_owned(),
        KindName::Term => super::glossary::URL.to_owned(),
        kind => format!("kinds/{}.html", kind.name()),
    }
}

/// The heading over a list of a kind's pages. Those of no particular kind tell of the site itself.
pub(super) fn kind_title(words: &Words, kind: KindName) -> &str {
    words.named("kinds", kind.name())
}

/// A list without its pages, to be linked to: its title and address.
pub(super) fn kind_link(words: &Words, kind: KindName) -> (String, String) {
    (kind_title(words, kind).to_owned(), kind_url(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_follows_script_before_language() {
        assert_eq!(direction("en-GB"), "ltr");
        assert_eq!(direction("ar"), "rtl");
        assert_eq!(direction("az-Arab"), "rtl");
        assert_eq!(direction("ks-Deva-IN"), "ltr");
        assert_eq!(direction("ug-Latn"), "ltr");
    }

    #[test]
    fn feedback_goes_to_the_web_or_a_mailbox() {
        let href = |feedback: &str| {
            organisation(&Organisation { feedback: Some(feedback.to_owned()), ..Organisation::default() }).feedback_href
        };
        assert_eq!(href("feedback@clinic.example").as_deref(), Some("mailto:feedback@clinic.example"));
        assert_eq!(href("https://clinic.example/f").as_deref(), Some("https://clinic.example/f"));
        assert_eq!(href("javascript:alert(1)"), None);
    }
}
