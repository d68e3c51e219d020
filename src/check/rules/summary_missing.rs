//! See the page beside this file.

use crate::check::language::Words;
use crate::check::word_count::WordCount;
use crate::check::{Rule, patients, walk};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

/// The most words that readers keep in mind without a summary.
const MOST: usize = 400;
/// How many sections may follow the summary, such as what to do next.
const SECTIONS_AFTER: usize = 1;

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    // A draft is unfinished by its nature.
    if !patients::take_home(page) || !page.is_to_appear() {
        return;
    }
    let Some(listed) = Words::of(site, page) else { return };
    let title = &page.document.front_matter.title.span;
    let Some((summary, sections_after)) = summary(page, listed) else {
        let words = words(page);
        if words > MOST {
            let message = format!("this handout has {words} words and no summary at its end");
            let heading = capitalised(listed.summary_headings[0]);
            found.push(rule.finding(page.at(title), message).hint(format!(
                "Near the end, repeat the main points below `## {heading}`, in a list of two to five short sentences."
            )));
        }
        return;
    };
    if sections_after > SECTIONS_AFTER && words(page) > MOST {
        let message = format!("the summary comes {sections_after} sections before the end");
        found.push(
            rule.finding(page.at(&summary.span), message)
                .hint("Move it to the end; only one more section, such as what to do this week, may follow it."),
        );
    }
}

/// The last heading of a summary, and how many sections of its level or a higher one follow.
fn summary<'p>(page: &'p Page, listed: &Words) -> Option<(&'p crate::content::Heading, usize)> {
    let mut levels_after = Vec::new();
    for heading in patients::headings(page).rev() {
        if listed.heads_summary(&heading.text) {
            return Some((heading, levels_after.into_iter().filter(|level| *level <= heading.level).count()));
        }
        levels_after.push(heading.level);
    }
    None
}

/// How many words of running text patients see.
fn words(page: &Page) -> usize {
    let mut count = WordCount::default();
    patients::blocks(page).for_each(|block| count.add(walk::inlines(block)));
    count.words
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
