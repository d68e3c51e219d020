//! The body of a page as a tree that every writer reads: HTML, and later print, plain text and course packages.

use super::{Audience, CitationIndex, LinkIndex};
use crate::source::{Span, Text};

/// A block and where it stands.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub body: BlockBody,
    /// Where it stands in the file.
    pub span: Span,
}

impl Block {
    /// The blocks directly within it, in the order written.
    pub fn children(&self) -> impl DoubleEndedIterator<Item = &Block> {
        let (items, definitions, blocks): (&[ListItem], &[Definition], &[Block]) = match &self.body {
            BlockBody::List { items, .. } => (items, &[], &[]),
            BlockBody::DefinitionList(definitions) => (&[], definitions, &[]),
            BlockBody::Quote(blocks) | BlockBody::Directive { blocks, .. } | BlockBody::Footnote { blocks, .. } => {
                (&[], &[], blocks)
            }
            BlockBody::Heading { .. }
            | BlockBody::Paragraph(_)
            | BlockBody::Table { .. }
            | BlockBody::Code { .. }
            | BlockBody::ThematicBreak
            | BlockBody::RawHtml(_) => (&[], &[], &[]),
        };
        let in_items = items.iter().flat_map(|item| &item.blocks);
        let in_definitions = definitions.iter().flat_map(|definition| definition.definitions.iter().flatten());
        in_items.chain(in_definitions).chain(blocks)
    }
}

/// The kinds of blocks.
#[derive(Clone, Debug)]
pub enum BlockBody {
    /// A heading; the anchor is unique on the page.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The anchor.
        id: Text,
        /// The words.
        inlines: Box<[Inline]>,
    },
    /// A paragraph.
    Paragraph(Box<[Inline]>),
    /// A list; `start` is set for ordered ones. In a tight one, an item's first paragraph is not set apart.
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        /// Whether no blank lines stand between items.
        tight: bool,
        /// The items.
        items: Box<[ListItem]>,
    },
    /// Terms with their definitions.
    DefinitionList(Box<[Definition]>),
    /// A table with a header row.
    Table {
        /// One for each column.
        alignments: Box<[Alignment]>,
        /// The header's cells.
        header: Box<[Cell]>,
        /// The cells of each row.
        rows: Box<[Row]>,
    },
    /// Preformatted text.
    Code {
        /// The word after the fence.
        language: Option<Text>,
        /// The text as typed.
        text: Text,
    },
    /// A quotation.
    Quote(Box<[Block]>),
    /// A change of subject.
    ThematicBreak,
    /// A fenced div.
    Directive {
        /// Its name and what only it has.
        directive: Directive,
        /// An anchor.
        id: Option<Text>,
        /// A title in place of the usual one.
        title: Option<Text>,
        /// What it holds.
        blocks: Box<[Block]>,
    },
    /// The text of a footnote; shown at the end of the page.
    Footnote {
        /// As in the mark.
        label: Text,
        /// The text.
        blocks: Box<[Block]>,
    },
    /// HTML as typed; only when the configuration allows it.
    RawHtml(Text),
}

/// A cell of a table.
pub type Cell = Box<[Inline]>;
/// A row of a table.
pub type Row = Box<[Cell]>;

/// An item of a list.
#[derive(Clone, Debug)]
pub struct ListItem {
    /// Set for an item of a task list: whether it is done.
    pub task: Option<bool>,
    /// What it holds.
    pub blocks: Box<[Block]>,
}

/// A term with its definitions.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The term.
    pub term: Box<[Inline]>,
    /// Each definition.
    pub definitions: Vec<Box<[Block]>>,
}

/// How a column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// As the reading direction has it.
    Start,
    /// In the middle.
    Centre,
    /// Against it.
    End,
}

/// A fenced div by name, with the attributes only it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directive {
    /// Worth knowing.
    Note,
    /// A helpful idea.
    Tip,
    /// Something that can go wrong.
    Warning,
    /// What to do when somebody is in danger.
    Safety,
    /// The one main message.
    KeyMessage,
    /// Things to do in order.
    Steps,
    /// Things to tick.
    Checklist,
    /// Room to write: so many lines, or one box that high.
    Write {
        /// How many, 1 to 40.
        lines: u8,
        /// Whether they make one box.
        boxed: bool,
    },
    /// For one audience only.
    For(Audience),
    /// A picture with its caption.
    Figure,
}

impl Directive {
    /// Every name a fence may carry.
    pub const NAMES: [&'static str; 11] = [
        "note",
        "tip",
        "warning",
        "safety",
        "key-message",
        "steps",
        "checklist",
        "write",
        "clinician",
        "instructor",
        "figure",
    ];

    /// The name on the fence, which is also the CSS class.
    pub fn name(&self) -> &'static str {
        match self {
            Directive::Note => "note",
            Directive::Tip => "tip",
            Directive::Warning => "warning",
            Directive::Safety => "safety",
            Directive::KeyMessage => "key-message",
            Directive::Steps => "steps",
            Directive::Checklist => "checklist",
            Directive::Write { .. } => "write",
            Directive::For(audience) => audience.name(),
            Directive::Figure => "figure",
        }
    }
}

/// Running text.
#[derive(Clone, Debug)]
pub enum Inline {
    /// Words.
    Text(Text),
    /// Emphasis.
    Emphasis(Box<[Inline]>),
    /// Strong emphasis.
    Strong(Box<[Inline]>),
    /// Struck out.
    Struck(Box<[Inline]>),
    /// Code.
    Code(Text),
    /// A link. In a box, since most running text is words, and every piece takes the room of the largest.
    Link(Box<Link>),
    /// A picture.
    Image(Box<Image>),
    /// A citation.
    Citation(CitationIndex),
    /// A mark that leads to a footnote.
    FootnoteMark(Text),
    /// A line end in the source.
    SoftBreak,
    /// A line end that readers see.
    HardBreak,
    /// HTML as typed; only when the configuration allows it.
    RawHtml(Text),
}

/// A link in running text.
#[derive(Clone, Debug)]
pub struct Link {
    /// Which of the document's links.
    pub link: LinkIndex,
    /// The title in quotes.
    pub title: Option<String>,
    /// The words.
    pub inlines: Box<[Inline]>,
}

/// A picture in running text.
#[derive(Clone, Debug)]
pub struct Image {
    /// Which of the document's links.
    pub link: LinkIndex,
    /// The title in quotes.
    pub title: Option<String>,
    /// What to say to those who cannot see it.
    pub alt: String,
}

impl Inline {
    /// The running text directly within it.
    pub fn children(&self) -> &[Inline] {
        match self {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => inner,
            Inline::Link(link) => &link.inlines,
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::Citation(_)
            | Inline::FootnoteMark(_)
            | Inline::SoftBreak
            | Inline::HardBreak
            | Inline::RawHtml(_) => &[],
        }
    }
}

/// The words of running text without markup; citations and footnote marks say nothing.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_plain_text(inlines, &mut text);
    text
}

fn push_plain_text(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(words) | Inline::Code(words) => text.push_str(words),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) => push_plain_text(inner, text),
            Inline::Link(link) => push_plain_text(&link.inlines, text),
            Inline::Image(image) => text.push_str(&image.alt),
            Inline::SoftBreak | Inline::HardBreak => text.push(' '),
            Inline::Citation(_) | Inline::FootnoteMark(_) | Inline::RawHtml(_) => {}
        }
    }
}
