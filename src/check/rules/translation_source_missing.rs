//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site, translation};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(noted) = &page.document.front_matter.translated_from else { return };
    if page.translation.is_some() {
        return;
    }
    let title = quoted(page.title());
    let (message, hint) = match translation::named(&page.path) {
        // An original that is there, but cannot be read, has faults of its own.
        Some((original, _)) if site.sources.files.contains_key(&original) => return,
        Some((original, language)) => (
            format!("the original of {title}, {original}, does not exist"),
            format!(
                "A translation stands beside its original and has its name: rename this file after it, with `.{language}.md` at the \
                 end. If the page has no original, delete `translated-from`."
            ),
        ),
        None => (
            format!("{title} is said to be a translation, but its file name names no language"),
            "The translation of `grief.md` into Spanish is called `grief.es.md`: rename this file, or delete `translated-from`."
                .to_owned(),
        ),
    };
    found.push(rule.finding(page.at(&noted.span), message).hint(hint));
}
