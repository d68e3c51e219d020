//! Addresses as they stand in pages: relative, and encoded so that a name with a space or a `#` in it still works.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::source::{SitePath, Sources};

/// What cannot stand in a fragment.
const IN_FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What cannot stand in the path of a relative reference. A colon could, but not in its first segment.
const IN_PATH: &AsciiSet = &IN_FRAGMENT.add(b':').add(b'?');

/// The reference that leads from the page at `from` to the file at `target`; both within one edition.
pub fn relative(from: &SitePath, target: &str) -> String {
    encoded(&from.relative_to(target))
}

/// A path of the output as an address has it.
pub fn encoded(path: &str) -> String {
    // Nearly all of them, which this is the quick way to know.
    if path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_')) {
        return path.to_owned();
    }
    utf8_percent_encode(path, IN_PATH).to_string()
}

/// `#` and an anchor as an address has it.
pub fn fragment(anchor: &str) -> String {
    format!("#{}", utf8_percent_encode(anchor, IN_FRAGMENT))
}

/// Where a file of the content folder goes within an edition.
pub fn of_file(path: &SitePath) -> &str {
    path.as_str().strip_prefix(Sources::CONTENT).unwrap_or(path.as_str())
}

/// Where the file at an address within an edition comes from, if it is one of the content folder.
pub fn source_of_file(path: &str) -> SitePath {
    SitePath::new(format!("{}{path}", Sources::CONTENT))
}

/// Where the page at an address within an edition comes from, if somebody wrote it.
pub fn source_of_page(url: &str) -> Option<SitePath> {
    Some(SitePath::new(format!("{}{}.md", Sources::CONTENT, url.strip_suffix(".html")?)))
}

/// A page's absolute address, given that of its edition's folder. The home page's is the folder itself.
pub fn absolute(base: &str, url: &str) -> String {
    format!("{base}{}", encoded(if url == "index.html" { "" } else { url }))
}

/// Where a folder starts on its own server: `/library/` of `https://clinic.example/library/`.
pub fn on_server(base: &str) -> String {
    url::Url::parse(base).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_work_at_every_depth() {
        let cases = [
            ("index.html", "handouts/grief.html", "handouts/grief.html"),
            ("handouts/grief.html", "handouts/loss.html", "loss.html"),
            ("handouts/grief.html", "index.html", "../index.html"),
            ("course/unit-1/start.html", "handouts/grief.html", "../../handouts/grief.html"),
            ("course/unit-1/start.html", "course/unit-2/end.html", "../unit-2/end.html"),
            ("index.html", "a: b#c?.html", "a%3A%20b%23c%3F.html"),
            ("index.html", "handouts/dolor-é.html", "handouts/dolor-%C3%A9.html"),
        ];
        for (from, target, expected) in cases {
            assert_eq!(relative(&SitePath::new(from), target), expected, "from {from} to {target}");
        }
    }

    #[test]
    fn anchors_are_encoded() {
        assert_eq!(fragment("what-helps"), "#what-helps");
        assert_eq!(fragment("qué \"ayuda\""), "#qu%C3%A9%20%22ayuda%22");
    }
}
