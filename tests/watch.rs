//! Does the watch notice what editors and version control do? Each test keeps a copy of the files as somebody would who trusts the
//! watch, rereading only what it reports, and compares the copy with the disk when all has become quiet.
#![allow(clippy::disallowed_methods, reason = "tests change files and wait")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use psychoed::watch::{Changes, Mode, Options, Watch};

/// Long enough for a busy machine; a test that waits for it has failed.
const AT_LAST: Duration = Duration::from_secs(30);
/// How long nothing may be said before it counts as quiet: many times what the watch waits for a change to be over.
const QUIET: Duration = Duration::from_millis(200);

struct Project {
    folder: tempfile::TempDir,
    roots: Vec<PathBuf>,
    watch: Watch,
    copy: BTreeMap<PathBuf, String>,
}

impl Project {
    /// A project whose content, one theme and configuration are watched.
    fn new(options: Options) -> Project {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        for name in ["content/a.md", "content/b.md", "content/handouts/grief.md", "theme/style.css", "site.toml"] {
            write(&path.join(name), "one");
        }
        let roots = ["content", "theme", "site.toml"].map(|name| path.join(name)).to_vec();
        let ignored = vec![path.join("content/public")];
        let watch = Watch::start(&roots, Options { ignored, ..options });
        let mut project = Project { roots, watch, copy: BTreeMap::new(), folder };
        project.reread_everything();
        project
    }

    fn events() -> Project {
        let project = Project::new(Options::default());
        assert_eq!(*project.watch.mode(), Mode::Events);
        project
    }

    fn polling() -> Project {
        let interval = Duration::from_millis(40);
        let project = Project::new(Options { polling: true, interval, ..Options::default() });
        assert_eq!(*project.watch.mode(), Mode::Polling { why: "asked to".to_owned() });
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn reread_everything(&mut self) {
        self.copy = on_disk(&self.roots);
    }

    /// Believes what is reported.
    fn follow(&mut self, changes: &Changes) {
        match changes {
            Changes::Everything => self.reread_everything(),
            Changes::Files(files) => {
                for file in files {
                    match fs::read_to_string(file) {
                        Ok(text) => self.copy.insert(file.clone(), text),
                        Err(_) => self.copy.remove(file),
                    };
                }
            }
        }
    }

    /// Everything reported until the copy is what is on disk, and it is quiet.
    fn settle(&mut self) -> Vec<Changes> {
        let begun = Instant::now();
        let mut reports = Vec::new();
        loop {
            match self.watch.next(Some(QUIET)) {
                Some(changes) => {
                    self.follow(&changes);
                    reports.push(changes);
                }
                None if self.copy == on_disk(&self.roots) => return reports,
                None => {}
            }
            assert!(
                begun.elapsed() < AT_LAST,
                "missed: {:?}\nis not {:?}\n{reports:?}",
                self.copy,
                on_disk(&self.roots)
            );
        }
    }

    /// What was reported, which must be these files and no others.
    fn settles_with(&mut self, names: &[&str]) {
        let expected: BTreeSet<PathBuf> = names.iter().map(|name| self.path(name)).collect();
        let mut reported = BTreeSet::new();
        for changes in self.settle() {
            match changes {
                Changes::Files(files) => reported.extend(files),
                Changes::Everything => panic!("everything, for {names:?}"),
            }
        }
        assert_eq!(reported, expected);
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What a build would read.
fn on_disk(roots: &[PathBuf]) -> BTreeMap<PathBuf, String> {
    let is_read = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !(name.starts_with('.') || name.ends_with('~') || name == "public")
    };
    let entries = roots.iter().flat_map(|root| walkdir::WalkDir::new(root).into_iter().filter_entry(is_read).flatten());
    let files = entries.filter(|entry| !entry.file_type().is_dir());
    files.filter_map(|entry| Some((entry.path().to_owned(), fs::read_to_string(entry.path()).ok()?))).collect()
}

#[test]
fn a_file_written_in_place() {
    let mut project = Project::events();
    fs::write(project.path("content/a.md"), "two").unwrap();
    project.settles_with(&["content/a.md"]);
    fs::write(project.path("content/handouts/grief.md"), "two").unwrap();
    fs::write(project.path("site.toml"), "two").unwrap();
    project.settles_with(&["content/handouts/grief.md", "site.toml"]);
    fs::write(project.path("content/new.md"), "one").unwrap();
    project.settles_with(&["content/new.md"]);
    fs::remove_file(project.path("content/new.md")).unwrap();
    project.settles_with(&["content/new.md"]);
}

#[test]
fn files_saved_by_renaming() {
    let mut project = Project::events();
    for name in ["content/a.md", "content/handouts/grief.md", "theme/style.css", "site.toml"] {
        let path = project.path(name);
        let beside = |new: &str| path.with_file_name(new);
        // A new file over the old one, as most do.
        fs::write(beside(".new"), "two").unwrap();
        fs::rename(beside(".new"), &path).unwrap();
        project.settles_with(&[name]);
        // The old one away first, as vim does.
        let backup = PathBuf::from(format!("{}~", path.display()));
        fs::write(beside("4913"), "").unwrap();
        fs::remove_file(beside("4913")).unwrap();
        fs::rename(&path, &backup).unwrap();
        fs::write(&path, "three").unwrap();
        fs::remove_file(&backup).unwrap();
        project.settles_with(&[name]);
        // From a folder that is not watched, as iA Writer does; twice, since the second time the file is another one.
        for text in ["four", "five"] {
            let elsewhere = project.path("elsewhere");
            fs::write(&elsewhere, text).unwrap();
            fs::rename(&elsewhere, &path).unwrap();
            project.settles_with(&[name]);
        }
    }
    // With a name nobody could know, as `sed -i` does.
    fs::write(project.path("content/sedXyz"), "six").unwrap();
    fs::rename(project.path("content/sedXyz"), project.path("content/a.md")).unwrap();
    project.settles_with(&["content/a.md", "content/sedXyz"]);
}

#[test]
fn what_nobody_publishes_is_not_reported() {
    for mut project in [Project::events(), Project::polling()] {
        let left_out = [
            "content/.a.md.swp",
            "content/a.md~",
            "content/4913",
            "content/#a.md#",
            "content/.#a.md",
            "content/.git/index",
        ];
        let outside =
            ["public/a.html", ".psychoed/cache", "content/public/a.html", "other.toml", "site.toml~", "themes/a.css"];
        for name in left_out.iter().chain(&outside) {
            write(&project.path(name), "one");
        }
        for name in &left_out {
            fs::remove_file(project.path(name)).unwrap();
        }
        fs::remove_dir_all(project.path("content/public")).unwrap();
        // What is only read has not changed.
        project.reread_everything();
        assert_eq!(project.watch.next(Some(QUIET * 6)), None);
    }
}

#[test]
fn a_thousand_files_at_once() {
    for mut project in [Project::events(), Project::polling()] {
        let names: Vec<PathBuf> =
            (0..1000).map(|number| project.path(&format!("content/handouts/{number}.md"))).collect();
        for text in ["one", "three"] {
            names.iter().for_each(|name| fs::write(name, text).unwrap());
            let reports = project.settle();
            assert!(reports.contains(&Changes::Everything), "a thousand names");
            assert!(reports.len() <= 3, "{} reports", reports.len());
        }
        // A mass rename, each to the name of another.
        for (number, name) in names.iter().enumerate() {
            fs::rename(name, project.path(&format!("content/handouts/{}.txt", (number * 7) % 1000))).unwrap();
        }
        project.settle();
    }
}

#[test]
fn folders_that_are_renamed_made_and_removed() {
    for mut project in [Project::events(), Project::polling()] {
        let (old, new) = (project.path("content/handouts"), project.path("content/leaflets"));
        fs::rename(&old, &new).unwrap();
        assert!(project.settle().contains(&Changes::Everything));
        // It is watched under its new name, and the old name is free for another.
        fs::write(new.join("grief.md"), "two").unwrap();
        project.settles_with(&["content/leaflets/grief.md"]);
        write(&old.join("deep/er/a.md"), "one");
        project.settle();
        fs::write(old.join("deep/er/a.md"), "two").unwrap();
        project.settles_with(&["content/handouts/deep/er/a.md"]);
        // Out of the project and back.
        fs::rename(&new, project.path("elsewhere")).unwrap();
        project.settle();
        fs::write(project.path("elsewhere/grief.md"), "three").unwrap();
        assert!(project.settle().is_empty(), "it is not ours while it is elsewhere");
        fs::rename(project.path("elsewhere"), &new).unwrap();
        project.settle();
        fs::write(new.join("grief.md"), "four").unwrap();
        project.settles_with(&["content/leaflets/grief.md"]);
        // In one folder's place, another; the name was never free.
        fs::remove_dir_all(&old).unwrap();
        fs::rename(&new, &old).unwrap();
        project.settle();
        fs::write(old.join("grief.md"), "five").unwrap();
        project.settles_with(&["content/handouts/grief.md"]);
    }
}

#[test]
fn roots_that_are_deleted_and_restored() {
    for mut project in [Project::events(), Project::polling()] {
        for round in 0..3 {
            for name in ["content", "theme"] {
                fs::remove_dir_all(project.path(name)).unwrap();
                assert!(project.settle().contains(&Changes::Everything));
            }
            fs::remove_file(project.path("site.toml")).unwrap();
            project.settles_with(&["site.toml"]);
            for name in ["content/a.md", "content/handouts/grief.md", "theme/style.css", "site.toml"] {
                write(&project.path(name), &format!("restored {round}"));
            }
            project.settle();
            for name in ["content/a.md", "content/handouts/grief.md", "theme/style.css", "site.toml"] {
                fs::write(project.path(name), format!("edited {round}")).unwrap();
                project.settles_with(&[name]);
            }
        }
        // Another folder in its place, all at once; and its parent away and back, of which no event tells.
        fs::rename(project.path("content"), project.path("before")).unwrap();
        write(&project.path("content/c.md"), "one");
        project.settle();
        fs::write(project.path("content/c.md"), "two").unwrap();
        project.settles_with(&["content/c.md"]);
    }
}

#[test]
fn a_project_that_is_away_for_a_while() {
    for polling in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (home, away) = (folder.path().join("home"), folder.path().join("away"));
        let roots = vec![home.join("content")];
        // Not there yet, nor is the folder it will be in.
        let interval = Duration::from_millis(40);
        let watch = Watch::start(&roots, Options { polling, interval, ..Options::default() });
        let mut project = Project { folder, roots, watch, copy: BTreeMap::new() };
        assert!(project.settle().is_empty());
        write(&home.join("content/a.md"), "one");
        assert!(!project.settle().is_empty());
        for text in ["two", "three"] {
            fs::rename(&home, &away).unwrap();
            assert_eq!(project.settle(), [Changes::Everything]);
            fs::write(away.join("content/a.md"), text).unwrap();
            fs::rename(&away, &home).unwrap();
            assert_eq!(project.settle(), [Changes::Everything]);
            fs::write(home.join("content/a.md"), format!("{text} and more")).unwrap();
            project.settles_with(&["home/content/a.md"]);
        }
    }
}

#[test]
fn more_to_watch() {
    for mut project in [Project::events(), Project::polling()] {
        let style = project.path("styles/apa.csl");
        write(&style, "one");
        write(&project.path("logos/logo.svg"), "one");
        // What was not yet reported must not be forgotten over it.
        fs::write(project.path("content/a.md"), "two").unwrap();
        let more = [style.clone(), project.path("logos")];
        project.watch.also(&more);
        project.roots.extend(more.clone());
        assert!(project.settle().contains(&Changes::Everything));
        for name in ["styles/apa.csl", "logos/logo.svg", "content/a.md"] {
            fs::write(project.path(name), "three").unwrap();
            project.settles_with(&[name]);
        }
        project.watch.also(&more);
        assert!(project.settle().is_empty(), "nothing new");
    }
}

#[cfg(unix)]
#[test]
fn files_that_are_links() {
    use std::os::unix::fs::symlink;
    let mut project = Project::events();
    write(&project.path("shared/crisis.md"), "one");
    symlink(project.path("shared/crisis.md"), project.path("content/crisis.md")).unwrap();
    symlink("a.md", project.path("content/same.md")).unwrap();
    // A link that leads round in circles is nobody's file.
    symlink("..", project.path("content/handouts/up")).unwrap();
    project.settle();
    fs::write(project.path("shared/crisis.md"), "two").unwrap();
    project.settles_with(&["content/crisis.md"]);
    fs::write(project.path("content/a.md"), "two").unwrap();
    project.settles_with(&["content/a.md", "content/same.md"]);
}

/// Re-points a link as `ln -sfn` does.
#[cfg(unix)]
fn point(link: &Path, target: &str) {
    let new = link.with_file_name("new-link");
    std::os::unix::fs::symlink(target, &new).unwrap();
    fs::rename(new, link).unwrap();
}

#[cfg(unix)]
#[test]
fn links_that_come_to_lead_elsewhere() {
    for mut project in [Project::events(), Project::polling()] {
        for name in ["v1", "v2"] {
            write(&project.path(&format!("data/{name}/r.md")), name);
            write(&project.path(&format!("data/{name}.md")), name);
            write(&project.path(&format!("data/{name}/site.toml")), name);
        }
        point(&project.path("data/current"), "v1");
        point(&project.path("data/current.md"), "v1.md");
        point(&project.path("content/r.md"), "../data/current/r.md");
        point(&project.path("content/chain.md"), "../data/current.md");
        point(&project.path("site.toml"), "data/current/site.toml");
        project.settle();
        for version in ["v2", "v1"] {
            point(&project.path("data/current"), version);
            assert!(!project.settle().is_empty(), "a folder on the way");
            point(&project.path("data/current.md"), &format!("{version}.md"));
            assert!(!project.settle().is_empty(), "a file on the way");
            fs::write(project.path(&format!("data/{version}/r.md")), "edited").unwrap();
            project.settles_with(&["content/r.md"]);
            fs::write(project.path(&format!("data/{version}/site.toml")), "edited").unwrap();
            project.settles_with(&["site.toml"]);
            fs::write(project.path(&format!("data/{version}.md")), "edited").unwrap();
            project.settles_with(&["content/chain.md"]);
        }
        // Away for a moment, and made anew.
        fs::remove_file(project.path("data/current")).unwrap();
        project.settle();
        point(&project.path("data/current"), "v2");
        project.settle();
        fs::write(project.path("data/v2/r.md"), "edited again").unwrap();
        project.settles_with(&["content/r.md"]);
    }
}

#[cfg(unix)]
#[test]
fn folders_that_take_the_place_of_those_links_lead_to() {
    for mut project in [Project::events(), Project::polling()] {
        write(&project.path("shared/deep/er/a.md"), "one");
        write(&project.path("other/deep/er/a.md"), "two");
        point(&project.path("content/linked.md"), "../shared/deep/er/a.md");
        project.settle();
        // The folder itself, and one far above it.
        fs::rename(project.path("shared/deep/er"), project.path("before")).unwrap();
        write(&project.path("shared/deep/er/a.md"), "three");
        project.settle();
        fs::write(project.path("shared/deep/er/a.md"), "four").unwrap();
        project.settles_with(&["content/linked.md"]);
        fs::rename(project.path("shared"), project.path("gone")).unwrap();
        fs::rename(project.path("other"), project.path("shared")).unwrap();
        project.settle();
        fs::write(project.path("shared/deep/er/a.md"), "five").unwrap();
        project.settles_with(&["content/linked.md"]);
    }
}

#[test]
fn what_is_read_and_what_is_watched_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let names = ["a.md", ".a.md.swp", "a.swp", "a.swo", "a.swx", "4913", "#a.md#", "a.md~", "a.swp.d/b.md", "4913.d/#"];
    for name in names {
        write(&root.join("content").join(name), "one");
    }
    write(&root.join(".looks/style.css"), "one");
    write(&root.join("site-config.toml"), "title = \"Clinic\"\n[theme]\nfolder = \".looks\"\n");
    let sources = psychoed::load::project(root).unwrap();
    let read: Vec<&str> = sources.files.keys().map(|path| path.as_str()).collect();
    let all = [".looks/style.css", "content/4913.d/#", "content/a.md", "content/a.swp.d/b.md", "site-config.toml"];
    assert_eq!(read, all);
    let mut watch = Watch::start(&psychoed::load::places(root, &sources), Options::default());
    for name in names.map(|name| format!("content/{name}")).iter().map(String::as_str).chain([".looks/style.css"]) {
        fs::write(root.join(name), "two").unwrap();
        let is_read = all.contains(&name);
        let changes = watch.next(Some(if is_read { AT_LAST } else { QUIET }));
        let path = root.join(name);
        assert_eq!(changes, is_read.then(|| Changes::Files(BTreeSet::from([path.clone()]))), "{name}");
        let again = psychoed::load::again(root, &sources, &BTreeSet::from([path])).unwrap();
        assert_eq!(again.files.keys().collect::<Vec<_>>(), sources.files.keys().collect::<Vec<_>>(), "{name}");
        assert_eq!(again.files.get(name).is_some_and(|bytes| &**bytes == b"two"), is_read, "{name}");
    }
}

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// One thing that might happen to a project. What cannot be done is not.
fn happen(root: &Path, dice: &mut Dice, number: usize) {
    let folders = ["content", "content/x", "content/x/y", "content/z", "theme"];
    let folder = |dice: &mut Dice| root.join(folders[dice.roll(folders.len())]);
    let file = |dice: &mut Dice| folder(dice).join(["a.md", "b.md", "c.md"][dice.roll(3)]);
    let text = "x".repeat(number + 1);
    match dice.roll(12) {
        0..=4 => drop(fs::write(file(dice), text)),
        5 => {
            let path = file(dice);
            let new = path.with_extension("new");
            if fs::write(&new, text).is_ok() {
                fs::rename(new, path).ok();
            }
        }
        6 => drop(fs::rename(file(dice), file(dice))),
        7 => drop(fs::remove_file(file(dice))),
        8 | 9 => drop(fs::create_dir_all(folder(dice))),
        10 => drop(fs::rename(folder(dice), folder(dice))),
        _ => drop(fs::remove_dir_all(folder(dice))),
    }
    if dice.roll(8) == 0 {
        std::thread::sleep(Duration::from_millis(dice.roll(40) as u64));
    }
}

#[test]
fn whatever_happens_nothing_is_missed() {
    for seed in 0..12 {
        let mut project = if seed % 3 == 2 { Project::polling() } else { Project::events() };
        let root = project.folder.path().to_owned();
        let happening = std::thread::spawn(move || {
            let mut dice = Dice(seed);
            for number in 0..300 {
                happen(&root, &mut dice, number);
            }
        });
        while !happening.is_finished() {
            if let Some(changes) = project.watch.next(Some(Duration::from_millis(5))) {
                project.follow(&changes);
            }
        }
        happening.join().unwrap();
        println!("seed {seed}");
        project.settle();
    }
}

/// Not an assertion but a measurement: `cargo test --test watch -- --ignored --nocapture`.
#[test]
#[ignore = "measures"]
fn how_soon_a_saved_file_is_reported() {
    type Save = fn(&Path, &str);
    let in_place: Save = |path, text| fs::write(path, text).unwrap();
    let by_renaming: Save = |path, text| {
        fs::write(path.with_file_name(".new"), text).unwrap();
        fs::rename(path.with_file_name(".new"), path).unwrap();
    };
    for (how, save) in [("in place", in_place), ("by renaming", by_renaming)] {
        let mut project = Project::events();
        let path = project.path("content/handouts/grief.md");
        let mut times: Vec<Duration> = (0..200)
            .map(|number| {
                std::thread::sleep(Duration::from_millis(60));
                let saving = std::thread::spawn({
                    let path = path.clone();
                    move || {
                        std::thread::sleep(Duration::from_millis(5));
                        save(&path, &number.to_string());
                        Instant::now()
                    }
                });
                let changes = project.watch.next(Some(AT_LAST));
                let reported = Instant::now();
                assert_eq!(changes, Some(Changes::Files(BTreeSet::from([path.clone()]))));
                reported.saturating_duration_since(saving.join().unwrap())
            })
            .collect();
        times.sort();
        println!(
            "saved {how}, of 200: median {:.1?}, 95th percentile {:.1?}, longest {:.1?}",
            times[100], times[190], times[199]
        );
    }
}
