//! Names as BibTeX and BibLaTeX write them into CSL names.

use serde_json::{Map, Value, json};

use super::latex;

/// How an entry's options want names read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NameOptions {
    /// Whether “van” and the like belong to the family name.
    pub use_prefix: bool,
}

/// `Frank, Ellen and {World Health Organization} and others`
pub(super) fn names(value: &str, options: NameOptions) -> Vec<Value> {
    split_and(value).into_iter().map(str::trim).filter(|name| !name.is_empty()).map(|one| name(one, options)).collect()
}

/// Cuts at the word “and” outside braces.
pub(super) fn split_and(value: &str) -> Vec<&str> {
    let words = outside_braces(value, char::is_whitespace);
    let mut parts = Vec::new();
    let mut start = 0;
    for (from, to) in words {
        if value[from..to].eq_ignore_ascii_case("and") {
            parts.push(&value[start..from]);
            start = to;
        }
    }
    parts.push(&value[start..]);
    parts
}

/// The stretches between separators that stand outside braces, empty ones left out.
fn outside_braces(text: &str, separates: impl Fn(char) -> bool) -> Vec<(usize, usize)> {
    let mut depth = 0usize;
    let mut stretches = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => {}
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && separates(character) => {
                stretches.push((start, at));
                start = at + character.len_utf8();
            }
            _ => {}
        }
        escaped = character == '\\' && !escaped;
    }
    stretches.push((start, text.len()));
    stretches.retain(|(from, to)| from < to);
    stretches
}

fn name(text: &str, options: NameOptions) -> Value {
    if text.eq_ignore_ascii_case("others") {
        return json!({ "literal": "others" });
    }
    if is_one_group(text) {
        return json!({ "literal": latex::plain(text) });
    }
    let commas = commas(text);
    if commas.iter().all(|part| is_extended(part)) {
        return extended(&commas, options);
    }
    let words = |part: &str| -> Vec<String> {
        let separates = |c: char| c.is_whitespace() || c == '~';
        outside_braces(part, separates).into_iter().map(|(from, to)| part[from..to].to_owned()).collect()
    };
    let (given, von_last, suffix) = match commas.as_slice() {
        [] => return json!({ "literal": latex::plain(text) }),
        [all] => {
            let all = words(all);
            let capitals = all.iter().take_while(|word| is_capitalised(word)).count();
            // The last word is the family name, whatever it looks like.
            let given = capitals.min(all.len().saturating_sub(1));
            (all[..given].to_vec(), all[given..].to_vec(), Vec::new())
        }
        [von_last, given] => (words(given), words(von_last), Vec::new()),
        [von_last, suffix, given, ..] => (words(given), words(von_last), words(suffix)),
    };
    let von = von_last.iter().take_while(|word| !is_capitalised(word)).count();
    let von = von.min(von_last.len().saturating_sub(1));
    parts(&von_last[..von].join(" "), &von_last[von..].join(" "), &given.join(" "), &suffix.join(" "), options)
}

fn commas(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    let mut parts: Vec<&str> = parts.into_iter().map(str::trim).collect();
    while parts.len() > 1 && parts.last().is_some_and(|last| last.is_empty()) {
        parts.pop();
    }
    parts
}

fn parts(von: &str, family: &str, given: &str, suffix: &str, options: NameOptions) -> Value {
    let mut name = Map::new();
    let mut add = |key: &str, latex: &str| {
        let text = latex::plain(latex);
        if !text.is_empty() {
            name.insert(key.to_owned(), Value::String(text));
        }
    };
    add("family", family);
    add("given", given);
    add(if options.use_prefix { "non-dropping-particle" } else { "dropping-particle" }, von);
    add("suffix", suffix);
    Value::Object(name)
}

/// `family=Smith, given=Ann, prefix=van, useprefix=true`
fn extended(parts_written: &[&str], options: NameOptions) -> Value {
    let value = |wanted: &str| {
        parts_written.iter().find_map(|part| {
            let (key, value) = part.split_once('=')?;
            (key.trim() == wanted).then(|| value.trim().trim_matches('"'))
        })
    };
    let use_prefix = value("useprefix").map_or(options.use_prefix, |value| value == "true");
    let part = |name: &str| value(name).unwrap_or_default();
    parts(part("prefix"), part("family"), part("given"), part("suffix"), NameOptions { use_prefix })
}

fn is_extended(part: &str) -> bool {
    let key = part.split_once('=').map(|(key, _)| key.trim());
    key.is_some_and(|key| ["family", "given", "prefix", "suffix", "useprefix"].contains(&key) || key.ends_with("-i"))
}

/// Whether braces go around all of it.
fn is_one_group(text: &str) -> bool {
    let mut depth = 0usize;
    let closes_at = text.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(at)
    });
    text.starts_with('{') && closes_at == Some(text.len() - 1)
}

/// Whether a word starts as names do. Words in braces and words of scripts without capitals count as names.
fn is_capitalised(word: &str) -> bool {
    // `{\'e}` is a letter; `{von}` is protected.
    if word.starts_with('{') && !word.starts_with("{\\") {
        return true;
    }
    let first = latex::plain(word).chars().find(|c| c.is_alphanumeric());
    first.is_none_or(|first| !first.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_parts() {
        for (written, expected) in [
            ("Ellen Frank", r#"[{"family":"Frank","given":"Ellen"}]"#),
            ("Frank, Ellen", r#"[{"family":"Frank","given":"Ellen"}]"#),
            ("Reynolds, III, C. F.", r#"[{"family":"Reynolds","given":"C. F.","suffix":"III"}]"#),
            ("van Schaik, Anneke", r#"[{"family":"Schaik","given":"Anneke","dropping-particle":"van"}]"#),
            ("Marie-Claire de la Roche", r#"[{"family":"Roche","given":"Marie-Claire","dropping-particle":"de la"}]"#),
            ("{van Dyck}, R.", r#"[{"family":"van Dyck","given":"R."}]"#),
            ("{World Health Organization}", r#"[{"literal":"World Health Organization"}]"#),
            ("{Barnes and Noble} and others", r#"[{"literal":"Barnes and Noble"},{"literal":"others"}]"#),
            ("Garc{\\'\\i}a M{\\'a}rquez, Gabriel", r#"[{"family":"García Márquez","given":"Gabriel"}]"#),
            ("{\\'E}va~O'Hara", r#"[{"family":"O’Hara","given":"Éva"}]"#),
            ("bell hooks", r#"[{"family":"hooks","dropping-particle":"bell"}]"#),
            ("hooks, bell", r#"[{"family":"hooks","given":"bell"}]"#),
            ("Plato", r#"[{"family":"Plato"}]"#),
            ("水島, 広子", r#"[{"family":"水島","given":"広子"}]"#),
            ("A AND B\n and  C", r#"[{"family":"A"},{"family":"B"},{"family":"C"}]"#),
            (
                "family=Haan, given=Marten, prefix=de, useprefix=true",
                r#"[{"family":"Haan","given":"Marten","non-dropping-particle":"de"}]"#,
            ),
            ("Smith,", r#"[{"family":"Smith"}]"#),
            ("and", "[]"),
            ("", "[]"),
        ] {
            let read = serde_json::to_value(names(written, NameOptions::default())).unwrap();
            assert_eq!(read, serde_json::from_str::<Value>(expected).unwrap(), "for {written}");
        }
    }
}
