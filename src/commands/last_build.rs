//! Remembers what the last build was made of and what it came to, so that one with nothing to do ends at once.
//!
//! Kept in `.psychoed/` in the project, which may be deleted at any time: what is missing, damaged or of another version of
//! psychoed is as good as nothing, which a checksum tells. Files count as unchanged by size, times and identity, as they do for Git;
//! what was changed so shortly before a build that its times might not tell is not relied on.

use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;
use xxhash_rust::xxh3::xxh3_128;

use super::own_folder;
use crate::check;
use crate::content::KindName;
use crate::diagnostic::{Diagnostic, Fix, Location, Severity};
use crate::load;
use crate::report::Summary;
use crate::source::{SitePath, Sources};

/// The file within psychoed's own folder.
const FILE: &str = "last-build";
/// How exact the times of a file system are at worst: FAT counts in two seconds.
const GRAIN: Duration = Duration::from_secs(2);
/// Whoever has more findings than this mends some before building again.
const MOST_FINDINGS: usize = 5_000;

/// What a build was asked to do; the same question about the same files has the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Who answers: another psychoed might answer something else.
    pub program: String,
    /// The project, from the top of the disk: one that was copied brings along what was kept for another.
    pub root: PathBuf,
    /// The folder to publish to, from the top of the disk.
    pub output: PathBuf,
    /// See `--edition`.
    pub editions: Vec<String>,
    /// See `--base-url`.
    pub base_url: Option<String>,
    /// See `--strict`.
    pub strict: bool,
    /// See `--no-pdf`.
    pub no_pdf: bool,
    /// The day.
    pub today: String,
}

/// What a project's files looked like before they were read.
pub struct Seen {
    places: Vec<PathBuf>,
    fingerprint: Option<String>,
}

/// What is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    question: Question,
    inputs: String,
    outputs: String,
    summary: Counts,
    findings: Vec<Finding>,
}

#[derive(Serialize, Deserialize)]
struct Counts {
    kinds: Vec<(String, usize)>,
    links: usize,
    citations: usize,
    editions: Vec<String>,
    raw_html: bool,
}

#[derive(Serialize, Deserialize)]
struct Finding {
    rule: String,
    severity: String,
    message: String,
    at: Place,
    related: Vec<(Place, String)>,
    hint: Option<String>,
    fix: Option<(Place, String)>,
    waived: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Place(String, usize, usize);

/// This very program: its version alone would not tell two builds of it apart.
pub fn program() -> Option<String> {
    let file = fingerprint_of(vec![std::env::current_exe().ok()?], Path::new(""), None)?;
    Some(format!("{}, {file}", env!("CARGO_PKG_VERSION")))
}

/// What the last build said, if it would say the same now and everything it published is still in place. With it comes a
/// part of the sources: files that findings point to.
pub fn again(root: &Path, question: &Question) -> Option<(Vec<Diagnostic>, Summary, Sources)> {
    let kept: Kept = serde_json::from_slice(unsealed(&fs::read(own_folder::place(root, FILE)).ok()?)?).ok()?;
    let same = kept.question == *question
        && fingerprint(&load::places_of(root), None).is_some_and(|now| now == kept.inputs)
        && published(&question.output).is_some_and(|now| now == kept.outputs);
    if !same {
        return None;
    }
    let findings = kept.findings.iter().map(Finding::read).collect::<Option<Vec<Diagnostic>>>()?;
    let mut sources = Sources::default();
    for at in findings.iter().flat_map(|found| std::iter::once(&found.at).chain(found.related.iter().map(|(at, _)| at)))
    {
        if !sources.files.contains_key(&at.path)
            && let Ok(bytes) = fs::read(root.join(at.path.as_str()))
        {
            sources.files.insert(at.path.clone(), bytes.into());
        }
    }
    Some((findings, kept.summary.read()?, sources))
}

/// Looks at a project's files before they are read or meanwhile: whatever changed since shortly before is not relied on. `places` are those known so far; [`keep`] makes sure that they were all.
pub fn look(places: Vec<PathBuf>) -> Seen {
    let fingerprint = fingerprint(&places, SystemTime::now().checked_sub(GRAIN));
    Seen { places, fingerprint }
}

/// Looks at the files that were published to a folder, wherever it stands.
pub fn published(folder: &Path) -> Option<String> {
    fingerprint_of(walked(folder)?, folder, None)
}

/// Keeps what a build that was published came to; `outputs` are its files if they were looked at. Nothing depends on whether that
/// works.
pub fn keep(
    root: &Path,
    question: &Question,
    seen: &Seen,
    outputs: Option<String>,
    sources: &Sources,
    found: &[Diagnostic],
    summary: &Summary,
) {
    if found.len() > MOST_FINDINGS || load::places(root, sources) != seen.places {
        return;
    }
    let Some(inputs) = seen.fingerprint.clone() else { return };
    let Some(outputs) = outputs.or_else(|| published(&question.output)) else { return };
    let kept = Kept {
        question: question.clone(),
        inputs,
        outputs,
        summary: Counts::of(summary),
        findings: found.iter().map(Finding::of).collect(),
    };
    if let Ok(kept) = serde_json::to_vec(&kept) {
        let _ = own_folder::put(root, FILE, &sealed(&kept));
    }
}

/// What is to be kept, with a line before it that tells whether it was damaged since.
fn sealed(kept: &[u8]) -> Vec<u8> {
    [format!("{:032x}\n", xxh3_128(kept)).as_bytes(), kept].concat()
}

/// What was [sealed], if it is as it was.
fn unsealed(bytes: &[u8]) -> Option<&[u8]> {
    let (_, kept) = bytes.split_at_checked(bytes.iter().position(|byte| *byte == b'\n')? + 1)?;
    (sealed(kept) == bytes).then_some(kept)
}

/// Says the same as long as nothing is changed below these places. `None` when something cannot be looked at, or was changed after
/// `newest`.
fn fingerprint(places: &[PathBuf], newest: Option<SystemTime>) -> Option<String> {
    let files: Vec<_> =
        places.iter().filter(|place| place.exists()).map(|place| walked(place)).collect::<Option<_>>()?;
    fingerprint_of(files.concat(), Path::new(""), newest)
}

/// Every file below a place, or the place itself if it is one.
fn walked(place: &Path) -> Option<Vec<PathBuf>> {
    let entries =
        WalkDir::new(place).into_iter().filter(|entry| !entry.as_ref().is_ok_and(|entry| entry.file_type().is_dir()));
    entries.map(|entry| Some(entry.ok()?.into_path())).collect()
}

/// Names, sizes, times and identities of files as one number, whatever their order. Names start below `top`.
fn fingerprint_of(files: Vec<PathBuf>, top: &Path, newest: Option<SystemTime>) -> Option<String> {
    let stamps = files.par_iter().map(|path| {
        let metadata = path.metadata().ok()?;
        let settled = newest.is_none_or(|newest| last_change(&metadata).is_some_and(|changed| changed < newest));
        let name = path.strip_prefix(top).unwrap_or(path);
        let mut seen = name.as_os_str().as_encoded_bytes().to_vec();
        seen.extend(stamp(&metadata));
        settled.then(|| xxh3_128(&seen))
    });
    let sum = stamps.try_reduce(|| 0, |one, other| Some(one.wrapping_add(other)))?;
    Some(format!("{} {sum:032x}", files.len()))
}

/// Changes whenever a file does. It is always as long, or else begins with what no name holds.
#[cfg(unix)]
fn stamp(metadata: &Metadata) -> impl Iterator<Item = u8> {
    use std::os::unix::fs::MetadataExt;
    let times = [metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec()];
    let numbers = times.map(i64::cast_unsigned).into_iter().chain([metadata.size(), metadata.ino()]);
    numbers.flat_map(u64::to_le_bytes)
}

#[cfg(not(unix))]
fn stamp(metadata: &Metadata) -> impl Iterator<Item = u8> {
    format!("\0{} {:?} {:?}", metadata.len(), metadata.modified().ok(), metadata.created().ok())
        .into_bytes()
        .into_iter()
}

#[cfg(unix)]
fn last_change(metadata: &Metadata) -> Option<SystemTime> {
    use std::os::unix::fs::MetadataExt;
    let changed = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(metadata.ctime()).ok()?))?;
    Some(changed.max(metadata.modified().ok()?))
}

#[cfg(not(unix))]
fn last_change(metadata: &Metadata) -> Option<SystemTime> {
    metadata.modified().ok()
}

impl Counts {
    fn of(summary: &Summary) -> Self {
        Self {
            kinds: summary.kinds.iter().map(|(kind, pages)| (kind.name().to_owned(), *pages)).collect(),
            links: summary.links,
            citations: summary.citations,
            editions: summary.editions.clone(),
            raw_html: summary.raw_html,
        }
    }

    fn read(self) -> Option<Summary> {
        let kind = |(name, pages): &(String, usize)| Some((KindName::from_name(name)?, *pages));
        Some(Summary {
            kinds: self.kinds.iter().map(kind).collect::<Option<_>>()?,
            links: self.links,
            citations: self.citations,
            editions: self.editions,
            raw_html: self.raw_html,
            ..Summary::default()
        })
    }
}

impl Finding {
    fn of(found: &Diagnostic) -> Self {
        let place = |at: &Location| Place(at.path.to_string(), at.span.start, at.span.end);
        Self {
            rule: found.rule.to_owned(),
            severity: match found.severity {
                Severity::Note => "note",
                Severity::Warning => "warning",
                Severity::Error => "error",
            }
            .to_owned(),
            message: found.message.clone(),
            at: place(&found.at),
            related: found.related.iter().map(|(at, words)| (place(at), words.clone())).collect(),
            hint: found.hint.clone(),
            fix: found.fix.as_ref().map(|fix| (place(&fix.at), fix.replacement.clone())),
            waived: found.waived.clone(),
        }
    }

    fn read(&self) -> Option<Diagnostic> {
        let place = |Place(path, start, end): &Place| {
            // Its words are shown: whatever it says, those of no other file are.
            let is_within = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
            is_within.then(|| Location::new(&SitePath::new(path), &(*start..*end)))
        };
        Some(Diagnostic {
            rule: check::named(&self.rule).ok()?.name,
            severity: match self.severity.as_str() {
                "note" => Severity::Note,
                "warning" => Severity::Warning,
                "error" => Severity::Error,
                _ => return None,
            },
            message: self.message.clone(),
            at: place(&self.at)?,
            related: self.related.iter().map(|(at, words)| Some((place(at)?, words.clone()))).collect::<Option<_>>()?,
            hint: self.hint.clone(),
            fix: match &self.fix {
                Some((at, replacement)) => Some(Fix { at: place(at)?, replacement: replacement.clone() }),
                None => None,
            },
            waived: self.waived.clone(),
        })
    }
}
