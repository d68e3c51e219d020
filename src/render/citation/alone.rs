//! How a work is printed on a page that cites nothing else: what pages that cite more are put together from.

use std::sync::{Arc, PoisonError};

use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta};

use super::engine::{self, Engine, EngineEntry};
use super::locators::{self, Place};
use super::numbers::ALONE;
use super::works::{Alone, AloneCite, Cited, EntryLabel, KnownWork};
use super::{Style, bare_citation, ranges, tree};
use crate::content::{Citation, Locator};

/// How many works are numbered before a work that stands alone.
const BEFORE_ALONE: usize = ALONE as usize - 1;

impl EntryLabel {
    /// The label of a work with this number.
    pub fn html(&self, number: usize) -> String {
        match self {
            Self::Number(html) => html.replace(&ALONE.to_string(), &number.to_string()),
            Self::Other(html) => html.clone(),
        }
    }
}

impl Style {
    /// The work alone; nothing if that says little about other pages.
    pub(super) fn alone<'w>(&self, work: &'w Arc<KnownWork>) -> Option<&'w Alone> {
        work.alone.get_or_init(|| self.print_alone(work)).as_ref()
    }

    fn print_alone(&self, work: &Arc<KnownWork>) -> Option<Alone> {
        let item = work.item();
        let fitted = self.fitted.to(&self.forms.plain, &item);
        let asked = [(vec![engine::cite(&item, None)], &fitted.csl)];
        let printed = self.print(&fitted.csl, asked.into_iter(), BEFORE_ALONE);
        let Only { says, cite, entry } =
            self.only(&Cited::only(work.clone()), &bare_citation(&work.work.key), printed)?;
        let entry = entry?;
        let is_number =
            matches!(&entry.label, Some(ElemChild::Elem(elem)) if elem.meta == Some(ElemMeta::CitationNumber));
        let entry = self.entry(entry, work);
        let label = entry.label_html.map(if is_number { EntryLabel::Number } else { EntryLabel::Other });
        let elsewhere = [&*entry.entry_html, if let Some(EntryLabel::Other(html)) = &label { html } else { "" }];
        if elsewhere.iter().any(|html| html.contains(&ALONE.to_string())) {
            return None;
        }
        Some(Alone { says, cite: Arc::new(cite), entry_html: entry.entry_html, label })
    }

    /// A citation of a place in the work, alone; nothing if that says little about other pages. The place must be the
    /// first of its citation.
    pub(super) fn alone_at(&self, work: &Arc<KnownWork>, locator: &Locator, place: &Place) -> Option<Arc<AloneCite>> {
        let known = || work.with_place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cite) = known().get(&place.kind()) {
            return cite.clone();
        }
        let cite = self.print_place(work, locator, place).map(Arc::new);
        known().entry(place.kind()).or_insert(cite).clone()
    }

    fn print_place(&self, work: &Arc<KnownWork>, locator: &Locator, place: &Place) -> Option<AloneCite> {
        let works = Cited::only(work.clone());
        let mut citation = bare_citation(&work.work.key);
        citation.items[0].locator = Some(locator.clone());
        let (csl, places) = (self.numbers_only.as_ref()?, [vec![Some(place.clone())]]);
        let printed = self.run_with_stand_ins(csl, &works, &[&citation], &places, BEFORE_ALONE);
        let cite = self.only(&works, &citation, printed)?.cite;
        let mut without = cite.cite.clone();
        place.blank().put_into(&mut without);
        (!locators::holds_stand_in(&tree::words(&without))).then_some(cite)
    }

    /// Takes apart what the engine printed of a page that cites one work.
    fn only(&self, works: &Cited, citation: &Citation, mut printed: Engine) -> Option<Only> {
        let says = tree::words(&AloneCite::of(printed.citations.first()?.clone()?)?.cite);
        ranges::put_together(self, works, &[citation], &mut printed);
        Some(Only {
            says: says.chars().filter(|character| !character.is_whitespace()).collect(),
            cite: AloneCite::of(printed.citations.pop()??)?,
            entry: printed.entries.pop(),
        })
    }
}

/// What the engine prints for a page that cites one work.
struct Only {
    says: String,
    cite: AloneCite,
    entry: Option<EngineEntry>,
}

impl AloneCite {
    fn of(tree: ElemChildren) -> Option<Self> {
        let mut children = tree.0;
        let is_cite = |child: &ElemChild| matches!(child, ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(0)), .. }));
        let at = children.iter().position(is_cite)?;
        let after = children.split_off(at + 1);
        let ElemChild::Elem(Elem { children: cite, display: None, .. }) = children.pop()? else { return None };
        let names = cite.find_names().and_then(|names| Some((names.meta.clone()?, tree::words(&names.children))));
        Some(Self { before: children, cite, after, names })
    }
}
