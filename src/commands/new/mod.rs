//! `psychoed new KIND "TITLE"`: a page that builds at once, for somebody to write in.

mod existing;
mod id;
mod page;
mod place;
mod translation;

use std::io::Write as _;
use std::path::Path;

use super::blanks::{one_line, root_argument};
use super::{fault, print_out};
use crate::cli::NewArguments;
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::source::{SitePath, Sources};
use crate::{load, parse, theme};
use place::Place;
use translation::Original;

/// Writes a new page, and says where it is.
pub fn new(arguments: &NewArguments) -> u8 {
    match try_new(arguments) {
        Ok(told) => print_out(told.as_bytes()),
        Err(why) => fault(why),
    }
}

fn try_new(arguments: &NewArguments) -> Result<String, String> {
    // A title without quotation marks comes as several words.
    let title = (!arguments.title.is_empty()).then(|| one_line(&arguments.title.join(" ")));
    if title.as_deref() == Some("") {
        return Err("a page needs a title, such as `psychoed new handout \"Sleeping better\"`".to_owned());
    }
    let sources = load::project(&arguments.root).map_err(|why| why.to_string())?;
    let config = sound_config(&sources)?;
    let lang = arguments.lang.as_deref().map(|lang| language(lang, &config)).transpose()?;
    let pages = existing::pages(&sources, &config);
    let taken = place::Taken { sources: &sources, config: &config, pages: &pages };
    let place = match (&arguments.of, &lang) {
        (Some(of), Some(lang)) => taken.beside(&place::page_named(&arguments.root, of, &pages)?, lang)?,
        _ => {
            let folder = match &arguments.dir {
                Some(dir) => place::folder_named(&arguments.root, dir)?,
                None => place::usual_folder(arguments.kind, &pages),
            };
            taken.place(&folder, title.as_deref().unwrap_or_default(), arguments.kind, lang.as_deref())?
        }
    };
    place::stays_inside(&arguments.root, place.path.folder())?;
    let today = super::today(arguments.today);
    let language = lang.as_deref().unwrap_or(&config.language);
    let (id, text) = match (&place.original, &lang) {
        (Some(original), Some(lang)) => {
            let original = Original::read(original, &sources, &config)?;
            let title = title.as_deref().unwrap_or_else(|| original.title());
            if original.kind() != arguments.kind {
                let kind = original.kind().name();
                return Err(format!("the page to translate is of the kind {kind}: write `psychoed new {kind}`"));
            }
            let id = id::unused(arguments.kind, title, language, &place, &pages);
            let text = original.text(lang, title, id.as_deref(), today, &own_words(&sources, &config, lang));
            (id, text)
        }
        _ => {
            let title = title.as_deref().unwrap_or_default();
            let id = id::unused(arguments.kind, title, language, &place, &pages);
            let new = page::NewPage {
                kind: arguments.kind,
                title,
                id,
                place: &place,
                today,
                config: &config,
                sources: &sources,
            };
            let text = new.text();
            (new.id, text)
        }
    };
    write(&arguments.root, &place.path, &text)?;
    Ok(told(&arguments.root, &place, id.as_deref()))
}

/// A sentence for whoever writes in a language in which psychoed itself has nothing to say.
fn own_words(sources: &Sources, config: &Config, lang: &str) -> String {
    if theme::missing_words(config, sources, lang).is_empty() {
        return String::new();
    }
    format!(
        " What psychoed itself writes on its\n# sheets is in English: `psychoed explain words-missing` says how to have it in {lang}."
    )
}

/// The language of a page that is not the site's.
fn language(tag: &str, config: &Config) -> Result<String, String> {
    if tag.eq_ignore_ascii_case(&config.language) {
        return Err(format!("{} is the language of the whole site; leave out --lang", config.language));
    }
    crate::site::translation::language(tag).ok_or_else(|| format!("psychoed knows no language with the tag {tag}"))
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
    let first = match (&place.original, &place.lang) {
        (Some(original), Some(lang)) => {
            told.push_str(&format!("It is the translation of {original} into {lang}, which psychoed links to it.\n"));
            "open the file: it has the text of the original, for you to replace"
        }
        _ => "open the file and write: it explains its settings",
    };
    told.push_str(&format!(
        "Now:\n  1. {first}\n  2. run `psychoed serve{}` to see what you write\n  \
         3. when the page is ready, delete `draft = true`\n",
        root_argument(root)
    ));
    told
}
