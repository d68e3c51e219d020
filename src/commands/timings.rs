//! How long each stage of a build took, for benchmarks.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::progress::{Progress, Stage};

/// Takes the time of a build's stages, if that is wanted.
pub struct Timings(Option<Laps>);

#[derive(Clone)]
struct Laps {
    started: Instant,
    begun: Arc<Mutex<Vec<(&'static str, Instant)>>>,
}

impl Timings {
    /// Starts with reading from disk.
    pub fn start(wanted: bool) -> Self {
        Self(wanted.then(|| Laps { started: Instant::now(), begun: Arc::default() }))
    }

    /// What tells of a build's stages.
    pub fn progress(&self) -> Progress {
        let Some(laps) = self.0.clone() else { return Progress::default() };
        Progress::told(move |stage| {
            laps.begun.lock().unwrap_or_else(PoisonError::into_inner).push((name(stage), Instant::now()));
        })
    }

    /// Prints a line for each stage to standard error: its name, a tab, and seconds.
    pub fn print(self) {
        let Some(laps) = self.0 else { return };
        let begun = laps.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = begun.iter().map(|(_, begun)| *begun).chain([Instant::now()]);
        let starts = [("load", laps.started)].into_iter().chain(begun.iter().copied());
        anstream::eprintln!("timings:");
        for ((name, start), end) in starts.zip(ends) {
            anstream::eprintln!("{name}\t{:.6}", end.duration_since(start).as_secs_f64());
        }
    }
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Reading => "parse",
        Stage::Linking => "links",
        Stage::Checking => "check",
        Stage::Rendering => "render",
        Stage::Publishing => "publish",
    }
}
