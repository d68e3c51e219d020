//! How many findings there are.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Diagnostic, Severity};
use crate::source::SitePath;

/// Findings counted by severity, without those that are waived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Must be mended.
    pub errors: usize,
    /// Should be mended.
    pub warnings: usize,
    /// Worth knowing.
    pub notes: usize,
}

impl Tally {
    /// Counts findings.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let mut tally = Self::default();
        for found in findings {
            tally.add(found);
        }
        tally
    }

    /// Counts one more.
    pub fn add(&mut self, found: &Diagnostic) {
        match found.severity {
            _ if found.waived.is_some() => {}
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }

    /// What somebody has to do something about: notes ask for nothing.
    pub fn to_mend(self) -> usize {
        self.errors + self.warnings
    }

    /// Whether there is nothing at all.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Such as `2 errors, 1 note`; empty when there is nothing.
    pub fn words(self) -> String {
        let counts = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let words: Vec<String> =
            counts.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| counted(number, noun)).collect();
        words.join(", ")
    }
}

/// How many findings there are in each file that has any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallies(BTreeMap<SitePath, Tally>);

impl Tallies {
    /// Counts findings by file.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let mut tallies: BTreeMap<SitePath, Tally> = BTreeMap::new();
        for found in findings {
            match tallies.get_mut(&found.at.path) {
                Some(tally) => tally.add(found),
                None => drop(tallies.insert(found.at.path.clone(), Tally::of([found]))),
            }
        }
        Self(tallies)
    }

    /// Those of one file.
    pub fn at(&self, path: &SitePath) -> Tally {
        self.0.get(path).copied().unwrap_or_default()
    }

    /// Every file in which something was found.
    pub fn files(&self) -> impl Iterator<Item = &SitePath> {
        self.0.keys()
    }
}

/// A number with its noun, such as `1 page`, `10,000 pages`.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

/// A number as people read it, such as `10,000`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_in_threes() {
        let numbers = [0, 7, 999, 1_000, 10_000, 1_234_567].map(grouped);
        assert_eq!(numbers, ["0", "7", "999", "1,000", "10,000", "1,234,567"]);
    }

    #[test]
    fn words_name_only_what_there_is() {
        assert_eq!(Tally { errors: 1, warnings: 0, notes: 2 }.words(), "1 error, 2 notes");
        assert_eq!(Tally::default().words(), "");
    }
}
