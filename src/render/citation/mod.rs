//! Citations and bibliographies in a CSL style, escaped by our own writer.
//!
//! The engine (hayagriva) prints a tree of text. Around it: `style` mends styles it gets wrong, `item` hands it works
//! in a form it takes, `ranges` puts ranges of dates together, and `text` turns the tree into HTML.

mod item;
mod links;
mod locators;
mod order;
mod ranges;
mod sort;
mod style;
mod text;

use std::collections::{BTreeMap, HashMap};

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::{
    Citation as CitationLayout, CitationFormat, Collapse, IndependentStyle, Locale, LocaleCode, StyleCategory,
    StyleClass, ToFormatting,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem as Cite, CitationRequest, Elem, ElemChild, ElemChildren,
    ElemMeta, Formatting, LocatorPayload, SpecificLocator,
};

use crate::config::Config;
use crate::content::reference::{Bibliography, Work};
use crate::content::{Citation, CitationItem};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

use item::{End, Marked};
use locators::Place;
use text::{Look, Printed};

/// A citation style with its locale, loaded once.
pub struct Style {
    /// The style, mended.
    csl: IndependentStyle,
    /// The same, but it neither sorts the works of a citation nor draws them together: words stand around them.
    as_written: IndependentStyle,
    /// The same, but it does not sort the works of a citation: the first is part of the sentence.
    in_sentence: IndependentStyle,
    /// The same, but it does not draw numbers together: each has a place of its own.
    apart: IndependentStyle,
    /// The same with its bibliography in the order in which works are given.
    unsorted: IndependentStyle,
    /// Prints names only; for narrative citations in numeric styles.
    names_only: Option<IndependentStyle>,
    locale: LocaleCode,
    locales: Vec<Locale>,
    /// Whether citations show a number or a label and no names.
    numeric: bool,
    /// Whether citations show where in a work something is.
    prints_locators: bool,
    page_range_delimiter: String,
    punctuation_in_quotes: bool,
}

/// What the citations of one page look like.
#[derive(Clone, Debug, Default)]
pub struct CitedPage {
    /// For each citation given, its HTML: links to the bibliography's entries, each link with `role="doc-biblioref"`, and
    /// `id="cite-N"` on the citation's first element, N counting from 1. Unknown keys are shown as `[?key]`.
    pub citations: Vec<String>,
    /// The works cited, in the style's order.
    pub entries: Vec<CitedEntry>,
}

/// A work in a bibliography.
#[derive(Clone, Debug)]
pub struct CitedEntry {
    /// Its key (never an alias).
    pub key: String,
    /// The label in numeric styles, such as `1.`.
    pub label_html: Option<String>,
    /// The entry, with links to DOI and PubMed where known, and to its address otherwise.
    pub entry_html: String,
    /// Numbers (from 1) of the citations that name it.
    pub cited_by: Vec<usize>,
}

impl Style {
    /// Loads the style that the configuration names, for its language.
    #[expect(clippy::result_large_err, reason = "happens once a build")]
    pub fn load(config: &Config, sources: &Sources) -> Result<Self, Diagnostic> {
        let csl = style::load(config, sources).map_err(|fault| *fault)?;
        let (locale, locales) = style::locales(&config.language);
        let with = |change: fn(&mut CitationLayout)| {
            let mut changed = csl.clone();
            change(&mut changed.citation);
            changed
        };
        let as_written = with(|citation| {
            citation.sort = None;
            citation.collapse = None;
            citation.cite_group_delimiter = None;
        });
        let in_sentence = with(|citation| citation.sort = None);
        let apart =
            with(|citation| citation.collapse = citation.collapse.filter(|how| *how != Collapse::CitationNumber));
        let mut unsorted = csl.clone();
        if let Some(bibliography) = &mut unsorted.bibliography {
            bibliography.sort = None;
        }
        let numeric = csl.info.category.iter().any(|category| {
            let numbered = CitationFormat::Numeric;
            matches!(category, StyleCategory::CitationFormat { format } if *format == numbered || *format == CitationFormat::Label)
        });
        Ok(Self {
            numeric,
            prints_locators: style::prints_locators(&csl),
            page_range_delimiter: style::page_range_delimiter(&csl, &locales),
            punctuation_in_quotes: style::punctuation_in_quotes(&csl, &locales),
            names_only: style::names_only(),
            csl,
            as_written,
            in_sentence,
            apart,
            unsorted,
            locale,
            locales,
        })
    }

    /// Formats the citations of a page, in the order in which readers meet them.
    pub fn cite(&self, bibliography: &Bibliography, citations: &[&Citation]) -> CitedPage {
        let works = Cited::of(bibliography, citations);
        let engine = self.run(&self.csl, &works, citations);
        let mut page = CitedPage::default();
        for (index, citation) in citations.iter().enumerate() {
            let tree = engine.citations.get(index).cloned().flatten();
            page.citations.push(self.citation_html(index + 1, citation, tree, &works));
        }
        page.entries = engine.entries.into_iter().map(|entry| self.entry(entry, &works)).collect();
        for entry in &mut page.entries {
            entry.cited_by = works.cited_by.get(entry.key.as_str()).cloned().unwrap_or_default();
        }
        page
    }

    /// Formats every work, in alphabetical order of author whatever the style, for a list of all references.
    pub fn every_work(&self, bibliography: &Bibliography) -> Vec<CitedEntry> {
        let ordered = order::alphabetical(bibliography.works.values());
        let citations: Vec<Citation> = ordered.iter().map(|work| bare_citation(&work.key)).collect();
        let citations: Vec<&Citation> = citations.iter().collect();
        let works = Cited::of(bibliography, &citations);
        let engine = self.run(&self.unsorted, &works, &citations);
        let entries = engine.entries.into_iter().map(|entry| self.entry(entry, &works));
        entries
            .map(|entry| CitedEntry { label_html: if self.numeric { None } else { entry.label_html }, ..entry })
            .collect()
    }

    /// Has the engine print citations and bibliography.
    fn run(&self, csl: &IndependentStyle, works: &Cited<'_>, citations: &[&Citation]) -> Engine {
        let places: Vec<Vec<Option<Place>>> = self.places(works, citations);
        let mut driver = BibliographyDriver::new();
        let mut sent = Vec::new();
        for (citation, places) in citations.iter().zip(&places) {
            let cites: Vec<Cite<'_, Item>> = works
                .known(citation)
                .zip(places)
                .map(|((item, _), place)| {
                    let locator = place.as_ref();
                    Cite::with_locator(
                        item,
                        locator.map(|place| SpecificLocator(place.label, LocatorPayload::Str(&place.stand_in))),
                    )
                })
                .collect();
            sent.push(!cites.is_empty());
            if !cites.is_empty() {
                let csl = self.fitting(citation);
                driver.citation(CitationRequest::new(cites, csl, Some(self.locale.clone()), &self.locales, None));
            }
        }
        let rendered = driver.finish(BibliographyRequest::new(csl, Some(self.locale.clone()), &self.locales));
        let mut printed = rendered.citations.into_iter().map(|citation| citation.citation);
        let entries = rendered.bibliography.into_iter().flat_map(|bibliography| bibliography.items);
        let mut engine = Engine {
            citations: sent.into_iter().map(|sent| if sent { printed.next() } else { None }).collect(),
            entries: entries
                .map(|item| EngineEntry { key: item.key, label: item.first_field, content: item.content })
                .collect(),
        };
        for (tree, places) in engine.citations.iter_mut().zip(&places) {
            each_cite(tree, |index, children| {
                if let Some(Some(place)) = places.get(index) {
                    place.put_into(children);
                }
            });
        }
        ranges::put_together(self, works, citations, &mut engine);
        engine
    }

    /// Where in the works something is, for each citation and each of its works that are known.
    fn places(&self, works: &Cited<'_>, citations: &[&Citation]) -> Vec<Vec<Option<Place>>> {
        let mut index = 0;
        let mut place = |locator: &crate::content::Locator| {
            index += 1;
            Place::new(locator, index, &self.page_range_delimiter)
        };
        let of = citations
            .iter()
            .map(|citation| works.known(citation).map(|(_, item)| item.locator.as_ref().map(&mut place)).collect());
        of.collect()
    }

    /// The form of the style that suits a citation.
    fn fitting(&self, citation: &Citation) -> &IndependentStyle {
        let mut places = citation.items.iter();
        if places.clone().any(|place| !place.prefix.is_empty() || !place.suffix.is_empty()) {
            &self.as_written
        } else if citation.narrative && !self.numeric {
            &self.in_sentence
        } else if self.prints_locators && places.any(|place| place.locator.is_some()) {
            &self.apart
        } else {
            &self.csl
        }
    }

    fn entry(&self, entry: EngineEntry, works: &Cited<'_>) -> CitedEntry {
        let mut printed = Printed::default();
        printed.push(&entry.content, None);
        printed.dress(0, works.marked(&entry.key));
        printed.tidy(self.punctuation_in_quotes);
        let work = works.works.get(entry.key.as_str());
        let mut entry_html = printed.html();
        let more: Vec<String> = work
            .into_iter()
            .flat_map(|work| links::of(work))
            .filter(|(href, _)| !printed.leads_to(href))
            .map(|(href, words)| {
                let mut link = String::from("<a href=\"");
                text::escape(&href, &mut link);
                link.push_str("\">");
                text::escape(&words, &mut link);
                link + "</a>"
            })
            .collect();
        if !more.is_empty() {
            entry_html.push_str(&format!(" <span class=\"reference-links\">{}</span>", more.join(" ")));
        }
        let label_html = entry.label.map(|label| {
            let mut printed = Printed::default();
            printed.push(&ElemChildren(vec![label]), None);
            printed.tidy(self.punctuation_in_quotes);
            printed.html()
        });
        CitedEntry { key: entry.key, label_html, entry_html, cited_by: Vec::new() }
    }

    /// One citation. `tree` is what the engine printed for the works that exist.
    fn citation_html(
        &self,
        number: usize,
        citation: &Citation,
        tree: Option<ElemChildren>,
        works: &Cited<'_>,
    ) -> String {
        let mut printed = Printed::default();
        if let Some(tree) = tree {
            let layout = &self.csl.citation.layout;
            let base = Look::of(formatting_of(layout.to_formatting()));
            let known: Vec<(&Item, &CitationItem)> = works.known(citation).collect();
            let mut tree = tree;
            if citation.narrative && citation.items.first().is_some_and(|first| !first.suppress_author) {
                self.narrative_names(&known, &mut tree, &mut printed);
                let first = known.first().and_then(|(_, place)| works.key(&place.key));
                printed.dress(0, first.map_or(&[], |key| works.marked(key)));
                if !base.is_raised() {
                    printed.push_str(" ", Look::default());
                }
            }
            let brackets = self.csl.settings.class == StyleClass::Note;
            if brackets {
                printed.push_str("(", base);
            }
            let mut children = tree.0.into_iter().peekable();
            let mut before: Option<&CitationItem> = None;
            while let Some(child) = children.next() {
                match child {
                    ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(index)), mut children, .. }) => {
                        let Some((_, place)) = known.get(index) else { continue };
                        before = Some(place);
                        if place.suppress_author && !self.numeric {
                            take_names(&mut children);
                        }
                        prefix(place, base, &mut printed);
                        let key = works.key(&place.key).unwrap_or(&place.key);
                        let link = printed.link(format!("#{}", reference_id(key)), Some("doc-biblioref"));
                        let start = printed.len();
                        printed.push(&children, Some(link));
                        printed.dress(start, works.marked(key));
                        suffix(place, base, &mut printed);
                    }
                    // The years of works by the same authors stand closer together.
                    ElemChild::Text(text) if self.joins_years(&text.text, before, children.peek()) => {
                        printed.push_str(", ", base);
                    }
                    other => printed.push(&ElemChildren(vec![other]), None),
                }
            }
            if brackets {
                printed.push_str(")", base);
            }
        }
        for unknown in citation.items.iter().filter(|place| works.key(&place.key).is_none()) {
            if !printed.is_empty() {
                printed.push_str(" ", Look::default());
            }
            printed.push_str(&format!("[?{}]", unknown.key), Look::default());
        }
        printed.tidy(self.punctuation_in_quotes);
        format!("<span class=\"citation\" id=\"cite-{number}\">{}</span>", printed.html())
    }

    /// Whether a delimiter stands before a work whose authors are left out since they are those of the work before.
    fn joins_years(&self, delimiter: &str, before: Option<&CitationItem>, next: Option<&ElemChild>) -> bool {
        let citation = &self.csl.citation;
        let collapses = citation.collapse.is_some_and(|how| how != Collapse::CitationNumber);
        let is_default =
            citation.cite_group_delimiter.is_none() && citation.layout.delimiter.as_deref() == Some(delimiter);
        let has_names = |next: &ElemChild| match next {
            ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(_)), children, .. }) => children.find_names().is_some(),
            _ => true,
        };
        collapses
            && is_default
            && before.is_some_and(|before| before.locator.is_none() && before.suffix.is_empty())
            && next.is_some_and(|next| !has_names(next))
    }

    /// The names that are part of the sentence: split off the citation, or printed apart where the style shows none.
    fn narrative_names(&self, known: &[(&Item, &CitationItem)], tree: &mut ElemChildren, printed: &mut Printed) {
        let first = tree.0.iter_mut().find_map(|child| match child {
            ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(0)), children, .. }) => Some(children),
            _ => None,
        });
        if let Some(names) = first.and_then(take_names) {
            printed.push(&ElemChildren(vec![ElemChild::Elem(names)]), None);
        } else if let (Some((item, _)), Some(csl)) = (known.first(), &self.names_only) {
            let cite = vec![Cite::with_entry(*item)];
            let request = CitationRequest::new(cite, csl, Some(self.locale.clone()), &self.locales, None);
            printed.push(&hayagriva::standalone_citation(request), None);
        }
    }
}

/// What the engine printed.
struct Engine {
    /// For each citation; nothing where no work is known.
    citations: Vec<Option<ElemChildren>>,
    entries: Vec<EngineEntry>,
}

struct EngineEntry {
    key: String,
    label: Option<ElemChild>,
    content: ElemChildren,
}

/// The works that citations name.
struct Cited<'a> {
    bibliography: &'a Bibliography,
    /// By their own key.
    works: BTreeMap<&'a str, &'a Work>,
    items: HashMap<&'a str, Item>,
    marked: HashMap<&'a str, Vec<Marked>>,
    /// Numbers of the citations that name each.
    cited_by: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Cited<'a> {
    fn of(bibliography: &'a Bibliography, citations: &[&Citation]) -> Self {
        let mut cited = Self {
            bibliography,
            works: BTreeMap::new(),
            items: HashMap::new(),
            marked: HashMap::new(),
            cited_by: HashMap::new(),
        };
        for (index, citation) in citations.iter().enumerate() {
            for work in citation.items.iter().filter_map(|place| bibliography.work(&place.key)) {
                let key = work.key.as_str();
                cited.works.entry(key).or_insert(work);
                cited.items.entry(key).or_insert_with(|| item::of(work, End::First));
                cited.marked.entry(key).or_insert_with(|| item::marked(work));
                let numbers = cited.cited_by.entry(key).or_default();
                if numbers.last() != Some(&(index + 1)) {
                    numbers.push(index + 1);
                }
            }
        }
        cited
    }

    /// The texts of a work that hold markup.
    fn marked(&self, key: &str) -> &[Marked] {
        self.marked.get(key).map_or(&[], Vec::as_slice)
    }

    /// A work's own key, whatever alias it is called by.
    fn key(&self, key: &str) -> Option<&'a str> {
        self.bibliography.work(key).map(|work| work.key.as_str())
    }

    /// The places of a citation whose work is known, with the work for the engine.
    fn known<'s, 'c: 's>(&'s self, citation: &'c Citation) -> impl Iterator<Item = (&'s Item, &'c CitationItem)> {
        citation.items.iter().filter_map(|place| Some((self.items.get(self.key(&place.key)?)?, place)))
    }
}

/// Visits each work of a citation as printed, with its number among the works that are known.
fn each_cite(tree: &mut Option<ElemChildren>, mut visit: impl FnMut(usize, &mut ElemChildren)) {
    for child in tree.iter_mut().flat_map(|tree| &mut tree.0) {
        if let ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(index)), children, .. }) = child {
            visit(*index, children);
        }
    }
}

fn bare_citation(key: &str) -> Citation {
    let item = CitationItem {
        key: key.to_owned(),
        key_span: 0..0,
        prefix: String::new(),
        locator: None,
        suffix: String::new(),
        suppress_author: false,
    };
    Citation { items: vec![item], narrative: false, within: Vec::new() }
}

fn formatting_of(partial: hayagriva::citationberg::Formatting) -> Formatting {
    Formatting {
        font_style: partial.font_style.unwrap_or_default(),
        font_variant: partial.font_variant.unwrap_or_default(),
        font_weight: partial.font_weight.unwrap_or_default(),
        text_decoration: partial.text_decoration.unwrap_or_default(),
        vertical_align: partial.vertical_align.unwrap_or_default(),
    }
}

/// Takes the names out of a citation, and what joined them to the rest.
fn take_names(children: &mut ElemChildren) -> Option<Elem> {
    let at = children.0.iter().position(|child| match child {
        ElemChild::Elem(elem) => matches!(elem.meta, Some(ElemMeta::Names(_))) || elem.children.find_names().is_some(),
        _ => false,
    })?;
    let names = match &mut children.0[at] {
        ElemChild::Elem(elem) if !matches!(elem.meta, Some(ElemMeta::Names(_))) => take_names(&mut elem.children),
        _ => match children.0.remove(at) {
            ElemChild::Elem(elem) => Some(elem),
            _ => None,
        },
    }?;
    trim_start(&mut children.0[at..]);
    Some(names)
}

/// Cuts the delimiter off the start of what is left.
fn trim_start(children: &mut [ElemChild]) {
    match children.first_mut() {
        Some(ElemChild::Text(text)) => text.text = text.text.trim_start_matches([' ', ',', ';', ':']).to_owned(),
        Some(ElemChild::Elem(elem)) => trim_start(&mut elem.children.0),
        _ => {}
    }
}

fn prefix(place: &CitationItem, look: Look, printed: &mut Printed) {
    if !place.prefix.is_empty() {
        printed.push_str(&place.prefix, look);
        printed.push_str(" ", look);
    }
}

fn suffix(place: &CitationItem, look: Look, printed: &mut Printed) {
    if !place.suffix.is_empty() {
        if !place.suffix.starts_with(|c: char| ",.;:!?’'".contains(c)) {
            printed.push_str(" ", look);
        }
        printed.push_str(&place.suffix, look);
    }
}

/// The anchor of a work in a bibliography: `ref-` and the key, with what an anchor cannot hold replaced.
///
/// Letters, digits and `-` stand for themselves; every other byte becomes `_` and two hexadecimal digits, so that no two
/// keys share an anchor and the anchor needs no escaping in an attribute or an address.
pub fn reference_id(key: &str) -> String {
    let mut id = String::from("ref-");
    for byte in key.bytes() {
        match byte {
            b'-' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => id.push(char::from(byte)),
            _ => id.push_str(&format!("_{byte:02x}")),
        }
    }
    id
}

#[cfg(test)]
mod tests;
