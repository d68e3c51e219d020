use jiff::civil::date;

use super::super::LinkFault;
use super::*;

/// Links files that are written as paths and bodies; each page gets a front matter.
fn site(files: &[(&str, &str)]) -> Site {
    site_with("", files)
}

fn site_with(front_matter: &str, files: &[(&str, &str)]) -> Site {
    let page = |body: &str| format!("+++\nkind = \"page\"\ntitle = \"A page\"\n{front_matter}+++\n\n{body}\n");
    let files = files.iter().map(|(path, body)| {
        let text = if path.ends_with(".md") { page(body) } else { (*body).to_owned() };
        (SitePath::new(path), text.into_bytes().into())
    });
    let sources = Arc::new(Sources { files: files.collect() });
    let (config, faults) = crate::parse::config::config(&sources);
    assert_eq!(faults, []);
    let parsed = crate::parse::all(&sources, &config, &mut Default::default());
    link(Arc::new(config), sources, parsed, &Facts::on(date(2026, 11, 22)), Wanted::default(), None)
}

/// What each link of `content/a/page.md` leads to, beside the other files.
fn targets(body: &str, others: &[(&str, &str)]) -> Vec<LinkTarget> {
    let site = site(&[&[("content/a/page.md", body)], others].concat());
    site.pages[site.page_at[&SitePath::new("content/a/page.md")]].targets.to_vec()
}

fn fault(address: &str, others: &[(&str, &str)]) -> LinkFault {
    match targets(&format!("[x](<{address}>)"), others).remove(0) {
        LinkTarget::Missing(fault) => fault,
        found => panic!("{address} leads to {found:?}"),
    }
}

fn nearest(address: &str, others: &[(&str, &str)]) -> Option<String> {
    match fault(address, others) {
        LinkFault::NoSuchFile { nearest, .. } => nearest,
        found => panic!("{address}: {found:?}"),
    }
}

#[test]
fn pages_get_addresses_from_their_paths_whatever_the_order_of_reading_was() {
    let site = site(&[("content/handouts/grief.md", "x"), ("content/a-b.md", "x"), ("content/a/v1.2.md", "x")]);
    let urls: Vec<&str> = site.pages.iter().map(|page| page.url.as_str()).collect();
    assert_eq!(urls, ["a-b.html", "a/v1.2.html", "handouts/grief.html"]);
    assert_eq!(site.page_at[&SitePath::new("content/a/v1.2.md")], 1);
}

#[test]
fn links_lead_to_pages_places_files_and_the_web() {
    let others = [("content/b/what helps.md", "## To do\n\nx"), ("content/b/plan.pdf", "%PDF")];
    let found = targets(
        "## Here\n\n[1](../b/what%20helps.md?x=1#to-do) [2](#here) [3](../b/plan.pdf) [4](https://www.nhs.uk/a?b#c) [5](./page.md)",
        &others,
    );
    assert_eq!(
        found,
        [
            LinkTarget::Page(1, Some("to-do".into())),
            LinkTarget::Page(0, Some("here".into())),
            LinkTarget::Asset(SitePath::new("content/b/plan.pdf")),
            LinkTarget::Web("https://www.nhs.uk/a?b#c".into()),
            LinkTarget::Page(0, None),
        ]
    );
}

#[test]
fn nothing_leads_out_of_the_content_folder() {
    let others = [("site.css", "x"), ("content/top.md", "x")];
    for address in
        ["../../site.css", "/top.md", "../../content/top.md", "%2e%2e/%2e%2e/site.css", "../../../../etc/passwd"]
    {
        assert_eq!(fault(address, &others), LinkFault::OutsideSite, "{address}");
    }
}

#[test]
fn case_and_unicode_form_count_on_every_file_system() {
    let others = [("content/b/Guide.md", "x"), ("content/b/Caf\u{e9}.md", "x")];
    let wrong = |actual: &str, certain| LinkFault::WrongCase { actual: actual.into(), certain };
    assert_eq!(fault("../b/guide.md", &others), wrong("../b/Guide.md", true));
    assert_eq!(fault("../B/Guide.md#x", &others), wrong("../b/Guide.md", true));
    let twins = [others.as_slice(), &[("content/b/GUIDE.md", "x")]].concat();
    let LinkFault::WrongCase { certain: false, .. } = fault("../b/guide.md", &twins) else {
        panic!("either may be meant")
    };
    assert_eq!(fault("../b/Cafe\u{301}.md", &others), wrong("../b/Caf%C3%A9.md", true));
}

#[test]
fn the_file_that_was_meant_is_suggested() {
    let others = [
        ("content/handouts/grief.md", "x"),
        ("content/handouts/index.md", "x"),
        ("content/worksheets/my-people.md", "x"),
        ("content/figures/cycle.svg", "<svg/>"),
    ];
    for (address, expected) in [
        ("../handouts/grief.html#x", Some("../handouts/grief.md")),
        ("../handouts/grief", Some("../handouts/grief.md")),
        ("../handouts/greif.md", Some("../handouts/grief.md")),
        ("../handouts/grief-help.md", Some("../handouts/grief.md")),
        ("grief.md", Some("../handouts/grief.md")),
        ("../handout/grief.md", Some("../handouts/grief.md")),
        ("../worksheets/my_people.md", Some("../worksheets/my-people.md")),
        ("../handouts/", Some("../handouts/index.md")),
        ("../figures/cycle.png", Some("../figures/cycle.svg")),
        ("../figures/cylce.svg", Some("../figures/cycle.svg")),
        ("weather.md", None),
        ("../figures/grief.svg", None),
    ] {
        assert_eq!(nearest(address, &others).as_deref(), expected, "{address}");
    }
}

#[test]
fn only_what_cannot_be_mistaken_is_certain() {
    let alias = "aliases = [\"old/loss.html\"]\n";
    let others = [
        ("content/handouts/grief.md", "## To do\n\nx"),
        ("content/handouts/index.md", "x"),
        ("content/worksheets/people.md", "x"),
        ("content/guides/people.md", "x"),
        ("content/figures/cycle.svg", "<svg/>"),
    ];
    for (address, certain) in [
        ("grief.md", true),
        ("../gone/Grief.md#to-do", true),
        ("../gone/grief.md#to-feel", false),
        ("../handouts/grief.html", true),
        ("../handouts/grief.html#to-feel", false),
        ("../gone/cycle.svg", true),
        ("../handouts/greif.md", false),
        ("../handouts/grief", false),
        ("../handouts/", false),
        ("people.md", false),
        ("index.md", false),
        ("../figures/cycle.png", false),
    ] {
        let LinkFault::NoSuchFile { nearest, certain: found } = fault(address, &others) else { panic!("{address}") };
        assert!(nearest.is_some() && found == certain, "{address}: {nearest:?} {found}");
    }
    let moved = |names: &[&str]| {
        let mut files = vec![("content/a/page.md", "[x](../old/loss.md)")];
        files.extend(names.iter().map(|name| (*name, "x")));
        // Every page has the alias, the one with the link as well.
        let site = site_with(alias, &files);
        site.pages[site.page_at[&SitePath::new("content/a/page.md")]].targets[0].clone()
    };
    let to_itself = LinkFault::NoSuchFile { nearest: Some("page.md".into()), certain: true };
    assert_eq!(moved(&[]), LinkTarget::Missing(to_itself));
    let LinkTarget::Missing(LinkFault::NoSuchFile { nearest: None, certain: false }) = moved(&["content/b.md"]) else {
        panic!("two pages name the same old address")
    };
}

#[test]
fn anchors_are_looked_up_on_the_page_that_has_them() {
    let others = [("content/b.md", "## Dose\n\n## Dose\n\n## What helps\n\n## What hurts\n\n## When to call {#call}")];
    let anchor = |anchor: &str| match fault(&format!("../b.md#{anchor}"), &others) {
        LinkFault::NoSuchAnchor { page: 1, nearest, .. } => nearest,
        found => panic!("{found:?}"),
    };
    assert_eq!(targets("[x](../b.md#dose-1)", &others), [LinkTarget::Page(1, Some("dose-1".into()))]);
    assert_eq!(anchor("dose-2"), ["dose", "dose-1"]);
    assert_eq!(anchor("WhatHelps"), ["what-helps", "what-hurts"]);
    assert_eq!(anchor("no-such-heading"), Vec::<String>::new());
    let LinkFault::NoSuchAnchor { page: 0, .. } = fault("#call", &others) else { panic!("found on the wrong page") };
}

#[test]
fn only_pages_have_places() {
    let found = fault("plan.pdf#page=2", &[("content/a/plan.pdf", "%PDF")]);
    assert_eq!(found, LinkFault::Malformed { reason: "only pages have places that a `#` can name".into() });
}

#[test]
fn a_page_that_cannot_be_read_is_never_published_as_a_file() {
    let sources = Sources {
        files: [
            ("content/a.md", "+++\nkind = \"page\"\ntitle = \"A\"\n+++\n\n[x](b.md)\n"),
            ("content/b.md", "no front matter"),
        ]
        .map(|(path, text)| (SitePath::new(path), text.into()))
        .into(),
    };
    let sources = Arc::new(sources);
    let (config, _) = crate::parse::config::config(&sources);
    let parsed = crate::parse::all(&sources, &config, &mut Default::default());
    let site = link(Arc::new(config), sources, parsed, &Facts::on(date(2026, 11, 22)), Wanted::default(), None);
    let expected = LinkFault::Unreadable { path: SitePath::new("content/b.md") };
    assert_eq!(*site.pages[0].targets, [LinkTarget::Missing(expected)]);
}

#[test]
fn a_page_is_seen_from_its_first_day_until_its_last() {
    let status = |front_matter: &str| site_with(front_matter, &[("content/a.md", "x")]).pages[0].status;
    assert_eq!(status(""), Status::Published);
    assert_eq!(status("draft = true\nexpires-on = 2020-01-01\n"), Status::Draft);
    assert_eq!(status("draft = false\n"), Status::Published);
    assert_eq!(status("publish-on = 2026-11-22\nexpires-on = 2026-11-23\n"), Status::Published);
    assert_eq!(status("publish-on = 2026-11-23\n"), Status::NotYet(date(2026, 11, 23)));
    assert_eq!(status("expires-on = 2026-11-22\n"), Status::Expired(date(2026, 11, 22)));
}
