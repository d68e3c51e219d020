//! An open project: what has errors is shown as it was before, everything else as it is now.

use std::sync::Arc;

use jiff::civil::date;
use psychoed::Options;
use psychoed::session::{Session, State};
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};

const CONFIG: &str = "title = \"Clinic\"\n[theme]\nfolder = \"theme\"\n";

fn page(title: &str, body: &str) -> String {
    format!("+++\nkind = \"page\"\ntitle = \"{title}\"\n+++\n\n{body}\n")
}

struct Project {
    files: Vec<(String, String)>,
    session: Session,
}

impl Project {
    fn new() -> Self {
        let options = Options { drafts: true, ..Options::default() };
        let mut project = Self { files: Vec::new(), session: Session::new(options) };
        project.put("site-config.toml", CONFIG);
        project.put("theme/assets/own.css", "");
        project.put("content/a.md", &page("A", "First."));
        project.put("content/b.md", &page("B", "See [A](a.md)."));
        project
    }

    fn put(&mut self, path: &str, text: &str) {
        self.files.retain(|(known, _)| known != path);
        self.files.push((path.to_owned(), text.to_owned()));
    }

    /// The state after an edit, when all has become quiet.
    fn settle(&mut self) -> Arc<State> {
        let state = self.update();
        self.session.try_more().unwrap_or(state)
    }

    fn update(&mut self) -> Arc<State> {
        let files = self.files.iter().map(|(path, text)| (SitePath::new(path), text.as_str().into()));
        self.session.update(Sources { files: files.collect() }, &Facts::on(date(2026, 11, 22)))
    }
}

fn shown(state: &State, path: &str) -> String {
    match state.press.as_ref().unwrap().file(path) {
        Some(Ok(bytes)) => String::from_utf8(bytes.to_vec()).unwrap(),
        Some(Err(fault)) => panic!("{path}: {fault:?}"),
        None => panic!("there is no {path}"),
    }
}

fn older(state: &State) -> Vec<&str> {
    state.older.iter().map(SitePath::as_str).collect()
}

fn errors(state: &State) -> Vec<&str> {
    let errors = state.diagnostics.iter().filter(|found| found.severity == psychoed::diagnostic::Severity::Error);
    errors.map(|found| found.rule).collect()
}

#[test]
fn a_broken_page_stays_as_it_was_and_others_go_on() {
    let mut project = Project::new();
    assert_eq!(errors(&project.update()), Vec::<&str>::new());
    project.put("content/a.md", &page("A", "Second.\n\n:::note\nNever closed"));
    project.put("content/b.md", &page("B", "Now this."));
    let state = project.update();
    assert_eq!((errors(&state), older(&state)), (vec!["directive-unclosed"], vec!["content/a.md"]));
    assert!(shown(&state, "a.html").contains("First."));
    assert!(shown(&state, "b.html").contains("Now this."));
    project.put("content/b.md", &page("B", "And this."));
    let state = project.update();
    assert_eq!(older(&state), ["content/a.md"]);
    assert!(shown(&state, "b.html").contains("And this."));
    project.put("content/a.md", &page("A", "Third."));
    let state = project.update();
    assert_eq!((errors(&state), older(&state)), (vec![], vec![]));
    assert!(shown(&state, "a.html").contains("Third."));
}

#[test]
fn a_broken_configuration_keeps_the_last_good_one() {
    let mut project = Project::new();
    project.update();
    project.put("site-config.toml", "title = \"New\n");
    project.put("content/a.md", &page("A", "Second."));
    let state = project.update();
    assert_eq!((errors(&state), older(&state)), (vec!["config-syntax"], vec!["site-config.toml"]));
    assert!(shown(&state, "a.html").contains("Second."));
    assert!(shown(&state, "a.html").contains("Clinic"));
}

#[test]
fn a_broken_template_keeps_the_last_good_one_wherever_it_breaks() {
    for broken in ["{% if %}", "{{ page.nothing }}"] {
        let mut project = Project::new();
        project.put("theme/templates/page.html", "<body>Good {{ page.title }}</body>");
        assert_eq!(shown(&project.update(), "a.html"), "<body>Good A</body>");
        project.put("theme/templates/page.html", broken);
        let state = project.update();
        assert_eq!((errors(&state), older(&state)), (vec!["template-broken"], vec!["theme/templates/page.html"]));
        assert_eq!(shown(&state, "a.html"), "<body>Good A</body>");
        project.put("theme/templates/page.html", "<body>Better {{ page.title }}</body>");
        assert_eq!(shown(&project.update(), "a.html"), "<body>Better A</body>");
    }
}

#[test]
fn a_template_is_tried_on_every_new_page_and_until_it_is_mended() {
    let mut project = Project::new();
    project.put("theme/templates/page.html", "<body>{{ page.nothing }}</body>");
    assert_eq!(errors(&project.update()), ["template-broken"]);
    project.put("content/a.md", &page("A", "Second."));
    assert_eq!(errors(&project.update()), ["template-broken"]);
    let only_bad = "<body>{% if page.title == \"Bad\" %}{{ page.nothing }}{% endif %}{{ page.title }}</body>";
    project.put("theme/templates/page.html", only_bad);
    assert_eq!(errors(&project.update()), [""; 0]);
    project.put("content/a.md", &page("Bad", "See [nothing](nowhere.md)."));
    assert_eq!(errors(&project.update()), ["link-target-missing"]);
    project.put("content/a.md", &page("Bad", "Third."));
    assert_eq!(errors(&project.update()), ["template-broken"]);
    project.put("content/b.md", &page("B", "First."));
    assert_eq!(errors(&project.update()), ["template-broken"]);
    project.put("content/a.md", &page("Good", "Fourth."));
    assert_eq!(errors(&project.update()), [""; 0]);
}

#[test]
fn a_template_is_tried_on_whatever_shows_a_new_title() {
    let term = |title: &str, body: &str| {
        format!("+++\nkind = \"term\"\ntitle = \"{title}\"\nplain = \"Words.\"\n+++\n\n{body}\n")
    };
    let for_patients = |title: &str| page(title, "About grief.").replace("title", "audience = [\"patient\"]\ntitle");
    // The glossary; a term's page, which names the pages that use it.
    let broken_for = |entry: &str| format!("{{% if {entry}.title == \"Bad\" %}}{{{{ page.nothing }}}}{{% endif %}}");
    let glossary = format!(
        "{{% extends \"base.html\" %}}{{% block main %}}{{% for group in page.content.letters %}}\
         {{% for entry in group.entries %}}{}{{% endfor %}}{{% endfor %}}{{% endblock %}}",
        broken_for("entry")
    );
    let term_page = format!(
        "{{% extends \"written.html\" %}}{{% block after_body %}}{{% for card in page.content.term.used_on %}}{}\
         {{% endfor %}}{{% endblock %}}",
        broken_for("card.target")
    );
    let templates = [("glossary", &glossary), ("term", &term_page)];
    for (name, template) in templates {
        let mut project = Project::new();
        project.put(&format!("theme/templates/{name}.html"), template);
        project.put("content/grief.md", &term("Grief", "Text."));
        project.put("content/a.md", &for_patients("A"));
        assert_eq!(errors(&project.settle()), [""; 0], "{name}");
        let (path, bad, good) = match name {
            "glossary" => ("content/grief.md", term("Bad", "Text."), term("Good", "Text.")),
            _ => ("content/a.md", for_patients("Bad"), for_patients("Good")),
        };
        project.put(path, &bad);
        assert_eq!(errors(&project.settle()), ["template-broken"], "{name}");
        project.put(path, &good);
        assert_eq!(errors(&project.settle()), [""; 0], "{name}");
        // And when a page is new.
        project.put("content/new.md", &bad);
        assert_eq!(errors(&project.settle()), ["template-broken"], "{name}");
    }
}

#[test]
fn what_was_never_good_is_shown_as_far_as_it_goes() {
    let mut project = Project::new();
    project.put("content/a.md", &page("A", "See [nothing](nowhere.md)."));
    let state = project.update();
    assert_eq!((errors(&state), older(&state)), (vec!["link-target-missing"], vec![]));
    assert!(shown(&state, "a.html").contains("See nothing."));
}

#[test]
fn drafts_are_shown_to_whoever_writes_them() {
    let mut project = Project::new();
    project.put("content/a.md", &page("A", "First.").replace("title", "draft = true\ntitle"));
    let state = project.update();
    assert!(shown(&state, "a.html").contains("First."));
}

#[test]
fn pages_are_read_while_the_configuration_has_errors() {
    let mut project = Project::new();
    project.put("site-config.toml", "titel = \"Clinic\"\n");
    project.put("content/a.md", &page("A", "See [nothing](nowhere.md).\n\n:::tip\nNever closed."));
    let state = project.update();
    assert_eq!((errors(&state), state.is_checked), (vec!["directive-unclosed", "config-key-unknown"], false));
    project.put("site-config.toml", "title = \"Clinic\"\n");
    let state = project.update();
    assert_eq!((errors(&state), state.is_checked), (vec!["link-target-missing", "directive-unclosed"], true));
}

#[test]
fn an_audience_that_nobody_knows_is_one_fault_and_no_other_pages() {
    let mut project = Project::new();
    project.put("content/a.md", &page("A", "See [the other](b.md)."));
    project.put("content/b.md", &page("B", "First.").replace("title", "audience = [\"patients\"]\ntitle"));
    let state = project.update();
    let found = errors(&state);
    assert_eq!(found, ["front-matter-value-unknown"]);
}

#[test]
fn a_page_without_a_title_is_checked_all_the_same() {
    let mut project = Project::new();
    project.put("content/a.md", &page("A", "See [nothing](nowhere.md).").replace("title = ", "titel = "));
    let state = project.update();
    assert_eq!(errors(&state), ["front-matter-key-unknown", "link-target-missing"]);
    project.put("content/a.md", "+++\nkind = \"page\"\n+++\n\nSee [nothing](nowhere.md).\n");
    let state = project.update();
    assert_eq!(errors(&state), ["front-matter-key-missing", "link-target-missing"]);
    assert_eq!(older(&state), [""; 0]);
}

#[test]
fn a_page_with_errors_from_the_start_is_shown_as_it_is_until_it_was_good_once() {
    let mut project = Project::new();
    for text in ["First", "Second", "Third"] {
        project.put("content/a.md", &page("A", &format!("{text}: [nothing](nowhere.md).")));
        let state = project.update();
        assert_eq!((errors(&state), older(&state)), (vec!["link-target-missing"], vec![]));
        assert!(shown(&state, "a.html").contains(text), "{text}");
    }
    // While another page is held back, too.
    project.put("content/b.md", &page("B", "Good."));
    project.update();
    project.put("content/b.md", &page("B", "See [nothing](nowhere.md)."));
    project.put("content/a.md", &page("A", "Fourth: [nothing](nowhere.md)."));
    let state = project.update();
    assert_eq!(older(&state), ["content/b.md"]);
    assert!(shown(&state, "a.html").contains("Fourth") && shown(&state, "b.html").contains("Good."));
    project.put("content/a.md", &page("A", "Fifth."));
    project.update();
    project.put("content/a.md", &page("A", "Sixth: [nothing](nowhere.md)."));
    let state = project.update();
    assert_eq!(older(&state), ["content/a.md", "content/b.md"]);
    assert!(shown(&state, "a.html").contains("Fifth"));
}

#[test]
fn a_configuration_with_errors_from_the_start_is_followed_as_far_as_it_goes() {
    let mut project = Project::new();
    let pack =
        "[[packs]]\nid = \"p\"\ntitle = \"P\"\nsummary = \"S.\"\naudience = [\"patient\"]\npages = [\"nowhere.md\"]\n";
    for title in ["Clinic", "Practice"] {
        project.put("site-config.toml", &format!("title = \"{title}\"\n{pack}"));
        let state = project.update();
        assert_eq!((errors(&state), older(&state)), (vec!["pack-page-missing"], vec![]));
        assert!(shown(&state, "a.html").contains(title), "{title}");
    }
    // Of what cannot be read, nothing could be shown; pages go on.
    project.put("site-config.toml", "title = \"New\n");
    project.put("content/a.md", &page("A", "Second."));
    let state = project.update();
    assert_eq!(older(&state), ["site-config.toml"]);
    assert!(shown(&state, "a.html").contains("Practice") && shown(&state, "a.html").contains("Second."));
    project.put("site-config.toml", &format!("title = \"Again\"\n{pack}"));
    assert!(shown(&project.update(), "a.html").contains("Again"));
}

#[test]
fn a_page_nobody_could_check_counts_as_good_only_once_it_was_checked() {
    let mut project = Project::new();
    project.put("site-config.toml", "titel = \"Clinic\"\n");
    project.put("content/a.md", &page("A", "First: [nothing](nowhere.md)."));
    project.update();
    project.put("site-config.toml", CONFIG);
    project.update();
    project.put("content/a.md", &page("A", "Second: [nothing](nowhere.md)."));
    let state = project.update();
    assert_eq!(older(&state), [""; 0]);
    assert!(shown(&state, "a.html").contains("Second"));
    // And what was good before the configuration broke is still known.
    project.put("content/a.md", &page("A", "Third."));
    project.update();
    project.put("site-config.toml", "titel = \"Clinic\"\n");
    project.put("content/a.md", &page("A", "Fourth: [nothing](nowhere.md)."));
    assert!(shown(&project.update(), "a.html").contains("Fourth"));
    project.put("site-config.toml", CONFIG);
    let state = project.update();
    assert_eq!(older(&state), ["content/a.md"]);
    assert!(shown(&state, "a.html").contains("Third."));
}

#[test]
fn a_template_that_was_never_tried_does_not_count_as_good() {
    let mut project = Project::new();
    project.put("content/b.md", &page("B", "See [nothing](nowhere.md)."));
    project.put(
        "theme/templates/page.html",
        "<body>One {{ page.title }}{% if page.title == \"B\" %}{{ page.nothing }}{% endif %}</body>",
    );
    assert_eq!(errors(&project.update()), ["link-target-missing"]);
    project.put("content/b.md", &page("B", "Good."));
    assert_eq!(errors(&project.update()), ["template-broken"]);
    project.put(
        "theme/templates/page.html",
        "<body>Two {{ page.title }}{% if page.title == \"B\" %}{{ page.nothing }}{% endif %}</body>",
    );
    let state = project.update();
    assert_eq!((errors(&state), older(&state)), (vec!["template-broken"], vec![]));
    assert_eq!(shown(&state, "a.html"), "<body>Two A</body>");
}

#[test]
fn a_bibliography_with_errors_from_the_start_is_read_as_far_as_it_goes() {
    let mut project = Project::new();
    let work = |key: &str| {
        format!("@article{{{key}, author={{Doe, Jane}}, title={{Title of {key}}}, journal={{J}}, year={{2024}}}}\n")
    };
    project.put("content/references.bib", &format!("{}@article{{broken, author={{X\n", work("one")));
    let state = project.update();
    let first = errors(&state).len();
    assert!(first > 0);
    project.put("content/references.bib", &format!("{}{}@article{{broken, author={{X\n", work("one"), work("two")));
    project.put("content/a.md", &page("A", "New [@two]."));
    let state = project.update();
    assert_eq!((errors(&state).len(), older(&state)), (first, vec![]));
    assert!(shown(&state, "a.html").contains("Title of two"));
}
