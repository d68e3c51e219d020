//! See the page beside this file.

use std::cell::LazyCell;

use crate::check::wording::with_article;
use crate::check::{Rule, walk};
use crate::content::block::{BlockBody, Directive};
use crate::content::kind::{Evidence, Module, SessionGuide};
use crate::content::{KindName, PageKind};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site, Status};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    // A draft is unfinished by its nature.
    if page.status == Status::Draft {
        return;
    }
    // Most kinds need nothing in particular of the body.
    let body = LazyCell::new(|| Body::of(page));
    let front_matter = &page.document.front_matter;
    let is_missing = |part: &Part| part.key.map_or(!part.is_there, |key| front_matter.lacks(key, !part.is_there));
    for part in parts(page, &body).into_iter().filter(is_missing) {
        let kind = match page.kind() {
            KindName::Suitability => "suitability page".to_owned(),
            kind => kind.title().to_lowercase(),
        };
        let message = format!("{} needs {}, and this one has none", with_article(&kind), part.name);
        found.push(rule.finding(page.at(&front_matter.title.span), message).hint(part.hint));
    }
}

/// A part of a page.
struct Part {
    is_there: bool,
    /// The key that would hold it; `None` when it stands in the body.
    key: Option<&'static str>,
    /// As in “a handout needs …”.
    name: &'static str,
    /// How to add it.
    hint: &'static str,
}

fn part(is_there: bool, name: &'static str, hint: &'static str) -> Part {
    Part { is_there, key: None, name, hint }
}

/// A part that a key of the front matter holds.
fn key(key: &'static str, is_there: bool, name: &'static str, hint: &'static str) -> Part {
    Part { key: Some(key), ..part(is_there, name, hint) }
}

/// The parts that a page of its kind needs.
fn parts(page: &Page, body: &LazyCell<Body, impl FnOnce() -> Body>) -> Vec<Part> {
    match &page.document.front_matter.kind {
        PageKind::Worksheet => vec![part(
            body.write || body.checklist || body.table,
            "something to fill in (`write`, `checklist` or a table)",
            "Add a prompt between `:::write {lines=4}` and `:::`, a list between `:::checklist` and `:::`, or a table.",
        )],
        PageKind::SessionGuide(guide) => session_guide(guide, body),
        PageKind::Suitability(suitability) => vec![key(
            "criteria",
            !suitability.criteria.is_empty(),
            "a criterion (`[[criteria]]`)",
            "Add one: `[[criteria]]`, and below it `verdict = \"suits\"` and `statement = \"…\"`.",
        )],
        PageKind::Evidence(summary) => evidence(summary),
        PageKind::Module(unit) => module(unit),
        PageKind::Term(term) => vec![key(
            "plain",
            term.plain.is_some(),
            "`plain`",
            "Add the wording for patients, such as `plain = \"the sadness after somebody has died\"`.",
        )],
        // What handouts and quick references need are rules of their own: `main-message-count`, `action-missing`, `claim-uncited`.
        PageKind::Handout | PageKind::QuickReference | PageKind::Page => Vec::new(),
    }
}

/// What the body of a page holds.
#[derive(Default)]
struct Body {
    steps: bool,
    checklist: bool,
    write: bool,
    safety: bool,
    table: bool,
}

impl Body {
    fn of(page: &Page) -> Self {
        let mut body = Self::default();
        for block in walk::blocks(&page.document.blocks) {
            match &block.body {
                BlockBody::Table { .. } => body.table = true,
                BlockBody::Directive { directive, .. } => match directive {
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

fn session_guide(guide: &SessionGuide, body: &Body) -> Vec<Part> {
    vec![
        key(
            "sessions",
            !guide.sessions.is_empty(),
            "`sessions`",
            "Add the numbers of the sessions it is for, such as `sessions = [1]`.",
        ),
        key("minutes", guide.minutes.is_some(), "`minutes`", "Add how long a session takes, such as `minutes = 50`."),
        key(
            "goals",
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
        key(
            "question",
            summary.question.is_some(),
            "a `[question]`",
            "Add `[question]` with `population`, `intervention`, `comparator` and `outcome`.",
        ),
        key(
            "findings",
            !summary.findings.is_empty(),
            "a finding (`[[findings]]`)",
            "Add one: `[[findings]]`, and below it `statement`, `outcome` and `sources`.",
        ),
    ]
}

fn module(unit: &Module) -> Vec<Part> {
    vec![
        key(
            "objectives",
            !unit.objectives.is_empty(),
            "`objectives`",
            "Add what learners can do afterwards, such as `objectives = [\"Name the four focal areas\"]`.",
        ),
        key("minutes", unit.minutes.is_some(), "`minutes`", "Add how long it takes, such as `minutes = 60`."),
    ]
}
