//! See the page beside this file.

use crate::check::Rule;
use crate::check::ties::Whole;
use crate::check::wording::quoted;
use crate::content::lock::Locked;
use crate::diagnostic::Diagnostic;
use crate::parse::front_matter::value_span;
use crate::site::Page;

pub(super) fn check(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    for (page, ties) in whole.pages().filter(|(page, _)| page.is_to_appear() && tells_version(page)) {
        let Some(locked) = locked(whole, page).filter(|locked| is_present(page, locked)) else { continue };
        if locked.text != whole.fingerprint(page, ties) {
            found.push(not_raised(rule, whole, page));
        }
    }
}

/// What is on record of a page.
pub(super) fn locked<'s>(whole: &Whole<'s>, page: &Page) -> Option<&'s Locked> {
    whole.site.lock.as_deref()?.pages.get(&page.document.front_matter.id.as_ref()?.value)
}

/// Whether the version on record is the one that the page has now.
/// Whether the page tells without a fault which version it is, and of which day.
pub(super) fn tells_version(page: &Page) -> bool {
    let front_matter = &page.document.front_matter;
    !front_matter.is_faulty("version") && !front_matter.is_faulty("reviewed")
}

pub(super) fn is_present(page: &Page, locked: &Locked) -> bool {
    let front_matter = &page.document.front_matter;
    locked.is_of(front_matter.version.as_ref(), front_matter.reviewed.as_ref().map(|reviewed| reviewed.value))
}

fn not_raised(rule: &Rule, whole: &Whole<'_>, page: &Page) -> Diagnostic {
    let front_matter = &page.document.front_matter;
    let title = quoted(page.title());
    let text = whole.site.sources.text(page.path.as_str()).unwrap_or_default();
    let at = value_span(text, &front_matter.span, "version").unwrap_or_else(|| front_matter.title.span.clone());
    let (message, version) = match &front_matter.version {
        Some(version) => {
            (format!("the text of {title} is not what it was when version {version} was recorded"), next(version))
        }
        None => (format!("the text of {title} is not what it was when it was recorded"), "1.0".to_owned()),
    };
    rule.finding(page.at(&at), message).hint(format!(
        "Write `version = \"{version}\"`, or the day of a new review as `reviewed`; then run `psychoed lock`."
    ))
}

/// The version that comes after one: its last number is one higher.
fn next(version: &str) -> String {
    let rest = version.trim_end_matches(|c: char| c.is_ascii_digit());
    match version[rest.len()..].parse::<u32>() {
        Ok(last) if last < u32::MAX => format!("{rest}{}", last + 1),
        _ => format!("{version}.1"),
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn the_last_number_is_raised() {
        for (version, expected) in [("1.0", "1.1"), ("0.9", "0.10"), ("3", "4"), ("v2", "v3"), ("final", "final.1")] {
            assert_eq!(next(version), expected);
        }
        assert_eq!(next("4294967295"), "4294967295.1");
    }
}
