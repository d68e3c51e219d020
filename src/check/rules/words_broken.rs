//! See the page beside this file.

use crate::check::Rule;
use crate::check::ties::Whole;
use crate::diagnostic::Diagnostic;
use crate::site::translation;
use crate::theme;

pub(super) fn check(_: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let site = whole.site;
    found.extend(theme::words_faults(&site.config, &site.sources, |tag| translation::language(tag).is_some()));
}
