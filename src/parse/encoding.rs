//! Bytes into text, and what to say when they are none.

use crate::diagnostic::{Diagnostic, Location};
use crate::source::{SitePath, Span};

/// A file's text.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// All of it, a byte order mark included, so that places in it are places in the file.
    pub all: &'a str,
    /// Where it starts in earnest: after the byte order mark, if there is one.
    pub start: usize,
}

/// How many bytes are looked at to tell whether a file is text at all.
const PROBE: usize = 8000;

/// Reads a file as UTF-8. A NUL is reported and the rest still read; `None` when the bytes cannot be read as text.
pub fn text<'a>(path: &SitePath, bytes: &'a [u8], faults: &mut Vec<Diagnostic>) -> Option<Text<'a>> {
    match std::str::from_utf8(bytes) {
        Ok(all) if looks_binary(bytes) => {
            faults.push(binary(path, all.len()));
            None
        }
        Ok(all) => {
            faults.extend(nul(path, bytes));
            Some(Text { all, start: if all.starts_with('\u{feff}') { 3 } else { 0 } })
        }
        Err(error) => {
            faults.push(not_utf8(path, bytes, error.valid_up_to()));
            None
        }
    }
}

fn looks_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"%PDF-") || bytes.starts_with(b"{\\rtf") {
        return true;
    }
    let probe = &bytes[..bytes.len().min(PROBE)];
    // Every other format that people mistake for text has many of these; most files have none, which is quick to tell.
    let control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    probe.contains(&0) && probe.iter().filter(control).count() > (probe.len() / 10).max(3)
}

fn binary(path: &SitePath, length: usize) -> Diagnostic {
    Diagnostic::error("source-binary", point(path, 0, length), "this looks like a binary file, not like text")
        .hint("Is it a picture, a PDF or a word processor's document? Give it its own ending, or save it as plain text in UTF-8.")
}

fn nul(path: &SitePath, bytes: &[u8]) -> Option<Diagnostic> {
    // Nearly no file has one, and looking for whether is many times as fast as looking for where.
    if !bytes.contains(&0) {
        return None;
    }
    let first = bytes.iter().position(|&byte| byte == 0)?;
    let more = bytes[first..].iter().filter(|&&byte| byte == 0).count() - 1;
    let message = match more {
        0 => "there is a NUL character here, which no text may hold".to_owned(),
        _ => format!("there is a NUL character here, which no text may hold, and {more} more below"),
    };
    let hint = "Delete it: editors show it as `^@`, as a box, or not at all.";
    Some(Diagnostic::error("source-nul", point(path, first, bytes.len()), message).hint(hint))
}

fn not_utf8(path: &SitePath, bytes: &[u8], bad: usize) -> Diagnostic {
    let probe = &bytes[..bytes.len().min(PROBE)];
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if is_utf16 {
        return Diagnostic::error("source-not-utf8", point(path, 0, bytes.len()), "this file is not UTF-8 but UTF-16")
            .hint("Some editors call it “Unicode”. Save the file again as UTF-8.");
    }
    if probe.contains(&0) || looks_binary(bytes) {
        return binary(path, bytes.len());
    }
    let byte = bytes.get(bad).copied().unwrap_or_default();
    let hint = match in_windows_1252(byte) {
        Some(meant) => format!("Was it saved as Windows-1252? There this byte is “{meant}”. Save it again as UTF-8."),
        None => "Was it saved as Windows-1252 or in another old encoding? Save it again as UTF-8.".to_owned(),
    };
    let message = format!("this file is not UTF-8: the byte {byte:02X} here stands for no character");
    Diagnostic::error("source-not-utf8", point(path, bad, bytes.len()), message).hint(hint)
}

/// The byte at a place.
fn point(path: &SitePath, at: usize, length: usize) -> Location {
    let span: Span = at..(at + 1).min(length);
    Location::new(path, &span)
}

/// What a byte from 80 on means on old Windows systems of western countries.
fn in_windows_1252(byte: u8) -> Option<char> {
    const FROM_80: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => Some(FROM_80[usize::from(byte) - 0x80]).filter(|&meant| meant != '\0'),
        0xa1..=0xac | 0xae..=0xff => Some(char::from(byte)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(bytes: &[u8]) -> Vec<(&'static str, String, String, std::ops::Range<usize>)> {
        let mut faults = Vec::new();
        text(&SitePath::new("content/a.md"), bytes, &mut faults);
        let told = |fault: Diagnostic| {
            (fault.rule, fault.message, fault.hint.unwrap_or_default(), fault.at.span.start..fault.at.span.end)
        };
        faults.into_iter().map(told).collect()
    }

    #[test]
    fn a_byte_order_mark_is_skipped_and_places_stay_true() {
        let bytes = b"\xef\xbb\xbf+++";
        let read = text(&SitePath::new("a.md"), bytes, &mut Vec::new()).unwrap();
        assert_eq!((&read.all[read.start..], read.start), ("+++", 3));
    }

    #[test]
    fn the_first_byte_of_another_encoding_is_shown_with_what_it_means_there() {
        assert_eq!(
            faults(b"+++\n+++\nTake 50 \xb5g at the caf\xe9"),
            [(
                "source-not-utf8",
                "this file is not UTF-8: the byte B5 here stands for no character".to_owned(),
                "Was it saved as Windows-1252? There this byte is “µ”. Save it again as UTF-8.".to_owned(),
                16..17
            )]
        );
        assert!(faults(b"It\x92s")[0].2.contains("“’”"));
        assert!(!faults(b"It\x81s")[0].2.contains("byte is"));
    }

    #[test]
    fn utf16_pictures_and_documents_are_told_apart() {
        assert_eq!(faults(b"\xff\xfe+\0+\0+\0")[0].1, "this file is not UTF-8 but UTF-16");
        for binary in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"%PDF-1.7\n1 0 obj", b"PK\x03\x04\x14\0\x06\0\x08\0\0\0"]
        {
            assert_eq!(faults(binary)[0].0, "source-binary");
            assert_eq!(faults(binary)[0].1, "this looks like a binary file, not like text");
        }
    }

    #[test]
    fn a_nul_is_reported_once_and_the_rest_is_read() {
        let bytes = b"+++\n+++\nNot \0 and \0 here, in a sentence long enough to be one";
        assert!(text(&SitePath::new("a.md"), bytes, &mut Vec::new()).is_some());
        let found = faults(bytes);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].0, found[0].3.clone()), ("source-nul", 12..13));
        assert_eq!(found[0].1, "there is a NUL character here, which no text may hold, and 1 more below");
    }

    #[test]
    fn ordinary_text_has_no_fault() {
        assert_eq!(faults("Tabs\tand\r\nlines and \u{1b}[0m and µ ½ 日本 🙂".as_bytes()), []);
        assert_eq!(faults(b""), []);
    }
}
