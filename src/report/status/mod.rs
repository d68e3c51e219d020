//! How a library stands, for people and machines.

mod csv;
mod human;
mod json;

use jiff::civil::Date;

use crate::config::Config;
use crate::site::Status;
use crate::site::translation::Standing;
use crate::status::{Entry, Gap, Library};

/// How the report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table of 80 columns, for people at a terminal.
    #[default]
    Human,
    /// One JSON object.
    Json,
    /// Comma-separated values, for a spreadsheet.
    Csv,
}

/// What is reported, and for when.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// How the library stands. Only pages that are due, when that was asked for.
    pub library: &'a Library,
    /// The configuration that names its phases and focal areas.
    pub config: &'a Config,
    /// The day the report is for.
    pub today: Date,
    /// The last day up to which pages are due, when only those are wanted, and how many others have no such day.
    pub due_by: Option<(Date, usize)>,
}

impl<'a> Report<'a> {
    /// What is missing; `None` when only pages that are due are wanted.
    fn gaps(&self) -> Option<&'a [Gap]> {
        self.due_by.is_none().then_some(self.library.gaps.as_slice())
    }
}

/// Writes a report.
pub fn write(format: Format, report: &Report<'_>) -> String {
    match format {
        Format::Human => human::write(report),
        Format::Json => json::write(report),
        Format::Csv => csv::write(report),
    }
}

/// Whether readers see a page, in a word.
fn status(entry: &Entry) -> &'static str {
    match entry.read.as_ref().map(|read| read.status) {
        None => "unreadable",
        Some(Status::Published) => "published",
        Some(Status::Draft) => "draft",
        Some(Status::NotYet(_)) => "not-yet",
        Some(Status::Expired(_)) => "withdrawn",
    }
}

/// Whether a translation says what its original says, in a word.
fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Current => "current",
        Standing::Stale => "stale",
        Standing::Unrecorded => "unrecorded",
    }
}

/// A grade as it is told: more digits would promise too much, and no text is easier than that of the first days at school.
fn grade(entry: &Entry) -> Option<f64> {
    let grade = f64::from(entry.read.as_ref()?.grade?.max(0.0));
    Some((grade * 10.0).round() / 10.0)
}
