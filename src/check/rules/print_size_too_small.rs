//! See the page beside this file.

use crate::check::style_sheet::{self, Declaration, of_own_theme};
use crate::check::{File, Rule};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::Site;

/// The least size of clear print, in points.
const CLEAR: f64 = 12.0;
/// The least size of large print.
const LARGE: f64 = 16.0;
/// What a browser takes when nobody says: 16 pixels.
const OF_BROWSER: f64 = 12.0;

pub(super) fn check(rule: &Rule, site: &Site, file: &File<'_>, found: &mut Vec<Diagnostic>) {
    let Some(css) = of_own_theme(site, file) else { return };
    for (declaration, points, least) in too_small(css) {
        let (what, aim) = if least == LARGE { ("large print", 18) } else { ("the text", 14) };
        let message = format!("{what} is set in {} points on paper, which is less than {least}", tidy(points));
        let at = Location::new(file.path, &declaration.span);
        found.push(rule.finding(at, message).hint(format!(
            "Set it in {least} points at least; {aim} is better. For paper alone, write it within `@media print {{ … }}`."
        )));
    }
}

/// What sets the size of running text on paper too small: the declaration, the size, and the least that it should be.
fn too_small(css: &str) -> Vec<(Declaration<'_>, f64, f64)> {
    let mut root = OF_BROWSER;
    let mut sized: Vec<(Text, Declaration<'_>, f64)> = Vec::new();
    for declaration in style_sheet::declarations(css) {
        if !declaration.is_printed() {
            continue;
        }
        let Some(size) = size(&declaration) else { continue };
        let texts = declaration.selector.split(',').filter_map(Text::of);
        let Some(text) = texts.min() else { continue };
        let Some(points) = points(size, if text == Text::Root { OF_BROWSER } else { root }, root) else { continue };
        if text == Text::Root {
            root = points;
        }
        // What is said later takes the place of what was said of the same text.
        sized.retain(|(known, ..)| *known != text);
        sized.push((text, declaration, points));
    }
    // The root's size is that of running text only as long as the body has none of its own.
    let has_body = sized.iter().any(|(text, ..)| *text == Text::Body);
    sized.retain(|(text, ..)| !(has_body && *text == Text::Root));
    let judged = sized.into_iter().map(|(text, declaration, points)| {
        let least = if text == Text::Large { LARGE } else { CLEAR };
        (declaration, points, least)
    });
    judged.filter(|(_, points, least)| *points + 0.01 < *least).collect()
}

/// Texts that have a least size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Text {
    Root,
    Body,
    Patients,
    Large,
    Paragraph,
}

impl Text {
    /// The text that a selector sets as a whole; nothing when it sets only a part of it, such as a caption.
    fn of(selector: &str) -> Option<Self> {
        match selector.trim() {
            "html" | ":root" => Some(Text::Root),
            "body" | "main" | ".body" => Some(Text::Body),
            ".for-patients" | "html.for-patients" | ".for-patients body" => Some(Text::Patients),
            "p" | "li" => Some(Text::Paragraph),
            selector if selector.starts_with("html:has(#larger") || selector == ".large-print" => Some(Text::Large),
            _ => None,
        }
    }
}

/// The size that a declaration asks for.
fn size<'c>(declaration: &Declaration<'c>) -> Option<&'c str> {
    match declaration.property.as_str() {
        "font-size" => Some(declaration.value),
        // In the shorthand the size is the first length, and perhaps a line height follows.
        "font" => declaration
            .value
            .split_whitespace()
            .map(|word| word.split('/').next().unwrap_or(word))
            .find(|word| {
                word.ends_with(char::is_alphabetic) && word.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            })
            .or_else(|| declaration.value.split_whitespace().find(|word| word.contains('%'))),
        _ => None,
    }
}

/// A size in points; nothing when it cannot be told.
fn points(size: &str, parent: f64, root: f64) -> Option<f64> {
    let size = size.trim().to_ascii_lowercase();
    let unit = size.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = size[..size.len() - unit.len()].parse::<f64>();
    let keyword = match size.as_str() {
        "medium" => Some(OF_BROWSER),
        "small" => Some(OF_BROWSER * 13.0 / 16.0),
        "x-small" => Some(OF_BROWSER * 10.0 / 16.0),
        "xx-small" => Some(OF_BROWSER * 9.0 / 16.0),
        "smaller" => Some(parent / 1.2),
        _ => None,
    };
    let of_unit = match unit {
        "pt" => 1.0,
        "px" => 0.75,
        "pc" => 12.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        "q" => 72.0 / 101.6,
        "em" => parent,
        "%" => parent / 100.0,
        "rem" => root,
        _ => return keyword,
    };
    Some(number.ok()? * of_unit)
}

/// A number with a decimal only when it has one.
fn tidy(points: f64) -> String {
    let rounded = format!("{points:.1}");
    rounded.strip_suffix(".0").map_or(rounded.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::theme::{Theme, tests::config};

    fn found(css: &str) -> Vec<(&str, String)> {
        too_small(css).into_iter().map(|(declaration, points, _)| (&css[declaration.span], tidy(points))).collect()
    }

    #[test]
    fn sizes_of_running_text_are_told_in_every_unit() {
        for (css, points) in [
            ("body{font-size:11pt}", "11"),
            ("body{font-size:15px}", "11.2"),
            ("body{font-size:4mm}", "11.3"),
            ("html{font-size:87.5%}", "10.5"),
            ("html{font-size:small}", "9.8"),
            ("body{font:0.9rem/1.5 serif}", "10.8"),
            ("body{font:italic bold 11pt/1.5 \"A 9pt B\",serif}", "11"),
            ("@media print{html{font-size:10pt}}", "10"),
            ("html{font-size:20px} @media print{body{font-size:.7rem}}", "10.5"),
            (".for-patients{font-size:11pt}", "11"),
            ("p{font-size:.9em}", "10.8"),
            ("html:has(#larger--text:checked){font-size:15pt}", "15"),
            ("p, li{font-size:10pt}", "10"),
        ] {
            let found = found(css);
            assert_eq!(found.iter().map(|(_, points)| points.as_str()).collect::<Vec<_>>(), [points], "{css}");
        }
    }

    #[test]
    fn sizes_that_are_fine_or_of_no_concern_are_left_alone() {
        for css in [
            "body{font-size:12pt}",
            "html{font-size:62.5%} body{font-size:1.6rem}",
            "html{font-size:9pt} @media print{html{font-size:12pt}}",
            "@media screen{body{font-size:10pt}}",
            ".quiet{font-size:9pt} figcaption{font-size:.8rem} .kind-quick-reference{font-size:9pt}",
            "body{font-size:calc(10pt + 1vw)} body{font:inherit} body{font:caption}",
            "html{font-size:} body{font-size:pt}",
        ] {
            assert_eq!(found(css), [], "{css}");
        }
    }

    #[test]
    fn the_built_in_theme_is_large_enough() {
        let theme = Theme::of(&config(Default::default()), &Sources::default());
        let css = std::str::from_utf8(&theme.files[Theme::STYLE].bytes).unwrap();
        assert_eq!(found(css), []);
        assert!(!found(&css.replace("font-size:14pt", "font-size:9pt")).is_empty());
    }
}
