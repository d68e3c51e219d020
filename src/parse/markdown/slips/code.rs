//! Blocks of code that have no end, or that nobody meant.

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
        let reaches_end = self.written[span.start + written.len()..].trim_start().is_empty();
        self.ends_in_code |= reaches_end;
        let swallowed = if reaches_end { "all text below" } else { "the rest of the list or quotation around it" };
        let message = format!("this block of code is never closed, so that {swallowed} is shown as code");
        self.fault("code-block-unclosed", &place, message).hint = Some(hint);
    }

    /// Reports an indented block of code that reads like a paragraph.
    pub(in super::super) fn report_code_by_accident(&mut self, span: &Span) {
        let written = &self.written[span.clone()];
        if !reads_like_text(written) {
            return;
        }
        let text = written.trim_start();
        let start = span.end - text.len();
        let place = start..start + text.lines().next().unwrap_or_default().trim_end().len();
        let message = "this paragraph is shown as code, because a tab or four spaces stand before it";
        self.warning("code-by-accident", &place, message).hint = Some(
            "Delete the spaces before this line, and before those below that belong to it. For code, write ``` on a line of its own above \
             and below."
                .to_owned(),
        );
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

/// Whether an indented block begins and ends as a sentence does, and nearly all of it is words.
fn reads_like_text(block: &str) -> bool {
    let block = block.trim();
    if !block.starts_with(char::is_uppercase) || !block.ends_with(['.', '!', '?', ':', '…']) {
        return false;
    }
    let is_word = |word: &&str| {
        let bare = word.trim_matches(['.', ',', ';', ':', '!', '?', '…', '(', ')', '“', '”', '"', '*']);
        !bare.is_empty() && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '’' | '\'' | '-'))
    };
    let (all, words) = (block.split_whitespace().count(), block.split_whitespace().filter(is_word).count());
    words >= 4 && words * 5 >= all * 4
}
