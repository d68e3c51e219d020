//! Entries of a `.bib` file into CSL-JSON items, type by type and field by field as pandoc's citeproc maps them.

use serde_json::{Map, Value};

use super::bibtex::Entry;
use super::names::NameOptions;
use super::{dates, latex, names, title};
use crate::content::identifier::bare_doi;

/// The item that an entry stands for.
pub(super) fn item(entry: &Entry) -> Map<String, Value> {
    let mut item = Item { entry, csl: Map::new() };
    item.set("id", entry.key.clone());
    let kind = item.kind();
    item.set("type", kind);
    item.names();
    item.titles();
    item.dates();
    item.numbers();
    item.publication();
    item.identifiers();
    item.remarks();
    item.csl
}

/// Keys that stand for the same work.
pub(super) fn aliases(entry: &Entry) -> Vec<String> {
    let ids = entry.fields.get("ids").map_or("", |field| field.value.as_str());
    ids.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

struct Item<'a> {
    entry: &'a Entry,
    csl: Map<String, Value>,
}

impl<'a> Item<'a> {
    fn raw(&self, names: &[&str]) -> Option<&'a str> {
        let fields = &self.entry.fields;
        names
            .iter()
            .find_map(|name| fields.get(*name))
            .map(|field| field.value.trim())
            .filter(|value| !value.is_empty())
    }

    fn rich(&self, names: &[&str]) -> Option<String> {
        self.raw(names).map(latex::rich).filter(|text| !text.is_empty())
    }

    fn set(&mut self, variable: &str, value: impl Into<Value>) {
        self.csl.insert(variable.to_owned(), value.into());
    }

    fn set_text(&mut self, variable: &str, names: &[&str]) {
        if let Some(text) = self.rich(names) {
            self.set(variable, text);
        }
    }

    fn is(&self, kinds: &[&str]) -> bool {
        kinds.contains(&self.entry.kind.as_str())
    }

    fn kind(&self) -> &'static str {
        let is_event = self.raw(&["eventdate", "eventtitle", "venue"]).is_some();
        match (self.entry.kind.as_str(), self.raw(&["entrysubtype"])) {
            ("article" | "periodical" | "suppperiodical", Some("magazine")) => "article-magazine",
            ("article" | "periodical" | "suppperiodical", Some("newspaper")) => "article-newspaper",
            ("article" | "periodical" | "suppperiodical", _) => "article-journal",
            ("book" | "mvbook" | "collection" | "mvcollection" | "manual" | "proceedings" | "mvproceedings", _) => {
                "book"
            }
            ("reference" | "mvreference" | "commentary", _) => "book",
            ("booklet", _) => "pamphlet",
            ("inbook" | "incollection" | "bookinbook" | "suppbook" | "suppcollection", _) => "chapter",
            ("inreference", _) => "entry-encyclopedia",
            ("inproceedings" | "conference", _) => "paper-conference",
            ("phdthesis" | "mastersthesis" | "thesis", _) => "thesis",
            ("report" | "techreport", _) => "report",
            ("online" | "electronic" | "www", _) => "webpage",
            ("unpublished", _) if is_event => "speech",
            ("unpublished", _) => "manuscript",
            ("dataset", _) => "dataset",
            ("software", _) => "software",
            ("patent", _) => "patent",
            ("artwork" | "image", _) => "graphic",
            ("audio" | "music", _) => "song",
            ("movie" | "video", _) => "motion_picture",
            ("performance", _) => "performance",
            ("review", _) => "review",
            ("letter", _) => "personal_communication",
            ("jurisdiction", _) => "legal_case",
            ("legislation", _) => "legislation",
            ("legal", _) => "treaty",
            ("standard", _) => "standard",
            // Types that BibLaTeX has no entries for, as our own files write them.
            (_, Some(subtype)) => OTHER_TYPES.iter().find(|known| **known == subtype).unwrap_or(&"document"),
            _ => "document",
        }
    }

    fn names(&mut self) {
        let options = self.raw(&["options"]).unwrap_or_default();
        let flat: String = options.chars().filter(|c| !c.is_whitespace()).collect();
        let use_prefix = flat.split(',').any(|option| matches!(option, "useprefix" | "useprefix=true"));
        let editor_is = match self.raw(&["editortype"]) {
            Some("director") => "director",
            Some("compiler") => "compiler",
            _ => "editor",
        };
        for (variable, field) in [
            ("author", "author"),
            ("container-author", "bookauthor"),
            (editor_is, "editor"),
            ("translator", "translator"),
            ("director", "director"),
        ] {
            let Some(value) = self.raw(&[field]) else { continue };
            let people = names::names(value, NameOptions { use_prefix });
            if !people.is_empty() {
                self.set(variable, people);
            }
        }
    }

    fn titles(&mut self) {
        let whole = |item: &Self, main: &[&str], sub: &str, addon: &str| {
            let main = item.rich(main)?;
            Some(title::joined(main, item.rich(&[sub]), item.rich(&[addon])))
        };
        let is_container = self.is(&["mvbook", "mvcollection", "mvproceedings", "mvreference"])
            || self.is(&["book", "collection", "proceedings", "reference"]);
        let title = whole(self, &["title"], "subtitle", "titleaddon");
        let main = whole(self, &["maintitle"], "mainsubtitle", "maintitleaddon");
        let short = self.rich(&["shorttitle"]).or_else(|| match (&main, self.raw(&["subtitle"])) {
            (Some(_), _) => None,
            (None, Some(_)) => self.rich(&["title"]),
            (None, None) => title.as_deref().and_then(title::before_colon),
        });
        match (title, main) {
            // One volume of several: the whole is the title, the volume's own is its volume title.
            (Some(title), Some(main)) if is_container => {
                self.set("title", main);
                self.set("volume-title", title);
            }
            (Some(title), main) => {
                self.set("title", title);
                if let Some(main) = main.filter(|_| self.raw(&["booktitle"]).is_none()) {
                    self.set("container-title", main);
                }
            }
            (None, Some(main)) => self.set("title", main),
            (None, None) => {}
        }
        if let Some(short) = short {
            self.set("title-short", short);
        }
        let container = whole(self, &["booktitle"], "booksubtitle", "booktitleaddon")
            .or_else(|| whole(self, &["journaltitle", "journal"], "journalsubtitle", "journaltitleaddon"));
        if let Some(container) = container {
            self.set("container-title", container);
        }
        self.set_text("container-title-short", &["shortjournal"]);
        self.set_text("collection-title", &["series"]);
        self.set_text("event-title", &["eventtitle"]);
        self.set_text("original-title", &["origtitle"]);
    }

    fn dates(&mut self) {
        let mut issued = self.raw(&["date"]).and_then(dates::edtf);
        if issued.is_none() {
            let year = self.raw(&["year", "date"]);
            issued = year.and_then(|year| dates::year_month_day(year, self.raw(&["month"]), self.raw(&["day"])));
        }
        match issued {
            // “in press” is no date but a state, which styles print where the date would be.
            Some(words) if words.get("literal").is_some() => self.set("status", words["literal"].clone()),
            Some(issued) => self.set("issued", issued),
            None => {}
        }
        for (variable, field) in [("event-date", "eventdate"), ("original-date", "origdate"), ("accessed", "urldate")] {
            let date = self.raw(&[field]).and_then(dates::edtf);
            let year = format!("{}year", field.trim_end_matches("date"));
            let parts = || {
                let part = |name: &str| year.replace("year", name);
                let (month, day) = (part("month"), part("day"));
                dates::year_month_day(self.raw(&[&year])?, self.raw(&[&month]), self.raw(&[&day]))
            };
            if let Some(date) = date.or_else(parts).filter(|date| date.get("literal").is_none()) {
                self.set(variable, date);
            }
        }
        if let Some(state) = self.raw(&["pubstate"]) {
            let state = match state {
                "inpreparation" => "in preparation".to_owned(),
                "submitted" => "submitted".to_owned(),
                "forthcoming" => "forthcoming".to_owned(),
                "inpress" => "in press".to_owned(),
                "prepublished" => "pre-published".to_owned(),
                other => latex::rich(other),
            };
            self.set("status", state);
        }
    }

    fn numbers(&mut self) {
        let hyphened =
            |item: &Self, names: &[&str]| item.raw(names).map(latex::hyphened).filter(|text| !text.is_empty());
        let is_article = self.is(&["article", "periodical", "suppperiodical"]);
        let is_book =
            self.is(&["book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference"])
                || self.is(&[
                    "mvreference",
                    "bookinbook",
                    "inbook",
                    "incollection",
                    "inproceedings",
                    "conference",
                    "inreference",
                ])
                || self.is(&["suppbook", "suppcollection"]);
        let number = hyphened(self, &["number"]);
        let issue = hyphened(self, &["issue"]);
        match (number, issue) {
            (Some(number), _) if is_book => self.set("collection-number", number),
            (Some(number), Some(issue)) if is_article => self.set("issue", format!("{number}, {issue}")),
            (Some(number), None) | (None, Some(number)) if is_article => self.set("issue", number),
            (Some(number), _) => self.set("number", number),
            (None, Some(issue)) => self.set("issue", issue),
            (None, None) => {}
        }
        for (variable, field) in [
            ("volume", "volume"),
            ("number-of-volumes", "volumes"),
            ("part-number", "part"),
            ("chapter-number", "chapter"),
            ("edition", "edition"),
            ("number-of-pages", "pagetotal"),
        ] {
            if let Some(number) = hyphened(self, &[field]) {
                self.set(variable, number);
            }
        }
        // An article number stands where the pages would: nothing else would say where in the volume it is.
        if let Some(pages) = hyphened(self, &["pages", "eid"]) {
            self.set("page", pages.trim_end_matches(['.', ',']).to_owned());
        }
        self.set_text("version", &["version"]);
    }

    fn publication(&mut self) {
        let mut houses: Vec<String> = Vec::new();
        for field in ["school", "institution", "organization", "howpublished", "publisher"] {
            let Some(raw) = self.raw(&[field]) else { continue };
            if field == "howpublished" && address_of(raw).is_some() {
                continue;
            }
            houses.push(if field == "howpublished" { latex::rich(raw) } else { literals(raw) });
        }
        if !houses.is_empty() {
            self.set("publisher", houses.join("; "));
        }
        if let Some(place) = self.raw(&["address", "location"]) {
            let variable = if self.is(&["patent"]) { "jurisdiction" } else { "publisher-place" };
            self.set(variable, literals(place));
        }
        self.set_text("event-place", &["venue"]);
        self.set_text("original-publisher", &["origpublisher"]);
        self.set_text("original-publisher-place", &["origlocation"]);
        let genre = match (self.raw(&["type"]), self.entry.kind.as_str()) {
            (Some(known), _) => Some(match known {
                "phdthesis" => "PhD thesis".to_owned(),
                "mathesis" => "Master’s thesis".to_owned(),
                "bathesis" => "Bachelor’s thesis".to_owned(),
                "techreport" => "Technical report".to_owned(),
                "resreport" => "Research report".to_owned(),
                "software" => "Computer software".to_owned(),
                "datacd" => "Data CD".to_owned(),
                "audiocd" => "Audio CD".to_owned(),
                "patent" => "Patent".to_owned(),
                other => latex::rich(other),
            }),
            (None, "phdthesis") => Some("PhD thesis".to_owned()),
            (None, "mastersthesis") => Some("Master’s thesis".to_owned()),
            _ => None,
        };
        if let Some(genre) = genre {
            self.set("genre", genre);
        }
    }

    fn identifiers(&mut self) {
        let eprint = self.raw(&["eprint"]).map(latex::verbatim);
        let archive = self.raw(&["eprinttype", "archiveprefix"]).unwrap_or_default().to_lowercase();
        let from_archive = eprint.as_ref().and_then(|eprint| {
            let base = match archive.as_str() {
                "arxiv" => "https://arxiv.org/abs/",
                "jstor" => "https://www.jstor.org/stable/",
                "pubmed" => "https://pubmed.ncbi.nlm.nih.gov/",
                "googlebooks" => "https://books.google.com?id=",
                _ => return None,
            };
            Some(format!("{base}{eprint}"))
        });
        let published = self.raw(&["howpublished"]).and_then(address_of);
        if let Some(url) = self.raw(&["url"]).map(latex::verbatim).or(published).or(from_archive) {
            self.set("URL", url);
        }
        if let Some(doi) = self.raw(&["doi"]).map(latex::verbatim) {
            self.set("DOI", bare_doi(&doi).to_owned());
        }
        let pubmed = eprint.filter(|_| archive == "pubmed");
        for (variable, value) in [
            ("PMID", self.raw(&["pmid"]).map(latex::verbatim).or(pubmed)),
            ("PMCID", self.raw(&["pmcid", "pmc"]).map(latex::verbatim)),
            ("ISBN", self.raw(&["isbn"]).map(latex::plain)),
            ("ISSN", self.raw(&["issn"]).map(latex::plain)),
            ("call-number", self.raw(&["library"]).map(latex::plain)),
        ] {
            if let Some(value) = value {
                self.set(variable, value);
            }
        }
    }

    fn remarks(&mut self) {
        let notes: Vec<String> = ["note", "addendum"].iter().filter_map(|field| self.rich(&[field])).collect();
        if !notes.is_empty() {
            self.set("note", notes.join(". "));
        }
        self.set_text("annote", &["annotation", "annote"]);
        self.set_text("abstract", &["abstract"]);
        self.set_text("keyword", &["keywords"]);
        if let Some(language) = self.raw(&["langid", "language", "hyphenation"]).and_then(language) {
            self.set("language", language);
        }
    }
}

const OTHER_TYPES: &[&str] = &[
    "article",
    "bill",
    "broadcast",
    "classic",
    "collection",
    "entry",
    "entry-dictionary",
    "event",
    "figure",
    "hearing",
    "interview",
    "manuscript",
    "map",
    "musical_score",
    "periodical",
    "post",
    "post-weblog",
    "regulation",
    "review-book",
    "speech",
];

/// A list of names of houses or places, joined by “and”. Most that are written mean one house, such as “John Wiley and
/// Sons”; it is a list where braces say so: `{Wiley and Sons} and Methuen`.
fn literals(raw: &str) -> String {
    let parts: Vec<&str> = names::split_and(raw).into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 || !parts.iter().any(|part| part.starts_with('{')) {
        return latex::rich(raw);
    }
    parts.into_iter().map(latex::rich).collect::<Vec<_>>().join("; ")
}

/// The address that a value consists of, if it is one.
fn address_of(raw: &str) -> Option<String> {
    let address = latex::verbatim(raw);
    let is_address = (address.starts_with("http://") || address.starts_with("https://")) && !address.contains(' ');
    is_address.then_some(address)
}

/// BibLaTeX's name of a language as a BCP 47 tag.
fn language(name: &str) -> Option<&str> {
    Some(match name.to_lowercase().as_str() {
        "english" | "american" | "usenglish" | "en" | "en-us" => "en-US",
        "british" | "ukenglish" | "en-gb" => "en-GB",
        "german" | "ngerman" | "de" | "de-de" => "de-DE",
        "austrian" | "naustrian" => "de-AT",
        "swissgerman" => "de-CH",
        "french" | "francais" | "fr" | "fr-fr" => "fr-FR",
        "spanish" | "es" | "es-es" => "es-ES",
        "italian" | "it" | "it-it" => "it-IT",
        "portuguese" | "pt" | "pt-pt" => "pt-PT",
        "brazilian" | "brazil" | "pt-br" => "pt-BR",
        "dutch" | "nl" | "nl-nl" => "nl-NL",
        "danish" => "da-DK",
        "swedish" => "sv-SE",
        "norwegian" | "norsk" => "nb-NO",
        "nynorsk" => "nn-NO",
        "finnish" => "fi-FI",
        "polish" => "pl-PL",
        "czech" => "cs-CZ",
        "slovak" => "sk-SK",
        "slovene" | "slovenian" => "sl-SI",
        "croatian" => "hr-HR",
        "serbian" => "sr-RS",
        "hungarian" | "magyar" => "hu-HU",
        "romanian" => "ro-RO",
        "greek" => "el-GR",
        "turkish" => "tr-TR",
        "russian" | "ru" | "ru-ru" => "ru-RU",
        "ukrainian" => "uk-UA",
        "bulgarian" => "bg-BG",
        "arabic" => "ar",
        "hebrew" => "he-IL",
        "japanese" | "ja" => "ja-JP",
        "chinese" | "zh" => "zh-CN",
        "korean" => "ko-KR",
        "latin" => "la",
        _ if is_tag(name) => name,
        _ => return None,
    })
}

/// Whether a word is a BCP 47 tag already.
fn is_tag(name: &str) -> bool {
    let mut parts = name.split('-');
    parts
        .next()
        .is_some_and(|first| matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_lowercase()))
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
