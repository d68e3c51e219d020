//! See the page beside this file.

use super::link_to_unpublished::reason;
use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site, Status};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let Some((at, _)) = reason(page) else { return };
    let title = quoted(page.title());
    let (message, hint) = match page.status {
        Status::Published => return,
        Status::Draft => {
            (format!("{title} is a draft and is not published"), "Delete `draft = true` when it is ready.".to_owned())
        }
        Status::NotYet(day) => (
            format!("{title} is not published before {day}"),
            "Build and publish the site again on that day: pages do not appear by themselves.".to_owned(),
        ),
        Status::Expired(day) => (
            format!("{title} was withdrawn on {day} and is no longer published"),
            "Delete the file when nobody needs it any more, or set a later `expires-on`.".to_owned(),
        ),
    };
    found.push(rule.finding(at, message).hint(hint));
}
