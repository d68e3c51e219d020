//! Ranges of dates, which the engine cannot print: it prints each end, and the ends are joined here.

use std::collections::HashMap;

use hayagriva::citationberg::json::Item;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem as Cite, ElemChild, ElemChildren, ElemMeta, Formatted,
};

use super::Style;
use super::engine::Engine;
use super::item::{self, End};
use super::tree::each_cite;
use super::works::{Cited, Ends, KnownWork};
use crate::content::Citation;

/// Completes the dates of works that were issued over a range of dates.
pub(super) fn put_together(style: &Style, works: &Cited, citations: &[&Citation], engine: &mut Engine) {
    let ends: HashMap<&str, &Ends> = works
        .works
        .iter()
        .filter_map(|cited| Some((cited.known.work.key.as_str(), cited.known.ends(style)?)))
        .collect();
    if ends.is_empty() {
        return;
    }
    for entry in &mut engine.entries {
        if let Some(ends) = ends.get(entry.key.as_str()) {
            complete(&mut entry.content, &mut ends.in_entry.iter());
        }
    }
    for (at, (citation, tree)) in citations.iter().zip(&mut engine.citations).enumerate() {
        let Some(tree) = tree else { continue };
        let known: Vec<_> = works.known(at, citation).collect();
        each_cite(tree, |index, children| {
            if let Some(ends) = known.get(index).and_then(|known| known.work.ends(style)) {
                complete(children, &mut ends.in_citation.iter());
            }
        });
    }
}

impl KnownWork {
    /// The ends of its dates, if it was issued over a range of them.
    fn ends(&self, style: &Style) -> Option<&Ends> {
        let ends = self.ends.get_or_init(|| {
            let closed = item::issued_range(&self.work)?;
            Some(if closed { Ends::of(style, &item::of(&self.work, End::Last)) } else { Ends::default() })
        });
        ends.as_ref()
    }
}

impl Ends {
    fn of(style: &Style, item: &Item) -> Self {
        let mut driver = BibliographyDriver::new();
        driver.citation(style.request(vec![Cite::with_entry(item)], &style.forms.plain));
        let rendered =
            driver.finish(BibliographyRequest::new(&style.forms.plain, Some(style.locale.clone()), &style.locales));
        let mut ends = Self::default();
        rendered.citations.iter().for_each(|citation| dates(&citation.citation, &mut ends.in_citation));
        let entries = rendered.bibliography.into_iter().flat_map(|bibliography| bibliography.items);
        entries.for_each(|entry| dates(&entry.content, &mut ends.in_entry));
        ends
    }
}

fn dates(tree: &ElemChildren, found: &mut Vec<String>) {
    for child in &tree.0 {
        if let ElemChild::Elem(elem) = child {
            if elem.meta == Some(ElemMeta::Date) {
                found.push(words(&elem.children));
            } else {
                dates(&elem.children, found);
            }
        }
    }
}

fn words(tree: &ElemChildren) -> String {
    let pieces = tree.0.iter().map(|child| match child {
        ElemChild::Text(text) => text.text.clone(),
        ElemChild::Elem(elem) => words(&elem.children),
        _ => String::new(),
    });
    pieces.collect()
}

/// Joins each date that differs from its end. Without ends the first date goes on: “2012–”.
fn complete<'e>(tree: &mut ElemChildren, ends: &mut impl Iterator<Item = &'e String>) {
    for child in &mut tree.0 {
        let ElemChild::Elem(elem) = child else { continue };
        if elem.meta != Some(ElemMeta::Date) {
            complete(&mut elem.children, ends);
            continue;
        }
        let start = words(&elem.children);
        let joined = match ends.next() {
            Some(end) if *end != start => joined(&start, end),
            Some(_) => continue,
            None if start.ends_with(|c: char| c.is_ascii_digit()) => format!("{start}–"),
            None => continue,
        };
        if let Some(ElemChild::Text(first)) = elem.children.0.first() {
            let formatting = first.formatting;
            elem.children = ElemChildren(vec![ElemChild::Text(Formatted { text: joined, formatting })]);
        }
    }
}

/// `March 5, 2012` and `March 9, 2012` make `March 5–9, 2012`: what both share at either side is printed once, unless the
/// years differ.
fn joined(start: &str, end: &str) -> String {
    let (first, last) = (pieces(start), pieces(end));
    let year = |pieces: &[&str]| {
        pieces
            .iter()
            .find(|piece| piece.len() == 4 && piece.bytes().all(|b| b.is_ascii_digit()))
            .map(ToString::to_string)
    };
    if year(&first) != year(&last) && first.len() > 1 {
        return format!("{start}–{end}");
    }
    let before = first.iter().zip(&last).take_while(|(a, b)| a == b).count();
    let most = first.len().min(last.len()) - before;
    let after = first.iter().rev().zip(last.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let middle = |pieces: &[&str]| pieces[before..pieces.len() - after].concat();
    format!("{}{}–{}{}", first[..before].concat(), middle(&first), middle(&last), first[first.len() - after..].concat())
}

/// Words and numbers, and what stands between them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<bool> = None;
    for (at, character) in text.char_indices() {
        let in_word = character.is_alphanumeric();
        if before.is_some_and(|before| before != in_word) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(in_word);
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn ends_share_what_they_can() {
        for (start, end, expected) in [
            ("1953", "1956", "1953–1956"),
            ("2012 Mar", "2012 Apr", "2012 Mar–Apr"),
            ("2012, March", "2012, April", "2012, March–April"),
            ("March 5, 2012", "March 9, 2012", "March 5–9, 2012"),
            ("5 March 2012", "7 April 2012", "5 March–7 April 2012"),
            ("1 March 2012", "1 March 2013", "1 March 2012–1 March 2013"),
        ] {
            assert_eq!(joined(start, end), expected);
        }
    }
}
