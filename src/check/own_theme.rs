//! What a site's own templates leave out that the built-in ones print on every page for patients.

use std::collections::BTreeSet;

use super::Rule;
use super::ties::Whole;
use crate::diagnostic::{Diagnostic, Location};
use crate::theme::{MADE_ONCE, Theme, overlay};

/// What pages for patients have to print.
#[derive(Clone, Copy)]
pub(super) struct Printed {
    /// What stands in templates that print it.
    pub(super) marker: &'static str,
    /// Whether it may also stand in the frame around all pages, much of which is left out on paper.
    pub(super) in_frame: bool,
}

/// The templates around all pages.
const FRAME: [&str; 3] = ["base.html", "header.html", "footer.html"];
/// Templates of pages that patients read.
const FOR_PATIENTS: [&str; 5] = ["handout.html", "home.html", "page.html", "term.html", "worksheet.html"];

/// A finding for each template of the site's own through which pages for patients lose what they have to
/// print. It is looked for in the text of the templates, with those that they extend and include: who prints it by other means
/// waives the finding.
pub(super) fn drops(rule: &Rule, whole: &Whole<'_>, what: Printed, message: &str, hint: &str) -> Vec<Diagnostic> {
    let site = whole.site;
    if overlay(&site.config).is_none() {
        return Vec::new();
    }
    let theme = Theme::of(&site.config, &site.sources);
    let mut found = Vec::new();
    for template in FOR_PATIENTS {
        let mut reached = BTreeSet::new();
        if !prints(&theme, template, false, what, &mut reached) {
            // A theme that leaves nothing of the built-in one has a file of its own here.
            let own = reached.iter().find_map(|name| source(&theme, name));
            found.extend(own.map(|at| rule.finding(at, message).hint(hint)));
        }
    }
    found
}

/// Whether a template prints something, by itself or through others; `overridden` when a template that extends it fills `main`.
fn prints(theme: &Theme, name: &str, overridden: bool, what: Printed, reached: &mut BTreeSet<String>) -> bool {
    let Some(text) = text(theme, name).filter(|_| reached.insert(name.to_owned())) else { return false };
    let printed = if overridden { without_main(text) } else { text.to_owned() };
    let fills_main = overridden || text.contains("block main") && !text.contains("super()");
    printed.contains(what.marker) && (what.in_frame || !FRAME.contains(&name))
        || taken_in(&printed).any(|name| prints(theme, &name, false, what, reached))
        || named(text, "extends").iter().any(|name| prints(theme, name, fills_main, what, reached))
}

/// A template without its block `main`.
fn without_main(text: &str) -> String {
    let Some((before, rest)) = text.split_once("block main") else { return text.to_owned() };
    let end = rest.rfind("endblock main").or_else(|| rest.rfind("endblock")).unwrap_or(rest.len());
    before.to_owned() + &rest[end..]
}

/// The templates that a text includes, or that are made once and printed by their entry in `page`.
fn taken_in(text: &str) -> impl Iterator<Item = String> {
    let made_once = MADE_ONCE.iter().filter(move |(_, entry)| text.contains(entry)).map(|(name, _)| (*name).to_owned());
    named(text, "include").into_iter().chain(made_once)
}

/// The templates that a tag such as `{% include "help.html" %}` names.
fn named(text: &str, tag: &str) -> Vec<String> {
    let names = text.match_indices("{%").filter_map(|(at, _)| {
        let inside = text[at + 2..].trim_start_matches(['-', ' ']).strip_prefix(tag)?.trim_start();
        let quote = inside.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        inside[1..].split_once(quote).map(|(name, _)| name.to_owned())
    });
    names.collect()
}

fn text<'t>(theme: &'t Theme, name: &str) -> Option<&'t str> {
    std::str::from_utf8(&theme.files.get(&format!("templates/{name}"))?.bytes).ok()
}

/// The top of a template, when it is one of the site's own.
fn source(theme: &Theme, name: &str) -> Option<Location> {
    Some(Location::top(theme.files.get(&format!("templates/{name}"))?.source.as_ref()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SitePath, Sources};
    use crate::theme::{ThemeFile, tests::config};

    const CRISIS_LINES: Printed = Printed { marker: "in site.crisis_lines", in_frame: true };
    const WHOM_TO_ASK: Printed = Printed { marker: "organisation.phone", in_frame: false };

    fn silent(own: &[(&str, &str)]) -> Vec<&'static str> {
        silent_on(CRISIS_LINES, own)
    }

    /// Which templates for patients do not print something when these lie over the built-in ones.
    fn silent_on(what: Printed, own: &[(&str, &str)]) -> Vec<&'static str> {
        let mut theme = Theme::of(&config(Default::default()), &Sources::default());
        for (name, text) in own {
            let file = ThemeFile { source: Some(SitePath::new(*name)), bytes: text.as_bytes().into() };
            theme.files.insert(format!("templates/{name}"), file);
        }
        let silent = |name: &&str| !prints(&theme, name, false, what, &mut BTreeSet::new());
        FOR_PATIENTS.into_iter().filter(silent).collect()
    }

    #[test]
    fn the_built_in_theme_leaves_nothing_out() {
        assert_eq!(silent(&[]), [""; 0]);
        assert_eq!(silent_on(WHOM_TO_ASK, &[]), [""; 0]);
        assert_eq!(silent_on(WHOM_TO_ASK, &[("help.html", "<p>Help</p>")]), FOR_PATIENTS);
    }

    #[test]
    fn what_a_template_extends_and_includes_counts() {
        assert_eq!(silent(&[("help.html", "<p>Help</p>")]), FOR_PATIENTS);
        assert_eq!(silent(&[("handout.html", "<p>{{ page.title }}</p>")]), ["handout.html"]);
        assert_eq!(
            silent(&[("handout.html", "{%- extends 'written.html' -%} {% block facts %}x{% endblock %}")]),
            [""; 0]
        );
        let filled = "{% extends \"written.html\" %}{% block main %}x{% endblock main %}";
        assert_eq!(silent(&[("handout.html", filled)]), ["handout.html"]);
        let above = "{% extends \"written.html\" %}{% block main %}x{{ super() }}{% endblock main %}";
        assert_eq!(silent(&[("handout.html", above)]), [""; 0]);
        let foot = "{% block main %}{% endblock main %}{% for l in site.crisis_lines %}{{ l.number }}{% endfor %}";
        assert_eq!(silent(&[("handout.html", filled), ("base.html", foot)]), [""; 0]);
        assert_eq!(silent(&[("help.html", "{% include \"help.html\" %}")]), FOR_PATIENTS);
        assert_eq!(silent(&[("handout.html", "{% include \"help.html\" %}")]), [""; 0]);
        assert_eq!(silent(&[("handout.html", "{{ page.help_html | safe }}")]), [""; 0]);
    }
}
