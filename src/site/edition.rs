//! Which pages and blocks belong to which readers.

use super::{Page, PageIndex, Status};
use crate::config::{Config, EditionConfig};
use crate::content::Audience;
use crate::content::block::Directive;

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
    /// Its published pages, by path.
    pub pages: Vec<PageIndex>,
    /// For each page of the site, whether it is among [`Edition::pages`].
    holds: Vec<bool>,
}

impl Edition {
    /// Picks the edition's pages.
    pub fn of(config: &Config, edition: &EditionConfig, pages: &[Page]) -> Self {
        let holds: Vec<bool> = pages.iter().map(|page| takes(&edition.audiences, page)).collect();
        Self {
            name: edition.name.clone(),
            title: edition.title.clone(),
            audiences: edition.audiences.clone(),
            folder: if config.editions_named { format!("{}/", edition.name) } else { String::new() },
            pages: (0..pages.len()).filter(|&index| holds[index]).collect(),
            holds,
        }
    }

    /// Whether the edition publishes this page.
    pub fn holds(&self, page: PageIndex) -> bool {
        self.holds[page]
    }

    /// Whether the edition publishes this page, for those who do not know its number.
    pub fn takes(&self, page: &Page) -> bool {
        takes(&self.audiences, page)
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

fn takes(audiences: &[Audience], page: &Page) -> bool {
    page.status == Status::Published
        && page.document.front_matter.audience.iter().any(|audience| audiences.contains(audience))
}
