//! Publishing: what is refused, what is kept, what goes, and that nothing else changes.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use psychoed::render::OutputFile;
use psychoed::source::SitePath;
use psychoed::write::{Fault, Mode, Publication};
use tempfile::TempDir;

fn site(files: &[(&str, &str)]) -> Vec<OutputFile> {
    files.iter().map(|(path, text)| OutputFile { path: SitePath::new(path), bytes: text.to_string().into() }).collect()
}

fn publish(root: &Path, output: &Path, files: &[OutputFile]) -> Result<Mode, Fault> {
    let publication = Publication::begin(root, output)?;
    files.iter().for_each(|file| publication.put(file));
    publication.finish()
}

fn project() -> TempDir {
    let project = TempDir::new().unwrap();
    fs::create_dir(project.path().join("content")).unwrap();
    fs::write(project.path().join("content/index.md"), "text").unwrap();
    project
}

fn refusal(root: &Path, output: &Path) -> String {
    let before = listing(root);
    let message = publish(root, output, &site(&[("index.html", "x")])).unwrap_err().to_string();
    assert_eq!(listing(root), before, "a refusal creates and deletes nothing");
    message.replace(&root.display().to_string(), "PROJECT")
}

fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = walkdir::WalkDir::new(folder)
        .min_depth(1)
        .into_iter()
        .map(|entry| entry.unwrap().path().strip_prefix(folder).unwrap().display().to_string())
        .collect();
    names.sort();
    names
}

#[test]
fn only_a_first_output_is_looked_at_before_it_is_in_its_place() {
    let project = project();
    let output = project.path().join("public");
    let looked_at = |text: &str| {
        let publication = Publication::begin(project.path(), &output).unwrap();
        site(&[("index.html", "x"), ("a/b.html", text)]).iter().for_each(|file| publication.put(file));
        let mut seen = None;
        publication.finish_while(|folder| seen = Some(listing(folder))).unwrap();
        seen
    };
    assert_eq!(
        looked_at("y"),
        Some(vec![
            ".psychoed-manifest.json".to_owned(),
            "a".to_owned(),
            "a/b.html".to_owned(),
            "index.html".to_owned()
        ])
    );
    assert_eq!(looked_at("z"), None);
    assert_eq!(fs::read_to_string(output.join("a/b.html")).unwrap(), "z");
}

#[test]
fn dangerous_outputs_are_refused() {
    let project = project();
    let root = project.path();
    assert_eq!(
        refusal(root, root),
        "refusing to publish to PROJECT: the project itself is in it. Choose another folder with --output"
    );
    assert_eq!(
        refusal(root, &root.join("content")),
        "refusing to publish to PROJECT/content: it is the content folder, or inside it. Choose another folder with --output"
    );
    assert_eq!(
        refusal(root, Path::new("/")),
        "refusing to publish to /: it is the top of the disk. Choose another folder with --output"
    );
    fs::create_dir(root.join("thesis")).unwrap();
    fs::write(root.join("thesis/chapter-1.md"), "years of work").unwrap();
    assert_eq!(
        refusal(root, &root.join("thesis")),
        "refusing to publish to PROJECT/thesis: it holds files that psychoed did not put there (such as chapter-1.md). Choose another folder with --output"
    );
    fs::create_dir_all(root.join("repository/.git")).unwrap();
    assert_eq!(
        refusal(root, &root.join("repository")),
        "refusing to publish to PROJECT/repository: it holds a Git repository. Choose another folder with --output"
    );
    let home = std::env::home_dir().unwrap();
    assert_eq!(
        refusal(root, &home).replace(&home.display().to_string(), "HOME"),
        "refusing to publish to HOME: it is your home folder. Choose another folder with --output"
    );
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_refused() {
    let project = project();
    let elsewhere = TempDir::new().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), project.path().join("public")).unwrap();
    assert_eq!(
        refusal(project.path(), &project.path().join("public")),
        "refusing to publish to PROJECT/public: it is a symbolic link. Choose another folder with --output"
    );
    fs::remove_file(project.path().join("public")).unwrap();
    fs::create_dir(elsewhere.path().join("stage")).unwrap();
    fs::write(elsewhere.path().join("stage/photo.jpg"), "a memory").unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), project.path().join(".public.work")).unwrap();
    assert_eq!(
        refusal(project.path(), &project.path().join("public")),
        "refusing to publish to PROJECT/public: PROJECT/.public.work, where psychoed puts it together first, is a symbolic link. Delete the link, or choose another folder with --output"
    );
    assert_eq!(listing(elsewhere.path()), ["stage", "stage/photo.jpg"]);
}

#[test]
fn stale_pages_go_hand_put_files_stay_and_unchanged_files_keep_their_dates() {
    let project = project();
    let output = project.path().join("public");
    let first = site(&[("index.html", "home"), ("handouts/old.html", "old"), ("assets/a.css", "css")]);
    assert_eq!(publish(project.path(), &output, &first).unwrap(), Mode::Exchanged);
    fs::write(output.join("CNAME"), "clinic.example").unwrap();
    let written = fs::metadata(output.join("assets/a.css")).unwrap().modified().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));

    let second = site(&[("index.html", "new home"), ("assets/a.css", "css")]);
    assert_ne!(publish(project.path(), &output, &second).unwrap(), Mode::Unchanged);
    assert_eq!(listing(&output), [".psychoed-manifest.json", "CNAME", "assets", "assets/a.css", "index.html"]);
    assert_eq!(fs::read_to_string(output.join("index.html")).unwrap(), "new home");
    assert_eq!(fs::metadata(output.join("assets/a.css")).unwrap().modified().unwrap(), written);
    assert_eq!(publish(project.path(), &output, &second).unwrap(), Mode::Unchanged);
}

#[cfg(unix)]
#[test]
fn folders_stay_as_private_as_they_are() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let project = project();
    let output = project.path().join("public");
    publish(project.path(), &output, &site(&[("guides/a.html", "a")])).unwrap();
    fs::create_dir_all(output.join("private/deeper")).unwrap();
    fs::create_dir(output.join("closed")).unwrap();
    fs::write(output.join("private/deeper/secret"), "s").unwrap();
    fs::write(output.join("closed/a"), "a").unwrap();
    let modes = [("", 0o2750), ("guides", 0o775), ("private", 0o700), ("private/deeper", 0o1711), ("closed", 0o500)];
    let file = |path: &str| if path.is_empty() { output.clone() } else { output.join(path) };
    for (path, mode) in modes {
        fs::set_permissions(file(path), fs::Permissions::from_mode(mode)).unwrap();
    }
    for text in ["new", "newer"] {
        let folders = [("guides/a.html", text), ("guides/new/a.html", text)];
        assert_eq!(publish(project.path(), &output, &site(&folders)).unwrap(), Mode::Exchanged);
        let found = modes.map(|(path, _)| (path, fs::metadata(file(path)).unwrap().mode() & 0o7777));
        assert_eq!(found, modes);
        assert_eq!(listing(project.path()).iter().filter(|name| name.starts_with(".public.work")).count(), 0);
    }
    let group = |path: &str| fs::metadata(file(path)).unwrap().gid();
    if std::os::unix::fs::chown(&output, None, Some(group("") + 1)).is_ok() {
        let before = group("");
        publish(project.path(), &output, &site(&[("guides/a.html", "newest"), ("b/a.html", "b")])).unwrap();
        assert_eq!(["", "b", "b/a.html"].map(group), [before; 3]);
    }
}

#[cfg(unix)]
#[test]
fn names_that_psychoed_never_writes_are_kept() {
    use std::os::unix::ffi::OsStrExt;
    let project = project();
    let output = project.path().join("public");
    publish(project.path(), &output, &site(&[("n/a.html", "home")])).unwrap();
    let latin = std::ffi::OsStr::from_bytes(b"caf\xe9");
    fs::write(output.join(r"n\a.html"), "mine").unwrap();
    fs::write(output.join(r"n\b.html"), "mine, too").unwrap();
    fs::create_dir(output.join(latin)).unwrap();
    fs::write(output.join(latin).join(latin), "menu").unwrap();
    publish(project.path(), &output, &site(&[("n/a.html", "new"), ("n/b.html", "new")])).unwrap();
    assert_eq!(fs::read_to_string(output.join("n/a.html")).unwrap(), "new");
    assert_eq!(fs::read_to_string(output.join(r"n\a.html")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(output.join(r"n\b.html")).unwrap(), "mine, too");
    assert_eq!(fs::read_to_string(output.join(latin).join(latin)).unwrap(), "menu");
}

#[test]
fn what_has_the_name_of_a_folder_that_is_needed_or_is_within_the_name_of_a_page_is_never_overwritten() {
    let project = project();
    let output = project.path().join("public");
    publish(project.path(), &output, &site(&[("index.html", "home")])).unwrap();
    fs::write(output.join("guides"), "mine").unwrap();
    fs::create_dir_all(output.join("a.html/mine")).unwrap();
    fs::create_dir_all(output.join("b")).unwrap();
    let next = site(&[("guides/a.html", "x"), ("guides-too/a.html", "x"), ("a.html", "x"), ("b/a.html", "x")]);
    assert_eq!(
        publish(project.path(), &output, &next).unwrap_err().to_string(),
        "nothing was published, because these files in the output would be overwritten:\n  guides (not written by psychoed)\n  a.html/mine (not written by psychoed)\nMove them away, or choose another folder with --output"
    );
    fs::remove_file(output.join("guides")).unwrap();
    fs::remove_dir_all(output.join("a.html")).unwrap();
    publish(project.path(), &output, &next).unwrap();
}

#[test]
fn files_changed_by_hand_are_never_overwritten() {
    let project = project();
    let output = project.path().join("public");
    publish(project.path(), &output, &site(&[("index.html", "home")])).unwrap();
    fs::write(output.join("index.html"), "corrected by hand").unwrap();
    fs::write(output.join("new.html"), "put there by hand").unwrap();
    let message = publish(project.path(), &output, &site(&[("index.html", "x"), ("new.html", "x")])).unwrap_err();
    assert_eq!(
        message.to_string(),
        "nothing was published, because these files in the output would be overwritten:\n  index.html (changed since psychoed wrote it)\n  new.html (not written by psychoed)\nMove them away, or choose another folder with --output"
    );
    assert_eq!(fs::read_to_string(output.join("index.html")).unwrap(), "corrected by hand");
    assert_eq!(fs::read_to_string(output.join("new.html")).unwrap(), "put there by hand");
}

#[test]
fn what_an_earlier_psychoed_published_with_sha_256_is_still_its_own() {
    let project = project();
    let output = project.path().join("public");
    publish(project.path(), &output, &site(&[("a.html", "a"), ("b.html", "b")])).unwrap();
    let noted = |a: &str| {
        let b = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";
        let manifest = format!(r#"{{"tool": "psychoed 0.1.0", "files": {{"a.html": "{a}", "b.html": "{b}"}}}}"#);
        fs::write(output.join(".psychoed-manifest.json"), manifest).unwrap();
    };
    noted("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
    publish(project.path(), &output, &site(&[("a.html", "new"), ("b.html", "b")])).unwrap();
    assert_eq!(fs::read_to_string(output.join("a.html")).unwrap(), "new");
    noted("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
    let message = publish(project.path(), &output, &site(&[("a.html", "newer"), ("b.html", "b")])).unwrap_err();
    assert!(message.to_string().contains("a.html (changed since psychoed wrote it)"), "{message}");
}

#[test]
fn a_build_that_was_cut_off_is_finished_by_the_next() {
    let project = project();
    let output = project.path().join("public");
    publish(project.path(), &output, &site(&[("a.html", "old"), ("b.html", "old")])).unwrap();
    let manifest = output.join(".psychoed-manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replacen('{', "{\"unfinished\": true,", 1)).unwrap();
    fs::write(output.join("a.html"), "new").unwrap();
    fs::create_dir_all(project.path().join(".public.work/stage")).unwrap();
    fs::write(project.path().join(".public.work/stage/leftover.html"), "x").unwrap();
    publish(project.path(), &output, &site(&[("a.html", "new"), ("b.html", "new")])).unwrap();
    assert_eq!(fs::read_to_string(output.join("b.html")).unwrap(), "new");
    assert_eq!(listing(&output), [".psychoed-manifest.json", "a.html", "b.html"]);
    assert!(!fs::read_to_string(&manifest).unwrap().contains("unfinished"));
}

#[test]
fn what_others_put_into_the_output_while_a_build_runs_stays() {
    let project = project();
    let output = project.path().join("public");
    publish(project.path(), &output, &site(&[("index.html", "home"), ("old/a.html", "a")])).unwrap();
    let publication = Publication::begin(project.path(), &output).unwrap();
    publication.put(&site(&[("index.html", "new home")])[0]);
    fs::create_dir_all(output.join(".well-known/empty")).unwrap();
    fs::write(output.join(".well-known/acme"), "token").unwrap();
    fs::write(output.join("old/ads.txt"), "mine").unwrap();
    publication.finish().unwrap();
    let kept = [".well-known", ".well-known/acme", ".well-known/empty"];
    let expected = [&[".psychoed-manifest.json"], &kept[..], &["index.html", "old", "old/ads.txt"]].concat();
    assert_eq!(listing(&output), expected);
    assert_eq!(fs::read_to_string(output.join("old/ads.txt")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(output.join("index.html")).unwrap(), "new home");
}

#[test]
fn what_others_change_or_remove_while_a_build_runs_stops_it() {
    let while_building = |meddle: fn(&Path)| {
        let project = project();
        let output = project.path().join("public");
        let files = [("index.html", "home"), ("robots.txt", "all")];
        publish(project.path(), &output, &site(&files)).unwrap();
        let publication = Publication::begin(project.path(), &output).unwrap();
        site(&[("index.html", "new home"), ("new.html", "new"), files[1]])
            .iter()
            .for_each(|file| publication.put(file));
        meddle(&output);
        let before = listing(&output);
        let message = publication.finish().unwrap_err().to_string();
        assert_eq!(listing(&output), before);
        assert_eq!(fs::read_to_string(output.join("index.html")).unwrap(), "home");
        message
    };
    let edited = while_building(|output| {
        fs::write(output.join("robots.txt"), "corrected by hand").unwrap();
        fs::write(output.join("new.html"), "mine").unwrap();
    });
    assert_eq!(
        edited,
        "nothing was published, because these files in the output would be overwritten:\n  robots.txt (changed since psychoed wrote it)\n  new.html (not written by psychoed)\nMove them away, or choose another folder with --output"
    );
    let removed = while_building(|output| fs::remove_file(output.join("robots.txt")).unwrap());
    assert_eq!(
        removed,
        "nothing was published, because somebody removed files from the output meanwhile (such as robots.txt). Build again"
    );
}

/// Publishes by replacing files one by one, since the new output is put together on another disk.
#[cfg(target_os = "linux")]
fn publish_without_exchange(root: &Path, output: &Path, files: &[OutputFile]) -> Result<Mode, Fault> {
    use std::os::unix::fs::MetadataExt;
    let elsewhere = TempDir::new_in("/dev/shm").unwrap();
    let disk = |path: &Path| fs::metadata(path).unwrap().dev();
    assert_ne!(disk(elsewhere.path()), disk(root), "needs a folder for temporary files that is not in /dev/shm");
    let publication = Publication::begin_in(root, output, &elsewhere.path().join("work"))?;
    files.iter().for_each(|file| publication.put(file));
    publication.finish()
}

/// The output as a build leaves it that is cut off when it has replaced `a.html` and has to replace `b.html` and `c.html` still.
#[cfg(target_os = "linux")]
fn cut_off_between_files(root: &Path, output: &Path) {
    let manifest = output.join(".psychoed-manifest.json");
    let files = |text: &str| {
        publish(root, output, &site(&[("a.html", text), ("b.html", text), ("c.html", text)])).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
        manifest["files"].clone()
    };
    let (new, old) = (files("new"), files("old"));
    let unfinished = serde_json::json!({"tool": "psychoed", "unfinished": true, "files": old, "coming": new});
    fs::write(&manifest, unfinished.to_string()).unwrap();
    fs::write(output.join("a.html"), "new").unwrap();
    fs::create_dir(output.join(".psychoed-waiting")).unwrap();
    fs::write(output.join(".psychoed-waiting/7"), "new").unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_cut_off_between_two_files_is_finished_by_the_next_build() {
    for (a, b) in [("new", "new"), ("newer", "newer"), ("old", "new")] {
        let project = project();
        let (root, output) = (project.path(), project.path().join("public"));
        cut_off_between_files(root, &output);
        let next = site(&[("a.html", a), ("b.html", b)]);
        assert_eq!(publish_without_exchange(root, &output, &next).unwrap(), Mode::FileByFile);
        assert_eq!(listing(&output), [".psychoed-manifest.json", "a.html", "b.html"]);
        assert_eq!(["a.html", "b.html"].map(|page| fs::read_to_string(output.join(page)).unwrap()), [a, b]);
        assert_eq!(publish_without_exchange(root, &output, &next).unwrap(), Mode::Unchanged);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_somebody_changed_after_a_build_was_cut_off_is_theirs() {
    let project = project();
    let (root, output) = (project.path(), project.path().join("public"));
    cut_off_between_files(root, &output);
    fs::write(output.join("b.html"), "corrected by hand").unwrap();
    fs::write(output.join(".psychoed-waiting/notes.txt"), "somebody's").unwrap();
    let next = site(&[("a.html", "newer"), ("b.html", "newer"), ("c.html", "newer")]);
    assert_eq!(
        publish_without_exchange(root, &output, &next).unwrap_err().to_string(),
        "nothing was published, because these files in the output would be overwritten:\n  b.html (changed since psychoed wrote it)\nMove them away, or choose another folder with --output"
    );
    assert_eq!(fs::read_to_string(output.join("a.html")).unwrap(), "new");
    fs::rename(output.join("b.html"), root.join("b.html")).unwrap();
    assert_eq!(publish_without_exchange(root, &output, &next).unwrap(), Mode::FileByFile);
    assert_eq!(fs::read_to_string(root.join("b.html")).unwrap(), "corrected by hand");
    let waiting = [".psychoed-waiting", ".psychoed-waiting/notes.txt"];
    assert_eq!(
        listing(&output),
        [&[".psychoed-manifest.json"], &waiting[..], &["a.html", "b.html", "c.html"]].concat()
    );
}

#[test]
fn a_build_cut_off_before_its_first_file_leaves_nothing_in_the_way_of_the_next() {
    let project = project();
    let output = project.path().join("public");
    fs::create_dir_all(output.join(".psychoed-waiting")).unwrap();
    fs::write(output.join(".psychoed-waiting/1"), "{").unwrap();
    publish(project.path(), &output, &site(&[("a.html", "a")])).unwrap();
    assert_eq!(listing(&output), [".psychoed-manifest.json", "a.html"]);
}

#[test]
fn a_fault_between_two_files_says_that_some_are_new() {
    let fault = Fault::Changed("public/a.html".into());
    assert_eq!(fault.to_string(), "somebody else changed public/a.html just now, so it was left alone");
    assert_eq!(
        Fault::PartWay(Box::new(fault)).to_string(),
        "somebody else changed public/a.html just now, so it was left alone\nSome pages in the output are new already, and others still old: build again to replace the rest"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_manifest_never_leads_out_of_the_output() {
    let project = project();
    let (root, output) = (project.path(), project.path().join("public"));
    publish(root, &output, &site(&[("index.html", "home"), ("old.html", "old")])).unwrap();
    fs::create_dir(root.join("family")).unwrap();
    fs::write(root.join("family/photo.jpg"), "a memory").unwrap();
    std::os::unix::fs::symlink(root.join("family"), output.join("link")).unwrap();
    let photo = root.join("family/photo.jpg");
    let names = [photo.display().to_string(), "../family/photo.jpg".to_owned(), "link/photo.jpg".to_owned()];
    let manifest = output.join(".psychoed-manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let strays = names.iter().map(|name| format!("\"{name}\": \"0\", ")).collect::<String>();
    fs::write(&manifest, text.replacen("\"files\": {", &format!("\"files\": {{{strays}"), 1)).unwrap();
    assert_eq!(
        publish_without_exchange(root, &output, &site(&[("index.html", "new home")])).unwrap(),
        Mode::FileByFile
    );
    assert_eq!(fs::read_to_string(photo).unwrap(), "a memory");
    assert_eq!(listing(&output), [".psychoed-manifest.json", "index.html", "link"]);
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let project = project();
    let output = project.path().join("public");
    publish(project.path(), &output, &site(&[("index.html", "home")])).unwrap();
    let work = project.path().join(".public.work");
    fs::create_dir(&work).unwrap();
    let lock = fs::File::create_new(work.join("lock")).unwrap();
    lock.lock().unwrap();
    let message = publish(project.path(), &output, &site(&[("index.html", "x")])).unwrap_err().to_string();
    assert_eq!(
        message,
        format!("another psychoed build is publishing to {} right now; wait until it is done", output.display())
    );
    lock.unlock().unwrap();
    publish(project.path(), &output, &site(&[("index.html", "x")])).unwrap();
}

#[cfg(unix)]
#[test]
fn nothing_is_left_beside_the_output_whether_a_build_succeeds_or_not() {
    let project = project();
    let output = project.path().join("public");
    let beside = || {
        let names = fs::read_dir(project.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    };
    publish(project.path(), &output, &site(&[("index.html", "home")])).unwrap();
    assert_eq!(beside(), ["content", "public"]);
    let cut_off = Publication::begin(project.path(), &output).unwrap();
    cut_off.put(&site(&[("a.html", "a")])[0]);
    assert_eq!(beside(), [".public.work", "content", "public"]);
    drop(cut_off);
    assert_eq!(beside(), ["content", "public"]);
    fs::create_dir(project.path().join(".public.work")).unwrap();
    fs::write(project.path().join(".public.work/notes.txt"), "somebody's").unwrap();
    publish(project.path(), &output, &site(&[("index.html", "x")])).unwrap();
    assert_eq!(listing(&project.path().join(".public.work")), ["notes.txt"]);
}

#[test]
fn many_builds_at_once_publish_one_after_the_other() {
    let project = project();
    let output = project.path().join("public");
    let publishing = AtomicUsize::new(0);
    let published = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..200 {
                    let publication = match Publication::begin(project.path(), &output) {
                        Ok(publication) => publication,
                        Err(Fault::Busy(_)) => continue,
                        Err(fault) => panic!("{fault}"),
                    };
                    assert_eq!(publishing.fetch_add(1, Ordering::SeqCst), 0, "two at the same time");
                    publication.put(&site(&[("index.html", "home")])[0]);
                    publishing.fetch_sub(1, Ordering::SeqCst);
                    publication.finish().unwrap();
                    published.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert!(published.into_inner() > 0);
    assert_eq!(listing(&output), [".psychoed-manifest.json", "index.html"]);
}
