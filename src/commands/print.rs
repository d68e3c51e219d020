//! `psychoed print`: one page or pack as a PDF, now.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::pdf_shelf::PdfShelf;
use super::{FAULT, FINDINGS, FINE, fault, today};
use crate::cli::PrintArguments;
use crate::content::writing::is_right_to_left;
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::render::print::Printing;
use crate::render::{Press, Printable, Wanted};
use crate::report::{self, Format, Summary};
use crate::site::pack::PackOrigin;
use crate::site::{Facts, Page, PageIndex, Site};
use crate::source::{SitePath, Sources};
use crate::{Memo, Options, check, load, write};

/// Prints a page or pack.
pub fn print(arguments: &PrintArguments) -> u8 {
    if !cfg!(feature = "pdf") {
        return fault("this psychoed was built without print; install it with its feature `pdf`");
    }
    let sources = match load::project(&arguments.root) {
        Ok(sources) => Arc::new(sources),
        Err(why) => return fault(why),
    };
    let editions: Vec<String> = arguments.edition.iter().cloned().collect();
    if let Some(unknown) = super::build::unknown_edition(&sources, &editions) {
        return fault(unknown);
    }
    let facts = Facts::on(today(arguments.today));
    let printing = Printing { wanted: true, shelf: Some(Arc::new(PdfShelf::of(&arguments.root))) };
    let options = Options { editions, base_url: arguments.base_url.clone(), printing, ..Options::default() };
    let built = crate::build(&sources, &facts, &options, &mut Memo::default());
    let (Some(site), Some(press)) = (&built.site, &built.press) else {
        tell(&built.diagnostics, &sources, None);
        return FAULT;
    };
    let what = match find(press, &arguments.page) {
        Ok(what) => what,
        Err(why) => return fault(why),
    };
    let made_of = made_of(press, &what);
    let in_the_way = |found: &&Diagnostic| found.severity == Severity::Error && made_of.contains(&found.at.path);
    let in_the_way: Vec<Diagnostic> = built.diagnostics.iter().filter(in_the_way).cloned().collect();
    if !in_the_way.is_empty() {
        tell(&in_the_way, &sources, Some(site));
        return FINDINGS;
    }
    print_to_file(arguments, press, what, &sources, &facts)
}

/// The files in which a fault keeps something from being printed.
fn made_of(press: &Press, what: &Printable) -> Vec<SitePath> {
    let path = |page: &PageIndex| press.site().pages[*page].path.clone();
    match what {
        Printable::Page(page) => vec![path(page)],
        Printable::Pack(id) => {
            let packs = press.packs().filter(|pack| pack.id == *id);
            let chosen = |origin: &PackOrigin| (*origin == PackOrigin::Config).then(|| SitePath::new(Sources::CONFIG));
            packs.flat_map(|pack| pack.pages.iter().map(path).chain(chosen(&pack.origin))).collect()
        }
    }
}

fn print_to_file(arguments: &PrintArguments, press: &Press, what: Printable, sources: &Sources, facts: &Facts) -> u8 {
    let site = press.site();
    let title = match &what {
        Printable::Page(page) => site.pages[*page].title().to_owned(),
        Printable::Pack(id) => press.title_of_pack(id).unwrap_or_default(),
    };
    let wanted = Wanted { what, paper: arguments.paper, variant: arguments.variant, instructor: arguments.instructor };
    let Some((name, printed)) = press.print(&wanted) else {
        return fault(match wanted.what {
            Printable::Page(page) => not_printed(site, &site.pages[page], arguments),
            Printable::Pack(_) => format!("“{title}” is a pack; --instructor is for course modules, so leave it out"),
        });
    };
    match printed {
        Ok((pdf, found)) => {
            tell(&check::levels::settle(site, facts, found.into_iter().collect()), sources, Some(site));
            let file = arguments.output.clone().unwrap_or_else(|| PathBuf::from(name));
            match put(&file, &pdf, arguments.output.is_some()) {
                Ok(()) => {
                    anstream::eprintln!("Printed “{title}”: open {}", file.display());
                    FINE
                }
                Err(why) => fault(why),
            }
        }
        Err(why) => {
            tell(&check::levels::settle(site, facts, vec![why]), sources, Some(site));
            FINDINGS
        }
    }
}

/// Writes a sheet, whole or not at all. Under a name that nobody asked for it replaces sheets alone.
fn put(file: &Path, pdf: &[u8], is_named: bool) -> Result<(), String> {
    let there = std::fs::metadata(file);
    if there.as_ref().is_ok_and(|there| !there.is_file()) {
        // A device or a pipe, for another program to read.
        return std::fs::write(file, pdf).map_err(|why| format!("cannot write {}: {why}", file.display()));
    }
    if there.is_ok() && !is_named && !is_pdf(file) {
        return Err(format!("{} is there already and no PDF; name another file with --output", file.display()));
    }
    let place = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    write::file(&place, pdf).map_err(|why| why.to_string())
}

fn is_pdf(file: &Path) -> bool {
    let mut start = [0; 4];
    std::fs::File::open(file).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *b"%PDF"
}

/// Why there is no sheet of a page.
fn not_printed(site: &Site, page: &Page, arguments: &PrintArguments) -> String {
    let title = page.title();
    if !page.kind().is_printed() {
        return format!("“{title}” is not a page for paper; print handouts, worksheets, guides, evidence and modules");
    }
    match (&arguments.edition, arguments.instructor) {
        (_, true) => format!("“{title}” has nothing for instructors alone; leave out --instructor"),
        (Some(edition), _) => format!("“{title}” is not in the edition “{edition}”; leave out --edition"),
        _ if !page.is_to_appear() || site.published().all(|other| other.path != page.path) => {
            format!("“{title}” is not published today; look at its keys `draft`, `publish-on` and `expires-on`")
        }
        _ if is_right_to_left(site.language(page)) => {
            format!(
                "“{title}” is written from right to left, and psychoed makes no PDFs of such pages: print it in the browser"
            )
        }
        _ => format!("“{title}” is in no edition"),
    }
}

/// The page or pack that somebody means by its id, its file, or its address.
fn find(press: &Press, asked: &str) -> Result<Printable, String> {
    let site = press.site();
    let id = |page: &Page| page.document.front_matter.id.as_ref().map(|id| id.value.clone());
    let by_id = |page: &Page| id(page).is_some_and(|id| id.eq_ignore_ascii_case(asked.trim()));
    if let Some(page) = site.pages.iter().position(by_id) {
        return Ok(Printable::Page(page));
    }
    let wanted = stem(site, asked);
    let stem_of = |page: &Page| page.url.as_str().trim_end_matches(".html").to_owned();
    if let Some(page) = site.pages.iter().position(|page| stem_of(page) == wanted) {
        return Ok(Printable::Page(page));
    }
    let is_wanted = |id: &str| wanted.strip_prefix("packs/").unwrap_or(&wanted).eq_ignore_ascii_case(id);
    if let Some(pack) = press.packs().find(|pack| is_wanted(&pack.id)) {
        return Ok(Printable::Pack(pack.id.clone()));
    }
    let named: Vec<PageIndex> = (0..site.pages.len())
        .filter(|page| stem_of(&site.pages[*page]).rsplit('/').next() == Some(wanted.as_str()))
        .collect();
    if let [only] = named[..] {
        return Ok(Printable::Page(only));
    }
    let known: Vec<String> = site
        .pages
        .iter()
        .filter(|page| page.kind().is_printed())
        .flat_map(|page| [id(page), Some(stem_of(page))])
        .flatten()
        .chain(press.packs().map(|pack| pack.id.clone()))
        .collect();
    let advice = match (&named[..], nearest(asked.trim(), known.iter().map(String::as_str))) {
        ([first, ..], _) => format!("several pages are called that; one is “{}”", stem_of(&site.pages[*first])),
        (_, Some(near)) => format!("did you mean “{near}”?"),
        _ => "name it by its id, such as HO-GRIEF, or by its file".to_owned(),
    };
    Err(format!("there is no page or pack “{asked}”; {advice}"))
}

/// An address or a file as addresses within an edition are written, without its ending.
fn stem(site: &Site, asked: &str) -> String {
    let mut rest = asked.trim().split(['?', '#']).next().unwrap_or_default().replace('\\', "/");
    if let Some(after) = site.config.base_url.as_ref().and_then(|base| rest.strip_prefix(base.as_str())) {
        rest = after.to_owned();
    }
    let rest = rest.trim_start_matches("./").trim_start_matches('/');
    // A file may be named from wherever somebody is.
    let rest = rest.rsplit_once(Sources::CONTENT).map_or(rest, |(_, within)| within);
    let within = site
        .editions
        .iter()
        .find_map(|edition| rest.strip_prefix(edition.folder.as_str()).filter(|_| !edition.folder.is_empty()));
    let rest = within.unwrap_or(rest);
    let ending = [".md", ".html", ".pdf"].iter().find_map(|ending| rest.strip_suffix(ending));
    ending.unwrap_or(rest).to_owned()
}

fn tell(found: &[Diagnostic], sources: &Sources, site: Option<&Site>) {
    if found.is_empty() {
        return;
    }
    let mut summary = site.map(Summary::of).unwrap_or_default();
    summary.outcome = "Nothing else stands in the way".to_owned();
    anstream::eprint!("{}", report::write(Format::Human, found, sources, &summary, std::io::stderr().is_terminal()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sheets_are_replaced_under_a_name_that_nobody_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.pdf");
        let read = || std::fs::read(&file).unwrap();
        put(&file, b"%PDF-1", false).unwrap();
        put(&file, b"%PDF-2", false).unwrap();
        assert_eq!(read(), b"%PDF-2");
        std::fs::write(&file, "mine").unwrap();
        let why = format!("{} is there already and no PDF; name another file with --output", file.display());
        assert_eq!(put(&file, b"%PDF-3", false), Err(why));
        assert_eq!(read(), b"mine");
        put(&file, b"%PDF-3", true).unwrap();
        assert_eq!(read(), b"%PDF-3");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    }
}
