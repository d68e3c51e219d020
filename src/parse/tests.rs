use super::*;
use crate::content::LinkRole;

fn config() -> Config {
    config::config(&Sources::default()).0
}

fn read(bytes: &[u8]) -> (Option<Arc<Document>>, Vec<Diagnostic>) {
    document(&SitePath::new("content/a.md"), &bytes.into(), &config(), &|key: &str| key.starts_with('k'))
}

fn rules(faults: &[Diagnostic]) -> Vec<&'static str> {
    faults.iter().map(|fault| fault.rule).collect()
}

const GUIDE: &str = "+++\nkind = \"session-guide\"\nid = \"SG-1\"\ntitle = \"T\"\nmaterials = [\"../m.md\"]\n+++\n\n[a](é.md) [@k1]\n\n## H\n";

#[test]
fn places_are_places_in_the_file_whatever_comes_before() {
    for text in [GUIDE.to_owned(), format!("\u{feff}{GUIDE}"), GUIDE.replace('\n', "\r\n"), format!("\n\n{GUIDE}")] {
        let (document, faults) = read(text.as_bytes());
        assert_eq!(faults, [], "{text}");
        let document = document.unwrap();
        let links: Vec<_> = document.links.iter().map(|link| (&text[link.span.clone()], link.value.role)).collect();
        assert_eq!(links, [("\"../m.md\"", LinkRole::Key), ("é.md", LinkRole::Link)]);
        assert_eq!(&text[document.citations[0].span.clone()], "[@k1]");
        assert_eq!(&text[document.citations[0].value.items[0].key_span.clone()].trim_start_matches('@'), &"k1");
        assert_eq!(&text[document.headings[0].span.clone()], "## H");
        assert_eq!(&text[document.blocks[0].span.clone()], "[a](é.md) [@k1]");
    }
}

#[test]
fn a_byte_order_mark_reaches_nothing() {
    let (document, _) = read(format!("\u{feff}{GUIDE}").as_bytes());
    assert!(!format!("{:?}", document.unwrap()).contains("feff"));
}

#[test]
fn a_page_that_cannot_be_read_is_no_page() {
    for (bytes, expected) in [
        (&b""[..], ["front-matter-missing"]),
        (b"Just text", ["front-matter-missing"]),
        (b"+++\ntitle = \"x\"\n", ["front-matter-unclosed"]),
        (b"+++\nkind = \"page\"\ntitle = \"x\"\n+++\nCaf\xe9", ["source-not-utf8"]),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ["source-binary"]),
    ] {
        let (document, faults) = read(bytes);
        assert_eq!((document.is_none(), rules(&faults)), (true, expected.to_vec()));
    }
}

#[test]
fn faults_of_the_body_are_told_even_when_the_front_matter_is_bad() {
    let (document, faults) = read(b"+++\ntitle = \"x\"\n+++\n\n:::nte\nA\0\n:::\n");
    assert!(document.is_none());
    assert_eq!(rules(&faults), ["source-nul", "front-matter-key-missing", "directive-unknown"]);
}

#[test]
fn an_empty_body_is_a_warning_and_the_page_is_made() {
    let text = "+++\nkind = \"page\"\ntitle = \"x\"\n+++\n \n";
    let (document, faults) = read(text.as_bytes());
    assert!(document.is_some());
    assert_eq!((faults[0].rule, faults[0].severity, faults.len()), ("body-empty", Severity::Warning, 1));
    assert_eq!(faults[0].at.span.start, text.rfind("+++").unwrap());
}

#[test]
fn all_pages_are_read_in_the_order_of_their_paths() {
    let mut sources = Sources::default();
    let page = "+++\nkind = \"page\"\ntitle = \"x\"\n+++\nText\n";
    for path in ["content/b.md", "content/sub/a.md", "content/a.md", "content/a.txt", "other/c.md"] {
        sources.files.insert(SitePath::new(path), page.as_bytes().into());
    }
    sources.files.insert(SitePath::new("content/bad.md"), (*b"x").into());
    let parsed = all(&sources, &config(), &mut Kept::default());
    let paths: Vec<&str> = parsed.documents.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["content/a.md", "content/b.md", "content/sub/a.md"]);
    assert_eq!(rules(&parsed.faults), ["front-matter-missing"]);
}

/// Cuts of a page that holds everything: whatever is cut off, nothing panics and every place lies within the file.
#[test]
fn no_cut_of_a_page_is_too_strange() {
    let page = "\u{feff}+++\nkind = \"evidence\"\nid = \"E\"\ntitle = \"é\"\naliases = [\"a.html\"]\n[question]\npopulation = \"p\"\n\
                [[findings]]\nstatement = \"s\"\neffect = { measure = \"SMD\", ci = [1, 2] }\n+++\n\n## H *e* {#h}\n\n:::note {title=\"Ü\" #n}\n\
                - [ ] a [@k1, p. 3; see @k2]\n  :::tip\n  ![i](x.svg \"t\")\n  :::\n:::\n\n> | a | b |\n> |---|:-:|\n> | 1 | `2` |\n\n\
                T\n: D[^f] <https://x.org> <b>\n\n[^f]: N [r]\n\n[r]: <y z.md> 'T'\n```\n:::x\n```\n@k3 [p. 4] \\@k &amp; 🙂";
    let cuts = (0..page.len()).filter(|&at| page.is_char_boundary(at));
    for at in cuts {
        for text in [&page[..at], &page[at..]] {
            let (document, faults) = read(text.as_bytes());
            let spans = faults.iter().map(|fault| fault.at.span.start..fault.at.span.end);
            let links = document.iter().flat_map(|document| document.links.iter().map(|link| link.span.clone()));
            for span in spans.chain(links) {
                assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
            }
        }
    }
}
