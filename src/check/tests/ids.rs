//! Ids that more than one page has.

use super::{page, told};

const HINT: &str = "Give one of the pages another id: the copy, if one was copied from the other. A page that has been handed out on paper \
                    keeps its id.";

/// The path and message of each finding over pages with these ids.
fn told_of(pages: &[(&str, &str)]) -> Vec<String> {
    let pages: Vec<(&str, String)> =
        pages.iter().map(|(path, id)| (*path, page(path, &format!("id = \"{id}\"\n"), "Talk."))).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let told = told(&files).into_iter().map(|[rule, at, message, hint]| {
        assert_eq!((rule.as_str(), hint.as_str()), ("id-duplicate", HINT));
        format!("{at}: {message}")
    });
    told.collect()
}

#[test]
fn a_copy_is_told_as_well_as_its_original_whatever_it_is_called() {
    for copy in ["sorrow - Copy.md", "sorrow (1).md", "copy of sorrow.md", "sorrow2.md"] {
        let copy = format!("content/handouts/{copy}");
        let original = "content/handouts/sorrow.md";
        let of = |other: &str| format!("\"HO-777\": {other} has the same id “HO-777”");
        let mut expected = [(original, of(&copy)), (&copy, of(original))];
        expected.sort_unstable();
        assert_eq!(told_of(&[(original, "HO-777"), (&copy, "HO-777")]), expected.map(|(_, told)| told), "{copy}");
    }
}

#[test]
fn each_of_several_pages_is_told_once_and_capitals_do_not_tell_ids_apart() {
    let told = told_of(&[
        ("content/a.md", "HO-1"),
        ("content/b.md", "HO-1"),
        ("content/c.md", "ho-1"),
        ("content/d.md", "HO-2"),
    ]);
    assert_eq!(
        told,
        [
            "\"HO-1\": content/b.md has the same id “HO-1”",
            "\"HO-1\": content/a.md has the same id “HO-1”",
            "\"ho-1\": the id “ho-1” differs only in case from “HO-1” of content/a.md",
        ]
    );
}
