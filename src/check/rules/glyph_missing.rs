//! See the page beside this file.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::check::{Rule, walk};
use crate::content::Inline;
use crate::content::block::{Block, BlockBody};
use crate::content::writing::is_right_to_left;
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, Page, Site};
use crate::source::{SitePath, Sources, Span};
use crate::theme::Coverage;

/// The most characters that one finding names.
const NAMED: usize = 5;

/// What a page prints: its front matter and each of its blocks.
pub(super) fn page(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !page.kind().is_printed() || !page.is_to_appear() || is_right_to_left(site.language(page)) {
        return;
    }
    let Some(text) = site.sources.text(page.path.as_str()) else { return };
    // Every font has ASCII, and only an entity such as `&eacute;` makes anything else of it.
    if text.is_ascii() && !text.contains('&') {
        return;
    }
    let coverage = LazyCell::new(|| Coverage::of(&site.config, &site.sources));
    for span in printed_parts(page, text) {
        let written = text.get(span.clone()).unwrap_or_default();
        found.extend(finding(rule, &page.path, text, &span, written, &coverage));
    }
    for block in walk::blocks(&page.document.blocks).filter(|block| !parts(block).all(str::is_ascii)) {
        found.extend(finding(rule, &page.path, text, &block.span, &printed(block), &coverage));
    }
}

/// The lines of the front matter without notes, and without addresses, which no sheet shows.
fn printed_parts(page: &Page, text: &str) -> Vec<Span> {
    let whole = &page.document.front_matter.span;
    let aliases = page.document.front_matter.aliases.iter().map(|alias| &alias.span);
    let links = page.document.links.iter().map(|link| &link.span).filter(|link| link.end <= whole.end);
    let unseen: Vec<&Span> = links.chain(aliases).collect();
    let mut start = whole.start;
    let lines = text.get(whole.clone()).unwrap_or_default().split_inclusive('\n').map(|line| {
        let span = start..start + line.len();
        start = span.end;
        (line, span)
    });
    let is_printed = |(line, span): &(&str, Span)| {
        !line.is_ascii()
            && !line.trim_start().starts_with('#')
            && !unseen.iter().any(|unseen| unseen.start < span.end && span.start < unseen.end)
    };
    lines.filter(is_printed).map(|(_, span)| span).collect()
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
    let coverage = LazyCell::new(|| Coverage::of(config, &site.sources));
    found.extend(finding(rule, &SitePath::new(Sources::CONFIG), text, &(0..text.len()), &printed, &coverage));
}

/// What is printed of a block itself, not of blocks within it.
fn printed(block: &Block) -> String {
    parts(block).collect()
}

fn parts(block: &Block) -> impl Iterator<Item = &str> {
    let inlines = walk::inlines(block).filter_map(|inline| match inline {
        Inline::Text(words) | Inline::Code(words) => Some(words.as_str()),
        _ => None,
    });
    let of_block = match &block.body {
        BlockBody::Code { text, .. } => Some(text.as_str()),
        BlockBody::Directive { title: Some(title), .. } => Some(title.as_str()),
        _ => None,
    };
    inlines.chain(of_block)
}

/// Names the characters of a text that no font has, at the first of them as it was typed.
fn finding<'c, F: FnOnce() -> Coverage<'c>>(
    rule: &Rule,
    path: &SitePath,
    source: &str,
    span: &Span,
    printed: &str,
    coverage: &LazyCell<Coverage<'c>, F>,
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
    } else if missing.iter().any(|letter| matches!(letter, '\u{f020}'..='\u{f0ff}')) {
        "It is a sign of a font that only Word has, mostly a bullet. For the items of a list, begin each line with `- ` in its place; \
         otherwise delete it, or write it in words."
    } else {
        "Write it in another way, or put a font that has it (such as one of the Noto family) into the folder `fonts/` of the project."
    }
}
