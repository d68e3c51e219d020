//! Pages as PDFs.
#![cfg(feature = "pdf")]
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use psychoed::diagnostic::Diagnostic;
use psychoed::render::print::{Printing, Shelf};
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Built, Memo, Options, build, load};

const FACTS: Facts = Facts::on(jiff::civil::date(2026, 11, 22));
/// Errors that the fixture has on purpose.
const ON_PURPOSE: [&str; 1] = ["review-overdue"];
/// A theme's file that says in a PDF's metadata, which is plain text, all that the sheet is made of.
const TELLS_ALL: &str = r#"#let doc = json("/doc.json")
#set document(title: doc.title, description: read("/doc.json"))
#heading(doc.title)
"#;

#[test]
fn every_sheet_of_every_kind_is_accessible() {
    let sheets = sheets(&mut built(fixture(), None));
    let mut paths: Vec<&str> =
        sheets.keys().map(String::as_str).filter(|path| !path.ends_with("-letter.pdf")).collect();
    let letter = sheets.len() - paths.len();
    assert_eq!(letter, paths.len());
    paths.retain(|path| path.starts_with("clinician/"));
    assert_eq!(
        paths,
        [
            "clinician/ending-large-print.pdf",
            "clinician/ending.pdf",
            "clinician/grief-large-print.pdf",
            "clinician/grief.pdf",
            "clinician/known-large-print.pdf",
            "clinician/known.pdf",
            "clinician/module-instructor-large-print.pdf",
            "clinician/module-instructor.pdf",
            "clinician/module-large-print.pdf",
            "clinician/module.pdf",
            "clinician/packs/session-sg-1-large-print.pdf",
            "clinician/packs/session-sg-1.pdf",
            "clinician/session-large-print.pdf",
            "clinician/session.pdf",
            "clinician/suited-large-print.pdf",
            "clinician/suited.pdf",
            "clinician/walk-large-print.pdf",
            "clinician/walk.pdf",
        ]
    );
    for (path, pdf) in &sheets {
        assert_eq!(faults(pdf), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let first = sheets(&mut built(fixture(), None));
    assert_eq!(first, sheets(&mut built(fixture(), None)));
    let built = built(fixture(), None);
    let press = built.press.as_ref().unwrap();
    for (path, together) in &first {
        assert_eq!(*press.file(path).unwrap().unwrap(), **together, "{path}");
    }
}

#[test]
fn nothing_for_clinicians_is_in_a_patients_sheet_and_nothing_for_instructors_in_a_learners() {
    let told = told(fixture());
    let holders = |secret: &str| -> Vec<&str> {
        told.iter().filter(|(_, all)| all.contains(secret)).map(|(path, _)| path.as_str()).collect()
    };
    // Clinicians have it on the screen; what they print is handed over.
    let page = built(fixture(), None).press.unwrap().file("clinician/grief.html").unwrap().unwrap();
    assert!(String::from_utf8_lossy(&page).contains("SECRET-CLINICIAN"));
    assert_eq!(holders("SECRET-CLINICIAN"), [""; 0]);
    assert_eq!(
        holders("SECRET-INSTRUCTOR"),
        [
            "clinician/module-instructor-large-print-letter.pdf",
            "clinician/module-instructor-large-print.pdf",
            "clinician/module-instructor-letter.pdf",
            "clinician/module-instructor.pdf",
        ]
    );
    let patients: Vec<&str> = told.keys().map(String::as_str).filter(|path| path.starts_with("patient/")).collect();
    assert_eq!(patients.len(), 8, "{patients:?}");
    let grief = &told["patient/grief.pdf"];
    for (needle, why) in [
        ("$x$ #label", "text is never markup"),
        ("patient/c/HO-GRIEF.html?v=1.2", "where its readers learn whether it is current"),
        ("\"overdue\":true", "it is overdue"),
        ("116 123", "crisis lines"),
        ("WS-WALK", "the id of a sheet that a link leads to"),
        ("doi.org/10.1000/xyz123", "the address of a source"),
    ] {
        assert!(grief.contains(needle), "{needle} is missing: {why}");
    }
}

#[test]
fn pages_link_to_their_sheets() {
    let built = built(fixture(), None);
    let html = built.press.unwrap().file("patient/grief.html").unwrap().unwrap();
    let html = String::from_utf8(html.to_vec()).unwrap();
    let links: Vec<&str> = html
        .split("<a href=\"")
        .filter_map(|rest| rest.split_once("</a>"))
        .map(|(link, _)| link)
        .filter(|link| link.contains(".pdf"))
        .collect();
    assert_eq!(
        links,
        [
            "grief.pdf\" type=\"application/pdf\">PDF (A4)",
            "grief-large-print.pdf\" type=\"application/pdf\">PDF (large print, A4)",
            "grief-letter.pdf\" type=\"application/pdf\">PDF (US Letter)",
            "grief-large-print-letter.pdf\" type=\"application/pdf\">PDF (large print, US Letter)",
        ]
    );
}

#[test]
fn without_being_asked_for_there_are_no_sheets() {
    let (sources, memo) = (fixture(), &mut Memo::default());
    let built = build(&Arc::new(sources), &FACTS, &Options::default(), memo);
    let press = built.press.unwrap();
    assert!(press.sheets(&|file| panic!("{} was printed", file.path)).is_empty());
    assert!(press.file("patient/grief.pdf").is_none());
    let html = press.file("patient/grief.html").unwrap().unwrap();
    assert!(!String::from_utf8(html.to_vec()).unwrap().contains(".pdf"));
}

#[test]
fn what_was_printed_is_kept_until_something_changes() {
    let shelf = Arc::new(InMemory::default());
    let first = sheets(&mut built(fixture(), Some(shelf.clone())));
    let kept = shelf.files.lock().unwrap().clone();
    assert_eq!(kept.len(), first.len());
    assert_eq!(sheets(&mut built(fixture(), Some(shelf.clone()))), first);
    assert_eq!(*shelf.puts.lock().unwrap(), first.len(), "nothing was printed again");

    let mut edited = fixture();
    replace(&mut edited, "content/ending.md", "Say goodbye", "Say farewell");
    let after = sheets(&mut built(edited, Some(shelf.clone())));
    assert_eq!(*shelf.puts.lock().unwrap(), first.len() + 4, "one page on two papers in two layouts");
    assert_ne!(after["clinician/ending.pdf"], first["clinician/ending.pdf"]);

    shelf.files.lock().unwrap().values_mut().for_each(|bytes| bytes.truncate(100));
    assert_eq!(sheets(&mut built(fixture(), Some(shelf.clone()))), first, "what is damaged is printed again");
}

#[test]
fn a_character_that_cannot_be_printed_is_found_where_it_was_typed() {
    let mut sources = fixture();
    replace(&mut sources, "content/walk.md", "I came back.", "I came 🙂 back ☐, e\u{301} ½.");
    let built = built(sources, None);
    let found: Vec<&Diagnostic> = built.diagnostics.iter().filter(|found| found.rule == "glyph-missing").collect();
    let [found] = found[..] else { panic!("{found:?}") };
    let text = built.site.as_ref().unwrap().sources.text("content/walk.md").unwrap();
    assert_eq!(&text[found.at.span.start..found.at.span.end], "🙂");
    assert_eq!(
        found.message,
        "“☐” (U+2610), “🙂” (U+1F642) cannot be printed: no font of the sheets has these characters"
    );
    assert_eq!(
        found.hint.as_deref(),
        Some("For boxes to tick, write a list between `:::checklist` and `:::`; they are drawn.")
    );
}

#[test]
fn a_quick_reference_that_needs_a_second_page_names_the_section() {
    let mut sources = fixture();
    let many = "## Too much\n\n".to_owned() + &"One more line to look at.\n\n".repeat(200) + "## Watch for";
    replace(&mut sources, "content/ending.md", "## Watch for", &many);
    let found: Vec<String> = printed(&mut built(sources, None)).1.iter().map(|found| found.message.clone()).collect();
    assert_eq!(found, ["this quick reference does not fit one printed page: “Too much” runs over"]);
}

/// What is kept in one piece without being measured has to be short, however few letters it has.
#[test]
fn a_box_with_many_short_lines_is_divided_among_pages() {
    let mut sources = fixture();
    let many = ":::tip\n".to_owned() + &"Go.\\\n".repeat(200) + "Go.\n:::\n\n:::figure";
    let pages = |sources| {
        let sheets = sheets(&mut built(sources, None));
        ["", "-large-print"].map(|variant| {
            let document = lopdf::Document::load_mem(&sheets[&format!("clinician/grief{variant}.pdf")]).unwrap();
            document.get_pages().len()
        })
    };
    let before = pages(fixture());
    replace(&mut sources, "content/grief.md", ":::figure", &many);
    // A page holds fewer than 50 lines of standard print.
    let now = pages(sources);
    assert!(now.iter().zip(before).all(|(now, before)| *now >= before + 4), "{before:?} {now:?}");
}

#[test]
fn what_typst_cannot_lay_out_is_a_finding_at_the_page() {
    let mut sources = fixture();
    replace(&mut sources, "content/references.bib", "in brief", "in 漢 brief");
    let (_, found) = printed(&mut built(sources, None));
    let at: Vec<&str> = found.iter().map(|found| found.at.path.as_str()).collect();
    assert!(found.iter().all(|found| found.rule == "sheet-broken"), "{found:?}");
    assert_eq!(
        at,
        [
            "content/ending.md",
            "content/grief.md",
            "content/known.md",
            "content/module.md",
            "content/session.md",
            "content/suited.md",
        ]
    );
    assert!(found[0].message.starts_with("this cannot be printed: PDF/UA-1 error: "), "{}", found[0].message);
}

#[test]
fn a_fault_in_the_sites_own_theme_stands_there() {
    let mut sources = with_theme(fixture(), "sheet.typ", "#let doc = json(\"/doc.json\")\n#doc.titel\n");
    sources.files.retain(|path, _| !path.as_str().ends_with(".md") || path.as_str().ends_with("walk.md"));
    let (_, found) = printed(&mut built(sources, None));
    let [found] = &found[..] else { panic!("{found:?}") };
    assert_eq!(found.at.path.as_str(), "looks/pdf/sheet.typ");
    assert_eq!(
        found.message,
        "the sheet of “A short walk” cannot be laid out: dictionary does not contain key \"titel\""
    );
}

/// German has the longest words of all that psychoed speaks.
#[test]
fn long_words_neither_leave_the_page_nor_run_into_others() {
    let page = |title: &str, table: &str| {
        format!(
            "+++\nkind = \"worksheet\"\nid = \"LONG\"\nversion = \"1\"\ntitle = \"{title}\"\n+++\n\n## {LONGEST} planen\n\n{table}\n\n:::safety\nRuf an.\n:::\n"
        )
    };
    let table = |cells: &[&str], rows: &[&str]| {
        let row = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
        row(cells) + &row(&vec!["---"; cells.len()]) + &row(rows)
    };
    let symptoms =
        ["Körperempfindungen", "Gedanken", "Sicherheitsverhalten", "Wahrscheinlichkeit", "Bewältigungsstrategie"];
    let situation = ["Supermarkt", "Ich falle um", "Einkaufswagen festhalten", "80 Prozent", "Bauchatmung"];
    let filled = table(&symptoms, &situation);
    let to_fill_in = table(&symptoms, &[""; 5]);
    let too_many = table(&[symptoms, symptoms].concat(), &[situation, situation].concat());
    let wide = table(
        &["Aufmerksamkeitsdefizitstörung", "Entspannungsübungen", "Wiedereingliederungsmaßnahmen", LONGEST],
        &["Verhaltenstherapeutische Maßnahmen", "Atmung", "Rehabilitationseinrichtung", "Kurz"],
    );
    for (title, table) in [
        ("Entspannungsübungen", filled),
        ("Aufmerksamkeitsdefizitstörung", to_fill_in),
        ("Wiedereingliederungsmaßnahmen planen", too_many),
        ("Arbeitsunfähigkeitsbescheinigungen verstehen", wide),
    ] {
        for has_code in [true, false] {
            let mut sources = fixture();
            sources.files.retain(|path, _| !path.as_str().ends_with(".md"));
            sources.files.insert(SitePath::new("content/long.md"), page(title, &table).as_bytes().into());
            replace(&mut sources, Sources::CONFIG, "language = \"en-GB\"", "language = \"de-DE\"");
            if !has_code {
                replace(&mut sources, Sources::CONFIG, "base-url = \"https://clinic.example/library/\"\n", "");
            }
            for (path, pdf) in sheets(&mut built(sources, None)) {
                let faults = out_of_place(&pdf, has_code);
                assert_eq!(faults, Vec::<String>::new(), "{path} of “{title}”, with a code: {has_code}");
            }
        }
    }
}

const LONGEST: &str = "Arbeitsunfähigkeitsbescheinigungen";

/// A piece of text on a page, in points.
#[derive(Debug)]
struct Piece {
    left: f32,
    right: f32,
    baseline: f32,
    size: f32,
}

/// Text that runs off the paper, into other text, or under the code beside the title.
fn out_of_place(pdf: &[u8], has_code: bool) -> Vec<String> {
    const MARGIN: f32 = 56.0;
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let mut found = Vec::new();
    for (number, page) in document.get_pages() {
        let paper = document.get_dictionary(page).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
        let width = paper[2].as_float().unwrap();
        let pieces = pieces(&document, page);
        assert!(!pieces.is_empty());
        for (at, piece) in pieces.iter().enumerate() {
            let is_title = number == 1 && piece.size > 28.0;
            let edge = width - MARGIN - if is_title && has_code { 85.0 } else { 0.0 };
            let hits = |other: &&Piece| {
                let beside = other.right.min(piece.right) - other.left.max(piece.left) < 1.0;
                !beside && (other.baseline - piece.baseline).abs() < 0.4 * piece.size.min(other.size)
            };
            found.extend((piece.right > edge + 2.0).then(|| format!("page {number}: {piece:?} ends after {edge}")));
            found.extend(pieces[at + 1..].iter().find(hits).map(|other| format!("page {number}: {piece:?} {other:?}")));
        }
    }
    found
}

/// Where text stands on a page.
fn pieces(document: &lopdf::Document, page: lopdf::ObjectId) -> Vec<Piece> {
    let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, f32>> = document
        .get_page_fonts(page)
        .unwrap()
        .into_iter()
        .map(|(name, font)| (name, advances(document, font)))
        .collect();
    let numbers =
        |operands: &[lopdf::Object]| -> Vec<f32> { operands.iter().filter_map(|it| it.as_float().ok()).collect() };
    let mut pieces = Vec::new();
    let mut place = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let (mut kept, mut text, mut font, mut size) = (Vec::new(), place, &BTreeMap::new(), 0.0);
    for operation in document.get_and_decode_page_content(page).unwrap().operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "q" => kept.push(place),
            "Q" => place = kept.pop().unwrap(),
            "cm" => place = times(&numbers(operands), &place),
            "Tm" => text = times(&numbers(operands), &[1.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
            "Tf" => (font, size) = (&fonts[operands[0].as_name().unwrap()], operands[1].as_float().unwrap()),
            "Td" => text = times(&[&[1.0, 0.0, 0.0, 1.0][..], &numbers(operands)].concat(), &text),
            "Tj" | "TJ" => {
                let shown = operands[0].as_array().map_or(&operands[..], |array| &array[..]);
                let wide: f32 = shown
                    .iter()
                    .map(|part| match part.as_str() {
                        Ok(glyphs) => {
                            glyphs.chunks(2).filter_map(|it| font.get(&u16::from_be_bytes([it[0], it[1]]))).sum()
                        }
                        Err(_) => -part.as_float().unwrap(),
                    })
                    .sum();
                let whole = times(&text, &place);
                let scale = whole[0].abs();
                let (left, right) = (whole[4], whole[4] + wide / 1000.0 * size * scale);
                pieces.push(Piece { left, right, baseline: whole[5], size: size * scale });
            }
            _ => {}
        }
    }
    pieces
}

fn times(a: &[f32], b: &[f32; 6]) -> [f32; 6] {
    let row = |x: f32, y: f32| (x * b[0] + y * b[2], x * b[1] + y * b[3]);
    let ((m0, m1), (m2, m3), (m4, m5)) = (row(a[0], a[1]), row(a[2], a[3]), row(a[4], a[5]));
    [m0, m1, m2, m3, m4 + b[4], m5 + b[5]]
}

/// How wide each glyph of a font is, in thousandths of its size.
fn advances(document: &lopdf::Document, font: &lopdf::Dictionary) -> BTreeMap<u16, f32> {
    let Ok(inner) = font.get(b"DescendantFonts").and_then(|fonts| fonts.as_array()) else { return BTreeMap::new() };
    let inner = document.get_dictionary(inner[0].as_reference().unwrap()).unwrap();
    let mut widths = BTreeMap::new();
    let mut rest = inner.get(b"W").unwrap().as_array().unwrap().iter();
    while let (Some(first), Some(next)) = (rest.next(), rest.next()) {
        let first = u16::try_from(first.as_i64().unwrap()).unwrap();
        match next.as_array() {
            Ok(each) => widths.extend((first..).zip(each.iter().map(|width| width.as_float().unwrap()))),
            Err(_) => {
                let last = u16::try_from(next.as_i64().unwrap()).unwrap();
                let width = rest.next().unwrap().as_float().unwrap();
                widths.extend((first..=last).map(|glyph| (glyph, width)));
            }
        }
    }
    widths
}

/// The fixture's files.
fn fixture() -> Sources {
    load::project(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/print")).unwrap()
}

fn replace(sources: &mut Sources, path: &str, from: &str, to: &str) {
    let text = sources.text(path).unwrap();
    assert!(text.contains(from), "{from} is not in {path}");
    let text = text.replace(from, to);
    sources.files.insert(SitePath::new(path), text.as_bytes().into());
}

/// The same project with a file of its own among those that lay out sheets.
fn with_theme(mut sources: Sources, file: &str, text: &str) -> Sources {
    replace(&mut sources, Sources::CONFIG, "[theme]\n", "[theme]\nfolder = \"looks\"\n");
    sources.files.insert(SitePath::new(format!("looks/pdf/{file}")), text.as_bytes().into());
    sources
}

fn built(sources: Sources, shelf: Option<Arc<dyn Shelf>>) -> Built {
    let options = Options { printing: Printing { wanted: true, shelf }, ..Options::default() };
    build(&Arc::new(sources), &FACTS, &options, &mut Memo::default())
}

/// Every sheet by its path, and what was found while printing.
fn printed(built: &mut Built) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
    let sheets = Mutex::new(BTreeMap::new());
    let mut found = built.press.as_ref().unwrap().sheets(&|file| {
        let twice = sheets.lock().unwrap().insert(file.path.to_string(), file.bytes.to_vec());
        assert_eq!(twice, None, "{} is made twice", file.path);
    });
    found.sort_by(|a, b| a.at.cmp(&b.at));
    (sheets.into_inner().unwrap(), found)
}

/// Every sheet of a site that has nothing wrong with it.
fn sheets(built: &mut Built) -> BTreeMap<String, Vec<u8>> {
    let errors = |found: &&Diagnostic| {
        found.severity == psychoed::diagnostic::Severity::Error && !ON_PURPOSE.contains(&found.rule)
    };
    assert_eq!(built.diagnostics.iter().filter(errors).collect::<Vec<_>>(), Vec::<&Diagnostic>::new());
    let (sheets, found) = printed(built);
    assert_eq!(found, []);
    sheets
}

/// All that each sheet of a site is made of, as text.
fn told(sources: Sources) -> BTreeMap<String, String> {
    let mut sources = with_theme(sources, "sheet.typ", TELLS_ALL);
    sources.files.insert(SitePath::new("looks/pdf/pack.typ"), TELLS_ALL.as_bytes().into());
    let sheets = sheets(&mut built(sources, None));
    let unescaped = |pdf: Vec<u8>| String::from_utf8_lossy(&pdf).replace("&quot;", "\"").replace("&amp;", "&");
    sheets.into_iter().map(|(path, pdf)| (path, unescaped(pdf))).collect()
}

/// What keeps a PDF from passing PDF/UA-1.
fn faults(pdf: &[u8]) -> Vec<String> {
    let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
    let report = validate_pdf_bytes(pdf, &options).unwrap();
    report.failures.iter().map(ToString::to_string).collect()
}

/// A shelf that counts what is put there.
#[derive(Debug, Default)]
struct InMemory {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    puts: Mutex<usize>,
}

impl Shelf for InMemory {
    fn take(&self, name: &str) -> Option<Vec<u8>> {
        self.files.lock().unwrap().get(name).cloned()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        *self.puts.lock().unwrap() += 1;
        self.files.lock().unwrap().insert(name.to_owned(), bytes.to_vec());
    }
}

#[test]
fn a_page_is_printed_by_its_id_its_file_or_its_address() {
    let folder = tempfile::TempDir::new().unwrap();
    let project = folder.path().join("project");
    for (path, bytes) in &fixture().files {
        let path = project.join(path.as_str());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let print = |arguments: &[&str]| {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_psychoed"))
            .args(["print", "--root", "project", "--today", "2025-06-01"])
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        (run.status.code(), String::from_utf8(run.stderr).unwrap())
    };
    let said = |file: &str| (Some(0), format!("Printed “A short walk”: open {file}\n"));
    assert_eq!(print(&["ws-walk"]), said("walk.pdf"));
    assert_eq!(print(&["project/content/walk.md", "--variant", "large-print"]), said("walk-large-print.pdf"));
    assert_eq!(print(&["https://clinic.example/library/patient/walk.html", "--output", "x.pdf"]), said("x.pdf"));
    assert_eq!(
        std::fs::read(folder.path().join("walk.pdf")).unwrap(),
        std::fs::read(folder.path().join("x.pdf")).unwrap()
    );
    for (arguments, message) in [
        (&["WS-WLAK"][..], "there is no page or pack “WS-WLAK”; did you mean “WS-WALK”?"),
        (
            &["QR-ENDING", "--edition", "patient"],
            "“Ending at a glance” is not in the edition “patient”; leave out --edition",
        ),
        (&["WS-WALK", "--instructor"], "“A short walk” has nothing for instructors alone; leave out --instructor"),
    ] {
        assert_eq!(print(arguments), (Some(2), format!("error: {message}\n")));
    }
}
