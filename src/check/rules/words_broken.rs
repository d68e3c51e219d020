//! See the page beside this file.

use crate::check::Rule;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site, translation};
use crate::theme;

pub(super) fn check(_: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    found.extend(theme::words_faults(&site.config, &site.sources, |tag| translation::language(tag).is_some()));
}
