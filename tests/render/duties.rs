//! What a page tells its readers of its age and of who stands behind it, with psychoed's own theme.

use crate::support::{render_checked, sources};

/// One handout of a site that has put up with its late review.
fn handout(config: &str, front_matter: &str) -> String {
    let config = format!(
        "title = \"Clinic\"\n[organisation]\nname = \"Hill Clinic\"\n{config}\n[[waivers]]\nrule = \"review-overdue\"\n\
         reason = \"Under way\"\nuntil = 2026-12-31\n"
    );
    let page = format!(
        "+++\nkind = \"handout\"\nid = \"X\"\ntitle = \"X\"\nreviewed = 2025-11-22\n{front_matter}+++\n\n\
         :::key-message\nTalk.\n:::\n\n:::steps\n1. Ring.\n:::\n"
    );
    let output = render_checked(sources(&[("site-config.toml", &config), ("content/x.md", &page)]));
    output.file("x.html").to_owned()
}

#[test]
fn a_page_past_its_review_says_so_above_its_text_and_on_paper() {
    let late = handout("", "review-due = 2026-11-21\n");
    let notice = late.find("This page is due for review").expect("a notice");
    assert!(notice < late.find("class=\"body\"").unwrap(), "it stands above the text");
    assert!(late.contains("It should have been checked by <time datetime=\"2026-11-21\">21 November 2026</time>."));
    assert!(late.contains("Next review 21 November 2026 (overdue)"), "every sheet says so");
    let in_time = handout("", "review-due = 2026-11-22\n");
    assert!(!in_time.contains("due for review") && !in_time.contains("(overdue)"));
}

#[test]
fn who_paid_is_told_with_the_page() {
    let said = "funding = \"The town <pays>.\"";
    assert!(!handout("", "").contains("Funding"));
    assert!(handout(said, "").contains("<dt>Funding</dt><dd>The town &lt;pays&gt;.</dd>"));
    let own = handout(said, "funding = \"A gift of the Friends.\"\n");
    assert!(own.contains("<dd>A gift of the Friends.</dd>") && !own.contains("The town"));
}

#[test]
fn scores_are_never_shown_to_readers() {
    let scores = "[scores]\npemat-understandability = 87\ncdc-index = 93\nby = \"Zzscorer\"\n";
    assert_eq!(handout("", scores), handout("", ""));
}
