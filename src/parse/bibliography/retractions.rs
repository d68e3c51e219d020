//! A list of retracted works, in the columns of the Retraction Watch Database: what it says about works of the site.
//!
//! The whole list has some 70,000 rows in 60 MB, so it is gone through once and only what matches is kept. It comes with bytes
//! that are not UTF-8, with an empty column at the end, and with American dates.

use std::collections::{BTreeMap, HashMap};

use csv::{ByteRecord, ReaderBuilder};
use jiff::civil::Date;

use crate::config::Config;
use crate::content::identifier::Scheme;
use crate::content::reference::{Bibliography, Nature, Notice, Retractions, Work};
use crate::diagnostic::{Diagnostic, Location, Severity, nearest};
use crate::source::{SitePath, Sources, Span};

const RULE: &str = "retraction-list-unreadable";
/// After so many rows that cannot be read, it is clear that the file is broken.
const BROKEN_ROWS_SHOWN: usize = 5;

/// Looks the works up in the list that the configuration names.
pub(super) fn look_up(sources: &Sources, config: &Config, bibliography: &mut Bibliography) {
    let Some(named) = &config.citations.retractions else { return };
    let Some(path) = SitePath::new("").join(&named.value) else { return };
    let Some(bytes) = sources.bytes(path.as_str()) else {
        let at = Location::new(&SitePath::new(Sources::CONFIG), &named.span);
        let fault = Diagnostic::error(RULE, at, format!("there is no list of retractions “{}”", named.value));
        let hint = "Download `retraction_watch.csv` of the Retraction Watch Database and put it there, or take this line out. \
                    The path starts in the folder of site-config.toml.";
        bibliography.faults.push(fault.hint(hint));
        return;
    };
    let (not_checkable, wanted) = Wanted::of(bibliography);
    let mut list = List { path: &path, broken: 0, faults: Vec::new() };
    if let Some((notices, newest)) = list.search(bytes, &wanted) {
        bibliography.retractions = Some(Retractions { path: path.clone(), notices, not_checkable, newest });
    }
    bibliography.faults.append(&mut list.faults);
}

/// The works to look for, by what identifies them.
#[derive(Default)]
struct Wanted {
    by_doi: HashMap<String, Vec<String>>,
    by_pmid: HashMap<String, Vec<String>>,
}

impl Wanted {
    /// The works that cannot be looked for, and the others.
    fn of(bibliography: &Bibliography) -> (Vec<String>, Self) {
        let (mut without, mut wanted) = (Vec::new(), Self::default());
        for work in bibliography.works.values() {
            let (doi, pmid) = (identifier(work, Scheme::Doi), identifier(work, Scheme::Pmid));
            if doi.is_none() && pmid.is_none() {
                without.push(work.key.clone());
            }
            for (map, identifier) in [(&mut wanted.by_doi, doi), (&mut wanted.by_pmid, pmid)] {
                if let Some(identifier) = identifier {
                    map.entry(identifier).or_default().push(work.key.clone());
                }
            }
        }
        (without, wanted)
    }

    /// The works that a row is about: by DOI, or else by PMID.
    fn matching(&self, doi: &str, pmid: &str) -> Option<(&[String], Scheme)> {
        let by_doi = self.by_doi.get(doi).map(|keys| (keys.as_slice(), Scheme::Doi));
        by_doi.or_else(|| self.by_pmid.get(pmid).map(|keys| (keys.as_slice(), Scheme::Pmid)))
    }
}

/// The identifier in its field, or in the address of the work.
fn identifier(work: &Work, scheme: Scheme) -> Option<String> {
    let field = work.text(scheme.name()).and_then(|written| scheme.compared(written));
    field.or_else(|| work.text("URL").and_then(|address| scheme.compared(address)))
}

/// Where the columns stand that matter.
struct Columns {
    /// How many have a name.
    named: usize,
    doi: usize,
    pmid: usize,
    nature: usize,
    date: Option<usize>,
    notice: Option<usize>,
    reason: Option<usize>,
}

struct List<'l> {
    path: &'l SitePath,
    broken: usize,
    faults: Vec<Diagnostic>,
}

type Found = (BTreeMap<String, Vec<Notice>>, Option<Date>);

impl List<'_> {
    /// The notices about wanted works, and the day of the newest notice of all.
    fn search(&mut self, bytes: &[u8], wanted: &Wanted) -> Option<Found> {
        let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
        let mut row = ByteRecord::new();
        let mut found: Found = (BTreeMap::new(), None);
        if !matches!(reader.read_byte_record(&mut row), Ok(true)) {
            let message = "this list of retractions is empty".to_owned();
            self.fault(Severity::Error, &(0..0), message, "Download it again.".to_owned());
            return None;
        }
        let columns = self.columns(&row, bytes)?;
        // A row can only fail to be read when the disk fails, and this one is in memory.
        while matches!(reader.read_byte_record(&mut row), Ok(true)) {
            let start = start_of(&row, bytes);
            if !is_whole(&row, columns.named) {
                self.broken_row(&(start..end_of_line(bytes, start)), row.len(), columns.named);
                continue;
            }
            let text =
                |column: Option<usize>| String::from_utf8_lossy(column.and_then(|at| row.get(at)).unwrap_or_default());
            let date = day(&text(columns.date));
            found.1 = found.1.max(date);
            let (doi, pmid) = (text(Some(columns.doi)), text(Some(columns.pmid)));
            let Some((keys, matched)) = wanted.matching(&doi.trim().to_lowercase(), pmid.trim()) else { continue };
            let span = start..end_of_line(bytes, start);
            let Some(nature) = nature(&text(Some(columns.nature))) else {
                self.unknown_nature(&span, &text(Some(columns.nature)));
                continue;
            };
            let doi = Scheme::Doi.compared(&text(columns.notice));
            let notice = Notice { nature, date, doi, reasons: reasons(&text(columns.reason)), matched, span };
            for key in keys {
                found.0.entry(key.clone()).or_default().push(notice.clone());
            }
        }
        if self.broken > BROKEN_ROWS_SHOWN {
            let message = format!("{} rows of this list of retractions cannot be read", self.broken);
            self.fault(Severity::Warning, &(0..0), message, "Download it again.".to_owned());
        }
        Some(found)
    }

    fn columns(&mut self, header: &ByteRecord, bytes: &[u8]) -> Option<Columns> {
        let names: Vec<String> = header
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        let column = |wanted: &str| names.iter().position(|name| name.eq_ignore_ascii_case(wanted));
        let mut needed = |wanted: &str| {
            let found = column(wanted);
            if found.is_none() {
                let hint = match nearest(wanted, names.iter().map(String::as_str)) {
                    Some(near) => {
                        format!("It has a column “{near}”: call it `{wanted}`, as the Retraction Watch Database does.")
                    }
                    None => "Use the file `retraction_watch.csv` of the Retraction Watch Database as it is.".to_owned(),
                };
                let message = format!("this list of retractions has no column “{wanted}”");
                self.fault(Severity::Error, &(0..end_of_line(bytes, 0)), message, hint);
            }
            found
        };
        let (doi, pmid, nature) =
            (needed("OriginalPaperDOI"), needed("OriginalPaperPubMedID"), needed("RetractionNature"));
        Some(Columns {
            named: names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1),
            doi: doi?,
            pmid: pmid?,
            nature: nature?,
            date: column("RetractionDate"),
            notice: column("RetractionDOI"),
            reason: column("Reason"),
        })
    }

    fn broken_row(&mut self, span: &Span, fields: usize, expected: usize) {
        self.broken += 1;
        if self.broken <= BROKEN_ROWS_SHOWN {
            let message = format!("this row has {fields} fields, but there are {expected} columns");
            let hint = "It was left out. Look for a comma or a quotation mark too many, or download the list again."
                .to_owned();
            self.fault(Severity::Warning, span, message, hint);
        }
    }

    fn unknown_nature(&mut self, span: &Span, nature: &str) {
        let message = format!("a notice about a work of yours is of an unknown nature, “{}”", nature.trim());
        let hint =
            "Known are Retraction, Expression of concern, Correction and Reinstatement. Read the notice yourself.";
        self.fault(Severity::Warning, span, message, hint.to_owned());
    }

    fn fault(&mut self, severity: Severity, span: &Span, message: String, hint: String) {
        let fault = Diagnostic { severity, ..Diagnostic::error(RULE, Location::new(self.path, span), message) };
        self.faults.push(fault.hint(hint));
    }
}

/// Where a row starts: the reader counts the second sign of `\r\n` to the row behind it.
fn start_of(row: &ByteRecord, bytes: &[u8]) -> usize {
    let start = row.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(bytes.len()));
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
}

/// Whether a row has a field for each column that has a name, and nothing beyond.
fn is_whole(row: &ByteRecord, named: usize) -> bool {
    row.len() >= named && row.iter().skip(named).all(<[u8]>::is_empty)
}

fn end_of_line(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
}

fn nature(written: &str) -> Option<Nature> {
    Some(match written.trim().to_ascii_lowercase().as_str() {
        "retraction" => Nature::Retraction,
        "expression of concern" => Nature::Concern,
        "correction" => Nature::Correction,
        "reinstatement" => Nature::Reinstatement,
        _ => return None,
    })
}

/// `5/18/2020 0:00`, or `2020-05-18`.
fn day(written: &str) -> Option<Date> {
    let date = written.split_whitespace().next()?;
    let mut numbers = date.split('/').map(|number| number.parse::<i16>().ok());
    match (numbers.next()?, numbers.next(), numbers.next()) {
        (Some(month), Some(Some(day)), Some(Some(year))) => {
            Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
        }
        _ => date.parse().ok(),
    }
}

/// `+Falsification of Data;+Investigation by Journal/Publisher;`
fn reasons(written: &str) -> Vec<String> {
    let each = written.split(';').map(|reason| reason.trim().trim_start_matches('+').trim());
    each.filter(|reason| !reason.is_empty()).map(str::to_owned).collect()
}
