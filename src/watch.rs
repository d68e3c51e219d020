//! Waits until files below some folders change, and says which.
//!
//! Knows nothing of sites. Says too much rather than too little: a name that is reported may be unchanged, and when it is not
//! certain what changed, everything may have.
//!
//! What editors do: write in place, in pieces; write a new file and rename it over the old one, perhaps after renaming that one away;
//! leave files of their own. What else happens: a checkout of a thousand files, a folder renamed, deleted and restored, a
//! system that loses count. So folders are watched, never files; a change waits until it is over, which is at once for a file that was
//! closed or renamed; and when a folder comes or goes, all watches are made anew *before* everything is reported.

mod batch;
mod links;
mod polling;
mod scope;

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::EventKindMask;
use notify::{Config, Error, ErrorKind, Event, PathOp, RecommendedWatcher, Watcher};

use self::batch::Batch;
pub use self::batch::Changes;
use self::links::Identity;
use self::polling::Snapshot;
use self::scope::{Scope, Survey};

/// How often it is checked that the folders are still the ones watched: of a folder above them that is renamed, no event tells.
const CHECK: Duration = Duration::from_millis(500);
/// Whether folders below a watched one need a watch of their own, as they do on Linux. That also spares those left out.
const EVERY_FOLDER: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// How to watch.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folders of which nothing is reported.
    pub ignored: Vec<PathBuf>,
    /// Compares all files now and then instead of waiting for events.
    pub polling: bool,
    /// How long to wait between two comparisons, at least.
    pub interval: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options { ignored: Vec::new(), polling: false, interval: Duration::from_secs(1) }
    }
}

/// How changes are noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The system tells of them.
    Events,
    /// All files are compared now and then.
    Polling {
        /// Why the system does not, in words for the terminal; no full stop.
        why: String,
    },
}

/// A watch over files and folders.
///
/// Read the files after it was started: what changes from then on is reported.
#[derive(Debug)]
pub struct Watch {
    scope: Scope,
    options: Options,
    mode: Mode,
    source: Source,
    batch: Batch,
}

#[derive(Debug)]
enum Source {
    Events {
        events: Receiver<notify::Result<Event>>,
        survey: Survey,
        identities: Vec<Identity>,
        _watcher: RecommendedWatcher,
    },
    Polling {
        snapshot: Snapshot,
    },
}

impl Watch {
    /// Begins to watch folders, with all below them, and single files. What does not exist yet is watched for.
    ///
    /// Hidden files, backups and what editors leave for themselves are not reported, unless they were named here.
    pub fn start(paths: &[PathBuf], options: Options) -> Watch {
        let mut scope = Scope::new(paths, &options.ignored);
        let (mode, source) = arm(&mut scope, &options);
        Watch { scope, options, mode, source, batch: Batch::default() }
    }

    /// How changes are noticed from now on. It may turn to polling when new folders are more than the system can watch.
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// Watches more. Everything is reported once, unless all of it was watched already: what the old watches had still to tell
    /// cannot be known.
    pub fn also(&mut self, paths: &[PathBuf]) {
        if self.scope.add(paths) {
            self.batch.note_new_ground();
        }
    }

    /// Waits for changes; `None` if there were none for that long. Without a limit it waits until there are.
    pub fn next(&mut self, wait: Option<Duration>) -> Option<Changes> {
        let deadline = wait.map(|wait| Instant::now() + wait);
        loop {
            let patience = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if self.listen(patience.map_or(CHECK, |patience| patience.min(CHECK))) {
                return Some(self.report());
            }
            if patience.is_some_and(|patience| patience.is_zero()) {
                return None;
            }
        }
    }

    /// Waits a while for something to begin, and then for it to be over. `false` if nothing began.
    fn listen(&mut self, patience: Duration) -> bool {
        match &mut self.source {
            Source::Polling { snapshot } => {
                if self.batch.is_empty() && snapshot.wait(patience, self.options.interval) {
                    snapshot.compare(&mut self.scope, &mut self.batch);
                }
            }
            Source::Events { events, survey, identities, .. } => loop {
                if self.batch.is_overdue() {
                    break;
                }
                match events.recv_timeout(self.batch.window().unwrap_or(patience)) {
                    Ok(event) => self.batch.note(event, &self.scope, survey),
                    Err(RecvTimeoutError::Timeout) => {
                        if self.scope.identities() != *identities || self.scope.has_lost_footing() {
                            self.batch.note_new_ground();
                        }
                        break;
                    }
                    Err(RecvTimeoutError::Disconnected) => {
                        self.batch.note_new_ground();
                        break;
                    }
                }
            },
        }
        !self.batch.is_empty()
    }

    fn report(&mut self) -> Changes {
        if self.batch.is_new_ground() {
            (self.mode, self.source) = arm(&mut self.scope, &self.options);
        }
        self.batch.take()
    }
}

/// Watches what there is now, by events if that is possible.
fn arm(scope: &mut Scope, options: &Options) -> (Mode, Source) {
    scope.resolve();
    let events =
        if options.polling { Err("asked to".to_owned()) } else { scope.events_come().and_then(|()| subscribe(scope)) };
    match events {
        Ok(source) => (Mode::Events, source),
        Err(why) => (Mode::Polling { why }, Source::Polling { snapshot: Snapshot::take(scope) }),
    }
}

fn subscribe(scope: &mut Scope) -> Result<Source, String> {
    let identities = scope.identities();
    let (sender, events) = mpsc::channel();
    // Not of files being opened or read: whoever reads ten thousand files on hearing of a change would be told ten thousand times.
    let config = Config::default()
        .with_follow_symlinks(false)
        .with_event_kinds(EventKindMask::CORE | EventKindMask::ACCESS_CLOSE);
    let mut watcher = RecommendedWatcher::new(
        move |event| {
            // Nobody listens any more once the watch was made anew.
            sender.send(event).ok();
        },
        config,
    )
    .map_err(reason)?;
    let mut survey = Survey::default();
    // Folders that appear while others are being looked through are in neither the survey nor an event.
    loop {
        let found = scope.survey(EVERY_FOLDER);
        let new = found.watched.difference(&survey.watched);
        let mut paths: Vec<PathOp> = new
            .map(|folder| match EVERY_FOLDER || !found.trees.contains(folder) {
                true => PathOp::watch_non_recursive(folder),
                false => PathOp::watch_recursive(folder),
            })
            .collect();
        if paths.is_empty() {
            break;
        }
        while let Err(error) = watcher.update_paths(paths) {
            if !is_gone(&error.source) {
                return Err(reason(error.source));
            }
            paths = error.remaining;
        }
        survey = found;
    }
    Ok(Source::Events { events, survey, identities, _watcher: watcher })
}

/// Folders may go while they are looked through, and some may not be read; neither can be watched, and neither is a reason to
/// stop.
fn is_gone(error: &Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => {
            matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::PermissionDenied)
        }
        _ => false,
    }
}

/// Why there are no events, in words for the terminal.
fn reason(error: Error) -> String {
    /// Too many open files, and too many watchers.
    const EMFILE: i32 = 24;
    match error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system lets programs watch no more folders; raise fs.inotify.max_user_watches to change that"
                .to_owned()
        }
        ErrorKind::Io(error) if cfg!(target_os = "linux") && error.raw_os_error() == Some(EMFILE) => {
            "the system lets no more programs watch folders; raise fs.inotify.max_user_instances to change that"
                .to_owned()
        }
        _ => format!("the system does not watch these folders ({error})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_in_plain_words() {
        assert_eq!(
            reason(Error::new(ErrorKind::MaxFilesWatch)),
            "the system lets programs watch no more folders; raise fs.inotify.max_user_watches to change that"
        );
        let broken = Error::new(ErrorKind::Generic("no kernel".to_owned()));
        assert_eq!(reason(broken), "the system does not watch these folders (no kernel)");
    }
}
