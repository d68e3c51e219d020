//! What stands in a new page until somebody writes there: `[Write here: what to write.]`.

/// The words that such a blank begins with, by language, and the colon after them.
const OPENINGS: [(&str, &str, &str); 5] = [
    ("en", "Write here", ":"),
    ("de", "Hier schreiben", ":"),
    ("es", "Escriba aquí", ":"),
    ("fr", "Écrivez ici", "\u{a0}:"),
    ("it", "Scriva qui", ":"),
];

/// A blank that says what to write, in one of these languages; English in any other.
pub fn blank(language: &str, what_to_write: &str) -> String {
    let (_, words, colon) = OPENINGS.iter().find(|(known, ..)| *known == language).unwrap_or(&OPENINGS[0]);
    format!("[{words}{colon} {what_to_write}]")
}

/// Where such blanks stand in a text, whatever their language: from the opening bracket to the one that closes it on the same line.
/// Brackets within, as of a citation, come in pairs.
pub fn blanks(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut from = 0;
    memchr::memchr_iter(b'[', text.as_bytes()).filter_map(move |start| {
        let begins = start >= from && opens(&text[start + 1..]);
        begins.then(|| {
            from = end_of_blank(text, start);
            start..from
        })
    })
}

/// Editors put in other spaces before a colon, or none.
fn opens(text: &str) -> bool {
    let after = OPENINGS.iter().find_map(|(_, words, _)| text.strip_prefix(words));
    after.is_some_and(|after| after.trim_start().starts_with(':'))
}

fn end_of_blank(text: &str, start: usize) -> usize {
    let line = &text[start..];
    let line = &line[..line.find(['\n', '\r']).unwrap_or(line.len())];
    let mut depth = 0;
    for (at, c) in line.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return start + at + 1;
        }
    }
    start + line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_known_whatever_space_stands_before_its_colon() {
        assert_eq!(blank("fr", "le texte."), "[Écrivez ici\u{a0}: le texte.]");
        for space in ["", " ", "\u{a0}", "\u{202f}"] {
            let text = format!("a [Écrivez ici{space}: b [@c].] d");
            assert_eq!(blanks(&text).map(|blank| &text[blank]).collect::<Vec<_>>(), [&text[2..text.len() - 2]]);
        }
        assert_eq!(blanks("[Write here] [Write here, please: x] Write here: y").count(), 0);
    }
}
