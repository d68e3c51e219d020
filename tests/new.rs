//! `psychoed new`, `completions` and `man`, as somebody at a terminal meets them.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const TODAY: &str = "2026-11-22";
const KINDS: [&str; 9] =
    ["handout", "worksheet", "quick-reference", "session-guide", "suitability", "evidence", "module", "term", "page"];

fn psychoed(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_psychoed")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn said(run: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (run.status.code(), text(&run.stdout), text(&run.stderr))
}

struct Project(TempDir);

impl Project {
    /// What `init` makes.
    fn fresh() -> Self {
        Self::fresh_in("Ireland")
    }

    fn fresh_in(country: &str) -> Self {
        let project = Self(TempDir::new().unwrap());
        let run = psychoed(&["init", project.root(), "--country", country, "--yes"]);
        assert_eq!(run.status.code(), Some(0), "{run:?}");
        project
    }

    /// A copy of the bundled library.
    fn bundled() -> Self {
        let project = Self(TempDir::new().unwrap());
        let from = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::copy(from.join("site-config.toml"), project.0.path().join("site-config.toml")).unwrap();
        for entry in walkdir::WalkDir::new(from.join("content")).into_iter().map(Result::unwrap) {
            let to = project.0.path().join(entry.path().strip_prefix(from).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).unwrap();
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
        project
    }

    fn root(&self) -> &str {
        self.0.path().to_str().unwrap()
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn change(&self, path: &str, change: impl Fn(&str) -> String) {
        self.write(path, &change(&self.read(path)));
    }

    fn new_page(&self, arguments: &[&str]) -> Output {
        psychoed(&[&["new", "--root", self.root(), "--today", TODAY], arguments].concat())
    }

    /// Makes a page and returns where it is.
    fn add(&self, arguments: &[&str]) -> String {
        let (code, out, err) = said(&self.new_page(arguments));
        assert_eq!((code, err.as_str()), (Some(0), ""), "{arguments:?}");
        let path = out.strip_prefix("Your new page is in ").unwrap().split(".md").next().unwrap().to_owned();
        path.strip_prefix(self.root()).unwrap()[1..].to_owned() + ".md"
    }

    fn refuses(&self, arguments: &[&str]) -> String {
        let (code, out, err) = said(&self.new_page(arguments));
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        err
    }

    fn id(&self, path: &str) -> Option<String> {
        let text = self.read(path);
        let id = text.lines().find_map(|line| line.strip_prefix("id = \""))?;
        Some(id.trim_end_matches('"').to_owned())
    }

    /// Whether `check` is content, and everything it finds; what is waived is a note.
    fn check(&self) -> (bool, Vec<String>) {
        let (code, out, err) =
            said(&psychoed(&["check", "--root", self.root(), "--today", TODAY, "--no-pdf", "--format", "json"]));
        assert_eq!(err, "");
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        let found = report["diagnostics"].as_array().unwrap().iter();
        let text = |found: &serde_json::Value, key: &str| found[key].as_str().unwrap().to_owned();
        let line = |found| {
            let [severity, rule, path, message] = ["severity", "rule", "path", "message"].map(|key| text(found, key));
            format!("{severity}[{rule}] {path}: {message}")
        };
        (code == Some(0), found.map(line).collect())
    }

    /// Builds and says which pages there are now.
    fn build(&self) -> Vec<String> {
        let (code, _, err) = said(&psychoed(&["build", "--root", self.root(), "--today", TODAY, "--no-pdf"]));
        assert_eq!(code, Some(0), "{err}");
        let public = self.0.path().join("public");
        let files = walkdir::WalkDir::new(&public).sort_by_file_name().into_iter().map(Result::unwrap);
        let names = files.map(|file| file.path().strip_prefix(&public).unwrap().to_str().unwrap().to_owned());
        names.filter(|name| name.ends_with(".html")).collect()
    }
}

fn draft(path: &str, title: &str) -> String {
    format!("note[draft-skipped] {path}: “{title}” is a draft and is not published")
}

const FIRST_VISIT: &str = "content/handouts/first-visit.md";

#[test]
fn a_page_of_every_kind_builds_at_once_in_a_new_project() {
    let project = Project::fresh();
    let mut expected = vec![draft(FIRST_VISIT, "Your first visit")];
    for (kind, folder, id) in [
        ("handout", "handouts", Some("HO-2")),
        ("worksheet", "worksheets", Some("WS-1")),
        ("quick-reference", "quick-references", Some("QR-1")),
        ("session-guide", "session-guides", Some("SG-1")),
        ("suitability", "suitability", Some("SU-1")),
        ("evidence", "evidence-summaries", Some("EV-1")),
        ("module", "course-modules", Some("CM-1")),
        ("term", "glossary", None),
        ("page", "pages", None),
    ] {
        let path = project.add(&[kind, "Sleeping better"]);
        assert_eq!(path, format!("content/{folder}/sleeping-better.md"));
        assert_eq!(project.id(&path).as_deref(), id);
        expected.push(draft(&path, "Sleeping better"));
        expected.sort_by_key(|found| found.split("] ").nth(1).map(str::to_owned));
        assert_eq!(project.check(), (true, expected.clone()), "{kind}");
    }
    let pages = project.build();
    assert!(pages.iter().all(|page| !page.contains("sleeping")), "a draft was published: {pages:?}");
}

#[test]
fn a_page_of_every_kind_fits_into_the_bundled_library() {
    let project = Project::bundled();
    let (_, mut expected) = project.check();
    assert!(expected.iter().all(|found| found.starts_with("note")), "{expected:#?}");
    for (kind, folder, id) in [
        ("handout", "handouts", Some("HO-SLEEPING")),
        ("worksheet", "worksheets", Some("WS-SLEEPING")),
        ("quick-reference", "quick-reference", Some("QR-SLEEPING")),
        ("session-guide", "session-guides", Some("SG-SLEEPING")),
        ("suitability", "suitability", Some("SU-SLEEPING")),
        ("evidence", "evidence", Some("EV-SLEEPING")),
        ("module", "course", Some("CM-9")),
        ("term", "glossary", None),
        ("page", "pages", None),
    ] {
        let path = project.add(&[kind, "Sleeping better"]);
        assert_eq!(path, format!("content/{folder}/sleeping-better.md"));
        assert_eq!(project.id(&path).as_deref(), id);
        let text = project.read(&path);
        assert!(
            text.contains("\n# phase = [\"beginning\"]\n")
                && text.contains("beginning, middle, ending, maintenance.\n")
        );
        assert!(text.contains("one or more of: grief, role-disputes, role-transitions, interpersonal-deficits.\n"));
        expected.push(draft(&path, "Sleeping better"));
    }
    expected.sort();
    let (fine, mut found) = project.check();
    found.sort();
    assert_eq!((fine, found), (true, expected));
}

/// What readers of a new page see in one language and, line for line, in another.
#[test]
fn a_new_page_speaks_the_language_of_its_readers() {
    let english = Project::fresh();
    let starts_with_it =
        ["content/index.md", FIRST_VISIT, "site-config.toml"].map(|path| (path.to_owned(), english.read(path)));
    let added = KINDS.map(|kind| english.add(&[kind, "Zzz"])).map(|path| (path.clone(), english.read(&path)));
    let blanks = |text: &str| text.matches("[Write here: ").count();
    for (country, language) in [("Germany", "de"), ("Spain", "es"), ("France", "fr"), ("Italy", "it")] {
        let project = Project::fresh_in(country);
        for kind in KINDS {
            project.add(&[kind, "Zzz"]);
        }
        for (path, in_english) in starts_with_it.iter().chain(&added) {
            let text = project.read(path);
            assert_eq!(text.lines().count(), in_english.lines().count(), "{language}: {path}");
            let alike: Vec<&str> = text
                .lines()
                .zip(in_english.lines())
                .filter(|(own, english)| own == english)
                .map(|(own, _)| own)
                .collect();
            assert_eq!(
                alike.into_iter().filter(|line| is_said(line)).collect::<Vec<_>>(),
                [""; 0],
                "{language}: {path}"
            );
            if path != "site-config.toml" {
                project.write(path, &text.replace("\ndraft = true\n", "\n"));
                let (_, found) = project.check();
                let of_page = format!("error[guidance-left] {path}: ");
                let left = found.iter().filter(|found| found.starts_with(&of_page)).count();
                assert_eq!(left, blanks(in_english), "{language}: {path}: {found:#?}");
            }
        }
        // A page in another language than the site's.
        let foreign = if language == "de" { "fr" } else { "de" };
        let path = project.add(&["handout", "Yyy", "--lang", foreign]);
        let heading = if language == "de" { "## De quoi il s’agit" } else { "## Worum es geht" };
        assert!(project.read(&path).contains(&format!("\n{heading}\n")), "{path}");
    }
    // Where psychoed has no words it says so in English.
    let path = english.add(&["handout", "Yyy", "--lang", "pl"]);
    assert!(english.read(&path).contains("\n## What this is about\n"), "{path}");
}

/// Whether a line says something to readers that could be in English.
fn is_said(line: &str) -> bool {
    let (key, value) = line.split_once(" = ").filter(|(key, _)| !key.contains(' ')).unwrap_or(("", line));
    // Words that psychoed takes for itself, in brackets and quotation marks or not, and the title that the test gives.
    let named = ["kind", "id", "phase", "language", "region", "audiences", "verdict", "paper", "crisis-line-missing"];
    let own = value == "\"Zzz\"" || value == "true" || named.contains(&key);
    let marks = line.starts_with('#') && !line.starts_with("##")
        || line.starts_with(":::")
        || (line.starts_with('[') && !line.contains(' '));
    !own && !marks && value.chars().any(char::is_alphabetic)
}

#[test]
fn a_title_needs_no_quotation_marks() {
    let project = Project::fresh();
    let path = project.add(&["handout", "Sleeping", "better"]);
    assert_eq!(path, "content/handouts/sleeping-better.md");
    assert!(project.read(&path).contains("\ntitle = \"Sleeping better\"\n"));
}

const CRISIS_LINE: &str =
    "[[crisis-lines]]\nregion = \"IE\"\nname = \"A line\"\nnumber = \"1 2\"\nchecked = 2026-11-20\n";

#[test]
fn a_page_that_is_no_draft_any_more_has_every_part_but_what_cannot_be_invented() {
    let project = Project::fresh();
    project.change("site-config.toml", |text| {
        let text = text.replace("# feedback = \"…\"", "feedback = \"Tell us\"");
        format!("{text}\n{CRISIS_LINE}")
    });
    let mut paths = Vec::new();
    for kind in KINDS {
        let path = project.add(&[kind, "Sleeping better"]);
        project.change(&path, |text| text.replace("\ndraft = true\n", "\n"));
        let text = project.read(&path);
        let blanks = text.matches("[Write here: ").count();
        let (_, found) = project.check();
        let left = found.iter().filter(|found| found.starts_with("error[guidance-left]")).count();
        assert!(blanks > 0 && left == blanks, "{kind}: {left} of {blanks} blanks are found");
        project.write(&path, &text.replace("[Write here: ", "[Here: "));
        paths.push(path);
    }
    let mut expected = vec![
        draft(FIRST_VISIT, "Your first visit"),
        format!("error[claim-uncited] {}: “Sleeping better” cites no work", paths[2]),
        format!("error[claim-uncited] {}: “Sleeping better” cites no work", paths[5]),
        format!("error[claim-uncited] {}: the finding “[Here: the finding.]” names no source", paths[5]),
        format!("note[page-orphan] {}: no other page links to “Sleeping better”", paths[8]),
    ];
    for path in &paths[..7] {
        expected.push(format!("warning[document-control-incomplete] {path}: “Sleeping better” lacks `authors`"));
        expected.push(format!("warning[reviewer-missing] {path}: nobody is named as reviewer of “Sleeping better”"));
    }
    let owed = "pages such as “Sleeping better” do not say who paid for them";
    expected.push(format!("warning[funding-missing] site-config.toml: {owed}"));
    expected.sort();
    let (fine, mut found) = project.check();
    found.sort();
    assert_eq!((fine, found), (false, expected));
    for path in [&paths[2], &paths[5]] {
        project.change(path, |text| text.replace("`[@key]`", "[@key]").replace("sources = []", "sources = [\"key\"]"));
    }
    project
        .write("content/references.bib", "@book{key, author = {A, B.}, title = {T}, year = 2001, publisher = {P}}\n");
    assert!(project.check().0);
    let pages = project.build();
    assert!(pages.contains(&"patient/handouts/sleeping-better.html".to_owned()), "{pages:?}");
}

#[test]
fn every_setting_that_is_switched_off_can_be_switched_on() {
    let project = Project::bundled();
    for kind in KINDS {
        let path = project.add(&[kind, "Sleeping better"]);
        let text = project.read(&path);
        let (top, body) = text.split_once("\n+++\n").unwrap();
        let mut switched_on = 0;
        let lines: Vec<String> = top
            .lines()
            .map(|line| {
                let Some((key, value)) = line.strip_prefix("# ").and_then(|line| line.split_once(" =")) else {
                    return line.to_owned();
                };
                assert!(key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{line}");
                switched_on += 1;
                let value = if value.is_empty() { " 2026-11-22" } else { value };
                format!("{key} ={value}")
            })
            .collect();
        assert!(switched_on >= 6, "{kind} has only {switched_on} settings");
        project.write(&path, &format!("{}\n+++\n{body}", lines.join("\n")));
    }
    let (_, found) = project.check();
    assert!(found.iter().all(|found| !found.contains("[front-matter-")), "{found:#?}");
}

#[test]
fn an_id_is_unused_by_drafts_translations_and_pages_that_cannot_be_read() {
    let project = Project::fresh();
    fs::remove_file(project.0.path().join(FIRST_VISIT)).unwrap();
    let page =
        |id: &str, more: &str| format!("+++\nkind = \"handout\"\nid = \"{id}\"\ntitle = \"T\"\n{more}+++\n\nText.\n");
    project.write("content/a.md", &page("P-007", ""));
    project.write("content/b.md", &page("P-008", "draft = true\n"));
    project.write("content/c.md", &page("P-009", "publish-on = 2999-01-01\n"));
    project.write("content/d.md", "+++\nkind = handout\nid = \"p-010\"\ntitle = \"T\n+++\n\nText.\n");
    project.write("content/e.es.md", &page("P-011", ""));
    let path = project.add(&["handout", "Sleeping better", "--dir", "content/x"]);
    assert_eq!(project.id(&path).as_deref(), Some("P-012"));
}

#[test]
fn titles_of_every_sort_stay_what_they_are() {
    let project = Project::fresh();
    let long = "Sleep ".repeat(50);
    for (title, shown, name) in [
        ("It's \"so\"", "It's \"so\"", "its-so"),
        ("'''\"\"\" \\n \\", "'''\"\"\" \\n \\", "n"),
        ("C:\\Users", "C:\\Users", "c-users"),
        ("Grübeln, 抑郁 und Schlaf", "Grübeln, 抑郁 und Schlaf", "grubeln-yi-yu-und-schlaf"),
        (" Two\nlines\r\n\tand\u{7} more ", "Two lines and more", "two-lines-and-more"),
        ("{{optional}} {{title}} {% x %} # = ]", "{{optional}} {{title}} {% x %} # = ]", "optional-title-x"),
        ("+++", "+++", "handout"),
        ("***", "***", "handout-2"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", "script-alert-1-script"),
        (long.as_str(), long.trim(), "sleep-sleep-sleep-sleep-sleep-sleep-sleep-sleep-sleep-sleep"),
        ("../../up", "../../up", "up"),
        ("Aux", "Aux", "aux-handout"),
    ] {
        let path = project.add(&["handout", title]);
        assert_eq!(path, format!("content/handouts/{name}.md"));
        let (fine, found) = project.check();
        assert!(fine && found.iter().any(|found| found.contains(&path)), "{title}: {found:#?}");
        let text = project.read(&path);
        let top: toml::Table = text.split("+++\n").nth(1).unwrap().parse().unwrap();
        assert_eq!(top["title"].as_str(), Some(shown));
        assert!(found.iter().all(|found| found.starts_with("note[draft-skipped]")), "{title}: {found:#?}");
    }
    for title in ["", " ", "\n\t"] {
        let told = project.refuses(&["handout", title]);
        assert_eq!(told, "error: a page needs a title, such as `psychoed new handout \"Sleeping better\"`\n");
    }
}

#[test]
fn nothing_is_ever_overwritten() {
    let project = Project::fresh();
    let path = project.add(&["handout", "Sleeping better"]);
    let written = project.read(&path);
    for title in ["Sleeping better", "SLEEPING, better!"] {
        assert_eq!(
            project.refuses(&["handout", title]),
            "error: the page “Sleeping better” is in content/handouts/sleeping-better.md already. Open that file, choose another \
             title, or name another folder with --dir\n"
        );
    }
    assert_eq!(project.read(&path), written);
    project.write("content/handouts/Mood.md", "no front matter");
    assert_eq!(
        project.refuses(&["handout", "mood"]),
        "error: content/handouts/mood.md is there already. Open that file, choose another title, or name another folder with --dir\n"
    );
    assert_eq!(project.add(&["worksheet", "Sleeping better"]), "content/worksheets/sleeping-better.md");
}

#[test]
fn addresses_that_are_taken_are_passed_over() {
    let project = Project::fresh();
    project.write(
        "content/handouts/a.md",
        "+++\nkind = \"handout\"\nid = \"HO-7\"\ntitle = \"A\"\naliases = [\"handouts/old.html\"]\ndraft = true\n+++\n\nText.\n",
    );
    project.write("content/handouts/file.html", "x");
    for (arguments, path) in [
        (["page", "Glossary", "--dir", "content"], "content/glossary-page.md"),
        (["page", "Middle", "--dir", "content/phases"], "content/phases/middle-page.md"),
        (["handout", "Old", "--dir", "content/handouts"], "content/handouts/old-handout.md"),
        (["handout", "File", "--dir", "content/handouts"], "content/handouts/file-handout.md"),
    ] {
        assert_eq!(project.add(&arguments), path);
    }
    assert!(project.check().0);
    assert!(
        project
            .refuses(&["page", "Glossary", "--dir", "content"])
            .contains("“Glossary” is in content/glossary-page.md already")
    );
}

#[test]
fn a_folder_is_made_inside_the_content_and_nowhere_else() {
    let project = Project::fresh();
    assert_eq!(project.add(&["handout", "A", "--dir", "content/new/deep/"]), "content/new/deep/a.md");
    let absolute = format!("{}/content/new", project.root());
    assert_eq!(project.add(&["handout", "B", "--dir", &absolute]), "content/new/b.md");
    for dir in ["handouts", "..", "content/../..", "/tmp"] {
        let told = format!("error: {dir} is not in the project's content folder; name one such as content/handouts\n");
        assert_eq!(project.refuses(&["handout", "A", "--dir", dir]), told);
    }
    project.write("content/file", "x");
    assert!(project.refuses(&["handout", "A", "--dir", "content/file"]).starts_with("error: cannot write "));
    #[cfg(unix)]
    {
        let outside = TempDir::new().unwrap();
        std::os::unix::fs::symlink(outside.path(), project.0.path().join("content/link")).unwrap();
        assert!(project.refuses(&["handout", "A", "--dir", "content/link/x"]).contains("link"));
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}

#[test]
fn a_translation_stands_beside_its_original_with_its_text_to_replace() {
    let project = Project::fresh();
    project.write(
        "content/handouts/sleep.md",
        "+++\r\nkind = \"handout\"\nid = \"HO-SLEEP\"\ntitle = \"Sleeping better\"\nversion = \"2.1\"\nreviewed = 2026-01-01\n\
         # Shown in lists.\nsummary = \"What helps.\"\naliases = [\"old.html\"]\nauthors = [\n  \"A. Writer\",\n]\n\
         [[changes]]\nversion = \"2.1\"\ndate = 2026-01-01\nnote = \"New.\"\n+++\n\n\
         :::key-message\nSleep comes back.\n:::\n\nSee [the first visit](first-visit.md).\n",
    );
    let root = project.root();
    let run = project.new_page(&["handout", "--lang", "ES", "--of", "content/handouts/sleep.md"]);
    assert_eq!(
        said(&run),
        (
            Some(0),
            format!(
                "Your new page is in {root}/content/handouts/sleep.es.md. Its id, which is printed on paper, is HO-SLEEP-ES.\n\
                 It is the translation of content/handouts/sleep.md into es, which psychoed links to it.\n\
                 Now:\n  1. open the file: it has the text of the original, for you to replace\n  \
                 2. run `psychoed serve --root {root}` to see what you write\n  3. when the page is ready, delete `draft = true`\n"
            ),
            String::new()
        )
    );
    assert_eq!(
        project.read("content/handouts/sleep.es.md"),
        "+++\n# Begun on 2026-11-22. Lines that start with # are notes for you: no reader sees them.\n\
         # To use a setting that is switched off, take away the # in front of it.\n#\n\
         # This is to be the translation of content/handouts/sleep.md into es. Below is that page's text as it was on that day: \
         replace it, sentence\n# by sentence, and leave addresses, citations and the lines that start with ::: as they are.\n\n\
         # What kind of page this is.\nkind = \"handout\"\n\n\
         # A short name for this page and no other. It is printed on paper, so never change it once a copy is out.\n\
         id = \"HO-SLEEP-ES\"\n\n# The title, as readers see it.\ntitle = \"Sleeping better\"\n\n\
         # Printed on the page. Raise it when you change the text.\nversion = \"0.1\"\n\n\
         # A draft is checked, but not published. Delete the next line when the page is ready for readers.\ndraft = true\n\n\
         # Which text of the original this translates: psychoed warns when that changes. `psychoed check` then says what to write\n\
         # here once the translation is up to date again.\ntranslated-from = \"e9209586d82d\"\n\n\
         # As in the original:\n# Shown in lists.\nsummary = \"What helps.\"\nauthors = [\n  \"A. Writer\",\n]\n+++\n\n\
         :::key-message\nSleep comes back.\n:::\n\nSee [the first visit](first-visit.md).\n"
    );
    let of_translations =
        |found: &[String]| found.iter().filter(|found| found.contains("[translation-")).cloned().collect();
    let found: Vec<String> = of_translations(&project.check().1);
    assert_eq!(found, Vec::<String>::new());
    project.change("content/handouts/sleep.md", |text| text.replace("comes back", "will come back"));
    let found: Vec<String> = of_translations(&project.check().1);
    assert_eq!(
        found,
        [
            "warning[translation-stale] content/handouts/sleep.es.md: the original of “Sleeping better” has changed since it was \
          translated"
        ]
    );
}

#[test]
fn a_page_of_every_kind_can_be_translated() {
    let project = Project::bundled();
    let (_, mut expected) = project.check();
    let originals = [
        ("handout", "handouts/grief.md"),
        ("worksheet", "worksheets/my-people.md"),
        ("quick-reference", "quick-reference/grief.md"),
        ("session-guide", "session-guides/session-1.md"),
        ("suitability", "suitability/depression.md"),
        ("evidence", "evidence/adolescents.md"),
        ("module", "course/m1-origins-and-theory.md"),
        ("term", "glossary/role-transition.md"),
        ("page", "pages/about-this-library.md"),
    ];
    for (kind, original) in originals {
        let original = format!("content/{original}");
        let path = project.add(&[kind, "Otro título", "--lang", "es", "--of", &original]);
        assert_eq!(path, original.replace(".md", ".es.md"));
        expected.push(draft(&path, "Otro título"));
    }
    expected.sort();
    let (fine, mut found) = project.check();
    found.sort();
    assert_eq!((fine, found), (true, expected));
}

#[test]
fn a_title_in_the_name_of_a_file_is_enough_to_find_the_original() {
    let project = Project::fresh();
    project.change("site-config.toml", |text| format!("{text}\n{CRISIS_LINE}"));
    project.add(&["handout", "Sleeping better"]);
    let path = project.add(&["handout", "Sleeping better", "--lang", "es"]);
    assert_eq!(
        (path.as_str(), project.id(&path).as_deref()),
        ("content/handouts/sleeping-better.es.md", Some("HO-2-ES"))
    );
    assert!(project.read(&path).contains("\ntranslated-from = \""));
    let alone = project.add(&["handout", "Dormir", "--lang", "pt-br"]);
    let told = "# This page is written in pt-BR. What psychoed itself writes on its\n# sheets is in English: `psychoed explain \
                words-missing` says how to have it in pt-BR.\n";
    assert!(project.read(&alone).contains(told), "{}", project.read(&alone));
    assert_eq!(alone, "content/handouts/dormir.pt-BR.md");
    assert!(!project.read(&alone).contains("translated-from"));
    for path in [&path, &alone, "content/handouts/sleeping-better.md"] {
        project.change(path, |text| text.replace("\ndraft = true\n", "\n").replace("[Write here:", "[Here:"));
    }
    let pages = project.build();
    for page in ["patient/handouts/sleeping-better.es.html", "patient/handouts/dormir.pt-BR.html"] {
        assert!(pages.contains(&page.to_owned()), "{pages:?}");
    }
    let html = project.read("public/patient/handouts/sleeping-better.html");
    assert!(html.contains("<a href=\"sleeping-better.es.html\" lang=\"es\" hreflang=\"es\">Español</a>"), "{html}");
    assert_eq!(project.add(&["handout", "Waking"]), "content/handouts/waking.md");
    assert_eq!(project.id("content/handouts/waking.md").as_deref(), Some("HO-4"));
}

#[test]
fn what_cannot_be_translated_is_refused() {
    let project = Project::fresh();
    let page = project.add(&["handout", "Sleeping better"]);
    let translation = project.add(&["handout", "--lang", "es", "--of", &page]);
    for (arguments, told) in [
        (
            &["--lang", "es", "--of", page.as_str()][..],
            "the page “Sleeping better” is in content/handouts/sleeping-better.es.md already. Go on with that file, or delete it first to begin the translation anew",
        ),
        (
            &["--lang", "fr", "--of", &translation],
            "content/handouts/sleeping-better.es.md is a translation itself; translate content/handouts/sleeping-better.md instead",
        ),
        (
            &["--lang", "fr", "--of", "content/none.md"],
            "there is no page content/none.md; name one such as content/handouts/grief.md",
        ),
        (&["--lang", "fr", "--of", "content"], "there is no page content; name one such as content/handouts/grief.md"),
        (
            &["--lang", "fr", "--of", "/etc/passwd"],
            "there is no page /etc/passwd; name one such as content/handouts/grief.md",
        ),
        (&["--lang", "en-IE", "--of", &page], "en-IE is the language of the whole site; leave out --lang"),
        (&["A", "--lang", "xyz"], "psychoed knows no language with the tag xyz"),
        (
            &["", "--lang", "fr", "--of", &page],
            "a page needs a title, such as `psychoed new handout \"Sleeping better\"`",
        ),
    ] {
        assert_eq!(project.refuses(&[&["handout"], arguments].concat()), format!("error: {told}\n"), "{arguments:?}");
    }
    let told = project.refuses(&["worksheet", "--lang", "fr", "--of", &page]);
    assert_eq!(told, "error: the page to translate is of the kind handout: write `psychoed new handout`\n");
    project.change(&page, |text| text.replace("kind = \"handout\"", "kind = handout"));
    let told = project.refuses(&["handout", "--lang", "fr", "--of", &page]);
    assert_eq!(told, format!("error: {page} has to be mended first; `psychoed check` says how\n"));
    for arguments in [&["--of", &page][..], &["--lang", "fr", "--of", &page, "--dir", "content"], &["--lang", "fr"]] {
        assert_eq!(project.new_page(&[&["handout"], arguments].concat()).status.code(), Some(2), "{arguments:?}");
    }
    assert!(
        project
            .refuses(&["handout", "A", "--lang", "spanish!"])
            .contains("a language is written as en, en-GB, es or pt-BR")
    );
}

#[test]
fn a_kind_is_understood_however_it_is_written_and_a_slip_is_pointed_out() {
    let project = Project::fresh();
    for (kind, title, path) in [
        ("HANDOUT", "A", "handouts/a.md"),
        ("Quick Reference", "A", "quick-references/a.md"),
        ("session_guide", "A", "session-guides/a.md"),
        ("Session-Guide", "B", "session-guides/b.md"),
    ] {
        assert_eq!(project.add(&[kind, title]), format!("content/{path}"));
    }
    for slip in ["handot", "handouts"] {
        assert_eq!(
            project.refuses(&[slip, "A"]),
            format!(
                "error: invalid value '{slip}' for '<KIND>'\n  [possible values: {}]\n\n  tip: a similar value exists: 'handout'\n\n\
                 For more information, try '--help'.\n",
                KINDS.join(", ")
            )
        );
    }
}

#[test]
fn a_project_that_cannot_be_read_gets_no_page() {
    let project = Project::fresh();
    project.change("site-config.toml", |text| format!("{text}\n["));
    let told = project.refuses(&["handout", "A"]);
    assert_eq!(told, "error: site-config.toml has to be mended first; `psychoed check` says how\n");
    let empty = Project(TempDir::new().unwrap());
    assert!(empty.refuses(&["handout", "A"]).contains("holds neither a site-config.toml nor a content folder"));
    assert_eq!(fs::read_dir(empty.0.path()).unwrap().count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn what_standard_output_cannot_take_is_said() {
    let project = Project::fresh();
    for arguments in [
        &["check", "--root", project.root(), "--format", "json"][..],
        &["explain"],
        &["explain", "guidance-left"],
        &["schema", "site-config"],
        &["words", "es"],
        &["status", "--root", project.root()],
        &["new", "page", "Zzz", "--root", project.root()],
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let run = Command::new(env!("CARGO_BIN_EXE_psychoed")).args(arguments).stdout(full).output().unwrap();
        let (code, _, err) = said(&run);
        let why = "error: cannot write to standard output: No space left on device (os error 28)\n";
        assert_eq!((code, err.as_str()), (Some(2), why), "{arguments:?}");
    }
}

#[test]
fn every_shell_gets_its_completions() {
    for (shell, marker) in [
        ("bash", "complete -F _psychoed"),
        ("zsh", "#compdef psychoed"),
        ("fish", "complete -c psychoed"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "set edit:completion:arg-completer[psychoed]"),
    ] {
        let (code, out, err) = said(&psychoed(&["completions", shell]));
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.contains(marker) && ["new", "init", "lang"].iter().all(|word| out.contains(word)), "{shell}");
        // Whichever of these shells is here reads its own script.
        if matches!(shell, "bash" | "zsh") {
            let reader = Command::new(shell).arg("-n").stdin(Stdio::piped()).spawn();
            let Ok(mut reader) = reader else { continue };
            reader.stdin.take().unwrap().write_all(out.as_bytes()).unwrap();
            assert!(reader.wait().unwrap().success(), "{shell} cannot read its script");
        }
    }
    assert_eq!(psychoed(&["completions", "dos"]).status.code(), Some(2));
}

#[test]
fn every_command_has_a_manual_page_that_man_can_read() {
    let pages = ["", "build", "check", "explain", "new", "init", "completions", "man"];
    for page in pages {
        let arguments: Vec<&str> = ["man", page].into_iter().filter(|word| !word.is_empty()).collect();
        let (code, out, err) = said(&psychoed(&arguments));
        assert_eq!((code, err.as_str()), (Some(0), ""), "{page}");
        let name = if page.is_empty() { "psychoed".to_owned() } else { format!("psychoed-{page}") };
        assert!(out.starts_with(".ie ") && out.contains(&format!(".TH {name} 1")), "{out}");
        let reader = Command::new("groff")
            .args(["-man", "-Tutf8", "-ww", "-z"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut reader) = reader else { continue };
        reader.stdin.take().unwrap().write_all(out.as_bytes()).unwrap();
        let read = reader.wait_with_output().unwrap();
        assert!(read.status.success() && read.stderr.is_empty(), "{page}: {read:?}");
    }
    let whole = said(&psychoed(&["man"])).1;
    assert!(pages[1..].iter().all(|page| whole.contains(&format!("psychoed\\-{page}(1)"))), "{whole}");
    assert_eq!(said(&psychoed(&["man", "chekc"])).2, "error: there is no command “chekc”; did you mean “check”?\n");
}
