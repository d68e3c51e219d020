//! Any edit of an open project leads to what a clean build of the same files gives, byte for byte, findings included.
//!
//! Sites and edits are made up; whatever fails is shrunk to the fewest edits that show it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::civil::{Date, date};
use proptest::prelude::*;
use psychoed::render::Press;
use psychoed::session::Session;
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Memo, Options, build};

/// What somebody may do to a project between two builds. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Edit {
    Body(usize, u8),
    Title(usize, u8),
    FrontMatter(usize, u8),
    Add(u8, u8),
    Delete(usize),
    Rename(usize, u8),
    MoveFolder(u8),
    Break(usize, u8),
    Config(u8),
    Template(u8),
    Style(u8),
    Bibliography(u8),
    Lock(u8),
    Waive(usize, u8),
    Picture(u8),
    Tomorrow(u8),
    Translate(usize, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    let page = 0..64_usize;
    prop_oneof![
        6 => (page.clone(), any::<u8>()).prop_map(|(page, text)| Edit::Body(page, text)),
        3 => (page.clone(), any::<u8>()).prop_map(|(page, text)| Edit::Title(page, text)),
        3 => (page.clone(), any::<u8>()).prop_map(|(page, keys)| Edit::FrontMatter(page, keys)),
        3 => (any::<u8>(), any::<u8>()).prop_map(|(name, text)| Edit::Add(name, text)),
        2 => (page.clone(), any::<u8>()).prop_map(|(page, how)| Edit::Translate(page, how)),
        2 => page.clone().prop_map(Edit::Delete),
        2 => (page.clone(), any::<u8>()).prop_map(|(page, name)| Edit::Rename(page, name)),
        1 => any::<u8>().prop_map(Edit::MoveFolder),
        2 => (page, any::<u8>()).prop_map(|(page, how)| Edit::Break(page, how)),
        1 => any::<u8>().prop_map(Edit::Config),
        1 => any::<u8>().prop_map(Edit::Template),
        1 => any::<u8>().prop_map(Edit::Style),
        1 => any::<u8>().prop_map(Edit::Bibliography),
        1 => any::<u8>().prop_map(Edit::Lock),
        2 => (0..64_usize, any::<u8>()).prop_map(|(page, rule)| Edit::Waive(page, rule)),
        1 => any::<u8>().prop_map(Edit::Picture),
        1 => any::<u8>().prop_map(Edit::Tomorrow),
    ]
}

const TERMS: [&str; 3] = ["role", "grief", "inner circle"];
const FOLDERS: [&str; 3] = ["handouts", "guides", "deep/er"];

/// A project as a person sees it: files with text, and the day.
#[derive(Clone)]
struct Project {
    files: BTreeMap<String, String>,
    day: Date,
}

impl Project {
    fn new(pages: u8) -> Self {
        let mut project = Self { files: BTreeMap::new(), day: date(2026, 11, 22) };
        project.config(0);
        project.bibliography(0);
        project.files.insert("content/figures/circle.svg".into(), svg(10));
        for (number, term) in TERMS.iter().enumerate() {
            let text =
                format!("+++\nkind = \"term\"\nid = \"T-{number}\"\ntitle = \"{term}\"\n+++\n\nWhat {term} means.\n");
            project.files.insert(format!("content/terms/{number}.md"), text);
        }
        for number in 0..pages {
            project.add(number, number.wrapping_mul(37));
        }
        project
    }

    fn pages(&self) -> Vec<String> {
        self.files.keys().filter(|path| path.ends_with(".md")).cloned().collect()
    }

    fn page(&self, number: usize) -> Option<String> {
        let pages = self.pages();
        pages.get(number % pages.len().max(1)).cloned()
    }

    fn add(&mut self, name: u8, text: u8) {
        let path = format!("content/{}/page-{}.md", FOLDERS[usize::from(name) % FOLDERS.len()], name % 24);
        let body = self.body(&path, text);
        let kinds = ["handout", "page", "quick-reference", "suitability", "module", "session-guide"];
        let kind = kinds[usize::from(text) % kinds.len()];
        let own = match kind {
            "suitability" => {
                "[[criteria]]\nverdict = \"suits\"\nstatement = \"Mourns\"\ncites = [\"one\"]\n".to_owned()
            }
            "module" => "objectives = [\"Name the phases\"]\nminutes = 20\n".to_owned(),
            "session-guide" => {
                let material = self.page(usize::from(text) / 2).unwrap_or_else(|| path.clone());
                let material = SitePath::new(&path).relative_to(&material);
                format!("sessions = [{}]\nmaterials = [\"{material}#what-helps-{}\"]\n", text % 4 + 1, text % 7)
            }
            _ => String::new(),
        };
        let text = format!(
            "+++\nkind = \"{kind}\"\nid = \"P-{name}\"\ntitle = \"Page {text}\"\nsummary = \"About {text}.\"\n\
             phase = [\"{}\"]\nfocal-area = [\"{}\"]\nversion = \"1\"\nauthors = [\"A. Writer\"]\n{own}+++\n\n{body}",
            ["begin", "end"][usize::from(text) % 2],
            ["loss", "change"][usize::from(name) % 2],
        );
        self.files.insert(path, text);
    }

    /// Text that links, cites, shows a picture and uses terms, as the number has it.
    fn body(&self, from: &str, number: u8) -> String {
        let pages = self.pages();
        let number = usize::from(number);
        let to = |nth: usize| pages.get(nth % pages.len().max(1)).map_or("content/none.md".into(), Clone::clone);
        let link = |nth: usize| SitePath::new(from).relative_to(&to(nth));
        let mut body = format!(":::key-message\nThe {} matters.\n:::\n\n", TERMS[number % TERMS.len()]);
        body.push_str(&format!("## What helps {}\n\nRead [this]({}).\n\n", number % 7, link(number)));
        if number % 2 == 0 {
            body.push_str("See [@one, p. 3; @two] and @three.\n\n");
        }
        if number % 3 == 0 {
            body.push_str(&format!(
                "![A circle]({})\n\n",
                SitePath::new(from).relative_to("content/figures/circle.svg")
            ));
        }
        if number % 5 == 0 {
            body.push_str(&format!(":::clinician {{#staff}}\nOnly [staff]({}) [@three].\n:::\n\n", link(number + 1)));
        }
        if number % 7 == 0 {
            body.push_str(&format!("A place [elsewhere]({}#what-helps-{}).\n\n", link(number + 2), number % 7));
        }
        if number % 11 == 0 {
            body.push_str("A note[^n].\n\n[^n]: Below [@two].\n");
        }
        body
    }

    fn config(&mut self, number: u8) {
        let mut text = format!(
            "title = \"Clinic {}\"\nlanguage = \"en\"\nregion = \"X\"\n{}\n[citations]\nstyle = \"{}\"\n\n[theme]\nfolder = \"theme\"\n\n\
             [[crisis-lines]]\nregion = \"X\"\nname = \"Line\"\nnumber = \"000\"\nchecked = 2026-01-01\n\n\
             [[phases]]\nid = \"begin\"\ntitle = \"Beginning\"\n\n[[phases]]\nid = \"end\"\ntitle = \"Ending\"\n\n\
             [[focal-areas]]\nid = \"loss\"\ntitle = \"Loss\"\n\n[[focal-areas]]\nid = \"change\"\ntitle = \"Change\"\n",
            number % 3,
            if number % 4 == 1 { "base-url = \"https://clinic.example/\"" } else { "" },
            if number.is_multiple_of(2) { "vancouver" } else { "apa" },
        );
        text.push_str("\n[editions.patient]\ntitle = \"Patients\"\naudiences = [\"patient\"]\n");
        text.push_str(
            "\n[editions.clinician]\ntitle = \"Clinicians\"\naudiences = [\"patient\", \"clinician\", \"trainee\"]\n",
        );
        text.push_str(&format!("\n[status]\npublish = {}\n", number % 3 != 2));
        if !number.is_multiple_of(3) {
            text.push_str(&format!(
                "\n[[packs]]\nid = \"asked-for\"\ntitle = \"Pack {number}\"\naudience = [\"clinician\"]\nsession = [{}]\n\
                 \n[[packs]]\nid = \"named\"\ntitle = \"Named\"\naudience = [\"patient\"]\npages = [\"T-1\", \"terms/0.md\"]\n",
                number % 4 + 1,
            ));
        }
        // Most made-up pages break some rule; a site has to pass to be published.
        text.push_str("\n[checks]\nkind-part-missing = \"off\"\nmain-message-count = \"off\"\n");
        text.push_str("crisis-line-missing = \"off\"\nadvice-line-missing = \"off\"\n");
        text.push_str("link-to-other-audience = \"warn\"\nlink-anchor-missing = \"warn\"\n");
        text.push_str(if number % 5 == 1 {
            "reviewer-missing = \"off\"\n"
        } else {
            "link-target-missing = \"warn\"\n"
        });
        if number % 3 == 1 {
            text.push_str("score-missing = \"off\"\n[checks.kind.handout]\nscore-missing = \"note\"\nreviewer-missing = \"error\"\n");
        }
        if number % 3 == 2 {
            text.push_str(
                "[checks.folder.\"content/handouts\"]\nversion-not-raised = \"note\"\nreviewer-missing = \"off\"\n",
            );
        }
        if number % 7 == 3 {
            let until = ["2026-11-22", "2027-11-22"][usize::from(number) % 2];
            text.push_str(&format!("[[waivers]]\nrule = \"link-target-missing\"\npath = \"content/moved\"\nreason = \"r\"\nuntil = {until}\n"));
        }
        self.files.insert("site-config.toml".into(), text);
        self.files.entry("theme/assets/own.css".into()).or_default();
    }

    fn bibliography(&mut self, number: u8) {
        let mut text = String::new();
        for (key, author) in [("one", "Able"), ("two", "Baker"), ("three", "Able")] {
            text.push_str(&format!(
                "@article{{{key}, author = {{{author}, A.}}, title = {{Study {key} {number}}}, journal = {{J}}, year = {{2001}}, volume = {{1}}, pages = {{1--2}}}}\n"
            ));
        }
        if number % 6 == 5 {
            text = text.replace("{three,", "{four,");
        }
        self.files.insert("content/references.bib".into(), text);
    }

    /// A record in which some pages have another version, and all have another text.
    fn lock(&mut self, number: u8) {
        self.files.remove("content.lock");
        if !number.is_multiple_of(4) {
            let line = |page| format!("P-{page} = {{ version = \"{}\", text = \"{number}\" }}\n", page % 4 / 3 + 1);
            let lines: String = (0..number % 48).map(line).collect();
            self.files.insert("content.lock".into(), lines + if number % 9 == 5 { "torn\n" } else { "" });
        }
    }

    fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::Body(page, number) => self.change(*page, |project, path, text| {
                let head = text.split_inclusive("+++\n").take(2).collect::<String>();
                head + "\n" + &project.body(path, *number)
            }),
            Edit::Title(page, number) => self.change(*page, |_, _, text| {
                let line = text.lines().find(|line| line.starts_with("title")).unwrap_or_default();
                text.replacen(line, &format!("title = \"Title {}\"", number % 16), 1)
            }),
            Edit::FrontMatter(page, number) => self.change(*page, |_, _, text| {
                let key = match number % 8 {
                    0 => "draft = true".to_owned(),
                    1 => "publish-on = 2026-11-24".to_owned(),
                    2 => format!("order = {number}"),
                    3 => format!("aliases = [\"old/{}.html\"]", number % 4),
                    4 => "reviewed = 2025-01-01\nreview-due = 2026-11-23".to_owned(),
                    5 => "expires-on = 2026-11-23".to_owned(),
                    6 => format!("changes = [{{ version = \"1\", date = 2026-11-01, note = \"Note {number}\" }}]"),
                    _ => "audience = [\"clinician\"]".to_owned(),
                };
                text.replacen("\ntitle", &format!("\n{key}\ntitle"), 1)
            }),
            Edit::Add(name, number) => self.add(*name, *number),
            Edit::Translate(page, how) => self.translate(*page, *how),
            Edit::Delete(page) => self.page(*page).map_or((), |path| drop(self.files.remove(&path))),
            Edit::Rename(page, name) => {
                if let Some(path) = self.page(*page)
                    && let Some(text) = self.files.remove(&path)
                {
                    let folder = SitePath::new(&path).folder().to_owned();
                    self.files.insert(format!("{folder}/renamed-{}.md", name % 8), text);
                }
            }
            Edit::MoveFolder(number) => {
                let from = format!("content/{}/", FOLDERS[usize::from(*number) % FOLDERS.len()]);
                let moved: Vec<String> = self.files.keys().filter(|path| path.starts_with(&from)).cloned().collect();
                for path in moved {
                    let text = self.files.remove(&path).unwrap_or_default();
                    self.files.insert(path.replacen(&from, "content/moved/", 1), text);
                }
            }
            Edit::Break(page, how) => self.change(*page, |_, _, text| match how % 4 {
                0 => text.replacen("+++\n\n", "+++ \n[broken\n", 1),
                1 => text + "\n:::note\nNever closed\n",
                2 => text + "\n[dead](nowhere.md)\n",
                _ => text + "\n[@nobody]\n",
            }),
            Edit::Config(number) => self.config(*number),
            Edit::Template(number) => {
                let text = "{% extends \"written.html\" %}\n{% block title %}N{% endblock title %}\n";
                self.files.insert("theme/templates/handout.html".into(), text.replace('N', &number.to_string()));
            }
            Edit::Style(number) => {
                drop(self.files.insert("theme/assets/own.css".into(), format!("p{{order:{number}}}")))
            }
            Edit::Bibliography(number) => self.bibliography(*number),
            Edit::Lock(number) => self.lock(*number),
            Edit::Waive(page, number) => self.change(*page, |_, _, text| {
                let rule = ["link-target-missing", "reviewer-missing", "version-not-raised", "unheard-of"];
                let until = ["2026-11-22", "2026-11-24", "2027-11-22"];
                let waiver = format!(
                    "\n[[waivers]]\nrule = \"{}\"\nreason = \"r\"\nuntil = {}\n+++\n\n",
                    rule[usize::from(*number) % rule.len()],
                    until[usize::from(*number) % until.len()]
                );
                text.replacen("\n+++\n\n", &waiver, 1)
            }),
            Edit::Picture(number) => {
                self.files.insert("content/figures/circle.svg".into(), svg(u32::from(*number) + 1));
            }
            Edit::Tomorrow(days) => {
                self.day = self.day.checked_add(jiff::Span::new().days(i64::from(days % 3))).unwrap_or(self.day);
            }
        }
    }

    /// Puts a translation beside a page: of its present text, of another, or of one that nobody noted.
    fn translate(&mut self, page: usize, how: u8) {
        let Some(original) = self.page(page) else { return };
        let Some(text) = self.files.get(&original) else { return };
        let sources = Arc::new(self.sources());
        let facts = Facts::on(self.day);
        let site = build(&sources, &facts, &Options::default(), &mut Memo::default()).site;
        let now = site.and_then(|site| {
            let page = &site.pages[*site.page_at.get(original.as_str())?];
            let front_matter = &page.document.front_matter;
            Some(psychoed::site::translation::hash(text, front_matter))
        });
        let noted = match how % 3 {
            0 => format!("translated-from = \"{}\"\n", now.unwrap_or("0".repeat(12))),
            1 => "translated-from = \"0123456789ab\"\n".to_owned(),
            _ => String::new(),
        };
        let text = text.replacen("\ntitle", &format!("\n{noted}title"), 1).replacen("id = \"", "id = \"ES-", 1);
        let language = ["es", "fr"][usize::from(how / 3) % 2];
        self.files.insert(format!("{}.{language}.md", original.trim_end_matches(".md")), text);
    }

    fn change(&mut self, page: usize, change: impl FnOnce(&Self, &str, String) -> String) {
        if let Some(path) = self.page(page) {
            let text = change(self, &path, self.files[&path].clone());
            self.files.insert(path, text);
        }
    }

    /// The files as they lie on disk, each in a new place in memory.
    fn sources(&self) -> Sources {
        let files = self.files.iter().map(|(path, text)| (SitePath::new(path), text.as_str().into()));
        Sources { files: files.collect() }
    }
}

fn svg(size: u32) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"10\"><circle r=\"4\"/></svg>")
}

fn files(press: &Press) -> BTreeMap<String, Vec<u8>> {
    let files = Mutex::new(BTreeMap::new());
    let faults = press.all(&|file| drop(files.lock().unwrap().insert(file.path.to_string(), file.bytes.to_vec())));
    assert_eq!(faults, []);
    files.into_inner().unwrap()
}

/// Compares two presses. Each third file is asked for by itself first, since that is how a preview asks.
fn same_files(kept: &Press, anew: &Press, edit: Option<&Edit>) -> Result<(), TestCaseError> {
    let anew = files(anew);
    for (path, bytes) in anew.iter().step_by(3) {
        let made = kept.file(path).and_then(Result::ok);
        prop_assert!(made.as_deref() == Some(bytes.as_slice()), "{} differs after {:?}", path, edit);
    }
    let kept = files(kept);
    for path in anew.keys().chain(kept.keys()) {
        prop_assert!(anew.get(path) == kept.get(path), "{} differs after {:?}", path, edit);
    }
    Ok(())
}

/// Compares builds that take over what they can, and an open project, with clean builds after each of a series of edits.
fn hold(pages: u8, edits: &[Edit]) -> Result<(), TestCaseError> {
    let mut project = Project::new(pages);
    let (mut memo, mut session) = (Memo::default(), Session::new(Options::default()));
    for edit in std::iter::once(None).chain(edits.iter().map(Some)) {
        if let Some(edit) = edit {
            project.apply(edit);
        }
        let facts = Facts::on(project.day);
        let build = |memo: &mut Memo| build(&Arc::new(project.sources()), &facts, &Options::default(), memo);
        let (kept, clean) = (build(&mut memo), build(&mut Memo::default()));
        prop_assert_eq!(&kept.diagnostics, &clean.diagnostics, "after {:?}", edit);
        same_files(kept.press.as_ref().unwrap(), clean.press.as_ref().unwrap(), edit)?;
        let state = session.update(project.sources(), &facts);
        prop_assert_eq!(&state.diagnostics, &clean.diagnostics, "after {:?}", edit);
        if !clean.is_broken() {
            prop_assert!(state.older.is_empty());
            same_files(state.press.as_ref().unwrap(), clean.press.as_ref().unwrap(), edit)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_open_project_is_what_a_clean_build_makes(pages in 1..16_u8, edits in prop::collection::vec(edit(), 1..14)) {
        hold(pages, &edits)?;
    }
}
