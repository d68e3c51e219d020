//! What styles are made of.

use hayagriva::citationberg::{ChooseBranch, ChooseMatch, LayoutRenderingElement};

/// Visits elements, and all within them.
pub(super) fn each<'e>(elements: &'e [LayoutRenderingElement], visit: &mut dyn FnMut(&'e LayoutRenderingElement)) {
    for element in elements {
        visit(element);
        match element {
            LayoutRenderingElement::Group(group) => each(&group.children, visit),
            LayoutRenderingElement::Choose(choose) => {
                choose.branches().for_each(|branch| each(&branch.children, visit));
                if let Some(otherwise) = &choose.otherwise {
                    each(&otherwise.children, visit);
                }
            }
            LayoutRenderingElement::Names(names) => {
                if let Some(substitute) = names.substitute() {
                    each(&substitute.children, visit);
                }
            }
            _ => {}
        }
    }
}

/// A branch of a choice, without tests.
pub(super) fn branch(match_: ChooseMatch, children: Vec<LayoutRenderingElement>) -> ChooseBranch {
    ChooseBranch {
        disambiguate: None,
        is_numeric: None,
        is_uncertain_date: None,
        locator: None,
        position: None,
        type_: None,
        variable: None,
        match_,
        children,
    }
}
