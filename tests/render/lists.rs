//! The pages that nobody wrote.

use crate::support::{clinic, link, links, render, sources};

#[test]
fn pages_stand_where_phase_and_focal_area_meet() {
    let output = render(clinic(&[]));
    let table = output.between("clinician/browse.html", "<table>", "</table>");
    let rows: Vec<Vec<Vec<String>>> = table
        .split("<tr>")
        .skip(2)
        .map(|row| {
            row.split("<td>").skip(1).map(|cell| links(cell).into_iter().map(|(title, _)| title).collect()).collect()
        })
        .collect();
    let none = Vec::<String>::new;
    let some = |titles: &[&str]| titles.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>();
    // Beginning, middle, any: nothing is there for the ending, so that it has no column.
    assert_eq!(rows[0], [some(&["My people"]), some(&["Living with loss", "My people"]), none()], "grief");
    assert_eq!(rows[1], [some(&["My people"]), some(&["My people"]), some(&["Zzclin disputes"])], "disputes");
    assert_eq!(rows[2], [some(&["What is this treatment?", "Zzclin session"]), none(), none()], "any focal area");
    assert_eq!(rows.len(), 3);
    assert!(table.contains("<th>Any focal area</th>"));
}

#[test]
fn every_name_of_a_focal_area_leads_to_it() {
    let output = render(clinic(&[]));
    let index = output.file("patient/a-z.html");
    for synonym in ["bereavement", "grief", "unresolved grief"] {
        let line = format!("<p>{synonym} <a href=\"focal-areas/grief.html\">see Grief and loss</a></p>");
        assert!(index.contains(&line), "{synonym}: {index}");
    }
    assert!(index.contains("<p>life change <a href=\"glossary/role-transition.html\">see Role transition</a></p>"));
    assert!(
        index.contains("<h2>W</h2>\n<p>What is this treatment? <a href=\"handouts/what-is-it.html\">Handout</a></p>")
    );
}

#[test]
fn a_guide_and_its_materials_lead_to_each_other() {
    let output = render(clinic(&[]));
    let related = |page: &str| output.links(page, "<ul class=\"related\">", "</ul>");
    assert_eq!(
        related("clinician/handouts/what-is-it.html")[0],
        link("Zzclin session", "../session-guides/session-1.html")
    );
    assert_eq!(
        related("clinician/session-guides/session-1.html")[0],
        link("What is this treatment?", "../handouts/what-is-it.html")
    );
    assert_eq!(related("patient/handouts/what-is-it.html"), [link("My people", "../worksheets/my-people.html")]);
    assert_eq!(
        output.links("clinician/session-guides/session-1.html", "<ul class=\"materials\">", "</ul>"),
        [link("What is this treatment?", "../handouts/what-is-it.html")]
    );
    assert!(output.file("clinician/session-guides/session-1.html").contains("<p class=\"session\">1–3</p>"));
}

#[test]
fn a_session_guide_leads_to_its_pack_and_lists_to_theirs() {
    let output = render(clinic(&[]));
    let guide = output.file("clinician/session-guides/session-1.html");
    assert!(guide.contains("<a class=\"pack\" href=\"../packs/session-sg-1.html\">Sessions 1–3 pack</a>"), "{guide}");
    assert_eq!(
        output.links("clinician/packs/session-sg-1.html", "<ol class=\"parts\">", "</ol>"),
        [
            link("Zzclin session", "../session-guides/session-1.html"),
            link("What is this treatment?", "../handouts/what-is-it.html")
        ]
    );
    let packs = |page: &str| output.links(page, "<ul class=\"packs\">", "</ul>");
    let take_home = [link("Take-home pack: Grief and loss", "../packs/focal-area-grief.html")];
    assert_eq!(packs("patient/focal-areas/grief.html"), take_home);
    assert_eq!(packs("clinician/focal-areas/grief.html"), take_home);
    assert!(
        output
            .0
            .keys()
            .all(|path| !path.starts_with("patient/packs/session") && !path.starts_with("patient/packs/clin"))
    );
}

#[test]
fn every_page_with_an_id_says_whether_a_copy_is_current() {
    let output = render(clinic(&[]));
    let page = output.file("patient/handouts/grief.html");
    assert!(page.contains("<a class=\"currency\" href=\"../c/HO-GRIEF.html\">"), "{page}");
    let copy = output.file("patient/c/HO-GRIEF.html");
    assert!(
        copy.contains("<p class=\"copy\">HO-GRIEF Living with loss")
            && copy.contains("<a href=\"../handouts/grief.html\">page</a>"),
        "{copy}"
    );
    let ids = |edition: &str| output.0.keys().filter(|path| path.starts_with(&format!("{edition}/c/"))).count();
    assert!(ids("patient") < ids("clinician"));
}

#[test]
fn a_page_names_at_most_six_related_pages() {
    let pages: Vec<(String, String)> = (0..40)
        .map(|number| {
            let text = format!(
                "+++\nkind = \"handout\"\nid = \"N{number}\"\ntitle = \"Number {number:02}\"\nfocal-area = [\"grief\"]\n+++\nText.\n"
            );
            (format!("content/handouts/n{number}.md"), text)
        })
        .collect();
    let changes: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let output = render(clinic(&changes));
    let related = output.links("patient/handouts/n20.html", "<ul class=\"related\">", "</ul>");
    let titles: Vec<&str> = related.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles.len(), 6);
    assert_eq!(titles[0], "My people", "another kind comes before more of the same");
    assert_eq!(titles[1..3], ["Number 21", "Number 22"], "then what follows");
}

#[test]
fn criteria_are_grouped_by_verdict() {
    let output = render(clinic(&[]));
    let overview = output.file("clinician/suitability.html");
    let suits = overview.find("Zzclin suits").expect("it is there");
    assert!(suits < overview.find("Zzclin refer").expect("it is there"));
    assert!(overview.contains("<a href=\"suitability/for-whom.html\">Zzclin for whom</a>"));
    let page = output.file("clinician/suitability/for-whom.html");
    assert!(page.find("Zzclin suits") < page.find("Zzclin refer"));
    assert!(page.contains("href=\"#ref-staff2020\""), "{page}");
}

#[test]
fn evidence_is_written_out() {
    let output = render(clinic(&[]));
    let page = output.file("clinician/evidence/depression.html");
    assert!(
        page.contains("Zzclin finding | Randomised trial | No difference found | 1 study, 239 people |  |  | <span class=\"citation\" id=\"cite-1\">"),
        "{page}"
    );
    let overview = output.file("clinician/evidence.html");
    assert!(
        overview
            .contains("Adults | IPT compared with placebo | Zzclin finding | <a href=\"evidence/depression.html\">")
    );
}

#[test]
fn references_name_the_pages_that_cite_them() {
    let output = render(clinic(&[]));
    let cited_on = |path: &str, id: &str| {
        let start = format!("<li id=\"{id}\">");
        let entry = output.between(path, &start, "</ul>");
        links(entry.split_once("class=\"cited-on\"").expect("it is cited").1)
    };
    assert_eq!(
        cited_on("patient/references.html", "ref-elkin1989"),
        [link("Welcome", "index.html"), link("Living with loss", "handouts/grief.html")]
    );
    assert_eq!(cited_on("clinician/references.html", "ref-elkin1989").len(), 5);
    assert_eq!(
        output.links("patient/references.html", "<ul class=\"downloads\">", "</ul>"),
        [link("BibLaTeX", "references.bib"), link("RIS", "references.ris"), link("CSL-JSON", "references.json")]
    );
    assert!(output.file("patient/references.bib").contains("elkin1989"));
    assert!(output.file("patient/references.ris").contains("TY  - "));
    assert!(output.file("patient/references.json").contains("\"elkin1989\""));
}

#[test]
fn menus_have_what_the_edition_has() {
    let output = render(clinic(&[]));
    let titles = |page: &str, label: &str| -> Vec<String> {
        let nav = output.links(page, &format!("<nav aria-label=\"{label}\">"), "</nav>");
        nav.into_iter().map(|(title, _)| title).collect()
    };
    assert_eq!(
        titles("patient/index.html", "Main"),
        ["Home", "Handouts", "Worksheets", "Topics", "Glossary", "A to Z", "References", "About"]
    );
    let main = titles("clinician/index.html", "Main");
    assert_eq!(
        main,
        ["Home", "Browse", "Handouts", "Quick references", "Session guides", "Suitability", "Evidence", "Course"]
    );
    assert_eq!(
        titles("clinician/index.html", "More"),
        ["Worksheets", "Packs to print", "Glossary", "A to Z", "References", "About"]
    );
    let handout = output.file("patient/handouts/grief.html");
    assert!(handout.contains("<a href=\"../kinds/handout.html\" class=\"within\">Handouts</a>"), "{handout}");
    assert_eq!(titles("patient/handouts/grief.html", "Breadcrumbs"), ["Home", "Handouts"]);
    assert_eq!(titles("clinician/phases/middle.html", "Breadcrumbs"), ["Home", "Browse by phase and focal area"]);
}

#[test]
fn a_page_says_how_old_it_is() {
    let control = |due: &str| {
        let text = format!(
            "+++\nkind = \"handout\"\nid = \"X\"\ntitle = \"X\"\nreviewed = 2026-02-01\nreview-due = {due}\n+++\nText.\n"
        );
        let output = render(clinic(&[("content/handouts/x.md", &text)]));
        output.between("patient/handouts/x.html", "<p class=\"control\">", "</p>").to_owned()
    };
    assert_eq!(control("2026-11-21"), "X reviewed 1 February 2026 due 21 November 2026 overdue");
    assert_eq!(control("2026-11-22"), "X reviewed 1 February 2026 due 22 November 2026");
}

#[test]
fn modules_follow_each_other() {
    let output = render(clinic(&[]));
    let page = output.file("clinician/course/unit-2/m2.html");
    assert!(page.contains("<a rel=\"prev\" href=\"../m1.html\">Zzclin module one</a>"), "{page}");
    assert!(!page.contains("rel=\"next\""));
}

#[test]
fn only_the_regions_crisis_lines_are_shown() {
    let output = render(clinic(&[]));
    let page = output.file("patient/handouts/grief.html");
    assert!(page.contains("Samaritans <a href=\"tel:116123\">116 123</a>"), "{page}");
    assert!(!page.contains("Lifeline"));
}

#[test]
fn one_page_alone_makes_a_site() {
    let page = "+++\nkind = \"page\"\ntitle = \"Hello\"\n+++\nWorld.\n";
    let output = render(crate::support::sources(&[("content/pages/hello.md", page)]));
    let html: Vec<&str> = output.0.keys().map(String::as_str).filter(|path| path.ends_with(".html")).collect();
    assert_eq!(html, ["404.html", "a-z.html", "browse.html", "index.html", "kinds/page.html", "pages/hello.html"]);
}

#[test]
fn titles_stand_in_the_same_alphabetical_order_everywhere() {
    let titles = ["Öffnung", "zärtlich", "Œdipe", "Zorn", "Ñandú", "Nuez", "Oberfläche", "Angst", "Ängste", "Oír"];
    let pages: Vec<(String, String)> = (0..)
        .zip(titles)
        .map(|(number, title)| {
            (format!("content/p{number}.md"), format!("+++\nkind = \"page\"\ntitle = \"{title}\"\n+++\n\nx\n"))
        })
        .collect();
    let mut files = vec![("site-config.toml", "title = \"Clinic\"\nlanguage = \"es\"\n")];
    files.extend(pages.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let output = render(sources(&files));
    for list in ["kinds/page.html", "a-z.html"] {
        let list = output.file(list);
        let mut found = titles;
        found.sort_by_key(|title| list.find(&format!(">{title}<")).or_else(|| list.find(title)));
        assert_eq!(
            found,
            ["Angst", "Ängste", "Nuez", "Ñandú", "Oberfläche", "Œdipe", "Öffnung", "Oír", "zärtlich", "Zorn"]
        );
    }
    let letters = output.file("a-z.html").split("<h2>").skip(1).filter_map(|rest| rest.split_once("</h2>"));
    assert_eq!(letters.map(|(letter, _)| letter).collect::<Vec<_>>(), ["A", "N", "Ñ", "O", "Z"]);
}
