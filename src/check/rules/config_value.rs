//! See the page beside this file.

use super::found_while_reading;
use crate::check::Rule;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};
use crate::theme;

/// Besides what shows while reading the configuration: a theme that is not there shows only beside the other files.
pub(super) fn check(rule: &Rule, site: &Site, facts: &Facts, found: &mut Vec<Diagnostic>) {
    found_while_reading(rule, site, facts, found);
    found.extend(theme::folder_faults(&site.config, &site.sources));
}
