//! Packs as PDFs.
#![cfg(feature = "pdf")]
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use psychoed::render::print::Printing;
use psychoed::render::{Press, Printable, Wanted};
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Memo, Options, build, load};

/// A day on which one handout is overdue.
const FACTS: Facts = Facts::on(jiff::civil::date(2026, 11, 22));
const PACKS: &str = r#"
[[packs]]
id = "loss"
title = "After a loss"
summary = "What to read and to do."
audience = ["patient"]
pages = ["HO-GRIEF", "WS-WALK"]

[[packs]]
id = "everything"
title = "All there is"
audience = ["clinician", "trainee"]
pages = ["SG-1", "QR-ENDING", "HO-GRIEF", "EV-ALL", "SU-ALL", "CM-1", "WS-WALK"]
"#;
/// A theme's file that says in a PDF's metadata, which is plain text, all that the pack is made of.
const TELLS_ALL: &str = r#"#let doc = json("/doc.json")
#set document(title: doc.title, description: read("/doc.json"))
#heading(doc.title)
"#;

#[test]
fn every_pack_is_accessible_on_every_paper_and_comes_out_the_same_again() {
    let printed = packs(&press(fixture()));
    assert_eq!(
        printed.keys().filter(|path| !path.ends_with("-letter.pdf")).collect::<Vec<_>>(),
        [
            "clinician/packs/everything-large-print.pdf",
            "clinician/packs/everything.pdf",
            "clinician/packs/loss-large-print.pdf",
            "clinician/packs/loss.pdf",
            "clinician/packs/session-sg-1-large-print.pdf",
            "clinician/packs/session-sg-1.pdf",
            "patient/packs/loss-large-print.pdf",
            "patient/packs/loss.pdf",
        ]
    );
    assert_eq!(printed.len(), 16, "each on two papers");
    for (path, pdf) in &printed {
        let options = ValidationOptions::default().profile(ValidationProfile::PdfUa1);
        let report = validate_pdf_bytes(pdf, &options).unwrap();
        assert_eq!(report.failures.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new(), "{path}");
    }
    assert_eq!(printed, packs(&press(fixture())));
}

#[test]
fn the_contents_name_the_page_on_which_each_sheet_starts_and_each_sheet_counts_its_own() {
    for (path, pdf) in packs(&press(fixture())) {
        let pages = texts(&pdf);
        let sheets = sheets_among(&pages);
        let expected: &[&str] = match path.rsplit('/').next().unwrap().split(['-', '.']).next().unwrap() {
            "loss" => &["HO-GRIEF", "WS-WALK"],
            "session" => &["SG-1", "HO-GRIEF", "WS-WALK"],
            _ => &["SG-1", "QR-ENDING", "HO-GRIEF", "EV-ALL", "SU-ALL", "CM-1", "WS-WALK"],
        };
        let contents = &pages[1];
        assert!(contents.contains("Whatisinthispack"), "{path}: {contents}");
        assert_eq!(sheets.len(), expected.len(), "{path}: {sheets:?}");
        for ((first, length), id) in sheets.iter().zip(expected) {
            let (before, _) =
                contents.split_once(id).unwrap_or_else(|| panic!("{path} does not list {id}: {contents}"));
            let named = before.rsplit("Packpage").next().unwrap().split(|c: char| !c.is_ascii_digit()).next();
            assert_eq!(named, Some(first.to_string().as_str()), "{path}: {id} in {contents}");
            for (number, page) in (1..=*length).zip(&pages[first - 1..]) {
                assert!(page.contains(id), "{path}: page {number} of {id} is not its own: {page}");
                let pack_page = format!("Packpage{}of{}", first + number - 1, pages.len());
                assert!(page.contains(&pack_page), "{path}: {page}");
            }
        }
    }
}

#[test]
fn the_cover_says_whose_it_is_for_whom_how_old_and_where() {
    let printed = packs(&press(fixture()));
    let cover = &texts(&printed["patient/packs/loss.pdf"])[0];
    for words in [
        "RiversideClinic",
        "Apackforpatients",
        "Afteraloss",
        "Whattoreadandtodo.",
        "2sheets",
        "Newestreview:10January2025",
        "Overdue:1sheetwas",
        "clinic.example/library/patient/packs/loss.html",
        "Asample:haveitcheckedbeforeyouuseit.",
    ] {
        assert!(cover.contains(words), "{words} is missing: {cover}");
    }
}

#[test]
fn what_is_for_patients_is_printed_as_they_get_it_with_or_without_editions() {
    let mut alone = fixture();
    let config = alone.text(Sources::CONFIG).unwrap().to_owned();
    let (before, rest) = config.split_once("[editions.patient]").unwrap();
    let (_, after) = rest.split_once("[theme]\n").unwrap();
    write(&mut alone, Sources::CONFIG, &format!("{before}[theme]\n{after}"));
    for mut sources in [fixture(), alone] {
        let own_theme = sources.text(Sources::CONFIG).unwrap().replace("[theme]\n", "[theme]\nfolder = \"looks\"\n");
        write(&mut sources, Sources::CONFIG, &own_theme);
        write(&mut sources, "looks/pdf/pack.typ", TELLS_ALL);
        let session = sources.text("content/session.md").unwrap().to_owned();
        let for_clinicians = ":::clinician\nONLY-CLINICIANS\n:::\n\n:::instructor\nONLY-INSTRUCTORS\n:::\n";
        write(&mut sources, "content/session.md", &(session + "\n" + for_clinicians));
        let told = packs(&press(sources));
        let told: BTreeMap<&str, String> =
            told.iter().map(|(path, pdf)| (path.as_str(), String::from_utf8_lossy(pdf).into_owned())).collect();
        for (path, told) in told {
            assert!(told.contains("HO-GRIEF"), "{path}");
            assert!(!told.contains("SECRET-CLINICIAN"), "{path} holds what a handout says to those who treat");
            assert!(!told.contains("SECRET-INSTRUCTOR") && !told.contains("ONLY-INSTRUCTORS"), "{path}");
            assert_eq!(told.contains("ONLY-CLINICIANS"), !path.contains("loss"), "{path}");
        }
    }
}

/// What psychoed puts together by itself is for one reader; whoever names pages gets them.
#[test]
fn packs_hold_translations_only_where_somebody_names_them() {
    let mut sources = fixture();
    let grief = sources.text("content/grief.md").unwrap().to_owned();
    for (path, id) in
        [("content/grief.fr.md", "HO-DEUIL"), ("content/alone.md", "HO-ALONE"), ("content/seul.fr.md", "HO-SEUL")]
    {
        write(&mut sources, path, &grief.replace("\"HO-GRIEF\"", &format!("{id:?}")));
    }
    let config = sources.text(Sources::CONFIG).unwrap().replace("[\"HO-GRIEF\", ", "[\"HO-GRIEF\", \"HO-DEUIL\", ");
    write(&mut sources, Sources::CONFIG, &config);
    let press = press(sources);
    let ids = |pack: &str| {
        let html = press.file(&format!("patient/packs/{pack}.html")).unwrap().unwrap();
        let html = String::from_utf8(html.to_vec()).unwrap();
        ["HO-GRIEF", "HO-DEUIL", "HO-ALONE", "HO-SEUL", "WS-WALK"].map(|id| html.contains(id))
    };
    assert_eq!(ids("phase-middle"), [true, false, true, true, false], "what translates no other page stays");
    assert_eq!(ids("loss"), [true, true, false, false, true]);
}

#[test]
fn pages_lead_to_the_pdfs_of_packs() {
    let press = press(fixture());
    for (page, links) in [
        (
            "patient/packs/loss.html",
            ["loss.pdf", "loss-large-print.pdf", "loss-letter.pdf", "loss-large-print-letter.pdf"],
        ),
        (
            "patient/packs/index.html",
            ["loss.pdf", "loss-large-print.pdf", "loss-letter.pdf", "loss-large-print-letter.pdf"],
        ),
        (
            "clinician/session.html",
            [
                "packs/session-sg-1.pdf",
                "packs/session-sg-1-large-print.pdf",
                "packs/session-sg-1-letter.pdf",
                "packs/session-sg-1-large-print-letter.pdf",
            ],
        ),
    ] {
        let html = press.file(page).unwrap().unwrap();
        let html = String::from_utf8(html.to_vec()).unwrap();
        for link in links {
            assert!(html.contains(&format!("<a href=\"{link}\" type=\"application/pdf\">")), "{page} lacks {link}");
        }
    }
    let served = press.file("patient/packs/loss.pdf").unwrap().unwrap();
    assert_eq!(served.to_vec(), packs(&press)["patient/packs/loss.pdf"], "a preview prints it when it is asked for");
}

#[test]
fn a_pack_can_be_asked_for() {
    let press = press(fixture());
    let what = Printable::Pack("loss".to_owned());
    let wanted = Wanted { what, paper: None, variant: None, instructor: false };
    let (name, printed) = press.print(&wanted).unwrap();
    assert_eq!(name, "loss.pdf");
    assert_eq!(printed.unwrap().0.to_vec(), packs(&press)["patient/packs/loss.pdf"]);
    let instructor = Wanted { instructor: true, ..wanted };
    assert!(press.print(&instructor).is_none());
}

#[test]
fn the_command_prints_a_pack_by_its_id_and_by_its_address() {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in &fixture().files {
        let file = folder.path().join(path.as_str());
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    let print = |asked: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_psychoed"));
        command.args(["print", asked, "--today", "2026-01-01", "--output", "pack.pdf"]);
        let output = command.current_dir(folder.path()).output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    for asked in ["loss", "LOSS", "patient/packs/loss.html", "packs/loss.pdf"] {
        assert_eq!(print(asked), (true, "Printed “After a loss”: open pack.pdf\n".to_owned()), "{asked}");
        let pdf = std::fs::read(folder.path().join("pack.pdf")).unwrap();
        assert!(texts(&pdf)[0].contains("Afteraloss"));
    }
    let (done, said) = print("losss");
    assert!(!done && said.contains("there is no page or pack “losss”; did you mean “loss”?"), "{said}");
}

/// The fixture's files, and packs.
fn fixture() -> Sources {
    let mut sources = load::project(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/print")).unwrap();
    let config = sources.text(Sources::CONFIG).unwrap().to_owned();
    write(&mut sources, Sources::CONFIG, &(config + PACKS));
    sources
}

fn write(sources: &mut Sources, path: &str, text: &str) {
    sources.files.insert(SitePath::new(path), text.as_bytes().into());
}

fn press(sources: Sources) -> Arc<Press> {
    let options = Options { printing: Printing { wanted: true, shelf: None }, ..Options::default() };
    build(&Arc::new(sources), &FACTS, &options, &mut Memo::default()).press.unwrap()
}

/// Every pack's PDF by its path.
fn packs(press: &Press) -> BTreeMap<String, Vec<u8>> {
    let printed = Mutex::new(BTreeMap::new());
    let found = press.sheets(&|file| {
        if file.path.as_str().contains("packs/") {
            printed.lock().unwrap().insert(file.path.to_string(), file.bytes.to_vec());
        }
    });
    assert_eq!(found, []);
    printed.into_inner().unwrap()
}

/// The text of each page without its spaces, which a PDF need not have.
fn texts(pdf: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let text = |number: &u32| document.extract_text(&[*number]).unwrap();
    document.get_pages().keys().map(|number| text(number).split_whitespace().collect()).collect()
}

/// On which page each sheet starts, and how many it has, by what stands at the foot of each.
fn sheets_among(pages: &[String]) -> Vec<(usize, usize)> {
    let mut sheets = Vec::new();
    let mut at = 2;
    while at < pages.len() {
        let foot = pages[at].rsplit("Page1of").next().filter(|rest| rest.len() < pages[at].len());
        let foot = foot.unwrap_or_else(|| panic!("page {} should start a sheet: {}", at + 1, pages[at]));
        let length: usize = foot.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap();
        for number in 1..=length {
            let foot = format!("Page{number}of{length}");
            assert!(pages[at + number - 1].contains(&foot), "{foot} is missing: {}", pages[at + number - 1]);
        }
        sheets.push((at + 1, length));
        at += length;
    }
    sheets
}
