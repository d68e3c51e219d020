//! Citations and bibliographies in a CSL style, escaped by our own writer.
//!
//! The engine (hayagriva) prints trees of text; `engine` runs it. Before that, `style` and `sort` mend what it gets
//! wrong in styles, and `item` hands it works in a form it takes. After that, `locators` and `ranges` put in what it
//! cannot print, `inline` puts a citation together, and `text` and `punctuation` turn the tree into HTML.
//!
//! The engine is slow, and most pages of a site cite the same works. So `works` keeps what was printed of each, and `memory`
//! puts pages together from that: from works as they look `alone`, each printed in a style `fitted` to its type, from
//! patterns of `numbers`, in the order of their `ranks`. `dependence` says which styles allow it; in other styles, and where
//! in doubt, the engine prints the `whole_page`.

mod alone;
mod dependence;
mod elements;
mod engine;
mod fitted;
mod forms;
mod inline;
mod item;
mod links;
mod locators;
mod look;
mod memory;
mod numbers;
mod order;
mod punctuation;
mod ranges;
mod ranks;
mod sort;
mod style;
mod text;
mod tree;
mod whole_page;
mod works;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use hayagriva::ElemChildren;
use hayagriva::citationberg::{CitationFormat, IndependentStyle, Locale, LocaleCode, StyleCategory};

use crate::config::Config;
use crate::content::reference::Bibliography;
use crate::content::{Citation, CitationItem};
use crate::diagnostic::Diagnostic;
use crate::render::html::escape;
use crate::site::Site;
use crate::source::Sources;

use dependence::Dependence;
use engine::EngineEntry;
use fitted::FittedStyles;
use forms::Forms;
use numbers::Patterns;
use punctuation::Typography;
use ranks::Ranks;
use text::Printed;
use works::{Cited, CitedWork, KnownWork, KnownWorks};

/// A citation style with its locale, loaded once.
pub struct Style {
    /// The style, mended.
    forms: Forms,
    /// The same, but it adds no given names to tell works apart.
    without_given_names: OnceLock<Forms>,
    /// The same, for works of one type each.
    fitted: FittedStyles,
    /// The same with its bibliography in the order in which works are given.
    unsorted: IndependentStyle,
    /// Prints names only; for narrative citations in numeric styles.
    names_only: Option<IndependentStyle>,
    /// Prints numbers only, and no entries.
    numbers_only: Option<IndependentStyle>,
    locale: LocaleCode,
    locales: Vec<Locale>,
    /// Whether citations show a number or a label and no names.
    numeric: bool,
    /// Whether citations show where in a work something is.
    prints_locators: bool,
    page_range_delimiter: String,
    typography: Typography,
    dependence: Dependence,
    /// The order of bibliographies; nothing if the style does not sort them.
    bibliography_ranks: Option<Ranks>,
    /// The order of the works of a citation.
    citation_ranks: Option<Ranks>,
    /// Works that were cited before.
    known: KnownWorks,
    /// Patterns of numbers that were printed before.
    patterns: Patterns,
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
    pub entry_html: Arc<str>,
    /// Numbers (from 1) of the citations that name it.
    pub cited_by: Vec<usize>,
}

impl Style {
    /// Loads the style that the configuration names, for its language.
    #[expect(clippy::result_large_err, reason = "happens once a build")]
    pub fn load(config: &Config, sources: &Sources) -> Result<Self, Diagnostic> {
        let csl = style::load(config, sources).map_err(|fault| *fault)?;
        let (locale, locales) = style::locales(&config.language);
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
            typography: style::typography(&csl, &locales),
            names_only: style::names_only(),
            numbers_only: style::numbers_only(),
            dependence: dependence::of(&csl),
            bibliography_ranks: Ranks::of(&csl, csl.bibliography.as_ref().and_then(|list| list.sort.as_ref())),
            citation_ranks: Ranks::of(&csl, csl.citation.sort.as_ref()),
            known: KnownWorks::default(),
            patterns: Patterns::default(),
            forms: Forms::of(csl),
            fitted: FittedStyles::default(),
            without_given_names: OnceLock::new(),
            unsorted,
            locale,
            locales,
        })
    }

    /// Whether a site asks for the same style as it did before, in the same language.
    pub fn is_same(before: &Site, config: &Config, sources: &Sources) -> bool {
        let named = &config.citations.style.value;
        before.config.citations.style.value == *named
            && before.config.language == config.language
            && before.sources.bytes(named) == sources.bytes(named)
    }

    /// Formats the citations of a page, in the order in which readers meet them.
    pub fn cite(&self, bibliography: &Bibliography, citations: &[&Citation]) -> CitedPage {
        let works = Cited::of(&self.known, bibliography, citations);
        let page = self.cite_from_memory(bibliography, &works, citations);
        page.unwrap_or_else(|| self.cite_with_engine(&works, citations))
    }

    /// Formats every work, in alphabetical order of author whatever the style, for a list of all references.
    pub fn every_work(&self, bibliography: &Bibliography) -> Vec<CitedEntry> {
        let ordered = order::alphabetical(bibliography.works.values());
        let citations: Vec<Citation> = ordered.iter().map(|work| bare_citation(&work.key)).collect();
        let citations: Vec<&Citation> = citations.iter().collect();
        let works = Cited::of(&self.known, bibliography, &citations);
        let entries = match self.all_alone(&works) {
            Some(alone) => {
                let entries = works.works.iter().zip(alone).zip(1..).map(|((cited, alone), number)| CitedEntry {
                    key: cited.known.work.key.clone(),
                    label_html: alone.label.as_ref().map(|label| label.html(number)),
                    entry_html: alone.entry_html.clone(),
                    cited_by: Vec::new(),
                });
                entries.collect()
            }
            None => self.entries(self.run(&self.unsorted, &works, &citations).entries, &works),
        };
        entries
            .into_iter()
            .map(|entry| CitedEntry {
                label_html: entry.label_html.filter(|_| !self.numeric),
                cited_by: Vec::new(),
                ..entry
            })
            .collect()
    }

    fn entries(&self, entries: Vec<EngineEntry>, works: &Cited) -> Vec<CitedEntry> {
        let by_key: HashMap<&str, &CitedWork> =
            works.works.iter().map(|cited| (cited.known.work.key.as_str(), cited)).collect();
        let entries = entries.into_iter().filter_map(|entry| {
            let cited = by_key.get(entry.key.as_str())?;
            Some(CitedEntry { cited_by: cited.cited_by.clone(), ..self.entry(entry, &cited.known) })
        });
        entries.collect()
    }

    fn entry(&self, entry: EngineEntry, known: &KnownWork) -> CitedEntry {
        let mut printed = Printed::default();
        printed.push(&entry.content, None);
        printed.dress(0, &known.marked);
        printed.tidy(&self.typography);
        let mut entry_html = printed.html();
        let more: Vec<String> = links::of(&known.work)
            .into_iter()
            .filter(|(href, _)| !printed.leads_to(href))
            .map(|(href, words)| {
                let mut link = String::from("<a");
                escape::attribute("href", &href, &mut link);
                link.push('>');
                escape::quoted(&words, &mut link);
                link + "</a>"
            })
            .collect();
        if !more.is_empty() {
            entry_html.push_str(&format!(" <span class=\"reference-links\">{}</span>", more.join(" ")));
        }
        let label_html = entry.label.map(|label| {
            let mut printed = Printed::default();
            printed.push(&ElemChildren(vec![label]), None);
            printed.tidy(&self.typography);
            printed.html()
        });
        CitedEntry { key: entry.key, label_html, entry_html: entry_html.into(), cited_by: Vec::new() }
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
