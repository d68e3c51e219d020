//! Reads the address of a link, as somebody wrote it or as somebody with bad intentions did.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::LinkFault;
use crate::source::SitePath;

/// What an address asks for, before anybody looks whether it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// A page of the web, a mailbox or a telephone.
    Web(String),
    /// A file, relative to the page; empty for the page itself. Percent signs are decoded.
    File { path: String, anchor: Option<String> },
}

/// Reads an address. Browsers forgive a lot in addresses, and harmful ones live off that, so this forgives nothing that
/// could make a reader's browser see something else than this function saw.
pub(super) fn read(written: &str) -> Result<Address, LinkFault> {
    let address = written.trim_matches(|c: char| c.is_ascii_control() || c == ' ');
    if let Some(scheme) = scheme(address) {
        return with_scheme(address, scheme);
    }
    if address.is_empty() {
        return Err(malformed("it is empty"));
    }
    if address.chars().any(char::is_control) {
        return Err(malformed("it holds an invisible control character"));
    }
    if address.starts_with("//") || address.starts_with("\\\\") {
        return Err(malformed("it starts with two slashes and does not say `https:`"));
    }
    if address.contains('\\') {
        return Err(malformed("it holds a backslash; folders are separated by `/`"));
    }
    file(address)
}

/// An address within the site that leads from one content file to another, escaped as Markdown and browsers need it.
pub fn reference(from: &SitePath, to: &SitePath) -> String {
    const ESCAPED: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'(').add(b')').add(b'<').add(b'>').add(b'?').add(b'\\');
    let relative = utf8_percent_encode(&from.relative_to(to.as_str()), ESCAPED).to_string();
    // A colon in the first segment would be read as a scheme.
    let first = relative.split('/').next().unwrap_or_default();
    if first.contains(':') { format!("./{relative}") } else { relative }
}

/// The scheme a browser would see, in lower case: it ignores tabs and line ends anywhere, and case.
fn scheme(address: &str) -> Option<String> {
    if !address.contains(':') {
        return None;
    }
    let seen: String = address.chars().filter(|c| !c.is_ascii_control()).take_while(|&c| c != '/').collect();
    let (scheme, _) = seen.split_once(':')?;
    let scheme = scheme.trim_end_matches(' ');
    let mut characters = scheme.chars();
    let starts_well = characters.next().is_some_and(|c| c.is_ascii_alphabetic());
    (starts_well && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')))
        .then(|| scheme.to_ascii_lowercase())
}

fn with_scheme(address: &str, scheme: String) -> Result<Address, LinkFault> {
    // A single letter is a drive of a Windows computer.
    if scheme.len() == 1 {
        return Err(LinkFault::OutsideSite);
    }
    if !matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel") {
        return Err(LinkFault::SchemeNotAllowed { scheme });
    }
    if address.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(malformed("it holds a space or an invisible character"));
    }
    let rest = &address[scheme.len() + 1..];
    match scheme.as_str() {
        "mailto" if !mailbox(rest) => Err(malformed("`mailto:` is not followed by an email address")),
        "tel" if !rest.chars().any(|c| c.is_ascii_digit()) => Err(malformed("`tel:` is not followed by a number")),
        "http" | "https" if !rest.starts_with("//") => {
            Err(malformed("two slashes are missing after the colon, as in `https://`"))
        }
        "http" | "https" if address.contains('\\') => Err(malformed("it holds a backslash")),
        "http" | "https" if !has_host(address) => Err(malformed("it names no web site")),
        _ => Ok(Address::Web(address.to_owned())),
    }
}

fn mailbox(rest: &str) -> bool {
    let address = rest.split('?').next().unwrap_or_default();
    address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
}

/// `https:///nhs.uk` is forgiven by browsers, but is a slip.
fn has_host(address: &str) -> bool {
    let no_third_slash = address.split('/').nth(2).is_some_and(|host| !host.is_empty());
    no_third_slash && url::Url::parse(address).is_ok_and(|url| url.host_str().is_some_and(|host| !host.is_empty()))
}

fn file(address: &str) -> Result<Address, LinkFault> {
    let (before, anchor) = match address.split_once('#') {
        Some((_, "")) => return Err(malformed("nothing follows the `#`")),
        Some((before, anchor)) => (before, Some(decode(anchor)?)),
        None => (address, None),
    };
    let path = decode(before.split('?').next().unwrap_or_default())?;
    if path.contains('\\') {
        return Err(malformed("it holds a backslash; folders are separated by `/`"));
    }
    if path.starts_with('/') {
        return Err(LinkFault::OutsideSite);
    }
    Ok(Address::File { path, anchor })
}

fn decode(part: &str) -> Result<String, LinkFault> {
    let decoded = percent_decode_str(part)
        .decode_utf8()
        .map_err(|_| malformed("a `%` in it is not followed by the code of a character"))?;
    if decoded.chars().any(char::is_control) {
        return Err(malformed("it holds an invisible control character"));
    }
    Ok(decoded.into_owned())
}

fn malformed(reason: &str) -> LinkFault {
    LinkFault::Malformed { reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, anchor: Option<&str>) -> Result<Address, LinkFault> {
        Ok(Address::File { path: path.into(), anchor: anchor.map(Into::into) })
    }

    #[test]
    fn files_are_decoded_and_lose_their_query() {
        assert_eq!(read("../a/b.md"), file("../a/b.md", None));
        assert_eq!(read("b%20c.md?x=1#what%20helps"), file("b c.md", Some("what helps")));
        assert_eq!(read("#top"), file("", Some("top")));
        assert_eq!(read("who:what/a.md").unwrap_err(), LinkFault::SchemeNotAllowed { scheme: "who".into() });
        assert_eq!(read("./who:what.md"), file("./who:what.md", None));
        assert_eq!(read("a%2e%2e%2Fb"), file("a../b", None));
    }

    #[test]
    fn harmful_schemes_are_seen_through_disguises() {
        for (written, seen) in [
            ("javascript:alert(1)", "javascript"),
            ("JaVaScRiPt:alert(1)", "javascript"),
            ("java\tscript:alert(1)", "javascript"),
            ("java\nscript\n:alert(1)", "javascript"),
            (" \u{1}javascript:alert(1)", "javascript"),
            ("javascript :alert(1)", "javascript"),
            ("vbscript:x", "vbscript"),
            ("DATA:text/html,x", "data"),
            ("file:///etc/passwd", "file"),
            ("ftp://a.org", "ftp"),
        ] {
            assert_eq!(read(written), Err(LinkFault::SchemeNotAllowed { scheme: seen.into() }), "{written:?}");
        }
    }

    #[test]
    fn addresses_out_of_the_site_are_told_apart_from_nonsense() {
        assert_eq!(read("/handouts/a.md"), Err(LinkFault::OutsideSite));
        assert_eq!(read("%2Fetc/passwd"), Err(LinkFault::OutsideSite));
        assert_eq!(read("C:\\papers\\a.md"), Err(LinkFault::OutsideSite));
        for nonsense in [
            "",
            "  ",
            "#",
            "a.md#",
            "//nhs.uk",
            "\\\\server\\a",
            "..\\a.md",
            "%5c%5cserver",
            "a%ff.md",
            "a%00.md",
            "a\u{7}b.md",
            "https:nhs.uk",
            "https://",
            "https:///nhs.uk",
            "https://a b.org",
            "https://nhs.uk\\@evil.org",
            "mailto:",
            "mailto:clinic",
            "tel:call-us",
            "ht\ttps://nhs.uk",
        ] {
            assert!(
                matches!(read(nonsense), Err(LinkFault::Malformed { .. })),
                "{nonsense:?} gave {:?}",
                read(nonsense)
            );
        }
    }

    #[test]
    fn the_web_stays_as_written() {
        for address in ["https://www.nhs.uk/a?b=c#d", "HTTP://nhs.uk", "mailto:a@b.org?subject=x", "tel:+44-116-123"] {
            assert_eq!(read(address), Ok(Address::Web(address.into())));
        }
    }

    #[test]
    fn a_reference_reads_back() {
        let reference_to = |to: &str| reference(&SitePath::new("content/a/b.md"), &SitePath::new(to));
        assert_eq!(reference_to("content/c/what helps (1).md"), "../c/what%20helps%20%281%29.md");
        assert_eq!(reference_to("content/a/c:d.md"), "./c:d.md");
        assert_eq!(read(&reference_to("content/a/50% #1?.md")), file("50% #1?.md", None));
    }
}
