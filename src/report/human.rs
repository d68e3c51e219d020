//! Findings in the manner of rustc: what, where, the line with the spot underlined, and how to mend it.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::HashMap;

use super::Summary;
use super::place::{Excerpt, Shown};
use super::visible::visible;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::source::{SitePath, Sources, Span};

/// How wide messages may run before they wrap.
const WIDTH: usize = 140;

/// Writes all findings but those that are waived, which the summary counts.
pub fn write(diagnostics: &[Diagnostic], sources: &Sources, summary: &Summary, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut shown: HashMap<&SitePath, Shown> = HashMap::new();
    for at in
        diagnostics.iter().flat_map(|found| std::iter::once(&found.at).chain(found.related.iter().map(|(at, _)| at)))
    {
        if let Some(bytes) = sources.files.get(&at.path) {
            shown.entry(&at.path).or_insert_with(|| Shown::new(bytes));
        }
    }
    let mut text = String::new();
    let hidden =
        |found: &&Diagnostic| found.waived.is_some() || summary.counts_notes_only && found.severity == Severity::Note;
    for found in diagnostics.iter().filter(|found| !hidden(found)) {
        text.push_str(&renderer.render(&[group(found, &shown)]));
        text.push_str("\n\n");
    }
    text.push_str(&summary.text(diagnostics));
    text
}

fn group<'a>(found: &'a Diagnostic, shown: &'a HashMap<&SitePath, Shown>) -> Group<'a> {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(found.message.as_str()).id(found.rule));
    let mut places: Vec<(&SitePath, Vec<Marked>)> = Vec::new();
    let mut mark = |at: &'a Location, kind: AnnotationKind, label: Option<&'a str>| {
        let Some(shown) = shown.get(&at.path) else { return };
        let marked = Marked { span: shown.offset(at.span.start)..shown.offset(at.span.end), kind, label };
        match places.iter_mut().find(|(path, _)| **path == at.path) {
            Some((_, all)) => all.push(marked),
            None => places.push((&at.path, vec![marked])),
        }
    };
    mark(&found.at, AnnotationKind::Primary, None);
    for (at, message) in &found.related {
        mark(at, AnnotationKind::Context, Some(message));
    }
    for (path, marked) in places {
        group = group.element(snippet(path, &shown[path], marked));
    }
    if !shown.contains_key(&found.at.path) {
        group = group.element(annotate_snippets::Origin::path(visible(found.at.path.as_str())));
    }
    match &found.hint {
        Some(hint) => group.element(Level::HELP.message(visible(hint))),
        None => group,
    }
}

/// A stretch of a text that is underlined.
struct Marked<'a> {
    span: Span,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

fn snippet<'a>(path: &'a SitePath, shown: &'a Shown<'_>, marked: Vec<Marked<'a>>) -> Snippet<'a, Annotation<'a>> {
    let first = marked.iter().map(|marked| marked.span.start).min().unwrap_or_default();
    let last = marked.iter().map(|marked| marked.span.end).max().unwrap_or_default();
    let Excerpt { line, span } = shown.around(&(first..last));
    let within = |marked: Marked<'a>| {
        let start = marked.span.start - span.start;
        marked.kind.span(start..marked.span.end.max(marked.span.start) - span.start).label(marked.label.map(visible))
    };
    let annotations: Vec<Annotation<'a>> = marked.into_iter().map(within).collect();
    Snippet::source(&shown.text[span.clone()]).line_start(line).path(visible(path.as_str())).annotations(annotations)
}
