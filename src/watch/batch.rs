//! Gathers events until what they tell of is over.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use notify::Event;
use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind, RenameMode};

use super::scope::{Scope, Survey};

/// How long to wait for more after a single file was closed or renamed: enough for a checkout's second file to show.
const AT_ONCE: Duration = Duration::from_millis(2);
/// How long to wait for more after anything else.
const QUIET: Duration = Duration::from_millis(15);
/// How long a series of changes is waited out.
const LONGEST: Duration = Duration::from_millis(500);
/// How long after a report the next change counts as one more of the same series.
const CALM: Duration = Duration::from_millis(50);
/// How many files are worth naming.
const MOST_FILES: usize = 200;

/// What happened since the last report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// Only these files may have changed, appeared or gone.
    Files(BTreeSet<PathBuf>),
    /// Anything may have.
    Everything,
}

/// Changes that have not been reported yet.
#[derive(Debug, Default)]
pub(super) struct Batch {
    files: BTreeSet<PathBuf>,
    /// Files of which more is to be expected.
    unsettled: BTreeSet<PathBuf>,
    /// Files that appeared in this batch.
    new: BTreeSet<PathBuf>,
    /// Those of them that went again: an editor's way to save. They are reported, since somebody may have seen them, and do not
    /// make a series of changes.
    passing: BTreeSet<PathBuf>,
    everything: bool,
    new_ground: bool,
    begun: Option<Instant>,
    latest: Option<Instant>,
    reported: Option<Instant>,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.everything
    }

    /// Whether folders came or went, so that they have to be watched anew.
    pub(super) fn is_new_ground(&self) -> bool {
        self.new_ground
    }

    /// How long to wait for more; `None` while there is nothing to wait for more of.
    pub(super) fn window(&self) -> Option<Duration> {
        let latest = self.latest?;
        let is_one_file = !self.everything && self.files.difference(&self.passing).count() == 1;
        let is_calm = self.reported.zip(self.begun).is_none_or(|(reported, begun)| begun > reported + CALM);
        let wait = if is_one_file && self.unsettled.is_empty() && is_calm { AT_ONCE } else { QUIET };
        Some((latest + wait).saturating_duration_since(Instant::now()))
    }

    /// Whether this batch was waited for long enough, whatever else may come.
    pub(super) fn is_overdue(&self) -> bool {
        self.begun.is_some_and(|begun| begun.elapsed() > LONGEST)
    }

    pub(super) fn take(&mut self) -> Changes {
        let batch = std::mem::replace(self, Batch { reported: Some(Instant::now()), ..Batch::default() });
        if batch.everything || batch.files.len() > MOST_FILES {
            Changes::Everything
        } else {
            Changes::Files(batch.files)
        }
    }

    pub(super) fn note_everything(&mut self) {
        self.everything = true;
        self.go_on();
    }

    pub(super) fn note_new_ground(&mut self) {
        self.new_ground = true;
        self.note_everything();
    }

    pub(super) fn note_file(&mut self, name: PathBuf) {
        self.files.insert(name);
        self.go_on();
    }

    pub(super) fn note(&mut self, event: notify::Result<Event>, scope: &Scope, survey: &Survey) {
        let event = match event {
            Ok(event) if !event.need_rescan() => event,
            // The system lost count, or a watch.
            _ => return self.note_new_ground(),
        };
        // Told again, after each half of it was told by itself.
        let is_repetition = event.kind == EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        let is_reading = matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
        if is_repetition || is_reading {
            return;
        }
        let is_about_names =
            matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
        for path in &event.paths {
            // Links may lead elsewhere now.
            if is_about_names && scope.is_footing(path) {
                self.note_new_ground();
                continue;
            }
            let names = scope.names(path);
            if names.is_empty() {
                continue;
            }
            let was_folder = survey.folders.contains(path);
            // Of a link, what it leads to is watched, too.
            let is_ground = match event.kind {
                EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => true,
                EventKind::Create(CreateKind::File) => path.is_symlink(),
                EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                    was_folder || path.is_dir() || path.is_symlink()
                }
                EventKind::Remove(_) => was_folder,
                // A folder's own date or permissions.
                _ if was_folder => continue,
                _ => false,
            };
            if is_ground {
                self.note_new_ground();
                continue;
            }
            for name in names {
                self.note_event(event.kind, name);
            }
        }
    }

    fn note_event(&mut self, kind: EventKind, name: PathBuf) {
        let is_known = self.files.contains(&name);
        match kind {
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => {
                self.unsettled.remove(&name);
                self.passing.remove(&name);
            }
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From))
                if self.new.contains(&name) =>
            {
                self.unsettled.remove(&name);
                self.passing.insert(name.clone());
            }
            // Editors set permissions after the text; that adds nothing to wait for.
            EventKind::Modify(ModifyKind::Metadata(_)) if is_known => {}
            _ => {
                if matches!(kind, EventKind::Create(_)) && !is_known {
                    self.new.insert(name.clone());
                }
                self.passing.remove(&name);
                self.unsettled.insert(name.clone());
            }
        }
        self.note_file(name);
    }

    fn go_on(&mut self) {
        let now = Instant::now();
        self.begun.get_or_insert(now);
        self.latest = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use notify::event::{DataChange, MetadataKind};

    use super::*;

    const CREATED: EventKind = EventKind::Create(CreateKind::File);
    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const MODE_SET: EventKind = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
    const FROM: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));
    const TO: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));
    const REMOVED: EventKind = EventKind::Remove(RemoveKind::File);

    /// Whether the batch would be reported at once, and what it holds.
    fn after(events: &[(EventKind, &str)]) -> (bool, Vec<String>) {
        let scope = Scope::new(&[Path::new("/no-such-project/content").to_owned()], &[]);
        let mut batch = Batch::default();
        for (kind, name) in events {
            let path = Path::new("/no-such-project/content").join(name);
            batch.note(Ok(Event::new(*kind).add_path(path)), &scope, &Survey::default());
        }
        let at_once = batch.window().is_some_and(|window| window <= AT_ONCE);
        let Changes::Files(files) = batch.take() else { panic!("everything") };
        (at_once, files.iter().map(|file| file.file_name().unwrap().to_str().unwrap().to_owned()).collect())
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_single_save_is_reported_at_once() {
        let one = (true, owned(&["a"]));
        assert_eq!(after(&[(WRITTEN, "a"), (WRITTEN, "a"), (CLOSED, "a")]), one, "in place");
        assert_eq!(after(&[(CREATED, "a"), (WRITTEN, "a"), (CLOSED, "a")]), one, "new");
        let vim = [
            (CREATED, "4913"),
            (REMOVED, "4913"),
            (FROM, "a"),
            (TO, "a~"),
            (CREATED, "a"),
            (WRITTEN, "a"),
            (CLOSED, "a"),
        ];
        assert_eq!(after(&[&vim[..], &[(MODE_SET, "a"), (REMOVED, "a~")]].concat()), one, "vim");
        let sed = [(CREATED, "sedXyz"), (WRITTEN, "sedXyz"), (CLOSED, "sedXyz"), (FROM, "sedXyz"), (TO, "a")];
        assert_eq!(after(&sed), (true, owned(&["a", "sedXyz"])), "sed -i");
    }

    #[test]
    fn what_is_not_over_is_waited_for() {
        assert_eq!(after(&[(WRITTEN, "a")]), (false, owned(&["a"])), "still open");
        assert_eq!(after(&[(CLOSED, "a"), (WRITTEN, "a")]), (false, owned(&["a"])), "written again");
        assert_eq!(after(&[(CLOSED, "a"), (CLOSED, "b")]), (false, owned(&["a", "b"])), "one of several");
        assert_eq!(after(&[(REMOVED, "a")]), (false, owned(&["a"])), "it may come back");
        assert_eq!(after(&[(FROM, "a")]), (false, owned(&["a"])), "it may come back");
        let back = [(REMOVED, "a"), (CREATED, "a"), (REMOVED, "a")];
        assert_eq!(after(&back), (false, owned(&["a"])), "it was there before");
    }

    #[test]
    fn nothing_that_was_left_out_begins_a_batch() {
        assert_eq!(after(&[(CLOSED, ".a.swp"), (CREATED, "a~"), (CLOSED, "../site.toml")]), (false, Vec::new()));
    }

    #[test]
    fn what_is_too_much_to_name_is_everything() {
        let mut batch = Batch::default();
        (0..=MOST_FILES).for_each(|number| batch.note_file(number.to_string().into()));
        assert_eq!(batch.take(), Changes::Everything);
        assert!(batch.is_empty());
        let mut batch = Batch::default();
        let rescan = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        batch.note(Ok(rescan), &Scope::new(&[], &[]), &Survey::default());
        assert!(batch.is_new_ground());
        assert_eq!(batch.take(), Changes::Everything);
        assert!(!batch.is_new_ground());
    }
}
