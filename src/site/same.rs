//! What an edit has left as it was, so that what was made of it can be kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{LinkTarget, PageIndex, Site};

impl Site {
    /// Whether everything that lists show of pages and works is as it was `before` an edit: nothing but bodies, files that are
    /// no pages, and the configuration may have changed.
    pub fn lists_the_same(&self, before: &Site) -> bool {
        let named_alike = self.is_looked_up_alike(before);
        Arc::ptr_eq(&before.bibliography, &self.bibliography)
            && before.pages.len() == self.pages.len()
            && before.pages.iter().zip(&self.pages).all(|(before, now)| {
                (named_alike || before.path == now.path)
                    && before.status == now.status
                    && (Arc::ptr_eq(&before.document, &now.document)
                        || before.document.front_matter == now.document.front_matter)
            })
    }

    /// Pages that link to any of these, and those that these link to.
    pub fn linked_with(&self, pages: &[PageIndex]) -> BTreeSet<PageIndex> {
        let targets = |page: PageIndex| {
            self.pages[page].targets.iter().filter_map(|target| match target {
                LinkTarget::Page(to, _) => Some(*to),
                _ => None,
            })
        };
        let these: FxHashSet<PageIndex> = pages.iter().copied().collect();
        let linking = (0..self.pages.len()).filter(|page| targets(*page).any(|to| these.contains(&to)));
        pages.iter().flat_map(|page| targets(*page)).chain(linking).collect()
    }

    /// Whether there are the same files as `before` an edit, whatever is in them.
    pub fn has_the_same_files(&self, before: &Site) -> bool {
        self.is_looked_up_alike(before) || before.sources.files.keys().eq(self.sources.files.keys())
    }

    /// Linking hands the table of pages on only when no file has come or gone: the quick way to know.
    fn is_looked_up_alike(&self, before: &Site) -> bool {
        Arc::ptr_eq(&before.page_at, &self.page_at)
    }
}
