//! Bibliography files (BibTeX and BibLaTeX, CSL-JSON, Hayagriva YAML) into works.

mod bibtex;
mod csl_json;
mod dates;
mod fields;
mod hayagriva_yaml;
mod inherit;
mod latex;
mod names;
mod required;
mod retractions;
mod title;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::config::Config;
use crate::content::reference::{Bibliography, Work};
use crate::diagnostic::{Diagnostic, Location, nearest};
use crate::source::{FileBytes, SitePath, Sources, Span, Spanned};

use required::Format;

/// What bibliography files end in.
const EXTENSIONS: [&str; 4] = ["bib", "json", "yaml", "yml"];

/// Reads every bibliography that the configuration names. One bad entry never hides another.
pub fn bibliography(sources: &Sources, config: &Config) -> Bibliography {
    let mut faults = Vec::new();
    // In the order of the files; an empty place stands for the next of the entries.
    let mut found: Vec<Option<Found>> = Vec::new();
    let mut entries = Vec::new();
    let mut macros = BTreeMap::new();
    let mut read = BTreeSet::new();
    for named in &config.citations.bibliography {
        let Some((path, text)) = file(sources, named, &mut faults) else { continue };
        if !read.insert(path.clone()) {
            continue;
        }
        let mut reader = Reader { path, faults: &mut faults };
        match reader.path.extension() {
            Some("bib") => {
                let more = bibtex::entries(text, &mut macros, &mut reader);
                found.extend(more.iter().map(|_| None));
                entries.extend(more);
            }
            Some("json") => found.extend(csl_json::works(text, &mut reader).into_iter().map(Some)),
            _ => found.extend(hayagriva_yaml::works(text, &mut reader).into_iter().map(Some)),
        }
    }
    // Only now: an entry may take fields over from one in a later file.
    inherit::resolve(&mut entries, &mut faults);
    let mut read: std::vec::IntoIter<_> = entries.par_iter().map(from_entry).collect::<Vec<_>>().into_iter();
    let found = found.into_iter().filter_map(|found| found.or_else(|| read.next().flatten()));
    let mut bibliography = collect(found, faults);
    retractions::look_up(sources, config, &mut bibliography);
    bibliography
}

/// Every file that [`bibliography`] may read: all of the content folder that may hold works, and the list of retractions.
pub fn files<'s>(sources: &'s Sources, config: &Config) -> impl Iterator<Item = (&'s SitePath, &'s FileBytes)> {
    let list = config.citations.retractions.as_ref().and_then(|named| SitePath::new("").join(&named.value));
    let list = list.and_then(|path| sources.files.get_key_value(&path));
    sources.below(Sources::CONTENT).filter(|(path, _)| is_bibliography(path.as_str())).chain(list)
}

/// A work as a reader found it.
struct Found {
    work: Work,
    aliases: Vec<String>,
    format: Format,
    /// Whether something in it could not be read, so that nothing follows from what it lacks.
    broken: bool,
}

/// What readers of a file need besides its text.
struct Reader<'r> {
    path: SitePath,
    faults: &'r mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn syntax(&mut self, span: &Span, message: impl Into<String>, hint: impl Into<String>) {
        let fault = Diagnostic::error("bibliography-syntax", Location::new(&self.path, span), message);
        self.faults.push(fault.hint(hint));
    }

    /// The same for an entry that could be read only up to a place.
    fn stopped(&mut self, start: &Span, here: usize, message: impl Into<String>, hint: impl Into<String>) {
        let fault = Diagnostic::error("bibliography-syntax", Location::new(&self.path, start), message);
        let here = Location::new(&self.path, &(here..here));
        self.faults.push(fault.related(here, "reading stopped here").hint(hint));
    }
}

/// The byte that a line and a column (both from 1) mean.
fn place(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (before + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn from_entry(entry: &bibtex::Entry) -> Option<Found> {
    if matches!(entry.kind.as_str(), "xdata" | "set") {
        return None;
    }
    let work = Work {
        key: entry.key.clone(),
        csl: fields::item(entry).into(),
        path: entry.path.clone(),
        span: entry.span.clone(),
        key_span: entry.key_span.clone(),
        written: written::in_entry(entry),
    };
    Some(Found { work, aliases: fields::aliases(entry), format: Format::Bib, broken: entry.broken })
}

/// The file that the configuration names, as text.
fn file<'s>(
    sources: &'s Sources,
    named: &Spanned<String>,
    faults: &mut Vec<Diagnostic>,
) -> Option<(SitePath, &'s str)> {
    let at = Location::new(&SitePath::new(Sources::CONFIG), &named.span);
    let name = &named.value;
    let missing = |message: String| Diagnostic::error("bibliography-missing", at.clone(), message);
    let path = SitePath::new(Sources::CONTENT).join(name);
    let Some((path, bytes)) = path.and_then(|path| Some((path.clone(), sources.files.get(&path)?))) else {
        let known = sources.below(Sources::CONTENT).map(|(path, _)| path.as_str()).filter(|path| is_bibliography(path));
        let known: Vec<&str> = known.filter_map(|path| path.strip_prefix(Sources::CONTENT)).collect();
        let near = nearest(name, known.iter().copied()).or(if known.len() == 1 { Some(known[0]) } else { None });
        let hint = near.map_or_else(
            || "The path is counted from the folder `content/`. Put the file there, or take its name out.".to_owned(),
            |near| format!("Did you mean `{near}`? The path is counted from the folder `content/`."),
        );
        faults.push(missing(format!("there is no bibliography “{name}”")).hint(hint));
        return None;
    };
    if !is_bibliography(path.as_str()) {
        let fault = missing(format!("“{name}” is no bibliography that can be read"));
        faults.push(fault.hint("Name a file that ends in `.bib`, `.json` (CSL-JSON) or `.yaml` (Hayagriva)."));
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some((path, text)),
        Err(error) => {
            let start = error.valid_up_to();
            let message = format!("byte 0x{:02X} is not UTF-8 text", bytes[start]);
            let fault = Diagnostic::error("source-not-utf8", Location::new(&path, &(start..start + 1)), message);
            faults.push(fault.hint("The file was probably saved as Windows-1252 or Latin-1. Save it again as UTF-8."));
            None
        }
    }
}

fn is_bibliography(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| EXTENSIONS.contains(&extension))
}

/// Puts works under their keys, and reports keys that two works share and fields that a work lacks.
fn collect(found: impl Iterator<Item = Found>, mut faults: Vec<Diagnostic>) -> Bibliography {
    let mut bibliography = Bibliography::default();
    let mut aliases: Vec<(String, String, Location)> = Vec::new();
    for Found { work, aliases: others, format, broken } in found {
        let at = Location::new(&work.path, &work.key_span);
        if let Some(first) = bibliography.works.get(&work.key) {
            let first = Location::new(&first.path, &first.key_span);
            faults.push(duplicate(&work.key, at, first));
            continue;
        }
        if !broken {
            faults.extend(required::check(&work, format));
        }
        aliases.extend(others.into_iter().map(|alias| (alias, work.key.clone(), at.clone())));
        bibliography.works.insert(work.key.clone(), work);
    }
    for (alias, key, at) in aliases {
        let taken = bibliography.works.get(&alias).filter(|work| work.key != key);
        let taken = taken.or_else(|| bibliography.works.get(bibliography.aliases.get(&alias)?));
        match taken {
            Some(other) if other.key != key => {
                let first = Location::new(&other.path, &other.key_span);
                faults.push(duplicate(&alias, at, first));
            }
            _ if alias == key => {}
            _ => {
                bibliography.aliases.insert(alias, key);
            }
        }
    }
    bibliography.faults = faults;
    bibliography
}

fn duplicate(key: &str, second: Location, first: Location) -> Diagnostic {
    Diagnostic::error("bibliography-key-duplicate", second, format!("two works have the key “{key}”"))
        .related(first, "the other one is here")
        .hint("Give one of them another key, or take it out if they are the same work.")
}

#[cfg(test)]
mod tests;
