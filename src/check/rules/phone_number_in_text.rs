//! See the page beside this file.

use crate::check::language::Words;
use crate::check::wording::quoted;
use crate::check::{Rule, patients, telephone, walk, wording};
use crate::config::{Config, CrisisLine};
use crate::content::block::Inline;
use crate::content::{Audience, PageKind};
use crate::diagnostic::{Diagnostic, Location};
use crate::site::{Facts, LinkTarget, Page, Site};
use crate::source::{SitePath, Sources, Span};

/// Stands in for what is no text, so that figures on either side are not taken for one number.
const GAP: char = '\u{fffc}';

pub(super) fn check(rule: &Rule, site: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    if !patients::read(page) {
        return;
    }
    let listed = Words::of(site, page);
    let mut numbers = Vec::new();
    let front_matter = &page.document.front_matter;
    for text in [Some(&front_matter.title.value), front_matter.summary.as_ref(), plain_wording(&front_matter.kind)] {
        numbers_in(site, page, text.map_or("", String::as_str), &front_matter.span, listed, &mut numbers);
    }
    let mut text = String::new();
    for block in patients::blocks(page).filter(|block| walk::inlines(block).any(may_hold)) {
        text.clear();
        walk::inlines(block).for_each(|inline| push(inline, &mut text));
        numbers_in(site, page, &text, &block.span, listed, &mut numbers);
    }
    numbers.extend(linked_numbers(page, &numbers));
    for (span, number) in numbers {
        found.extend(finding(rule, site, page, &span, &number));
    }
}

fn plain_wording(kind: &PageKind) -> Option<&String> {
    match kind {
        PageKind::Term(term) => term.plain.as_ref(),
        _ => None,
    }
}

fn may_hold(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) | Inline::Code(text) => telephone::may_hold(text),
        Inline::Image(image) => telephone::may_hold(&image.alt),
        _ => false,
    }
}

fn push(inline: &Inline, text: &mut String) {
    match inline {
        Inline::Text(words) | Inline::Code(words) => text.push_str(words),
        Inline::SoftBreak | Inline::HardBreak => text.push(' '),
        Inline::Image(image) => text.extend([GAP.to_string().as_str(), &image.alt, GAP.to_string().as_str()]),
        Inline::Citation(_) | Inline::FootnoteMark(_) | Inline::RawHtml(_) => text.push(GAP),
        // Their words follow by themselves.
        Inline::Emphasis(_) | Inline::Strong(_) | Inline::Struck(_) | Inline::Link(_) => {}
    }
}

/// The numbers of a text, each with its place in the page.
fn numbers_in(
    site: &Site,
    page: &Page,
    text: &str,
    within: &Span,
    listed: Option<&Words>,
    numbers: &mut Vec<(Span, String)>,
) {
    if !telephone::may_hold(text) {
        return;
    }
    let mut after = within.start;
    for number in telephone::numbers(text, listed) {
        let number = &text[number];
        let place = place_of(site, page, &(after..within.end), number);
        after = place.as_ref().map_or(after, |place| place.end);
        numbers.push((place.unwrap_or_else(|| within.clone()), number.to_owned()));
    }
}

/// Where a number stands in the source as a whole: “999” does not stand in “9991234”.
fn place_of(site: &Site, page: &Page, within: &Span, number: &str) -> Option<Span> {
    let written = wording::text(site, page, within);
    let is_whole = |at: usize| {
        !written[..at].ends_with(|c: char| c.is_ascii_digit())
            && !written[at + number.len()..].starts_with(|c: char| c.is_ascii_digit())
    };
    let (at, _) = written.match_indices(number).find(|(at, _)| is_whole(*at))?;
    Some(within.start + at..within.start + at + number.len())
}

/// What links dial that patients see, but for numbers that stand in the text as well.
fn linked_numbers(page: &Page, in_text: &[(Span, String)]) -> Vec<(Span, String)> {
    let dialled = page.links().filter_map(|(link, target)| {
        let LinkTarget::Web(address) = target else { return None };
        let (scheme, number) = address.split_once(':')?;
        let is_shown = link.value.within.iter().all(|audience| *audience == Audience::Patient);
        let number = number.split([';', '?']).next().unwrap_or_default().replace("%20", " ");
        (is_shown && scheme.eq_ignore_ascii_case("tel")).then(|| (link.span.clone(), number))
    });
    let is_in_text = |number: &str| {
        in_text.iter().any(|(_, known)| telephone::same(&telephone::figures(known), &telephone::figures(number)))
    };
    dialled.filter(|(_, number)| !is_in_text(number)).collect()
}

fn finding(rule: &Rule, site: &Site, page: &Page, span: &Span, number: &str) -> Option<Diagnostic> {
    let config = &site.config;
    if is_given_by(config, number) {
        return None;
    }
    let region = config.region.as_ref().map(|region| region.value.as_str());
    let elsewhere = config.crisis_lines.iter().find(|line| leads_to(line, number));
    let message = match (elsewhere, region) {
        (Some(line), Some(region)) => {
            format!("{} is a crisis line of {}, and these pages are for {}", quoted(number), line.region, region)
        }
        _ => format!("the telephone number {} stands in a text for patients", quoted(number)),
    };
    let mut finding = rule.finding(page.at(span), message);
    if let Some(line) = elsewhere {
        let at = Location::new(&SitePath::new(Sources::CONFIG), &line.name.span);
        finding = finding.related(at, "it is listed here");
    }
    let listed = format!("`[[crisis-lines]]` with `region = \"{}\"`", region.unwrap_or("…"));
    Some(finding.hint(format!(
        "Take it out and write “the crisis lines at the end” or “your clinic's number”: psychoed prints those from \
         site-config.toml, where they are checked once a year. A number that patients need belongs there, as {listed} or as \
         `phone` of `[organisation]`; then it may stand in the text, too.",
    )))
}

/// Whether the configuration gives the number to the readers of these pages.
fn is_given_by(config: &Config, number: &str) -> bool {
    let region = config.region.as_ref().map(|region| &region.value);
    let of_region = config.crisis_lines.iter().filter(|line| Some(&line.region) == region);
    of_region.into_iter().any(|line| leads_to(line, number))
        || config
            .organisation
            .phone
            .as_ref()
            .is_some_and(|phone| telephone::same(&telephone::figures(phone), &telephone::figures(number)))
}

fn leads_to(line: &CrisisLine, number: &str) -> bool {
    telephone::same(&telephone::figures(&line.number), &telephone::figures(number))
}
