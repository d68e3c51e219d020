//! See the page beside this file.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::check::{Rule, walk};
use crate::content::Inline;
use crate::content::block::{Block, BlockBody};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, Page, Site};
use crate::source::{SitePath, Sources, Span};
use crate::theme::Coverage;

/// The most characters that one finding names.
const NAMED: usize = 5;

/// What a page prints: its front matter and each of its blocks.
pub(super) fn page(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.kind().is_printed() || !page.is_to_appear() {
        return;
    }
    let Some(text) = site.sources.text(page.path.as_str()) else { return };
    let coverage = Coverage::of(&site.config, &site.sources);
    let front_matter = &page.document.front_matter.span;
    let written = text.get(front_matter.clone()).unwrap_or_default();
    found.extend(finding(rule, &page.path, text, front_matter, written, &coverage));
    for block in walk::blocks(&page.document.blocks) {
        found.extend(finding(rule, &page.path, text, &block.span, &printed(block), &coverage));
    }
}

/// What every sheet prints of the configuration.
pub(super) fn config(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    let Some(text) = site.sources.text(Sources::CONFIG) else { return };
    let config = &site.config;
    let organisation = [&config.organisation.name, &config.organisation.phone, &config.organisation.feedback];
    let optional = organisation.into_iter().chain([&config.sample_notice]).flatten();
    let lines =
        config.crisis_lines.iter().flat_map(|line| [&line.name.value, &line.number].into_iter().chain(&line.hours));
    let titles =
        config.phases.iter().map(|phase| &phase.title).chain(config.focal_areas.iter().map(|area| &area.title));
    let printed: String = optional.chain([&config.title]).chain(lines).chain(titles).map(String::as_str).collect();
    let coverage = Coverage::of(config, &site.sources);
    found.extend(finding(rule, &SitePath::new(Sources::CONFIG), text, &(0..text.len()), &printed, &coverage));
}

/// What is printed of a block itself, not of blocks within it.
fn printed(block: &Block) -> String {
    let mut printed = String::new();
    for inline in walk::inlines(block) {
        if let Inline::Text(words) | Inline::Code(words) = inline {
            printed.push_str(words);
        }
    }
    match &block.body {
        BlockBody::Code { text, .. } => printed.push_str(text),
        BlockBody::Directive { title: Some(title), .. } => printed.push_str(title),
        _ => {}
    }
    printed
}

/// Names the characters of a text that no font has, at the first of them as it was typed.
fn finding(
    rule: &Rule,
    path: &SitePath,
    source: &str,
    span: &Span,
    printed: &str,
    coverage: &Coverage<'_>,
) -> Option<Diagnostic> {
    if printed.is_ascii() {
        return None;
    }
    // Letters that are typed in two parts are printed as one where the font has it.
    let missing: BTreeSet<char> = printed.nfc().filter(|letter| !coverage.has(*letter)).collect();
    let typed = source.get(span.clone()).unwrap_or_default();
    let first = typed.char_indices().find(|(_, letter)| missing.contains(letter));
    let at = first.map_or(span.clone(), |(at, letter)| span.start + at..span.start + at + letter.len_utf8());
    let named = missing.iter().take(NAMED).map(|letter| format!("“{letter}” (U+{:04X})", u32::from(*letter)));
    let mut names = named.collect::<Vec<_>>().join(", ");
    let message = match missing.len() {
        0 => return None,
        1 => format!("{names} cannot be printed: no font of the sheets has this character"),
        count => {
            if count > NAMED {
                names.push_str(&format!(" and {} more", count - NAMED));
            }
            format!("{names} cannot be printed: no font of the sheets has these characters")
        }
    };
    Some(rule.finding(Location::new(path, &at), message).hint(hint(&missing)))
}

fn hint(missing: &BTreeSet<char>) -> &'static str {
    if missing.iter().any(|letter| "☐☑☒□■▢❏".contains(*letter)) {
        "For boxes to tick, write a list between `:::checklist` and `:::`; they are drawn."
    } else if missing.iter().any(|letter| matches!(u32::from(*letter), 0x2190..=0x2BFF | 0x1F000..=0x1FAFF)) {
        "Say it in words instead of a picture: they print everywhere, and a screen reader reads them as you meant them."
    } else {
        "Write it in another way, or put a font that has it (such as one of the Noto family) into the folder `fonts/` of the project."
    }
}
