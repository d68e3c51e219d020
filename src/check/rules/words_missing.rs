//! See the page beside this file.

use std::collections::BTreeMap;

use crate::check::Rule;
use crate::check::ties::Whole;
use crate::diagnostic::{Diagnostic, Location};
use crate::source::{SitePath, Sources};
use crate::theme;

pub(super) fn check(rule: &Rule, whole: &Whole<'_>, found: &mut Vec<Diagnostic>) {
    let site = whole.site;
    let config = SitePath::new(Sources::CONFIG);
    let usual = site.config.language.as_str();
    let mut first_in = BTreeMap::from([(usual, &config)]);
    for page in site.pages.iter().filter(|page| page.language.is_some() && page.is_to_appear()) {
        first_in.entry(site.language(page)).or_insert(&page.path);
    }
    for (language, path) in first_in {
        let missing = theme::missing_words(&site.config, &site.sources, language);
        let Some(first) = missing.first() else { continue };
        let message = match missing.len() {
            1 => format!("psychoed's own words in `{language}` lack `{first}`, which is printed in English"),
            count => format!(
                "{count} of psychoed's own words, such as `{first}`, are not known in `{language}` and are printed in English"
            ),
        };
        let file = format!("words/{language}.toml");
        let hint = match &site.config.theme.folder {
            Some(folder) => format!(
                "Write them in `{}/{file}`; `psychoed words` prints them all to translate.",
                folder.value.trim_end_matches('/'),
            ),
            None => format!(
                "Translate what `psychoed words` prints, save it as `theme/{file}`, and name the folder: `[theme]` and below it `folder = \"theme\"`."
            ),
        };
        found.push(rule.finding(Location::top(path), message).hint(hint));
    }
}
