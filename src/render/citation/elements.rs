//! What styles are made of.

use hayagriva::citationberg::LayoutRenderingElement;

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
