//! Forms of a style, each for citations that the style as it is does not suit.

use std::collections::HashMap;

use hayagriva::citationberg::{Citation as CitationLayout, Collapse, DisambiguationRule, IndependentStyle};
use hayagriva::types::Person;
use hayagriva::{ElemChild, ElemChildren, ElemMeta};

use super::Style;
use super::works::Cited;
use crate::content::Citation;

/// Which form of the style prints a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// The style as it is.
    Plain,
    /// It neither sorts the works of a citation nor draws them together: words stand around them.
    AsWritten,
    /// It does not sort the works of a citation: the first is part of the sentence.
    InSentence,
    /// It does not draw numbers together: each has a place of its own.
    Apart,
}

/// A style in all its forms.
pub(super) struct Forms {
    pub plain: IndependentStyle,
    as_written: IndependentStyle,
    in_sentence: IndependentStyle,
    apart: IndependentStyle,
}

impl Forms {
    pub fn of(csl: IndependentStyle) -> Self {
        let with = |change: fn(&mut CitationLayout)| {
            let mut changed = csl.clone();
            change(&mut changed.citation);
            changed
        };
        Self {
            as_written: with(|citation| {
                citation.sort = None;
                citation.collapse = None;
                citation.cite_group_delimiter = None;
            }),
            in_sentence: with(|citation| citation.sort = None),
            apart: with(|citation| {
                citation.collapse = citation.collapse.filter(|how| *how != Collapse::CitationNumber)
            }),
            plain: csl,
        }
    }

    pub fn form(&self, form: Form) -> &IndependentStyle {
        match form {
            Form::Plain => &self.plain,
            Form::AsWritten => &self.as_written,
            Form::InSentence => &self.in_sentence,
            Form::Apart => &self.apart,
        }
    }
}

impl Style {
    /// The form of the style that suits a citation.
    pub(super) fn fitting(&self, citation: &Citation) -> Form {
        let mut places = citation.items.iter();
        if places.clone().any(|place| !place.prefix.is_empty() || !place.suffix.is_empty()) {
            Form::AsWritten
        } else if citation.narrative && !self.numeric {
            Form::InSentence
        } else if self.prints_locators && places.any(|place| place.locator.is_some()) {
            Form::Apart
        } else {
            Form::Plain
        }
    }

    /// The forms in which the engine can print a page.
    ///
    /// Told to add given names until works differ, it panics over two works of which one has the authors of the other
    /// and more. Given names do not help there, and then the page gets none.
    pub(super) fn forms_for(&self, works: &Cited) -> &Forms {
        let layout = &self.forms.plain.citation;
        let adds_given_names = layout.disambiguate_add_names
            && layout.disambiguate_add_givenname
            && layout.givenname_disambiguation_rule == DisambiguationRule::ByCite;
        if works.works.len() < 2 || !adds_given_names || !self.has_smaller_team(works) {
            return &self.forms;
        }
        self.without_given_names.get_or_init(|| {
            let mut csl = self.forms.plain.clone();
            // The engine adds given names under the other rule only.
            csl.citation.givenname_disambiguation_rule = DisambiguationRule::AllNames;
            Forms::of(csl)
        })
    }

    /// Whether the authors of a work are the first of those of another whose citation says the same, and nothing else
    /// is by just these authors.
    fn has_smaller_team(&self, works: &Cited) -> bool {
        let mut alike: HashMap<&str, Vec<(usize, Vec<Person>)>> = HashMap::new();
        for (index, cited) in works.works.iter().enumerate() {
            if let Some(alone) = self.alone(&cited.known) {
                let mut team = Vec::new();
                people(&alone.cite.cite, &mut team);
                alike.entry(&alone.says).or_default().push((index, team));
            }
        }
        alike.values().any(|teams| {
            teams.iter().any(|(index, team)| {
                let bigger = |(_, other): &(usize, Vec<Person>)| other.len() > team.len() && other.starts_with(team);
                let same = teams.iter().filter(|(_, other)| other == team).count();
                !team.is_empty() && same == 1 && works.times(*index) == 1 && teams.iter().any(bigger)
            })
        })
    }
}

/// All people whom a citation names or leaves out.
fn people(tree: &ElemChildren, found: &mut Vec<Person>) {
    for child in &tree.0 {
        if let ElemChild::Elem(elem) = child {
            if let Some(ElemMeta::Names(names)) = &elem.meta {
                found.extend(names.iter().flat_map(|(people, _)| people).cloned());
            }
            people(&elem.children, found);
        }
    }
}
