//! See the page beside this file.

use crate::check::wording::quoted;
use crate::check::{File, Rule, svg};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::Site;
use crate::source::{SitePath, Sources};

/// What browsers on old telephones and programs that make PDFs can still hold in memory.
const LONGEST_SIDE: usize = 16_384;
const MOST_PIXELS: usize = 100_000_000;

pub(super) fn check(rule: &Rule, site: &Site, file: &File<'_>, found: &mut Vec<Diagnostic>) {
    let Some(at) = file.shown.cloned().or_else(|| as_logo(site, file.path)) else { return };
    if let Some((why, hint)) = fault(file.path, file.bytes) {
        let name = file.path.as_str().strip_prefix(Sources::CONTENT).unwrap_or(file.path.as_str());
        found.push(rule.finding(at, format!("the picture {} cannot be shown: {why}", quoted(name))).hint(hint));
    }
}

/// Where the configuration names a picture as the site's logo.
fn as_logo(site: &Site, path: &SitePath) -> Option<Location> {
    let logo = site.config.theme.logo.as_ref().filter(|logo| logo.value == path.as_str())?;
    Some(Location::new(&SitePath::new(Sources::CONFIG), &logo.span))
}

/// Why a picture cannot be shown, and what to do about it.
fn fault(path: &SitePath, bytes: &[u8]) -> Option<(String, &'static str)> {
    const AGAIN: &str = "Save or download the picture again, open it once to see that it is whole, and copy it anew.";
    const SMALLER: &str = "Make the picture smaller: 2,000 dots on its longer side are plenty, also in print.";
    const OTHER: &str = "Save it as SVG (drawings), PNG (drawings, screens) or JPEG (photographs) and use that file.";
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    if bytes.is_empty() {
        return Some(("the file is empty (0 bytes)".into(), AGAIN));
    }
    let expected = match extension.as_str() {
        "svg" => return broken_svg(bytes).map(|why| (why, AGAIN)),
        "png" => Kind::Png,
        "jpg" | "jpeg" => Kind::Jpeg,
        "gif" => Kind::Gif,
        "webp" => Kind::Webp,
        "avif" => Kind::Avif,
        _ => return Some(("browsers do not show files of this kind".into(), OTHER)),
    };
    let Some(actual) = Kind::of(bytes) else {
        return Some((format!("it holds no {} picture", expected.name()), AGAIN));
    };
    if actual != expected {
        let why = format!("it is named .{extension} but holds a {} picture", actual.name());
        return Some((why, "Rename the file so that its ending says what it is."));
    }
    let Ok(size) = imagesize::blob_size(bytes) else {
        return Some(("it ends in the middle".into(), AGAIN));
    };
    if size.width == 0 || size.height == 0 {
        return Some(("it says that it is 0 dots wide or high".into(), AGAIN));
    }
    if size.width.max(size.height) > LONGEST_SIDE || size.width.saturating_mul(size.height) > MOST_PIXELS {
        return Some((format!("it is {} by {} dots, which is too large", size.width, size.height), SMALLER));
    }
    (!is_whole(actual, bytes)).then(|| ("it ends in the middle".into(), AGAIN))
}

fn broken_svg(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some("it is not stored as UTF-8 text, as an SVG has to be".into());
    };
    let (at, why) = svg::inspect(text).broken?;
    let line = bytes[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
    Some(format!("in line {line}, {why}"))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Png,
    Jpeg,
    Gif,
    Webp,
    Avif,
}

impl Kind {
    /// What the first bytes say that a file holds.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', ..] => Some(Kind::Png),
            [0xff, 0xd8, ..] => Some(Kind::Jpeg),
            [b'G', b'I', b'F', b'8', ..] => Some(Kind::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some(Kind::Avif),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Png => "PNG",
            Kind::Jpeg => "JPEG",
            Kind::Gif => "GIF",
            Kind::Webp => "WebP",
            Kind::Avif => "AVIF",
        }
    }
}

/// Whether a picture's end is there. Headers say nothing about that: an upload that broke off has a perfect header.
fn is_whole(kind: Kind, bytes: &[u8]) -> bool {
    match kind {
        Kind::Png => bytes.windows(8).rev().take(64 * 1024).any(|end| end == b"IEND\xae\x42\x60\x82"),
        Kind::Jpeg => after_jpeg_headers(bytes).is_some_and(|scan| scan.windows(2).any(|end| end == [0xff, 0xd9])),
        Kind::Gif => bytes.iter().rev().find(|&&byte| byte != 0) == Some(&0x3b),
        Kind::Webp => {
            let length = bytes.get(4..8).and_then(|length| length.try_into().ok()).map_or(u32::MAX, u32::from_le_bytes);
            bytes.len() as u64 >= u64::from(length) + 8
        }
        Kind::Avif => boxes_are_whole(bytes),
    }
}

/// The picture itself. The headers before it may hold a small preview, whose end is not the end of the picture; after it,
/// cameras append all sorts of things.
fn after_jpeg_headers(bytes: &[u8]) -> Option<&[u8]> {
    const START_OF_SCAN: u8 = 0xda;
    let mut rest = bytes.get(2..)?;
    loop {
        match rest {
            [0xff, 0xff, ..] => rest = &rest[1..],
            [0xff, START_OF_SCAN, after @ ..] => return Some(after),
            [0xff, _, high, low, ..] => rest = rest.get(2 + usize::from(u16::from_be_bytes([*high, *low])).max(2)..)?,
            _ => return None,
        }
    }
}

/// Walks the boxes that an AVIF is made of.
fn boxes_are_whole(mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        let Some(length) = bytes.get(..4).and_then(|length| length.try_into().ok()).map(u32::from_be_bytes) else {
            return false;
        };
        let length = match length {
            0 => return true,
            1 => match bytes.get(8..16).and_then(|length| length.try_into().ok()).map(u64::from_be_bytes) {
                Some(length) if length >= 16 => length,
                _ => return false,
            },
            2..8 => return false,
            _ => u64::from(length),
        };
        match usize::try_from(length).ok().and_then(|length| bytes.get(length..)) {
            Some(rest) => bytes = rest,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend(b"\x08\x02\0\0\0\0\0\0\0");
        bytes.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
        bytes
    }

    fn jpeg() -> Vec<u8> {
        let headers = b"\xff\xd8\xff\xe0\0\x12JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9\xff\xc0\0\x0b\x08\0\x09\0\x09\x01\x01\x11\0";
        [&headers[..], b"\xff\xda\0\x08\x01\x01\0\0\x3f\0\x2a\xff\xd9appended"].concat()
    }

    fn why(name: &str, bytes: &[u8]) -> Option<String> {
        fault(&SitePath::new(format!("content/figures/{name}")), bytes).map(|(why, _)| why)
    }

    #[test]
    fn whole_pictures_are_fine() {
        assert_eq!(why("a.png", &png(20, 10)), None);
        assert_eq!(why("a.JPG", &jpeg()), None);
        assert_eq!(why("a.gif", b"GIF89a\x09\0\x09\0\x80\0\0\0\0\0\0\0\0\x3b"), None);
        assert_eq!(why("a.svg", br#"<svg xmlns="http://www.w3.org/2000/svg"/>"#), None);
        let webp = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x08\0\0\x08\0\0";
        assert_eq!(why("a.webp", webp), None);
    }

    #[test]
    fn everything_else_is_explained() {
        let whole = png(20, 10);
        for (name, bytes, expected) in [
            ("a.jpg", &b""[..], "the file is empty (0 bytes)"),
            ("a.png", &whole[..whole.len() - 6], "it ends in the middle"),
            ("a.png", &whole[..18], "it ends in the middle"),
            ("a.png", &whole[..6], "it ends in the middle"),
            ("a.png", &png(60_000, 60_000), "it is 60000 by 60000 dots, which is too large"),
            ("a.png", &png(16_000, 16_000), "it is 16000 by 16000 dots, which is too large"),
            ("a.png", &png(0, 4), "it says that it is 0 dots wide or high"),
            ("a.png", b"<!doctype html><title>Not found</title>", "it holds no PNG picture"),
            ("a.jpg", &whole, "it is named .jpg but holds a PNG picture"),
            ("a.jpg", &jpeg()[..jpeg().len() - 10], "it ends in the middle"),
            ("a.gif", b"GIF89a\x09\0\x09\0\x80\0\0\0\0\0", "it ends in the middle"),
            ("a.webp", b"RIFF\x17\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x08\0\0\x08\0\0", "it ends in the middle"),
            ("a.tiff", b"II*\0", "browsers do not show files of this kind"),
            ("a.svg", b"<svg>\n<g>\n", "in line 3, it ends in the middle"),
            ("a.svg", b"\xff\xfe<\0", "it is not stored as UTF-8 text, as an SVG has to be"),
        ] {
            assert_eq!(why(name, bytes).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn boxes_have_to_fit() {
        assert!(boxes_are_whole(b"\0\0\0\x0cftypavif\0\0\0\x08mdat"));
        assert!(boxes_are_whole(b"\0\0\0\0mdat...."));
        for broken in
            [&b"\0\0\0\x0cftyp"[..], b"\0\0\0\x04ftyp", b"\0\0\0\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff", b"\0\0"]
        {
            assert!(!boxes_are_whole(broken), "{broken:?}");
        }
    }
}
