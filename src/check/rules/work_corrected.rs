//! See the page beside this file.

use crate::check::Rule;
use crate::check::works::cited_with_notice;
use crate::content::reference::Nature;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let did = "was corrected";
    let do_this = "Make sure that the page says what the corrected work says.";
    cited_with_notice(rule, site, page, (Nature::Correction, did, do_this), found);
}
