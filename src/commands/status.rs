//! `psychoed status`: how every page stands, and what is missing.

use std::sync::Arc;

use super::{build, fault, print_out, today};
use crate::cli::StatusArguments;
use crate::diagnostic::Tallies;
use crate::report::status::{self, Report};
use crate::site::{Edition, Facts};
use crate::source::Sources;
use crate::status::Library;
use crate::{Memo, Options, load};

/// Prints the report.
pub fn status(arguments: &StatusArguments) -> u8 {
    match try_status(arguments) {
        Ok(told) => print_out(told.as_bytes()),
        Err(why) => fault(why),
    }
}

fn try_status(arguments: &StatusArguments) -> Result<String, String> {
    let sources = Arc::new(load::project(&arguments.root).map_err(|why| why.to_string())?);
    if let Some(unknown) = build::unknown_edition(&sources, &arguments.editions) {
        return Err(unknown);
    }
    let facts = Facts::on(today(arguments.today));
    let last_day = match arguments.due_within {
        Some(within) => {
            let day = facts.today.checked_add(within);
            Some(day.map_err(|_| "--due-within leads past the end of the calendar".to_owned())?)
        }
        None => None,
    };
    // Findings are those of the whole library, whichever pages are reported.
    let built = crate::build(&sources, &facts, &Options::default(), &mut Memo::default());
    let site =
        built.site.ok_or_else(|| format!("{} has to be mended first; `psychoed check` says how", Sources::CONFIG))?;
    let editions = site.editions.iter().filter(|edition| arguments.editions.contains(&edition.name));
    let editions: Vec<&Edition> = editions.map(|edition| &**edition).collect();
    let mut library = Library::of(&site, &Tallies::of(&built.diagnostics), &editions);
    let due_by = last_day.map(|day| {
        let without_day = library.without_day();
        library.due_by(day);
        (day, without_day)
    });
    let report = Report { library: &library, config: &site.config, today: facts.today, due_by };
    Ok(status::write(arguments.format, &report))
}
