//! Footnotes that no mark leads to.

use super::super::Reader;
use crate::source::{Span, Text};

/// The footnotes of a page, as they are met.
#[derive(Default)]
pub(in super::super) struct Footnotes {
    /// The labels of marks.
    marks: Vec<Text>,
    /// The labels of texts, and where each of them begins in the body.
    texts: Vec<(Text, usize)>,
}

impl Footnotes {
    pub(in super::super) fn mark(&mut self, label: &Text) {
        self.marks.push(label.clone());
    }

    pub(in super::super) fn text(&mut self, label: &Text, span: &Span) {
        self.texts.push((label.clone(), span.start));
    }
}

impl Reader<'_> {
    /// Reports the texts of footnotes that no mark leads to: they are shown nowhere.
    pub(in super::super) fn report_unmarked_footnotes(&mut self) {
        let Footnotes { mut marks, texts } = std::mem::take(&mut self.footnotes);
        marks.sort_unstable();
        for (label, start) in texts.into_iter().filter(|(label, _)| marks.binary_search(label).is_err()) {
            let mark = format!("[^{label}]");
            let message = format!("this footnote is not shown: no mark `{mark}` leads to it");
            let hint = format!("Write `{mark}` after the words that it belongs to, or delete this paragraph.");
            self.fault("footnote-mark-missing", &(start..start + mark.len()), message).hint = Some(hint);
        }
    }
}
