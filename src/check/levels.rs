//! Levels from the configuration, and waivers.

use std::cmp::Ordering;

use jiff::civil::Date;

use crate::config::{Config, Level, Waiver};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::site::{Facts, Site, Status};
use crate::source::{SitePath, Sources};

/// What stands of the findings after levels and waivers, each once, sorted by place.
pub fn settle(site: &Site, facts: &Facts, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut standing: Vec<Diagnostic> =
        found.into_iter().filter_map(|diagnostic| settle_one(site, facts, diagnostic)).collect();
    standing.sort_by(by_place);
    standing.dedup();
    standing
}

/// The order in which findings are told.
pub(super) fn by_place(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    (&a.at, a.rule, &a.message).cmp(&(&b.at, b.rule, &b.message))
}

/// One finding after levels and waivers, if it stands.
pub(super) fn settle_one(site: &Site, facts: &Facts, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
    match site.config.checks.get(diagnostic.rule) {
        Some(level) => diagnostic.severity = severity(level.value)?,
        // Nobody reads a draft, so it never keeps the other pages from being published.
        None if is_draft(site, &diagnostic.at.path) => diagnostic.severity = diagnostic.severity.min(Severity::Warning),
        None => {}
    }
    Some(waive(&site.config, facts.today, diagnostic))
}

/// What a level makes of a finding; `None` for nothing.
pub(super) fn severity(level: Level) -> Option<Severity> {
    match level {
        Level::Off => None,
        Level::Note => Some(Severity::Note),
        Level::Warn => Some(Severity::Warning),
        Level::Error => Some(Severity::Error),
    }
}

fn is_draft(site: &Site, path: &SitePath) -> bool {
    site.page_at.get(path).is_some_and(|&page| site.pages[page].status == Status::Draft)
}

/// Makes a note of a finding that is waived. One whose waiver has run out says so, since its return surprises.
fn waive(config: &Config, today: Date, mut diagnostic: Diagnostic) -> Diagnostic {
    let waivers = config.waivers.iter().filter(|waiver| covers(waiver, &diagnostic));
    match waivers.max_by_key(|waiver| waiver.until.value) {
        Some(waiver) if waiver.until.value >= today => {
            diagnostic.severity = Severity::Note;
            diagnostic.waived = Some(format!("until {}: {}", waiver.until.value, waiver.reason));
            diagnostic
        }
        Some(waiver) => {
            let at = Location::new(&SitePath::new(Sources::CONFIG), &waiver.until.span);
            let ended = format!("this was waived until {}", waiver.until.value);
            diagnostic.related(at, ended)
        }
        None => diagnostic,
    }
}

fn covers(waiver: &Waiver, diagnostic: &Diagnostic) -> bool {
    let path = diagnostic.at.path.as_str();
    waiver.rule.value == diagnostic.rule
        && waiver.path.as_deref().is_none_or(|waived| {
            let waived = waived.trim_start_matches("./").trim_end_matches('/');
            path.strip_prefix(waived).is_some_and(|rest| waived.is_empty() || rest.is_empty() || rest.starts_with('/'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Spanned;

    fn waiver(path: Option<&str>) -> Waiver {
        Waiver {
            rule: Spanned::new("review-overdue".into(), 0..0),
            path: path.map(Into::into),
            reason: "A sample".into(),
            until: Spanned::new(jiff::civil::date(2027, 1, 1), 0..0),
        }
    }

    #[test]
    fn a_waiver_covers_a_file_or_a_whole_folder_and_no_more() {
        let finding =
            Diagnostic::error("review-overdue", Location::top(&SitePath::new("content/handouts/grief.md")), "late");
        for path in ["content/handouts/grief.md", "content/handouts", "content/handouts/", "./content", ""] {
            assert!(covers(&waiver(Some(path)), &finding), "{path}");
        }
        assert!(covers(&waiver(None), &finding));
        for path in ["content/hand", "content/handouts/grief", "handouts/grief.md", "content/handouts/grief.md/x"] {
            assert!(!covers(&waiver(Some(path)), &finding), "{path}");
        }
        let other = Diagnostic::error("raw-html", finding.at.clone(), "raw");
        assert!(!covers(&waiver(None), &other));
    }
}
