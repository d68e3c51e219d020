//! Documents made by hand, and what each edition's readers see of them.

use std::collections::HashMap;
use std::sync::Arc;

use super::*;
use crate::config::{Config, EditionConfig};
use crate::content::block::{Alignment, Directive, Image, Link};
use crate::content::front_matter::FrontMatter;
use crate::content::kind::Term;
use crate::content::{Anchor, Audience, Document, Inline, PageKind};
use crate::site::{LinkFault, LinkTarget, Page, Status};
use crate::source::{Sources, Spanned};
use crate::theme::Theme;

/// The payload of hostile titles and texts.
const HOSTILE: &str = "'\"><script>T()</script>";

fn words(text: &str) -> Box<[Inline]> {
    [Inline::Text(text.into())].into()
}

fn block(body: BlockBody) -> Block {
    Block { body, span: 0..0 }
}

fn paragraph(inlines: impl Into<Box<[Inline]>>) -> Block {
    block(BlockBody::Paragraph(inlines.into()))
}

fn picture(link: usize, title: Option<&str>, alt: &str) -> Inline {
    Inline::Image(Box::new(Image { link, title: title.map(str::to_owned), alt: alt.to_owned() }))
}

fn directive(directive: Directive, blocks: Vec<Block>) -> Block {
    block(BlockBody::Directive { directive, id: None, title: None, blocks: blocks.into() })
}

fn heading(id: &str, text: &str) -> Block {
    block(BlockBody::Heading { level: 2, id: id.into(), inlines: words(text) })
}

fn footnote(label: &str, text: &str) -> Block {
    block(BlockBody::Footnote { label: label.into(), blocks: [paragraph(words(text))].into() })
}

fn link(link: usize, text: &str) -> Inline {
    Inline::Link(Box::new(Link { link, title: None, inlines: words(text) }))
}

fn page(path: &str, kind: PageKind, title: &str, blocks: Vec<Block>, targets: Vec<LinkTarget>) -> Page {
    let front_matter = FrontMatter {
        audience: kind.name().default_audience().to_vec(),
        kind,
        id: None,
        title: Spanned::new(title.to_owned(), 0..0),
        summary: None,
        phases: Vec::new(),
        focal_areas: Vec::new(),
        version: None,
        authors: Vec::new(),
        reviewers: Vec::new(),
        reviewed: None,
        review_due: None,
        aliases: Vec::new(),
        order: None,
        draft: None,
        publish_on: None,
        translated_from: None,
        expires_on: None,
        funding: None,
        scores: None,
        waivers: Vec::new(),
        changes: Vec::new(),
        works: Vec::new(),
        faulty_keys: Vec::new(),
        span: 0..0,
    };
    let document = Document {
        front_matter,
        blocks,
        links: Vec::new(),
        citations: Vec::new(),
        headings: Vec::new(),
        anchors: Vec::new(),
    };
    Page {
        path: SitePath::new(format!("content/{path}.md")),
        url: SitePath::new(format!("{path}.html")),
        document: Arc::new(document),
        targets: targets.into(),
        status: Status::Published,
        language: None,
        translation: None,
        translations: Vec::new(),
    }
}

/// The page with the anchors of the test on hidden places.
fn with_anchors(mut page: Page) -> Page {
    let anchor = |id: &str, within: &[Audience]| Anchor { id: id.into(), span: 0..0, within: within.to_vec() };
    let anchors = vec![anchor("dosing", &[Audience::Clinician]), anchor("open", &[])];
    Arc::get_mut(&mut page.document).expect("nobody else has it yet").anchors = anchors;
    page
}

fn term(path: &str, title: &str, also: &[&str]) -> Page {
    let also = also.iter().map(|word| (*word).to_owned()).collect();
    page(path, PageKind::Term(Term { plain: None, also }), title, Vec::new(), Vec::new())
}

fn site(pages: Vec<Page>, audiences: &[Audience]) -> Site {
    let edition = EditionConfig { name: "edition".into(), title: "Edition".into(), audiences: audiences.to_vec() };
    let config = Config {
        title: "Library".into(),
        language: "en".into(),
        editions: vec![edition.clone()],
        editions_named: true,
        ..Config::default()
    };
    let editions = vec![Arc::new(Edition::of(&config, &edition, &pages, false))];
    Site {
        page_at: Arc::new(HashMap::new()),
        config: Arc::new(config),
        sources: Arc::new(Sources::default()),
        pages,
        bibliography: Default::default(),
        lock: None,
        editions,
        faults: Vec::new(),
    }
}

/// The first page's body as the edition's readers see it, terms linked.
fn read(site: &Site) -> Body {
    body(&Reading {
        site,
        edition: &site.editions[0],
        page: 0,
        terms: &Terms::of(site, &site.editions[0]),
        link_terms: true,
        pictures: &Pictures::default(),
        words: &Words::of(&Theme::default(), "en"),
    })
}

/// A handout with these blocks and targets, as patients see it, `<cite>` standing for every citation.
fn patient(blocks: Vec<Block>, targets: Vec<LinkTarget>) -> String {
    html(&site(vec![page("handouts/grief", PageKind::Handout, "Grief", blocks, targets)], &[Audience::Patient]))
}

fn html(site: &Site) -> String {
    let body = read(site);
    let citations: Vec<String> = body.citations().map(|citation| format!("<cite>{citation}</cite>")).collect();
    body.with_citations(&citations)
}

#[test]
fn no_text_of_a_document_is_markup() {
    let text = || HOSTILE.into();
    let target = LinkTarget::Asset(SitePath::new("content/figures/x\"><script>.png"));
    let blocks = vec![
        block(BlockBody::Heading { level: 2, id: text(), inlines: words(HOSTILE) }),
        paragraph(vec![
            Inline::Text(text()),
            Inline::Code(text()),
            Inline::Link(Box::new(Link { link: 0, title: Some(HOSTILE.to_owned()), inlines: words(HOSTILE) })),
            picture(1, Some(HOSTILE), HOSTILE),
            picture(2, None, HOSTILE),
            Inline::RawHtml(text()),
        ]),
        block(BlockBody::Code { language: Some(text()), text: text() }),
        block(BlockBody::RawHtml(text())),
        block(BlockBody::Directive {
            directive: Directive::Safety,
            id: Some(text()),
            title: Some(text()),
            blocks: [].into(),
        }),
        block(BlockBody::Table {
            alignments: [].into(),
            header: [words(HOSTILE)].into(),
            rows: [[words(HOSTILE)].into()].into(),
        }),
        paragraph(vec![Inline::FootnoteMark(text())]),
        footnote(HOSTILE, HOSTILE),
    ];
    let web = LinkTarget::Web(format!("https://e.example/{HOSTILE}"));
    let html = patient(blocks, vec![web, target, LinkTarget::Missing(LinkFault::OutsideSite)]);
    assert!(!html.contains("<script"), "{html}");
    assert_eq!(html.matches("T()").count(), 21, "{html}");
    for quoted in html.split("=\"").skip(1) {
        let value = quoted.split('"').next().unwrap_or_default();
        assert!(!value.contains(['<', '>', '\'']), "{value}");
    }
}

#[test]
fn addresses_that_may_do_harm_are_not_followed() {
    for address in ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", " javascript:x"] {
        let html = patient(vec![paragraph(vec![link(0, "here")])], vec![LinkTarget::Web(address.to_owned())]);
        assert_eq!(html, "<p>here</p>\n", "{address}");
    }
}

#[test]
fn links_say_where_they_lead() {
    let blocks = vec![paragraph(vec![link(0, "a"), link(1, "b"), link(2, "c"), link(3, "d"), link(4, "e")])];
    let targets = vec![
        LinkTarget::Page(0, Some("qué".into())),
        LinkTarget::Asset(SitePath::new("content/figures/my figure.pdf")),
        LinkTarget::Web("https://example.org/?a=1&b=2".into()),
        LinkTarget::Web("tel:+44123".into()),
        LinkTarget::Missing(LinkFault::OutsideSite),
    ];
    let site = site(vec![page("handouts/grief", PageKind::Handout, "Grief", blocks, targets)], &[Audience::Patient]);
    assert_eq!(
        html(&site),
        "<p><a href=\"#qu%C3%A9\">a</a><a href=\"../figures/my%20figure.pdf\">b</a>\
         <a href=\"https://example.org/?a=1&amp;b=2\" rel=\"external noopener\">c</a><a href=\"tel:+44123\">d</a>e</p>\n"
    );
    assert_eq!(read(&site).files, BTreeSet::from([SitePath::new("content/figures/my figure.pdf")]));
}

#[test]
fn pages_of_other_editions_and_hidden_places_are_not_linked() {
    let own = vec![
        paragraph(vec![link(0, "guide"), link(1, "place"), link(2, "open")]),
        directive(Directive::For(Audience::Clinician), vec![heading("dosing", "Dosing")]),
        heading("open", "Open"),
    ];
    let targets = vec![
        LinkTarget::Page(1, None),
        LinkTarget::Page(0, Some("dosing".into())),
        LinkTarget::Page(0, Some("open".into())),
    ];
    let pages = vec![
        with_anchors(page("handouts/grief", PageKind::Handout, "Grief", own, targets)),
        page("guides/one", PageKind::QuickReference, "For staff", Vec::new(), Vec::new()),
    ];
    assert_eq!(
        html(&site(pages, &[Audience::Patient])),
        "<p>guide<a href=\"grief.html\">place</a><a href=\"#open\">open</a></p>\n<h2 id=\"open\">Open</h2>\n"
    );
}

#[test]
fn blocks_for_others_leave_nothing_behind() {
    let blocks = || {
        let hidden = vec![
            heading("doses", "Doses"),
            paragraph(vec![Inline::Citation(0), Inline::FootnoteMark("staff".into()), picture(0, None, "Chart")]),
            footnote("inside", "Written for staff"),
        ];
        vec![
            paragraph(vec![
                Inline::FootnoteMark("all".into()),
                Inline::FootnoteMark("inside".into()),
                Inline::Citation(1),
            ]),
            directive(Directive::For(Audience::Clinician), hidden),
            footnote("staff", "Only marked for staff"),
            footnote("all", "For all"),
        ]
    };
    let chart = || vec![LinkTarget::Asset(SitePath::new("content/figures/chart.svg"))];
    let pages = || vec![page("handouts/grief", PageKind::Handout, "Grief", blocks(), chart())];

    let for_patients = site(pages(), &[Audience::Patient]);
    let shown = html(&for_patients);
    for trace in ["Doses", "Chart", "staff", "clinician", "<cite>0"] {
        assert!(!shown.contains(trace), "{trace} in {shown}");
    }
    assert!(shown.contains("For all") && shown.contains("<cite>1</cite>"), "{shown}");
    assert_eq!(read(&for_patients).files, BTreeSet::new());
    assert_eq!(read(&for_patients).citations().collect::<Vec<_>>(), [1]);

    let for_both = site(pages(), &[Audience::Patient, Audience::Clinician]);
    let shown = html(&for_both);
    assert!(shown.contains("<section class=\"callout clinician\" aria-label=\"For clinicians\">"), "{shown}");
    assert!(shown.contains("<p class=\"callout-title\">For clinicians</p>"), "{shown}");
    assert!(shown.contains("Only marked for staff") && shown.contains("Written for staff"), "{shown}");
    assert_eq!(read(&for_both).citations().collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn footnotes_lead_there_and_back() {
    let mark = || Inline::FootnoteMark("why".into());
    let html = patient(vec![paragraph(vec![mark()]), footnote("why", "Because"), paragraph(vec![mark()])], Vec::new());
    assert_eq!(
        html,
        "<p><sup class=\"footnote-mark\"><a href=\"#fn:1\" id=\"fnref:1\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup></p>\n\
         <p><sup class=\"footnote-mark\"><a href=\"#fn:1\" id=\"fnref:1-2\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn:1\"><p>Because \
         <a class=\"back-link\" href=\"#fnref:1\" role=\"doc-backlink\" aria-label=\"Back to footnote 1 in the text\">↩</a> \
         <a class=\"back-link\" href=\"#fnref:1-2\" role=\"doc-backlink\" aria-label=\"Back to footnote 1 in the text, mark 2\">↩</a></p>\n\
         </li>\n</ol>\n</section>\n"
    );
}

#[test]
fn a_citation_at_the_end_of_a_footnote_stays_before_the_way_back() {
    let text = paragraph(vec![Inline::Text("See ".into()), Inline::Citation(0)]);
    let note = block(BlockBody::Footnote { label: "n".into(), blocks: [text].into() });
    let html = patient(vec![paragraph(vec![Inline::FootnoteMark("n".into())]), note], Vec::new());
    assert!(html.contains("<p>See <cite>0</cite> <a class=\"back-link\""), "{html}");
}

#[test]
fn links_never_nest() {
    let inner =
        vec![Inline::Text("role".into()), Inline::FootnoteMark("n".into()), Inline::Citation(0), link(0, "inner")];
    let outer = Inline::Link(Box::new(Link { link: 0, title: None, inlines: inner.into() }));
    let pages = vec![
        page(
            "handouts/grief",
            PageKind::Handout,
            "Grief",
            vec![paragraph(vec![outer]), footnote("n", "Note")],
            vec![LinkTarget::Web("https://example.org".into())],
        ),
        term("glossary/role", "Role", &[]),
    ];
    let html = html(&site(pages, &[Audience::Patient]));
    assert!(
        html.starts_with(
            "<p><a href=\"https://example.org\" rel=\"external noopener\">roleinner</a><sup class=\"footnote-mark\">"
        ),
        "{html}"
    );
    assert!(html.contains("</sup><cite>0</cite></p>"), "{html}");
}

#[test]
fn each_term_is_linked_at_its_first_use_in_running_text() {
    let blocks = vec![
        heading("grief", "Grief and role transition"),
        paragraph(vec![
            Inline::Code("grief".into()),
            Inline::Text(" A role".into()),
            Inline::SoftBreak,
            Inline::Text("transition is not Mourning. Grief".into()),
            Inline::Strong(words(" & a role")),
        ]),
    ];
    let pages = vec![
        page("handouts/loss", PageKind::Handout, "Loss", blocks, Vec::new()),
        term("glossary/role-transition", "Role transition", &[]),
        term("glossary/grief", "Grief", &["mourning"]),
        term("glossary/role", "Role", &[]),
    ];
    let site = site(pages, &[Audience::Patient]);
    assert_eq!(
        html(&site),
        "<h2 id=\"grief\">Grief and role transition</h2>\n<p><code>grief</code> A \
         <a class=\"term\" href=\"../glossary/role-transition.html\">role\ntransition</a> is not \
         <a class=\"term\" href=\"../glossary/grief.html\">Mourning</a>. Grief<strong> &amp; a \
         <a class=\"term\" href=\"../glossary/role.html\">role</a></strong></p>\n"
    );
    assert_eq!(read(&site).terms, BTreeSet::from([1, 2, 3]));
}

#[test]
fn a_term_is_linked_in_the_plural_unless_that_is_another_term() {
    let blocks = vec![paragraph(words("Losses, a role and roles."))];
    let pages = vec![
        page("handouts/loss", PageKind::Handout, "Loss", blocks, Vec::new()),
        term("glossary/loss", "Loss", &[]),
        term("glossary/role", "Role", &[]),
        term("glossary/roles", "Roles", &[]),
    ];
    let site = site(pages, &[Audience::Patient]);
    assert_eq!(
        html(&site),
        "<p><a class=\"term\" href=\"../glossary/loss.html\">Losses</a>, a \
         <a class=\"term\" href=\"../glossary/role.html\">role</a> and \
         <a class=\"term\" href=\"../glossary/roles.html\">roles</a>.</p>\n"
    );
}

#[test]
fn a_term_is_not_linked_on_its_own_page() {
    let mut own = term("glossary/grief", "Grief", &["loss"]);
    let mut document = (*own.document).clone();
    document.blocks = vec![paragraph(words("Grief follows a loss."))];
    own.document = Arc::new(document);
    let site = site(vec![own], &[Audience::Patient]);
    assert_eq!(html(&site), "<p>Grief follows a loss.</p>\n");
    assert_eq!(read(&site).terms, BTreeSet::new());
}

#[test]
fn tables_name_their_rows_and_columns() {
    let row = |head: &str| [words(head), words("")].into();
    let table = block(BlockBody::Table {
        alignments: [Alignment::Start, Alignment::End].into(),
        header: [words(""), words("What helps")].into(),
        rows: [row("Monday")].into(),
    });
    let html = patient(vec![heading("week", "My week"), table.clone(), table], Vec::new());
    assert_eq!(
        html,
        "<h2 id=\"week\">My week</h2>\n\
         <div class=\"table-scroll\" role=\"region\" aria-label=\"Table: My week\" tabindex=\"0\">\n<table class=\"fill-in\">\n\
         <thead>\n<tr><td></td><th scope=\"col\" class=\"align-end\">What helps</th></tr>\n</thead>\n\
         <tbody>\n<tr><th scope=\"row\">Monday</th><td class=\"align-end\"></td></tr>\n</tbody>\n</table>\n</div>\n\
         <div class=\"table-scroll\" role=\"region\" aria-label=\"Table: My week (2)\" tabindex=\"0\">\n<table class=\"fill-in\">\n\
         <thead>\n<tr><td></td><th scope=\"col\" class=\"align-end\">What helps</th></tr>\n</thead>\n\
         <tbody>\n<tr><th scope=\"row\">Monday</th><td class=\"align-end\"></td></tr>\n</tbody>\n</table>\n</div>\n"
    );
}

#[test]
fn directives_become_what_they_are_for() {
    let item = |task| ListItem { task, blocks: [paragraph(words("Call"))].into() };
    let list = |task| block(BlockBody::List { start: None, tight: true, items: [item(task)].into() });
    let figure = vec![paragraph(vec![picture(0, None, "A curve")]), paragraph(words("Mood"))];
    let cases = [
        (
            directive(Directive::Tip, vec![paragraph(words("Rest"))]),
            "<div class=\"callout tip\" role=\"note\">\n<p class=\"callout-title\">Tip</p>\n<p>Rest</p>\n</div>\n",
        ),
        (
            directive(Directive::Checklist, vec![list(None)]),
            "<div class=\"checklist\">\n<ul class=\"boxes\">\n<li>Call</li>\n</ul>\n</div>\n",
        ),
        (
            list(Some(true)),
            "<ul class=\"task-list\">\n<li class=\"task\"><span class=\"task-box done\" role=\"img\" aria-label=\"Done\"></span> Call</li>\n</ul>\n",
        ),
        (
            directive(Directive::Write { lines: 2, boxed: false }, vec![paragraph(words("Who?"))]),
            "<div class=\"write\">\n<p>Who?</p>\n<div class=\"write-lines\" aria-hidden=\"true\"><div class=\"rule-line\"></div><div class=\"rule-line\"></div></div>\n</div>\n",
        ),
        (
            directive(Directive::Figure, figure),
            "<figure class=\"figure\">\n<img src=\"../figures/mood.svg\" alt=\"A curve\">\n<figcaption>\n<p>Mood</p>\n</figcaption>\n</figure>\n",
        ),
    ];
    for (block, expected) in cases {
        let target = LinkTarget::Asset(SitePath::new("content/figures/mood.svg"));
        assert_eq!(patient(vec![block], vec![target]), expected);
    }
}
