//! RIS, as reference managers import it.

use serde_json::Value;

use super::{dated, name_part, names, plain, text};
use crate::content::reference::Work;

/// RIS, as reference managers import it.
pub fn ris(works: &[&Work]) -> String {
    let mut records = Ris { text: String::new() };
    works.iter().for_each(|work| records.work(work));
    records.text
}

struct Ris {
    text: String,
}

impl Ris {
    fn line(&mut self, tag: &str, value: &str) {
        let value = plain(value);
        let mut words = value.split_whitespace();
        let Some(first) = words.next() else { return };
        self.text.extend([tag, "  - ", first]);
        words.for_each(|word| self.text.extend([" ", word]));
        self.text.push_str("\r\n");
    }

    fn variable(&mut self, tag: &str, work: &Work, variable: &str) {
        if let Some(value) = text(work, variable) {
            self.line(tag, &value);
        }
    }

    fn work(&mut self, work: &Work) {
        let kind = kind(work);
        self.line("TY", kind);
        self.line("ID", &work.key);
        for (tag, role) in [("AU", "author"), ("A2", "editor"), ("A3", "collection-editor"), ("A4", "translator")] {
            for name in names(work, role) {
                self.line(tag, &name_line(name));
            }
        }
        self.variable("TI", work, "title");
        self.variable("ST", work, "title-short");
        let container = if matches!(kind, "JOUR" | "MGZN" | "NEWS") { "JO" } else { "T2" };
        if let Some(title) = text(work, "container-title").or_else(|| text(work, "event-title")) {
            self.line("T2", &title);
        }
        if container == "JO" {
            self.variable("J2", work, "container-title-short");
        }
        self.variable("T3", work, "collection-title");
        self.dates(work);
        self.pages(work);
        for (tag, variable) in [
            ("VL", "volume"),
            ("IS", "issue"),
            ("ET", "edition"),
            ("NV", "number-of-volumes"),
            ("SE", "chapter-number"),
            ("PB", "publisher"),
            ("CY", "publisher-place"),
            ("M3", "genre"),
            ("SN", "ISSN"),
            ("SN", "ISBN"),
            ("DO", "DOI"),
            ("UR", "URL"),
            ("AN", "PMID"),
            ("C2", "PMCID"),
            ("LA", "language"),
            ("AB", "abstract"),
            ("N1", "note"),
        ] {
            self.variable(tag, work, variable);
        }
        if matches!(kind, "RPRT" | "PAT" | "GEN" | "STAND") {
            self.variable("M1", work, "number");
        }
        for keyword in text(work, "keyword").unwrap_or_default().split([',', ';']) {
            self.line("KW", keyword);
        }
        self.text.push_str("ER  - \r\n\r\n");
    }

    fn dates(&mut self, work: &Work) {
        if let Some(date) = dated(work, "issued") {
            self.line("PY", &date.first[0].to_string());
            self.line("DA", &slashed(&date.first));
        } else {
            self.variable("PY", work, "status");
        }
        if let Some(date) = dated(work, "accessed") {
            self.line("Y2", &slashed(&date.first));
        }
    }

    fn pages(&mut self, work: &Work) {
        let Some(pages) = text(work, "page") else { return };
        match pages.split_once(['-', '–']) {
            Some((first, last)) if !last.contains(['-', '–', ',']) => {
                self.line("SP", first);
                self.line("EP", last);
            }
            _ => self.line("SP", &pages),
        }
    }
}

/// `2016/07/01/`, as RIS has it.
fn slashed(parts: &[i64]) -> String {
    let part = |at: usize| parts.get(at).filter(|part| at == 0 || **part <= 12 || at == 2);
    let padded = |at: usize| part(at).map(|part| format!("{part:02}")).unwrap_or_default();
    format!("{}/{}/{}/", parts[0], padded(1), padded(2))
}

fn name_line(name: &Value) -> String {
    let part = |part| name_part(name, part);
    if !part("literal").is_empty() {
        return if part("literal") == "others" { "et al.".to_owned() } else { part("literal").to_owned() };
    }
    let family = [part("non-dropping-particle"), part("dropping-particle"), part("family")].join(" ");
    let pieces = [family.trim(), part("given"), part("suffix")];
    let kept = if pieces[2].is_empty() { &pieces[..2] } else { &pieces[..] };
    kept.join(", ").trim_end_matches([',', ' ']).to_owned()
}

fn kind(work: &Work) -> &'static str {
    match work.text("type").unwrap_or_default() {
        "article-journal" | "article" | "periodical" => "JOUR",
        "article-magazine" => "MGZN",
        "article-newspaper" => "NEWS",
        "book" if names(work, "author").is_empty() && !names(work, "editor").is_empty() => "EDBOOK",
        "book" => "BOOK",
        "chapter" => "CHAP",
        "entry-encyclopedia" | "entry" => "ENCYC",
        "entry-dictionary" => "DICT",
        "paper-conference" => "CPAPER",
        "thesis" => "THES",
        "report" => "RPRT",
        "webpage" => "ELEC",
        "post-weblog" | "post" => "BLOG",
        "dataset" => "DATA",
        "software" => "COMP",
        "patent" => "PAT",
        "pamphlet" => "PAMP",
        "speech" => "HEAR",
        "manuscript" => "UNPB",
        "motion_picture" | "broadcast" => "VIDEO",
        "song" => "SOUND",
        "graphic" | "figure" => "ART",
        "map" => "MAP",
        "legal_case" => "CASE",
        "legislation" | "regulation" => "STAT",
        "bill" => "BILL",
        "standard" => "STAND",
        "personal_communication" => "PCOMM",
        _ => "GEN",
    }
}
