//! `psychoed check --external`: asks the web before the checks are run.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

use crate::cli::CheckOnlyArguments;
use crate::probe::{self, Cache, Manner};
use crate::site::Facts;
use crate::site::web::{self, WebLinks};
use crate::source::Sources;
use crate::{Memo, Options};

/// Where answers are remembered.
pub fn cache_of(arguments: &CheckOnlyArguments) -> PathBuf {
    arguments.cache.clone().unwrap_or_else(|| arguments.check.root.join(".psychoed/web-links.json"))
}

/// Asks every address of the web that the site names. Nothing when the configuration cannot be relied on.
pub fn ask(sources: &Arc<Sources>, options: &Options, today: Date, cache: &Path) -> Result<Option<WebLinks>, String> {
    let built = crate::build(sources, &Facts::on(today), options, &mut Memo::default());
    let Some(site) = built.site else { return Ok(None) };
    let settings = &site.config.external_links;
    let manner = Manner {
        trusted: settings.trusted.clone(),
        private_hosts: settings.private_hosts.clone(),
        ..Manner::default()
    };
    let mut known = Cache::read(cache);
    let bar = ProgressBar::no_length().with_style(style()).with_message("Asking the web");
    let links = probe::ask(&web::addresses(&site), &manner, &mut known, today, &|done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    known.write(cache, today).map_err(|error| format!("cannot write {}: {error}", cache.display()))?;
    Ok(Some(links))
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}").unwrap_or_else(|_| ProgressStyle::default_bar())
}
