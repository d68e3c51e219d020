//! Pages that are printed together: one page for each pack, and the list of all.

use super::Rendering;
use super::words::counted;
use crate::content::Audience;
use crate::render::address;
use crate::render::view::{CardView, ContentView, GroupView, LinkView, PackPartView, PackView, PacksView, TargetView};
use crate::site::generated::{pack_url, session_pack};
use crate::site::pack::PackOrigin;
use crate::site::{Pack, PageIndex};
use crate::source::SitePath;

/// How many words somebody reads in a minute who is not well and reads with care.
const WORDS_A_MINUTE: usize = 180;

/// Whether the edition has any.
pub(super) fn any(rendering: &Rendering) -> bool {
    !rendering.navigation.packs.is_empty()
}

/// What `pack.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath, pack: &Pack) -> ContentView {
    let parts: Vec<PackPartView> = pack.pages.iter().map(|&page| part(rendering, url, page)).collect();
    ContentView::Pack(PackView {
        audience: audience(pack),
        minutes: parts.iter().map(|part| part.minutes).sum(),
        guide: match pack.origin {
            PackOrigin::Session(guide) => Some(rendering.link(url, guide)),
            PackOrigin::Config | PackOrigin::Phase(_) | PackOrigin::FocalArea(_) => None,
        },
        pdfs: rendering.links_to_pack(url, pack),
        parts,
    })
}

fn part(rendering: &Rendering, from: &SitePath, index: PageIndex) -> PackPartView {
    let id = &rendering.site.pages[index].document.front_matter.id;
    PackPartView {
        card: rendering.card(from, index),
        id: id.as_ref().map(|id| id.value.clone()),
        minutes: rendering.uses(index).words.div_ceil(WORDS_A_MINUTE).max(1),
    }
}

/// What `packs.html` gets.
pub(super) fn list(rendering: &Rendering, url: &SitePath) -> ContentView {
    let by_area = if rendering.professional { "By focal area" } else { "By topic" };
    let groups =
        [("chosen", "Ready to print"), ("phases", "By phase"), ("focal-areas", by_area), ("sessions", "By session")];
    let groups = groups.map(|(id, title)| GroupView {
        title: title.to_owned(),
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
    let wanted = rendering.navigation.packs.iter().filter(|pack| is_wanted(&pack.origin));
    wanted
        .map(|pack| {
            let target = TargetView {
                title: pack.title.clone(),
                summary: pack.summary.clone(),
                kind: "pack",
                kind_title: format!("{}, {}", counted(pack.pages.len() as i64, "sheet", "sheets"), audience(pack)),
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
pub(super) fn link(from: &SitePath, pack: &Pack) -> LinkView {
    LinkView { title: pack.title.clone(), url: address::relative(from, &pack_url(&pack.id)) }
}

/// `for patients`, `for clinicians and trainees`.
pub(super) fn audience(pack: &Pack) -> String {
    let readers: Vec<&str> = pack
        .audience
        .iter()
        .map(|audience| match audience {
            Audience::Patient => "patients",
            Audience::Clinician => "clinicians",
            Audience::Trainee => "trainees",
            Audience::Instructor => "instructors",
        })
        .collect();
    match &readers[..] {
        [first @ .., last] if !first.is_empty() => format!("for {} and {last}", first.join(", ")),
        readers => format!("for {}", readers.concat()),
    }
}
