//! Headings that nobody meant, and headings without words.

use super::super::Reader;
use crate::source::Span;

/// How long a line above dashes is when it is hardly a heading.
const LONG: usize = 80;

impl Reader<'_> {
    pub(in super::super) fn report_empty_heading(&mut self, heading: &Span) {
        let line = self.written[heading.clone()].trim_end();
        let hashes = &line[..line.len() - line.trim_start_matches('#').len()];
        let hint = format!("Write the heading after the `{hashes}`, or delete the line.");
        let place = heading.start..heading.start + line.len();
        self.fault("heading-malformed", &place, "this heading has no words").hint = Some(hint);
    }

    /// Reports text that has become a heading because of the line below it, where it reads like no heading at all.
    pub(in super::super) fn report_heading_by_accident(&mut self, heading: &Span) {
        let written = self.written[heading.clone()].trim_end();
        let Some((text, underline)) = written.rsplit_once('\n').filter(|_| !written.starts_with('#')) else { return };
        let text = text.trim();
        if text.chars().count() <= LONG && !text.ends_with(['.', ',', ';', ':']) {
            return;
        }
        let marks = underline.trim_start_matches([' ', '\t', '>']);
        let place = heading.start + written.len() - marks.len()..heading.start + written.len();
        let hint = format!(
            "Write an empty line above `{marks}`. For a heading, write `## ` before its words and delete this line."
        );
        let message = format!("the text above `{marks}` becomes a heading");
        self.warning("heading-by-accident", &place, message).hint = Some(hint);
    }
}
