//! How far a build has come, for whoever watches it from another thread.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The stages of a build that take time, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Text into documents.
    Reading,
    /// Addresses into places.
    Linking,
    /// Rules.
    Checking,
    /// Documents into pages.
    Rendering,
    /// Everything into its place.
    Publishing,
}

impl Stage {
    /// All of them.
    pub const ALL: [Stage; 5] = [Stage::Reading, Stage::Linking, Stage::Checking, Stage::Rendering, Stage::Publishing];

    /// As shown.
    pub fn title(self) -> &'static str {
        match self {
            Stage::Reading => "Reading pages",
            Stage::Linking => "Following links",
            Stage::Checking => "Checking against the rules",
            Stage::Rendering => "Laying out pages",
            Stage::Publishing => "Publishing",
        }
    }
}

/// A build's stage, shared between the build and those who watch it.
#[derive(Clone, Default)]
pub struct Progress {
    stage: Arc<AtomicUsize>,
    told: Option<Arc<dyn Fn(Stage) + Send + Sync>>,
}

impl Progress {
    /// Progress of which somebody is told at every step, on the thread of the build.
    pub fn told(told: impl Fn(Stage) + Send + Sync + 'static) -> Self {
        Self { stage: Arc::default(), told: Some(Arc::new(told)) }
    }

    /// Says that a stage begins.
    pub fn begin(&self, stage: Stage) {
        self.stage.store(stage as usize, Ordering::Relaxed);
        if let Some(told) = &self.told {
            told(stage);
        }
    }

    /// The stage a build is in.
    pub fn stage(&self) -> Stage {
        Stage::ALL[self.stage.load(Ordering::Relaxed)]
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Progress").field(&self.stage()).finish()
    }
}
