//! The glossary of an edition.

use std::collections::BTreeMap;

use super::Rendering;
use crate::content::alphabet::{Letter, filed_under};
use crate::content::{KindName, PageKind};
use crate::render::address;
use crate::render::view::{ContentView, GlossaryEntryView, GlossaryLetterView, GlossaryView};
use crate::source::SitePath;

/// Where it is.
pub(super) const URL: &str = "glossary.html";

/// What `glossary.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath) -> ContentView {
    let mut letters: BTreeMap<Letter, Vec<(String, GlossaryEntryView)>> = BTreeMap::new();
    let mut anchors: BTreeMap<&str, usize> = BTreeMap::new();
    for &index in rendering.of_kind(KindName::Term) {
        let page = &rendering.site.pages[index];
        let PageKind::Term(term) = &page.document.front_matter.kind else { continue };
        let filed = filed_under(page.title(), &rendering.site.config.language);
        let stem = page.url.file_name().trim_end_matches(".html");
        let count = anchors.entry(stem).or_insert(0);
        *count += 1;
        let entry = GlossaryEntryView {
            id: if *count == 1 { format!("term-{stem}") } else { format!("term-{stem}-{count}") },
            title: page.title().to_owned(),
            url: address::relative(url, page.url.as_str()),
            plain: term.plain.clone(),
            also: term.also.clone(),
            language: rendering.foreign_language(page),
        };
        letters.entry(filed.letter).or_default().push((filed.key, entry));
    }
    let letters = letters.into_iter().map(|(letter, mut entries)| {
        entries.sort_by(|(before, _), (after, _)| before.cmp(after));
        GlossaryLetterView { letter: letter.shown, entries: entries.into_iter().map(|(_, entry)| entry).collect() }
    });
    ContentView::Glossary(GlossaryView { letters: letters.collect() })
}
