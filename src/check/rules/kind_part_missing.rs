//! See the page beside this file.

use std::cell::LazyCell;

use crate::check::wording::{first_line, with_article};
use crate::check::{Rule, walk};
use crate::content::block::{BlockBody, Directive};
use crate::content::kind::{Evidence, Module, SessionGuide};
use crate::content::{Block, KindName, PageKind};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site, Status};

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    // A draft is unfinished by its nature.
    if page.status == Status::Draft {
        return;
    }
    // Most kinds need nothing in particular of the body.
    let body = LazyCell::new(|| Body::of(page));
    for part in parts(page, &body).into_iter().filter(|part| !part.is_there) {
        let kind = match page.kind() {
            KindName::Suitability => "suitability page".to_owned(),
            kind => kind.title().to_lowercase(),
        };
        let message = format!("{} needs {}, and this one has none", with_article(&kind), part.name);
        found.push(rule.finding(page.at(&page.document.front_matter.title.span), message).hint(part.hint));
    }
    if matches!(page.document.front_matter.kind, PageKind::Handout) {
        key_message_misplaced(rule, site, page, &body.key_messages, found);
    }
}

/// A part of a page.
struct Part {
    is_there: bool,
    /// As in “a handout needs …”.
    name: &'static str,
    /// How to add it.
    hint: &'static str,
}

fn part(is_there: bool, name: &'static str, hint: &'static str) -> Part {
    Part { is_there, name, hint }
}

/// The parts that a page of its kind needs.
fn parts<'p>(page: &'p Page, body: &LazyCell<Body<'p>, impl FnOnce() -> Body<'p>>) -> Vec<Part> {
    match &page.document.front_matter.kind {
        PageKind::Handout => handout(body),
        PageKind::Worksheet => vec![part(
            body.write || body.checklist || body.table,
            "something to fill in (`write`, `checklist` or a table)",
            "Add a prompt between `:::write {lines=4}` and `:::`, a list between `:::checklist` and `:::`, or a table.",
        )],
        PageKind::QuickReference => vec![part(
            !page.document.citations.is_empty(),
            "a citation",
            "Say what the advice rests on, for example `[@weissman2000]`.",
        )],
        PageKind::SessionGuide(guide) => session_guide(guide, body),
        PageKind::Suitability(suitability) => vec![part(
            !suitability.criteria.is_empty(),
            "a criterion (`[[criteria]]`)",
            "Add one: `[[criteria]]`, and below it `verdict = \"suits\"` and `statement = \"…\"`.",
        )],
        PageKind::Evidence(summary) => evidence(summary),
        PageKind::Module(unit) => module(unit),
        PageKind::Term(term) => vec![part(
            term.plain.as_ref().is_some_and(|plain| !plain.trim().is_empty()),
            "`plain`",
            "Add the wording for patients, such as `plain = \"the sadness after somebody has died\"`.",
        )],
        PageKind::Page => Vec::new(),
    }
}

/// What the body of a page holds.
#[derive(Default)]
struct Body<'p> {
    key_messages: Vec<&'p Block>,
    steps: bool,
    checklist: bool,
    write: bool,
    safety: bool,
    table: bool,
}

impl<'p> Body<'p> {
    fn of(page: &'p Page) -> Self {
        let mut body = Self::default();
        for block in walk::blocks(&page.document.blocks) {
            match &block.body {
                BlockBody::Table { .. } => body.table = true,
                BlockBody::Directive { directive, .. } => match directive {
                    Directive::KeyMessage => body.key_messages.push(block),
                    Directive::Steps => body.steps = true,
                    Directive::Checklist => body.checklist = true,
                    Directive::Write { .. } => body.write = true,
                    Directive::Safety => body.safety = true,
                    _ => {}
                },
                _ => {}
            }
        }
        body
    }
}

fn handout(body: &Body<'_>) -> Vec<Part> {
    vec![
        part(
            !body.key_messages.is_empty(),
            "a key message",
            "Begin the body with `:::key-message`, the one thing a reader should keep in a sentence or two, and a line of \
             `:::`.",
        ),
        part(
            body.steps || body.checklist,
            "something to do (`steps` or `checklist`)",
            "Add what a reader can do: a numbered list between `:::steps` and `:::`, or a list between `:::checklist` and \
             `:::`.",
        ),
    ]
}

fn session_guide(guide: &SessionGuide, body: &Body<'_>) -> Vec<Part> {
    vec![
        part(
            !guide.sessions.is_empty(),
            "`sessions`",
            "Add the numbers of the sessions it is for, such as `sessions = [1]`.",
        ),
        part(guide.minutes.is_some(), "`minutes`", "Add how long a session takes, such as `minutes = 50`."),
        part(
            !guide.goals.is_empty(),
            "`goals`",
            "Add what the session is to reach, such as `goals = [\"Agree on the focus\"]`.",
        ),
        part(
            body.safety,
            "a `safety` block",
            "Say between `:::safety` and `:::` what to do when the person is in danger.",
        ),
        part(body.steps, "`steps`", "Put the course of the session as a numbered list between `:::steps` and `:::`."),
    ]
}

fn evidence(summary: &Evidence) -> Vec<Part> {
    vec![
        part(
            summary.question.is_some(),
            "a `[question]`",
            "Add `[question]` with `population`, `intervention`, `comparator` and `outcome`.",
        ),
        part(
            !summary.findings.is_empty(),
            "a finding (`[[findings]]`)",
            "Add one: `[[findings]]`, and below it `statement`, `outcome` and `sources`.",
        ),
    ]
}

fn module(unit: &Module) -> Vec<Part> {
    vec![
        part(
            !unit.objectives.is_empty(),
            "`objectives`",
            "Add what learners can do afterwards, such as `objectives = [\"Name the four focal areas\"]`.",
        ),
        part(unit.minutes.is_some(), "`minutes`", "Add how long it takes, such as `minutes = 60`."),
    ]
}

/// One main message, and that first: what stands lower down or beside others is not read as one.
fn key_message_misplaced(rule: &Rule, site: &Site, page: &Page, messages: &[&Block], found: &mut Vec<Diagnostic>) {
    let Some((first, more)) = messages.split_first() else { return };
    let at = |block: &Block| page.at(&first_line(site, page, &block.span));
    if !page.document.blocks.first().is_some_and(|top| std::ptr::eq(top, *first)) {
        let message = "the key message does not come first in this handout";
        found.push(rule.finding(at(first), message).hint("Move it to the top of the body, above the first heading."));
    }
    for block in more {
        found.push(
            rule.finding(at(block), "this handout has more than one key message")
                .related(at(first), "the first one is here")
                .hint("Keep the one that matters most, and make the other an ordinary paragraph or a `:::note`."),
        );
    }
}
