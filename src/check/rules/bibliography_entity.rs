//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Site};

/// What catalogues most often leave in titles.
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("apos", "'"),
    ("gt", ">"),
    ("hellip", "…"),
    ("ldquo", "“"),
    ("lsquo", "‘"),
    ("lt", "<"),
    ("mdash", "—"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("quot", "\""),
    ("rdquo", "”"),
    ("rsquo", "’"),
];
/// No entity has a longer name.
const LONGEST: usize = 32;

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    for work in site.bibliography.works.values() {
        let text = site.sources.excerpt(work.path.as_str(), &work.span).unwrap_or_default();
        let mut from = 0;
        while let Some(at) = text[from..].find('&').map(|at| from + at) {
            from = at + 1;
            let Some(entity) = entity(&text[at..]) else { continue };
            let sign = meant(&entity[1..entity.len() - 1]);
            let hint = match sign.as_deref() {
                Some("&") if work.path.extension() == Some("bib") => "Write `\\&`.".to_owned(),
                Some(" ") => "Write a space.".to_owned(),
                Some(sign) => format!("Write `{sign}`."),
                None => "Write the sign itself.".to_owned(),
            };
            let start = work.span.start + at;
            let message = format!("{} holds {}, which readers see as it is", quoted(&work.key), quoted(entity));
            found.push(rule.finding(work.at(&(start..start + entity.len())), message).hint(hint));
        }
    }
}

/// The entity that a text starts with.
fn entity(text: &str) -> Option<&str> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let is_name = match name.strip_prefix('#') {
        Some(number) => number.starts_with(['x', 'X']) || number.bytes().all(|byte| byte.is_ascii_digit()),
        None => name.starts_with(|c: char| c.is_ascii_alphabetic()),
    };
    (name.len() >= 2 && is_name && name[1..].bytes().all(|byte| byte.is_ascii_alphanumeric())).then(|| &text[..=end])
}

fn meant(name: &str) -> Option<String> {
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
        None => number.parse().ok(),
    });
    let numbered = number.and_then(char::from_u32).filter(|c| !c.is_control()).map(String::from);
    numbered.or_else(|| NAMED.iter().find(|(known, _)| *known == name).map(|(_, sign)| (*sign).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{entity, meant};

    #[test]
    fn entities_are_told_from_other_signs() {
        for (text, sign) in [("&amp; more", "&"), ("&#8217;s", "’"), ("&#x2013;", "–"), ("&nbsp;", " ")] {
            let found = entity(text).unwrap();
            assert_eq!(meant(&found[1..found.len() - 1]).as_deref(), Some(sign), "{text}");
        }
        assert_eq!((entity("&eacute;"), meant("eacute")), (Some("&eacute;"), None));
        for other in ["& more;", "&;", "&a", "&#;", "&a b;", "&é;", "&1;", "&", "?a=1&b=2;"] {
            assert_eq!(entity(other), None, "{other}");
        }
    }
}
