//! See the page beside this file.

use crate::check::wording::{first_line, with_article};
use crate::check::{Rule, walk};
use crate::content::block::{BlockBody, Directive};
use crate::content::{Block, PageKind};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site, Status};

pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    // A draft is unfinished by its nature.
    for page in site.pages.iter().filter(|page| page.status != Status::Draft) {
        let at = page.at(&page.document.front_matter.title.span);
        let kind = page.kind().title().to_lowercase();
        for Missing { part, hint } in missing(page) {
            let message = format!("{} needs {part}, and this one has none", with_article(&kind));
            found.push(rule.finding(at.clone(), message).hint(hint));
        }
        if matches!(page.document.front_matter.kind, PageKind::Handout) {
            key_message_misplaced(rule, site, page, found);
        }
    }
}

struct Missing {
    part: &'static str,
    hint: &'static str,
}

/// The parts that a page of its kind needs and that it does not have.
fn missing(page: &Page) -> Vec<Missing> {
    let blocks = walk::blocks(&page.document.blocks);
    let has = |directive: fn(&Directive) -> bool| {
        blocks.iter().any(|block| matches!(&block.body, BlockBody::Directive { directive: d, .. } if directive(d)))
    };
    let steps = has(|d| *d == Directive::Steps);
    let checklist = has(|d| *d == Directive::Checklist);
    let write = has(|d| matches!(d, Directive::Write { .. }));
    let table = blocks.iter().any(|block| matches!(block.body, BlockBody::Table { .. }));
    let needed: Vec<(bool, &'static str, &'static str)> = match &page.document.front_matter.kind {
        PageKind::Handout => vec![
            (has(|d| *d == Directive::KeyMessage), "a key message", KEY_MESSAGE),
            (
                steps || checklist,
                "something to do (`steps` or `checklist`)",
                "Add what a reader can do: a numbered list between `:::steps` and `:::`, or a list between `:::checklist` and `:::`.",
            ),
        ],
        PageKind::Worksheet => vec![(
            write || checklist || table,
            "something to fill in (`write`, `checklist` or a table)",
            "Add a prompt between `:::write {lines=4}` and `:::`, a list between `:::checklist` and `:::`, or a table.",
        )],
        PageKind::QuickReference => vec![(
            !page.document.citations.is_empty(),
            "a citation",
            "Say what the advice rests on, for example `[@weissman2000]`.",
        )],
        PageKind::SessionGuide(guide) => vec![
            (
                !guide.sessions.is_empty(),
                "`sessions`",
                "Add the numbers of the sessions it is for, such as `sessions = [1]`.",
            ),
            (guide.minutes.is_some(), "`minutes`", "Add how long a session takes, such as `minutes = 50`."),
            (
                !guide.goals.is_empty(),
                "`goals`",
                "Add what the session is to reach, such as `goals = [\"Agree on the focus\"]`.",
            ),
            (
                has(|d| *d == Directive::Safety),
                "a `safety` block",
                "Say between `:::safety` and `:::` what to do when the person is in danger.",
            ),
            (steps, "`steps`", "Put the course of the session as a numbered list between `:::steps` and `:::`."),
        ],
        PageKind::Suitability(suitability) => vec![(
            !suitability.criteria.is_empty(),
            "a criterion (`[[criteria]]`)",
            "Add one: `[[criteria]]`, and below it `verdict = \"suits\"` and `statement = \"…\"`.",
        )],
        PageKind::Evidence(evidence) => vec![
            (
                evidence.question.is_some(),
                "a `[question]`",
                "Add `[question]` with `population`, `intervention`, `comparator` and `outcome`.",
            ),
            (
                !evidence.findings.is_empty(),
                "a finding (`[[findings]]`)",
                "Add one: `[[findings]]`, and below it `statement`, `outcome` and `sources`.",
            ),
        ],
        PageKind::Module(module) => vec![
            (
                !module.objectives.is_empty(),
                "`objectives`",
                "Add what learners can do afterwards, such as `objectives = [\"Name the four focal areas\"]`.",
            ),
            (module.minutes.is_some(), "`minutes`", "Add how long it takes, such as `minutes = 60`."),
        ],
        PageKind::Term(term) => vec![(
            term.plain.as_ref().is_some_and(|plain| !plain.trim().is_empty()),
            "`plain`",
            "Add the wording for patients, such as `plain = \"the sadness after somebody has died\"`.",
        )],
        PageKind::Page => Vec::new(),
    };
    needed.into_iter().filter(|(there, ..)| !there).map(|(_, part, hint)| Missing { part, hint }).collect()
}

const KEY_MESSAGE: &str = "Begin the body with `:::key-message`, the one thing a reader should keep in a sentence or two, and a line of `:::`.";

/// One main message, and that first: what stands lower down or beside others is not read as one.
fn key_message_misplaced(rule: &Rule, site: &Site, page: &Page, found: &mut Vec<Diagnostic>) {
    let is_one = |block: &&Block| matches!(&block.body, BlockBody::Directive { directive: Directive::KeyMessage, .. });
    let messages: Vec<&Block> = walk::blocks(&page.document.blocks).into_iter().filter(is_one).collect();
    let Some((first, more)) = messages.split_first() else { return };
    let at = |block: &Block| page.at(&first_line(site, page, &block.span));
    if !page.document.blocks.first().as_ref().is_some_and(is_one) {
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
