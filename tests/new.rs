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
        let project = Self(TempDir::new().unwrap());
        let run = psychoed(&["init", project.root(), "--country", "Ireland", "--yes"]);
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
        let (code, out, err) = said(&psychoed(&["check", "--root", self.root(), "--today", TODAY, "--format", "json"]));
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
        let (code, _, err) = said(&psychoed(&["build", "--root", self.root(), "--today", TODAY]));
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
        format!("error[kind-part-missing] {}: a quick reference needs a citation, and this one has none", paths[2]),
        format!("note[page-orphan] {}: no other page links to “Sleeping better”", paths[8]),
    ];
    let advice = paths[..7].iter();
    expected.extend(
        advice
            .map(|path| format!("warning[reviewer-missing] {path}: nobody is named as reviewer of “Sleeping better”")),
    );
    expected.sort();
    let (fine, mut found) = project.check();
    found.sort();
    assert_eq!((fine, found), (false, expected));
    project.change(&paths[2], |text| text.replace("`[@key]`", "[@key]"));
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
fn a_page_in_another_language_stands_beside_the_first_under_an_address_of_its_own() {
    let project = Project::fresh();
    project.change("site-config.toml", |text| format!("{text}\n{CRISIS_LINE}"));
    project.add(&["handout", "Sleeping better"]);
    let run = project.new_page(&["handout", "Sleeping better", "--lang", "ES"]);
    let (code, out, _) = said(&run);
    let root = project.root();
    assert_eq!(code, Some(0));
    assert_eq!(
        out,
        format!(
            "Your new page is in {root}/content/handouts/sleeping-better.es.md. Its id, which is printed on paper, is HO-2-ES.\n\
             It stands beside content/handouts/sleeping-better.md, but psychoed does not link translations yet: it is a page of its \
             own.\nNow:\n  1. open the file and write: it explains every setting\n  2. run `psychoed serve --root {root}` to see what \
             you write\n  3. when the page is ready, delete `draft = true`\n"
        )
    );
    assert_eq!(project.add(&["handout", "Dormir", "--lang", "pt-br"]), "content/handouts/dormir.pt-BR.md");
    for path in ["sleeping-better.es.md", "dormir.pt-BR.md"] {
        project.change(&format!("content/handouts/{path}"), |text| {
            text.replace("\ndraft = true\n", "\n").replace("[Write here:", "[Here:")
        });
    }
    let pages = project.build();
    for page in ["patient/handouts/sleeping-better.es.html", "patient/handouts/dormir.pt-BR.html"] {
        assert!(pages.contains(&page.to_owned()), "{pages:?}");
    }
    assert_eq!(project.add(&["handout", "Waking"]), "content/handouts/waking.md");
    assert_eq!(project.id("content/handouts/waking.md").as_deref(), Some("HO-4"));
    assert!(
        project
            .refuses(&["handout", "A", "--lang", "spanish!"])
            .contains("a language is written as en, en-GB, es or pt-BR")
    );
    let told = project.refuses(&["handout", "A", "--lang", "en-IE"]);
    assert_eq!(told, "error: en-IE is the language of the whole site; leave out --lang\n");
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
