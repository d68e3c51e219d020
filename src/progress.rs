//! How far a build has come, for whoever watches it from another thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The stages of a build that take time, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Text into documents.
    Reading,
    /// Links and rules.
    Checking,
    /// Documents into pages.
    Rendering,
}

impl Stage {
    /// All of them.
    pub const ALL: [Stage; 3] = [Stage::Reading, Stage::Checking, Stage::Rendering];

    /// As shown.
    pub fn title(self) -> &'static str {
        match self {
            Stage::Reading => "Reading pages",
            Stage::Checking => "Checking links and rules",
            Stage::Rendering => "Laying out pages",
        }
    }
}

/// A build's stage, shared between the build and those who watch it.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicUsize>);

impl Progress {
    /// Says that a stage begins.
    pub fn begin(&self, stage: Stage) {
        self.0.store(stage as usize, Ordering::Relaxed);
    }

    /// The stage a build is in.
    pub fn stage(&self) -> Stage {
        Stage::ALL[self.0.load(Ordering::Relaxed)]
    }
}
