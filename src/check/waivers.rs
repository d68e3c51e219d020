//! Waivers: what somebody decided to live with for now, and waivers that are of no more use.

use jiff::civil::Date;

use super::rules;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Location, Severity, Waiver};
use crate::site::{Page, Site, Status};
use crate::source::{SitePath, Sources, Span};

/// A waiver with where it was given.
pub(super) struct Given<'s> {
    /// The waiver.
    pub waiver: &'s Waiver,
    /// The page that it stands in and is for; `None` for those of the configuration.
    pub page: Option<&'s Page>,
}

/// Makes a note of a finding that is waived. One whose waiver has run out says so, since its return surprises.
pub(super) fn waive(site: &Site, today: Date, page: Option<&Page>, mut diagnostic: Diagnostic) -> Diagnostic {
    let own = page.into_iter().flat_map(of_page);
    let waivers = of_config(&site.config).chain(own).filter(|given| given.covers(&diagnostic));
    match waivers.max_by_key(|given| given.waiver.until.value) {
        Some(Given { waiver, .. }) if waiver.until.value >= today => {
            diagnostic.severity = Severity::Note;
            diagnostic.waived = Some(format!("until {}: {}", waiver.until.value, waiver.reason));
            diagnostic
        }
        Some(given) => {
            let until = &given.waiver.until;
            diagnostic.related(given.at(&until.span), format!("this was waived until {}", until.value))
        }
        None => diagnostic,
    }
}

/// Every waiver of a site that names a rule which there is.
pub(super) fn all(site: &Site) -> impl Iterator<Item = Given<'_>> {
    let known = |given: &Given<'_>| rules::named(&given.waiver.rule.value).is_ok();
    of_config(&site.config).chain(site.pages.iter().flat_map(of_page)).filter(known)
}

fn of_config(config: &Config) -> impl Iterator<Item = Given<'_>> {
    config.waivers.iter().map(|waiver| Given { waiver, page: None })
}

fn of_page(page: &Page) -> impl Iterator<Item = Given<'_>> {
    page.document.front_matter.waivers.iter().map(move |waiver| Given { waiver, page: Some(page) })
}

impl<'s> Given<'s> {
    /// A place in the file where it was given.
    pub fn at(&self, span: &Span) -> Location {
        match self.page {
            Some(page) => page.at(span),
            None => Location::new(&SitePath::new(Sources::CONFIG), span),
        }
    }

    /// The findings that it covers, of some that are sorted by place.
    pub fn covered<'f>(&self, standing: &'f [Diagnostic]) -> Vec<&'f Diagnostic> {
        let near = match self.page {
            Some(page) => {
                let from = standing.partition_point(|found| found.at.path < page.path);
                let length = standing[from..].partition_point(|found| found.at.path == page.path);
                &standing[from..from + length]
            }
            None => standing,
        };
        near.iter().filter(|found| self.covers(found)).collect()
    }

    /// Whether it can be told by now that nothing needs it. Not while something that it is for is not looked at as readers will
    /// see it, such as a draft or a page that cannot be read, and not when its rule looks only later.
    pub fn can_be_judged(&self, site: &Site) -> bool {
        !rules::named(&self.waiver.rule.value).is_ok_and(|rule| rule.shows_later) && !self.is_for_something_unseen(site)
    }

    fn is_for_something_unseen(&self, site: &Site) -> bool {
        if let Some(page) = self.page {
            return page.status != Status::Published;
        }
        let is_unseen = |path: &SitePath| match site.page_at.get(path) {
            Some(&page) => site.pages[page].status != Status::Published,
            None => path.extension() == Some("md"),
        };
        site.sources.below(Sources::CONTENT).any(|(path, _)| self.reaches(path) && is_unseen(path))
    }

    /// Whether a file or folder stands where it is for.
    pub fn is_for_something(&self, site: &Site) -> bool {
        self.page.is_some() || site.sources.files.keys().any(|path| self.reaches(path))
    }

    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        self.waiver.rule.value == diagnostic.rule && self.reaches(&diagnostic.at.path)
    }

    fn reaches(&self, path: &SitePath) -> bool {
        match (self.page, &self.waiver.path) {
            (Some(page), _) => page.path == *path,
            (None, None) => true,
            (None, Some(waived)) => {
                let waived = plain(waived);
                let rest = path.as_str().strip_prefix(waived);
                rest.is_some_and(|rest| waived.is_empty() || rest.is_empty() || rest.starts_with('/'))
            }
        }
    }
}

/// A path without what means nothing at either end.
pub(super) fn plain(path: &str) -> &str {
    path.trim_start_matches("./").trim_end_matches('/')
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
        let covers = |path, finding| Given { waiver: &waiver(path), page: None }.covers(finding);
        for path in ["content/handouts/grief.md", "content/handouts", "content/handouts/", "./content", ""] {
            assert!(covers(Some(path), &finding), "{path}");
        }
        assert!(covers(None, &finding));
        for path in ["content/hand", "content/handouts/grief", "handouts/grief.md", "content/handouts/grief.md/x"] {
            assert!(!covers(Some(path), &finding), "{path}");
        }
        let other = Diagnostic::error("raw-html", finding.at.clone(), "raw");
        assert!(!covers(None, &other));
    }
}
