//! See the page beside this file.

use super::organisation_missing::{advice, in_config};
use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(page) = advice(site).next().filter(|_| site.config.organisation.feedback.is_none()) else { return };
    let message = format!("pages such as {} do not say how to tell you about a mistake", quoted(page.title()));
    found.push(rule.finding(in_config(site, page), message).hint(
        "In site-config.toml, below `[organisation]`, write a web address, an email address or a sentence: \
         `feedback = \"…\"`.",
    ));
}
