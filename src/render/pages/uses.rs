//! What pages use of the rest of the site, and so what uses what: terms, works and files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Rendering;
use crate::content::KindName;
use crate::site::PageIndex;
use crate::source::SitePath;

/// What one page uses, as an edition's readers see it.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// Pages of the glossary terms in its text.
    pub terms: Vec<PageIndex>,
    /// Keys of the works it cites.
    pub works: Vec<String>,
    /// Files of the content folder that it shows or leads to.
    pub files: Vec<SitePath>,
    /// How many words its body has.
    pub words: usize,
}

/// What uses what in an edition.
#[derive(Debug, Default)]
pub(super) struct AllUses {
    /// For each term's page, the pages that use it, in the order lists show them.
    terms: BTreeMap<PageIndex, Vec<PageIndex>>,
    /// For each work, the pages that cite it: the home page, then the others in the order lists show them.
    works: BTreeMap<String, Vec<PageIndex>>,
    files: BTreeSet<SitePath>,
}

impl AllUses {
    pub(super) fn of(rendering: &Rendering) -> Self {
        let shown: Vec<PageIndex> = rendering.navigation.home.into_iter().chain(rendering.listed()).collect();
        let uses: Vec<&Arc<super::Uses>> = shown.par_iter().map(|&page| rendering.uses(page)).collect();
        let mut all = Self::default();
        for (page, uses) in shown.into_iter().zip(uses) {
            let explains = rendering.site.pages[page].kind() == KindName::Term;
            if !explains && rendering.navigation.home != Some(page) {
                for term in &uses.terms {
                    all.terms.entry(*term).or_default().push(page);
                }
            }
            for work in &uses.works {
                match all.works.get_mut(work) {
                    Some(pages) => pages.push(page),
                    None => drop(all.works.insert(work.clone(), vec![page])),
                }
            }
            for file in &uses.files {
                if !all.files.contains(file) {
                    all.files.insert(file.clone());
                }
            }
        }
        all
    }

    /// Pages that use a term, in the order lists show them.
    pub(super) fn of_term(&self, term: PageIndex) -> &[PageIndex] {
        self.terms.get(&term).map_or(&[], Vec::as_slice)
    }

    /// Every work that is cited, with the pages that do.
    pub(super) fn works(&self) -> &BTreeMap<String, Vec<PageIndex>> {
        &self.works
    }

    /// Every file that pages show or lead to.
    pub(super) fn files(&self) -> impl Iterator<Item = &SitePath> {
        self.files.iter()
    }

    /// Whether a page shows a file or leads to it.
    pub(super) fn holds_file(&self, path: &SitePath) -> bool {
        self.files.contains(path)
    }
}
