//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::translation::Standing;
use crate::site::{Facts, Page, Site, Status};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(translation) = &page.translation else { return };
    let front_matter = &page.document.front_matter;
    let (title, original) = (quoted(page.title()), &site.pages[translation.of]);
    let noted = front_matter.translated_from.as_ref().map_or(&front_matter.title.span, |noted| &noted.span);
    let mend = format!(
        "When a person has made sure that it says what {} says now, write `translated-from = \"{}\"`.",
        original.path, translation.hash
    );
    let message = match translation.standing {
        Standing::Current => None,
        Standing::Stale => Some(format!("the original of {title} has changed since it was translated")),
        Standing::Unrecorded if front_matter.is_faulty("translated-from") => None,
        Standing::Unrecorded => Some(format!("{title} does not note which text of {} it translates", original.path)),
    };
    if let Some(message) = message {
        found.push(rule.finding(page.at(noted), message).hint(mend));
    }
    if let Status::Expired(day) = original.status
        && page.is_to_appear()
    {
        let message = format!("{title} is published, but its original was withdrawn on {day}");
        let withdrawn = original.document.front_matter.expires_on.as_ref().map(|expires| original.at(&expires.span));
        let withdrawn = withdrawn.unwrap_or_else(|| Location::top(&original.path));
        found.push(
            rule.finding(page.at(&front_matter.title.span), message)
                .related(withdrawn, "the original was withdrawn here")
                .hint(format!("Withdraw the translation, too: write `expires-on = {day}`.")),
        );
    }
}
