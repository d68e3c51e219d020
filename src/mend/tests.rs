use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Location, Severity};
use crate::site::Facts;
use crate::{Memo, Options, build};

fn path() -> SitePath {
    SitePath::new("content/a.md")
}

fn sources(text: &[u8]) -> Sources {
    Sources { files: [(path(), text.into())].into() }
}

fn finding(at: std::ops::Range<usize>, replacement: &str) -> Diagnostic {
    let at = Location::new(&path(), &at);
    Diagnostic::error("link-case-wrong", at.clone(), "wrong").fixed_by(at, replacement)
}

fn mended(text: &str, fixes: &[(std::ops::Range<usize>, &str)]) -> (String, usize) {
    let found: Vec<Diagnostic> = fixes.iter().map(|(at, replacement)| finding(at.clone(), replacement)).collect();
    let plan = Plan::of(&found, &sources(text.as_bytes()));
    let after = plan.files.get(&path()).map_or(text.as_bytes(), |mended| &mended.after);
    (String::from_utf8(after.to_vec()).unwrap(), plan.waiting)
}

#[test]
fn fixes_are_carried_out_wherever_they_stand() {
    assert_eq!(mended("one two three", &[(8..13, "3"), (0..3, "1")]), ("1 two 3".into(), 0));
    assert_eq!(mended("ab", &[(0..1, "x"), (1..2, "y"), (2..2, "!")]), ("xy!".into(), 0));
    assert_eq!(mended("", &[(0..0, "new")]), ("new".into(), 0));
}

#[test]
fn of_fixes_that_overlap_the_first_is_carried_out() {
    assert_eq!(mended("one two", &[(2..5, "-"), (0..3, "1")]), ("1 two".into(), 1));
    assert_eq!(mended("ab", &[(1..1, "x"), (1..1, "y")]), ("axb".into(), 1));
}

#[test]
fn what_two_findings_ask_for_is_done_once() {
    assert_eq!(mended("one", &[(0..3, "1"), (0..3, "1")]), ("1".into(), 0));
}

#[test]
fn what_is_waived_or_right_or_not_there_is_left() {
    let mut waived = finding(0..3, "1");
    waived.waived = Some("for now".into());
    let backwards = {
        let mut found = finding(0..1, "x");
        found.fix.as_mut().unwrap().at.span.start = 2;
        found
    };
    let found = [waived, finding(0..3, "one"), finding(2..9, "x"), backwards];
    assert_eq!(Plan::of(&found, &sources(b"one")), Plan::default());
    assert_eq!(Plan::of(&[finding(0..1, "x")], &Sources::default()), Plan::default());
}

#[test]
fn the_diff_keeps_line_ends_and_tells_of_a_missing_one() {
    let plan = Plan::of(&[finding(6..9, "2")], &sources(b"one\r\n\ttwo\r\nend"));
    assert_eq!(
        plan.diff(),
        "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,3 +1,3 @@\n one\r\n-\ttwo\r\n+\t2\r\n end\n\\ No newline at end of file\n"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_outside_of_the_places_changes(
        text in vec(any::<u8>(), 0..60),
        wanted in vec((0_usize..70, 0_usize..9, "[a-z\r\n\u{e9}]{0,5}"), 0..8),
    ) {
        let found: Vec<Diagnostic> =
            wanted.iter().map(|(start, length, replacement)| finding(*start..start + length, replacement)).collect();
        let plan = Plan::of(&found, &sources(&text));
        let Some(mended) = plan.files.get(&path()) else { return Ok(()) };
        let (mut before, mut after) = (0, 0);
        for fix in &mended.fixes {
            let untouched = fix.at.span.start.checked_sub(before).expect("fixes are apart and in order");
            prop_assert_eq!(&text[before..before + untouched], &mended.after[after..after + untouched]);
            after += untouched;
            prop_assert_eq!(fix.replacement.as_bytes(), &mended.after[after..after + fix.replacement.len()]);
            after += fix.replacement.len();
            before = fix.at.span.end;
        }
        prop_assert_eq!(&text[before..], &mended.after[after..]);
    }
}

/// Lines that faults stand on, with what has to stand there instead.
const LINES: [(&str, &str); 7] = [
    ("[x](Handouts/Grief.md)  ", "[x](handouts/grief.md)  "),
    ("* ![Cycle](gone/cycle.svg \"A <title>\")", "* ![Cycle](figures/cycle.svg \"A <title>\")"),
    (
        "Sée [y](<handouts/old-grief.md#What-Helps>) – [z][loss], [z][loss].\n\n[loss]: handouts/grief.html",
        "Sée [y](<handouts/old-grief.md#What-Helps>) – [z][loss], [z][loss].\n\n[loss]: handouts/grief.md",
    ),
    ("> [a](handouts/old-grief.md?x#what-helps)\t", "> [a](handouts/grief.md?x#what-helps)\t"),
    ("| [b](HANDOUTS/grief.md) | 1\\|2 |\n|---|---|", "| [b](handouts/grief.md) | 1\\|2 |\n|---|---|"),
    ("[c](handouts/grief.md#What-Helps)", "[c](handouts/grief.md#what-helps)"),
    ("`[d](Handouts/Grief.md)`", "`[d](Handouts/Grief.md)`"),
];

fn project(page: &[u8]) -> Arc<Sources> {
    let grief = "+++\nkind = \"page\"\ntitle = \"Grief\"\naliases = [\"handouts/old-grief.html\"]\n+++\n\n## What helps\n\nTalk.\n";
    let files: [(&str, &[u8]); 4] = [
        ("site-config.toml", b"title = \"Clinic\"\n"),
        ("content/a.md", page),
        ("content/handouts/grief.md", grief.as_bytes()),
        ("content/figures/cycle.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ];
    Arc::new(Sources { files: files.map(|(path, bytes)| (SitePath::new(path), bytes.into())).into() })
}

fn plan_of(page: &[u8]) -> Plan {
    let sources = project(page);
    let facts = Facts::on(jiff::civil::date(2026, 11, 22));
    let built = build(&sources, &facts, &Options::default(), &mut Memo::default());
    Plan::of(&built.diagnostics, &sources)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_page_however_it_is_stored_changes_only_where_it_was_wrong(
        lines in prop::sample::subsequence(LINES.to_vec(), 0..=LINES.len()),
        marked in any::<bool>(),
        end in prop::sample::select(vec!["\n", "\r\n"]),
        closed in any::<bool>(),
    ) {
        let stored = |pick: fn(&(&'static str, &'static str)) -> &'static str, key: &str| {
            let body: Vec<&str> = lines.iter().map(pick).collect();
            let text = format!("+++\nkind = \"page\"\n{key} = \"A\"  # mine\n+++\n\n{}{}", body.join("\n\n"), if closed { "\n" } else { "" });
            format!("{}{}", if marked { "\u{feff}" } else { "" }, text.replace('\n', end)).into_bytes()
        };
        let (mut page, expected) = (stored(|line| line.0, "Titel"), stored(|line| line.1, "title"));
        // A page without its title is not read any further, so that its links come second.
        for _ in 0..2 {
            if let Some(mended) = plan_of(&page).files.remove(&path()) {
                page = mended.after;
            }
        }
        prop_assert_eq!(String::from_utf8_lossy(&page), String::from_utf8_lossy(&expected));
        prop_assert_eq!(plan_of(&page), Plan::default());
    }
}

#[test]
fn a_key_is_mended_only_where_nothing_else_can_be_meant() {
    for (written, mended) in [
        ("Summary = \"x\"", Some("summary = \"x\"")),
        ("sumary = \"x\"", Some("summary = \"x\"")),
        ("review_due = 2029-01-01", Some("review-due = 2029-01-01")),
        ("sumary = \"x\"\nsummary = \"y\"", None),
        ("sumary = \"x\"\nsummery = \"y\"", Some("summary = \"x\"\nsummery = \"y\"")),
        ("sumary.x = \"x\"", None),
        ("[[reviewrs]]\nname = \"A\"\nrole = \"B\"", None),
        ("colour = \"red\"", None),
    ] {
        let page = |key: &str| format!("+++\nkind = \"page\"\ntitle = \"A\"\n{key}\n+++\n\nText.\n");
        let after = plan_of(page(written).as_bytes()).files.remove(&path()).map(|mended| mended.after);
        assert_eq!(after.map(|after| String::from_utf8(after).unwrap()), mended.map(page), "{written}");
    }
}

#[test]
fn a_warning_is_mended_like_an_error() {
    let mut found = finding(0..3, "1");
    found.severity = Severity::Warning;
    assert_eq!(Plan::of(&[found], &sources(b"one")).count(), 1);
}
