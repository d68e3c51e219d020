//! How many words a stretch of running text has.

use crate::content::block::Inline;

/// Bytes that begin a word. Bytes will do, and are faster than characters: letters beyond ASCII begin with a byte from C3 on;
/// dashes and quotation marks with E2.
const STARTS_A_WORD: [bool; 256] = {
    let mut starts = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        starts[byte] = (byte as u8).is_ascii_alphanumeric() || byte >= 0xc3 && byte != 0xe2;
        byte += 1;
    }
    starts
};

/// Counts words: what stands between spaces and has a letter or a figure in it. Languages that write without spaces come to
/// next to nothing, so limits on length never hold them to the measure of others.
#[derive(Default)]
pub(super) struct WordCount {
    /// Words so far.
    pub(super) words: usize,
    /// Whether the last character belongs to a word that has been counted.
    within: bool,
}

impl WordCount {
    /// More words than this cannot be in a block's own text; takes a small part of the time of counting them.
    pub(super) fn at_most<'a>(inlines: impl Iterator<Item = &'a Inline>) -> usize {
        let words = inlines.map(|inline| match inline {
            // All white space of ASCII is among its first characters, and one comparison a byte can be done for many at once.
            Inline::Text(text) | Inline::Code(text) => 1 + text.bytes().filter(|byte| *byte <= b' ').count(),
            _ => 0,
        });
        words.sum()
    }

    /// Adds a block's own text.
    pub(super) fn add<'a>(&mut self, inlines: impl Iterator<Item = &'a Inline>) {
        self.within = false;
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.add_text(text),
                Inline::SoftBreak | Inline::HardBreak => self.within = false,
                // A part of a word may stand out: the text around it counts as one word with it.
                Inline::Emphasis(_)
                | Inline::Strong(_)
                | Inline::Struck(_)
                | Inline::Link(_)
                | Inline::Image(_)
                | Inline::Citation(_)
                | Inline::FootnoteMark(_)
                | Inline::RawHtml(_) => {}
            }
        }
    }

    fn add_text(&mut self, text: &str) {
        for byte in text.bytes() {
            let begins = STARTS_A_WORD[usize::from(byte)] & !self.within;
            self.words += usize::from(begins);
            self.within = (self.within | begins) & !byte.is_ascii_whitespace();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(inlines: &[Inline]) -> usize {
        let mut count = WordCount::default();
        count.add(inlines.iter());
        assert!(count.words <= WordCount::at_most(inlines.iter()));
        count.words
    }

    #[test]
    fn words_stand_between_spaces_and_markup_does_not_split_them() {
        let text = |text: &str| Inline::Text(text.into());
        assert_eq!(count(&[text("Talk to your doctor – or don't; it’s “1 of 2”.")]), 10);
        assert_eq!(count(&[text("un"), text("believ"), text("able")]), 1);
        assert_eq!(count(&[text("one"), Inline::SoftBreak, text("two")]), 2);
        assert_eq!(count(&[text("été à Nîmes")]), 3);
        assert_eq!(count(&[text(" . * - ")]), 0);
    }
}
