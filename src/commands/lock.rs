//! `psychoed lock`: records which text each version of a page has, so that a check can tell when the one changes without the other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::blanks::quoted;
use super::{FINDINGS, fault, print_out};
use crate::cli::LockArguments;
use crate::content::Document;
use crate::content::lock::{Lock, Locked};
use crate::diagnostic::Severity;
use crate::parse::Parsed;
use crate::source::{SitePath, Sources};
use crate::{load, parse, write};

/// The first line of a record: what does not start with it was not written here, and is left alone.
const HEADER: &str =
    "# Written by `psychoed lock`: which text each version of a page has. Commit it; never edit it by hand.\n";
/// What a header starts with, whatever the rest of it said once.
const MARK: &str = "# Written by `psychoed lock`";

/// Brings the record up to date, and says what it could not take up.
pub fn lock(arguments: &LockArguments) -> u8 {
    match try_lock(&arguments.root) {
        Ok(done) => {
            let printed = print_out(done.told().as_bytes());
            if done.unraised.is_empty() { printed } else { printed.max(FINDINGS) }
        }
        Err(why) => fault(why),
    }
}

/// What was recorded.
struct Done {
    pages: usize,
    new: usize,
    /// Pages whose text is not what it was in the same version.
    unraised: Vec<SitePath>,
}

fn try_lock(root: &Path) -> Result<Done, String> {
    let sources = load::project(root).map_err(|why| why.to_string())?;
    let text = sources.bytes(Sources::LOCK).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    if text.as_ref().is_some_and(|text| !text.trim_start_matches('\u{feff}').starts_with(MARK)) {
        return Err(format!("{} was not written by psychoed, so it is left alone: move it away first", Sources::LOCK));
    }
    let parsed = read(&sources)?;
    let before = parsed.lock.as_deref().cloned().unwrap_or_default();
    let (now, done) = recorded(&sources, &parsed, &before)?;
    let written = written(&now);
    if text.as_ref() != Some(&written) {
        write::file(&root.join(Sources::LOCK), written.as_bytes()).map_err(|why| why.to_string())?;
    }
    Ok(done)
}

/// All pages, unless one cannot be read: its line would be lost.
fn read(sources: &Sources) -> Result<Parsed, String> {
    let (config, faults) = parse::config::config(sources);
    let parsed = parse::all(sources, &config, &mut parse::Kept::default());
    let mut broken = faults.iter().filter(|fault| fault.severity == Severity::Error).map(|fault| &fault.at.path);
    let lock = SitePath::new(Sources::LOCK);
    let read: BTreeSet<&SitePath> = parsed.documents.iter().map(|(path, _)| path).collect();
    let is_broken = |path: &&SitePath| path.extension() == Some("md") && !read.contains(path);
    let unreadable = sources.below(Sources::CONTENT).map(|(path, _)| path).find(is_broken);
    let bad_lock = (sources.files.contains_key(&lock) && parsed.lock.is_none()).then_some(&lock);
    match broken.next().or(unreadable).or(bad_lock) {
        Some(path) => Err(format!("{path} has to be mended first; `psychoed check` says how")),
        None => Ok(parsed),
    }
}

/// The new record. A page that has changed under the same version keeps its old line, so that checks go on to tell of it, and a
/// draft keeps the line of the version that was out last.
fn recorded(sources: &Sources, parsed: &Parsed, before: &Lock) -> Result<(Lock, Done), String> {
    let mut pages: BTreeMap<String, Locked> = BTreeMap::new();
    let mut done = Done { pages: 0, new: 0, unraised: Vec::new() };
    for (path, document) in &parsed.documents {
        let Some(id) = document.front_matter.id.as_ref().map(|id| id.value.clone()) else { continue };
        let old = before.pages.get(&id).cloned();
        let locked = match is_draft(document) {
            true => old,
            false => Some(raised(old, now(sources, path, document), path, &mut done)),
        };
        if let Some(locked) = locked
            && pages.insert(id.clone(), locked).is_some()
        {
            return Err(format!("two pages have the id {id}; `psychoed check` says which"));
        }
    }
    done.pages = pages.len();
    Ok((Lock { pages }, done))
}

fn is_draft(document: &Arc<Document>) -> bool {
    document.front_matter.draft.as_ref().is_some_and(|draft| draft.value)
}

fn now(sources: &Sources, path: &SitePath, document: &Document) -> Locked {
    let text = sources.text(path.as_str()).unwrap_or_default();
    Locked {
        version: document.front_matter.version.clone(),
        reviewed: document.front_matter.reviewed.as_ref().map(|reviewed| reviewed.value),
        text: parse::fingerprint(text, &document.front_matter),
    }
}

fn raised(old: Option<Locked>, now: Locked, path: &SitePath, done: &mut Done) -> Locked {
    match old {
        Some(old) if old == now => old,
        Some(old) if old.is_of(now.version.as_ref(), now.reviewed) => {
            done.unraised.push(path.clone());
            old
        }
        _ => {
            done.new += 1;
            now
        }
    }
}

/// The record as a file: a line for each page, so that two people's changes seldom meet.
fn written(lock: &Lock) -> String {
    let mut text = HEADER.to_owned();
    for (id, locked) in &lock.pages {
        let version = locked.version.as_ref().map(|version| format!("version = {}, ", quoted(version)));
        let reviewed = locked.reviewed.map(|reviewed| format!("reviewed = {reviewed}, "));
        let (version, reviewed) = (version.unwrap_or_default(), reviewed.unwrap_or_default());
        text.push_str(&format!("{id} = {{ {version}{reviewed}text = {} }}\n", quoted(&locked.text)));
    }
    text
}

impl Done {
    fn told(&self) -> String {
        let mut told = match (self.new, self.pages) {
            (0, pages) => format!("{} is up to date: {} on record.\n", Sources::LOCK, counted(pages)),
            (new, pages) => format!(
                "Recorded {} in {}, which now holds {pages}. Commit it with the pages.\n",
                counted(new),
                Sources::LOCK
            ),
        };
        if !self.unraised.is_empty() {
            told.push_str(
                "Not recorded, since the text has changed but neither the version nor the day of review has:\n",
            );
            told.extend(self.unraised.iter().map(|path| format!("  {path}\n")));
            told.push_str("Raise `version` in these pages, then run `psychoed lock` again.\n");
        }
        told
    }
}

fn counted(pages: usize) -> String {
    if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") }
}
