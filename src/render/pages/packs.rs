//! Pages that are printed together: one page for each pack, and the list of all.

use super::Rendering;
use super::words::counted;
use crate::content::Audience;
use crate::render::address;
use crate::render::view::{CardView, ContentView, GroupView, LinkView, PackPartView, PackView, PacksView, TargetView};
use crate::site::generated::{pack_url, session_pack};
use crate::site::pack::{PackOrigin, PackTitle};
use crate::site::{Pack, PageIndex};
use crate::source::SitePath;
use crate::theme::Words;

/// How many words somebody reads in a minute who is not well and reads with care.
const WORDS_A_MINUTE: usize = 180;

/// Whether the edition has any.
pub(super) fn any(rendering: &Rendering) -> bool {
    !rendering.navigation.packs.is_empty()
}

/// What `pack.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath, pack: &Pack) -> ContentView {
    let parts: Vec<PackPartView> = pack.pages.iter().map(|&page| part(rendering, url, page)).collect();
    let words = rendering.words();
    let whole: i64 = parts.iter().map(|part| part.minutes).sum();
    let readers = audience(words, pack);
    let sheets = counted(words, parts.len() as i64, "sheet", "sheets");
    let minutes = counted(words, whole, "minute", "minutes");
    ContentView::Pack(PackView {
        about: words.fill("pack.about", &[("readers", &readers), ("sheets", &sheets), ("minutes", &minutes)]),
        audience: readers,
        minutes: whole,
        guide: match pack.origin {
            PackOrigin::Session(guide) => Some(rendering.link(url, guide)),
            PackOrigin::Config | PackOrigin::Phase(_) | PackOrigin::FocalArea(_) => None,
        },
        pdfs: rendering.links_to_pack(url, pack),
        parts,
    })
}

fn part(rendering: &Rendering, from: &SitePath, index: PageIndex) -> PackPartView {
    let (page, words) = (&rendering.site.pages[index], rendering.words());
    let id = page.document.front_matter.id.as_ref().map(|id| id.value.clone());
    let kind = words.named("kind", page.kind().name()).to_owned();
    let sheet = id.as_ref().map_or_else(|| kind.clone(), |id| format!("{kind} {id}"));
    let minutes = rendering.uses(index).words.div_ceil(WORDS_A_MINUTE).max(1) as i64;
    let in_words = counted(words, minutes, "minute", "minutes");
    PackPartView {
        card: rendering.card(from, index),
        id,
        minutes,
        about: words.fill("pack.part", &[("sheet", &sheet), ("minutes", &in_words)]),
    }
}

/// What `packs.html` gets.
pub(super) fn list(rendering: &Rendering, url: &SitePath) -> ContentView {
    let by_area = if rendering.professional { "listing.by-focal-area" } else { "pack.by-topic" };
    let groups = [
        ("chosen", "pack.ready"),
        ("phases", "listing.by-phase"),
        ("focal-areas", by_area),
        ("sessions", "pack.by-session"),
    ];
    let groups = groups.map(|(id, title)| GroupView {
        title: rendering.words().say(title).to_owned(),
        id: id.to_owned(),
        url: None,
        summary: None,
        cards: cards(rendering, url, |origin| group(origin) == id),
    });
    ContentView::Packs(PacksView { groups: groups.into_iter().filter(|group| !group.cards.is_empty()).collect() })
}

fn group(origin: &PackOrigin) -> &'static str {
    match origin {
        PackOrigin::Config => "chosen",
        PackOrigin::Phase(_) => "phases",
        PackOrigin::FocalArea(_) => "focal-areas",
        PackOrigin::Session(_) => "sessions",
    }
}

/// The packs of some origin as lists show them.
pub(super) fn cards(rendering: &Rendering, from: &SitePath, is_wanted: impl Fn(&PackOrigin) -> bool) -> Vec<CardView> {
    let words = rendering.words();
    let wanted = rendering.navigation.packs.iter().filter(|pack| is_wanted(&pack.origin));
    wanted
        .map(|pack| {
            let target = TargetView {
                title: title(words, &pack.title),
                summary: pack.summary.clone(),
                kind: "pack",
                kind_title: format!(
                    "{}, {}",
                    counted(words, pack.pages.len() as i64, "sheet", "sheets"),
                    audience(words, pack)
                ),
                for_patients: pack.is_for_patients(),
                ..TargetView::default()
            };
            let url = address::relative(from, &pack_url(&pack.id));
            CardView { url, target: target.shared(), pdfs: rendering.links_to_pack(from, pack) }
        })
        .collect()
}

/// The pack of a session guide.
pub(super) fn of_session(rendering: &Rendering, guide: PageIndex) -> Option<&Pack> {
    let id = &rendering.site.pages[guide].document.front_matter.id.as_ref()?.value;
    rendering.navigation.pack(&session_pack(id))
}

/// The way from a page to that of a pack.
pub(super) fn link(words: &Words, from: &SitePath, pack: &Pack) -> LinkView {
    LinkView { title: title(words, &pack.title), url: address::relative(from, &pack_url(&pack.id)) }
}

/// `for patients`, `for clinicians and trainees`.
pub(super) fn audience(words: &Words, pack: &Pack) -> String {
    let readers: Vec<&str> = pack
        .audience
        .iter()
        .map(|audience| {
            words.say(match audience {
                Audience::Patient => "pack.patients",
                Audience::Clinician => "pack.clinicians",
                Audience::Trainee => "pack.trainees",
                Audience::Instructor => "pack.instructors",
            })
        })
        .collect();
    match &readers[..] {
        [first @ .., last] if !first.is_empty() => {
            words.fill("pack.for-several", &[("readers", &first.join(", ")), ("last", last)])
        }
        readers => words.fill("pack.for-one", &[("readers", &readers.concat())]),
    }
}

/// What a pack is called.
pub(in crate::render) fn title(words: &Words, title: &PackTitle) -> String {
    match title {
        PackTitle::Given(title) => title.clone(),
        PackTitle::TakeHome(title) => words.fill("pack.take-home", &[("title", title)]),
        PackTitle::Clinician(title) => words.fill("pack.clinician", &[("title", title)]),
        PackTitle::Session { numbers, several, guide } => {
            let key = match (numbers.is_empty(), guide, several) {
                (true, ..) => "pack.unnumbered",
                (_, None, false) => "pack.session",
                (_, None, true) => "pack.sessions",
                (_, Some(_), false) => "pack.session-titled",
                (_, Some(_), true) => "pack.sessions-titled",
            };
            words.fill(key, &[("numbers", numbers), ("title", guide.as_deref().unwrap_or_default())])
        }
    }
}
