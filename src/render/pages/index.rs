//! A to Z: every page, and every other word people may look for.

use std::collections::BTreeMap;

use super::Rendering;
use super::cards::{focal_area_url, phase_url};
use crate::content::PageKind;
use crate::content::alphabet::{Letter, filed_under};
use crate::render::address;
use crate::render::view::{ContentView, IndexEntryView, IndexLetterView, IndexView, LanguageView};
use crate::source::SitePath;

/// Where it is.
pub(super) const URL: &str = "a-z.html";

/// What `a-z.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath) -> ContentView {
    let words = rendering.words();
    let mut entries: Vec<IndexEntryView> = Vec::new();
    let mut add = |title: &str, target: &str, note: &str, also: &[String], language: Option<LanguageView>| {
        let entry = |name: &str, see: Option<&str>| IndexEntryView {
            title: name.to_owned(),
            url: address::relative(url, target),
            note: note.to_owned(),
            see: see.map(str::to_owned),
            language: language.clone(),
        };
        entries.push(entry(title, None));
        entries.extend(also.iter().map(|synonym| entry(synonym, Some(title))));
    };
    for index in rendering.listed() {
        let page = &rendering.site.pages[index];
        let also = match &page.document.front_matter.kind {
            PageKind::Term(term) => term.also.as_slice(),
            _ => &[],
        };
        add(
            page.title(),
            page.url.as_str(),
            words.named("kind", page.kind().name()),
            also,
            rendering.foreign_language(page),
        );
    }
    for area in rendering.focal_areas() {
        add(&area.title, &focal_area_url(&area.id), words.say("listing.focal-area"), &area.also, None);
    }
    for phase in rendering.phases() {
        add(&phase.title, &phase_url(&phase.id), words.say("listing.phase"), &[], None);
    }
    ContentView::Index(IndexView { letters: by_letter(entries, &rendering.site.config.language) })
}

fn by_letter(entries: Vec<IndexEntryView>, language: &str) -> Vec<IndexLetterView> {
    let mut letters: BTreeMap<Letter, Vec<(String, IndexEntryView)>> = BTreeMap::new();
    for entry in entries {
        let filed = filed_under(&entry.title, language);
        letters.entry(filed.letter).or_default().push((filed.key, entry));
    }
    letters
        .into_iter()
        .map(|(letter, mut entries)| {
            entries.sort_by(|(before, one), (after, other)| (before, &one.url).cmp(&(after, &other.url)));
            IndexLetterView { letter: letter.shown, entries: entries.into_iter().map(|(_, entry)| entry).collect() }
        })
        .collect()
}
