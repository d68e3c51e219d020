//! What the engine printed, as characters with their looks: tidied, then written as HTML.
//!
//! Everything the engine hands over is text, whatever it looks like, and is escaped. The only markup written is our own.

use hayagriva::{ElemChild, ElemChildren};

use super::item::{self, Marked, QUOTES};
use super::look::Look;
use super::punctuation::{self, Typography};
use crate::render::html::escape;

/// A link within printed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Where it leads.
    pub href: String,
    /// Its role, if it has one.
    pub role: Option<&'static str>,
}

/// Text with looks.
#[derive(Clone, Debug, Default)]
pub(super) struct Printed {
    characters: Vec<(char, Look)>,
    /// What the looks' link numbers mean.
    pub links: Vec<Link>,
}

impl Printed {
    /// Adds plain words.
    pub fn push_str(&mut self, text: &str, look: Look) {
        self.characters.extend(text.chars().map(|character| (character, look)));
    }

    /// Adds what the engine printed. Links become ours; with `link` they are part of that one.
    pub fn push(&mut self, children: &ElemChildren, link: Option<usize>) {
        for child in &children.0 {
            match child {
                ElemChild::Text(text) => self.revealed(&text.text, Look { link, ..Look::of(text.formatting) }),
                ElemChild::Elem(elem) => {
                    // What stands in a block of its own still needs a space before it on the same line.
                    if elem.display.is_some() && self.characters.last().is_some_and(|(last, _)| !last.is_whitespace()) {
                        self.characters.push((' ', Look { link, ..Look::default() }));
                    }
                    self.push(&elem.children, link);
                }
                ElemChild::Markup(text) => self.revealed(text, Look { link, ..Look::default() }),
                ElemChild::Link { text, url } => {
                    let target = link.or_else(|| self.address(url));
                    self.revealed(&text.text, Look { link: target, ..Look::of(text.formatting) });
                }
                ElemChild::Transparent { .. } => {}
            }
        }
    }

    /// Adds a link and returns its number.
    pub fn link(&mut self, href: String, role: Option<&'static str>) -> usize {
        self.links.push(Link { href, role });
        self.links.len() - 1
    }

    fn address(&mut self, url: &str) -> Option<usize> {
        let href = super::links::address(url)?;
        Some(self.link(href, None))
    }

    /// Adds text in which private characters stand for others.
    fn revealed(&mut self, text: &str, look: Look) {
        self.characters.extend(text.chars().map(|character| (item::revealed(character), look)));
    }

    /// Puts punctuation in order.
    pub fn tidy(&mut self, typography: &Typography) {
        self.characters = punctuation::tidied(std::mem::take(&mut self.characters), typography);
    }

    /// How much has been printed; a place for [`Printed::dress`].
    pub fn len(&self) -> usize {
        self.characters.len()
    }

    /// Puts markup back on texts that were printed since `from`.
    pub fn dress(&mut self, from: usize, texts: &[Marked]) {
        let mut dressed: Vec<(usize, usize)> = Vec::new();
        for text in texts {
            let words: Vec<char> = text.words.chars().map(folded).collect();
            let same = |at: &usize| {
                let printed = self.characters[*at..].iter().map(|(character, _)| folded(*character));
                printed.take(words.len()).eq(words.iter().copied())
            };
            let last = self.characters.len().saturating_sub(words.len());
            let Some(at) = (from..=last).find(same) else { continue };
            let end = at + words.len();
            // A short title is part of the whole one, and would be dressed twice.
            if dressed.iter().any(|(start, stop)| at < *stop && *start < end) {
                continue;
            }
            dressed.push((at, end));
            for &(start, stop, wear) in &text.worn {
                self.characters[at + start..at + stop].iter_mut().for_each(|(_, look)| look.put_on(wear));
            }
        }
    }

    /// Whether a link leads here.
    pub fn leads_to(&self, href: &str) -> bool {
        self.links.iter().any(|link| link.href == href)
    }

    /// Whether nothing was printed.
    pub fn is_empty(&self) -> bool {
        self.characters.is_empty()
    }

    /// The text as HTML.
    pub fn html(&self) -> String {
        let mut html = String::new();
        // Raised text is one whole also where it holds several links.
        for raised in self.characters.chunk_by(|(_, a), (_, b)| a.raised == b.raised) {
            let is_raised = raised[0].1.raised;
            html.push_str(if is_raised { "<sup>" } else { "" });
            for linked in raised.chunk_by(|(_, a), (_, b)| a.link == b.link) {
                match linked[0].1.link.and_then(|link| self.links.get(link)) {
                    Some(link) => {
                        link.open(&mut html);
                        write_run(linked, &mut html);
                        html.push_str("</a>");
                    }
                    None => write_run(linked, &mut html),
                }
            }
            html.push_str(if is_raised { "</sup>" } else { "" });
        }
        html
    }
}

impl Link {
    fn open(&self, html: &mut String) {
        html.push_str("<a");
        escape::attribute("href", &self.href, html);
        if let Some(role) = self.role {
            escape::attribute("role", role, html);
        }
        html.push('>');
    }
}

/// Text that leads to one place.
fn write_run(run: &[(char, Look)], html: &mut String) {
    for same in run.chunk_by(|(_, a), (_, b)| a == b) {
        let look = same[0].1;
        let tags = [
            (look.italic, "<i>", "</i>"),
            (look.bold, "<b>", "</b>"),
            (look.small_caps, "<span class=\"small-caps\">", "</span>"),
            (look.lowered, "<sub>", "</sub>"),
        ];
        let worn = tags.iter().filter(|(worn, ..)| *worn);
        worn.clone().for_each(|(_, open, _)| html.push_str(open));
        let words: String = same.iter().map(|(character, _)| character).collect();
        escape::quoted(&words, html);
        worn.rev().for_each(|(.., close)| html.push_str(close));
    }
}

/// A character regardless of case, and of the kind of quotation mark.
fn folded(character: char) -> char {
    match character {
        '“' | '”' | '‘' | '’' => '’',
        _ if QUOTES.contains(&character) => '’',
        _ => character.to_lowercase().next().unwrap_or(character),
    }
}
