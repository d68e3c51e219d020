//! Command-line arguments.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use jiff::Span;
use jiff::civil::Date;

use crate::config::{Paper, Variant};
use crate::content::KindName;
use crate::parse::config::{BASE_URL_HINT, checked_base_url};
use crate::report::{Format, status};

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
    Check(CheckOnlyArguments),
    /// Show how every page stands: its review, its findings, its translations, and what is missing
    Status(StatusArguments),
    /// Show the site in a browser while you write, and keep it up to date
    Serve(ServeArguments),
    /// Explain a rule: what it finds, why, and how to mend it; without a name, list all rules; with `standards`, show what rules hold
    /// of the standards for patient information
    Explain {
        /// The rule's name, as printed in brackets after `error` or `warning`
        rule: Option<String>,
    },
    /// Record which text each version of a page has, so that `check` notices text that changes without a new version
    Lock(LockArguments),
    /// Print one page or pack as a PDF
    Print(PrintArguments),
    /// Start a new page: a draft with every key it needs, each explained
    New(NewArguments),
    /// Start a new project in an empty folder
    Init(InitArguments),
    /// Print what a page's front matter or site-config.toml may hold, as a JSON Schema for your editor
    Schema(SchemaArguments),
    /// Print psychoed's own words on pages and sheets, such as those of menus: to translate them, or to see what others made of them
    Words {
        /// The language's tag, such as `de` [default: English]
        language: Option<String>,
    },
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
    /// Make no PDFs, which is faster
    #[arg(long)]
    pub no_pdf: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckOnlyArguments {
    /// What `build` takes too.
    #[command(flatten)]
    pub check: CheckArguments,
    /// Mend what is certain, such as the address of a page that has moved, then check again
    #[arg(long)]
    pub fix: bool,
    /// Show what --fix would change, and change nothing
    #[arg(long, requires = "fix", conflicts_with = "format")]
    pub dry_run: bool,
    /// Ask the web whether the addresses that pages and works name still live; this takes a while
    #[arg(long, conflicts_with = "fix")]
    pub external: bool,
    /// Where to remember which addresses lived, for a week [default: .psychoed/web-links.json, in the project's folder]
    #[arg(long, value_name = "FILE", requires = "external")]
    pub cache: Option<PathBuf>,
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

/// Arguments of `status`.
#[derive(Debug, Args)]
#[command(
    after_help = "Pages are listed by kind, and within a kind by the day of their next review, the first one first; with \
    --due-within, by that day alone. Otherwise, what should be there and is missing is listed last: `[status] expect` in \
    site-config.toml says what that is.\n\n\
    The report fails only when there is nothing to report on (2): `psychoed check` is for judging a library."
)]
pub struct StatusArguments {
    /// The project's folder, which holds site-config.toml and content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Pretend that today is this day, such as 2026-11-22
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,
    /// Only pages to be reviewed within so many days, weeks or months, such as 60d, 8w or 2mo, and those that are overdue
    #[arg(long, value_name = "TIME", value_parser = within)]
    pub due_within: Option<Span>,
    /// How to write the report
    #[arg(long, value_enum, default_value_t)]
    pub format: status::Format,
    /// Only pages for the readers of this edition; may be given several times
    #[arg(long = "edition", value_name = "NAME")]
    pub editions: Vec<String>,
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

/// Arguments of `lock`.
#[derive(Debug, Args)]
pub struct LockArguments {
    /// The project's folder, which holds site-config.toml and content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// A kind of page, for its front matter, or site-config
    #[arg(value_name = "KIND", value_parser = schema_of(), ignore_case = true)]
    pub of: SchemaOf,
    /// The project's folder: its phases and focal areas are those that pages may name
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

/// What a schema is for.
#[derive(Clone, Copy, Debug)]
pub enum SchemaOf {
    /// `site-config.toml`.
    SiteConfig,
    /// The front matter of a kind of page.
    Kind(KindName),
}

/// Arguments of `print`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  psychoed print HO-GRIEF --variant large-print\n  psychoed print session-sg-1 --paper letter"
)]
pub struct PrintArguments {
    /// The page or pack: its id, its file, or its address
    pub page: String,
    /// The paper: a4 or letter [default: the first of the configuration]
    #[arg(long, value_parser = paper())]
    pub paper: Option<Paper>,
    /// The layout: standard or large-print [default: the first of the configuration]
    #[arg(long, value_parser = variant())]
    pub variant: Option<Variant>,
    /// As readers of this edition get it [default: the first edition that has it]
    #[arg(long, value_name = "NAME")]
    pub edition: Option<String>,
    /// A course module with what only instructors may read
    #[arg(long)]
    pub instructor: bool,
    /// The file to write [default: named after the page or pack, in this folder]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The project's folder, which holds site-config.toml and content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Where the site lives on the web, such as `https://clinic.example/`
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub base_url: Option<String>,
    /// Pretend that today is this day, such as 2026-11-22
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,
}

/// Arguments of `new`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  psychoed new handout \"Sleeping better\"\n  psychoed new handout \"Dormir mejor\" --lang es \
    --of content/handouts/sleeping-better.md\n\n\
    A translation stands beside its original and has its text, to be replaced. psychoed links the two and tells when the \
    original changes."
)]
pub struct NewArguments {
    /// What kind of page it is
    #[arg(value_parser = kind(), ignore_case = true)]
    pub kind: KindName,
    /// The page's title; the file is named after it. A translation may get its title later
    #[arg(required_unless_present = "of")]
    pub title: Vec<String>,
    /// The language the page is written in, such as es, when it is not the site's own
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub lang: Option<String>,
    /// The page to translate, such as content/handouts/grief.md
    #[arg(long, value_name = "FILE", requires = "lang", conflicts_with = "dir")]
    pub of: Option<PathBuf>,
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

/// A stretch of whole days, weeks, months or years.
fn within(text: &str) -> Result<Span, String> {
    const HINT: &str = "a time is written as 60d, 8w, 2mo or 1y";
    let span: Span = text.parse().map_err(|_| HINT.to_owned())?;
    let days = Span::new().days(span.get_days());
    let whole = days.weeks(span.get_weeks()).months(span.get_months()).years(span.get_years());
    if whole.fieldwise() != span.fieldwise() || span.is_negative() {
        return Err(HINT.to_owned());
    }
    Ok(span)
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
    PossibleValuesParser::new(kinds()).try_map(|word| named_kind(&word))
}

/// Reads the name of a kind or of the configuration.
fn schema_of() -> impl TypedValueParser<Value = SchemaOf> {
    const CONFIG: &str = "site-config";
    let config = PossibleValue::new(CONFIG).help("The settings of a site").alias("site-config.toml");
    PossibleValuesParser::new(std::iter::once(config).chain(kinds())).try_map(|word| {
        if word.to_lowercase().starts_with(CONFIG) {
            return Ok(SchemaOf::SiteConfig);
        }
        named_kind(&word).map(SchemaOf::Kind)
    })
}

fn kinds() -> [PossibleValue; KindName::ALL.len()] {
    KindName::ALL.map(|kind| {
        let otherwise: &[&str] = match kind {
            KindName::QuickReference => &["quick reference", "quick_reference"],
            KindName::SessionGuide => &["session guide", "session_guide"],
            _ => &[],
        };
        PossibleValue::new(kind.name()).help(what_it_is(kind)).aliases(otherwise.iter().copied())
    })
}

fn named_kind(word: &str) -> Result<KindName, String> {
    let name = word.to_lowercase().replace([' ', '_'], "-");
    KindName::from_name(&name).ok_or_else(|| format!("there is no kind “{word}”"))
}

fn paper() -> impl TypedValueParser<Value = Paper> {
    let words = Paper::ALL.map(|paper| PossibleValue::new(paper.name()));
    PossibleValuesParser::new(words)
        .try_map(|word| Paper::from_name(&word).ok_or_else(|| format!("there is no paper “{word}”")))
}

fn variant() -> impl TypedValueParser<Value = Variant> {
    let words = Variant::ALL.map(|variant| PossibleValue::new(variant.name()));
    PossibleValuesParser::new(words)
        .try_map(|word| Variant::from_name(&word).ok_or_else(|| format!("there is no layout “{word}”")))
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
