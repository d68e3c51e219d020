//! Blocks of code that have no end.

use super::super::Reader;
use crate::source::Span;

impl Reader<'_> {
    /// Reports a fenced block of code that ends only because its page, or the block around it, does.
    pub(in super::super) fn report_unclosed_code(&mut self, span: &Span) {
        let written = self.written[span.clone()].trim_end();
        let opening = written.lines().next().unwrap_or_default().trim_end();
        let fence = fence(opening);
        let closing = written.rfind('\n').map(|end| written[end..].trim_start_matches([' ', '\t', '\n', '>']));
        if fence.is_empty() || closing.is_some_and(|line| closes(line, fence)) {
            return;
        }
        let hint = format!(
            "Write {fence} on a line of its own below the last line of the code. If no code is meant, delete this line."
        );
        let place = span.start..span.start + opening.len();
        let message = "this block of code is never closed, so that all text below is shown as code";
        self.fault("code-block-unclosed", &place, message).hint = Some(hint);
    }
}

/// The characters that a line begins with if it is a fence of code.
fn fence(line: &str) -> &str {
    let Some(mark) = line.bytes().next().filter(|mark| matches!(mark, b'`' | b'~')) else { return "" };
    &line[..line.bytes().take_while(|byte| *byte == mark).count()]
}

/// Whether a line, without what stands around a block, closes what this fence opened.
fn closes(line: &str, opening: &str) -> bool {
    line.starts_with(opening) && fence(line).len() == line.len()
}
