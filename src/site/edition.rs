//! Which pages and blocks belong to which readers.

use std::sync::Arc;

use super::{Page, PageIndex, Status};
use crate::config::{Config, EditionConfig};
use crate::content::Audience;
use crate::content::block::Directive;

/// Which editions are to be made, and what of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Limits the editions to those named; empty means all.
    pub names: &'a [String],
    /// Whether they also hold drafts and pages that are to appear some day.
    pub drafts: bool,
}

/// One site for one group of readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its key in the configuration.
    pub name: String,
    /// As shown.
    pub title: String,
    /// Whose pages and blocks it holds.
    pub audiences: Vec<Audience>,
    /// Its folder within the output, ending in a slash; empty when the configuration names no editions.
    pub folder: String,
    /// Its pages, by path: those that are published, and drafts if these are wanted.
    pub pages: Vec<PageIndex>,
    /// For each page of the site, whether it is among [`Edition::pages`].
    holds: Vec<bool>,
    /// Whether it holds drafts, too.
    drafts: bool,
}

impl Edition {
    /// Every edition that is wanted, in the order of the configuration.
    pub fn all(config: &Config, pages: &[Page], wanted: Wanted<'_>) -> Vec<Arc<Self>> {
        let named = |edition: &&EditionConfig| wanted.names.is_empty() || wanted.names.contains(&edition.name);
        let editions = config.editions.iter().filter(named);
        editions.map(|edition| Arc::new(Self::of(config, edition, pages, wanted.drafts))).collect()
    }

    /// Picks the edition's pages.
    pub fn of(config: &Config, edition: &EditionConfig, pages: &[Page], drafts: bool) -> Self {
        let holds: Vec<bool> = pages.iter().map(|page| takes(&edition.audiences, page, drafts)).collect();
        Self {
            name: edition.name.clone(),
            title: edition.title.clone(),
            audiences: edition.audiences.clone(),
            folder: if config.editions_named { format!("{}/", edition.name) } else { String::new() },
            pages: (0..pages.len()).filter(|&index| holds[index]).collect(),
            holds,
            drafts,
        }
    }

    /// The same pages as some of the edition's readers see them.
    pub fn seen_by(&self, belongs: impl Fn(Audience) -> bool) -> Self {
        let audiences = self.audiences.iter().copied().filter(|audience| belongs(*audience)).collect();
        Self { audiences, ..self.clone() }
    }

    /// What it is called: its title, or else whom it is for.
    pub fn shown_title(&self) -> String {
        if self.title.is_empty() {
            self.audiences.iter().copied().map(Audience::name).collect::<Vec<_>>().join(", ")
        } else {
            self.title.clone()
        }
    }

    /// Whether it also holds what readers do not see yet.
    pub fn holds_drafts(&self) -> bool {
        self.drafts
    }

    /// Whether the edition publishes this page.
    pub fn holds(&self, page: PageIndex) -> bool {
        self.holds[page]
    }

    /// Whether the edition publishes this page, for those who do not know its number.
    pub fn takes(&self, page: &Page) -> bool {
        takes(&self.audiences, page, self.drafts)
    }

    /// Whether the edition had this page until it was withdrawn.
    pub fn withdrew(&self, page: &Page) -> bool {
        matches!(page.status, Status::Expired(_)) && is_for(&self.audiences, page)
    }

    /// Whether a directive's blocks are shown.
    pub fn shows_directive(&self, directive: &Directive) -> bool {
        match directive {
            Directive::For(audience) => self.audiences.contains(audience),
            _ => true,
        }
    }

    /// Whether something that stands within blocks for these audiences is shown.
    pub fn shows(&self, within: &[Audience]) -> bool {
        within.iter().all(|audience| self.audiences.contains(audience))
    }
}

fn takes(audiences: &[Audience], page: &Page, drafts: bool) -> bool {
    is_held(page.status, drafts) && is_for(audiences, page)
}

fn is_for(audiences: &[Audience], page: &Page) -> bool {
    page.document.front_matter.audience.iter().any(|audience| audiences.contains(audience))
}

fn is_held(status: Status, drafts: bool) -> bool {
    match status {
        Status::Published => true,
        Status::Draft | Status::NotYet(_) => drafts,
        Status::Expired(_) => false,
    }
}
