//! See the page beside this file.

use crate::check::wording::{described, quoted};
use crate::check::{Rule, walk};
use crate::content::RawLink;
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

/// How the names of pictures end.
const ENDINGS: [&str; 9] = ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "tif", "tiff"];
/// What cameras and screens call their pictures, before a number.
const CAMERAS: [&str; 7] = ["img", "dsc", "dscn", "dcim", "pxl", "screenshot", "image"];

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    for (link, alt) in walk::pictures(page) {
        if is_file_name(alt, &link.value) {
            let message = format!("{} is the name of a file, and describes no picture", quoted(alt.trim()));
            found.push(rule.finding(page.at(&link.span), message).hint(described(&link.value)));
        }
    }
}

/// Whether a description is the name of a file: of this one, or of any by the look of it.
fn is_file_name(alt: &str, link: &RawLink) -> bool {
    let alt = alt.trim().trim_end_matches('.').to_lowercase();
    let file = link.address.rsplit('/').next().unwrap_or_default().to_lowercase();
    let ends_like_one =
        alt.rsplit_once('.').is_some_and(|(stem, ending)| !stem.is_empty() && ENDINGS.contains(&ending));
    let is_the_stem = alt.contains(['-', '_']) && file.rsplit_once('.').is_some_and(|(stem, _)| alt == stem);
    ends_like_one || is_the_stem || alt == file && !alt.is_empty() || is_numbered_by_a_camera(&alt)
}

/// `IMG_1234`, `DSC01234`, `Screenshot 2026-11-22`.
fn is_numbered_by_a_camera(alt: &str) -> bool {
    let name = alt.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-' | ' '));
    name.len() < alt.len() && CAMERAS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::LinkRole;

    #[test]
    fn names_of_files_are_told_from_descriptions() {
        let link = RawLink { address: "../figures/mood-cycle.svg".into(), role: LinkRole::Image, within: Vec::new() };
        for name in [
            "mood-cycle.svg",
            "Mood-Cycle",
            "diagram final 2.PNG",
            "IMG_1234",
            "DSC01234",
            "Screenshot 2026-11-22",
            "a.jpg.",
        ] {
            assert!(is_file_name(name, &link), "{name}");
        }
        for words in [
            "",
            "Mood cycle",
            "The cycle of low mood",
            "well-being",
            "Image of two people",
            "Version 2.0",
            "Dr. Png",
            ".",
        ] {
            assert!(!is_file_name(words, &link), "{words}");
        }
    }
}
