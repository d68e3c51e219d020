//! What a new page has to fit in with: the front matter of every page there is, published or not.

use rayon::prelude::*;

use crate::config::Config;
use crate::content::KindName;
use crate::parse::{encoding, front_matter};
use crate::site::translation;
use crate::source::{SitePath, Sources};

/// A page as far as a new one has to know it.
pub(super) struct Existing {
    pub(super) path: SitePath,
    /// `None` when the page cannot be read.
    pub(super) kind: Option<KindName>,
    pub(super) title: Option<String>,
    /// The id, even of a page that cannot be read otherwise.
    pub(super) id: Option<String>,
    pub(super) aliases: Vec<String>,
}

impl Existing {
    /// Whether its file says that it is in another language, as `grief.es.md` does.
    pub(super) fn is_translation(&self) -> bool {
        translation::named(&self.path).is_some()
    }
}

/// Every page below `content/`, by path.
pub(super) fn pages(sources: &Sources, config: &Config) -> Vec<Existing> {
    let files: Vec<_> = sources.below(Sources::CONTENT).filter(|(path, _)| path.extension() == Some("md")).collect();
    files.into_par_iter().map(|(path, bytes)| page(path, bytes, config)).collect()
}

fn page(path: &SitePath, bytes: &[u8], config: &Config) -> Existing {
    // What is wrong with other pages is for `psychoed check` to say.
    let mut faults = Vec::new();
    let top = encoding::text(path, bytes, &mut faults)
        .and_then(|text| front_matter::front_matter(path, text, config, &mut faults));
    match top.and_then(|top| top.front_matter) {
        Some(front_matter) => Existing {
            path: path.clone(),
            kind: Some(front_matter.kind.name()),
            title: Some(front_matter.title.value),
            id: front_matter.id.map(|id| id.value),
            aliases: front_matter.aliases.into_iter().map(|alias| alias.value).collect(),
        },
        None => Existing {
            path: path.clone(),
            kind: None,
            title: None,
            id: id_as_written(&String::from_utf8_lossy(bytes)),
            aliases: Vec::new(),
        },
    }
}

/// The id of a page whose front matter is broken: once somebody mends the page, it counts.
fn id_as_written(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let value = line.trim().strip_prefix("id")?.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value[1..].split(quote).next().map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_broken_page_is_found() {
        assert_eq!(id_as_written("+++\nkind = handout\n id =  'HO-7' # mine\n").as_deref(), Some("HO-7"));
        assert_eq!(id_as_written("+++\nidentity = \"x\"\nid = 7\n\n"), None);
    }

    #[test]
    fn a_translation_is_told_by_its_name() {
        let is = |path: &str| page(&SitePath::new(path), b"", &Config::default()).is_translation();
        assert!(is("content/a/grief.es.md") && is("content/grief.pt-BR.md"));
        assert!(!is("content/a.es/grief.md") && !is("content/a/grief.v2.md"));
    }
}
