//! What each page has to do with the rest of the site. Found out once per page, so that rules about the whole site need not
//! go through all texts after every edit.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::content::reference::Bibliography;
use crate::content::{Document, LinkIndex, LinkRole, RawLink};
use crate::diagnostic::{Location, nearest};
use crate::parse;
use crate::site::{Facts, LinkFault, LinkTarget, Page, PageIndex, Site};
use crate::source::{SitePath, Span, Spanned};

/// What a rule about the whole site sees.
pub(super) struct Whole<'s> {
    /// The site.
    pub site: &'s Site,
    /// What it is built with.
    pub facts: &'s Facts,
    /// What each page has to do with the rest, in the order of the site's pages.
    pub ties: &'s [Ties],
}

/// What a page has to do with the rest of the site.
#[derive(Debug, Default)]
pub(super) struct Ties {
    /// The works it cites: their places among [`Bibliography::works`].
    pub works: Box<[usize]>,
    /// The citation keys on it that no work has, in the order of the body and then of the front matter.
    pub unknown_keys: Box<[UnknownKey]>,
    /// The pages that its links lead to.
    pub pages: Box<[PageIndex]>,
    /// Its links that lead to other files.
    pub files: Box<[LinkIndex]>,
    /// Its links to a page that could not be read, or has no such place: what to say about them depends on that page.
    pub astray: Box<[LinkIndex]>,
    /// The fingerprint of its text: taken when first asked for, since few ask.
    fingerprint: OnceLock<String>,
}

/// A citation key that no work has.
#[derive(Debug)]
pub(super) struct UnknownKey {
    /// The key as written.
    pub key: String,
    /// Where it stands.
    pub span: Span,
    nearest: OnceLock<Option<String>>,
}

impl UnknownKey {
    /// The key that was probably meant. Looked for when first asked for, since that takes long.
    pub fn nearest(&self, bibliography: &Bibliography) -> Option<&str> {
        let keys = || bibliography.works.keys().chain(bibliography.aliases.keys()).map(String::as_str);
        self.nearest.get_or_init(|| nearest(&self.key, keys()).map(str::to_owned)).as_deref()
    }
}

impl<'s> Whole<'s> {
    /// Every page with its ties.
    pub fn pages(&self) -> impl Iterator<Item = (&'s Page, &'s Ties)> {
        self.site.pages.iter().zip(self.ties)
    }

    /// What tells the text of a page from any other.
    pub fn fingerprint(&self, page: &Page, ties: &'s Ties) -> &'s str {
        let text = || self.site.sources.text(page.path.as_str()).unwrap_or_default();
        ties.fingerprint.get_or_init(|| parse::fingerprint(text(), &page.document.front_matter))
    }

    /// Every link to a file that is no page, with the file.
    pub fn links_to_files(&self) -> impl Iterator<Item = (&'s Page, &'s Spanned<RawLink>, &'s SitePath)> {
        self.pages().flat_map(|(page, ties)| links_to_files(page, ties))
    }

    /// Every link to a page that could not be read, or has no such place.
    pub fn links_astray(&self) -> impl Iterator<Item = (&'s Page, &'s Spanned<RawLink>, &'s LinkFault)> {
        self.pages().flat_map(|(page, ties)| {
            ties.astray.iter().filter_map(move |&link| match &page.targets[link] {
                LinkTarget::Missing(fault) => Some((page, &page.document.links[link], fault)),
                _ => None,
            })
        })
    }
}

fn links_to_files<'s>(
    page: &'s Page,
    ties: &'s Ties,
) -> impl Iterator<Item = (&'s Page, &'s Spanned<RawLink>, &'s SitePath)> {
    ties.files.iter().filter_map(move |&link| match &page.targets[link] {
        LinkTarget::Asset(path) => Some((page, &page.document.links[link], path)),
        _ => None,
    })
}

/// Where each picture is first shown.
pub(super) fn first_shown<'s>(site: &'s Site, ties: &'s [Ties]) -> HashMap<&'s SitePath, Location> {
    let mut shown = HashMap::new();
    for (page, link, path) in site.pages.iter().zip(ties).flat_map(|(page, ties)| links_to_files(page, ties)) {
        if link.value.role == LinkRole::Image {
            shown.entry(path).or_insert_with(|| page.at(&link.span));
        }
    }
    shown
}

/// The place of every work among all, by each key that it has.
pub(super) struct WorkNumbers<'b>(HashMap<&'b str, usize>);

impl<'b> WorkNumbers<'b> {
    pub(super) fn of(bibliography: &'b Bibliography) -> Self {
        let mut numbers: HashMap<&str, usize> =
            bibliography.works.keys().enumerate().map(|(number, key)| (key.as_str(), number)).collect();
        for (alias, key) in &bibliography.aliases {
            if let Some(&number) = numbers.get(key.as_str()) {
                numbers.entry(alias).or_insert(number);
            }
        }
        Self(numbers)
    }
}

impl Ties {
    pub(super) fn of(page: &Page, works: &WorkNumbers<'_>) -> Self {
        let (mut cited, mut unknown_keys) = (Vec::new(), Vec::new());
        for (key, span) in cited_keys(&page.document) {
            match works.0.get(key) {
                Some(&number) => cited.push(number),
                None => {
                    unknown_keys.push(UnknownKey { key: key.to_owned(), span: span.clone(), nearest: OnceLock::new() })
                }
            }
        }
        let (mut pages, mut files, mut astray) = (Vec::new(), Vec::new(), Vec::new());
        for (link, target) in page.targets.iter().enumerate() {
            match target {
                LinkTarget::Page(to, _) => pages.push(*to),
                LinkTarget::Asset(_) => files.push(link),
                LinkTarget::Missing(LinkFault::NoSuchAnchor { .. } | LinkFault::Unreadable { .. }) => astray.push(link),
                LinkTarget::Missing(_) | LinkTarget::Web(_) => {}
            }
        }
        Self {
            works: cited.into(),
            unknown_keys: unknown_keys.into(),
            pages: pages.into(),
            files: files.into(),
            astray: astray.into(),
            fingerprint: OnceLock::new(),
        }
    }
}

/// The citation keys of a page: those of its body, then those of its front matter.
pub(super) fn cited_keys(document: &Document) -> impl Iterator<Item = (&str, &Span)> {
    let items = document.citations.iter().flat_map(|citation| &citation.value.items);
    let works = document.front_matter.works.iter().map(|work| (work.value.as_str(), &work.span));
    items.map(|item| (item.key.as_str(), &item.key_span)).chain(works)
}
