//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::check::works::{identifiers, words_at};
use crate::content::identifier::Form;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    for written in identifiers(site) {
        let Form::Wrong { why, perhaps } = written.scheme.form(written.words) else { continue };
        let name = written.scheme.name();
        let at = words_at(site, written.work, written.field, written.words).unwrap_or_else(|whole| whole);
        let hint = match perhaps {
            Some(perhaps) => format!("Did you mean `{perhaps}`?"),
            None => {
                format!("Copy it again from the work itself. A right one looks like `{}`.", written.scheme.example())
            }
        };
        let (words, key) = (quoted(written.words), quoted(&written.work.key));
        let message = format!("the {name} {words} of {key} cannot be right: {why}");
        found.push(rule.finding(at, message).hint(hint));
    }
}
