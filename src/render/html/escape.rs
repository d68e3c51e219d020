//! The one place where characters become HTML: everything that was written by a person passes through here.

/// Writes words between tags.
pub fn text(words: &str, out: &mut String) {
    escape(words, out, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    });
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
    escape(words, out, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        _ => None,
    });
}

fn escape(words: &str, out: &mut String, entity: impl Fn(char) -> Option<&'static str>) {
    let mut written = 0;
    for (at, character) in words.char_indices() {
        let replacement = match entity(character) {
            Some(entity) => entity,
            None if forbidden(character) => "",
            None => continue,
        };
        out.push_str(&words[written..at]);
        out.push_str(replacement);
        written = at + character.len_utf8();
    }
    out.push_str(&words[written..]);
}

/// Characters that may not stand in HTML at all; the parsers of browsers would replace or misread them.
fn forbidden(character: char) -> bool {
    let code = character as u32;
    matches!(code, 0..=8 | 0xB | 0xE..=0x1F | 0x7F..=0x9F | 0xFDD0..=0xFDEF) || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::{attribute, text};

    #[test]
    fn text_keeps_quotes_and_escapes_markup() {
        let mut out = String::new();
        text("say \"no\" & <script>alert('1')</script>\u{0}\u{85}\u{FFFE}", &mut out);
        assert_eq!(out, "say \"no\" &amp; &lt;script&gt;alert('1')&lt;/script&gt;");
    }

    #[test]
    fn attributes_cannot_be_left_through_either_quote() {
        let mut out = String::new();
        attribute("title", "'\"><script>T()</script>", &mut out);
        assert_eq!(out, " title=\"&#39;&quot;&gt;&lt;script&gt;T()&lt;/script&gt;\"");
    }
}
