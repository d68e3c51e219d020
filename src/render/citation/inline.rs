//! One citation in running text.

use hayagriva::citationberg::{Collapse, StyleClass, ToFormatting};
use hayagriva::{CitationItem as Cite, Elem, ElemChild, ElemChildren, ElemMeta, Formatting};

use super::Style;
use super::look::Look;
use super::text::Printed;
use super::works::{Cited, KnownPlace};
use crate::content::{Citation, CitationItem};

impl Style {
    /// One citation, the one at `at` of those that `works` was made of. `tree` is what the engine printed for the works
    /// that exist.
    pub(super) fn citation_html(
        &self,
        at: usize,
        citation: &Citation,
        tree: Option<ElemChildren>,
        works: &Cited,
    ) -> String {
        let mut printed = Printed::default();
        if let Some(tree) = tree {
            let known: Vec<KnownPlace<'_>> = works.known(at, citation).collect();
            self.known_works(citation, tree, &known, &mut printed);
        }
        for unknown in works.unknown(at, citation) {
            if !printed.is_empty() {
                printed.push_str(" ", Look::default());
            }
            printed.push_str(&format!("[?{}]", unknown.key), Look::default());
        }
        printed.tidy(&self.typography);
        let number = at + 1;
        format!("<span class=\"citation\" id=\"cite-{number}\">{}</span>", printed.html())
    }

    fn known_works(
        &self,
        citation: &Citation,
        mut tree: ElemChildren,
        known: &[KnownPlace<'_>],
        printed: &mut Printed,
    ) {
        let base = Look::of(formatting_of(self.forms.plain.citation.layout.to_formatting()));
        if citation.narrative && citation.items.first().is_some_and(|first| !first.suppress_author) {
            self.narrative_names(known.first(), &mut tree, printed);
            printed.dress(0, known.first().map_or(&[], |first| &first.work.marked));
            if !base.is_raised() {
                printed.push_str(" ", Look::default());
            }
        }
        // Styles for footnotes have no brackets of their own.
        let (open, close) = if self.forms.plain.settings.class == StyleClass::Note { ("(", ")") } else { ("", "") };
        printed.push_str(open, base);
        let mut children = tree.0.into_iter().peekable();
        let mut before: Option<&CitationItem> = None;
        while let Some(child) = children.next() {
            match child {
                ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(index)), mut children, .. }) => {
                    let Some(&KnownPlace { work, place, .. }) = known.get(index) else { continue };
                    before = Some(place);
                    if place.suppress_author && !self.numeric {
                        take_names(&mut children);
                    }
                    prefix(place, base, printed);
                    let link = printed.link(work.anchor.clone(), Some("doc-biblioref"));
                    let start = printed.len();
                    printed.push(&children, Some(link));
                    printed.dress(start, &work.marked);
                    suffix(place, base, printed);
                }
                // The years of works by the same authors stand closer together.
                ElemChild::Text(text) if self.joins_years(&text.text, before, children.peek()) => {
                    printed.push_str(", ", base);
                }
                other => printed.push(&ElemChildren(vec![other]), None),
            }
        }
        printed.push_str(close, base);
    }

    /// Whether a delimiter stands before a work whose authors are left out since they are those of the work before.
    fn joins_years(&self, delimiter: &str, before: Option<&CitationItem>, next: Option<&ElemChild>) -> bool {
        let citation = &self.forms.plain.citation;
        let collapses = citation.collapse.is_some_and(|how| how != Collapse::CitationNumber);
        let is_default =
            citation.cite_group_delimiter.is_none() && citation.layout.delimiter.as_deref() == Some(delimiter);
        let has_names = |next: &ElemChild| match next {
            ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(_)), children, .. }) => children.find_names().is_some(),
            _ => true,
        };
        collapses
            && is_default
            && before.is_some_and(|before| before.locator.is_none() && before.suffix.is_empty())
            && next.is_some_and(|next| !has_names(next))
    }

    /// The names that are part of the sentence: split off the citation, or printed apart where the style shows none.
    fn narrative_names(&self, first: Option<&KnownPlace<'_>>, tree: &mut ElemChildren, printed: &mut Printed) {
        let cite = tree.0.iter_mut().find_map(|child| match child {
            ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(0)), children, .. }) => Some(children),
            _ => None,
        });
        if let Some(names) = cite.and_then(take_names) {
            printed.push(&ElemChildren(vec![ElemChild::Elem(names)]), None);
        } else if let (Some(KnownPlace { work, .. }), Some(csl)) = (first, &self.names_only) {
            let names = work.names.get_or_init(|| {
                hayagriva::standalone_citation(self.request(vec![Cite::with_entry(&work.item())], csl))
            });
            printed.push(names, None);
        }
    }
}

pub(super) fn formatting_of(partial: hayagriva::citationberg::Formatting) -> Formatting {
    Formatting {
        font_style: partial.font_style.unwrap_or_default(),
        font_variant: partial.font_variant.unwrap_or_default(),
        font_weight: partial.font_weight.unwrap_or_default(),
        text_decoration: partial.text_decoration.unwrap_or_default(),
        vertical_align: partial.vertical_align.unwrap_or_default(),
    }
}

/// Takes the names out of a citation, and what joined them to the rest.
fn take_names(children: &mut ElemChildren) -> Option<Elem> {
    let at = children.0.iter().position(|child| match child {
        ElemChild::Elem(elem) => matches!(elem.meta, Some(ElemMeta::Names(_))) || elem.children.find_names().is_some(),
        _ => false,
    })?;
    let names = match &mut children.0[at] {
        ElemChild::Elem(elem) if !matches!(elem.meta, Some(ElemMeta::Names(_))) => take_names(&mut elem.children),
        _ => match children.0.remove(at) {
            ElemChild::Elem(elem) => Some(elem),
            _ => None,
        },
    }?;
    trim_start(&mut children.0[at..]);
    Some(names)
}

/// Cuts the delimiter off the start of what is left.
fn trim_start(children: &mut [ElemChild]) {
    match children.first_mut() {
        Some(ElemChild::Text(text)) => text.text = text.text.trim_start_matches([' ', ',', ';', ':']).to_owned(),
        Some(ElemChild::Elem(elem)) => trim_start(&mut elem.children.0),
        _ => {}
    }
}

fn prefix(place: &CitationItem, look: Look, printed: &mut Printed) {
    if !place.prefix.is_empty() {
        printed.push_str(&place.prefix, look);
        printed.push_str(" ", look);
    }
}

fn suffix(place: &CitationItem, look: Look, printed: &mut Printed) {
    if !place.suffix.is_empty() {
        if !place.suffix.starts_with(|c: char| ",.;:!?’'".contains(c)) {
            printed.push_str(" ", look);
        }
        printed.push_str(&place.suffix, look);
    }
}
