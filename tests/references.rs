//! What rules say about works: whole findings with the text that each points at.

use std::sync::Arc;

use psychoed::diagnostic::Diagnostic;
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Memo, Options, build};

const FACTS: Facts = Facts::on(jiff::civil::date(2026, 11, 22));

fn found(files: &[(&str, &str)], rules: &[&str]) -> Vec<Diagnostic> {
    let mut sources = Sources::default();
    for (path, text) in [("site-config.toml", "title = \"C\"\n")].iter().chain(files) {
        sources.files.insert(SitePath::new(path), text.as_bytes().into());
    }
    let found = build(&Arc::new(sources), &FACTS, &Options::default(), &mut Memo::default()).diagnostics;
    found.into_iter().filter(|found| rules.contains(&found.rule)).collect()
}

/// Each finding of a rule as the text it points at, its message, its hint, and what a fix would write.
fn told(files: &[(&str, &str)], rules: &[&str]) -> Vec<String> {
    let text = |path: &str| files.iter().find(|(known, _)| *known == path).unwrap().1;
    let line = |found: &Diagnostic| {
        let covered = &text(found.at.path.as_str())[found.at.span.start..found.at.span.end];
        let fix = found.fix.as_ref().map(|fix| {
            let taken_out = &text(fix.at.path.as_str())[fix.at.span.start..fix.at.span.end];
            format!(" [{taken_out} → {}]", fix.replacement)
        });
        format!("<{covered}> {} / {}{}", found.message, found.hint.as_deref().unwrap(), fix.unwrap_or_default())
    };
    found(files, rules).iter().map(line).collect()
}

#[track_caller]
fn check(files: &[(&str, &str)], rules: &[&str], expected: &[&str]) {
    assert_eq!(told(files, rules), expected);
}

fn book(key: &str, more: &str) -> String {
    format!("@book{{{key}, author={{A, B.}}, title={{On {key}}}, publisher={{P}}, year={{2000}}, {more}}}\n")
}

#[test]
fn identifiers_are_shown_where_they_stand_in_every_kind_of_file() {
    let rules = ["identifier-malformed", "identifier-not-straight"];
    check(
        &[(
            "content/a.bib",
            &book(
                "a",
                "doi = {https://doi.org/10.1000/x\\_y}, isbn = {978-0-306-40615-7, 0-306-40615-3 (pbk.)}, pmid = \"PMID: 12\"",
            ),
        )],
        &rules,
        &[
            "<https://doi.org/10.1000/x\\_y> the DOI “https://doi.org/10.1000/x_y” of “a” is not in its straight form / Write \
             `10.1000/x_y`.",
            "<0-306-40615-3> the ISBN “0-306-40615-3” of “a” cannot be right: after these digits, the last one would have to be 2 / \
             Copy it again from the work itself. A right one looks like `978-0-306-40615-7`.",
            "<PMID: 12> the PMID “PMID: 12” of “a” is not in its straight form / Write `12`. [PMID: 12 → 12]",
        ],
    );
    check(
        &[(
            "content/a.json",
            "[{\"id\": \"a\", \"type\": \"book\", \"title\": \"T\", \"publisher\": \"P\", \"issued\": {\"date-parts\": [[2000]]},\n\
             \"DOI\": \"doi:10.1000/x\", \"author\": [{\"family\": \"A\", \"ORCID\": \"0000-0002-1825-0098\"}]}]",
        )],
        &rules,
        &[
            "<doi:10.1000/x> the DOI “doi:10.1000/x” of “a” is not in its straight form / Write `10.1000/x`. [doi:10.1000/x → 10.1000/x]",
            "<0000-0002-1825-0098> the ORCID “0000-0002-1825-0098” of “a” cannot be right: after these digits, the last one would \
             have to be 7 / Copy it again from the work itself. A right one looks like `0000-0002-1825-0097`.",
        ],
    );
    check(
        &[(
            "content/a.yaml",
            "a:\n  type: article\n  title: T\n  author: A, B\n  date: 2000\n  parent: { type: periodical, title: P, serial-number: { issn: 00280836 } }\n  \
             serial-number:\n    doi: 'http://dx.doi.org/10.1000/x.'\n",
        )],
        &rules,
        &[
            "<00280836> the ISSN “00280836” of “a” is not in its straight form / Write `0028-0836`. [00280836 → 0028-0836]",
            "<http://dx.doi.org/10.1000/x.> the DOI “http://dx.doi.org/10.1000/x.” of “a” cannot be right: it ends with a \
             punctuation mark / Did you mean `10.1000/x`?",
        ],
    );
}

#[test]
fn duplicates_are_told_once_and_only_when_nothing_speaks_against_it() {
    let article = |key: &str, more: &str| {
        format!(
            "@article{{{key}, author={{Rush, A. J.}}, title={{{{Comparing <i>two</i> treatments: a trial}}}}, journal={{J}}, year={{1999}}, {more}}}\n"
        )
    };
    let told_of = |entries: &str| {
        let files = [("content/a.bib", entries)];
        let found = found(&files, &["work-duplicate"]);
        found
            .iter()
            .map(|found| {
                (found.message.clone(), found.related.len(), entries[found.at.span.start..found.at.span.end].to_owned())
            })
            .collect::<Vec<_>>()
    };
    let same = |shared: &str, at: &str| vec![(format!("“z” and “b” have the same {shared}"), 1, at.to_owned())];
    let title = "title and year";
    assert_eq!(told_of(&(article("z", "") + &article("b", ""))), same(title, "b"));
    assert_eq!(told_of(&(article("z", "volume={1}") + &article("b", "doi={10.1000/x}"))), same(title, "b"));
    assert_eq!(
        told_of(&(article("z", "doi={10.1000/X}") + &article("b", "doi={10.1000/x}"))),
        same("DOI “10.1000/X”", "10.1000/x"),
        "once, though the titles agree as well"
    );
    assert_eq!(told_of(&(book("z", "isbn={0306406152}") + &book("b", "isbn={978-0-306-40615-7}"))).len(), 1);
    for others in [
        article("z", "volume={1}") + &article("b", "volume={2}"),
        article("z", "doi={10.1000/x}") + &article("b", "doi={10.1000/y}"),
        article("z", "") + &article("b", "").replace("Rush", "Beck"),
        article("z", "") + &article("b", "").replace("1999", "2000"),
        book("z", "isbn={0306406152}, volume={1}") + &book("b", "isbn={0306406152}, volume={2}"),
        "@inbook{z, author={A, B.}, title={One}, booktitle={C}, publisher={P}, year={2000}, isbn={0306406152}}\n\
         @inbook{b, author={A, B.}, title={Two}, booktitle={C}, publisher={P}, year={2000}, isbn={0306406152}}"
            .to_owned(),
    ] {
        assert_eq!(told_of(&others), [], "{others}");
    }
    let files = [("content/a.bib", &*book("one", "pmid={7}")), ("content/b.bib", &*book("two", "pmid={7}"))];
    check(
        &files,
        &["work-duplicate"],
        &[
            "<7> “one” and “two” have the same PMID “7” / If they are one work, keep the fuller entry, give it `ids = {two}` so that \
           both keys work, and delete the other. If not, correct the PMID of one of them.",
        ],
    );
}

#[test]
fn names_of_bodies_need_braces() {
    let rules = ["author-corporate-unbraced"];
    let with = |author: &str| book("a", "").replace("{A, B.}", author);
    check(
        &[("content/a.bib", &with("{National Institute for Health and Care Excellence}"))],
        &rules,
        &[
            "<National Institute for Health and Care Excellence> “National Institute for Health and Care Excellence” would be printed \
           like the name of a person / Put a body's name in braces of its own: `author = {{National Institute for Health and Care \
           Excellence}}`.",
        ],
    );
    check(
        &[("content/a.bib", &with("{Segal, Z. V. and CANMAT Depression Group and {Other Group}}"))],
        &rules,
        &[
            "<CANMAT Depression Group> “CANMAT Depression Group” would be printed like the name of a person / Put a body's name in \
           braces of its own: `{CANMAT Depression Group}`.",
        ],
    );
    for fine in [
        "{{World Health Organization}}",
        "{Segal, Z. V. and {CANMAT Depression Group}}",
        "{Group, Mary}",
        "{Smith, A. and others}",
    ] {
        check(&[("content/a.bib", &with(fine))], &rules, &[]);
    }
    let json = r#"[{"id": "a", "type": "book", "title": "T", "publisher": "P", "issued": {"date-parts": [["2000"]]},
        "author": [{"family": "Organization", "given": "World Health"}]}]"#;
    check(
        &[("content/a.json", json)],
        &rules,
        &[
            "<\"a\"> “World Health Organization” would be printed like the name of a person / Write a body's name as `{\"literal\": \
           \"World Health Organization\"}`.",
        ],
    );
}

#[test]
fn years_that_cannot_be_are_shown() {
    let told_of = |year: &str| {
        let entry = book("a", "").replace("{2000}", year);
        found(&[("content/a.bib", &entry)], &["year-out-of-range"])
            .pop()
            .map(|found| (found.message, entry[found.at.span.start..found.at.span.end].to_owned()))
    };
    for (year, message) in [
        ("{2031}", "the year “2031” of “a” lies in the future"),
        ("{198}", "the year “198” of “a” lies before the first printed books"),
        ("{19899}", "the year “19899” of “a” is no year"),
    ] {
        assert_eq!(told_of(year), Some((message.to_owned(), year.trim_matches(['{', '}']).to_owned())));
    }
    for fine in ["{2026}", "{2027}", "{1453}", "{-350}", "{in press}", "{c. 1900}", "2001", "{2012--2013}"] {
        assert_eq!(told_of(fine), None, "{fine}");
    }
}

#[test]
fn superseded_works_name_the_newest_one() {
    let works = book("old", "superseded-by={newer}") + &book("newer", "superseded-by={newest}") + &book("newest", "");
    let page = |body: &str| format!("+++\nkind = \"page\"\ntitle = \"T\"\n+++\n\n{body}\n");
    let rules = ["work-superseded", "superseded-by-undefined"];
    check(
        &[("content/a.bib", &works), ("content/index.md", &page("It helps [@old, p. 3], and again [@old]."))],
        &rules,
        &[
            "<old> “old” has been superseded by “newest”, “On newest” / Read what the new one says and cite it: `[@newest]`. If the \
           page is about what the old one said, cite `[@newest]` beside it.",
        ],
    );
    for fine in ["It helps [@newest], as before [@old].", "It helps [@old; @newer; @newest]."] {
        let told = told(&[("content/a.bib", &works), ("content/index.md", &page(fine))], &rules);
        assert_eq!(told.iter().filter(|line| line.contains("<old>")).count(), 0, "{told:?}");
    }
    check(
        &[(
            "content/a.bib",
            &(book("a", "superseded-by={bee}")
                + &book("bees", "superseded-by={c}")
                + &book("c", "superseded-by={bees}")),
        )],
        &rules,
        &[
            "<bee> “a” is superseded by “bee”, but no work has this key / Did you mean `bees`?",
            "<c> “bees” would in the end be superseded by itself / Take the field out of the newer of these works.",
            "<bees> “c” would in the end be superseded by itself / Take the field out of the newer of these works.",
        ],
    );
}

#[test]
fn limits_of_age_are_set_by_kind() {
    let page = "+++\nkind = \"quick-reference\"\ntitle = \"Endings\"\nid = \"QR-1\"\n+++\n\nEnd early [@a].\n";
    let told_with = |limit: &str| {
        let config = format!("title = \"C\"\n[citations]\nbibliography = [\"a.bib\"]\n{limit}");
        told(
            &[("site-config.toml", &config), ("content/a.bib", &book("a", "")), ("content/q.md", page)],
            &["source-stale", "config-key-unknown", "config-type"],
        )
    };
    assert_eq!(told_with(""), Vec::<String>::new());
    assert_eq!(told_with("[citations.stale-after]\nquick-reference = 26\n"), Vec::<String>::new());
    assert_eq!(
        told_with("[citations.stale-after]\nquick-reference = 25\n"),
        [
            "<\"Endings\"> the newest source of “Endings”, “a”, is of 2000: 26 years old / Search for newer studies, reviews and \
          guidelines. If you cite one, the page changes with it; if there is none, say so on the page, with the day on which you \
          searched."
        ]
    );
    assert!(told_with("[citations.stale-after]\nleaflet = 5\n")[0].starts_with("<leaflet> `leaflet` is not a key"));
    assert!(told_with("[citations.stale-after]\nevidence = 0\n")[0].starts_with("<0>"));
}

#[test]
fn unnamed_sources_are_told_by_section_and_only_to_professionals() {
    let page = |kind: &str, body: &str| {
        format!(
            "+++\nkind = \"{kind}\"\ntitle = \"T\"\nid = \"X-1\"\n+++\n\nIt helps [@a].\n\n## One\n\n{body}\n\n## Two\n\nMore [@a].\n"
        )
    };
    let told_of = |kind: &str, body: &str| {
        let files = [("content/a.bib", &*book("a", "")), ("content/p.md", &*page(kind, body))];
        told(&files, &["figure-uncited", "study-unnamed"])
    };
    assert_eq!(
        told_of("session-guide", "| Who | How many |\n|---|---|\n| All | 30% |\n\nAs *many* studies show."),
        [
            "<30%> “30%” comes from a study, but this section cites none / Cite the work that the figure is from, such as \
             `[@smith2001, p. 12]`, in this paragraph or in this section.",
            "<studies show> “studies show” names no study, and this section cites none / Cite the works that say so, such as \
             `[@smith2001; @jones2010]`. If you do not know them, take the sentence out.",
        ]
    );
    for (kind, fine) in [
        ("session-guide", "About 30% stay [@a]. Studies show it."),
        ("session-guide", "About 30% stay.[^1]\n\n[^1]: As counted [@a]."),
        ("handout", "About 30% stay. Studies show it."),
    ] {
        assert_eq!(told_of(kind, fine), Vec::<String>::new(), "{fine}");
    }
}

#[test]
fn findings_need_sources_and_marked_works_carry_nothing() {
    let works =
        book("poster", "keywords={history, Unverified}") + &book("part", "keywords={incomplete}") + &book("sound", "");
    let evidence = |sources: &str, body: &str| {
        format!(
            "+++\nkind = \"evidence\"\ntitle = \"T\"\nid = \"X-1\"\n[question]\npopulation = \"p\"\nintervention = \"i\"\n\
             comparator = \"c\"\noutcome = \"o\"\n[[findings]]\nstatement = \"It helps.\"\noutcome = \"o\"\nsources = [{sources}]\n+++\n\n{body}\n"
        )
    };
    let rules = ["claim-uncited", "claim-rests-on-unverified"];
    let told_of = |sources: &str, body: &str| {
        told(&[("content/a.bib", &works), ("content/e.md", &evidence(sources, body))], &rules)
    };
    let alone = "Find the work and take the mark away, cite another work beside it, or do not claim it.";
    assert_eq!(
        told_of("\"poster\"", "It helps [@poster; @part], or not [@part; @sound]."),
        [
            format!("<\"poster\"> this rests on “poster” alone, which nobody has been able to check / {alone}"),
            format!("<poster> this rests on “poster” and “part” alone, which nobody has been able to check / {alone}"),
        ]
    );
    let told = told_of("", "It helps.");
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(
        told[0].contains("“T” cites no work") && told[1].contains("the finding “It helps.” names no source"),
        "{told:#?}"
    );
    assert_eq!(told_of("\"sound\"", "It helps [@sound]."), Vec::<String>::new());
}
