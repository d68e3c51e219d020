//! See the page beside this file.

use crate::check::Rule;
use crate::check::works::cited_with_notice;
use crate::content::reference::Nature;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let did = "got an expression of concern";
    let do_this = "Do not let a claim rest on it alone until that is settled.";
    cited_with_notice(rule, site, page, (Nature::Concern, did, do_this), found);
}
