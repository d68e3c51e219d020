//! Nothing for clinicians reaches a patient.

use crate::support::{Output, clinic, render};

/// What only clinicians may read has this in it, somewhere.
const STAFF: &str = "zzclin";

fn of_edition<'o>(output: &'o Output, edition: &'o str) -> impl Iterator<Item = (&'o String, &'o String)> {
    output.0.iter().filter(move |(path, _)| path.starts_with(edition))
}

#[test]
fn no_byte_of_the_patient_edition_is_for_clinicians() {
    let output = render(clinic(&[]));
    assert!(of_edition(&output, "patient/").count() > 20);
    let traces = [
        STAFF,
        "staff2020",
        "staff.svg",
        "session-1",
        "quick-reference",
        "session-guides",
        "suitability",
        "evidence",
        "module",
    ];
    for (path, text) in of_edition(&output, "patient/") {
        for trace in traces {
            assert!(!path.to_lowercase().contains(trace), "{trace} in the name of {path}");
            assert!(!text.to_lowercase().contains(trace), "{trace} in {path}:\n{text}");
        }
    }
    // The same words are there to be found, so the search above can fail.
    for path in
        ["clinician/handouts/grief.html", "clinician/a-z.html", "clinician/references.bib", "clinician/feed.xml"]
    {
        assert!(output.file(path).to_lowercase().contains(STAFF), "{path}");
    }
    assert!(output.0.contains_key("clinician/figures/staff.svg"));
}

#[test]
fn blocks_for_nobody_in_an_edition_are_in_none() {
    let output = render(clinic(&[]));
    for (path, text) in &output.0 {
        assert!(!text.contains("Zzinst"), "{path}");
    }
}

#[test]
fn footnotes_and_citations_count_only_what_is_shown() {
    let output = render(clinic(&[]));
    let page = "patient/handouts/grief.html";
    let marks = output.between(page, "<div class=\"body\">", "role=\"doc-endnotes\"").matches("doc-noteref").count();
    assert_eq!(marks, 2);
    assert_eq!(output.between(page, "role=\"doc-endnotes\"", "</section>").matches("<li id=\"fn:").count(), 2);
    assert_eq!(output.between(page, "<ol class=\"bibliography\">", "</ol>").matches("<li").count(), 1);
    let page = "clinician/handouts/grief.html";
    assert_eq!(output.between(page, "role=\"doc-endnotes\"", "</section>").matches("<li id=\"fn:").count(), 3);
    assert_eq!(output.between(page, "<ol class=\"bibliography\">", "</ol>").matches("<li").count(), 2);
}

#[test]
fn contents_leave_out_headings_for_others() {
    let filler = "One more word of many. ".repeat(100);
    let text = format!(
        "+++\nkind = \"handout\"\nid = \"X\"\ntitle = \"Long\"\n+++\n## One\n\n{filler}\n\n:::clinician\n## Staff\n:::\n\n## Two\n\n### Within\n\n## Three\n"
    );
    let output = render(clinic(&[("content/handouts/long.md", &text)]));
    let titles = |edition: &str| -> Vec<String> {
        let path = format!("{edition}/handouts/long.html");
        output.links(&path, "<ul class=\"contents\">", "</ul>").into_iter().map(|(title, _)| title).collect()
    };
    assert_eq!(titles("patient"), ["One", "Two", "Within", "Three"]);
    assert_eq!(titles("clinician"), ["One", "Staff", "Two", "Within", "Three"]);
}

#[test]
fn contents_need_length_and_sections() {
    let short = "+++\nkind = \"handout\"\nid = \"X\"\ntitle = \"Short\"\n+++\n## One\n\nWords.\n\n## Two\n\n## Three\n";
    let output = render(clinic(&[("content/handouts/short.md", short)]));
    assert_eq!(output.between("patient/handouts/short.html", "<ul class=\"contents\">", "</ul>"), "");
}

#[test]
fn terms_of_the_edition_are_linked_on_patient_pages() {
    let output = render(clinic(&[]));
    let term = "<a class=\"term\" href=\"../glossary/role-transition.html\">role transition</a>";
    assert_eq!(output.file("patient/handouts/grief.html").matches(term).count(), 1);
    assert!(!output.file("patient/handouts/grief.html").contains("formulation"));
    assert!(output.file("clinician/handouts/grief.html").contains("../glossary/formulation.html"));
    assert!(!output.file("clinician/quick-reference/disputes.html").contains("class=\"term\""));
    let used_on = output.links("clinician/glossary/role-transition.html", "<ul class=\"used-on\">", "</ul>");
    let titles: Vec<&str> = used_on.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["Living with loss", "Zzclin disputes"]);
}

#[test]
fn pages_of_the_edition_can_be_counted() {
    let output = render(clinic(&[]));
    let top = output.file("index.html");
    assert!(top.contains("<a href=\"patient/index.html\">For patients</a> 5 for patients"), "{top}");
    assert!(top.contains("<a href=\"clinician/index.html\">For clinicians</a> 12</p>"), "{top}");
}

#[test]
fn one_edition_without_a_name_is_at_the_top() {
    let output =
        render(clinic(&[("site-config.toml", "title = \"All\"\n[citations]\nbibliography = [\"references.bib\"]\n")]));
    assert!(output.file("handouts/grief.html").contains("Zzclin heading"));
    assert!(output.file("index.html").contains("Start with"));
    assert!(!output.0.keys().any(|path| path.starts_with("patient/")));
    assert!(!output.0.contains_key("feed.xml"), "without a base URL there is no feed");
    assert!(!output.0.contains_key("sitemap.xml"), "nor a sitemap");
    assert_eq!(output.file("robots.txt"), "User-agent: *\nAllow: /\n");
}
