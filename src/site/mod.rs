//! The whole site after linking: pages with resolved links, works, assets, editions and the lists between them.

pub mod address;
pub mod edition;
pub mod generated;
pub mod link;
pub mod lookup;
pub mod navigation;
pub mod pack;
mod same;
pub mod translation;
pub mod web;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::Config;
use crate::content::lock::Lock;
use crate::content::reference::Bibliography;
use crate::content::{Document, KindName, RawLink};
use crate::diagnostic::{Diagnostic, Location};
use crate::source::{SitePath, Sources, Span, Spanned};

pub use edition::Edition;
pub use link::link;
pub use pack::Pack;
pub use translation::Translation;

/// Number of a page in [`Site::pages`].
pub type PageIndex = usize;

/// Everything checks and formats read. Immutable once [`link()`] made it.
#[derive(Debug)]
pub struct Site {
    /// The configuration.
    pub config: Arc<Config>,
    /// What was read from disk; findings quote from it and pictures are copied from it.
    pub sources: Arc<Sources>,
    /// All pages, published or not, by path.
    pub pages: Vec<Page>,
    /// The page at a content path such as `content/handouts/grief.md`.
    pub page_at: Arc<HashMap<SitePath, PageIndex>>,
    /// All works.
    pub bibliography: Arc<Bibliography>,
    /// Which version of a page had which text; `None` when nobody keeps a record, or it cannot be read.
    pub lock: Option<Arc<Lock>>,
    /// The editions to build, in the order of the configuration.
    pub editions: Vec<Arc<Edition>>,
    /// What reading and parsing found wrong, before levels and waivers.
    pub faults: Vec<Diagnostic>,
}

impl Site {
    /// The pages that readers see, by path.
    pub fn published(&self) -> impl Iterator<Item = &Page> {
        self.pages.iter().filter(|page| page.status == Status::Published)
    }

    /// Whether a source should be a page and is none, since it could not be read.
    pub fn is_unread(&self, path: &SitePath) -> bool {
        path.as_str().starts_with(Sources::CONTENT)
            && path.extension() == Some("md")
            && !self.page_at.contains_key(path)
    }

    /// The page at the top of the content folder, whose body the home page shows.
    pub const HOME: &'static str = "content/index.md";
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
    pub targets: Arc<[LinkTarget]>,
    /// Whether readers see it.
    pub status: Status,
    /// The language that its file name says it is written in, as a BCP 47 tag; see [`Site::language`].
    pub language: Option<Arc<str>>,
    /// What it has to do with the page that it translates.
    pub translation: Option<Translation>,
    /// The pages that translate it, by path.
    pub translations: Vec<PageIndex>,
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

    /// Every link of the page with where it leads.
    pub fn links(&self) -> impl Iterator<Item = (&Spanned<RawLink>, &LinkTarget)> {
        self.document.links.iter().zip(self.targets.iter())
    }

    /// Whether readers see the page now or from some day on.
    pub fn is_to_appear(&self) -> bool {
        matches!(self.status, Status::Published | Status::NotYet(_))
    }

    /// A place on the page.
    pub fn at(&self, span: &Span) -> Location {
        Location::new(&self.path, span)
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

/// Why a link leads nowhere. References are relative to the page and ready to be written in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// No such file.
    NoSuchFile {
        /// The one that was probably meant.
        nearest: Option<String>,
        /// Whether nothing else can have been meant: it says that this was its address, or is the source of the page of this
        /// address, or the only file of this name.
        certain: bool,
    },
    /// A file whose name differs only in case or Unicode form.
    WrongCase {
        /// The reference as the file is really called.
        actual: String,
        /// Whether nothing else can have been meant.
        certain: bool,
    },
    /// The page has no such anchor.
    NoSuchAnchor {
        /// The page.
        page: PageIndex,
        /// What was asked for.
        anchor: String,
        /// The ones most like it, best first.
        nearest: Vec<String>,
    },
    /// A page that is there, but could not be read; its own faults say why.
    Unreadable {
        /// The page's source.
        path: SitePath,
    },
    /// The reference climbs out of the content folder or starts at the root of a disk.
    OutsideSite,
    /// A scheme that may do harm or that a reader cannot follow.
    SchemeNotAllowed {
        /// The scheme as a browser would see it.
        scheme: String,
    },
    /// Not an address at all.
    Malformed {
        /// What is wrong with it, as half a sentence about “it”.
        reason: String,
    },
}

/// What a build takes from the world besides files: it never looks at the clock or the network itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Today's date.
    pub today: Date,
    /// What is known of addresses of the web; `None` when nobody asked.
    pub web_links: Option<Arc<web::WebLinks>>,
}

impl Facts {
    /// What is so on a day, as long as nobody asks the web.
    pub const fn on(today: Date) -> Self {
        Self { today, web_links: None }
    }
}

/// Pages by an id that they carry, in the order lists show them.
pub type PageLists = BTreeMap<String, Vec<PageIndex>>;
