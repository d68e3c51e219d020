//! What the engine prints is a tree with texts for leaves.

use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta};

/// Changes every text for which there is another.
pub(super) fn change_texts(tree: &mut ElemChildren, change: &dyn Fn(&str) -> Option<String>) {
    for child in &mut tree.0 {
        match child {
            ElemChild::Text(text) | ElemChild::Link { text, .. } => {
                if let Some(changed) = change(&text.text) {
                    text.text = changed;
                }
            }
            ElemChild::Elem(elem) => change_texts(&mut elem.children, change),
            ElemChild::Markup(_) | ElemChild::Transparent { .. } => {}
        }
    }
}

/// All texts, one after the other.
pub(super) fn words(tree: &ElemChildren) -> String {
    let mut words = String::new();
    collect(tree, &mut words);
    words
}

fn collect(tree: &ElemChildren, words: &mut String) {
    for child in &tree.0 {
        match child {
            ElemChild::Text(text) | ElemChild::Link { text, .. } => words.push_str(&text.text),
            ElemChild::Elem(elem) => collect(&elem.children, words),
            ElemChild::Markup(text) => words.push_str(text),
            ElemChild::Transparent { .. } => {}
        }
    }
}

/// Visits each work of a citation as printed, with its number among the works that are known.
pub(super) fn each_cite(tree: &mut ElemChildren, mut visit: impl FnMut(usize, &mut ElemChildren)) {
    for child in &mut tree.0 {
        if let ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(index)), children, .. }) = child {
            visit(*index, children);
        }
    }
}
