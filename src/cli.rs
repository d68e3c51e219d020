//! Command-line arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

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
    /// Explain a rule: what it finds, why, and how to mend it; without a name, list all rules
    Explain {
        /// The rule's name, as printed in brackets after `error` or `warning`
        rule: Option<String>,
    },
    /// Start a new project in an empty folder
    Init {
        /// The folder; it is created if need be, and nothing in it is ever overwritten
        dir: PathBuf,
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
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written as 2026-11-22".to_owned())
}

fn web_address(text: &str) -> Result<String, String> {
    checked_base_url(text).map_err(|why| format!("{why}. {BASE_URL_HINT}"))
}
