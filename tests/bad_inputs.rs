//! Bad inputs, one test each: nothing panics, nothing is lost or passed on in silence, and every message says where and how to mend it.
//!
//! What the terminal says is held to `tests/bad_inputs/NAME.txt`; `PSYCHOED_BLESS=1` writes what is said now.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use psychoed::diagnostic::Severity;
use psychoed::render::OutputFile;
use psychoed::report::{Format, Summary, write};
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Built, Memo, Options};

const CONFIG: &str = "title = \"Clinic\"\nlanguage = \"en\"\n[checks]\nreviewer-missing = \"off\"\npage-orphan = \"off\"\ncitation-unused-work = \"off\"\n";

struct Site {
    sources: Arc<Sources>,
    built: Built,
    /// What would be published.
    files: Vec<OutputFile>,
}

fn build(files: &[(&str, &[u8])]) -> Site {
    let mut sources = Sources::default();
    sources.files.insert(SitePath::new(Sources::CONFIG), CONFIG.into());
    for (path, bytes) in files {
        sources.files.insert(SitePath::new(path), (*bytes).into());
    }
    let sources = Arc::new(sources);
    let facts = Facts::on(jiff::civil::date(2026, 6, 1));
    let mut built = psychoed::build(&sources, &facts, &Options::default(), &mut Memo::default());
    let files: Mutex<Vec<OutputFile>> = Mutex::default();
    built.print(&facts, &|file| files.lock().unwrap().push(file));
    let files = if built.is_broken() { Vec::new() } else { files.into_inner().unwrap() };
    Site { sources, built, files }
}

impl Site {
    /// Holds what is said to the stored text.
    fn says(self, name: &str) -> Self {
        let actual = write(Format::Human, &self.built.diagnostics, &self.sources, &Summary::default(), false);
        let actual = actual.trim_end().to_owned() + "\n";
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_inputs").join(format!("{name}.txt"));
        if std::env::var_os("PSYCHOED_BLESS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &actual).unwrap();
        }
        assert_eq!(actual, fs::read_to_string(&path).unwrap_or_default(), "{} differs", path.display());
        self
    }

    /// Rules that found something at error level.
    fn errors(&self) -> Vec<&str> {
        let errors = self.built.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        errors.map(|found| found.rule).collect()
    }

    fn fails(self, rules: &[&str]) -> Self {
        assert_eq!(self.errors(), rules);
        assert!(self.files.is_empty(), "a build with errors writes nothing");
        self
    }

    fn passes(self) -> Self {
        assert_eq!(self.errors(), Vec::<&str>::new());
        assert!(!self.files.is_empty());
        self
    }

    fn file(&self, path: &str) -> &str {
        let file = self.files.iter().find(|file| file.path.as_str() == path);
        std::str::from_utf8(&file.unwrap_or_else(|| panic!("{path} was not written")).bytes).unwrap()
    }

    /// Every file written, as text where it is text.
    fn all_text(&self) -> String {
        self.files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect()
    }
}

fn page(body: &str) -> Vec<u8> {
    format!("+++\nkind = \"page\"\ntitle = \"Dose\"\n+++\n\n{body}\n").into_bytes()
}

const A: &str = "content/a.md";

#[test]
fn b01_a_byte_order_mark_is_no_part_of_the_text() {
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend(page("Text."));
    let site = build(&[(A, &bytes)]).passes();
    assert!(site.file("a.html").contains("Text."));
    assert!(!site.all_text().contains('\u{feff}'));
}

#[test]
fn b03_latin_1_is_an_error_at_the_first_bad_byte() {
    let mut bytes = page("Take 50 ");
    bytes.truncate(bytes.len() - 1);
    bytes.extend(b"\xb5g after the caf\xe9.\n");
    build(&[(A, &bytes)]).fails(&["source-not-utf8"]).says("b03-latin-1");
}

#[test]
fn b05_files_that_are_not_text_or_hold_nothing() {
    let mut nul = page("Take 50");
    nul.extend(b"\x00 mg.\n");
    let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01";
    let bare = b"+++\nkind = \"page\"\ntitle = \"Bare\"\n+++\n";
    build(&[
        ("content/bare.md", bare),
        ("content/bin.md", png),
        ("content/empty.md", b""),
        ("content/nul.md", &nul),
        ("content/other.md", &page("[x](gone.md)")),
    ])
    .fails(&["source-binary", "front-matter-missing", "source-nul", "link-target-missing"])
    .says("b05-not-text");
}

#[test]
fn an_empty_body_warns_and_is_published() {
    let site = build(&[("content/bare.md", b"+++\nkind = \"page\"\ntitle = \"Bare\"\n+++\n")]).passes();
    assert!(
        site.built.diagnostics.iter().any(|found| found.rule == "body-empty" && found.severity == Severity::Warning)
    );
    assert!(site.file("bare.html").contains("Bare"));
}

#[test]
fn b07_front_matter_that_is_never_closed() {
    let text = format!("+++\nkind = \"page\"\ntitle = \"Open\"\n\n{}", "More text.\n".repeat(300));
    build(&[(A, text.as_bytes())]).fails(&["front-matter-unclosed"]).says("b07-unclosed");
}

#[test]
fn b09_a_key_twice() {
    let text = b"+++\nkind = \"page\"\ntitle = \"A\"\nsummary = \"s\"\ntitle = \"B\"\n+++\n\nText.\n";
    build(&[(A, text)]).fails(&["front-matter-syntax"]).says("b09-key-twice");
}

#[test]
fn b11_a_misspelt_key() {
    let text = b"+++\nkind = \"page\"\ntitle = \"A\"\nreviwed = 2026-01-01\n+++\n\nText.\n";
    build(&[(A, text)]).fails(&["front-matter-key-unknown"]).says("b11-misspelt-key");
}

#[test]
fn b13_wrong_types_and_impossible_dates() {
    let text = b"+++\nkind = \"page\"\ntitle = \"A\"\nauthors = \"B. Writer\"\norder = \"3\"\n+++\n\nText.\n";
    build(&[(A, text)]).fails(&["front-matter-type", "front-matter-type"]).says("b13-wrong-types");
    let text = b"+++\nkind = \"page\"\ntitle = \"A\"\nreviewed = 2026-02-30\n+++\n\nText.\n";
    let site = build(&[(A, text)]).says("b13-impossible-date");
    assert_eq!(site.errors().len(), 1);
}

#[test]
fn b15_raw_html_is_refused() {
    let body = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n<meta http-equiv=refresh content=0>\n\nText <base href=//evil> text.";
    let site = build(&[(A, &page(body))]).says("b15-raw-html");
    assert!(site.errors().iter().all(|rule| *rule == "raw-html") && site.errors().len() >= 4);
}

#[test]
fn b17_hostile_titles_and_alt_texts_stay_text() {
    let payload = r#"'\"><script>T()</script>'"#;
    let body = "[m](a.md '\"><script>T()</script>')\n\n## \\\"\\>\\<script\\>T()\\</script\\>\n\n![\\\"\\>\\<script\\>T()\\</script\\>](x.svg '\"><script>T()</script>')";
    let title = format!("+++\nkind = \"page\"\ntitle = {payload}\nsummary = {payload}\n+++\n\n");
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>";
    let body = body
        .replace("[l](/a.md '\"><script>T()</script>')\n\n", "")
        .replace("## \\\"><script>T()</script>", "## \\\"\\>\\<script\\>T()\\</script\\>");
    let site = build(&[(A, format!("{title}{body}").as_bytes()), ("content/x.svg", svg)]).passes();
    let text = site.all_text();
    assert!(text.contains("T()"), "the payload is shown as text");
    assert!(!text.contains("<script>T()"), "and never as an element");
}

#[test]
fn b19_a_drawing_that_could_run_something() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" onload=\"T()\">\n<script>T()</script>\n<foreignObject/>\n<image href=\"http://evil.example/x.png\"/>\n</svg>\n";
    build(&[(A, &page("![A logo](logo.svg)")), ("content/logo.svg", svg.as_bytes())])
        .fails(&["image-svg-unsafe"; 4])
        .says("b19-svg");
}

#[test]
fn b23_a_link_in_the_wrong_case() {
    build(&[("content/Guide.md", &page("Text.")), ("content/other.md", &page("[x](guide.md)"))])
        .fails(&["link-case-wrong"])
        .says("b23-wrong-case");
}

#[test]
fn b25_anchors_that_do_not_exist_and_headings_that_repeat() {
    build(&[(A, &page("## Dose\n\n[x](#no-such-heading)\n\n[y](#doses)"))])
        .fails(&["link-anchor-missing", "link-anchor-missing"])
        .says("b25-anchors");
    let site = build(&[(A, &page("## Dose\n\nOne.\n\n## Dose\n\n[second](#dose-1)"))]).passes();
    assert!(site.file("a.html").contains("id=\"dose\"") && site.file("a.html").contains("id=\"dose-1\""));
}

#[test]
fn b27_pictures_that_cannot_be_shown() {
    let mut giant = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR".to_vec();
    giant.extend(60_000_u32.to_be_bytes());
    giant.extend(60_000_u32.to_be_bytes());
    giant.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    build(&[
        (A, &page("![a](empty.jpg) ![b](cut.png) ![c](giant.png)")),
        ("content/empty.jpg", b""),
        ("content/cut.png", b"\x89PNG\r\n\x1a\n\x00"),
        ("content/giant.png", &giant),
    ])
    .fails(&["image-unreadable"; 3])
    .says("b27-pictures");
}

#[test]
fn b29_two_sources_of_one_address() {
    build(&[("content/Same.md", &page("One.")), ("content/same.md", &page("Two."))])
        .fails(&["url-duplicate"])
        .says("b29-case");
    let alias = b"+++\nkind = \"page\"\ntitle = \"B\"\naliases = [\"a.html\"]\n+++\n\nText.\n";
    build(&[(A, &page("One.")), ("content/b.md", alias)]).fails(&["url-duplicate"]).says("b29-alias");
    build(&[("content/glossary.md", &page("[s](glossary.html)")), ("content/browse.md", &page("One."))])
        .says("b29-generated");
}

#[test]
fn b29_two_packs_of_one_address() {
    let config = format!("{CONFIG}id-duplicate = \"warn\"\n");
    let guide = |id: &str| {
        let keys = format!("kind = \"session-guide\"\ntitle = \"{id}\"\nid = \"{id}\"\nsessions = [2]");
        format!("+++\n{keys}\naudience = [\"clinician\"]\n+++\n\nText.\n").into_bytes()
    };
    for id in ["SG-2", "sg-2"] {
        let files = [(Sources::CONFIG, config.as_bytes()), (A, &guide("SG-2")), ("content/b.md", &guide(id))];
        let site = build(&files);
        let rules: Vec<&str> = site.errors().into_iter().filter(|rule| *rule == "url-duplicate").collect();
        assert_eq!(rules, ["url-duplicate"], "{id}");
    }
}

#[test]
fn b31_addresses_that_climb_out() {
    let aliases = r#"["../../x", "a/../../b.html", "/etc/x", "%2e%2e%2fx.html", 'a\..\b', ""]"#;
    let text = format!("+++\nkind = \"page\"\ntitle = \"A\"\naliases = {aliases}\n+++\n\nText.\n");
    let site = build(&[(A, text.as_bytes())]).says("b31-aliases");
    assert_eq!(site.errors().len(), 6);
    assert!(site.files.is_empty());
}

#[test]
fn b33_titles_without_a_latin_letter() {
    let body =
        |title: &str| format!("+++\nkind = \"page\"\ntitle = \"{title}\"\n+++\n\n## {title}\n\n## 🙂\n\nText.\n");
    let site = build(&[
        ("content/one.md", body("🙂🙂").as_bytes()),
        ("content/two.md", body("اكتئاب").as_bytes()),
        ("content/three.md", body("抑郁症").as_bytes()),
    ])
    .passes();
    for name in ["one.html", "two.html", "three.html"] {
        assert!(!site.file(name).contains("id=\"\""), "{name} has an empty anchor");
    }
    assert!(site.file("two.html").contains("id=\"اكتئاب\""));
}

const BIB: &str = "content/references.bib";

#[test]
fn b35_a_citation_key_twice() {
    let bib = "@book{a, author = {A, B.}, title = {One}, year = 2001, publisher = {P}}\n@book{a, author = {C, D.}, title = {Two}, year = 2002, publisher = {P}}\n";
    build(&[(A, &page("Text [@a].")), (BIB, bib.as_bytes())])
        .fails(&["bibliography-key-duplicate"])
        .says("b35-key-twice");
}

#[test]
fn b37_crossref_loops() {
    let bib = "@book{a, crossref={b}}\n@book{b, crossref={a}}\n@book{c, crossref={c}}\n";
    let site = build(&[(A, &page("Text [@a].")), (BIB, bib.as_bytes())]).says("b37-crossref-loop");
    assert!(site.errors().contains(&"bibliography-crossref-loop"));
}

#[test]
fn b39_oddities_of_real_bibliographies() {
    let bib = "@article{k1, author = {A, B.}, title = {One}, journal = {J}, year = 2001}@article{k2,\n  author = {C, D.}, title = {Two}, journal = {J}, year = 2002, ids = {alias1}}\n@Comment{jabref-meta: databaseType:bibtex;}\n@article{k3, author = {E, F.}, title = {Three}, journal = {J}, year = 2003, month = jly}\n";
    let site = build(&[(A, &page("[@k1; @k2; @alias1; @k3]")), (BIB, bib.as_bytes())]).says("b39-oddities");
    assert_eq!(site.errors(), ["bibliography-syntax"]);
}

fn theme(template: &str, more: &[(&str, &str)]) -> Site {
    let config = format!("{CONFIG}\n[theme]\nfolder = \"theme\"\n");
    let mut files = vec![
        (Sources::CONFIG.to_owned(), config.into_bytes()),
        (A.to_owned(), page("Text.")),
        ("theme/templates/page.html".to_owned(), template.as_bytes().to_vec()),
    ];
    for (path, text) in more {
        files.push(((*path).to_owned(), text.as_bytes().to_vec()));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    build(&files)
}

#[test]
fn b41_templates_that_never_end() {
    let site = theme("{% include \"page.html\" %}", &[]).says("b41-include-self");
    assert_eq!(site.errors(), ["template-broken"]);
    let deep = "{% if true %}".repeat(5_000) + &"{% endif %}".repeat(5_000);
    let site = theme(&deep, &[]);
    assert_eq!(site.errors(), ["template-broken"]);
    assert!(site.built.diagnostics.iter().all(|found| found.message.len() <= 4_096));
}

#[test]
fn b43_templates_with_mistakes() {
    for (name, template) in [
        ("undefined", "<p>\n{{ page.titel }}</p>"),
        ("missing-include", "{% include \"nowhere.html\" %}"),
        ("syntax", "<p>\n{% if page.title %}\n</p>"),
    ] {
        let site = theme(template, &[]).says(&format!("b43-{name}"));
        assert_eq!(site.errors(), ["template-broken"], "{name}");
        assert!(site.files.is_empty());
    }
}

#[test]
fn b45_a_level_and_a_rule_that_do_not_exist() {
    let config = "title = \"Clinic\"\nlanguage = \"en\"\n[checks]\ncrisis-line-mising = \"eror\"\n";
    build(&[(Sources::CONFIG, config.as_bytes())])
        .fails(&["config-rule-unknown", "config-value"])
        .says("b45-level-and-rule");
}
