//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::check::works::{identifiers, words_at};
use crate::content::identifier::Form;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    for written in identifiers(site) {
        let Form::Other(straight) = written.scheme.form(written.words) else { continue };
        let (name, words, key) = (written.scheme.name(), quoted(written.words), quoted(&written.work.key));
        let message = format!("the {name} {words} of {key} is not in its straight form");
        let at = words_at(site, written.work, written.field, written.words);
        let place = at.clone().unwrap_or_else(|whole| whole);
        let finding = rule.finding(place, message).hint(format!("Write `{straight}`."));
        found.push(match at {
            Ok(at) => finding.fixed_by(at, straight),
            Err(_) => finding,
        });
    }
}
