//! What stands in a new page until somebody writes there: `[Write here: what to write.]`.

/// How such a blank begins, by language.
const OPENINGS: [(&str, &str); 5] = [
    ("en", "[Write here:"),
    ("de", "[Hier schreiben:"),
    ("es", "[Escriba aquí:"),
    ("fr", "[Écrivez ici\u{a0}:"),
    ("it", "[Scriva qui:"),
];

/// A blank that says what to write, in one of these languages; English in any other.
pub fn blank(language: &str, what_to_write: &str) -> String {
    let opening = OPENINGS.iter().find(|(known, _)| *known == language).unwrap_or(&OPENINGS[0]).1;
    format!("{opening} {what_to_write}]")
}

/// Where such blanks stand in a text, whatever their language: from the opening bracket to the one that closes it on the same line.
/// Brackets within, as of a citation, come in pairs.
pub fn blanks(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut from = 0;
    memchr::memchr_iter(b'[', text.as_bytes()).filter_map(move |start| {
        let begins = start >= from && OPENINGS.iter().any(|(_, opening)| text[start..].starts_with(opening));
        begins.then(|| {
            from = end_of_blank(text, start);
            start..from
        })
    })
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
