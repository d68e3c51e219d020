//! Words from files and their names as a terminal may show them.

use std::borrow::Cow;

/// With a picture in place of every control character: a terminal would obey it. Line breaks stay.
pub(crate) fn visible(words: &str) -> Cow<'_, str> {
    if words.chars().any(is_obeyed) { words.chars().map(pictured).collect() } else { words.into() }
}

fn is_obeyed(character: char) -> bool {
    (character.is_control() && character != '\n') || turns_text(character)
}

/// Embeddings, overrides and isolates of the bidirectional algorithm: they turn the direction of what stands around them.
pub(crate) fn turns_text(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn pictured(character: char) -> char {
    match character {
        '\0'..='\u{1F}' if is_obeyed(character) => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        _ if is_obeyed(character) => '\u{FFFD}',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_is_left() {
        assert_eq!(visible("a\nb…"), "a\nb…");
        assert_eq!(visible("\u{1b}]0;pwn\u{7}\t\u{7f}\u{9b}\u{202e}"), "␛]0;pwn␇␉␡\u{fffd}\u{fffd}");
    }
}
