//! A sign of life on a terminal when work takes longer than a moment.

use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::progress::{Progress, Stage};

/// How long work may take before anything is shown.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the bar is drawn.
const PACE: Duration = Duration::from_millis(100);

/// Does the work; on a terminal, shows a progress bar from half a second on until it is done.
pub fn while_running<T>(progress: &Progress, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    std::thread::scope(|scope| {
        let (done, waiting) = channel::<()>();
        scope.spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let bar = bar();
                while waiting.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
                    bar.set_position(progress.stage() as u64);
                    bar.set_message(progress.stage().title());
                    bar.tick();
                }
                bar.finish_and_clear();
            }
        });
        let made = work();
        drop(done);
        made
    })
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(Stage::ALL.len() as u64);
    match ProgressStyle::with_template("{spinner} [{bar:24}] {msg} ({elapsed})") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
