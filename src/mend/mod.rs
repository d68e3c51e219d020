//! Mends what can be mended without asking: carries out the fixes that findings bring with them, and touches nothing else.

mod diff;
mod disk;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{FileBytes, SitePath, Sources};

pub use disk::{Fault, write};

/// What fixes make of a project.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The files that change, by path.
    pub files: BTreeMap<SitePath, Mended>,
    /// How many fixes have to wait, since another one changes the same place.
    pub waiting: usize,
}

/// A file that fixes change.
#[derive(Debug, PartialEq, Eq)]
pub struct Mended {
    /// What was read.
    pub before: FileBytes,
    /// What is to be written.
    pub after: Vec<u8>,
    /// What differs, in the order of the file. No two of them touch the same bytes.
    pub fixes: Vec<Fix>,
}

impl Plan {
    /// The fixes of all findings but those that somebody decided to live with. Where two would change the same place, the one
    /// that starts first is carried out.
    pub fn of(diagnostics: &[Diagnostic], sources: &Sources) -> Self {
        let mut wanted: Vec<&Fix> =
            diagnostics.iter().filter(|found| found.waived.is_none()).filter_map(|found| found.fix.as_ref()).collect();
        wanted.sort_by(|a, b| (&a.at, &a.replacement).cmp(&(&b.at, &b.replacement)));
        // Several findings may ask for the same: a link's address can be defined once and used often.
        wanted.dedup();
        let mut plan = Self::default();
        for of_file in wanted.chunk_by(|a, b| a.at.path == b.at.path) {
            let path = &of_file[0].at.path;
            let Some(before) = sources.files.get(path) else { continue };
            let (fixes, waiting) = apart(of_file, before);
            plan.waiting += waiting;
            if !fixes.is_empty() {
                let after = carried_out(&fixes, before);
                plan.files.insert(path.clone(), Mended { before: before.clone(), after, fixes });
            }
        }
        plan
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many places change.
    pub fn count(&self) -> usize {
        self.files.values().map(|mended| mended.fixes.len()).sum()
    }

    /// What changes, as `git apply` and `patch -p1` read it.
    pub fn diff(&self) -> String {
        self.files.iter().map(|(path, mended)| diff::unified(path, &mended.before, &mended.after)).collect()
    }
}

/// Those of a file's fixes, sorted by place, that can be carried out together, and how many cannot.
fn apart(sorted: &[&Fix], bytes: &[u8]) -> (Vec<Fix>, usize) {
    let mut fixes: Vec<Fix> = Vec::new();
    let mut waiting = 0;
    for &fix in sorted {
        let changes =
            bytes.get(fix.at.span.start..fix.at.span.end).is_some_and(|now| now != fix.replacement.as_bytes());
        let last = fixes.last().map(|last| last.at.span);
        if !changes {
            continue;
        }
        if last.is_some_and(|last| fix.at.span.start < last.end || fix.at.span == last) {
            waiting += 1;
        } else {
            fixes.push(fix.clone());
        }
    }
    (fixes, waiting)
}

fn carried_out(fixes: &[Fix], before: &[u8]) -> Vec<u8> {
    let mut after = Vec::with_capacity(before.len());
    let mut copied = 0;
    for fix in fixes {
        after.extend_from_slice(&before[copied..fix.at.span.start]);
        after.extend_from_slice(fix.replacement.as_bytes());
        copied = fix.at.span.end;
    }
    after.extend_from_slice(&before[copied..]);
    after
}

#[cfg(test)]
mod tests;
