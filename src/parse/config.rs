//! `site-config.toml` into [`crate::config::Config`].

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// Reads the configuration. Without a file, or without a section, sensible defaults hold. Faults at error level mean
/// that the configuration cannot be relied on and nothing should be built with it.
pub fn config(sources: &Sources) -> (Config, Vec<Diagnostic>) {
    let _ = sources;
    todo!("being written")
}
