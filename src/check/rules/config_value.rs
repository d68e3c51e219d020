//! See the page beside this file.

use super::waiver_unused::files_and_folders;
use crate::check::Rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Diagnostic, Location, Severity, nearest};
use crate::site::{Facts, Site};
use crate::source::{SitePath, Sources};
use crate::theme;

/// Besides what shows while reading the configuration: a theme, logo or folder that is not there shows only beside the other files.
pub(super) fn check(rule: &Rule, site: &Site, _: &Facts, found: &mut Vec<Diagnostic>) {
    found.extend(theme::folder_faults(&site.config, &site.sources));
    found.extend(theme::logo_faults(&site.config, &site.sources));
    found.extend(folders_without_files(rule, site));
}

/// Levels that have no effect: nothing is wrong with the pages, so they can be published.
fn folders_without_files(rule: &Rule, site: &Site) -> Vec<Diagnostic> {
    let folders = &site.config.checks.folders;
    if folders.is_empty() {
        return Vec::new();
    }
    let known = files_and_folders(site);
    let missing = folders.iter().filter(|(folder, _)| !folder.is_empty() && !known.contains(folder.as_str()));
    let finding = |(folder, levels): (&String, &crate::config::FolderLevels)| {
        let message = format!("levels are set for {}, and there is no such file or folder", quoted(folder));
        let hint = match nearest(folder, known.iter().copied()) {
            Some(near) => format!("Did you mean `[checks.folder.\"{near}\"]`?"),
            None => {
                "Correct the path, which starts from the folder of site-config.toml, or delete these lines.".to_owned()
            }
        };
        let finding = rule.finding(Location::new(&SitePath::new(Sources::CONFIG), &levels.span), message);
        Diagnostic { severity: Severity::Warning, ..finding }.hint(hint)
    };
    missing.map(finding).collect()
}
