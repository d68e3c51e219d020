//! Media queries as a sheet of paper answers them.

/// What a style sheet says a sheet of paper is like, in CSS pixels. The parts that are printed on, without margins, are what
/// queries are about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// Its margins: top, right, bottom, left.
    pub margins: [f64; 4],
}

/// CSS pixels in a millimetre.
pub const MILLIMETRE: f64 = 96.0 / 25.4;

/// A query that is never true.
const NEVER: &str = "not all";
/// A feature that is always there.
const TRUE: &str = "(min-width:0)";
/// A feature that never is.
const FALSE: &str = "(max-width:-1px)";

impl Default for Sheet {
    /// A4, with the margins that browsers leave.
    fn default() -> Self {
        Self { width: 210.0 * MILLIMETRE, height: 297.0 * MILLIMETRE, margins: [10.0 * MILLIMETRE; 4] }
    }
}

impl Sheet {
    fn printed_width(&self) -> f64 {
        self.width - self.margins[1] - self.margins[3]
    }
}

/// Rewrites a list of media queries so that it holds on a screen when it holds on the sheet. What is not understood stays.
pub fn on_paper(queries: &str, sheet: &Sheet) -> String {
    let queries = without_comments(queries);
    let rewritten: Vec<String> = split(&queries, ',').into_iter().map(|query| one(query, sheet)).collect();
    rewritten.join(",")
}

fn one(query: &str, sheet: &Sheet) -> String {
    let start = query.len() - query.trim_start().len();
    let (space, rest) = query.split_at(start);
    let (first, after_first) = word(rest);
    let (modifier, media, after) = match first.to_ascii_lowercase().as_str() {
        modifier @ ("not" | "only") => {
            let (media, after) = word(after_first.trim_start());
            (modifier.to_owned(), media, after)
        }
        _ => (String::new(), first, after_first),
    };
    let after = features(after, sheet);
    let holds = match media.to_ascii_lowercase().as_str() {
        // A query without a type, such as `(min-width: 40em)` or `not (hover)`.
        "" => return features(query, sheet),
        "print" | "all" => true,
        "screen" | "tty" | "tv" | "projection" | "handheld" | "braille" | "embossed" | "aural" | "speech" => false,
        _ => return query.to_owned(),
    };
    match (modifier == "not", holds) {
        (false, true) => format!("{space}all{after}"),
        (true, true) => format!("{space}not all{after}"),
        (false, false) => format!("{space}{NEVER}"),
        (true, false) => format!("{space}all"),
    }
}

/// The identifier that words start with, and what follows.
fn word(words: &str) -> (&str, &str) {
    words.split_at(words.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(words.len()))
}

/// Answers every feature in brackets that is different on paper.
fn features(conditions: &str, sheet: &Sheet) -> String {
    let mut out = String::with_capacity(conditions.len());
    let mut rest = conditions;
    while let Some(open) = rest.find('(') {
        // `style(…)` and the like are functions, which are not about media.
        let is_function = rest[..open].ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
        let Some(close) = closing(&rest[open..]).map(|length| open + length) else { break };
        let inner = &rest[open + 1..close];
        out.push_str(&rest[..open]);
        if is_function {
            out.push_str(&rest[open..=close]);
        } else if inner.trim_start().starts_with('(') || inner.trim_start().to_ascii_lowercase().starts_with("not") {
            out.push('(');
            out.push_str(&features(inner, sheet));
            out.push(')');
        } else {
            match feature(inner, sheet) {
                Some(true) => out.push_str(TRUE),
                Some(false) => out.push_str(FALSE),
                None => out.push_str(&rest[open..=close]),
            }
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

/// Where the bracket closes that words start with.
fn closing(words: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in words.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Whether the sheet has a feature; `None` for what a screen answers just as well, and for what is not understood.
fn feature(feature: &str, sheet: &Sheet) -> Option<bool> {
    let feature = feature.trim().to_ascii_lowercase();
    if let Some((name, value)) = feature.split_once(':') {
        let value = value.trim();
        return match name.trim() {
            "prefers-color-scheme" => Some(value == "light"),
            "orientation" => Some((value == "portrait") == (sheet.height >= sheet.width)),
            "hover" | "any-hover" | "pointer" | "any-pointer" | "update" => Some(value == "none"),
            "min-width" => Some(sheet.printed_width() >= length(value)?),
            "max-width" => Some(sheet.printed_width() <= length(value)?),
            _ => None,
        };
    }
    if matches!(feature.as_str(), "hover" | "any-hover" | "pointer" | "any-pointer" | "update") {
        return Some(false);
    }
    range(&feature, sheet.printed_width())
}

/// A range such as `width >= 40em` or `20em < width <= 40em`.
fn range(feature: &str, width: f64) -> Option<bool> {
    let (before, after) = feature.split_once("width")?;
    let (before, after) = (before.trim(), after.trim());
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let left = match before.strip_suffix(['<', '>', '=']) {
        None if before.is_empty() => true,
        None => return None,
        Some(_) => {
            let value = before.trim_end_matches(['<', '>', '=']);
            compare(length(value.trim())?, &before[value.len()..], width)?
        }
    };
    let right = if after.is_empty() {
        true
    } else {
        let value = after.trim_start_matches(['<', '>', '=']);
        compare(width, &after[..after.len() - value.len()], length(value.trim())?)?
    };
    Some(left && right)
}

fn compare(left: f64, comparison: &str, right: f64) -> Option<bool> {
    match comparison {
        "<" => Some(left < right),
        "<=" => Some(left <= right),
        ">" => Some(left > right),
        ">=" => Some(left >= right),
        "=" => Some((left - right).abs() < 0.01),
        _ => None,
    }
}

/// A length in CSS pixels. In media queries an em is the browser's own, whatever the page says.
pub fn length(words: &str) -> Option<f64> {
    let words = words.trim();
    let unit_at = words.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(words.len());
    let (number, unit) = words.split_at(unit_at);
    let number: f64 = number.parse().ok().filter(|number: &f64| number.is_finite())?;
    let pixels = match unit.to_ascii_lowercase().as_str() {
        "" if number == 0.0 => 1.0,
        "px" => 1.0,
        "em" | "rem" => 16.0,
        "mm" => MILLIMETRE,
        "cm" => 10.0 * MILLIMETRE,
        "q" => MILLIMETRE / 4.0,
        "in" => 96.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        _ => return None,
    };
    Some(number * pixels)
}

/// Splits at a character that stands outside brackets.
fn split(words: &str, at: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (place, character) in words.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if character == at && depth == 0 => {
                parts.push(&words[start..place]);
                start = place + character.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&words[start..]);
    parts
}

fn without_comments(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_answered_as_paper_does() {
        let cases = [
            ("print", "all"),
            ("screen", "not all"),
            (" Screen and (min-width:40em) , PRINT ", " not all, all "),
            ("only print and (min-width: 600px)", "all and (min-width:0)"),
            ("not print", "not all"),
            ("not screen and (color)", "all"),
            ("not print and (color)", "not all and (color)"),
            ("(prefers-color-scheme:dark)", FALSE),
            ("(prefers-color-scheme: light) and (color)", "(min-width:0) and (color)"),
            ("not (hover)", "not (max-width:-1px)"),
            ("((hover:none) or (width<10px))", "((min-width:0) or (max-width:-1px))"),
            ("(width >= 40em)", "(min-width:0)"),
            ("(20em < width <= 30em)", FALSE),
            ("(min-width:64em)", FALSE),
            ("(max-width:47.99em)", TRUE),
            ("(min-width:calc(1px + 2em))", "(min-width:calc(1px + 2em))"),
            ("screen/* and (\"print\" */", "not all"),
            ("(prefers-reduced-motion:no-preference)", "(prefers-reduced-motion:no-preference)"),
            ("paper", "paper"),
            ("print and (", "all and ("),
            ("(width", "(width"),
            (")", ")"),
            ("", ""),
        ];
        // 174 mm are 41.1 em.
        let sheet = Sheet { margins: [18.0 * MILLIMETRE; 4], ..Sheet::default() };
        for (query, expected) in cases {
            assert_eq!(on_paper(query, &sheet), expected, "{query}");
        }
    }
}
