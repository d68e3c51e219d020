//! See the page beside this file.

use serde_json::Value;

use crate::check::Rule;
use crate::check::wording::{between_marks, quoted};
use crate::content::reference::Work;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

/// Words that stand in names of bodies and hardly in names of people, in lower case.
const BODIES: &[&str] = &[
    // English
    "academy",
    "administration",
    "agency",
    "alliance",
    "association",
    "bureau",
    "centre",
    "center",
    "collaboration",
    "collaborative",
    "commission",
    "committee",
    "consortium",
    "department",
    "federation",
    "foundation",
    "group",
    "hospital",
    "initiative",
    "institute",
    "institutes",
    "ministry",
    "network",
    "organisation",
    "organization",
    "panel",
    "programme",
    "society",
    "taskforce",
    "university",
    // French
    "académie",
    "comité",
    "fédération",
    "ministère",
    "organisme",
    "société",
    "université",
    // German
    "arbeitsgemeinschaft",
    "bundesamt",
    "bundesministerium",
    "fachgesellschaft",
    "gesellschaft",
    "institut",
    "ministerium",
    "universität",
    "verband",
    "verein",
    // Italian and Spanish
    "asociación",
    "associazione",
    "federación",
    "instituto",
    "istituto",
    "ministerio",
    "ministero",
    "sociedad",
    "società",
    "universidad",
    "università",
];

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    for work in site.bibliography.works.values() {
        match work.path.extension() {
            Some("bib") => in_bib(rule, site, work, found),
            Some("json") => in_json(rule, work, found),
            // In YAML a name without a comma is that of a body.
            _ => {}
        }
    }
}

fn in_bib(rule: &Rule, site: &Site, work: &Work, found: &mut Vec<Diagnostic>) {
    for field in work.written("author") {
        let text = site.sources.excerpt(work.path.as_str(), &field.span).unwrap_or_default();
        let open = outside_braces(text);
        if !names_a_body(&open) {
            continue;
        }
        // A comma or braces say that there are people, or bodies that are marked.
        let is_one = !open.contains([',', '\u{0}']);
        let name = if is_one { text } else { part(text, &open) };
        let Some(start) = text.find(name).filter(|_| !name.contains(',')) else { continue };
        let at = work.at(&(field.span.start + start..field.span.start + start + name.len()));
        let message = format!("{} would be printed like the name of a person", quoted(name));
        let write = if is_one { format!("author = {{{{{name}}}}}") } else { format!("{{{name}}}") };
        found.push(rule.finding(at, message).hint(format!("Put a body's name in braces of its own: `{write}`.")));
    }
}

/// The name of the body among names.
fn part<'t>(text: &'t str, open: &str) -> &'t str {
    let mut start = 0;
    for piece in open.split(" and ") {
        if names_a_body(piece) && !piece.contains(',') {
            return text[start..start + piece.len()].trim();
        }
        start += piece.len() + " and ".len();
    }
    text
}

/// A text with everything in braces made unreadable, byte for byte.
fn outside_braces(text: &str) -> String {
    let mut depth = 0usize;
    let mut masked = String::with_capacity(text.len());
    for c in text.chars() {
        depth += usize::from(c == '{');
        if depth > 0 {
            masked.extend(std::iter::repeat_n('\u{0}', c.len_utf8()));
        } else {
            masked.push(c);
        }
        depth = depth.saturating_sub(usize::from(c == '}'));
    }
    masked
}

fn in_json(rule: &Rule, work: &Work, found: &mut Vec<Diagnostic>) {
    for author in work.csl.get("author").and_then(Value::as_array).into_iter().flatten() {
        let part = |name: &str| author.get(name).and_then(Value::as_str);
        let Some((family, given)) = part("family").zip(part("given")) else { continue };
        let name = format!("{given} {family}");
        if names_a_body(&name) {
            let message = format!("{} would be printed like the name of a person", quoted(&name));
            let hint = format!("Write a body's name as `{{\"literal\": {}}}`.", between_marks(&name));
            found.push(rule.finding(work.at(&work.key_span), message).hint(hint));
        }
    }
}

/// Whether words hold one that belongs to bodies, beside others.
fn names_a_body(words: &str) -> bool {
    let mut others = 0;
    let mut of_body = false;
    for word in words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let is_of_body = BODIES.contains(&word.to_lowercase().as_str());
        of_body |= is_of_body;
        others += usize::from(!is_of_body && word.chars().count() > 1);
    }
    of_body && others > 0
}

#[cfg(test)]
mod tests {
    use super::names_a_body;

    #[test]
    fn bodies_are_told_from_people() {
        for body in [
            "American Psychiatric Association",
            "National Institute for Health",
            "Deutsche Gesellschaft für Psychiatrie",
        ] {
            assert!(names_a_body(body), "{body}");
        }
        for person in ["Myrna M. Weissman", "A. Group", "Society", "van Oppen, P.", "Anna Grouper"] {
            assert!(!names_a_body(person), "{person}");
        }
    }
}
