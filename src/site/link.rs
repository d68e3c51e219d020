//! Joins parsed documents into a site: decides addresses and where every link leads.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Facts, Site};
use crate::config::Config;
use crate::parse::Parsed;
use crate::source::Sources;

/// Joins what was parsed into a site. `editions` limits the editions to those named; empty means all.
pub fn link(config: Arc<Config>, sources: Arc<Sources>, parsed: Parsed, facts: &Facts, editions: &[String]) -> Site {
    let _ = (facts, editions);
    Site {
        config,
        sources,
        pages: Vec::new(),
        page_at: HashMap::new(),
        bibliography: parsed.bibliography,
        editions: Vec::new(),
        faults: parsed.faults,
    }
}
