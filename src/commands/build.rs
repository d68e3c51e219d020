//! `psychoed build` and `psychoed check`: the same run, with and without publishing.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use jiff::civil::Date;

use super::last_build::{self, Question};
use super::pdf_shelf::PdfShelf;
use super::timings::Timings;
use super::{BUSY, FAULT, FINDINGS, FINE, external, fault, print_out, progress, today};
use crate::cli::{BuildArguments, CheckArguments, CheckOnlyArguments};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::progress::{Progress, Stage};
use crate::render::print::Printing;
use crate::report::{self, Format, Summary};
use crate::site::Facts;
use crate::source::Sources;
use crate::{Built, Memo, Options, load, parse, write};

/// Builds and publishes.
pub fn build(arguments: &BuildArguments) -> u8 {
    run(&arguments.check, Some(arguments), None)
}

/// Checks only.
pub fn check(arguments: &CheckOnlyArguments) -> u8 {
    run(&arguments.check, None, arguments.external.then_some(arguments))
}

/// Runs checks, publishes if that is wanted, and asks the web if that is.
fn run(arguments: &CheckArguments, publish: Option<&BuildArguments>, external: Option<&CheckOnlyArguments>) -> u8 {
    let started = Instant::now();
    let today = today(arguments.today);
    let question = publish.and_then(|build| question(build, today));
    if let Some(question) = question.as_ref().filter(|_| publish.is_some_and(|build| !build.anew))
        && let Some((found, mut summary, sources)) = last_build::again(&arguments.root, question)
    {
        summary.counts_notes_only = true;
        summary.strict = arguments.strict;
        summary.took = Some(started.elapsed());
        summary.outcome = up_to_date(&home_of(&question.output));
        return print(arguments.format, &found, &sources, &summary);
    }
    let timings = Timings::start(publish.is_some_and(|build| build.timings));
    // Both at once: what changes meanwhile is too new to be relied on the next time.
    let places = load::places_of(&arguments.root);
    let (seen, loaded) =
        rayon::join(|| question.as_ref().map(|_| last_build::look(places)), || load::project(&arguments.root));
    let sources = match loaded {
        Ok(sources) => Arc::new(sources),
        Err(why) => return fault(why),
    };
    if let Some(unknown) = unknown_edition(&sources, &arguments.editions) {
        return fault(unknown);
    }
    let shelf = Arc::new(PdfShelf::of(&arguments.root));
    let options = Options {
        editions: arguments.editions.clone(),
        base_url: publish.and_then(|build| build.base_url.clone()),
        drafts: false,
        printing: Printing { wanted: !arguments.no_pdf, shelf: Some(shelf.clone()) },
        progress: timings.progress(),
    };
    let mut memo = Memo::default();
    let ask = |asked| external::ask(&sources, &options, today, asked, &mut memo);
    let web_links = match external.map(ask).transpose() {
        Ok(web_links) => web_links.flatten().map(Arc::new),
        Err(why) => return fault(why),
    };
    let facts = Facts { web_links, ..Facts::on(today) };
    let (built, outcome) = progress::while_running(&options.progress, || {
        let mut built = crate::build(&sources, &facts, &options, &mut memo);
        drop(memo);
        let outcome = match publish {
            Some(build) if exit_code(&built, arguments.strict) == FINE => {
                publish_to(&output_of(build), &arguments.root, &mut built, &facts, &options.progress)
            }
            _ => {
                built.print(&facts, &|_| {});
                Ok(None)
            }
        };
        (built, outcome)
    });
    timings.print();
    let code = exit_code(&built, arguments.strict);
    let mut summary = built.site.as_deref().map(Summary::of).unwrap_or_default();
    if let (Ok(Some(published)), Some(question), Some(seen)) = (&outcome, &question, &seen) {
        if cfg!(feature = "pdf") && arguments.editions.is_empty() && !arguments.no_pdf {
            shelf.tidy();
        }
        let outputs = published.files.clone();
        last_build::keep(&arguments.root, question, seen, outputs, &sources, &built.diagnostics, &summary);
    }
    summary.counts_notes_only = publish.is_some();
    summary.strict = arguments.strict;
    summary.took = Some(started.elapsed());
    summary.outcome = match (&outcome, publish) {
        (Err(write::Fault::PartWay(_)), _) => "Published only in part".to_owned(),
        (Err(_), _) => "Nothing was published".to_owned(),
        (Ok(Some(published)), _) => published.said.clone(),
        (Ok(None), Some(_)) => "Nothing was published: mend what is above first".to_owned(),
        (Ok(None), None) if code == FINE => "Nothing stands in the way of publishing".to_owned(),
        (Ok(None), None) => "Not fit to publish yet".to_owned(),
    };
    let printed = print(arguments.format, &built.diagnostics, &sources, &summary);
    // To free a large site piece by piece takes longer than to let the system have it all at once.
    std::mem::forget((built, sources));
    match outcome {
        Ok(_) => code.max(printed),
        Err(why @ write::Fault::Busy(_)) => {
            fault(why);
            BUSY
        }
        Err(why) => fault(why),
    }
}

/// What a build is asked; `None` when psychoed cannot tell what it is itself.
fn question(build: &BuildArguments, today: Date) -> Option<Question> {
    Some(Question {
        program: last_build::program()?,
        root: std::path::absolute(&build.check.root).ok()?,
        output: std::path::absolute(output_of(build)).ok()?,
        editions: build.check.editions.clone(),
        base_url: build.base_url.clone(),
        strict: build.check.strict,
        no_pdf: build.check.no_pdf,
        today: today.to_string(),
    })
}

/// The folder to publish to: the one named, or `public` in the project.
fn output_of(build: &BuildArguments) -> std::path::PathBuf {
    build.output.clone().unwrap_or_else(|| build.check.root.join("public"))
}

/// An output in its place.
struct Published {
    /// How to say so.
    said: String,
    /// What its files looked like, if that is known already.
    files: Option<String>,
}

/// Publishes; `None` when something was found while making the files.
fn publish_to(
    output: &Path,
    root: &Path,
    built: &mut Built,
    facts: &Facts,
    progress: &Progress,
) -> Result<Option<Published>, write::Fault> {
    let home = home_of(output);
    let publication = write::Publication::begin(root, output)?;
    built.print(facts, &|file| publication.put(&file));
    if built.is_broken() {
        return Ok(None);
    }
    progress.begin(Stage::Publishing);
    let mut files = None;
    let said = match publication.finish_while(|folder| files = last_build::published(folder))? {
        write::Mode::Unchanged => up_to_date(&home),
        write::Mode::Exchanged => format!("Published: open {home}"),
        write::Mode::ExchangedBut(kept) => format!(
            "Published: open {home}\nWhat somebody changed in the output in that very moment is kept in {}",
            kept.display()
        ),
        write::Mode::FileByFile => {
            format!("Published file by file, since this disk cannot exchange folders: open {home}")
        }
    };
    Ok(Some(Published { said, files }))
}

/// The page to open, from where the person is.
fn home_of(output: &Path) -> String {
    let home = output.join("index.html");
    let here = std::env::current_dir().unwrap_or_default();
    let home = home.strip_prefix(".").or_else(|_| home.strip_prefix(here)).unwrap_or(&home);
    home.display().to_string()
}

fn up_to_date(home: &str) -> String {
    format!("Everything was up to date: open {home}")
}

pub(super) fn exit_code(built: &Built, strict: bool) -> u8 {
    let worst = built.diagnostics.iter().map(|found| found.severity).max();
    match worst {
        Some(Severity::Error) if built.site.is_none() => FAULT,
        Some(Severity::Error) => FINDINGS,
        Some(Severity::Warning) if strict => FINDINGS,
        _ => FINE,
    }
}

/// Says that an edition that was asked for does not exist.
pub(super) fn unknown_edition(sources: &Sources, asked: &[String]) -> Option<String> {
    let (config, _) = parse::config::config(sources);
    let known: Vec<&str> = config.editions.iter().map(|edition| edition.name.as_str()).collect();
    let unknown = asked.iter().find(|name| !known.contains(&name.as_str()))?;
    let advice = match nearest(unknown, known.iter().copied()) {
        Some(near) => format!("did you mean “{near}”?"),
        None if config.editions_named => format!("the configuration has: {}", known.join(", ")),
        None => "the configuration names no editions, so leave out --edition".to_owned(),
    };
    Some(format!("there is no edition “{unknown}”; {advice}"))
}

/// Findings go to standard error for people, and to standard output for machines; returns [`FINE`] if they got there.
fn print(format: Format, diagnostics: &[Diagnostic], sources: &Sources, summary: &Summary) -> u8 {
    let text = report::write(format, diagnostics, sources, summary, std::io::stderr().is_terminal());
    match format {
        Format::Human => {
            anstream::eprint!("{text}");
            FINE
        }
        Format::Json | Format::Github | Format::Sarif | Format::Junit => print_out(text.as_bytes()),
    }
}
