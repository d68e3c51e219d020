//! What belongs into the head of every page that is served.

use serde::Serialize;

use super::{address, templates};

/// What pages know of the run that made them.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The run's token, which links that open the editor carry.
    pub token: &'a str,
    /// The address of the Worker that tells a page of changes.
    pub worker: &'a str,
}

/// Writes what belongs into the head of every page that is served: the bar's looks and its script.
pub fn head(run: Run) -> String {
    #[derive(Serialize)]
    struct View<'a> {
        style: &'static str,
        script: &'static str,
        worker: &'a str,
    }
    let view = View { style: address::BAR_STYLE, script: address::BAR_SCRIPT, worker: run.worker };
    templates::render("head.html", &view)
}
