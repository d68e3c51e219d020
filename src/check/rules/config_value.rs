//! See the page beside this file.

use crate::check::Rule;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};
use crate::theme;

/// Besides what shows while reading the configuration: a theme or logo that is not there shows only beside the other files.
pub(super) fn check(_: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    found.extend(theme::folder_faults(&site.config, &site.sources));
    found.extend(theme::logo_faults(&site.config, &site.sources));
}
