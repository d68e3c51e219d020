//! Builds fixture sites and looks into what came out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use psychoed::diagnostic::{Diagnostic, Tallies};
use psychoed::render::print::Printing;
use psychoed::render::{Press, Tools};
use psychoed::site::{self, Facts, Site};
use psychoed::source::{FileBytes, SitePath, Sources};
use psychoed::theme::{Theme, ThemeFile};
use psychoed::{check, parse};

/// The folder of these tests.
fn here() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/render"))
}

/// Every file below a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, FileBytes> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("the fixture can be read"));
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("it is below").to_string_lossy().replace('\\', "/");
            (path, std::fs::read(entry.path()).expect("the fixture can be read").into())
        })
        .collect()
}

/// The fixture clinic, with some files added or replaced; an empty text takes a file away.
pub fn clinic(changes: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (path, bytes) in files(&here().join("clinic")) {
        sources.files.insert(SitePath::new(path), bytes);
    }
    for (path, text) in changes {
        match *text {
            "" => sources.files.remove(&SitePath::new(path)),
            text => sources.files.insert(SitePath::new(path), text.as_bytes().into()),
        };
    }
    sources
}

/// Only these files.
pub fn sources(files: &[(&str, &str)]) -> Sources {
    Sources { files: files.iter().map(|(path, text)| (SitePath::new(path), text.as_bytes().into())).collect() }
}

/// The plain theme of these tests, with some files added or replaced.
pub fn plain_theme(changes: &[(&str, &str)]) -> Theme {
    let mut theme = Theme::default();
    for (path, bytes) in files(&here().join("theme")) {
        let source = SitePath::new(format!("theme/{path}"));
        theme.files.insert(path, ThemeFile { source: Some(source), bytes });
    }
    for (path, text) in changes {
        let source = SitePath::new(format!("theme/{path}"));
        theme.files.insert((*path).to_owned(), ThemeFile { source: Some(source), bytes: text.as_bytes().into() });
    }
    theme
}

/// Reads and links a site; nothing may be wrong with it.
pub fn linked(sources: Sources) -> (Arc<Site>, Facts) {
    let facts = Facts::on(jiff::civil::date(2026, 11, 22));
    let (config, faults) = parse::config::config(&sources);
    assert_eq!(faults, []);
    let parsed = parse::all(&sources, &config, &mut Default::default());
    let site = site::link(Arc::new(config), Arc::new(sources), parsed, &facts, Default::default(), None);
    (Arc::new(site), facts)
}

/// A site's files as text, by path.
pub struct Output(pub BTreeMap<String, String>);

/// Renders with the plain theme, which must have nothing wrong with it.
pub fn render(sources: Sources) -> Output {
    let (site, facts) = linked(sources);
    output(&site, &plain_theme(&[]), &facts)
}

/// Renders with psychoed's own theme. The site must pass every check.
pub fn render_checked(sources: Sources) -> Output {
    let (site, facts) = linked(sources);
    let errors: Vec<_> = check::run(&site, &facts, &mut check::Kept::default())
        .into_iter()
        .filter(|found| found.severity == psychoed::diagnostic::Severity::Error)
        .collect();
    assert_eq!(errors, []);
    output(&site, &Theme::of(&site.config, &site.sources), &facts)
}

fn output(site: &Arc<Site>, theme: &Theme, facts: &Facts) -> Output {
    let (files, faults) = printed(site, theme, facts);
    assert_eq!(faults, []);
    Output(files)
}

/// Every file as text by path, and what was wrong with the theme. Each file must be the same when it alone is asked for.
pub fn printed(site: &Arc<Site>, theme: &Theme, facts: &Facts) -> (BTreeMap<String, String>, Vec<Diagnostic>) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("every file of the fixture is text");
    let tools = || Tools::of(theme.clone(), &site.config, &site.sources, None);
    let press = match Press::new(site, tools(), facts, Tallies::default(), &Printing::default(), None) {
        Ok(press) => press,
        Err(fault) => return (BTreeMap::new(), vec![fault]),
    };
    let files = Mutex::new(BTreeMap::new());
    let faults = press.all(&|file| {
        let twice = files.lock().unwrap().insert(file.path.as_str().to_owned(), text(&file.bytes));
        assert_eq!(twice, None, "{} is made twice", file.path);
    });
    let files = files.into_inner().unwrap();
    let alone = Press::new(site, tools(), facts, Tallies::default(), &Printing::default(), None).unwrap();
    for (path, together) in files.iter().rev() {
        assert_eq!(text(&alone.file(path).unwrap().unwrap()), *together, "{path}");
    }
    (files, faults)
}

impl Output {
    /// One file.
    pub fn file(&self, path: &str) -> &str {
        self.0.get(path).unwrap_or_else(|| panic!("{path} is not among {:#?}", self.0.keys().collect::<Vec<_>>()))
    }

    /// What stands between two texts in a file.
    pub fn between(&self, path: &str, start: &str, end: &str) -> &str {
        let file = self.file(path);
        let after = file.split_once(start).unwrap_or_else(|| panic!("no {start} in {file}")).1;
        after.split_once(end).unwrap_or_else(|| panic!("no {end} in {after}")).0
    }

    /// The titles and addresses of links that stand between two texts in a file.
    pub fn links(&self, path: &str, start: &str, end: &str) -> Vec<(String, String)> {
        links(self.between(path, start, end))
    }
}

/// The titles and addresses of links.
pub fn links(html: &str) -> Vec<(String, String)> {
    html.split("<a ")
        .skip(1)
        .filter_map(|link| {
            let address = link.split_once("href=\"")?.1.split_once('"')?.0;
            let title = link.split_once('>')?.1.split_once("</a>")?.0;
            Some((title.to_owned(), address.to_owned()))
        })
        .collect()
}

/// Shorthand to compare links with.
pub fn link(title: &str, address: &str) -> (String, String) {
    (title.to_owned(), address.to_owned())
}
