//! The last lines of a run: what was built and checked, and where to look.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::content::KindName;
use crate::diagnostic::{Diagnostic, Severity};
use crate::site::Site;

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// How many pages there are of each kind, in the order of kinds.
    pub kinds: Vec<(KindName, usize)>,
    /// How many links were checked.
    pub links: usize,
    /// How many works were looked up for citations.
    pub citations: usize,
    /// Titles of the editions built.
    pub editions: Vec<String>,
    /// How long it took; left out where output has to be the same each time.
    pub took: Option<Duration>,
    /// What the run was for and where to look, such as “open public/index.html”.
    pub outcome: String,
    /// Whether the configuration lets raw HTML through, which is worth saying each time.
    pub raw_html: bool,
    /// Whether people are only told how many notes there are: somebody who publishes wants to see what matters.
    pub counts_notes_only: bool,
    /// Whether warnings fail the run as errors do.
    pub strict: bool,
}

impl Summary {
    /// Counts what was checked.
    pub fn of(site: &Site) -> Self {
        let count = |kind: KindName| site.pages.iter().filter(|page| page.kind() == kind).count();
        Self {
            kinds: KindName::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, pages)| *pages > 0).collect(),
            links: site.pages.iter().map(|page| page.targets.len()).sum(),
            citations: site
                .pages
                .iter()
                .flat_map(|page| &page.document.citations)
                .map(|citation| citation.value.items.len())
                .sum(),
            editions: site.editions.iter().map(|edition| edition.shown_title()).collect(),
            took: None,
            outcome: String::new(),
            raw_html: site.config.markdown.allow_html,
            counts_notes_only: false,
            strict: false,
        }
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.kinds.iter().map(|(_, pages)| pages).sum()
    }

    /// The summary for people.
    pub fn text(&self, diagnostics: &[Diagnostic]) -> String {
        let mut lines = Vec::new();
        if !self.kinds.is_empty() {
            let kinds: Vec<String> = self.kinds.iter().map(|(kind, pages)| counted(*pages, noun(*kind))).collect();
            lines.push(format!("{}: {}", counted(self.pages(), "page"), kinds.join(", ")));
        }
        if !self.editions.is_empty() {
            lines.push(format!("{}: {}", counted(self.editions.len(), "edition"), self.editions.join(", ")));
        }
        lines.push(format!(
            "Checked {} and {}; {}",
            counted(self.links, "link"),
            counted(self.citations, "citation"),
            findings(diagnostics)
        ));
        lines.extend(certain(diagnostics));
        if self.counts_notes_only
            && diagnostics.iter().any(|found| found.severity == Severity::Note && found.waived.is_none())
        {
            lines.push("`psychoed check` shows the notes".to_owned());
        }
        lines.extend(waived(diagnostics));
        if self.raw_html {
            lines.push("Raw HTML is let through, as [markdown] allow-html asks: psychoed does not check it".to_owned());
        }
        match self.took {
            Some(took) => lines.push(format!("{} ({:.2} s)", self.outcome, took.as_secs_f64())),
            None => lines.push(self.outcome.clone()),
        }
        lines.join("\n") + "\n"
    }
}

/// What nobody need mend by hand.
fn certain(diagnostics: &[Diagnostic]) -> Option<String> {
    let number = diagnostics.iter().filter(|found| found.waived.is_none() && found.fix.is_some()).count();
    (number > 0).then(|| format!("`psychoed check --fix` mends {number} of them; with --dry-run it shows how"))
}

/// What somebody decided to live with is counted each time, so that nobody forgets it.
fn waived(diagnostics: &[Diagnostic]) -> Option<String> {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for found in diagnostics.iter().filter(|found| found.waived.is_some()) {
        *rules.entry(found.rule).or_default() += 1;
    }
    let rules: Vec<String> = rules.iter().map(|(rule, number)| format!("{rule} ({number})")).collect();
    (!rules.is_empty()).then(|| format!("Waived: {}", rules.join(", ")))
}

fn findings(diagnostics: &[Diagnostic]) -> String {
    let standing = || diagnostics.iter().filter(|found| found.waived.is_none());
    let count = |severity| standing().filter(|found| found.severity == severity).count();
    let counts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
        .into_iter()
        .map(|(severity, noun)| (count(severity), noun))
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| counted(number, noun))
        .collect();
    if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") }
}

fn noun(kind: KindName) -> &'static str {
    match kind {
        KindName::Handout => "handout",
        KindName::Worksheet => "worksheet",
        KindName::QuickReference => "quick reference",
        KindName::SessionGuide => "session guide",
        KindName::Suitability => "suitability page",
        KindName::Evidence => "evidence summary",
        KindName::Module => "course module",
        KindName::Term => "glossary term",
        KindName::Page => "other page",
    }
}

/// A number with its noun, such as `1 page`, `2 pages`, `3 evidence summaries`.
fn counted(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) => format!("{number} {noun}s"),
    }
}
