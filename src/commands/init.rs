//! `psychoed init DIR`: an empty clinic's project that builds at once.
//!
//! No starter holds a telephone number: a wrong one may cost a life, and only a person can tell a right one. So nothing for patients
//! is published at first (the one handout is a draft), and once there is something, the missing crisis line stops the build.

mod country;
mod questions;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::blanks::{one_line, quoted, root_argument};
use super::starter_words::StarterWords;
use super::{fault, print_out};
use crate::cli::InitArguments;
use crate::config::Paper;
use crate::theme;
use country::Country;

static NEW_PROJECT: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/commands/new_project");

/// What somebody said about the project; what is not known is left for later.
#[derive(Default)]
struct About {
    name: Option<String>,
    country: Option<Country>,
    therapy: Option<String>,
    language: Option<String>,
}

/// Puts a small project into a folder that is empty or does not exist yet.
pub fn init(arguments: &InitArguments) -> u8 {
    let dir = &arguments.dir;
    if let Err(why) = must_be_empty(dir) {
        return fault(why);
    }
    let about = match about(arguments) {
        Ok(about) => about,
        Err(why) => return fault(why),
    };
    let today = jiff::Zoned::now().date().to_string();
    let words = StarterWords::of(&about.language());
    let blanks = about.blanks(&words, &today);
    let blanks: Vec<(&str, &str)> = blanks.iter().map(|(name, value)| (*name, value.as_str())).collect();
    if let Err(error) = put(&NEW_PROJECT, dir, &|outline| words.outline(outline, &blanks)) {
        return fault(format!("cannot write the new project to {}: {error}", dir.display()));
    }
    print_out(told(dir, &about).as_bytes())
}

fn must_be_empty(dir: &Path) -> Result<(), String> {
    match std::fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            Some(Ok(entry)) => Err(format!(
                "{} is not empty (it holds {}); name a new folder",
                dir.display(),
                entry.file_name().to_string_lossy()
            )),
            _ => Ok(()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(format!("cannot look into {}: {error}", dir.display())),
    }
}

/// What the arguments say, and on a terminal the answers to what they leave open.
fn about(arguments: &InitArguments) -> Result<About, String> {
    let line = |text: &Option<String>| text.as_deref().map(one_line).filter(|line| !line.is_empty());
    let mut about = About {
        name: line(&arguments.name),
        country: line(&arguments.country).map(|country| country::named(&country)).transpose()?,
        therapy: line(&arguments.therapy),
        language: arguments.language.clone(),
    };
    if !arguments.yes && io::stdin().is_terminal() && io::stderr().is_terminal() {
        questions::ask(&mut about, &mut io::stdin().lock(), &mut io::stderr())
            .map_err(|error| format!("the questions were not answered ({error}), so nothing was written"))?;
    }
    Ok(about)
}

impl About {
    fn language(&self) -> String {
        let of_country = || self.country.map_or_else(|| "en-GB".to_owned(), Country::language);
        self.language.clone().unwrap_or_else(of_country)
    }

    /// What fills the blanks in the files of the new project.
    fn blanks(&self, words: &StarterWords, today: &str) -> Vec<(&'static str, String)> {
        let language = self.language();
        let (title, summary) = match (&self.therapy, &self.name) {
            (Some(therapy), Some(name)) => {
                let both = [("therapy", therapy.as_str()), ("name", name.as_str())];
                (words.fill("project.title-of-both", &both), words.fill("project.summary-of-both", &both))
            }
            (Some(therapy), None) => (
                words.fill("project.title-of", &[("subject", therapy)]),
                words.fill("project.summary-of-therapy", &[("therapy", therapy)]),
            ),
            (None, Some(name)) => (
                words.fill("project.title-of", &[("subject", name)]),
                words.fill("project.summary-of-name", &[("name", name)]),
            ),
            (None, None) => (words.fill("project.title", &[]), words.fill("project.summary", &[])),
        };
        // Therapies have small letters in most languages, and begin a title here.
        let title = if self.therapy.is_some() { capitalised(&title) } else { title };
        let organisation = self.name.clone().unwrap_or_else(|| words.fill("project.organisation", &[]));
        let region = self.country.map(|country| quoted(country.alpha2()));
        vec![
            ("title", quoted(&title)),
            ("summary", quoted(&summary)),
            ("organisation", quoted(&organisation)),
            ("spelling", spelling(&language).to_owned()),
            ("language", quoted(&language)),
            ("region", region.as_ref().map_or("# region = \"…\"".to_owned(), |region| format!("region = {region}"))),
            ("line-region", region.unwrap_or_else(|| "\"…\"".to_owned())),
            ("in-country", self.country.map_or_else(|| "in your country".to_owned(), Country::in_it)),
            ("paper", quoted(self.country.map_or(Paper::A4, Country::paper).name())),
            ("today", today.to_owned()),
        ]
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A reminder for a language that is spelt in more than one way.
fn spelling(language: &str) -> &'static str {
    match language {
        "en-US" => " Here that means American spelling, such as “behavior” and “counselor”.",
        english if english == "en" || english.starts_with("en-") => {
            " Choose one spelling and keep to it: “behaviour” (British) or “behavior” (American)."
        }
        _ => "",
    }
}

fn put(folder: &Dir, dir: &Path, fill: &impl Fn(&str) -> String) -> io::Result<()> {
    std::fs::create_dir_all(dir)?;
    for file in folder.files() {
        let path = dir.join(file.path());
        std::fs::create_dir_all(path.parent().unwrap_or(dir))?;
        let mut written = std::fs::File::create_new(path)?;
        match file.contents_utf8() {
            Some(outline) => written.write_all(fill(outline).as_bytes())?,
            None => written.write_all(file.contents())?,
        }
    }
    folder.dirs().try_for_each(|inner| put(inner, dir, fill))
}

fn told(dir: &Path, about: &About) -> String {
    let root = root_argument(dir);
    let in_country = about.country.map_or_else(|| "in your country".to_owned(), Country::in_it);
    let language = about.language();
    let mut notes = String::new();
    if !language.starts_with("en") && about.language.is_none() {
        notes = format!(
            "Its language is {language}; if you write in another one, begin again in a new folder with `--language` and its tag, such as \
             `--language fr-CA`.\n"
        );
    }
    if !theme::words_are_known_in(&language) {
        notes += "What psychoed itself puts on pages, such as menus, is in English until you translate it: \
                  `psychoed explain words-missing` says how.\n";
    }
    format!(
        "Your project is in {dir}.\n{notes}Now:\n  \
         1. open {dir}/site-config.toml: it explains every setting\n  \
         2. put in the crisis lines for people {in_country}; until then no page for patients can be published\n  \
         3. run `psychoed new handout \"Your title\"{root}` to start a page\n  \
         4. run `psychoed serve{root}` to see the site while you write\n",
        dir = dir.display()
    )
}
