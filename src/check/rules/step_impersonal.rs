//! See the page beside this file.

use crate::check::patient_text::PatientText;
use crate::check::wording::quoted;
use crate::check::{Rule, walk};
use crate::content::Audience;
use crate::content::block::{Block, BlockBody, Directive, ListItem, plain_text};
use crate::diagnostic::Diagnostic;
use crate::readability::{Language, is_you};

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    if text.language != Language::English {
        return;
    }
    for (block, words) in steps(&text.page.document.blocks) {
        if tells_of_others(&words) {
            let message = format!("the step {} does not say what to do", quoted(&words));
            found.push(
                rule.finding(text.page.at(&block.span), message)
                    .hint("Begin it with what the reader does: “Ask your therapist about …”, “Write down …”."),
            );
        }
    }
}

/// The first paragraph of every step that patients see, with its words.
fn steps(blocks: &[Block]) -> impl Iterator<Item = (&Block, String)> {
    let of_others = |block: &Block| match &block.body {
        BlockBody::Directive { directive: Directive::For(audience), .. } => *audience != Audience::Patient,
        _ => false,
    };
    let seen = walk::blocks_but(blocks, of_others);
    let lists = seen.filter_map(|block| match &block.body {
        BlockBody::Directive { directive: Directive::Steps, blocks, .. } => Some(blocks),
        _ => None,
    });
    let items = lists.flatten().flat_map(|block| match &block.body {
        BlockBody::List { items, .. } => &items[..],
        _ => &[],
    });
    items.filter_map(|ListItem { blocks, .. }| match blocks.first() {
        Some(block @ Block { body: BlockBody::Paragraph(inlines), .. }) => Some((block, plain_text(inlines))),
        _ => None,
    })
}

/// Whether words begin with somebody or something, so that they tell of that, and never turn to the reader.
fn tells_of_others(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut each = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // What a comma or colon sets apart may tell when: `This evening, write down …`.
    let subject = each.next().is_some_and(|first| SUBJECTS.contains(&first)) && !words.contains([',', ':']);
    subject && !each.any(|word| is_you(word, word, Language::English))
}

/// Words with which an order never begins.
const SUBJECTS: [&str; 25] = [
    "a",
    "an",
    "anyone",
    "clients",
    "everybody",
    "everyone",
    "he",
    "her",
    "his",
    "it",
    "our",
    "patients",
    "people",
    "she",
    "some",
    "somebody",
    "someone",
    "that",
    "the",
    "their",
    "there",
    "these",
    "they",
    "this",
    "we",
];

#[cfg(test)]
mod tests {
    use super::tells_of_others;

    #[test]
    fn orders_and_words_to_the_reader_are_told_from_words_about_others() {
        for step in ["The therapist explains the model.", "Patients fill in the sheet.", "It helps to walk."] {
            assert!(tells_of_others(step), "{step}");
        }
        for step in [
            "Ring a friend.",
            "At night, write down what you felt.",
            "The next day, look at the list again.",
            "The next day you can look at it again.",
            "The first evening: write it down.",
            "If that is too much, stop.",
            "Your therapist explains the model.",
            "Slowly breathe out.",
            "I rang a friend.",
            "",
        ] {
            assert!(!tells_of_others(step), "{step}");
        }
    }
}
