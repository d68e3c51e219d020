//! Every address leads somewhere, from wherever a page stands.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;
use psychoed::source::SitePath;

use crate::support::{Output, clinic, render, render_checked};

/// The values of an attribute in some HTML, unescaped.
fn values<'h>(html: &'h str, attribute: &'h str) -> impl Iterator<Item = String> + 'h {
    let start = format!(" {attribute}=\"");
    let found: Vec<String> = html
        .split(&start)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|value| value.replace("&#39;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&"))
        .collect();
    found.into_iter()
}

/// Every address within the site that leads nowhere.
fn dead(output: &Output) -> Vec<String> {
    let mut dead = Vec::new();
    for (path, html) in output.0.iter().filter(|(path, _)| path.ends_with(".html")) {
        let from = SitePath::new(path);
        let addresses = values(html, "href").chain(values(html, "src"));
        for address in addresses.filter(|address| !address.contains(':')) {
            // The page for addresses that do not exist is shown at any depth, so its own start at the server's top.
            let at_server = path.ends_with("404.html") && address.starts_with("/library/");
            assert!(at_server || !address.starts_with('/'), "{path} has {address}, which works on no disk");
            let (address, from) = match address.strip_prefix("/library/") {
                Some(address) => (address.to_owned(), SitePath::new("index.html")),
                None => (address, from.clone()),
            };
            let (file, anchor) = address.split_once('#').unwrap_or((&address, ""));
            let file = percent_decode_str(file).decode_utf8().expect("UTF-8");
            let target =
                if file.is_empty() { from.clone() } else { from.join(&file).unwrap_or_else(|| SitePath::new("..")) };
            let anchor = percent_decode_str(anchor).decode_utf8().expect("UTF-8");
            let alive = output
                .0
                .get(target.as_str())
                .is_some_and(|text| anchor.is_empty() || values(text, "id").any(|id| id == anchor));
            if !alive {
                dead.push(format!("{path}: {address}"));
            }
        }
    }
    dead
}

#[test]
fn no_link_of_any_edition_is_dead() {
    let output = render(clinic(&[]));
    assert_eq!(dead(&output), Vec::<String>::new());
}

#[test]
fn no_link_of_the_built_in_theme_is_dead() {
    let output = render_checked(clinic(&[]));
    assert_eq!(dead(&output), Vec::<String>::new());
}

#[test]
fn the_search_for_dead_links_finds_them() {
    let mut output = render(clinic(&[]));
    output.0.remove("patient/worksheets/my-people.html");
    assert!(dead(&output).contains(&"patient/handouts/grief.html: ../worksheets/my-people.html#people".to_owned()));
}

#[test]
fn addresses_fit_the_depth_of_their_page() {
    let output = render(clinic(&[]));
    assert!(
        output.file("patient/index.html").contains("<a href=\"handouts/what-is-it.html\">what this treatment is</a>")
    );
    assert!(
        output
            .file("patient/handouts/grief.html")
            .contains("<a href=\"../worksheets/my-people.html#people\">your sheet</a>")
    );
    assert!(output.file("patient/handouts/grief.html").contains("<a href=\"#steps\">the steps</a>"));
    let deep = output.file("clinician/course/unit-2/m2.html");
    assert!(deep.contains("<a href=\"../../handouts/grief.html#steps\">grief</a>"), "{deep}");
    assert!(deep.contains("<a href=\"#section\">this</a>"), "{deep}");
    assert!(
        deep.contains("<img src=\"../../figures/cycle.svg\" alt=\"The cycle\" width=\"640\" height=\"320\">"),
        "{deep}"
    );
    assert!(deep.contains("<link rel=\"stylesheet\" href=\"../../assets/site."), "{deep}");
    assert!(
        deep.contains(
            "<link rel=\"canonical\" href=\"https://clinic.example/library/clinician/course/unit-2/m2.html\">"
        )
    );
}

#[test]
fn anchors_are_unique_on_every_page() {
    for output in [render(clinic(&[])), render_checked(clinic(&[]))] {
        for (path, html) in output.0.iter().filter(|(path, _)| path.ends_with(".html")) {
            let ids: Vec<String> = values(html, "id").collect();
            assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{path}: {ids:?}");
        }
    }
}

#[test]
fn old_addresses_lead_on_and_never_out_of_the_edition() {
    let page = "+++\nkind = \"handout\"\nid = \"X\"\ntitle = \"X\"\naliases = [\"handouts/grief.html\", \"%2e%2e/outside.html\"]\n+++\nText.\n";
    let output = render(clinic(&[("content/handouts/x.md", page)]));
    assert!(output.file("patient/old/people.html").contains("content=\"0; url=../worksheets/my-people.html\""));
    assert!(
        output.file("patient/handouts/grief.html").contains("Grief is not an illness"),
        "an alias replaces nothing"
    );
    assert!(!output.0.keys().any(|path| path.contains("outside")));
}

#[test]
fn two_builds_are_the_same() {
    assert_eq!(render(clinic(&[])).0, render(clinic(&[])).0);
}

#[test]
fn only_files_that_a_page_uses_are_published() {
    let unused = ("content/figures/unused.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let output = render(clinic(&[unused]));
    assert!(output.0.contains_key("patient/figures/cycle.svg"));
    assert!(!output.0.keys().any(|path| path.contains("unused") || path == "patient/figures/staff.svg"));
}
