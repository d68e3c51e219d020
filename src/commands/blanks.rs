//! Files with blanks that people's own words fill: `{{title}}`.

use crate::content::blanks;

/// The text with its blanks, as in `{{title}}`, filled.
pub fn filled(text: &str, blanks: &[(&str, &str)]) -> String {
    blanks::filled(text, ["{{", "}}"], blanks)
}

/// Text as a value of TOML, quotation marks included.
pub fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Somebody's words on one line: no line ends or other control characters, no space at either end, no two in a row.
pub fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What names a project's folder on the command line; nothing when it is the one somebody is in.
pub fn root_argument(root: &std::path::Path) -> String {
    let root = root.display().to_string();
    match root.as_str() {
        "." | "./" | "" => String::new(),
        root if root.contains(char::is_whitespace) => format!(" --root \"{root}\""),
        root => format!(" --root {root}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_every_sort_reads_back_from_toml() {
        for text in ["", "It's \"so\" \\ and '''", "Für 抑郁 🙂", "\"\"\"", "a\\", "{{a}} # = ]", "\u{202e}x\u{feff}"]
        {
            let table: toml::Table = format!("key = {}", quoted(text)).parse().unwrap();
            assert_eq!(table["key"].as_str(), Some(text));
            assert!(!quoted(text).contains('\n'), "{text} takes one line");
        }
    }

    #[test]
    fn words_come_onto_one_line() {
        assert_eq!(one_line(" Sleeping\r\n\tbetter \u{7}now\u{85}"), "Sleeping better now");
        assert_eq!(one_line("\n\t"), "");
    }
}
