//! Where a new page goes: its folder, and a file name whose address is free.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path};

use super::existing::Existing;
use crate::config::Config;
use crate::content::KindName;
use crate::content::writing::main_part;
use crate::site::lookup::fold;
use crate::site::{Site, generated, translation};
use crate::source::{SitePath, Sources};

/// How long a file name may become, its ending aside.
const LONGEST: usize = 60;

/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Where a new page goes.
pub(super) struct Place {
    /// Its file.
    pub(super) path: SitePath,
    /// The language in its file name.
    pub(super) lang: Option<String>,
    /// The page that it is a translation of, by its name.
    pub(super) original: Option<SitePath>,
}

/// The folder that holds most pages of the kind, or else one called after the kind.
pub(super) fn usual_folder(kind: KindName, pages: &[Existing]) -> String {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    // The home page is the only one of its sort.
    for page in pages.iter().filter(|page| page.kind == Some(kind) && page.path.as_str() != Site::HOME) {
        *folders.entry(page.path.folder()).or_default() += 1;
    }
    let most = folders.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map_or_else(|| format!("{}{}", Sources::CONTENT, slug(kind.plural(), "en")), |(folder, _)| folder.to_owned())
}

/// The folder somebody asked for, from the project's root.
pub(super) fn folder_named(root: &Path, dir: &Path) -> Result<String, String> {
    let shown = dir.display();
    let outside = || format!("{shown} is not in the project's content folder; name one such as content/handouts");
    let inner = if dir.is_absolute() {
        let root = std::path::absolute(root).map_err(|error| format!("cannot find {}: {error}", root.display()))?;
        dir.strip_prefix(&root).map_err(|_| outside())?.to_owned()
    } else {
        dir.strip_prefix(root).unwrap_or(dir).to_owned()
    };
    let mut segments: Vec<&str> = Vec::new();
    for component in inner.components() {
        match component {
            Component::Normal(name) => {
                segments.push(name.to_str().ok_or_else(|| format!("{shown} is not Unicode; choose another name"))?);
            }
            Component::CurDir => {}
            Component::ParentDir => {
                segments.pop().ok_or_else(outside)?;
            }
            Component::RootDir | Component::Prefix(_) => return Err(outside()),
        }
    }
    if segments.first() != Some(&Sources::CONTENT.trim_end_matches('/')) {
        return Err(outside());
    }
    match segments.iter().find(|name| is_unfit(name)) {
        Some(name) => Err(format!("psychoed cannot publish from a folder called “{name}”; choose another name")),
        None => Ok(segments.join("/")),
    }
}

/// Whether a folder of this name is left out of sites, or cannot be part of an address.
fn is_unfit(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || name.contains(['\\', ':']) || name.contains(char::is_control)
}

/// The page somebody wants to translate, by its file: an original, since a translation of a translation is nobody's.
pub(super) fn page_named(root: &Path, file: &Path, pages: &[Existing]) -> Result<SitePath, String> {
    let shown = file.display();
    let missing = || format!("there is no page {shown}; name one such as content/handouts/grief.md");
    let path = SitePath::new(folder_named(root, file).map_err(|_| missing())?);
    let is_there = |path: &SitePath| pages.iter().any(|page| page.path == *path);
    if !is_there(&path) {
        return Err(missing());
    }
    match translation::named(&path) {
        Some((original, _)) if is_there(&original) => {
            Err(format!("{path} is a translation itself; translate {original} instead"))
        }
        _ => Ok(path),
    }
}

/// Refuses a folder that is a link to somewhere else.
pub(super) fn stays_inside(root: &Path, folder: &str) -> Result<(), String> {
    let there = root.join(folder);
    let exists = there.ancestors().find_map(|folder| folder.canonicalize().ok());
    match (exists, root.canonicalize()) {
        (Some(exists), Ok(root)) if !exists.starts_with(&root) => {
            Err(format!("{} leads out of the project; name another folder with --dir", there.display()))
        }
        _ => Ok(()),
    }
}

/// What is there already.
pub(super) struct Taken<'a> {
    pub(super) sources: &'a Sources,
    pub(super) config: &'a Config,
    pub(super) pages: &'a [Existing],
}

impl Taken<'_> {
    /// A place for a page of this title. Where a page of the same name is, somebody is told of it instead of getting two.
    pub(super) fn place(&self, folder: &str, title: &str, kind: KindName, lang: Option<&str>) -> Result<Place, String> {
        let slug = slug(title, lang.unwrap_or(&self.config.language));
        let files: HashSet<String> = self.sources.files.keys().map(|path| fold(path.as_str())).collect();
        let addresses = self.addresses();
        for name in names(&slug, kind) {
            let original = SitePath::new(format!("{folder}/{name}.md"));
            let path = match lang {
                Some(lang) => SitePath::new(format!("{folder}/{name}.{lang}.md")),
                None => original.clone(),
            };
            if files.contains(&fold(path.as_str())) {
                // Titles without a letter all give the same name.
                if slug.is_empty() {
                    continue;
                }
                let there = self.there(&path);
                return Err(format!(
                    "{there}. Open that file, choose another title, or name another folder with --dir"
                ));
            }
            let address = format!("{}.html", within(&path).trim_end_matches(".md"));
            if addresses.contains(&fold(&address)) || is_device(&name) {
                continue;
            }
            let original =
                Some(original).filter(|original| lang.is_some() && self.sources.files.contains_key(original));
            return Ok(Place { path, lang: lang.map(str::to_owned), original });
        }
        Err(format!("every name for a page in {folder} is taken; name another folder with --dir"))
    }

    /// The place of a translation, which is beside its original.
    pub(super) fn beside(&self, original: &SitePath, lang: &str) -> Result<Place, String> {
        let path =
            SitePath::new(format!("{}.{lang}.md", original.as_str().strip_suffix(".md").unwrap_or(original.as_str())));
        if self.sources.files.keys().any(|known| fold(known.as_str()) == fold(path.as_str())) {
            let there = self.there(&path);
            return Err(format!("{there}. Go on with that file, or delete it first to begin the translation anew"));
        }
        Ok(Place { path, lang: Some(lang.to_owned()), original: Some(original.clone()) })
    }

    /// Every address that something other than a page has.
    fn addresses(&self) -> HashSet<String> {
        let ids = self.pages.iter().filter_map(|page| Some((page.id.as_deref()?, page.kind?)));
        let generated = generated::addresses(self.config)
            .into_iter()
            .chain(generated::addresses_of_pages(ids))
            .map(|(address, _)| address);
        let aliases = self.pages.iter().flat_map(|page| page.aliases.iter().cloned());
        let files = self.sources.below(Sources::CONTENT).map(|(path, _)| within(path).to_owned());
        generated.chain(aliases).chain(files).map(|address| fold(&address)).collect()
    }

    /// As in “the page … is in … already”.
    fn there(&self, path: &SitePath) -> String {
        let there = self.pages.iter().find(|page| fold(page.path.as_str()) == fold(path.as_str()));
        match there.and_then(|page| Some((&page.path, page.title.as_ref()?))) {
            Some((path, title)) => format!("the page “{title}” is in {path} already"),
            None => format!("{path} is there already"),
        }
    }
}

fn within(path: &SitePath) -> &str {
    path.as_str().strip_prefix(Sources::CONTENT).unwrap_or(path.as_str())
}

fn is_device(name: &str) -> bool {
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    DEVICES.contains(&name)
        || port.is_some_and(|port| port.len() == 1 && port.starts_with(|c: char| c.is_ascii_digit()))
}

/// Names for a page, best first.
fn names(slug: &str, kind: KindName) -> impl Iterator<Item = String> {
    const MOST: usize = 10_000;
    let first = if slug.is_empty() { kind.name().to_owned() } else { slug.to_owned() };
    let with_kind = (!slug.is_empty()).then(|| format!("{slug}-{}", kind.name()));
    let numbered = (2..MOST).map({
        let first = first.clone();
        move |number| format!("{first}-{number}")
    });
    std::iter::once(first).chain(with_kind).chain(numbered)
}

/// The words of a title as they can stand in any address and on any disk; empty when it has none.
fn slug(title: &str, language: &str) -> String {
    let mut slug = String::new();
    for word in words(title, language) {
        let word = word.to_lowercase();
        if slug.is_empty() {
            slug.push_str(&word[..word.len().min(LONGEST)]);
        } else if slug.len() + 1 + word.len() <= LONGEST {
            slug.push('-');
            slug.push_str(&word);
        } else {
            break;
        }
    }
    slug
}

/// The words of a title in plain letters and digits, as people of the language write them who have no others: `Ärger` is `aerger` in
/// German, and `l’été` two words in French.
pub(super) fn words(title: &str, language: &str) -> Vec<String> {
    let letters: &[(char, &str)] = match main_part(language) {
        "de" => &[('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('Ä', "Ae"), ('Ö', "Oe"), ('Ü', "Ue")],
        "es" => &[('ñ', "ni"), ('Ñ', "Ni")],
        "ca" | "fr" | "it" => &[('\'', " "), ('’', " ")],
        _ => &[],
    };
    let title = letters.iter().fold(title.to_owned(), |title, (letter, plain)| title.replace(*letter, plain));
    let plain = deunicode::deunicode(&title).replace('\'', "");
    plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_of_plain_letters() {
        for (title, name) in [
            ("Sleeping better", "sleeping-better"),
            ("What I’ve lost, and what I keep!", "what-ive-lost-and-what-i-keep"),
            ("Trauer & Verlust: Ärger, Größe", "trauer-verlust-arger-grosse"),
            ("抑郁", "yi-yu"),
            ("../../etc/passwd", "etc-passwd"),
            ("***", ""),
        ] {
            assert_eq!(slug(title, "en-GB"), name, "{title}");
        }
        for (title, language, name) in [
            ("Über Ärger, Größe und Schwüle", "de-AT", "ueber-aerger-groesse-und-schwuele"),
            ("L’été ou l'œuvre", "fr", "l-ete-ou-l-oeuvre"),
            ("Mi año", "es-MX", "mi-anio"),
            ("L’efficacia", "it", "l-efficacia"),
        ] {
            assert_eq!(slug(title, language), name, "{title}");
        }
        assert_eq!(slug(&"word ".repeat(60), "en"), ["word"; 12].join("-"));
        assert_eq!(slug(&"x".repeat(300), "en").len(), LONGEST);
    }

    #[test]
    fn a_folder_is_read_from_the_project_or_from_where_one_stands() {
        let named = |root: &str, dir: &str| folder_named(Path::new(root), Path::new(dir));
        for (root, dir) in [
            (".", "content/a/b"),
            (".", "./content/a/b/"),
            (".", "content/c/../a/b"),
            ("site", "content/a/b"),
            ("site", "site/content/a/b"),
            ("/site", "/site/content/a/b"),
        ] {
            assert_eq!(named(root, dir).as_deref(), Ok("content/a/b"), "{root} {dir}");
        }
        for dir in ["a/b", "/content", "..", "content/../..", "../content", "contents/a", "/etc"] {
            let message = format!("{dir} is not in the project's content folder; name one such as content/handouts");
            assert_eq!(named(".", dir), Err(message));
        }
        for name in [".git", "old~", "a\\b", "c:", "a\nb"] {
            let message = format!("psychoed cannot publish from a folder called “{name}”; choose another name");
            assert_eq!(named(".", &format!("content/{name}")), Err(message));
        }
    }

    #[test]
    fn names_of_devices_are_left_alone() {
        assert!(["con", "nul", "com1", "lpt9"].into_iter().all(is_device));
        assert!(["cone", "com", "com12", "comx"].into_iter().all(|name| !is_device(name)));
    }
}
