//! What the look of a citation depends on, found by reading the style. Whatever is not sure to depend on less is left to
//! the engine, page by page.

use std::collections::BTreeSet;

use hayagriva::citationberg::taxonomy::{NumberOrPageVariable, NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    ChooseBranch, IndependentStyle, InheritableNameOptions, LayoutRenderingElement, NamesChild, NumberForm, Sort,
    SortDirection, SortKey, TextTarget,
};

use super::elements::each;

/// What the look of a citation depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dependence {
    /// On the numbers of its works alone.
    Numbers,
    /// On its works alone, unless two works of the page look the same.
    Works,
    /// On more than that.
    Page,
}

const NUMBER: Variable = Variable::Number(NumberVariable::CitationNumber);
const LOCATOR: Variable = Variable::Number(NumberVariable::Locator);

/// Reads a style.
pub(super) fn of(csl: &IndependentStyle) -> Dependence {
    let Some(bibliography) = &csl.bibliography else { return Dependence::Page };
    let cite = reached(csl, &csl.citation.layout.elements);
    let entry = reached(csl, &bibliography.layout.elements);
    let all = || cite.iter().chain(&entry);
    let is_awkward = bibliography.subsequent_author_substitute.is_some()
        || !sorts_by_works_alone(csl, bibliography.sort.as_ref())
        || all().any(|element| rewrites_number(element))
        || all()
            .any(|element| reads(element, &|variable| variable == Variable::Standard(StandardVariable::CitationLabel)))
        || cite.iter().any(|element| asks(element, &|branch| branch.position.is_some()))
        || shortens_later_citations(csl, &cite);
    let is_numbered = cite.iter().any(|element| reads(element, &|variable| variable == NUMBER));
    if is_awkward {
        Dependence::Page
    } else if !is_numbered && sorts_by_works_alone(csl, csl.citation.sort.as_ref()) {
        Dependence::Works
    } else if is_numbered
        && sorts_by_number(csl.citation.sort.as_ref())
        && !cite.iter().any(|element| tells_of_work(element))
    {
        Dependence::Numbers
    } else {
        Dependence::Page
    }
}

/// Elements, and all that the macros they call are made of.
fn reached<'e>(csl: &'e IndependentStyle, elements: &'e [LayoutRenderingElement]) -> Vec<&'e LayoutRenderingElement> {
    let mut found = Vec::new();
    let mut called = BTreeSet::new();
    let mut waiting = vec![elements];
    while let Some(elements) = waiting.pop() {
        each(elements, &mut |element| {
            found.push(element);
            if let LayoutRenderingElement::Text(text) = element
                && let TextTarget::Macro { name } = &text.target
                && called.insert(name.as_str())
            {
                waiting.extend(
                    csl.macros.iter().find(|known| known.name == *name).map(|called| called.children.as_slice()),
                );
            }
        });
    }
    found
}

fn asks(element: &LayoutRenderingElement, question: &dyn Fn(&ChooseBranch) -> bool) -> bool {
    matches!(element, LayoutRenderingElement::Choose(choose) if choose.branches().any(question))
}

/// Whether an element prints such a variable, or asks for it.
fn reads(element: &LayoutRenderingElement, wanted: &dyn Fn(Variable) -> bool) -> bool {
    match element {
        LayoutRenderingElement::Text(text) => {
            matches!(text.target, TextTarget::Variable { var, .. } if wanted(var))
        }
        LayoutRenderingElement::Number(number) => wanted(number.variable.into()),
        LayoutRenderingElement::Label(label) => wanted(label.variable.into()),
        LayoutRenderingElement::Date(date) => date.variable.is_some_and(|date| wanted(date.into())),
        LayoutRenderingElement::Names(names) => names.variable.iter().any(|name| wanted((*name).into())),
        LayoutRenderingElement::Choose(_) => asks(element, &|branch| {
            let variables = branch.variable.iter().chain(&branch.is_numeric).flatten();
            variables.copied().any(wanted)
        }),
        LayoutRenderingElement::Group(_) => false,
    }
}

/// Whether an element prints the number of a work, or a place, in another way than with digits.
fn rewrites_number(element: &LayoutRenderingElement) -> bool {
    match element {
        LayoutRenderingElement::Number(number) => {
            number.form != NumberForm::Numeric && [NUMBER, LOCATOR].contains(&number.variable.into())
        }
        LayoutRenderingElement::Label(label) => {
            label.variable == NumberOrPageVariable::Number(NumberVariable::CitationNumber)
        }
        _ => false,
    }
}

/// Whether an element tells anything of a work but its number and the place in it.
fn tells_of_work(element: &LayoutRenderingElement) -> bool {
    matches!(element, LayoutRenderingElement::Names(_) | LayoutRenderingElement::Date(_))
        || reads(element, &|variable| ![NUMBER, LOCATOR].contains(&variable))
        || asks(element, &|branch| branch.type_.is_some() || branch.is_uncertain_date.is_some())
}

/// Whether fewer names are printed where a work is cited again.
fn shortens_later_citations(csl: &IndependentStyle, cite: &[&LayoutRenderingElement]) -> bool {
    let shortens = |options: &InheritableNameOptions| {
        options.et_al_subsequent_min.or(options.et_al_subsequent_use_first).is_some()
    };
    let inherited = InheritableNameOptions::default();
    let of_element = |element: &&LayoutRenderingElement| {
        let LayoutRenderingElement::Names(names) = element else { return false };
        let of_name = |child: &NamesChild| {
            let NamesChild::Name(name) = child else { return false };
            let options = name.options(&inherited);
            options.et_al_subsequent_min.or(options.et_al_subsequent_use_first).is_some()
        };
        shortens(&names.options()) || names.children.iter().any(of_name)
    };
    shortens(&csl.settings.options) || shortens(&csl.citation.name_options) || cite.iter().any(of_element)
}

/// Whether works are sorted by what they are, and not by their numbers or places.
fn sorts_by_works_alone(csl: &IndependentStyle, sort: Option<&Sort>) -> bool {
    let is_of_page = |variable: Variable| [NUMBER, LOCATOR].contains(&variable);
    sort.into_iter().flat_map(|sort| &sort.keys).all(|key| match key {
        SortKey::Variable { variable, .. } => !is_of_page(*variable),
        SortKey::MacroName { name, .. } => {
            let called = csl.macros.iter().find(|known| known.name == *name);
            called.is_some_and(|called| {
                let reached = reached(csl, &called.children);
                !reached.iter().any(|element| {
                    reads(element, &is_of_page)
                        || asks(element, &|branch| branch.locator.is_some() || branch.position.is_some())
                })
            })
        }
    })
}

fn sorts_by_number(sort: Option<&Sort>) -> bool {
    sort.into_iter().flat_map(|sort| &sort.keys).all(|key| {
        matches!(key, SortKey::Variable { variable, sort_direction: SortDirection::Ascending } if *variable == NUMBER)
    })
}
