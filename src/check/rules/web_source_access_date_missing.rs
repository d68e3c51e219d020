//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::content::reference::Work;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

pub(super) fn check(rule: &Rule, site: &Site, facts: &Facts, found: &mut Vec<Diagnostic>) {
    for work in
        site.bibliography.works.values().filter(|work| is_of_the_web(work) && !work.csl.contains_key("accessed"))
    {
        let message = format!("{} is a source of the web, but does not say when somebody read it", quoted(&work.key));
        let write = match work.path.extension() {
            Some("bib") => format!("urldate = {{{}}}", facts.today),
            Some("json") => format!("\"accessed\": {{\"date-parts\": [[{}]]}}", facts.today.strftime("%-Y, %-m, %-d")),
            _ => format!("url: {{ value: …, date: {} }}", facts.today),
        };
        let hint =
            format!("Open it, make sure that it still says what you cite it for, and add the day, such as `{write}`.");
        found.push(rule.finding(work.at(&work.key_span), message).hint(hint));
    }
}

/// Whether a work is only on the web. What a publisher, a journal or a DOI stands for stays as it is.
fn is_of_the_web(work: &Work) -> bool {
    let is_page = match work.text("type") {
        Some("webpage" | "post" | "post-weblog") => true,
        Some("document") => ["publisher", "container-title"].iter().all(|variable| !work.csl.contains_key(*variable)),
        _ => false,
    };
    is_page && work.csl.contains_key("URL") && !work.csl.contains_key("DOI")
}
