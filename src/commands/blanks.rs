//! Files with blanks that people's own words fill: `{{title}}`.

/// The text with its blanks filled. What fills a blank is never looked at again, whatever it holds.
pub fn filled(text: &str, blanks: &[(&str, &str)]) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        written.push_str(before);
        let blank = after.split_once("}}").and_then(|(name, after)| {
            let (_, words) = blanks.iter().find(|(known, _)| *known == name)?;
            Some((words, after))
        });
        match blank {
            Some((words, after)) => {
                written.push_str(words);
                rest = after;
            }
            None => {
                written.push_str("{{");
                rest = after;
            }
        }
    }
    written + rest
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
    fn what_fills_a_blank_is_not_read_as_a_blank() {
        let blanks = [("a", "{{b}} {{a}}"), ("b", "B")];
        assert_eq!(filled("{{a}}-{{b}} {{c}} {{", &blanks), "{{b}} {{a}}-B {{c}} {{");
        assert_eq!(filled("no blanks", &blanks), "no blanks");
    }

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
