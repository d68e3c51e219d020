//! Puts punctuation in order as pandoc does: the engine joins pieces without looking at what stands on either side, and
//! leaves quotation marks within a title as they were typed.

use super::item::{MANY_OTHERS, OTHERS, QUOTES, is_private};
use super::look::Look;

/// Quotation marks and the like of a language.
#[derive(Clone, Debug)]
pub(super) struct Typography {
    /// Whether commas and full stops go inside quotation marks.
    pub punctuation_in_quotes: bool,
    /// Quotation marks.
    pub outer: [String; 2],
    /// Quotation marks within quotation marks.
    pub inner: [String; 2],
    /// “et al.”
    pub and_others: String,
}

/// Text with its looks, in order.
pub(super) fn tidied(characters: Vec<(char, Look)>, typography: &Typography) -> Vec<(char, Look)> {
    let mut tidy = Tidy { text: Vec::with_capacity(characters.len()), quoted: false, typography };
    for (character, look) in characters {
        match character {
            OTHERS | MANY_OTHERS => tidy.others(character == MANY_OTHERS, look),
            _ if QUOTES.contains(&character) => tidy.quotation_mark(character == QUOTES[0], look),
            _ if is_private(character) => {}
            _ => tidy.push(character, look),
        }
    }
    while tidy.last().is_some_and(char::is_whitespace) {
        tidy.text.pop();
    }
    tidy.text
}

struct Tidy<'t> {
    text: Vec<(char, Look)>,
    /// Whether the style has opened a quotation mark.
    quoted: bool,
    typography: &'t Typography,
}

impl Tidy<'_> {
    fn last(&self) -> Option<char> {
        self.text.last().map(|(last, _)| *last)
    }

    fn push(&mut self, character: char, look: Look) {
        if !self.makes_way(character) {
            self.note_quotes(character);
            let place = self.text.len() - usize::from(self.goes_inside(character));
            self.text.insert(place, (character, look));
        }
    }

    /// Whether a character says nothing after what stands before it. Cuts off what says nothing before it.
    fn makes_way(&mut self, character: char) -> bool {
        match (self.last(), character) {
            (None | Some(' '), ' ') => return true,
            (Some(' '), ',' | '.' | ';' | ')' | ']') => {
                while self.last() == Some(' ') {
                    self.text.pop();
                }
            }
            (Some(','), '.' | ')' | ']' | ';' | ':') => {
                self.text.pop();
            }
            _ => {}
        }
        let before = if self.goes_inside(character) {
            self.text.iter().rev().nth(1).map(|(before, _)| *before)
        } else {
            self.last()
        };
        match (before, character) {
            (Some('?' | '!' | '…'), '.') | (Some('?' | '!'), ',') => true,
            (Some(sign @ ('.' | ',' | ';' | ':')), _) => sign == character,
            _ => false,
        }
    }

    /// Whether a comma or full stop belongs inside the quotation mark before it.
    fn goes_inside(&self, character: char) -> bool {
        let close = self.typography.outer[1].chars().next_back();
        self.typography.punctuation_in_quotes
            && matches!(character, ',' | '.')
            && close.is_some()
            && self.last() == close
    }

    fn note_quotes(&mut self, character: char) {
        let [open, close] = &self.typography.outer;
        if !self.quoted && open.starts_with(character) {
            self.quoted = true;
        } else if self.quoted && close.ends_with(character) {
            self.quoted = false;
        }
    }

    /// A quotation mark of a title: within quotation marks of the style it is an inner one.
    fn quotation_mark(&mut self, opens: bool, look: Look) {
        let marks = if self.quoted { &self.typography.inner } else { &self.typography.outer };
        self.text.extend(marks[usize::from(!opens)].chars().map(|mark| (mark, look)));
    }

    /// “and others”: whatever joins the last name to it makes way.
    fn others(&mut self, several: bool, look: Look) {
        let cut = |text: &mut Vec<(char, Look)>| {
            while text.last().is_some_and(|(last, _)| " ,&;".contains(*last)) {
                text.pop();
            }
        };
        cut(&mut self.text);
        for and in [" and", " und", " et", " y", " e", " en", " och", " og", " i"] {
            let length = and.chars().count();
            let start = self.text.len().saturating_sub(length);
            if self.text[start..].iter().map(|(character, _)| *character).eq(and.chars()) {
                self.text.truncate(start);
                cut(&mut self.text);
                break;
            }
        }
        let words = format!("{}{}", if several { ", " } else { " " }, self.typography.and_others);
        self.text.extend(words.chars().map(|character| (character, look)));
    }
}
