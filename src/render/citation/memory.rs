//! Pages put together from what the engine has printed before.
//!
//! A page looks as if the engine had printed all of it at once: [`dependence`](super::dependence) says for which styles
//! that can be done, and pages on which works must be told apart are left to the engine.

use std::collections::HashSet;
use std::sync::Arc;

use hayagriva::citationberg::ToFormatting;
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatted};

use super::dependence::Dependence;
use super::forms::Form;
use super::inline::formatting_of;
use super::locators::Place;
use super::works::{Alone, AloneCite, Cited, KnownPlace, KnownWork};
use super::{CitedEntry, CitedPage, Style};
use crate::content::Citation;
use crate::content::reference::Bibliography;

impl Style {
    /// The page, put together; nothing if the engine must see it as a whole.
    pub(super) fn cite_from_memory(
        &self,
        bibliography: &Bibliography,
        works: &Cited,
        citations: &[&Citation],
    ) -> Option<CitedPage> {
        let alone = self.all_alone(works)?;
        let order = match &self.bibliography_ranks {
            Some(ranks) => {
                let known: Vec<&Arc<KnownWork>> = works.works.iter().map(|cited| &cited.known).collect();
                ranks.sorted(self, bibliography, &known)?
            }
            None => (0..alone.len()).collect(),
        };
        let mut numbers = vec![0; order.len()];
        order.iter().zip(1..).for_each(|(&index, number)| numbers[index] = number);
        let mut page = CitedPage::default();
        for (at, citation) in citations.iter().enumerate() {
            let known: Vec<KnownPlace<'_>> = works.known(at, citation).collect();
            let form = self.fitting(citation);
            let tree = if known.is_empty() {
                None
            } else if self.dependence == Dependence::Numbers {
                Some(self.numbered(form, &known, &numbers)?)
            } else {
                Some(self.joined(bibliography, form, citation, &known)?)
            };
            page.citations.push(self.citation_html(at, citation, tree, works));
        }
        let entries = order.into_iter().zip(1..).map(|(index, number)| CitedEntry {
            key: works.works[index].known.work.key.clone(),
            label_html: alone[index].label.as_ref().map(|label| label.html(number)),
            entry_html: alone[index].entry_html.clone(),
            cited_by: works.works[index].cited_by.clone(),
        });
        page.entries = entries.collect();
        Some(page)
    }

    /// The works, each alone; nothing if the engine has to tell them apart.
    pub(super) fn all_alone<'w>(&self, works: &'w Cited) -> Option<Vec<&'w Alone>> {
        if self.dependence == Dependence::Page {
            return None;
        }
        let alone: Vec<&Alone> = works.works.iter().map(|cited| self.alone(&cited.known)).collect::<Option<_>>()?;
        let mut said = HashSet::new();
        let differ = self.dependence == Dependence::Numbers || alone.iter().all(|alone| said.insert(&alone.says));
        differ.then_some(alone)
    }

    /// A citation of works that stand beside each other as they would alone.
    fn joined(
        &self,
        bibliography: &Bibliography,
        form: Form,
        citation: &Citation,
        known: &[KnownPlace<'_>],
    ) -> Option<ElemChildren> {
        let csl = &self.forms.form(form).citation;
        let layout_delimiter = csl.layout.delimiter.as_deref();
        let group_delimiter =
            csl.cite_group_delimiter.as_deref().or(layout_delimiter.filter(|_| csl.collapse.is_some()));
        let cites: Vec<(Arc<AloneCite>, Option<Place>)> =
            known.iter().map(|known| self.cite_alone(known)).collect::<Option<_>>()?;
        let mut names = HashSet::new();
        let alike = cites.iter().filter_map(|(cite, _)| cite.names.as_ref()).any(|found| !names.insert(found));
        if alike && group_delimiter.is_some() {
            let only = Cited::of(&self.known, bibliography, &[citation]);
            return self.run(&self.forms.plain, &only, &[citation]).citations.pop()?;
        }
        let order = match &self.citation_ranks {
            Some(ranks) if csl.sort.is_some() => {
                let works: Vec<&Arc<KnownWork>> = known.iter().map(|known| known.work).collect();
                ranks.sorted(self, bibliography, &works)?
            }
            _ => (0..cites.len()).collect(),
        };
        let (&first, &last) = (order.first()?, order.last()?);
        let formatting = formatting_of(csl.layout.to_formatting());
        let mut children = cites[first].0.before.clone();
        for (position, index) in order.into_iter().enumerate() {
            let (cite, place) = &cites[index];
            let delimiter = if cite.names.is_some() { group_delimiter.or(layout_delimiter) } else { layout_delimiter };
            if let Some(delimiter) = delimiter.filter(|_| position > 0) {
                children.push(ElemChild::Text(Formatted { text: delimiter.to_owned(), formatting }));
            }
            let mut cite = cite.cite.clone();
            if let Some(place) = place {
                place.put_into(&mut cite);
            }
            children.push(ElemChild::Elem(Elem { children: cite, display: None, meta: Some(ElemMeta::Entry(index)) }));
        }
        children.extend(cites[last].0.after.iter().cloned());
        Some(ElemChildren(children))
    }

    fn cite_alone(&self, known: &KnownPlace<'_>) -> Option<(Arc<AloneCite>, Option<Place>)> {
        let Some(locator) = &known.place.locator else {
            return Some((self.alone(known.work)?.cite.clone(), None));
        };
        let place = Place::new(locator, 1, &self.page_range_delimiter);
        Some((self.alone_at(known.work, locator, &place)?, Some(place)))
    }
}

#[cfg(test)]
mod tests;
