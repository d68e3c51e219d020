//! Texts with blanks that other words fill: `{{title}}`, `{page}`.

/// The text with its blanks filled, by the names that stand between two marks. What fills a blank is never looked at again, whatever it
/// holds; a blank that nothing fills stays.
pub fn filled(text: &str, [open, close]: [&str; 2], blanks: &[(&str, &str)]) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        written.push_str(before);
        let blank = after.split_once(close).and_then(|(name, after)| {
            let (_, words) = blanks.iter().find(|(known, _)| *known == name)?;
            Some((*words, after))
        });
        let (words, after) = blank.unwrap_or((open, after));
        written.push_str(words);
        rest = after;
    }
    written + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fills_a_blank_is_not_read_as_a_blank() {
        let filled = |text, blanks: &[_]| filled(text, ["{{", "}}"], blanks);
        let blanks = [("a", "{{b}} {{a}}"), ("b", "B")];
        assert_eq!(filled("{{a}}-{{b}} {{c}} {{", &blanks), "{{b}} {{a}}-B {{c}} {{");
        assert_eq!(filled("no blanks", &blanks), "no blanks");
    }

    #[test]
    fn marks_may_be_single() {
        let filled = |text, blanks: &[_]| filled(text, ["{", "}"], blanks);
        assert_eq!(filled("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
        assert_eq!(filled("{a {b} {c}", &[("b", "2")]), "{a 2 {c}");
    }
}
