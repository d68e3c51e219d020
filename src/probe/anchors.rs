//! Places on a fetched page that an anchor can name.

use html5gum::{Token, Tokenizer};
use percent_encoding::percent_decode_str;

/// Whether a page has the place that an anchor names.
pub(super) fn holds(html: &[u8], anchor: &str) -> bool {
    let decoded = percent_decode_str(anchor).decode_utf8_lossy();
    // What some code hosts put before the ids of their authors' headings.
    let prefixed = format!("user-content-{decoded}");
    let names = [anchor.as_bytes(), decoded.as_bytes(), prefixed.as_bytes()];
    Tokenizer::new(html).flatten().any(|token| match token {
        Token::StartTag(tag) => [&b"id"[..], &b"name"[..]]
            .iter()
            .filter(|attribute| **attribute == b"id" || *tag.name == b"a")
            .filter_map(|attribute| tag.attributes.get(*attribute))
            .any(|value| names.contains(&value.as_slice())),
        _ => false,
    })
}

/// The anchor of an address that names a place on a page; nothing if it is for a script, for a viewer of documents, or the top.
pub(super) fn of(fragment: Option<&str>) -> Option<&str> {
    let anchor = fragment?;
    let for_others = anchor.contains(":~:") || anchor.starts_with(['!', '/']) || anchor.contains('=');
    (!for_others && !anchor.is_empty() && !anchor.eq_ignore_ascii_case("top")).then_some(anchor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_ids_and_names_of_anchors() {
        let html = "<!doctype html><h2 id=\"what-helps\">x</h2><a name=old>y</a><p id='caf\u{e9}'><input name=field><!-- <p id=no> --><p id=\"user-content-readme\">";
        for anchor in ["what-helps", "old", "caf%C3%A9", "café", "readme"] {
            assert!(holds(html.as_bytes(), anchor), "{anchor}");
        }
        for anchor in ["what", "field", "no", "WHAT-HELPS"] {
            assert!(!holds(html.as_bytes(), anchor), "{anchor}");
        }
    }

    #[test]
    fn not_every_anchor_names_a_place() {
        assert_eq!(of(Some("what-helps")), Some("what-helps"));
        for other in ["", "top", ":~:text=x", "!/a", "/route", "page=3"] {
            assert_eq!(of(Some(other)), None, "{other}");
        }
    }
}
