//! See the page beside this file.

use super::organisation_missing::in_config;
use crate::check::own_theme::Printed;
use crate::check::ties::Whole;
use crate::check::wording::quoted;
use crate::check::{Rule, own_theme, patients};
use crate::diagnostic::{Diagnostic, Severity};
use crate::site::{Facts, Site};

const PRINTED: Printed = Printed { marker: "organisation.phone", in_frame: false };

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let organisation = &site.config.organisation;
    let Some(page) = patients::first_published(site) else { return };
    if organisation.phone.is_some() || organisation.feedback.is_some() {
        return;
    }
    let message = format!("pages for patients such as {} do not say how to reach your clinic", quoted(page.title()));
    // A site that is only being tried out can be looked at; one whose templates drop the line cannot be given to patients.
    found.push(Diagnostic { severity: Severity::Warning, ..rule.finding(in_config(site, page), message) }.hint(
        "In site-config.toml, below `[organisation]`, add the number that people can ring in office hours, as `phone = \"…\"`, or \
         how they can write to you, as `feedback = \"…\"`.",
    ));
}

pub(super) fn own_templates(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    if patients::first_published(whole.site).is_none() {
        return;
    }
    let message = "with this template of your own, pages for patients do not say that they take no clinician's place, nor whom \
                   to ask";
    let hint = "Add `{% include \"help.html\" %}` at the end of the page, or print `site.organisation.phone` yourself, with a \
                sentence such as “This page does not take the place of advice from someone who knows you”.";
    found.extend(own_theme::drops(rule, whole, PRINTED, message, hint));
}
