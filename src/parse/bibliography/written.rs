//! Fields as their authors wrote them, with their places, out of each kind of file.

use serde_yaml_ng::Value as Yaml;

use super::bibtex::Entry;
use super::latex;
use crate::content::reference::{Work, WrittenField};
use crate::source::Span;

/// Larger works within larger works, deeper than any real one.
pub(super) const DEEPEST: usize = 8;

/// The fields that rules want to see as they were written, by the names that they have in any kind of file.
fn variable(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "doi" => "DOI",
        "pmid" => "PMID",
        "pmcid" | "pmc" => "PMCID",
        "isbn" => "ISBN",
        "issn" => "ISSN",
        "orcid" | "author+an:orcid" => Work::ORCID,
        "page" | "pages" | "page-range" => "page",
        "issued" | "date" | "year" => "issued",
        "author" => "author",
        "superseded-by" => Work::SUPERSEDED_BY,
        _ => return None,
    })
}

/// Out of an entry of a `.bib` file: what it has of its own.
pub(super) fn in_entry(entry: &Entry) -> Vec<WrittenField> {
    let own = entry.fields.iter().filter_map(|(name, field)| Some((variable(name)?, field, field.words.clone()?)));
    let mut written: Vec<WrittenField> = own
        .map(|(variable, field, span)| {
            // Braces group the words of a name, but mean nothing within a number.
            let value =
                if variable == "author" { field.value.trim().to_owned() } else { latex::verbatim(&field.value) };
            WrittenField { variable, value, span }
        })
        .collect();
    written.sort_by_key(|field| field.span.start);
    written
}

/// Out of an item of CSL-JSON that is known to be sound. `start` is where it stands in its file.
pub(super) fn in_json(item: &str, start: usize) -> Vec<WrittenField> {
    let mut written: Vec<WrittenField> = Vec::new();
    let (mut top, mut nearest) = ("", "");
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(&byte) = item.as_bytes().get(at) {
        let end = match byte {
            b'"' => end_of_string(item, at),
            b'-' | b'0'..=b'9' => at + item[at..].find([',', ']', '}', ' ', '\n', '\r', '\t']).unwrap_or(0).max(1),
            _ => {
                depth = match byte {
                    b'{' | b'[' => depth + 1,
                    b'}' | b']' => depth.saturating_sub(1),
                    _ => depth,
                };
                at += 1;
                continue;
            }
        };
        let quote = usize::from(byte == b'"');
        let words = item.get(at + quote..end - quote).unwrap_or_default();
        if byte == b'"' && item[end..].trim_start().starts_with(':') {
            nearest = words;
            top = if depth == 1 { words } else { top };
        } else if let Some(variable) = json_variable(top, nearest, depth, &written) {
            let value = serde_json::from_str(&item[at..end]).unwrap_or_else(|_| words.to_owned());
            let from = start + at + quote;
            written.push(WrittenField { variable, value, span: from..from + words.len() });
        }
        at = end;
    }
    written
}

/// What a text or a number of an item says: by the field of the item, and by the nearest name in front of it.
fn json_variable(top: &str, nearest: &str, depth: usize, written: &[WrittenField]) -> Option<&'static str> {
    match (variable(top), variable(nearest)) {
        // Of a date, the first number is the year; what follows are months, days and the end of a range.
        (Some("issued"), _) => Some("issued").filter(|_| !written.iter().any(|field| field.variable == "issued")),
        (_, Some(Work::ORCID)) => Some(Work::ORCID),
        (_, Some(Work::SUPERSEDED_BY)) => Some(Work::SUPERSEDED_BY),
        (Some("author"), _) => None,
        (known, _) => known.filter(|_| depth == 1),
    }
}

fn end_of_string(text: &str, start: usize) -> usize {
    let mut escaped = false;
    let inside = text.bytes().enumerate().skip(start + 1);
    for (at, byte) in inside {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Out of an entry of a Hayagriva file, with its place. Numbers of the larger work that it is part of count, as they
/// do in the other kinds of files; its date and its pages do not.
pub(super) fn in_yaml(text: &str, entry: &Span, key: &Span, body: &serde_yaml_ng::Mapping) -> Vec<WrittenField> {
    let text = &text[..entry.end];
    let mut finder = YamlFinder { text, at: key.end, is_lost: false, key, written: Vec::new() };
    finder.mapping(body, 0);
    finder.written
}

struct YamlFinder<'y> {
    text: &'y str,
    /// What stands before has been gone through.
    at: usize,
    /// Whether a name could not be found, as when it is written in signs: from then on nobody knows where anything stands.
    is_lost: bool,
    key: &'y Span,
    written: Vec<WrittenField>,
}

impl YamlFinder<'_> {
    fn mapping(&mut self, mapping: &serde_yaml_ng::Mapping, depth: usize) {
        for (name, value) in mapping {
            let Some(name) = name.as_str() else { continue };
            self.move_behind_key(name);
            match value {
                Yaml::Mapping(inner) if depth < DEEPEST => self.mapping(inner, depth + 1),
                Yaml::Sequence(items) => {
                    for item in items {
                        match item {
                            Yaml::Mapping(inner) if depth < DEEPEST => {
                                self.mapping(inner, depth + 1);
                            }
                            _ => self.scalar(name, item, depth),
                        }
                    }
                }
                scalar => self.scalar(name, scalar, depth),
            }
        }
    }

    fn scalar(&mut self, name: &str, value: &Yaml, depth: usize) {
        let Some(variable) = variable(name) else { return };
        let of_larger_work = depth > 0 && matches!(variable, "page" | "issued" | "author");
        let value = match value {
            Yaml::String(text) => text.trim().to_owned(),
            Yaml::Number(number) => number.to_string(),
            _ => return,
        };
        let span = self.move_behind(&value).unwrap_or_else(|| self.key.clone());
        if !of_larger_work && variable != "author" {
            self.written.push(WrittenField { variable, value, span });
        }
    }

    /// A name with a colon behind it.
    fn move_behind_key(&mut self, name: &str) {
        let rest = &self.text[self.at..];
        let is_key = |at: &usize| {
            let before = rest[..*at].chars().next_back();
            let after = rest[at + name.len()..].trim_start_matches(['"', '\'']).trim_start();
            before.is_none_or(|c| c.is_whitespace() || "{,\"'".contains(c)) && after.starts_with(':')
        };
        let found = if self.is_lost { None } else { rest.match_indices(name).map(|(at, _)| at).find(is_key) };
        match found {
            Some(at) => {
                let behind = self.at + at + name.len();
                self.at = self.text[behind..].find(':').map_or(behind, |colon| behind + colon + 1);
            }
            None => self.is_lost = true,
        }
    }

    /// Words that stand here, perhaps within quotation marks or at the start of a list.
    fn move_behind(&mut self, words: &str) -> Option<Span> {
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || "\"'-[,|>".contains(c));
        let start = self.at + (rest.len() - trimmed.len());
        let is_here = !self.is_lost && !words.is_empty() && trimmed.starts_with(words);
        is_here.then(|| {
            self.at = start + words.len();
            start..self.at
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::content::reference::Work;
    use crate::parse::bibliography::tests::read;

    /// Each field with what it says and the text at its place.
    fn shown(file: &str, text: &str) -> Vec<String> {
        let bibliography = read(&[(file, text)]);
        assert_eq!(bibliography.faults.len(), 0, "{:?}", bibliography.faults);
        let of_work = |work: &Work| {
            let line = |field: &super::WrittenField| {
                format!("{} {} <{}>", field.variable, field.value, &text[field.span.clone()])
            };
            work.written.iter().map(line).collect::<Vec<_>>()
        };
        bibliography.works.values().flat_map(of_work).collect()
    }

    #[test]
    fn bib_fields_keep_their_words_and_places() {
        let text = "@book{a, author = {{World Health Organization}}, title = {T}, publisher = \"P\",\n  year = 2001 ,\n  \
                    doi = { https://doi.org/10.1000/a\\_b }, isbn = \"0-306-40615-2\", pmc = 1 # 2, superseded-by = {b},\n  \
                    author+an:orcid = {1=\"0000-0002-1825-0097\"}}";
        assert_eq!(
            shown("a.bib", text),
            [
                "author {World Health Organization} <{World Health Organization}>",
                "issued 2001 <2001>",
                "DOI https://doi.org/10.1000/a_b <https://doi.org/10.1000/a\\_b>",
                "ISBN 0-306-40615-2 <0-306-40615-2>",
                "PMCID 12 <1 # 2>",
                "superseded-by b <b>",
                "ORCID 1=\"0000-0002-1825-0097\" <1=\"0000-0002-1825-0097\">",
            ]
        );
    }

    #[test]
    fn what_another_entry_hands_on_is_written_there() {
        let text = "@inbook{a, author = {A}, title = {T}, crossref = {b}}\n\
                    @book{b, author = {B}, title = {U}, publisher = {P}, year = {2001}, isbn = {0-306-40615-2}}";
        let bibliography = read(&[("a.bib", text)]);
        assert_eq!(bibliography.works["a"].text("ISBN"), Some("0-306-40615-2"));
        assert_eq!(bibliography.works["a"].written("ISBN").count(), 0);
        assert_eq!(bibliography.works["b"].written("ISBN").count(), 1);
    }

    #[test]
    fn json_fields_keep_their_words_and_places() {
        let text = "[{\"id\": \"a\", \"type\": \"book\", \"title\": \"\\\"DOI\\\": {\", \"DOI\":\"doi:10.1000\\/a\", \"PMID\": 123,\n\
                    \"issued\": {\"date-parts\": [[2001, 3, 1], [2002]]}, \"publisher\": \"P\", \"page\" : \"3-19\",\n\
                    \"author\": [{\"family\": \"F\", \"ORCID\": \"https://orcid.org/0000-0002-1825-0097\"}],\n\
                    \"accessed\": {\"date-parts\": [[1999]]}, \"custom\": {\"superseded-by\": \"b\"}}]";
        assert_eq!(
            shown("a.json", text),
            [
                "DOI doi:10.1000/a <doi:10.1000\\/a>",
                "PMID 123 <123>",
                "issued 2001 <2001>",
                "page 3-19 <3-19>",
                "ORCID https://orcid.org/0000-0002-1825-0097 <https://orcid.org/0000-0002-1825-0097>",
                "superseded-by b <b>",
            ]
        );
    }

    #[test]
    fn yaml_fields_keep_their_words_and_places() {
        let text = "a:\n  type: article\n  title: 'date: of issn: it'\n  author: [A, B]\n  date: 2001-03\n  page-range: 3-19\n  \
                    serial-number:\n    doi: \"10.1000/a\"\n    pmid: 123\n  parent:\n    type: periodical\n    title: P\n    \
                    date: 1999\n    serial-number: { issn: 0378-5955 }\n  url: { value: 'https://example.org', date: 2020-01-01 }\n  \
                    superseded-by: b\n";
        assert_eq!(
            shown("a.yaml", text),
            [
                "issued 2001-03 <2001-03>",
                "page 3-19 <3-19>",
                "DOI 10.1000/a <10.1000/a>",
                "PMID 123 <123>",
                "ISSN 0378-5955 <0378-5955>",
                "superseded-by b <b>",
            ]
        );
    }

    #[test]
    fn a_value_that_cannot_be_found_is_shown_at_the_key() {
        let text =
            "a:\n  type: book\n  title: T\n  publisher: P\n  date: 2001\n  \"serial\\x2Dnumber\": { doi: 10.1000/a }\n";
        assert_eq!(shown("a.yaml", text), ["issued 2001 <2001>", "DOI 10.1000/a <a>"]);
    }
}
