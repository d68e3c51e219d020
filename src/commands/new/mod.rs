//! `psychoed new KIND "TITLE"`: a page that builds at once, for somebody to write in.

mod existing;
mod id;
mod page;
mod place;

use std::io::Write as _;
use std::path::Path;

use super::blanks::{one_line, root_argument};
use super::{FINE, fault};
use crate::cli::NewArguments;
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::source::{SitePath, Sources};
use crate::{load, parse};
use place::Place;

/// Writes a new page, and says where it is.
pub fn new(arguments: &NewArguments) -> u8 {
    match try_new(arguments) {
        Ok(told) => {
            anstream::print!("{told}");
            FINE
        }
        Err(why) => fault(why),
    }
}

fn try_new(arguments: &NewArguments) -> Result<String, String> {
    let title = one_line(&arguments.title);
    if title.is_empty() {
        return Err("a page needs a title, such as `psychoed new handout \"Sleeping better\"`".to_owned());
    }
    let sources = load::project(&arguments.root).map_err(|why| why.to_string())?;
    let config = sound_config(&sources)?;
    if arguments.lang.as_ref().is_some_and(|lang| lang.eq_ignore_ascii_case(&config.language)) {
        return Err(format!("{} is the language of the whole site; leave out --lang", config.language));
    }
    let pages = existing::pages(&sources, &config);
    let folder = match &arguments.dir {
        Some(dir) => place::folder_named(&arguments.root, dir)?,
        None => place::usual_folder(arguments.kind, &pages),
    };
    place::stays_inside(&arguments.root, &folder)?;
    let taken = place::Taken { sources: &sources, config: &config, pages: &pages };
    let place = taken.place(&folder, &title, arguments.kind, arguments.lang.as_deref())?;
    let new = page::NewPage {
        kind: arguments.kind,
        title: &title,
        id: id::unused(arguments.kind, &title, &place, &pages),
        place: &place,
        today: super::today(arguments.today),
        config: &config,
    };
    write(&arguments.root, &place.path, &new.text())?;
    Ok(told(&arguments.root, &place, new.id.as_deref()))
}

/// The configuration, unless it has to be mended first: with half of it, nobody could tell which phases there are.
fn sound_config(sources: &Sources) -> Result<Config, String> {
    let (config, faults) = parse::config::config(sources);
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        return Err(format!("{} has to be mended first; `psychoed check` says how", Sources::CONFIG));
    }
    Ok(config)
}

fn write(root: &Path, path: &SitePath, text: &str) -> Result<(), String> {
    let file = root.join(path.as_str());
    let cannot = |error| format!("cannot write {}: {error}", file.display());
    file.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(cannot)?;
    // Somebody else may have made it since the project was read.
    let written = std::fs::File::create_new(&file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(cannot)
}

fn told(root: &Path, place: &Place, id: Option<&str>) -> String {
    let file = root.join(place.path.as_str());
    let file = file.strip_prefix(".").unwrap_or(&file).display();
    let mut told = format!("Your new page is in {file}");
    if let Some(id) = id {
        told.push_str(&format!(". Its id, which is printed on paper, is {id}"));
    }
    told.push_str(".\n");
    if let Some(original) = &place.original {
        told.push_str(&format!(
            "It stands beside {original}, but psychoed does not link translations yet: it is a page of its own.\n"
        ));
    }
    told.push_str(&format!(
        "Now:\n  1. open the file and write: it explains every setting\n  2. run `psychoed serve{}` to see what you write\n  \
         3. when the page is ready, delete `draft = true`\n",
        root_argument(root)
    ));
    told
}
