//! The path of a request: decoded once, and refused when it means anything but a plain walk down from the top.

use percent_encoding::percent_decode_str;

/// Decodes a path as a browser sends it. `None` when no address of a site can look like this.
///
/// Nothing is mended: a path that is not plain is refused, since what one reader mends another takes literally.
pub(super) fn decode(raw: &str) -> Option<String> {
    if !raw.starts_with('/') || raw.contains('\\') || !escapes_are_plain(raw.as_bytes()) {
        return None;
    }
    let path = percent_decode_str(raw).decode_utf8().ok()?;
    if path.chars().any(char::is_control) {
        return None;
    }
    let mut parts = path[1..].split('/');
    let last = parts.next_back().unwrap_or_default();
    let goes_down = |part: &str| !matches!(part, "" | "." | "..");
    (parts.all(goes_down) && (last.is_empty() || goes_down(last))).then(|| path.into_owned())
}

/// Every `%` is followed by two hexadecimal digits, which do not stand for a slash of either kind: those would split a part in two.
fn escapes_are_plain(raw: &[u8]) -> bool {
    raw.iter().enumerate().filter(|(_, byte)| **byte == b'%').all(|(at, _)| match raw.get(at + 1..at + 3) {
        Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => {
            !digits.eq_ignore_ascii_case(b"2f") && !digits.eq_ignore_ascii_case(b"5c")
        }
        _ => false,
    })
}
