//! `psychoed serve`: the site as it is being written, in a browser.

use std::io::IsTerminal;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::pdf_shelf::PdfShelf;
use super::{fault, today};
use crate::cli::ServeArguments;
use crate::diagnostic::{Diagnostic, Severity};
use crate::preview::editor::Env;
use crate::preview::{Preview, address};
use crate::render::print::Printing;
use crate::report::{self, Format, Summary, visible};
use crate::server::{Reload, Reloads, Server};
use crate::session::{Session, State};
use crate::site::Facts;
use crate::source::{SitePath, Sources};
use crate::watch::{Changes, Mode, Options as WatchOptions, Watch};
use crate::{Options, load, theme};

/// How often it is looked whether a new day has begun, with which pages appear, go, and become due.
const NEW_DAY: Duration = Duration::from_secs(60);

/// How long nothing has to be saved before a theme is tried on more than what was edited.
const CALM: Duration = Duration::from_millis(400);

/// How often a project that could not be read is tried again.
const AGAIN: Duration = Duration::from_secs(2);

/// Serves until it is stopped.
pub fn serve(arguments: &ServeArguments) -> u8 {
    let started = Instant::now();
    let root = match std::path::absolute(&arguments.root) {
        Ok(root) => root,
        Err(why) => return fault(why),
    };
    // Watched before it is read, so that nothing is missed in between.
    let watched = WatchOptions { ignored: not_sources(&root), polling: arguments.poll, ..WatchOptions::default() };
    let mut watch = Watch::start(&load::places_of(&root), watched);
    let sources = match load::project(&root) {
        Ok(sources) => sources,
        Err(why) => return fault(why),
    };
    if let Some(unknown) = super::build::unknown_edition(&sources, &arguments.editions) {
        return fault(unknown);
    }
    let server = match Server::bind(arguments.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)), arguments.port) {
        Ok(server) => server,
        Err(why) => return fault(why),
    };
    // A PDF is made when somebody opens it.
    let printing = Printing { wanted: true, shelf: Some(Arc::new(PdfShelf::of(&root))) };
    let options = Options { editions: arguments.editions.clone(), drafts: true, printing, ..Options::default() };
    let mut session = Session::new(options);
    let state = session.update(sources, &Facts::on(today(arguments.today)));
    watch.also(&load::places(&root, &state.sources));
    let preview = Arc::new(Preview::new(root.clone(), state.clone(), server.reloads(), server.token(), env()));
    let url = format!("http://{}/", server.address());
    report(&state);
    greet(&url, watch.mode(), started.elapsed());
    if let Some(host) = arguments.host.filter(|host| !host.is_loopback()) {
        anstream::eprintln!("{}", who_can_see(host, server.address().port()));
    }
    if arguments.open
        && let Err(why) = open::that_detached(&url)
    {
        anstream::eprintln!("No browser could be opened ({why}): open the address yourself");
    }
    let writing =
        Writing { root, today: arguments.today, session, state, preview: preview.clone(), reloads: server.reloads() };
    // A preview that followed nothing any more would show old pages for new ones.
    let end = server.stop();
    std::thread::spawn(move || {
        let _ = std::panic::catch_unwind(AssertUnwindSafe(|| writing.follow(watch)));
        end.now();
    });
    match server.run(preview) {
        Ok(()) => fault("the preview has ended, since psychoed failed to take up a change: start it again"),
        Err(why) => fault(why),
    }
}

/// A project that somebody writes on.
struct Writing {
    root: PathBuf,
    today: Option<Date>,
    session: Session,
    state: Arc<State>,
    preview: Arc<Preview>,
    reloads: Reloads,
}

impl Writing {
    /// Takes up every change, for ever.
    fn follow(mut self, mut watch: Watch) {
        let mut mode = watch.mode().clone();
        let mut unread: Option<String> = None;
        loop {
            let mut changes = watch.next(Some(match &unread {
                Some(_) => AGAIN,
                None if self.session.has_more_to_try() => CALM,
                None => NEW_DAY,
            }));
            if changes.is_none() && self.session.has_more_to_try() {
                self.try_more();
            }
            if unread.is_some() {
                // What changed when nothing could be read was told of then, and what can be read again may not be told of at all.
                changes = Some(Changes::Everything);
            }
            let started = Instant::now();
            match self.read(changes.as_ref()) {
                Ok(sources) => {
                    if unread.take().is_some() {
                        anstream::eprintln!("{}  Everything can be read again", clock());
                    }
                    self.take_up(sources, started);
                }
                Err(why) => {
                    let why = why.to_string();
                    if unread.as_ref() != Some(&why) {
                        anstream::eprintln!("{}  {}", clock(), visible(&why));
                    }
                    unread = Some(why);
                }
            }
            watch.also(&load::places(&self.root, &self.state.sources));
            if *watch.mode() != mode {
                mode = watch.mode().clone();
                tell_mode(&mode);
            }
        }
    }

    fn read(&self, changes: Option<&Changes>) -> Result<Sources, load::Fault> {
        match changes {
            Some(Changes::Files(paths)) => load::again(&self.root, &self.state.sources, paths),
            Some(Changes::Everything) => load::all_again(&self.root, &self.state.sources),
            None => Ok(Sources::clone(&self.state.sources)),
        }
    }

    fn take_up(&mut self, sources: Sources, started: Instant) {
        let today = today(self.today);
        if today == self.state.facts.today && same_files(&self.state.sources, &sources) {
            return;
        }
        let state = self.session.update(sources, &Facts::on(today));
        self.publish(state, started);
    }

    /// Looks for faults for which nobody should have to wait.
    fn try_more(&mut self) {
        let started = Instant::now();
        if let Some(state) = self.session.try_more() {
            self.publish(state, started);
        }
    }

    fn publish(&mut self, state: Arc<State>, started: Instant) {
        let before = std::mem::replace(&mut self.state, state);
        self.preview.show(self.state.clone());
        self.reloads.send(if only_styles(&before, &self.state) { Reload::Style } else { Reload::Page });
        let took = started.elapsed();
        if self.state.diagnostics != before.diagnostics {
            report(&self.state);
        }
        anstream::eprintln!("{}  Up to date ({:.0} ms)", clock(), took.as_secs_f64() * 1000.0);
        // What is gone takes a moment to put away, which nobody should have to wait for.
        drop(before);
    }
}

/// Whether nothing was read anew. Files that are the same are in the same place in memory.
fn same_files(before: &Sources, now: &Sources) -> bool {
    before.files.len() == now.files.len()
        && before
            .files
            .iter()
            .zip(&now.files)
            .all(|((path, bytes), (now, newer))| path == now && bytes.is_shared_with(newer))
}

/// Whether pages differ in nothing but the addresses of their style sheets.
fn only_styles(before: &State, now: &State) -> bool {
    let Some(folder) = now.site.as_ref().and_then(|site| theme::overlay(&site.config)) else { return false };
    let differing = differing(&before.sources, &now.sources);
    before.diagnostics == now.diagnostics
        && before.facts.today == now.facts.today
        && !differing.is_empty()
        && differing.iter().all(|path| path.starts_with(&folder) && path.ends_with(".css"))
}

/// Names of what was added, removed or changed.
fn differing<'s>(before: &'s Sources, now: &'s Sources) -> Vec<&'s str> {
    let gone = before.files.keys().filter(|path| !now.files.contains_key(*path));
    let new = now.files.iter().filter(|(path, bytes)| before.files.get(*path) != Some(*bytes)).map(|(path, _)| path);
    gone.chain(new).map(SitePath::as_str).collect()
}

/// Folders of the project that are not read from, however often they change.
fn not_sources(root: &Path) -> Vec<PathBuf> {
    ["public", ".public.work", ".psychoed", ".git", "target", "node_modules"]
        .iter()
        .map(|name| root.join(name))
        .collect()
}

fn env() -> Env {
    let value = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    Env { psychoed_editor: value("PSYCHOED_EDITOR"), visual: value("VISUAL"), editor: value("EDITOR") }
}

fn clock() -> String {
    jiff::Zoned::now().strftime("%H:%M:%S").to_string()
}

/// Says what was found, as a build does.
fn report(state: &State) {
    let mut summary = state.site.as_deref().map(Summary::of).unwrap_or_default();
    summary.counts_notes_only = true;
    summary.outcome = outcome(state).to_owned();
    let found: &[Diagnostic] = &state.diagnostics;
    let colours = std::io::stderr().is_terminal();
    anstream::eprint!("{}", report::write(Format::Human, found, &state.sources, &summary, colours));
}

/// What is shown. What never was without errors is shown as it is.
fn outcome(state: &State) -> &'static str {
    let is_shown_as_it_is = |found: &Diagnostic| {
        let path = &found.at.path;
        found.severity == Severity::Error && state.sources.files.contains_key(path) && !state.older.contains(path)
    };
    match state.older.is_empty() {
        true => "This is how things stand",
        false if state.diagnostics.iter().any(is_shown_as_it_is) => "Some of what has errors is shown as it was before",
        false => "What has errors is shown as it was before",
    }
}

fn greet(url: &str, mode: &Mode, took: Duration) {
    anstream::eprintln!(
        "\nLook at your site at {url}\n  all pages, with what is to be done: {}{}\n  ready after {:.0} ms; press Ctrl+C to stop",
        url.trim_end_matches('/'),
        address::INDEX,
        took.as_secs_f64() * 1000.0
    );
    tell_mode(mode);
}

/// What somebody has to know who lets others look.
fn who_can_see(host: IpAddr, port: u16) -> String {
    let at = if host.is_unspecified() {
        format!("at this computer's address in the network, with :{port} after it")
    } else {
        format!("at http://{}/", SocketAddr::new(host, port))
    };
    format!("Everybody in your network can see this preview, drafts included, {at}")
}

fn tell_mode(mode: &Mode) {
    if let Mode::Polling { why } = mode {
        anstream::eprintln!("Changes show after a second or two: files are compared now and then, since {why}");
    }
}
