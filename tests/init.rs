//! `psychoed init`: a project that builds at once, and that never holds a telephone number that nobody has rung.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn psychoed(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_psychoed")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

struct Project(TempDir);

impl Project {
    fn of(arguments: &[&str]) -> Self {
        let project = Self(TempDir::new().unwrap());
        let run = psychoed(&[&["init", project.root()], arguments].concat());
        assert_eq!(run.status.code(), Some(0), "{run:?}");
        project
    }

    fn root(&self) -> &str {
        self.0.path().to_str().unwrap()
    }

    fn files(&self) -> Vec<(String, String)> {
        let files = walkdir::WalkDir::new(self.0.path()).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        files.map(|file| (file.path().display().to_string(), fs::read_to_string(file.path()).unwrap())).collect()
    }

    fn config(&self) -> toml::Table {
        fs::read_to_string(self.0.path().join("site-config.toml")).unwrap().parse().unwrap()
    }

    fn change(&self, path: &str, change: impl Fn(&str) -> String) {
        let path = self.0.path().join(path);
        fs::write(&path, change(&fs::read_to_string(&path).unwrap())).unwrap();
    }

    /// The exit code of a build, and the findings above its summary.
    fn build(&self) -> (Option<i32>, String) {
        let run = psychoed(&["build", "--root", self.root(), "--today", "2026-11-22"]);
        let told = text(&run.stderr);
        let findings = told.split("\n\n").filter(|part| part.contains("-->")).collect::<Vec<_>>().join("\n\n");
        (run.status.code(), findings)
    }
}

/// Every way to start that a test looks at.
const STARTERS: [&[&str]; 5] = [
    &[],
    &["--country", "Ireland", "--name", "Hill Clinic"],
    &["--country", "us"],
    &["--country", "Spain", "--therapy", "A therapy"],
    &["--name", "Hill Clinic", "--therapy", "a therapy", "--language", "fr-ca", "--country", "CA"],
];

#[test]
fn a_starter_takes_its_language_region_and_paper_from_the_country() {
    let expected = [
        ("Your clinic's handouts", "en-GB", None, "a4"),
        ("Hill Clinic: handouts and guides", "en-IE", Some("IE"), "a4"),
        ("Your clinic's handouts", "en-US", Some("US"), "letter"),
        ("A therapy: hojas y guías", "es-ES", Some("ES"), "a4"),
        ("A therapy – Hill Clinic", "fr-CA", Some("CA"), "letter"),
    ];
    for (arguments, (title, language, region, paper)) in STARTERS.into_iter().zip(expected) {
        let project = Project::of(arguments);
        let config = project.config();
        let value = |key: &str| config.get(key).and_then(toml::Value::as_str);
        assert_eq!((value("title"), value("language"), value("region")), (Some(title), Some(language), region));
        assert_eq!(config["pdf"]["paper"].as_str(), Some(paper), "{arguments:?}");
        assert!(project.files().iter().all(|(_, text)| !text.contains("{{")), "{arguments:?} left a blank");
        assert_eq!(project.build(), (Some(0), String::new()), "{arguments:?}");
    }
}

#[test]
fn no_starter_holds_anything_like_a_telephone_number() {
    for arguments in STARTERS {
        let project = Project::of(arguments);
        assert!(project.config().get("crisis-lines").is_none());
        for (path, text) in project.files() {
            for line in text.lines() {
                let line = dates_left_out(line);
                let digits = line.chars().filter(char::is_ascii_digit).count();
                assert!(digits <= 2, "{path}: {line}");
            }
        }
        let config = fs::read_to_string(project.0.path().join("site-config.toml")).unwrap();
        assert!(config.contains("findahelpline.com") && config.contains("ministry of health"));
    }
}

fn dates_left_out(line: &str) -> String {
    let is_date = |word: &&str| word.trim_end_matches('.').parse::<jiff::civil::Date>().is_ok();
    line.split(' ').filter(|word| !is_date(word)).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_page_for_patients_is_never_published_without_a_crisis_line() {
    let publish = |text: &str| {
        text.replace("\ndraft = true\n", "\n").replace("[Write here: ", "You write down ").replace(".]", ".")
    };
    for (arguments, message) in [
        (&["--country", "IE"][..], "error[crisis-line-missing]: no crisis line is listed for the region “IE”"),
        (
            &[],
            "error[crisis-line-missing]: patient pages such as “Your first visit” show no number to ring in a crisis",
        ),
    ] {
        let project = Project::of(arguments);
        project.change("content/handouts/first-visit.md", publish);
        let (code, findings) = project.build();
        assert_eq!(code, Some(1));
        assert!(findings.contains(message), "{findings}");
        assert!(!project.0.path().join("public").exists());
    }
    // The line is written by taking away the # in front of each of its lines, and filling in the gaps.
    let project = Project::of(&["--country", "IE"]);
    project.change("content/handouts/first-visit.md", publish);
    project.change("site-config.toml", |text| {
        let (before, line) = text.split_once("# [[crisis-lines]]\n").unwrap();
        let (line, after) = line.split_once("\n\n").unwrap();
        let line = line.replace("# ", "").replace('…', "1 2").replace("checked =", "checked = 2026-11-22");
        format!("{before}[[crisis-lines]]\n{line}\n\n{after}").replace("# feedback = \"…\"", "feedback = \"Tell us\"")
    });
    let (code, findings) = project.build();
    // What is left to do is what only the clinic can say.
    let rules = findings.lines().filter_map(|line| line.strip_prefix("warning[")?.split_once(']'));
    let rules: Vec<&str> = rules.map(|(rule, _)| rule).collect();
    let expected = ["document-control-incomplete", "reviewer-missing", "funding-missing"];
    assert_eq!((code, &rules[..]), (Some(0), &expected[..]), "{findings}");
}

#[test]
fn names_of_every_sort_stay_what_they_are() {
    let name = "A \"b\" \\ 'c'\n[editions] = ] # {{title}} <b>é ß";
    let project = Project::of(&["--name", name, "--therapy", "'''\"\"\"\\", "--country", "NL"]);
    let config = project.config();
    let shown = "A \"b\" \\ 'c' [editions] = ] # {{title}} <b>é ß";
    assert_eq!(config["organisation"]["name"].as_str(), Some(shown));
    assert_eq!(config["title"].as_str(), Some(format!("'''\"\"\"\\ at {shown}").as_str()));
    assert_eq!(project.build(), (Some(0), String::new()));
    let home = fs::read_to_string(project.0.path().join("public/patient/index.html")).unwrap();
    assert!(home.contains("&lt;b&gt;é ß") && !home.contains("<b>é"));
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let scratch = TempDir::new().unwrap();
    let dir = scratch.path().join("my clinic");
    let run = psychoed(&["init", dir.to_str().unwrap()]);
    assert_eq!((run.status.code(), text(&run.stderr)), (Some(0), String::new()));
    let dir = dir.display();
    assert_eq!(
        text(&run.stdout),
        format!(
            "Your project is in {dir}.\nNow:\n  1. open {dir}/site-config.toml: it explains every setting\n  \
             2. put in the crisis lines for people in your country; until then no page for patients can be published\n  \
             3. run `psychoed new handout \"Your title\" --root \"{dir}\"` to start a page\n  \
             4. run `psychoed serve --root \"{dir}\"` to see the site while you write\n"
        )
    );
    let other = scratch.path().join("other");
    let run = psychoed(&["init", other.to_str().unwrap(), "--country", "uk"]);
    assert!(text(&run.stdout).contains("for people in the United Kingdom of Great Britain and Northern Ireland (GB);"));
    let other = scratch.path().join("third");
    let run = psychoed(&["init", other.to_str().unwrap(), "--country", "ES"]);
    let language = "Its language is es-ES; if you write in another one, begin again in a new folder with `--language` and its tag, such as `--language fr-CA`.\nNow:";
    assert!(text(&run.stdout).contains(language), "{}", text(&run.stdout));
    let other = scratch.path().join("fourth");
    let run = psychoed(&["init", other.to_str().unwrap(), "--country", "PL", "--language", "pl"]);
    let language = "What psychoed itself puts on pages, such as menus, is in English until you translate it: `psychoed explain \
                    words-missing` says how.\nNow:";
    assert!(text(&run.stdout).contains(language), "{}", text(&run.stdout));
}

#[test]
fn a_bad_answer_or_a_folder_with_something_in_it_changes_nothing() {
    let scratch = TempDir::new().unwrap();
    let dir = scratch.path().join("clinic");
    let refused = |arguments: &[&str], dir: &Path| {
        let run = psychoed(&[&["init", dir.to_str().unwrap()], arguments].concat());
        assert_eq!((run.status.code(), text(&run.stdout)), (Some(2), String::new()));
        text(&run.stderr)
    };
    assert_eq!(
        refused(&["--country", "Irland"], &dir),
        "error: there is no country “Irland”; did you mean “Ireland” (IE)?\n"
    );
    assert!(refused(&["--language", "english!"], &dir).contains("a language is written as en, en-GB, es or pt-BR"));
    assert!(!dir.exists());
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("notes.txt"), "mine").unwrap();
    let told = format!("error: {} is not empty (it holds notes.txt); name a new folder\n", dir.display());
    assert_eq!(refused(&[], &dir), told);
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
}
