//! What a broken template says, and that it ends nothing but the build.

use psychoed::diagnostic::Diagnostic;

use crate::support::{clinic, linked, plain_theme, printed};

/// What is found with these files in the theme.
fn faults(files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let (site, facts) = linked(clinic(&[]));
    printed(&site, &plain_theme(files), &facts).1
}

/// The one message found, with the place it points at.
fn fault(files: &[(&str, &str)]) -> String {
    let found = faults(files);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].rule, "template-broken");
    let at = &found[0].at;
    let text = files.iter().find(|(path, _)| at.path.as_str() == format!("theme/{path}")).map_or("", |(_, text)| text);
    format!("{} `{}`: {}", at.path, &text[at.span.start..at.span.end], found[0].message)
}

#[test]
fn an_include_that_includes_itself() {
    assert_eq!(
        fault(&[("templates/a.html", "{% include \"b.html\" %}"), ("templates/b.html", "{% include \"a.html\" %}")]),
        "theme/templates/a.html ``: template `a.html`: it includes itself: a.html → b.html → a.html"
    );
}

#[test]
fn a_component_that_calls_itself() {
    let text = "{% component loop() %}{{ <loop /> }}{% endcomponent loop %}";
    let page = "{{ <loop /> }}";
    let message = fault(&[("templates/loop.html", text), ("templates/a-z.html", page)]);
    assert_eq!(
        message,
        "theme/templates/a-z.html ``: template `a-z.html`: Maximum render recursion depth for components exceeded; \
         seen while rendering `clinician/a-z.html`"
    );
}

#[test]
fn conditions_nested_too_deeply() {
    let text = "{% if page %}".repeat(5000) + &"{% endif %}".repeat(5000);
    let message = fault(&[("templates/deep.html", &text)]);
    assert!(message.starts_with("theme/templates/deep.html"), "{message}");
    assert!(message.len() < 5000, "{message}");
}

#[test]
fn an_unknown_variable_names_line_and_page() {
    let text = "<p>\n{{ page.contents.title }}</p>";
    let message = fault(&[("templates/glossary.html", text)]);
    let start =
        "theme/templates/glossary.html `contents`: template `glossary.html`, line 2: Field `contents` is not defined.";
    assert!(message.starts_with(start), "{message}");
    assert!(message.ends_with("; seen while rendering `clinician/glossary.html`"), "{message}");
}

#[test]
fn a_fault_in_a_part_is_reported_once_for_all_pages() {
    let found = faults(&[("templates/frame.html", "{{ nothing }}")]);
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn a_syntax_error() {
    let message = fault(&[("templates/glossary.html", "<p>\n{{ page. }}</p>")]);
    assert!(message.starts_with("theme/templates/glossary.html"), "{message}");
    assert!(message.contains("template `glossary.html`, line 2: "), "{message}");
}

#[test]
fn an_unknown_filter() {
    let message = fault(&[("templates/glossary.html", "<p>\n{{ page.title | shout }}</p>")]);
    assert_eq!(
        message,
        "theme/templates/glossary.html `{{ page.title | shout }}</p>`: template `glossary.html`, line 2: Unknown filter `shout`"
    );
}

#[test]
fn a_message_is_cut() {
    let text = format!("{{{{ page.{} }}}}", "x".repeat(10_000));
    assert!(fault(&[("templates/glossary.html", &text)]).len() < 15_000);
    let found = faults(&[("templates/glossary.html", &text)]);
    assert!(found[0].message.len() < 4200, "{}", found[0].message.len());
}

#[test]
fn a_template_that_is_not_utf_8() {
    let (site, facts) = linked(clinic(&[]));
    let mut theme = plain_theme(&[("templates/glossary.html", "<p>")]);
    theme.files.get_mut("templates/glossary.html").expect("added").bytes = b"<p>\xe9".as_slice().into();
    let found = printed(&site, &theme, &facts).1;
    assert_eq!(found[0].message, "template `glossary.html` is not UTF-8");
    assert_eq!((found[0].at.span.start, found[0].at.path.as_str()), (3, "theme/templates/glossary.html"));
}

#[test]
fn a_missing_template_names_what_needs_it() {
    let (site, facts) = linked(clinic(&[]));
    let mut theme = plain_theme(&[]);
    theme.files.remove("templates/glossary.html");
    let found = printed(&site, &theme, &facts).1;
    let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(messages, ["the theme has no template `glossary.html`, which `clinician/glossary.html` needs"]);
}

#[test]
fn a_template_of_the_sites_own_says_psychoeds_words_and_is_blamed_at_the_right_place() {
    let (site, facts) = linked(clinic(&[]));
    let glossary =
        "<p>{{ words.menu.larger_text }} {{ words.control.version_of | replace(from=\"{version}\", to=\"2\") }}</p>";
    let (files, faults) = printed(&site, &plain_theme(&[("templates/glossary.html", glossary)]), &facts);
    assert_eq!(faults, []);
    assert_eq!(files["clinician/glossary.html"], "<p>Larger text Version 2</p>");
    let message = fault(&[("templates/glossary.html", "{{ words.menu.print }} {{ words.menu.prind }}")]);
    let start =
        "theme/templates/glossary.html `prind`: template `glossary.html`, line 1: Field `prind` is not defined.";
    assert!(message.starts_with(start), "{message}");
}
