//! See the page beside this file.

use crate::check::Rule;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};
use crate::theme;

pub(super) fn check(_: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    found.extend(theme::accent_faults(&site.config));
}
