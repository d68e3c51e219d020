//! Command-line arguments.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::content::KindName;
use crate::parse::config::{BASE_URL_HINT, checked_base_url};
use crate::report::Format;

/// Turns Markdown into patient handouts, clinician guides, evidence summaries and courses.
#[derive(Debug, Parser)]
#[command(name = "psychoed", version, args_conflicts_with_subcommands = true, max_term_width = 100)]
pub struct Arguments {
    /// What to do; building is what happens without one.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Arguments of a build that is not named.
    #[command(flatten)]
    pub build: BuildArguments,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the website (this is what `psychoed` alone does)
    Build(BuildArguments),
    /// Check everything and write nothing
    Check(CheckArguments),
    /// Show the site in a browser while you write, and keep it up to date
    Serve(ServeArguments),
    /// Explain a rule: what it finds, why, and how to mend it; without a name, list all rules; with `standards`, show what rules hold
    /// of the standards for patient information
    Explain {
        /// The rule's name, as printed in brackets after `error` or `warning`
        rule: Option<String>,
    },
    /// Start a new page: a draft with every key it needs, each explained
    New(NewArguments),
    /// Start a new project in an empty folder
    Init(InitArguments),
    /// Print what lets a shell complete psychoed's commands with the Tab key
    Completions {
        /// The shell you type commands in
        shell: Shell,
    },
    /// Print the manual page, in the format that `man` reads
    Man {
        /// The command whose own page to print, such as `new` [default: the page of psychoed as a whole]
        command: Option<String>,
    },
}

/// What `build` and `check` have in common.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The project's folder, which holds site-config.toml and content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Pretend that today is this day, such as 2026-11-22
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,
    /// Fail on warnings too
    #[arg(long)]
    pub strict: bool,
    /// How to write findings
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Only this edition; may be given several times
    #[arg(long = "edition", value_name = "NAME")]
    pub editions: Vec<String>,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub struct BuildArguments {
    /// What `check` takes too.
    #[command(flatten)]
    pub check: CheckArguments,
    /// The folder to publish to [default: public, in the project's folder]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Where the site will live on the web, such as `https://clinic.example/`
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub base_url: Option<String>,
    /// Build everything even if nothing has changed since the last build
    #[arg(long)]
    pub anew: bool,
    /// Say how long each stage took
    #[arg(long, hide = true)]
    pub timings: bool,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// The project's folder, which holds site-config.toml and content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// The port to listen at [default: 4400, or else the next free one]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Open the site in your browser
    #[arg(long)]
    pub open: bool,
    /// Only this edition; may be given several times
    #[arg(long = "edition", value_name = "NAME")]
    pub editions: Vec<String>,
    /// Listen at this address instead of this computer alone: others in your network can then see drafts
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<IpAddr>,
    /// Compare all files once a second instead of waiting for the system to tell of changes
    #[arg(long)]
    pub poll: bool,
    /// Pretend that today is this day, such as 2026-11-22
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,
}

/// Arguments of `new`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  psychoed new handout \"Sleeping better\"")]
pub struct NewArguments {
    /// What kind of page it is
    #[arg(value_parser = kind(), ignore_case = true)]
    pub kind: KindName,
    /// The page's title, in quotation marks; the file is named after it
    pub title: String,
    /// The language the page is written in, such as es, when it is not the site's own
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub lang: Option<String>,
    /// The folder of the new file, such as content/handouts [default: where pages of the kind are]
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// The project's folder, which holds site-config.toml and content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Pretend that today is this day, such as 2026-11-22
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(
    after_help = "On a terminal, psychoed asks for what is not given. No answer is needed: all of it can be filled in later."
)]
pub struct InitArguments {
    /// The folder; it is created if need be, and nothing in it is ever overwritten
    pub dir: PathBuf,
    /// The name of the clinic or training programme
    #[arg(long)]
    pub name: Option<String>,
    /// The country whose crisis lines patients will need, such as Ireland or IE
    #[arg(long)]
    pub country: Option<String>,
    /// The therapy that the pages are about, by name
    #[arg(long)]
    pub therapy: Option<String>,
    /// The language of the pages, such as en-IE [default: the main one of the country]
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: Option<String>,
    /// Ask nothing
    #[arg(long, short)]
    pub yes: bool,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written as 2026-11-22".to_owned())
}

fn web_address(text: &str) -> Result<String, String> {
    checked_base_url(text).map_err(|why| format!("{why}. {BASE_URL_HINT}"))
}

/// A language tag with its capitals where they belong.
fn language(text: &str) -> Result<String, String> {
    let tag = icu_locale::LanguageIdentifier::try_from_str(text).ok().filter(|tag| !tag.language.is_unknown());
    tag.map(|tag| tag.to_string()).ok_or_else(|| "a language is written as en, en-GB, es or pt-BR".to_owned())
}

/// Reads the name of a kind, however its capitals and gaps are written.
fn kind() -> impl TypedValueParser<Value = KindName> {
    let words = KindName::ALL.map(|kind| {
        let otherwise: &[&str] = match kind {
            KindName::QuickReference => &["quick reference", "quick_reference"],
            KindName::SessionGuide => &["session guide", "session_guide"],
            _ => &[],
        };
        PossibleValue::new(kind.name()).help(what_it_is(kind)).aliases(otherwise.iter().copied())
    });
    PossibleValuesParser::new(words).try_map(|word| {
        let name = word.to_lowercase().replace([' ', '_'], "-");
        KindName::from_name(&name).ok_or_else(|| format!("there is no kind “{word}”"))
    })
}

fn what_it_is(kind: KindName) -> &'static str {
    match kind {
        KindName::Handout => "Something a patient takes home",
        KindName::Worksheet => "Something a patient fills in",
        KindName::QuickReference => "One page a clinician looks things up in",
        KindName::SessionGuide => "A session, step by step",
        KindName::Suitability => "For whom a treatment is right",
        KindName::Evidence => "What is known, and how surely",
        KindName::Module => "A unit of a course",
        KindName::Term => "A glossary entry",
        KindName::Page => "Anything else",
    }
}
