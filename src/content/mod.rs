//! What a page is once it has been read: front matter, a tree of blocks, and the links and citations found in it.

pub mod alphabet;
pub mod blanks;
pub mod block;
pub mod front_matter;
pub mod guidance;
pub mod identifier;
pub mod kind;
pub mod lock;
pub mod reference;
pub mod writing;

pub use block::{Block, Inline};
pub use front_matter::FrontMatter;
pub use kind::{KindName, PageKind};

use crate::source::{Span, Spanned, Text};

/// Who a page or a block is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// People in treatment, and those close to them.
    Patient,
    /// People who treat.
    Clinician,
    /// People who learn to treat.
    Trainee,
    /// People who teach.
    Instructor,
}

impl Audience {
    /// All of them, in the order of this type.
    pub const ALL: [Audience; 4] = [Audience::Patient, Audience::Clinician, Audience::Trainee, Audience::Instructor];

    /// The word used in front matter and configuration.
    pub fn name(self) -> &'static str {
        match self {
            Audience::Patient => "patient",
            Audience::Clinician => "clinician",
            Audience::Trainee => "trainee",
            Audience::Instructor => "instructor",
        }
    }

    /// The audience a word names.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.name() == name)
    }
}

/// One page as it was written. Never changes after parsing: what links lead to is kept beside it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The typed keys at the top.
    pub front_matter: FrontMatter,
    /// The body.
    pub blocks: Vec<Block>,
    /// Every link and image of the body and of link-valued keys of the front matter, in order of appearance.
    pub links: Vec<Spanned<RawLink>>,
    /// Every citation of the body, in order of appearance.
    pub citations: Vec<Spanned<Citation>>,
    /// Every heading of the body that has an id, in order.
    pub headings: Vec<Heading>,
    /// Every id a link may name: headings, figures, and other blocks with an id.
    pub anchors: Vec<Anchor>,
}

impl Document {
    /// The place that an id names.
    pub fn anchor(&self, id: &str) -> Option<&Anchor> {
        self.anchors.iter().find(|anchor| anchor.id == id)
    }
}

/// A place that a link may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The id, unique on the page.
    pub id: Text,
    /// Where it was given.
    pub span: Span,
    /// The audiences of the block it stands in, its own included, as in [`RawLink::within`].
    pub within: Vec<Audience>,
}

/// Number of a link in [`Document::links`].
pub type LinkIndex = usize;
/// Number of a citation in [`Document::citations`].
pub type CitationIndex = usize;

/// A link or image as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawLink {
    /// The address, with Markdown's escapes resolved but nothing else changed.
    pub address: Text,
    /// What asks for it.
    pub role: LinkRole,
    /// The audiences of the block it stands in, outermost first; empty when it stands in none of its own.
    pub within: Vec<Audience>,
}

/// What asks for a link's target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRole {
    /// A link to follow.
    Link,
    /// A picture to show.
    Image,
    /// A link-valued key of the front matter, such as `materials`.
    Key,
}

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The anchor, unique on the page.
    pub id: Text,
    /// Its words without markup.
    pub text: Text,
    /// Where it stands.
    pub span: Span,
    /// The audiences of the block it stands in, as in [`RawLink::within`].
    pub within: Vec<Audience>,
}

/// A citation as written: one or more works at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The works, in the order written.
    pub items: Vec<CitationItem>,
    /// Whether the first work is part of the sentence (`@elkin1989 [p. 3]`).
    pub narrative: bool,
    /// The audiences of the block it stands in, as in [`RawLink::within`].
    pub within: Vec<Audience>,
}

/// One work within a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationItem {
    /// The key, as written.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Words before it.
    pub prefix: String,
    /// Where in the work.
    pub locator: Option<Locator>,
    /// Words after it.
    pub suffix: String,
    /// Whether the author is left out (`-@key`).
    pub suppress_author: bool,
}

/// A place within a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locator {
    /// The CSL term, such as `page` or `chapter`.
    pub label: String,
    /// The value as written, such as `33-35`.
    pub value: String,
}
