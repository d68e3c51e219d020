//! Places that an edition's readers never see, so that no link may lead to them.

use std::collections::{BTreeMap, HashSet};

use crate::content::block::{Block, BlockBody, Directive};
use crate::site::{Edition, PageIndex, Site};

/// For each page of an edition, the anchors that stand in blocks the edition leaves out.
#[derive(Debug, Default)]
pub struct HiddenAnchors {
    anchors: BTreeMap<PageIndex, HashSet<String>>,
}

impl HiddenAnchors {
    /// Looks through the edition's pages.
    pub fn of(site: &Site, edition: &Edition) -> Self {
        let mut anchors = BTreeMap::new();
        for &page in &edition.pages {
            let mut hidden = HashSet::new();
            collect(&site.pages[page].document.blocks, edition, false, &mut hidden);
            if !hidden.is_empty() {
                anchors.insert(page, hidden);
            }
        }
        Self { anchors }
    }

    /// Whether a page's anchor is left out.
    pub fn hides(&self, page: PageIndex, anchor: &str) -> bool {
        self.anchors.get(&page).is_some_and(|hidden| hidden.contains(anchor))
    }
}

fn collect(blocks: &[Block], edition: &Edition, within: bool, hidden: &mut HashSet<String>) {
    for block in blocks {
        match &block.body {
            BlockBody::Heading { id, .. } if within => {
                hidden.insert(id.clone());
            }
            BlockBody::Directive { directive, id, blocks, .. } => {
                let within = within || !shown(directive, edition);
                hidden.extend(id.clone().filter(|_| within));
                collect(blocks, edition, within, hidden);
            }
            BlockBody::List { items, .. } => {
                for item in items {
                    collect(&item.blocks, edition, within, hidden);
                }
            }
            BlockBody::DefinitionList(definitions) => {
                for blocks in definitions.iter().flat_map(|definition| &definition.definitions) {
                    collect(blocks, edition, within, hidden);
                }
            }
            BlockBody::Quote(blocks) | BlockBody::Footnote { blocks, .. } => collect(blocks, edition, within, hidden),
            BlockBody::Heading { .. }
            | BlockBody::Paragraph(_)
            | BlockBody::Table { .. }
            | BlockBody::Code { .. }
            | BlockBody::ThematicBreak
            | BlockBody::RawHtml(_) => {}
        }
    }
}

/// Whether an edition's readers see a directive's blocks.
pub(super) fn shown(directive: &Directive, edition: &Edition) -> bool {
    match directive {
        Directive::For(audience) => edition.audiences.contains(audience),
        _ => true,
    }
}
