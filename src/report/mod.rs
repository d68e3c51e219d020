//! Findings for people and machines: one list of diagnostics, several ways to write it.

mod github;
mod human;
mod json;
mod junit;
pub mod place;
mod sarif;
pub mod status;
mod summary;
mod visible;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

pub use summary::Summary;
pub(crate) use visible::{turns_text, visible};

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people at a terminal.
    #[default]
    Human,
    /// One JSON object.
    Json,
    /// Annotations on a pull request of GitHub.
    Github,
    /// SARIF 2.1.0, as code scanning services read it.
    Sarif,
    /// JUnit XML, as GitLab and others show it among tests.
    Junit,
}

/// Writes findings and summary. `styled` allows colour, which only the human format uses.
pub fn write(format: Format, diagnostics: &[Diagnostic], sources: &Sources, summary: &Summary, styled: bool) -> String {
    match format {
        Format::Human => human::write(diagnostics, sources, summary, styled),
        Format::Json => json::write(diagnostics, sources, summary),
        Format::Github => github::write(diagnostics, sources, summary),
        Format::Sarif => sarif::write(diagnostics, sources),
        Format::Junit => junit::write(diagnostics, sources, summary),
    }
}
