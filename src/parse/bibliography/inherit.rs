//! `crossref` and `xdata`: fields that an entry takes over from another.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::bibtex::{Entry, Field};
use crate::diagnostic::{Diagnostic, Location, nearest};

const REFERENCES: [&str; 2] = ["crossref", "xdata"];

/// Fields that say something about the entry itself and are never handed on.
const OWN: &[&str] = &[
    "ids",
    "crossref",
    "xdata",
    "xref",
    "entryset",
    "entrysubtype",
    "execute",
    "label",
    "options",
    "presort",
    "related",
    "relatedoptions",
    "relatedstring",
    "relatedtype",
    "shorthand",
    "shorthandintro",
    "sortkey",
    "key",
    "superseded-by",
];

/// Gives every entry what it takes over. Loops are reported and cut; so are references that lead nowhere.
pub(super) fn resolve(entries: &mut [Entry], faults: &mut Vec<Diagnostic>) {
    let by_key: HashMap<String, usize> =
        entries.iter().enumerate().rev().map(|(at, entry)| (entry.key.clone(), at)).collect();
    let parents: Vec<Vec<Parent>> = entries.iter().map(|entry| parents(entry, &by_key, faults)).collect();
    let order = parents_first(entries, &parents, faults);
    for (child, cut) in order {
        let mut gained: BTreeMap<String, Field> = BTreeMap::new();
        for parent in &parents[child] {
            if cut.contains(&parent.entry) {
                continue;
            }
            let (from, to) = (&entries[parent.entry], &entries[child]);
            for (name, field) in &from.fields {
                let renamed =
                    if parent.keeps_names { Some(name.as_str()) } else { handed_on(&from.kind, &to.kind, name) };
                if let Some(name) = renamed.filter(|name| !to.fields.contains_key(*name)) {
                    gained.entry(name.to_owned()).or_insert_with(|| Field { words: None, ..field.clone() });
                }
            }
        }
        entries[child].fields.extend(gained);
    }
}

struct Parent {
    entry: usize,
    /// Whether it is only a container of data, whose fields are taken over as they are called.
    keeps_names: bool,
}

fn parents(entry: &Entry, by_key: &HashMap<String, usize>, faults: &mut Vec<Diagnostic>) -> Vec<Parent> {
    let mut parents = Vec::new();
    for field in REFERENCES {
        let Some(Field { value, span, .. }) = entry.fields.get(field) else { continue };
        for key in value.split(',').map(str::trim).filter(|key| !key.is_empty()) {
            match by_key.get(key) {
                Some(&at) => parents.push(Parent { entry: at, keeps_names: field == "xdata" }),
                None => {
                    let message = format!("the {field} of “{}” names “{key}”, which no bibliography has", entry.key);
                    let near = nearest(key, by_key.keys().map(String::as_str));
                    let hint = near.map_or_else(
                        || format!("Add an entry “{key}”, or take the {field} out."),
                        |near| format!("Did you mean `{near}`?"),
                    );
                    let at = Location::new(&entry.path, span);
                    faults.push(Diagnostic::error("bibliography-syntax", at, message).hint(hint));
                }
            }
        }
    }
    parents
}

/// Every entry behind all that it takes over from, each with the parents that would lead back to it.
fn parents_first(
    entries: &[Entry],
    parents: &[Vec<Parent>],
    faults: &mut Vec<Diagnostic>,
) -> Vec<(usize, BTreeSet<usize>)> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; entries.len()];
    let mut cuts: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); entries.len()];
    let mut order = Vec::with_capacity(entries.len());
    for start in 0..entries.len() {
        // The way from `start` to where we are, with how many parents of each have been looked at.
        let mut way: Vec<(usize, usize)> = Vec::new();
        if states[start] == State::New {
            states[start] = State::Open;
            way.push((start, 0));
        }
        while let Some((at, seen)) = way.last_mut() {
            let at = *at;
            let Some(parent) = parents[at].get(*seen) else {
                states[at] = State::Done;
                order.push(at);
                way.pop();
                continue;
            };
            *seen += 1;
            match states[parent.entry] {
                State::Done => {}
                State::New => {
                    states[parent.entry] = State::Open;
                    way.push((parent.entry, 0));
                }
                State::Open => {
                    cuts[at].insert(parent.entry);
                    let from = way.iter().position(|(on_way, _)| *on_way == parent.entry).unwrap_or(0);
                    let ring: Vec<usize> = way[from..].iter().map(|(on_way, _)| *on_way).collect();
                    faults.push(loop_found(entries, &ring));
                }
            }
        }
    }
    order.into_iter().map(|at| (at, std::mem::take(&mut cuts[at]))).collect()
}

fn loop_found(entries: &[Entry], ring: &[usize]) -> Diagnostic {
    let mut keys: Vec<&str> = ring.iter().take(6).map(|&at| entries[at].key.as_str()).collect();
    if ring.len() > keys.len() {
        keys.push("…");
    }
    keys.push(&entries[ring[0]].key);
    let place = |at: usize| {
        let entry: &Entry = &entries[at];
        let reference = REFERENCES.iter().find_map(|field| entry.fields.get(*field));
        Location::new(&entry.path, reference.map_or(&entry.key_span, |field| &field.span))
    };
    let mut fault =
        Diagnostic::error("bibliography-crossref-loop", place(ring[0]), format!("crossref loop {}", keys.join(" → ")));
    for &other in ring.iter().skip(1).take(5) {
        fault = fault.related(place(other), format!("“{}” refers on from here", entries[other].key));
    }
    fault.hint("A work can only take fields over from the larger work it is part of. Take one of these references out.")
}

/// What a field of a larger work is called in a part of it; nothing when it is not handed on.
fn handed_on<'n>(from: &str, to: &str, name: &'n str) -> Option<&'n str> {
    if OWN.contains(&name) {
        return None;
    }
    let many_volumes = from.starts_with("mv");
    let is_part = to.starts_with("in") || to.starts_with("supp") || to == "bookinbook" || to == "conference";
    Some(match (from, name) {
        _ if many_volumes && name == "title" => "maintitle",
        _ if many_volumes && name == "subtitle" => "mainsubtitle",
        _ if many_volumes && name == "titleaddon" => "maintitleaddon",
        ("mvbook" | "book", "author") if is_part && to != "incollection" => "bookauthor",
        ("book" | "collection" | "reference" | "proceedings", "title") if is_part => "booktitle",
        ("book" | "collection" | "reference" | "proceedings", "subtitle") if is_part => "booksubtitle",
        ("book" | "collection" | "reference" | "proceedings", "titleaddon") if is_part => "booktitleaddon",
        ("periodical", "title") => "journaltitle",
        ("periodical", "subtitle") => "journalsubtitle",
        (_, "shorttitle" | "sorttitle" | "indextitle" | "indexsorttitle") => return None,
        _ => name,
    })
}
