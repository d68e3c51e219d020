//! See the page beside this file.

use std::collections::BTreeSet;

use crate::check::waivers::{self, Given};
use crate::check::wording::quoted;
use crate::check::{Rule, levels, named};
use crate::diagnostic::{Diagnostic, nearest};
use crate::site::{Facts, Site, Status};

pub(super) fn check(rule: &Rule, site: &Site, facts: &Facts, standing: &[Diagnostic], found: &mut Vec<Diagnostic>) {
    if !sees_the_whole_site(site) {
        return;
    }
    for given in waivers::all(site).filter(|given| given.waiver.until.value >= facts.today) {
        if given.covered(standing).is_empty() && given.can_be_judged(site) {
            let (message, hint) = unused(site, &given);
            found.push(rule.finding(given.at(&given.waiver.rule.span), message).hint(hint));
        }
    }
}

/// Whether all that readers will see was checked, and nothing else: with some editions left out, or drafts among the pages, a
/// rule may find less.
pub(super) fn sees_the_whole_site(site: &Site) -> bool {
    let waits = |status| matches!(status, Status::Draft | Status::NotYet(_));
    site.editions.len() == site.config.editions.len()
        && !(site.editions.iter().any(|edition| edition.holds_drafts())
            && site.pages.iter().any(|page| waits(page.status)))
}

fn unused(site: &Site, given: &Given<'_>) -> (String, String) {
    let name = &given.waiver.rule.value;
    if named(name).is_ok_and(|rule| levels::is_off(rule, site)) {
        return (format!("this waiver covers nothing, since `{name}` is off"), "Delete the waiver.".to_owned());
    }
    let path = given.waiver.path.as_deref().filter(|path| !waivers::plain(path).is_empty());
    if let Some(path) = path.filter(|_| !given.is_for_something(site)) {
        let message = format!("this waiver is for {}, and there is no such file or folder", quoted(path));
        let hint = match nearest(waivers::plain(path), files_and_folders(site)) {
            Some(near) => format!("Did you mean `path = \"{near}\"`?"),
            None => {
                "Correct the path, which starts from the folder of site-config.toml, or delete the waiver.".to_owned()
            }
        };
        return (message, hint);
    }
    let place = match (given.page, path) {
        (Some(_), _) => "on this page".to_owned(),
        (None, Some(path)) => format!("in {}", quoted(path)),
        (None, None) => "anywhere".to_owned(),
    };
    (format!("this waiver covers nothing: `{name}` finds no fault {place}"), "Delete the waiver.".to_owned())
}

/// Every file of a project, and every folder that holds one, from its root.
pub(super) fn files_and_folders(site: &Site) -> BTreeSet<&str> {
    let mut known = BTreeSet::new();
    for file in site.sources.files.keys() {
        let mut path = file.as_str();
        // Whatever is known already has brought its folders with it.
        while known.insert(path) {
            let Some((folder, _)) = path.rsplit_once('/') else { break };
            path = folder;
        }
    }
    known
}
