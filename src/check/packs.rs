//! Pages that packs of the configuration name one by one.

use std::cell::OnceCell;

use crate::config::{PackConfig, PackParts};
use crate::diagnostic::Location;
use crate::site::pack::NamedPages;
use crate::site::{PageIndex, Site};
use crate::source::{SitePath, Sources, Spanned};

/// One name in one pack.
pub(super) struct Named<'s> {
    pub pack: &'s PackConfig,
    pub name: &'s Spanned<String>,
    /// The page of that name, or else the name that was probably meant.
    pub page: Result<PageIndex, Option<&'s str>>,
}

impl Named<'_> {
    /// Where the configuration names it.
    pub fn at(&self) -> Location {
        Location::new(&SitePath::new(Sources::CONFIG), &self.name.span)
    }
}

/// Every name in every pack, as the configuration has them.
pub(super) fn named(site: &Site) -> impl Iterator<Item = Named<'_>> {
    let known = OnceCell::new();
    let names = site.config.packs.iter().flat_map(|pack| {
        let names = match &pack.parts {
            PackParts::Pages(names) => names.as_slice(),
            PackParts::Query(_) => &[],
        };
        names.iter().map(move |name| (pack, name))
    });
    names.map(move |(pack, name)| {
        // Not before somebody names a page: ids of all pages are looked through.
        let known = known.get_or_init(|| NamedPages::new(site));
        Named { pack, name, page: known.find(&name.value).ok_or_else(|| known.nearest(&name.value)) }
    })
}
