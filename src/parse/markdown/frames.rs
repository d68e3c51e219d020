//! Blocks that have not ended yet.

use crate::content::Block;
use crate::content::block::{Alignment, Cell, Definition, ListItem};
use crate::parse::directive::Opening;
use crate::source::{Span, Text};

/// A block that has not ended yet.
#[derive(Debug)]
pub(super) enum BlockFrame {
    /// Something that holds blocks.
    Container(Container),
    /// A list, which holds items.
    List { start: Option<u64>, tight: bool, items: Vec<ListItem> },
    /// A list of terms, which holds terms and their definitions.
    DefinitionList(Vec<Definition>),
    /// A table, which holds rows; the first is the header.
    Table { alignments: Box<[Alignment]>, rows: Vec<Vec<Cell>> },
    /// A code block, which holds text; without fences when it is only indented.
    Code { language: Option<Text>, fenced: bool, text: String },
    /// A block of HTML, which holds text.
    Html(String),
}

/// Something that holds blocks.
#[derive(Debug)]
pub(super) struct Container {
    pub(super) kind: ContainerKind,
    pub(super) blocks: Vec<Block>,
    /// Directives directly within that were refused as nested too deep, and whose closing fence is still to come.
    pub(super) refused_directives: usize,
}

#[derive(Debug)]
pub(super) enum ContainerKind {
    Body,
    Quote,
    Item { task: Option<bool> },
    Definition,
    Footnote { label: Text },
    Directive(OpenDirective),
}

impl BlockFrame {
    /// The body of a page.
    pub(super) fn body() -> Self {
        Self::container(ContainerKind::Body)
    }

    pub(super) fn container(kind: ContainerKind) -> Self {
        BlockFrame::Container(Container { kind, blocks: Vec::new(), refused_directives: 0 })
    }
}

/// A directive that has not been closed yet.
#[derive(Debug)]
pub(super) struct OpenDirective {
    pub(super) opening: Opening,
    /// Its anchor, once checked.
    pub(super) id: Option<Text>,
    /// The opening fence, in the body.
    pub(super) fence: Span,
}
