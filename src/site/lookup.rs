//! Finds the file or anchor that a link names, or else the one that was probably meant.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::address::{self, Address};
use super::{LinkFault, LinkTarget, Page, PageIndex};
use crate::source::{SitePath, Sources};

/// After so many broken links nobody reads suggestions any more, and looking for them would take a large site long.
const SEARCHES_AT_MOST: usize = 300;
/// So many anchors of one page are better kept as a set.
const MANY_ANCHORS: usize = 64;

/// A path as far as it matters on a file system that ignores case and Unicode form.
pub fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Everything a link may lead to.
pub(super) struct Lookup<'a> {
    sources: &'a Sources,
    pages: &'a [Page],
    page_at: &'a HashMap<SitePath, PageIndex>,
    /// The anchors of pages with so many that to look through them for every link would take long.
    many_anchors: HashMap<PageIndex, HashSet<&'a str>>,
    /// Content files by folded path; made when the first link is broken.
    folded: OnceLock<BTreeMap<String, Named<'a>>>,
    /// Pages by the old addresses that they name, and none where two name the same; made when the first suggestion is looked for.
    aliases: OnceLock<HashMap<&'a str, Option<PageIndex>>>,
}

/// A file of a name.
struct Named<'a> {
    path: &'a SitePath,
    /// Whether no other file's name differs only in case or Unicode form.
    alone: bool,
}

/// A file that was probably meant.
#[derive(Clone, Copy)]
struct Meant<'a> {
    path: &'a SitePath,
    /// Whether nothing else can have been meant.
    certain: bool,
}

/// What is left of the patience for suggestions.
pub(super) struct Search<'a> {
    left: Cell<usize>,
    /// What was found for paths that do not exist: the same mistake tends to be made many times.
    found: RefCell<HashMap<String, Option<Meant<'a>>>>,
}

impl Default for Search<'_> {
    fn default() -> Self {
        Self { left: Cell::new(SEARCHES_AT_MOST), found: RefCell::default() }
    }
}

impl Search<'_> {
    /// Whether one more search is worth its time.
    fn may(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }
}

impl<'a> Lookup<'a> {
    pub(super) fn new(sources: &'a Sources, pages: &'a [Page], page_at: &'a HashMap<SitePath, PageIndex>) -> Self {
        let anchors = |page: &'a Page| page.document.anchors.iter().map(|anchor| anchor.id.as_str());
        let many_anchors = pages
            .iter()
            .enumerate()
            .filter(|(_, page)| page.document.anchors.len() > MANY_ANCHORS)
            .map(|(index, page)| (index, anchors(page).collect()))
            .collect();
        Self { sources, pages, page_at, many_anchors, folded: OnceLock::new(), aliases: OnceLock::new() }
    }

    /// Where a link that stands on a page leads; with `search`, broken ones come with what was probably meant.
    pub(super) fn target(&self, on: PageIndex, written: &str, search: Option<&Search<'a>>) -> LinkTarget {
        let (path, anchor) = match address::read(written) {
            Ok(Address::Web(address)) => return LinkTarget::Web(address),
            Ok(Address::File { path, anchor }) => (path, anchor),
            Err(fault) => return LinkTarget::Missing(fault),
        };
        match self.file(on, &path, anchor.as_deref(), search) {
            Ok(path) => self.place(path, anchor, search),
            Err(fault) => LinkTarget::Missing(fault),
        }
    }

    fn file(
        &self,
        on: PageIndex,
        relative: &str,
        anchor: Option<&str>,
        search: Option<&Search<'a>>,
    ) -> Result<&'a SitePath, LinkFault> {
        let page = &self.pages[on].path;
        if relative.is_empty() {
            return Ok(page);
        }
        let within = SitePath::new(page.as_str().strip_prefix(Sources::CONTENT).unwrap_or(page.as_str()));
        let joined = within.join(relative).ok_or(LinkFault::OutsideSite)?;
        let is_folder =
            relative.ends_with('/') || relative.ends_with("/.") || relative.ends_with("..") || relative == ".";
        let wanted = format!("{}{joined}{}", Sources::CONTENT, if is_folder { "/" } else { "" });
        if let Some((path, _)) = self.page_at.get_key_value(wanted.as_str()) {
            return Ok(path);
        }
        if let Some((path, _)) = self.sources.files.get_key_value(wanted.as_str()) {
            return Ok(path);
        }
        if let Some(Named { path, alone }) = self.folded().get(&fold(&wanted)) {
            return Err(LinkFault::WrongCase { actual: address::reference(page, path), certain: *alone });
        }
        // Without the place that the link names it is less sure that this is the page.
        let leads_on = |path: &SitePath| {
            anchor.is_none_or(|anchor| self.page_at.get(path).is_some_and(|&page| self.has_anchor(page, anchor)))
        };
        let meant = search.and_then(|search| self.nearest_file(&wanted, search));
        Err(LinkFault::NoSuchFile {
            nearest: meant.map(|meant| address::reference(page, meant.path)),
            certain: meant.is_some_and(|meant| meant.certain && leads_on(meant.path)),
        })
    }

    fn place(&self, path: &SitePath, anchor: Option<String>, search: Option<&Search<'a>>) -> LinkTarget {
        let Some(&page) = self.page_at.get(path) else {
            return match anchor {
                _ if is_markdown(path.as_str()) => LinkTarget::Missing(LinkFault::Unreadable { path: path.clone() }),
                Some(_) => LinkTarget::Missing(LinkFault::Malformed {
                    reason: "only pages have places that a `#` can name".into(),
                }),
                None => LinkTarget::Asset(path.clone()),
            };
        };
        match anchor {
            Some(anchor) if !self.has_anchor(page, &anchor) => {
                let nearest = self.nearest_anchors(page, &anchor, search);
                LinkTarget::Missing(LinkFault::NoSuchAnchor { page, anchor, nearest })
            }
            anchor => LinkTarget::Page(page, anchor),
        }
    }

    fn folded(&self) -> &BTreeMap<String, Named<'a>> {
        self.folded.get_or_init(|| {
            let mut folded: BTreeMap<String, Named<'a>> = BTreeMap::new();
            for (path, _) in self.sources.below(Sources::CONTENT) {
                folded
                    .entry(fold(path.as_str()))
                    .and_modify(|named| named.alone = false)
                    .or_insert(Named { path, alone: true });
            }
            folded
        })
    }

    /// The page that names an address of a page that is not there as one of its old ones.
    fn moved(&self, wanted: &str) -> Option<&'a SitePath> {
        let aliases = self.aliases.get_or_init(|| {
            let mut aliases = HashMap::new();
            for (index, page) in self.pages.iter().enumerate() {
                for alias in &page.document.front_matter.aliases {
                    aliases.entry(alias.value.as_str()).and_modify(|page| *page = None).or_insert(Some(index));
                }
            }
            aliases
        });
        let stem = without_page_ending(wanted.strip_prefix(Sources::CONTENT)?);
        let page = aliases.get(format!("{stem}.html").as_str()).copied().flatten()?;
        Some(&self.pages[page].path)
    }

    fn has_anchor(&self, page: PageIndex, anchor: &str) -> bool {
        match self.many_anchors.get(&page) {
            Some(anchors) => anchors.contains(anchor),
            None => self.pages[page].document.anchor(anchor).is_some(),
        }
    }

    fn nearest_file(&self, wanted: &str, search: &Search<'a>) -> Option<Meant<'a>> {
        if let Some(known) = search.found.borrow().get(wanted) {
            return *known;
        }
        let moved = || self.moved(wanted).map(|path| Meant { path, certain: true });
        let found = if search.may() { moved().or_else(|| self.search(&fold(wanted))) } else { None };
        search.found.borrow_mut().insert(wanted.to_owned(), found);
        found
    }

    /// The file most likely meant by a folded path: the source of a web page, then a file of that name somewhere else,
    /// then one of almost that name.
    fn search(&self, wanted: &str) -> Option<Meant<'a>> {
        let stem = wanted.trim_end_matches('/').trim_end_matches(".html").trim_end_matches(".htm");
        for (source, is_page) in [(format!("{stem}.md"), true), (format!("{stem}/index.md"), false)] {
            if let Some(Named { path, alone }) = self.folded().get(&source) {
                let names_page = wanted.ends_with(".html") || wanted.ends_with(".htm");
                return Some(Meant { path, certain: *alone && is_page && names_page });
            }
        }
        let folder = folder_of(wanted);
        let wanted_name = name_of(stem);
        let wants_page = stem != wanted || is_markdown(wanted) || !wanted_name.contains('.');
        // Every folder may have an index, so it is never known which one was meant.
        let mut same_name = if wanted_name == "index.md" { 2 } else { 0 };
        let nearest = self
            .folded()
            .iter()
            .filter(|(candidate, _)| is_markdown(candidate) == wants_page)
            .filter_map(|(candidate, named)| {
                let candidate_name = name_of(candidate);
                same_name += usize::from(candidate_name == name_of(wanted)) * if named.alone { 1 } else { 2 };
                let distance = name_distance(wanted_name, candidate_name)?;
                let elsewhere = folder_of(candidate) != folder;
                let far = if elsewhere { strsim::levenshtein(folder, folder_of(candidate)) } else { 0 };
                Some(((distance, far, candidate), named.path))
            })
            .min_by(|(a, _), (b, _)| a.cmp(b));
        nearest.map(|((_, _, candidate), path)| Meant {
            path,
            certain: same_name == 1 && name_of(candidate) == name_of(wanted),
        })
    }

    /// The anchors of a page most like one that it does not have, at most three.
    fn nearest_anchors(&self, page: PageIndex, wanted: &str, search: Option<&Search<'a>>) -> Vec<String> {
        if !search.is_some_and(Search::may) {
            return Vec::new();
        }
        let wanted = fold(wanted);
        let mut near: Vec<(usize, &str)> = self.pages[page]
            .document
            .anchors
            .iter()
            .filter_map(|anchor| Some((distance(&wanted, &fold(&anchor.id))?, anchor.id.as_str())))
            .collect();
        near.sort_unstable();
        near.truncate(3);
        near.into_iter().map(|(_, anchor)| anchor.to_owned()).collect()
    }
}

/// How far apart two names are, if they are near enough for one to have been meant for the other. Names that share their
/// first words are near however long the rest is: `grief-help` was meant for `grief`.
fn distance(wanted: &str, candidate: &str) -> Option<usize> {
    let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if wanted == candidate {
        return Some(0);
    }
    let (bare, bare_candidate) = (letters(wanted), letters(candidate));
    if bare == bare_candidate && !bare.is_empty() {
        return Some(1);
    }
    let allowed = (bare.chars().count() / 3).max(1);
    if bare.len().abs_diff(bare_candidate.len()) <= allowed * 4 {
        let edits = strsim::damerau_levenshtein(&bare, &bare_candidate);
        if edits <= allowed {
            return Some(edits + 1);
        }
    }
    let words = |name: &str| name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
    let begins = |long: &str, short: &str| {
        !short.is_empty()
            && long.strip_prefix(short).is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
    };
    (begins(wanted, candidate) || begins(candidate, wanted))
        .then(|| allowed + 1 + words(wanted).abs_diff(words(candidate)))
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The path of a page or of its source, without what tells which of the two it is.
fn without_page_ending(path: &str) -> &str {
    [".md", ".html", ".htm"].into_iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path)
}

fn folder_of(path: &str) -> &str {
    path.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// As [`distance`], for file names; another extension counts as one more slip.
fn name_distance(wanted: &str, candidate: &str) -> Option<usize> {
    let parts = |name| str::rsplit_once(name, '.').unwrap_or((name, "md"));
    let ((wanted, extension), (candidate, candidate_extension)) = (parts(wanted), parts(candidate));
    Some(distance(wanted, candidate)? + usize::from(extension != candidate_extension))
}

fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("md"))
}
