//! `psychoed check --external`: asks the web before the checks are run.

use std::sync::Arc;
use std::{fs, io};

use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

use super::own_folder;
use crate::cli::CheckOnlyArguments;
use crate::probe::{self, Cache, Manner};
use crate::site::Facts;
use crate::site::web::{self, WebLinks};
use crate::source::Sources;
use crate::{Memo, Options};

/// Where answers are remembered, unless somebody names another file.
const FILE: &str = "web-links.json";

/// Asks every address of the web that the site names. Nothing when the configuration cannot be relied on. The site that is
/// linked for that is left in `memo`.
pub fn ask(
    sources: &Arc<Sources>,
    options: &Options,
    today: Date,
    arguments: &CheckOnlyArguments,
    memo: &mut Memo,
) -> Result<Option<WebLinks>, String> {
    let mut known = remembered(arguments)?;
    let built = crate::build(sources, &Facts::on(today), options, memo);
    let Some(site) = built.site else { return Ok(None) };
    let settings = &site.config.external_links;
    let manner = Manner {
        trusted: settings.trusted.clone(),
        private_hosts: settings.private_hosts.clone(),
        ..Manner::default()
    };
    let bar = ProgressBar::no_length().with_style(style()).with_message("Asking the web");
    let links = probe::ask(&web::addresses(&site), &manner, &mut known, today, &|done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    remember(&known.to_bytes(today), arguments)?;
    Ok(Some(links))
}

/// What was found out before. A file that somebody names must not be one that would be missed.
fn remembered(arguments: &CheckOnlyArguments) -> Result<Cache, String> {
    let Some(file) = &arguments.cache else {
        let kept = fs::read(own_folder::place(&arguments.check.root, FILE)).ok();
        return Ok(kept.and_then(|bytes| Cache::from_bytes(&bytes)).unwrap_or_default());
    };
    match fs::read(file) {
        Ok(bytes) if bytes.is_empty() => Ok(Cache::default()),
        Ok(bytes) => Cache::from_bytes(&bytes).ok_or_else(|| {
            format!(
                "{} holds something other than what `--external` remembers, so it is left alone; name another file with --cache",
                file.display()
            )
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Cache::default()),
        Err(error) => Err(format!("cannot read {}: {error}", file.display())),
    }
}

fn remember(bytes: &[u8], arguments: &CheckOnlyArguments) -> Result<(), String> {
    let root = &arguments.check.root;
    let (file, written) = match &arguments.cache {
        Some(file) => (file.clone(), own_folder::write(file, bytes)),
        None => (own_folder::place(root, FILE), own_folder::put(root, FILE, bytes)),
    };
    written.map_err(|error| format!("cannot write {}: {error}", file.display()))
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}").unwrap_or_else(|_| ProgressStyle::default_bar())
}
