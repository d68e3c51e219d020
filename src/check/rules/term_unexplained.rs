//! See the page beside this file.

use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::check::wording::quoted;
use crate::content::{Audience, PageKind};
use crate::diagnostic::Diagnostic;
use crate::readability::{HardWord, List};
use crate::site::address::reference;
use crate::site::{LinkTarget, Page, PageIndex};

/// A term that a page uses.
struct Used<'t> {
    term: PageIndex,
    first: &'t HardWord,
    /// Whether a use of it leads readers to its entry.
    led_to: bool,
}

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    let mut used: Vec<Used<'_>> = Vec::new();
    for word in text.reading.hard.iter().filter(|word| word.list == List::Terms) {
        let term = text.term(word.wording);
        let Some(leads) = leads_to_entry(text, word, term) else { continue };
        match used.iter_mut().find(|used| used.term == term) {
            Some(used) => used.led_to |= leads,
            None => used.push(Used { term, first: word, led_to: leads }),
        }
    }
    let mut places = text.places();
    for Used { term, first, led_to } in used {
        let entry = &text.site.pages[term];
        let open = entry.is_to_appear() && entry.document.front_matter.audience.contains(&Audience::Patient);
        if led_to && open {
            continue;
        }
        let words = quoted(text.reading.words_at(&first.at));
        let (message, hint) = if open { unlinked(text.page, entry, &words) } else { closed(entry, &words) };
        found.push(rule.finding(places.of(&first.at), message).hint(hint));
    }
}

/// Whether a use of a term is a link to its entry. In running text, each page's first use becomes one by itself. `None` in a link that
/// leads elsewhere: it offers a page on the matter, and is no use of the term.
fn leads_to_entry(text: &PatientText<'_>, word: &HardWord, term: PageIndex) -> Option<bool> {
    match text.reading.link_around(&word.at) {
        Some(link) => match text.page.targets.get(link) {
            Some(LinkTarget::Page(page, _)) if *page == term => Some(true),
            _ => None,
        },
        None => Some(!text.reading.is_label(&word.at)),
    }
}

fn unlinked(page: &Page, entry: &Page, words: &str) -> (String, String) {
    let link = reference(&page.path, &entry.path);
    let hint = format!(
        "Use it in a sentence, too: there it becomes a link to its entry in the glossary by itself. Or link to the entry: \
         `[…]({link})`.{}",
        meaning(entry)
    );
    (format!("the term {words} is not explained: it stands in headings and tables alone"), hint)
}

fn closed(entry: &Page, words: &str) -> (String, String) {
    let hint = format!(
        "Say it in plain words, or let patients read {}: see its `audience` and whether it is a draft.{}",
        entry.path,
        meaning(entry)
    );
    (format!("patients cannot look up the term {words}: its entry in the glossary is not for them"), hint)
}

/// What the glossary says to patients about a term.
fn meaning(entry: &Page) -> String {
    match &entry.document.front_matter.kind {
        PageKind::Term(term) => {
            term.plain.as_deref().map(|plain| format!(" The glossary says {}.", quoted(plain.trim_end_matches('.'))))
        }
        _ => None,
    }
    .unwrap_or_default()
}
