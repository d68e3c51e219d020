//! What every PDF says around what it holds, be it a page or a pack: paper and layout, whose it is, where it leads.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;

use super::super::{Rendering, base_of, shell};
use super::SheetOf;
use crate::config::Paper;
use crate::content::Audience;
use crate::render::address;
use crate::render::print::{self, tree};
use crate::render::view::{CrisisLineView, OrganisationView};
use crate::site::{Edition, PageIndex};
use crate::theme::Words;
use crate::theme::accent::Palette;

/// What the theme's files need to know of every PDF.
#[derive(Serialize)]
pub(super) struct Frame<'a> {
    /// `a4` or `us-letter`, as Typst calls them.
    paper: &'static str,
    /// `standard` or `large-print`.
    variant: &'static str,
    /// BCP 47 tag.
    language: &'a str,
    /// `ltr` or `rtl`.
    direction: &'static str,
    /// psychoed's own words, by section.
    words: &'a Words,
    site: SiteOnPaper<'a>,
    /// The virtual file of the logo.
    logo: Option<String>,
    /// The accent, what can be read on it, and its tint.
    colours: [String; 3],
}

/// What every sheet says of the site.
#[derive(Serialize)]
struct SiteOnPaper<'a> {
    title: &'a str,
    edition_title: &'a str,
    sample_notice: Option<&'a str>,
    organisation: OrganisationView,
    crisis_lines: Vec<CrisisLineView>,
}

/// Where paper leads.
#[derive(Serialize)]
pub(super) struct OnTheWeb {
    address: String,
    /// The same without scheme and version, to print.
    shown: String,
    /// The virtual file with the code that a telephone reads, unless the address is too long for one.
    code: Option<String>,
}

/// The frame of a sheet in a language; the logo is among the virtual files then.
pub(super) fn frame<'a>(
    rendering: &'a Rendering,
    sheet: SheetOf,
    language: &'a str,
    files: &mut BTreeMap<String, Bytes>,
) -> Frame<'a> {
    Frame {
        paper: paper(sheet.paper),
        variant: sheet.variant.name(),
        language,
        direction: shell::direction(language),
        words: rendering.means.words.words(language),
        site: site_on_paper(rendering),
        logo: logo(rendering, files),
        colours: Palette::of(&rendering.site.config).on_paper(),
    }
}

/// A paper as Typst calls it.
fn paper(paper: Paper) -> &'static str {
    match paper {
        Paper::A4 => "a4",
        Paper::Letter => "us-letter",
    }
}

/// What every sheet says of the site.
fn site_on_paper(rendering: &Rendering) -> SiteOnPaper<'_> {
    let config = &rendering.site.config;
    SiteOnPaper {
        title: &config.title,
        edition_title: if rendering.edition.folder.is_empty() { "" } else { &rendering.edition.title },
        sample_notice: config.sample_notice.as_deref(),
        organisation: shell::organisation(&config.organisation),
        crisis_lines: shell::crisis_lines(config),
    }
}

/// Adds the site's logo to the virtual files, if it is of a kind that can be printed.
fn logo(rendering: &Rendering, files: &mut BTreeMap<String, Bytes>) -> Option<String> {
    let path = &rendering.site.config.theme.logo.as_ref()?.value;
    let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
    let bytes = rendering.site.sources.bytes(path).filter(|_| tree::PRINTABLE.contains(&extension.as_str()))?;
    let name = format!("{}.{extension}", print::LOGO);
    files.insert(name.clone(), bytes.to_shared());
    Some(name)
}

/// The address that paper leads to. What a clinician hands to a patient leads to the edition for patients, if they have one that
/// holds all of it, whichever edition it was printed from.
pub(super) fn base_on_paper(rendering: &Rendering, for_patients: bool, pages: &[PageIndex]) -> Option<String> {
    let site = &rendering.site;
    let has_all = |edition: &&Arc<Edition>| {
        edition.audiences == [Audience::Patient] && pages.iter().all(|page| edition.holds(*page))
    };
    match site.editions.iter().find(has_all).filter(|_| for_patients) {
        Some(edition) => base_of(site, edition),
        None => rendering.base.clone(),
    }
}

/// A page of the site as paper leads to it, its code among the virtual files; `None` where nobody knows the site's address.
pub(super) fn on_the_web(
    base: Option<&str>,
    url: &str,
    version: Option<&str>,
    folder: &str,
    files: &mut BTreeMap<String, Bytes>,
) -> Option<OnTheWeb> {
    let address = address::absolute(base?, url);
    let shown = address.split_once("://").map_or(address.as_str(), |(_, shown)| shown).to_owned();
    let version = version.map(|version| format!("?v={}", address::encoded(version)));
    let address = address + &version.unwrap_or_default();
    let code = print::qr_code(&address).map(|code| {
        let name = format!("{folder}{}", print::CODE);
        files.insert(name.clone(), Bytes::from(code));
        name
    });
    Some(OnTheWeb { address, shown, code })
}
