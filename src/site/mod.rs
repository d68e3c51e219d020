//! The whole site after linking: pages with resolved links, works, assets, editions and the lists between them.

pub mod edition;
pub mod link;
pub mod navigation;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::Config;
use crate::content::reference::Bibliography;
use crate::content::{Document, KindName};
use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Sources};

pub use edition::Edition;
pub use link::link;

/// Number of a page in [`Site::pages`].
pub type PageIndex = usize;

/// Everything checks and formats read. Immutable once [`link`] made it.
#[derive(Debug)]
pub struct Site {
    /// The configuration.
    pub config: Arc<Config>,
    /// What was read from disk; findings quote from it and pictures are copied from it.
    pub sources: Arc<Sources>,
    /// All pages, published or not, by path.
    pub pages: Vec<Page>,
    /// The page at a content path such as `content/handouts/grief.md`.
    pub page_at: HashMap<SitePath, PageIndex>,
    /// All works.
    pub bibliography: Bibliography,
    /// The editions to build, in the order of the configuration.
    pub editions: Vec<Edition>,
    /// What reading and parsing found wrong, before levels and waivers.
    pub faults: Vec<Diagnostic>,
}

/// One page of the site.
#[derive(Clone, Debug)]
pub struct Page {
    /// The source, such as `content/handouts/grief.md`.
    pub path: SitePath,
    /// The address within an edition, such as `handouts/grief.html`.
    pub url: SitePath,
    /// What was written.
    pub document: Arc<Document>,
    /// Where each of the document's links leads, in the same order.
    pub targets: Vec<LinkTarget>,
    /// Whether readers see it.
    pub status: Status,
}

impl Page {
    /// The page's kind.
    pub fn kind(&self) -> KindName {
        self.document.front_matter.kind.name()
    }

    /// The page's title.
    pub fn title(&self) -> &str {
        &self.document.front_matter.title.value
    }
}

/// Whether readers see a page today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// They do.
    Published,
    /// It is marked as a draft.
    Draft,
    /// It appears on this day.
    NotYet(Date),
    /// It was withdrawn on this day.
    Expired(Date),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// To a page of this site, and perhaps a place on it.
    Page(PageIndex, Option<String>),
    /// To another file of the content folder, by its path.
    Asset(SitePath),
    /// Out to the web, or to a mailbox or telephone.
    Web(String),
    /// Nowhere.
    Missing(LinkFault),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// No such file; the nearest one by name, relative to the page.
    NoSuchFile { nearest: Option<String> },
    /// A file whose name differs only in case or Unicode form; the right reference, relative to the page.
    WrongCase { actual: String },
    /// The page has no such anchor; the nearest ones.
    NoSuchAnchor { page: PageIndex, anchor: String, nearest: Vec<String> },
    /// The reference climbs out of the content folder or starts at the root of a disk.
    OutsideSite,
    /// A scheme that may do harm or that a reader cannot follow.
    SchemeNotAllowed { scheme: String },
    /// Not an address at all.
    Malformed { reason: String },
}

/// What a build takes from the world besides files: it never looks at the clock or the network itself.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Today's date.
    pub today: Date,
}

/// Pages by an id that they carry, in the order lists show them.
pub type PageLists = BTreeMap<String, Vec<PageIndex>>;
