//! What `psychoed serve` shows besides the site. Whole outputs are held to `tests/preview/NAME`; `PSYCHOED_BLESS=1` writes what
//! is said now.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use psychoed::diagnostic::{Diagnostic, Location, Severity};
use psychoed::preview::bar::{self, Choice};
use psychoed::preview::editor::Env;
use psychoed::preview::head::{Run, head};
use psychoed::preview::index::{self, Query};
use psychoed::preview::panel::{self, Alone, Behind};
use psychoed::preview::{Bar, Findings, Overview, Panel, Preview, View, address, assets, explanation, inject, paper};
use psychoed::server::{Request, Server, Site as _};
use psychoed::session::Session;
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Built, Memo, Options};

const TOKEN: &str = "t0k3n";
const RUN: Run = Run { token: TOKEN, worker: "/_psychoed/reload.js?token=t0k3n&seen=0" };
const HOSTILE: &str = "</mark><script>alert('1')</script>\"&\u{202E}gnp.exe";

fn holds(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/preview").join(name);
    if std::env::var_os("PSYCHOED_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
    }
    assert_eq!(actual, fs::read_to_string(&path).unwrap_or_default(), "{} differs", path.display());
}

fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.files.insert(SitePath::new(path), (*text).into());
    }
    sources
}

fn at(sources: &Sources, path: &str, spot: &str) -> Location {
    let start = sources.text(path).unwrap().find(spot).unwrap();
    Location::new(&SitePath::new(path), &(start..start + spot.len()))
}

fn leveled(severity: Severity, found: Diagnostic) -> Diagnostic {
    Diagnostic { severity, ..found }
}

const GRIEF: &str = "content/handouts/grief.md";

/// A page with a finding of every kind, and some elsewhere.
fn grief() -> (Sources, Vec<Diagnostic>) {
    let text = "+++\nkind = \"handout\"\ntitle = \"Grief\"\n+++\n\nSée\t[help](grief-help.md) now.\n\n:::steps\nOne\nTwo\nThree\n";
    let sources = sources(&[(GRIEF, text), ("site-config.toml", "title = \"Clinic\"\n")]);
    let findings = vec![
        leveled(Severity::Note, Diagnostic::error("page-orphan", at(&sources, GRIEF, "title"), "no page links here")),
        leveled(
            Severity::Warning,
            Diagnostic::error("reviewer-missing", at(&sources, GRIEF, "\"Grief\""), "nobody is named as reviewer"),
        ),
        Diagnostic::error(
            "link-target-missing",
            at(&sources, GRIEF, "grief-help.md"),
            "the page “grief-help.md” does not exist",
        )
        .hint("Did you mean `grief.md`?")
        .related(at(&sources, "site-config.toml", "Clinic"), "the clinic is named here")
        .related(Location::top(&SitePath::new("themes/default/base.html")), "not a file of the project"),
        Diagnostic::error(
            "directive-unclosed",
            at(&sources, GRIEF, ":::steps\nOne\nTwo\nThree\n"),
            "this block is never closed",
        ),
        Diagnostic {
            waived: Some("until 2027-01-01: a sample".to_owned()),
            ..leveled(Severity::Note, Diagnostic::error("review-overdue", Location::top(&SitePath::new(GRIEF)), "late"))
        },
        Diagnostic::error("config-type", at(&sources, "site-config.toml", "title"), "this is no title"),
    ];
    (sources, findings)
}

#[test]
fn the_panel_says_what_where_and_how_to_mend_it() {
    let (sources, all) = grief();
    let findings = Findings::of(&all, Some(&SitePath::new(GRIEF)));
    let shown = Panel { findings: &findings, sources: &sources, run: RUN, behind: Behind::LastGood };
    holds("panel.html", &panel::panel(&shown));
}

#[test]
fn a_page_with_nothing_to_say_has_no_panel() {
    let (sources, all) = grief();
    let waived: Vec<Diagnostic> = all.into_iter().filter(|found| found.waived.is_some()).collect();
    let findings = Findings::of(&waived, Some(&SitePath::new(GRIEF)));
    let shown = Panel { findings: &findings, sources: &sources, run: RUN, behind: Behind::Page };
    assert_eq!(panel::panel(&shown), "");
}

#[test]
fn the_bar_switches_edition_and_view_and_says_how_things_stand() {
    let (_, all) = grief();
    let grief = SitePath::new(GRIEF);
    let findings = Findings::of(&all, Some(&grief));
    let editions = vec![
        Choice { title: "Patients", href: "/patient/handouts/grief.html".into(), current: true, has_page: true },
        Choice { title: "Clinicians", href: "/clinician/index.html".into(), current: false, has_page: false },
    ];
    let shown = Bar {
        here: "/patient/handouts/grief.html",
        view: View::Screen,
        editions,
        source: Some(&grief),
        held_back: Some("Draft".to_owned()),
        findings: &findings,
        is_checked: true,
        token: TOKEN,
    };
    holds("bar.html", &bar::bar(&shown, "<section>the panel</section>"));
    holds("bar-on-paper.html", &bar::bar(&Bar { view: View::Large, held_back: None, ..shown }, ""));
}

#[test]
fn the_bar_of_a_page_without_findings_points_to_the_others() {
    let (_, all) = grief();
    let none = Findings::default();
    let elsewhere = Findings::of(&all, None);
    let bar_with = |findings, is_checked| {
        let here = "/a.html";
        let (view, editions, token) = (View::Screen, vec![], TOKEN);
        bar::bar(&Bar { here, view, editions, source: None, held_back: None, findings, is_checked, token }, "")
    };
    let bar_of = |findings| bar_with(findings, true);
    assert!(bar_with(&elsewhere, false).contains("in other files; this page was not checked</a>"));
    assert!(bar_of(&none).contains("<p class=\"psychoed-state\">No findings</p>"));
    assert!(bar_of(&elsewhere).contains(
        "<p class=\"psychoed-state\"><a href=\"/_psychoed/\">3 errors, 1 warning in other files; none here</a></p>"
    ));
}

#[test]
fn a_page_that_never_could_be_shown_is_its_panel() {
    let (sources, all) = grief();
    let findings = Findings::of(&all, Some(&SitePath::new("site-config.toml")));
    let shown = Panel { findings: &findings, sources: &sources, run: RUN, behind: Behind::Page };
    let page = panel::alone("site-config.toml", Alone::NeverGood, &shown);
    holds("alone.html", std::str::from_utf8(&page).unwrap());
}

#[test]
fn hostile_words_stay_words() {
    let path = format!("content/{HOSTILE}.md").replace('/', "|").replacen("content|", "content/", 1);
    let sources = sources(&[(&path, HOSTILE)]);
    let at = Location::new(&SitePath::new(&path), &(0..HOSTILE.len()));
    let found = [Diagnostic {
        waived: None,
        ..Diagnostic::error("raw-html", at.clone(), format!("message {HOSTILE}"))
            .hint(format!("hint `{HOSTILE}`"))
            .related(at, format!("related {HOSTILE}"))
    }];
    let source = SitePath::new(&path);
    let findings = Findings::of(&found, Some(&source));
    let shown = Panel {
        findings: &findings,
        sources: &sources,
        run: Run { token: HOSTILE, worker: HOSTILE },
        behind: Behind::Page,
    };
    let editions = vec![Choice { title: HOSTILE, href: format!("/{HOSTILE}"), current: false, has_page: true }];
    let panel = panel::panel(&shown);
    let here = format!("/{HOSTILE}");
    let shown_bar = Bar {
        here: &here,
        view: View::Paper,
        editions,
        source: Some(&source),
        held_back: Some(HOSTILE.to_owned()),
        findings: &findings,
        is_checked: true,
        token: HOSTILE,
    };
    let overview = Overview { title: HOSTILE.into(), findings: found.iter().collect(), ..Overview::default() };
    let query = Query::read(&url::form_urlencoded::Serializer::new(String::new()).append_pair("q", HOSTILE).finish());
    let pages = [
        panel.clone().into_bytes(),
        bar::bar(&shown_bar, "").into_bytes(),
        head(Run { token: HOSTILE, worker: HOSTILE }).into_bytes(),
        panel::alone(HOSTILE, Alone::OneFile, &shown),
        index::index(&overview, &query, &sources, Run { token: HOSTILE, worker: HOSTILE }),
    ];
    for page in pages {
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains("&lt;script&gt;") || page.contains("%3Cscript%3E"), "{page}");
        assert!(!page.contains("<script>"), "{page}");
        assert!(!page.contains('\u{202E}'), "{page}");
    }
    assert!(panel.contains("[U+202E]gnp.exe"));
}

#[test]
fn the_head_and_the_bar_go_where_a_browser_expects_them() {
    let cases = [
        (
            "<html><head><title>x</title></head><body class=a><p>",
            "<html><head><title>x</title>H</head><body class=a>T<p>",
        ),
        ("<HTML><HEAD></HEAD ><BODY\nid='>'>x", "<HTML><HEAD>H</HEAD ><BODY\nid='>'>Tx"),
        // Tags that HTML lets an author leave out.
        ("<!DOCTYPE html><title>x</title><p>y", "<!DOCTYPE html><title>x</title>HT<p>y"),
        ("<!DOCTYPE html><html><meta charset=utf-8><body>y", "<!DOCTYPE html><html><meta charset=utf-8>H<body>Ty"),
        ("<head><title>x</title></head>\n<main>", "<head><title>x</title>H</head>\nT<main>"),
        ("words alone", "HTwords alone"),
        ("", "HT"),
        ("\u{feff}<p>", "\u{feff}HT<p>"),
        // What only looks like tags.
        ("<!-- </head><body> --><head></head><body>", "<!-- </head><body> --><head>H</head><body>T"),
        (
            "<head><script>'</head><body>'</script></head><body>",
            "<head><script>'</head><body>'</script>H</head><body>T",
        ),
        ("<title></head><body></title><body>x", "<title></head><body></title>H<body>Tx"),
        ("<head><template><body></template></head><body>x", "<head><template><body></template>H</head><body>Tx"),
        // Cut off in the middle.
        ("<head><title>x", "<head><title>xHT"),
        ("<head></head><body class=\"a", "<head>H</head><body class=\"aT"),
    ];
    for (html, expected) in cases {
        assert_eq!(String::from_utf8(inject(html.as_bytes(), "H", "T")).unwrap(), expected);
    }
    assert_eq!(inject(b"<p>\xff", "H", "T"), b"HT<p>\xff");
}

#[test]
fn paper_asks_for_its_own_style_sheets() {
    let html = "<link rel=stylesheet href='../assets/a.css?x&amp;y'><link REL=\"alternate StyleSheet\" media=\"Screen\" href=/b.css>\
        <link rel=stylesheet href=https://elsewhere.example/c.css><link rel=icon href=i.svg><link rel=stylesheet>\
        <link rel=stylesheet href=/_psychoed/bar.css><!-- <link rel=stylesheet href=d.css> -->\
        <style>@media print{a{b:c}}</style><p>";
    let page = paper::page(html.as_bytes(), "/patient/handouts/a%20b.html", View::Paper);
    assert_eq!(
        String::from_utf8(page).unwrap(),
        "<link rel=stylesheet href=\"/_psychoed/paper/patient/assets/a.css?x&amp;y\">\
        <link REL=\"alternate StyleSheet\" media=\"not all\" href=\"/_psychoed/paper/b.css\">\
        <link rel=stylesheet href=https://elsewhere.example/c.css><link rel=icon href=i.svg><link rel=stylesheet>\
        <link rel=stylesheet href=/_psychoed/bar.css><!-- <link rel=stylesheet href=d.css> -->\
        <style>@media all{a{b:c}}</style><p>"
    );
    assert_eq!(paper::page(html.as_bytes(), "/a.html", View::Screen), html.as_bytes());
    let large = paper::page(b"<link rel=stylesheet href=a.css>", "/a.html", View::Large);
    assert_eq!(large, b"<link rel=stylesheet href=\"/_psychoed/large/a.css\">");
}

/// A style sheet for paper without what psychoed adds.
fn rewritten(css: &str) -> String {
    let sheet = paper::stylesheet(css, View::Paper);
    sheet[..sheet.rfind("\n@media screen{:root{").unwrap()].to_owned()
}

#[test]
fn style_sheets_keep_everything_but_what_they_ask_of_media() {
    let cases = [
        ("a{b:c}@media print{d{e:f}}", "a{b:c}@media all{d{e:f}}"),
        ("@media screen and (min-width:1px){a{}}", "@media not all{a{}}"),
        ("@MEDIA print,screen{a{}}", "@MEDIA all,not all{a{}}"),
        ("@media(prefers-color-scheme:dark){a{}}", "@media (max-width:-1px){a{}}"),
        ("@supports (a:b){@media print{c{}}}", "@supports (a:b){@media all{c{}}}"),
        ("a{&:hover{@media print{b:c}}}", "a{&:hover{@media all{b:c}}}"),
        ("@import url(a;b.css) print;a{}", "@import url(a;b.css) all;a{}"),
        (
            "@import 'a.css'layer(x)supports(display:grid)screen;",
            "@import 'a.css'layer(x)supports(display:grid)not all;",
        ),
        ("@import url('a.css') ;@import 'b.css'", "@import url('a.css') ;@import 'b.css'\n"),
        // What only looks like a query.
        ("a{b:'@media print{'}/* @media print{ */", "a{b:'@media print{'}/* @media print{ */"),
        ("a{b:url(@media print{)}", "a{b:url(@media print{)}"),
        (".a\\@media print{b:c}", ".a\\@media print{b:c}"),
        // Broken or unheard of: it stays, and what is open is closed.
        ("a{b:c", "a{b:c}"),
        ("@media print{a{b:c", "@media all{a{b:c}}"),
        ("@media print", "@media all\n"),
        ("a{b:'c", "a{b:'c\n}"),
        ("a{b:(c[d", "a{b:(c[d])}"),
        ("a{b:url(c", "a{b:url(c)}"),
        ("a{b:url('c'", "a{b:url('c'\n)}"),
        ("/* a", "/* a*/"),
        ("a}b)c]d", "a}b)c]d"),
        ("@medial print{}@unheard of;\u{fe0f}é{}", "@medial print{}@unheard of;\u{fe0f}é{}"),
        ("\\", "\\\n"),
        ("", ""),
    ];
    for (css, expected) in cases {
        assert_eq!(rewritten(css), expected, "{css}");
    }
}

#[test]
fn the_sheet_is_as_large_as_the_style_sheet_says() {
    let width = |css: &str| {
        let sheet = paper::stylesheet(css, View::Paper);
        let (_, after) = sheet.rsplit_once("inline-size:").unwrap().0.rsplit_once(";inline-size:").unwrap();
        let (_, borders) = sheet.rsplit_once("border-width:").unwrap();
        format!("{} / {}", after.split('!').next().unwrap(), borders.split('!').next().unwrap())
    };
    assert_eq!(width(""), "794px / 38px 38px 38px 38px");
    assert_eq!(width("@page{size:Letter;margin:1in}"), "816px / 96px 96px 96px 96px");
    assert_eq!(width("@page{size:a5 landscape;margin:0 1in;margin-left:2in}"), "794px / 0px 96px 0px 192px");
    assert_eq!(width("@page{@top-left{size:a5;content:'}'}size:4in}"), "384px / 38px 38px 38px 38px");
    assert_eq!(width("@page wide{size:a3}@page :first{margin:0}"), "794px / 38px 38px 38px 38px");
    assert_eq!(width("@page{size:huge;margin:auto 2vw}@page{margin:1cm"), "794px / 38px 38px 38px 38px");
}

#[test]
fn our_own_style_sheet_is_fit_for_paper() {
    let css = include_str!("../themes/default/assets/site.css");
    let sheet = paper::stylesheet(css, View::Paper);
    assert_eq!(css.matches("@media").count() + 1, sheet.matches("@media").count());
    assert!(!sheet.contains("print{"), "every print rule applies");
    assert!(!sheet.contains("prefers-color-scheme"), "no rule waits for the dark");
    // 15 mm, 18 mm and 14 mm.
    assert!(sheet.contains("border-width:57px 68px 53px 68px!important"));
    let large = paper::stylesheet(css, View::Large);
    assert!(large.starts_with(&sheet) && large[sheet.len()..].contains("font-size:18pt"));
}

#[test]
fn style_sheets_never_panic_and_grow_little() {
    let css = include_str!("../themes/default/assets/site.css");
    for (at, _) in css.char_indices().step_by(97) {
        for part in [&css[..at], &css[at..]] {
            assert!(rewritten(part).len() <= part.len() + 200);
        }
    }
}

fn site(files: &[(&str, &str)]) -> (Arc<Sources>, Built) {
    let sources = Arc::new(sources(files));
    let facts = Facts::on(jiff::civil::date(2026, 6, 1));
    let built = psychoed::build(&sources, &facts, &Options::default(), &mut Memo::default());
    (sources, built)
}

const CONFIG: &str = "title = \"Clinic <Library>\"\nlanguage = \"en\"\n[checks]\npage-orphan = \"off\"\nreviewer-missing = \"off\"\ndocument-control-incomplete = \"off\"\nfeedback-missing = \"off\"\nfunding-missing = \"off\"\norganisation-missing = \"off\"\nkind-part-missing = \"off\"\ncrisis-line-missing = \"off\"\naction-missing = \"off\"\nadvice-line-missing = \"off\"\nmain-message-count = \"off\"\n\
    [editions.patient]\ntitle = \"Patients\"\naudiences = [\"patient\"]\n\
    [editions.clinician]\ntitle = \"Clinicians\"\naudiences = [\"clinician\", \"patient\"]\n\
    [[waivers]]\nrule = \"unheard-of\"\nreason = \"x\"\nuntil = 2027-01-01\n";

fn written(kind: &str, title: &str, more: &str) -> String {
    format!("+++\nkind = \"{kind}\"\ntitle = \"{title}\"\n{more}\n+++\n\nWords.\n")
}

fn small_site() -> (Arc<Sources>, Built) {
    let reviewed = |due: &str| format!("id = \"x-{due}\"\nreviewed = 2025-01-01\nreview-due = {due}\nsummary = \"s\"");
    site(&[
        (Sources::CONFIG, CONFIG),
        ("content/broken.md", "no front matter"),
        ("content/about.md", &written("page", "About us & you", "audience = [\"clinician\"]")),
        ("content/handouts/fine.md", &written("handout", "Fine", &reviewed("2027-01-01"))),
        ("content/handouts/late.md", &written("handout", "Late", &reviewed("2026-05-01"))),
        ("content/handouts/soon.md", &written("handout", "Soon", &reviewed("2026-07-01"))),
        ("content/handouts/draft.md", &written("handout", "Draft", "draft = true\nid = \"d\"\nsummary = \"s\"")),
        (
            "content/worksheets/later.md",
            &written("worksheet", "Later", "publish-on = 2026-09-01\nid = \"l\"\nsummary = \"s\""),
        ),
    ])
}

fn indexed((sources, built): &(Arc<Sources>, Built), query: &str) -> String {
    let today = jiff::civil::date(2026, 6, 1);
    let grade = |path: &SitePath| path.as_str().contains("fine").then_some(6.25);
    let overview = Overview::of(built.site.as_ref().unwrap(), &built.diagnostics, today, &grade);
    String::from_utf8(index::index(&overview, &Query::read(query), sources, RUN)).unwrap()
}

/// The titles a view of the index lists, in order.
fn titles(html: &str) -> Vec<&str> {
    let rows = html.split("<th scope=\"row\">").skip(1);
    rows.map(|row| row.split_once("<bdi>").unwrap().1.split_once("</bdi>").unwrap().0).collect()
}

#[test]
fn the_index_tells_an_editor_what_to_do_next() {
    holds("index.html", &indexed(&small_site(), ""));
}

#[test]
fn the_index_finds_and_orders_pages_without_a_script() {
    let site = small_site();
    let listed = |query: &str| titles(&indexed(&site, query)).join(" | ");
    assert_eq!(listed("q=HANDOUTS+x-2"), "Late | Soon | Fine");
    assert_eq!(listed("show=drafts"), "Draft");
    assert_eq!(listed("show=unpublished"), "Later");
    assert_eq!(listed("show=soon&kind=handout"), "Soon");
    assert_eq!(listed("kind=handout&sort=title"), "Draft | Fine | Late | Soon");
    assert_eq!(listed("kind=handout&sort=grade"), "Fine | Draft | Late | Soon");
    assert_eq!(listed("kind=handout&sort=review"), "Late | Soon | Fine | Draft");
    assert_eq!(listed("show=nonsense&kind=nonsense&sort=nonsense&from=x&from=99999999999").split(" | ").count(), 7);
    assert_eq!(listed("q=nothing+like+it"), "");
}

#[test]
fn nobody_has_to_review_what_no_reader_will_see() {
    let due = |more: &str, due: &str| format!("{more}\nreview-due = {due}\nsummary = \"s\"");
    let draft = |id: &str| format!("draft = true\nid = \"{id}\"");
    let withdrawn = |id: &str| format!("expires-on = 2026-05-15\nid = \"{id}\"");
    let site = site(&[
        (Sources::CONFIG, CONFIG),
        ("content/a.md", &written("handout", "Late draft", &due(&draft("a"), "2026-05-01"))),
        ("content/b.md", &written("handout", "Draft", &due(&draft("b"), "2026-07-01"))),
        ("content/c.md", &written("handout", "Late and withdrawn", &due(&withdrawn("c"), "2026-05-01"))),
        ("content/d.md", &written("handout", "Withdrawn", &due(&withdrawn("d"), "2026-07-01"))),
        ("content/e.md", &written("handout", "Later", &due("publish-on = 2026-09-01\nid = \"e\"", "2026-05-01"))),
    ]);
    assert_eq!(titles(&indexed(&site, "show=overdue")), ["Later"]);
    assert_eq!(titles(&indexed(&site, "show=soon")), [""; 0]);
    let html = indexed(&site, "sort=title");
    let cells = html.split("<td class=\"own-review\">").skip(1).map(|cell| cell.split_once("</td>").unwrap().0);
    let listed: Vec<(&str, &str)> = titles(&html).into_iter().zip(cells).collect();
    assert_eq!(
        listed,
        [
            ("Draft", "<span>Due 2026-07-01</span>"),
            ("Late and withdrawn", "<span>Due 2026-05-01</span>"),
            ("Late draft", "<span>Due 2026-05-01</span>"),
            ("Later", "<span class=\"own-error\">Overdue since 2026-05-01</span>"),
            ("Withdrawn", "<span>Due 2026-07-01</span>"),
        ]
    );
}

#[test]
fn ten_thousand_pages_are_shown_in_parts() {
    let pages: Vec<(String, String)> =
        (0..1200).map(|at| (format!("content/p{at:04}.md"), written("page", &format!("Page {at:04}"), ""))).collect();
    let mut files = vec![(Sources::CONFIG, CONFIG)];
    files.extend(pages.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let site = site(&files);
    let first = indexed(&site, "q=page&sort=title");
    assert_eq!(titles(&first).len(), 500);
    assert!(first.contains("Pages 1 to 500 of 1,200"));
    assert!(first.contains("href=\"/_psychoed/?q=page&amp;sort=title&amp;from=500\" rel=\"next\""));
    assert!(first.contains("data-whole=\"false\""));
    let last = indexed(&site, "from=1000");
    assert_eq!((titles(&last).len(), titles(&last)[199]), (200, "Page 1199"));
    assert!(last.contains("href=\"/_psychoed/?from=500\" rel=\"prev\"") && !last.contains("rel=\"next\""));
}

#[test]
fn the_index_measures_what_was_written_since() {
    let mut session = Session::new(Options::default());
    let mut of_words = |words: &str| {
        let page = written("handout", "A", "id = \"a\"\nsummary = \"s\"").replace("Words.", words);
        session.update(
            sources(&[(Sources::CONFIG, CONFIG), ("content/a.md", &page)]),
            &Facts::on(jiff::civil::date(2026, 6, 1)),
        )
    };
    let server = Server::bind(Ipv4Addr::LOCALHOST.into(), Some(0)).unwrap();
    let easy = of_words("You can ask a doctor or a nurse about it today.");
    let preview = Preview::new("/nowhere".into(), easy, server.reloads(), TOKEN, Env::default());
    let grade = || {
        let html = String::from_utf8(preview.answer(&asked_for(address::INDEX)).body.to_vec()).unwrap();
        let (_, cell) = html.split_once("<span class=\"own-label\">Reading grade </span>").unwrap();
        cell.split_once("</td>").unwrap().0.to_owned()
    };
    assert_eq!([grade(), grade()], ["3.7"; 2]);
    preview.show(of_words("Professional consultation is advisable."));
    assert_eq!([grade(), grade()], ["24.3"; 2]);
}

#[test]
fn pages_do_not_wait_until_indexes_and_pdfs_are_made() {
    let state = Session::new(Options::default()).update(
        sources(&[(Sources::CONFIG, CONFIG), ("content/a.md", &written("page", "A", ""))]),
        &Facts::on(jiff::civil::date(2026, 6, 1)),
    );
    let server = Server::bind(Ipv4Addr::LOCALHOST.into(), Some(0)).unwrap();
    let preview = Preview::new("/nowhere".into(), state, server.reloads(), TOKEN, Env::default());
    let long = |path: &str| preview.takes_long(&asked_for(path));
    assert_eq!(["/_psychoed/", "/patient/a.pdf"].map(long), [true; 2]);
    assert_eq!(["/patient/a.html", "/patient/", "/_psychoed/rules/", "/_psychoed/findings"].map(long), [false; 4]);
}

fn asked_for(path: &str) -> Request {
    Request { path: path.to_owned(), query: None, from_here: false, on_this_computer: true }
}

#[test]
fn every_rule_is_explained() {
    for rule in psychoed::check::RULES {
        let page = String::from_utf8(explanation::page(rule.name, RUN).unwrap()).unwrap();
        assert!(page.contains(&format!("<h1>{}</h1>", rule.name)));
    }
    assert_eq!(explanation::page("../site-config.toml", RUN), None);
    let list = String::from_utf8(explanation::list(RUN)).unwrap();
    assert!(list.contains("<a href=\"/_psychoed/rules/raw-html\">raw-html</a>"));
}

#[test]
fn every_file_that_our_pages_name_is_served() {
    let page = indexed(&small_site(), "");
    let named: Vec<&str> = page
        .split(['"'])
        .filter(|word| word.starts_with("/_psychoed/") && [".css", ".js", ".svg"].iter().any(|end| word.ends_with(end)))
        .collect();
    assert_eq!(named.len(), 5);
    for name in named {
        assert!(assets::asset(name).is_some_and(|asset| !asset.text.is_empty()), "{name}");
    }
}

#[test]
fn only_a_program_on_this_computer_opens_files() {
    let mut session = Session::new(Options::default());
    let state = session.update(
        sources(&[(Sources::CONFIG, CONFIG), ("content/a.md", &written("page", "A", ""))]),
        &Facts::on(jiff::civil::date(2026, 6, 1)),
    );
    let server = Server::bind(Ipv4Addr::LOCALHOST.into(), Some(0)).unwrap();
    let env = Env { psychoed_editor: Some("no-such-editor-anywhere".to_owned()), ..Env::default() };
    let preview = Preview::new("/nowhere".into(), state, server.reloads(), TOKEN, env);
    let asked = |query: &str, on_this_computer| {
        let query = Some(format!("{query}&line=1&token={TOKEN}"));
        let answer =
            preview.answer(&Request { path: address::OPEN.to_owned(), query, from_here: true, on_this_computer });
        let said = String::from_utf8(answer.body.to_vec()).unwrap();
        let (_, said) = said.split_once("<p>").unwrap();
        (answer.status, said.split(['<', '>']).filter(|words| words.contains(' ')).map(str::to_owned).next().unwrap())
    };
    let only_here = "Files open only on the computer that this preview runs on.";
    assert_eq!(asked("file=content/a.md", false), (403, only_here.to_owned()));
    let (status, said) = asked("file=content/a.md", true);
    assert_eq!(status, 500);
    assert!(said.starts_with("The editor “no-such-editor-anywhere") && said.ends_with('.'), "{said}");
    assert_eq!(asked("file=content/b.md", true).0, 404);
}

#[test]
fn a_link_of_another_run_leads_back_to_its_page() {
    let mut session = Session::new(Options::default());
    let state = session.update(
        sources(&[(Sources::CONFIG, CONFIG), ("content/a.md", &written("page", "A", ""))]),
        &Facts::on(jiff::civil::date(2026, 6, 1)),
    );
    let server = Server::bind(Ipv4Addr::LOCALHOST.into(), Some(0)).unwrap();
    let preview = Preview::new("/nowhere".into(), state, server.reloads(), TOKEN, Env::default());
    let asked_with = |file: &str, token: &str| {
        let (path, query) = (address::OPEN.to_owned(), Some(format!("file={file}&line=1{token}")));
        let answer = preview.answer(&Request { path, query, from_here: false, on_this_computer: true });
        assert_eq!(answer.status, 403);
        String::from_utf8(answer.body.to_vec()).unwrap()
    };
    let asked = |file: &str| asked_with(file, "&token=old");
    let page = asked("content/a.md");
    assert_eq!(asked_with("content/a.md", ""), page);
    assert!(page.contains("load that page again"), "the notice itself would ask in vain again: {page}");
    assert!(page.contains("<a href=\"/patient/a.html\"><bdi>The page of content/a.md</bdi></a>"), "{page}");
    let config = asked(Sources::CONFIG);
    assert!(config.contains("<a href=\"/_psychoed/findings?file=site-config.toml\">"), "{config}");
    assert!(!asked("content/b.md").contains("content/b.md"));
}
