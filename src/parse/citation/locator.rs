//! Where in a work: tells a locator from the words behind it, as pandoc does.

use crate::content::Locator;

/// Labels as people write them (in lower case, without a full stop), with the CSL term each stands for.
const LABELS: &[(&str, &[&str])] = &[
    ("appendix", &["appendix", "appendices", "app", "apps"]),
    ("article-locator", &["article", "articles", "art", "arts"]),
    ("book", &["book", "books", "bk", "bks"]),
    ("chapter", &["chapter", "chapters", "chap", "chaps", "ch", "chs"]),
    ("column", &["column", "columns", "col", "cols"]),
    ("equation", &["equation", "equations", "eq", "eqs"]),
    ("figure", &["figure", "figures", "fig", "figs"]),
    ("folio", &["folio", "folios", "fol", "fols"]),
    ("issue", &["number", "numbers", "no", "nos", "issue", "issues"]),
    ("line", &["line", "lines", "l", "ll"]),
    ("note", &["note", "notes", "n", "nn"]),
    ("opus", &["opus", "opera", "op", "opp"]),
    ("page", &["page", "pages", "p", "pp", "pg", "pgs"]),
    ("paragraph", &["paragraph", "paragraphs", "para", "paras", "¶", "¶¶"]),
    ("part", &["part", "parts", "pt", "pts"]),
    ("rule", &["rule", "rules", "r", "rr"]),
    ("scene", &["scene", "scenes", "sc", "scs"]),
    ("section", &["section", "sections", "sec", "secs", "sect", "sects", "§", "§§"]),
    ("sub-verbo", &["sub verbo", "sub verbis", "s.v", "s.vv"]),
    ("supplement", &["supplement", "supplements", "supp", "supps", "suppl"]),
    ("table", &["table", "tables", "tbl", "tbls"]),
    ("timestamp", &["timestamp", "timestamps"]),
    ("verse", &["verse", "verses", "v", "vv"]),
    ("volume", &["volume", "volumes", "vol", "vols"]),
];

/// Splits what follows a key into a locator and the words behind it.
pub(super) fn split(suffix: &str) -> (Option<Locator>, String) {
    let trimmed = suffix.trim_start();
    let inner = trimmed.strip_prefix(',').unwrap_or(trimmed).trim_start();
    let found = if inner.starts_with('{') { braced(inner) } else { integrated(inner) };
    match found {
        Some((locator, rest)) => (locator, rest.trim().to_owned()),
        None => (None, suffix.trim().to_owned()),
    }
}

/// `{pp. iv, vi-xi}`: everything between the braces, whatever it is. `{}` says that there is no locator.
fn braced(text: &str) -> Option<(Option<Locator>, &str)> {
    let mut depth = 0usize;
    let close = text.char_indices().find_map(|(at, character)| {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let inner = text[1..close].trim();
    let (label, value) = label(inner).unwrap_or(("page", inner));
    let locator = (!value.is_empty()).then(|| locator(label, value));
    Some((locator, &text[close + 1..]))
}

/// A label with numbers, or numbers alone, which are pages.
fn integrated(text: &str) -> Option<(Option<Locator>, &str)> {
    let (label, values, labelled) = match label(text) {
        Some((label, values)) if word(values).is_some_and(|word| counts(word, true)) => (label, values, true),
        _ => ("page", text, false),
    };
    let first = word(values).filter(|word| counts(word, labelled))?;
    let mut end = first.len();
    loop {
        let rest = &values[end..];
        let separator = rest.strip_prefix([',', ';']).unwrap_or(rest);
        let next = separator.trim_start();
        // Without a comma or a space between, it would be the same word.
        if next.len() == rest.len() {
            break;
        }
        match word(next).filter(|word| counts(word, labelled)) {
            Some(word) => end += rest.len() - next.len() + word.len(),
            None => break,
        }
    }
    Some((Some(locator(label, &values[..end])), &values[end..]))
}

fn locator(label: &str, value: &str) -> Locator {
    Locator { label: label.to_owned(), value: value.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// The label that a text starts with, and what follows it.
fn label(text: &str) -> Option<(&'static str, &str)> {
    // Most of what follows a key is no label, which its first character tells.
    let first = text.chars().next()?.to_lowercase().next();
    let spellings = LABELS.iter().flat_map(|(term, words)| words.iter().map(move |word| (*term, *word)));
    let spellings = spellings.filter(|(_, word)| word.chars().next() == first);
    let matches = spellings.filter_map(|(term, word)| {
        let start = text.get(..word.len())?;
        let rest = &text[word.len()..];
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        let whole = !word.ends_with(char::is_alphabetic) || !text[word.len()..].starts_with(char::is_alphanumeric);
        (whole && start.to_lowercase() == word).then_some((term, rest.trim_start(), word.len()))
    });
    matches.max_by_key(|(_, _, length)| *length).map(|(term, rest, _)| (term, rest))
}

/// The word that a text starts with: up to a space or punctuation, but with hyphens, colons, inner full stops and balanced
/// brackets, as in `S12-S19`, `1.2.3`, `34(1)(i)` or `[17]-[18]`.
fn word(text: &str) -> Option<&str> {
    let mut end = 0;
    while let Some(character) = text[end..].chars().next() {
        let rest = &text[end..];
        let length = match character {
            '(' | '[' => match balanced(rest) {
                Some(length) => length,
                None => break,
            },
            '-' | '‐' | '‑' | '–' | '—' | ':' | '/' | '*' => character.len_utf8(),
            '.' if rest[1..].starts_with(char::is_alphanumeric) => 1,
            _ if character.is_alphanumeric() => character.len_utf8(),
            _ => break,
        };
        end += length;
    }
    (end > 0).then(|| &text[..end])
}

/// How long the bracket that a text starts with is, if it holds one word.
fn balanced(text: &str) -> Option<usize> {
    let close = if text.starts_with('(') { ')' } else { ']' };
    let end = text.find(|c: char| c == close || c.is_whitespace())?;
    text[end..].starts_with(close).then_some(end + 1)
}

/// Whether a word can be part of a locator: it has a digit or, behind a label, is a Roman numeral.
fn counts(word: &str, roman_too: bool) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) || roman_too && word.split(|c: char| !c.is_alphanumeric()).any(is_roman)
}

fn is_roman(word: &str) -> bool {
    let mut rest = word.to_ascii_lowercase();
    for numeral in
        ["m", "m", "m", "cm", "d", "cd", "c", "c", "c", "xc", "l", "xl", "x", "x", "x", "ix", "v", "iv", "i", "i", "i"]
    {
        if let Some(shorter) = rest.strip_prefix(numeral) {
            rest = shorter.to_owned();
        }
    }
    !word.is_empty() && rest.is_empty()
}
