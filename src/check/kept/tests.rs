//! What is kept never shows: after every edit, the same is found with it as without.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::*;
use crate::check::{Check, RULES};
use crate::site::edition::Wanted;
use crate::{check, parse, site};

/// A way in which a project can be different.
struct Edit {
    path: &'static str,
    change: Change,
}

enum Change {
    /// Some words of the file are others.
    Words(&'static str, &'static str),
    /// A file has come.
    Added(&'static str),
    /// The file has gone.
    Removed,
    /// It is another day.
    Day(Date),
    /// Only one edition is built.
    Edition(&'static str),
}

use Change::{Added, Day, Edition, Removed, Words};

const CONFIG: &str = r#"title = "Clinic"
language = "en"
region = "GB"

[[crisis-lines]]
region = "GB"
name = "Line"
number = "1"
checked = 2026-11-01

[theme]
folder = "theme"

[markdown]
allow-html = true

[editions.patient]
title = "For patients"
audiences = ["patient"]

[editions.all]
title = "For all"
audiences = ["patient", "clinician", "trainee", "instructor"]

[checks]
front-matter-missing = "warn"
"#;

const WAIVER: &str = r#"[[waivers]]
rule = "link-target-missing"
path = "content/handout.md"
reason = "It is being written"
until = 2026-12-01

[checks]
"#;

const WORKS: &str = "@article{grief2000,\n author = {A, B.}, title = {Grief}, journal = {J}, year = {2000}}\n\
                     @article{sleep2001,\n author = {A, B.}, title = {Sleep}, journal = {J}, year = {2001}}\n";

const HANDOUT: &str = r#"+++
kind = "handout"
id = "H-1"
title = "Grief"
reviewers = [{ name = "A", role = "B" }]
reviewed = 2026-01-01
review-due = 2027-01-01
+++

:::key-message
Talk.
:::

:::steps
1. Ring somebody. <img src="https://a.example/a.gif" alt="">
:::

## What helps

![Two people talk to each other](figures/talk.png) and ![](figures/walk.svg), as in @grief2000 and [@slep2001].

:::clinician
## For you

Read [more](guide.md).
:::

### What else

See [the guide](guide.md#steps), [the end](later.md#nowhere), [nothing](non.md), [what is broken](broken.md) and
[the draft](draft.md).
"#;

const GUIDE: &str = r#"+++
kind = "session-guide"
id = "G-1"
title = "First session"
audience = ["clinician"]
sessions = [1]
minutes = 50
goals = ["Agree"]
materials = ["handout.md"]
reviewers = [{ name = "A", role = "B" }]
reviewed = 2026-01-01
review-due = 2026-12-24
+++

## Steps

:::steps
1. Ask about [sleep](later.md), as [@sleep2001] does.
:::

![A picture of a walk](figures/walk.svg)

## Why

It helps 45% of people.
"#;

const EVIDENCE: &str = r#"+++
kind = "evidence"
id = "E-1"
title = "Does it help?"
reviewers = [{ name = "A", role = "B" }]

[question]
population = "People"
intervention = "Talking"
comparator = "Waiting"
outcome = "Mood"

[[findings]]
statement = "It helps"
outcome = "mood"
sources = ["grief2000"]
design = "rct"
certainty = { system = "GRADE", rating = "high", down = [{ domain = "risk-of-bias", by = 1, why = "Small" }], up = [] }
+++

It helps.
"#;

const PICTURE: &str = "GIF89a\t\0\t\0;";

/// A project with faults of all sorts.
fn project() -> BTreeMap<String, String> {
    let page = |title: &str, more: &str, body: &str| {
        format!("+++\nkind = \"page\"\ntitle = \"{title}\"\n{more}+++\n\nText of {title}.\n\n{body}\n")
    };
    let files = [
        ("site-config.toml", CONFIG.to_owned()),
        ("content/references.bib", WORKS.to_owned()),
        ("content/index.md", page("Home", "", "[All](pages/page-00.md) of [them](handout.md).")),
        ("content/handout.md", HANDOUT.to_owned()),
        ("content/guide.md", GUIDE.to_owned()),
        ("content/evidence.md", EVIDENCE.to_owned()),
        ("content/later.md", page("Sleep", "id = \"H-2\"\n", "## First\n\nx\n\n## Second\n\nx")),
        ("content/draft.md", page("Draft", "id = \"g-1\"\ndraft = true\n", "[Gone](gone.md)")),
        ("content/soon.md", page("Soon", "publish-on = 2026-12-01\naliases = [\"old.html\"]\n", "x")),
        ("content/broken.md", "# Grief".to_owned()),
        ("content/figures/talk.png", PICTURE.to_owned()),
        ("content/figures/walk.svg", "<svg><g onload=\"x()\"/></svg>".to_owned()),
        ("theme/assets/own.css", "@import url('https://fonts.example/a.css');".to_owned()),
    ];
    let more = (0..20).map(|number| {
        let next =
            format!("[Next](page-{:02}.md#second) and [back](../index.md).\n\n## Second\n\nx", (number + 1) % 20);
        (format!("content/pages/page-{number:02}.md"), page(&format!("Page {number}"), "", &next))
    });
    files.into_iter().map(|(path, text)| (path.to_owned(), text)).chain(more).collect()
}

/// Edits, each of which changes what is found.
fn edits() -> Vec<Edit> {
    let edit = |path, change| Edit { path, change };
    let handout = "content/handout.md";
    vec![
        // Bodies.
        edit(handout, Words(":::steps\n", "Some more words.\n\n:::steps\n")),
        edit(handout, Words("Two people talk to each other", "picture")),
        edit(handout, Words("[@slep2001]", "[@sleep2001, p. 3]")),
        edit(handout, Words("## For you", "Text for you.")),
        edit(handout, Words("(non.md)", "(later.md)")),
        edit("content/guide.md", Words("[@sleep2001]", "Sleep")),
        edit("content/guide.md", Words("## Steps", "## Course")),
        edit("content/later.md", Words("## Second", "## Third")),
        edit("content/guide.md", Words("(figures/walk.svg)", "(figures/talk.png)")),
        edit("content/index.md", Words("(pages/page-00.md)", "(draft.md)")),
        edit("content/evidence.md", Words("\n\nIt helps", "\n\nIt helps [@grief2000]")),
        edit("content/soon.md", Words("\n\nText", "\n\n[x](../x.md) <b>text</b>\n\n:::steps\n")),
        // Front matter.
        edit("content/draft.md", Words("\"Draft\"", "\"Not ready yet\"")),
        edit("content/guide.md", Words("title = \"First session\"", "title = \"Session 1\"")),
        edit("content/guide.md", Words("[\"clinician\"]", "[\"patient\", \"clinician\"]")),
        edit("content/later.md", Words("id = \"H-2\"", "id = \"h-1\"")),
        edit("content/later.md", Words("title = ", "draft = true\ntitle = ")),
        edit("content/soon.md", Words("old.html", "draft.html")),
        edit("content/evidence.md", Words("by = 1", "by = 2")),
        edit(handout, Words("review-due = 2027-01-01", "review-due = 2025-01-01")),
        edit(handout, Words("+++\nkind", "kind")),
        edit("content/broken.md", Words("# Grief", "+++\nkind = \"page\"\ntitle = \"Broken\"\n+++\n\nx")),
        edit("content/broken.md", Words("Grief", "Loss")),
        // Files that come and go.
        edit("content/a-new.md", Added("+++\nkind = \"page\"\ntitle = \"New\"\nid = \"H-1\"\n+++\n\n[x](INDEX.md)\n")),
        edit("content/gone.md", Added("+++\nkind = \"page\"\ntitle = \"Gone\"\n+++\n\nx\n")),
        edit("content/guide.md", Removed),
        edit("content/pages/page-07.md", Removed),
        edit("content/figures/talk.png", Removed),
        edit("content/figures/other.svg", Added("<svg><script/></svg>")),
        edit("content/references.bib", Removed),
        edit("theme/assets/own.css", Removed),
        // Words of the whole site.
        edit("content/a-term.md", Added("+++\nkind = \"term\"\ntitle = \"What helps\"\nplain = \"Help\"\n+++\n\nx\n")),
        edit("site-config.toml", Words("[checks]\n", "[plain-words]\nsomebody = \"a friend\"\n\n[checks]\n")),
        edit("site-config.toml", Words("language = \"en\"", "language = \"pl\"")),
        // What is in files that are no pages.
        edit("content/figures/talk.png", Words("GIF89a", "\0\0\0\0")),
        edit("content/figures/walk.svg", Words("onload=\"x()\"", "")),
        edit("content/figures/walk.svg", Words("</svg>", "")),
        edit("theme/assets/own.css", Words("https:", "http:")),
        edit("content/references.bib", Words("@article{grief2000", "@article{loss2000")),
        edit("content/references.bib", Words("title = {Sleep},", "")),
        // The configuration, and the world.
        edit(
            "site-config.toml",
            Words("[checks]\n", "[checks]\nlink-target-missing = \"off\"\nno-such-rule = \"off\"\n"),
        ),
        edit("site-config.toml", Words("front-matter-missing = \"warn\"", "front-matter-missing = \"error\"")),
        edit("site-config.toml", Words("allow-html = true", "allow-html = false")),
        edit("site-config.toml", Words("folder = \"theme\"", "folder = \"none\"\nlogo = \"content/index.md\"")),
        edit("site-config.toml", Words("folder = \"theme\"", "logo = \"content/figures/talk.png\"")),
        edit("site-config.toml", Words("[\"patient\"]", "[\"clinician\"]")),
        edit("site-config.toml", Words("region = \"GB\"\n\n", "region = \"IE\"\n\n")),
        edit("site-config.toml", Words("[checks]\n", "[checks]\nimage-alt-missing = \"note\"\n")),
        edit("site-config.toml", Words("[checks]\n", WAIVER)),
        edit("", Day(date(2027, 2, 1))),
        edit("", Day(date(2026, 11, 25))),
        edit("", Edition("all")),
    ]
}

/// A project after some edits.
fn edited<'e>(edits: impl Iterator<Item = &'e Edit>) -> (Arc<Sources>, Facts, Vec<String>) {
    let (mut files, mut facts, mut editions) = (project(), Facts::on(date(2026, 11, 22)), Vec::new());
    for Edit { path, change } in edits {
        match change {
            Words(from, to) => {
                files.entry((*path).to_owned()).and_modify(|text| *text = text.replacen(from, to, 1));
            }
            Added(text) => {
                files.insert((*path).to_owned(), (*text).to_owned());
            }
            Removed => {
                files.remove(*path);
            }
            Day(day) => facts.today = *day,
            Edition(name) => editions = vec![(*name).to_owned()],
        }
    }
    let files = files.into_iter().map(|(path, text)| (SitePath::new(path), text.into_bytes().into()));
    (Arc::new(Sources { files: files.collect() }), facts, editions)
}

/// What is left from one edit to the next.
#[derive(Default)]
struct Session {
    parsed: parse::Kept,
    site: Option<Arc<Site>>,
    kept: Kept,
}

impl Session {
    /// What is found after some edits; panics if it is not what is found without anything kept.
    fn found<'e>(&mut self, edits: impl Iterator<Item = &'e Edit>, what: &str) -> Vec<Diagnostic> {
        let (sources, facts, editions) = edited(edits);
        let (config, mut faults) = parse::config::config(&sources);
        let mut parsed = parse::all(&sources, &config, &mut self.parsed);
        parsed.faults.append(&mut faults);
        let before = self.site.as_deref();
        let site = Arc::new(site::link(
            Arc::new(config),
            sources,
            parsed,
            &facts,
            Wanted { names: &editions, drafts: false },
            before,
        ));
        let found = check::run(&site, &facts, &mut self.kept);
        assert_eq!(found, check::run(&site, &facts, &mut Kept::default()), "after {what}");
        self.site = Some(site);
        found
    }
}

#[test]
fn after_every_edit_the_same_is_found_as_by_looking_at_everything() {
    let mut session = Session::default();
    let first = session.found([].iter(), "nothing");
    for (number, edit) in edits().iter().enumerate() {
        let what = format!("edit {number}, of {}", edit.path);
        assert!(session.found(std::iter::once(edit), &what) != first, "{what} changes nothing");
        assert_eq!(session.found([].iter(), &format!("taking back {what}")), first, "taking back {what}");
    }
}

#[test]
fn no_order_of_edits_makes_a_difference() {
    let edits = edits();
    let mut made = vec![false; edits.len()];
    let mut session = Session::default();
    let mut chance = 7_usize;
    for step in 0..300 {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let next = (chance >> 33) % edits.len();
        made[next] = !made[next];
        let edits = edits.iter().zip(&made).filter(|(_, made)| **made).map(|(edit, _)| edit);
        session.found(edits, &format!("step {step}, of {}", next));
    }
}

#[test]
fn the_project_has_faults_for_checks_of_every_sort() {
    let found = Session::default().found([].iter(), "nothing");
    let rules = RULES.iter().filter(|rule| found.iter().any(|found| found.rule == rule.name));
    let sorts: BTreeSet<&str> = rules
        .flat_map(|rule| rule.checks)
        .map(|check| match check {
            Check::Page(_) => "page",
            Check::PageAmongOthers(_) => "page among others",
            Check::PatientText(_) => "patient's text",
            Check::Unsourced(_) => "unsourced",
            Check::File(_) => "file",
            Check::Web(_) => "web",
            Check::Lists(_) => "lists",
            Check::Site(_) => "site",
            Check::Standing(_) => "standing",
        })
        .collect();
    assert_eq!(
        sorts,
        BTreeSet::from(["file", "lists", "page", "page among others", "patient's text", "site", "unsourced"])
    );
}

#[test]
fn what_has_not_changed_is_not_looked_at_again() {
    let mut session = Session::default();
    let place = |found: &[Diagnostic]| (found.as_ptr(), found.len());
    let places = |kept: &Kept| -> Vec<_> {
        kept.pages.iter().map(|found| (place(&found.alone), place(&found.among_others))).collect()
    };
    session.found([].iter(), "nothing");
    let before = places(&session.kept);
    let edit = Edit { path: "content/handout.md", change: Words("What helps", "What does help") };
    session.found(std::iter::once(&edit), "an edit of a body");
    let site = session.site.as_deref().expect("a site");
    let looked: Vec<&str> = places(&session.kept)
        .iter()
        .zip(&before)
        .zip(&site.pages)
        .filter(|((now, before), _)| now != before)
        .map(|(_, page)| page.path.as_str())
        .collect();
    assert_eq!(looked, [edit.path]);
    let walk = session.kept.files[&SitePath::new("content/figures/walk.svg")].found.clone();
    session.found([].iter(), "taking it back");
    let files = &session.kept.files;
    assert!(Arc::ptr_eq(&walk, &files[&SitePath::new("content/figures/walk.svg")].found));
    let alone = |kept: &Kept| -> Vec<_> { kept.pages.iter().map(|found| place(&found.alone)).collect() };
    let before = alone(&session.kept);
    let title = Edit { path: "content/guide.md", change: Words("title = \"First session\"", "title = \"Session 1\"") };
    session.found(std::iter::once(&title), "an edit of a title");
    let site = session.site.as_deref().expect("a site");
    let now = alone(&session.kept);
    assert!(before.iter().filter(|(_, findings)| *findings > 0).count() > 1);
    let same = |page: usize| now[page] == before[page] || site.pages[page].path.as_str() == title.path;
    assert!((0..now.len()).all(same), "pages were looked at by themselves again although only lists have changed");
}
