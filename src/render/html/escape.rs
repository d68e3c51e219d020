//! The one place where characters become HTML: everything that was written by a person passes through here.

/// Writes words between tags.
pub fn text(words: &str, out: &mut String) {
    escape(
        words,
        |part| out.push_str(part),
        |character| match character {
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            _ => None,
        },
    );
}

/// Writes ` name="value"`. No attribute is ever written in another way.
pub fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    quoted(value, out);
    out.push('"');
}

/// Writes words so that they are safe between tags and within either kind of quotes.
pub fn quoted(words: &str, out: &mut String) {
    escape(words, |part| out.push_str(part), quoted_entity);
}

/// The same, handing on one part after the other.
pub fn quoted_parts(words: &str, put: impl FnMut(&str)) {
    escape(words, put, quoted_entity);
}

fn quoted_entity(character: char) -> Option<&'static str> {
    match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        _ => None,
    }
}

/// Writes JSON so that it can stand in a script element: nothing in it ends the element or starts a comment.
pub fn script(json: &str, out: &mut String) {
    let may_matter = |byte| matches!(byte, b'<' | b'>' | b'&' | 0xE2);
    let written = |character| match character {
        '&' => Some("\\u0026"),
        '<' => Some("\\u003c"),
        '>' => Some("\\u003e"),
        '\u{2028}' => Some("\\u2028"),
        '\u{2029}' => Some("\\u2029"),
        _ => None,
    };
    replace(json, |part| out.push_str(part), may_matter, written);
}

fn escape(words: &str, put: impl FnMut(&str), entity: impl Fn(char) -> Option<&'static str>) {
    let may_matter = |byte| MAY_MATTER[usize::from(byte)];
    replace(words, put, may_matter, |character| entity(character).or_else(|| forbidden(character).then_some("")));
}

/// Hands on words with some characters replaced. `may_matter` tells the bytes with which these begin, and perhaps others: to look
/// at bytes is several times as fast as to look at characters.
fn replace(
    words: &str,
    mut put: impl FnMut(&str),
    may_matter: impl Fn(u8) -> bool,
    replacement: impl Fn(char) -> Option<&'static str>,
) {
    let (mut written, mut at) = (0, 0);
    while let Some(found) = words.as_bytes()[at..].iter().position(|&byte| may_matter(byte)) {
        let start = at + found;
        let Some(character) = words[start..].chars().next() else { break };
        at = start + character.len_utf8();
        let Some(replacement) = replacement(character) else { continue };
        put(&words[written..start]);
        put(replacement);
        written = at;
    }
    put(&words[written..]);
}

/// Bytes with which a character may begin that is not written as it is.
const MAY_MATTER: [bool; 256] = {
    let mut matters = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        // Control characters, markup, the second block of controls (U+0080), and where non-characters are.
        matters[byte] = matches!(byte as u8, 0..0x20 | b'&' | b'<' | b'>' | b'"' | b'\'' | 0x7F | 0xC2 | 0xEF | 0xF0..=0xF4)
            && !matches!(byte as u8, b'\t' | b'\n' | b'\r');
        byte += 1;
    }
    matters
};

/// Characters that may not stand in HTML at all; the parsers of browsers would replace or misread them.
fn forbidden(character: char) -> bool {
    let code = character as u32;
    matches!(code, 0..=8 | 0xB | 0xE..=0x1F | 0x7F..=0x9F | 0xFDD0..=0xFDEF) || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_quotes_and_escapes_markup() {
        let mut out = String::new();
        text("say \"no\" & <script>alert('1')</script>\u{0}\u{85}\u{FFFE}", &mut out);
        assert_eq!(out, "say \"no\" &amp; &lt;script&gt;alert('1')&lt;/script&gt;");
    }

    #[test]
    fn every_character_that_is_not_written_as_it_is_begins_with_a_byte_that_may_matter() {
        for character in '\0'..=char::MAX {
            if quoted_entity(character).is_some() || forbidden(character) {
                let first = character.encode_utf8(&mut [0; 4]).as_bytes()[0];
                assert!(MAY_MATTER[usize::from(first)], "{character:?}");
            }
        }
    }

    #[test]
    fn nothing_ends_the_script_element() {
        let mut out = String::new();
        script("{\"name\":\"</script><!--\u{2028} – é &\u{2029}\"}", &mut out);
        assert_eq!(out, r#"{"name":"\u003c/script\u003e\u003c!--\u2028 – é \u0026\u2029"}"#);
    }

    #[test]
    fn attributes_cannot_be_left_through_either_quote() {
        let mut out = String::new();
        attribute("title", "'\"><script>T()</script>", &mut out);
        assert_eq!(out, " title=\"&#39;&quot;&gt;&lt;script&gt;T()&lt;/script&gt;\"");
    }
}
