//! What works are sorted by. The engine sorts by what a macro prints, word for word, and so puts “and” and “no date” among
//! the names and years. Sorting gets macros of its own, in which they do no harm.

use std::collections::BTreeSet;

use hayagriva::citationberg::taxonomy::{OtherTerm, Term};
use hayagriva::citationberg::{
    CslMacro, IndependentStyle, InheritableNameOptions, LayoutRenderingElement, Name, NamesChild, Sort, SortKey,
    TextTarget,
};

use super::elements::each;

/// Stands behind every year, as works without a date do.
const LAST: &str = "zzzz";

/// Gives every key of the style a macro for sorting.
pub(super) fn mend(style: &mut IndependentStyle) {
    let mut wanted = Vec::new();
    redirect(&mut style.citation.sort, &style.citation.name_options, &mut wanted);
    if let Some(bibliography) = &mut style.bibliography {
        redirect(&mut bibliography.sort, &bibliography.name_options, &mut wanted);
    }
    let mut made = BTreeSet::new();
    while let Some(name) = wanted.pop() {
        if !made.insert(name.clone()) {
            continue;
        }
        let Some(original) = style.macros.iter().find(|known| known.name == name) else { continue };
        let mut children = original.children.clone();
        each(&children, &mut |element| {
            if let LayoutRenderingElement::Text(text) = element
                && let TextTarget::Macro { name } = &text.target
            {
                wanted.push(name.clone());
            }
        });
        change(&mut children);
        style.macros.push(CslMacro { name: for_sorting(&name), children });
    }
}

fn for_sorting(name: &str) -> String {
    format!("{name} for sorting")
}

fn redirect(sort: &mut Option<Sort>, options: &InheritableNameOptions, wanted: &mut Vec<String>) {
    for key in sort.iter_mut().flat_map(|sort| &mut sort.keys) {
        if let SortKey::MacroName { name, names_min, names_use_first, .. } = key {
            // The engine forgets how many names count when it sorts.
            *names_min = names_min.or(options.et_al_min);
            *names_use_first = names_use_first.or(options.et_al_use_first);
            wanted.push(name.clone());
            *name = for_sorting(name);
        }
    }
}

fn change(elements: &mut [LayoutRenderingElement]) {
    for element in elements {
        match element {
            LayoutRenderingElement::Group(group) => change(&mut group.children),
            LayoutRenderingElement::Choose(choose) => {
                change(&mut choose.if_.children);
                choose.else_if.iter_mut().for_each(|branch| change(&mut branch.children));
                if let Some(otherwise) = &mut choose.otherwise {
                    change(&mut otherwise.children);
                }
            }
            LayoutRenderingElement::Names(names) => {
                names.and = None;
                for child in &mut names.children {
                    match child {
                        NamesChild::Name(name) => *name = without_and(name),
                        NamesChild::Substitute(substitute) => change(&mut substitute.children),
                        NamesChild::EtAl(_) | NamesChild::Label(_) => {}
                    }
                }
            }
            LayoutRenderingElement::Text(text) => match &mut text.target {
                TextTarget::Macro { name } => *name = for_sorting(name),
                TextTarget::Term { term: Term::Other(OtherTerm::NoDate), .. } => {
                    text.target = TextTarget::Value { val: LAST.to_owned() };
                }
                _ => {}
            },
            _ => {}
        }
    }
}

/// Its options are the engine's own; only by way of its written form can one be taken out.
fn without_and(name: &Name) -> Name {
    let mut written = serde_json::to_value(name).unwrap_or_default();
    if let Some(written) = written.as_object_mut() {
        written.remove("@and");
    }
    serde_json::from_value(written).unwrap_or_else(|_| name.clone())
}
