//! What was published, and where its links lead as a browser would see it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use percent_encoding::percent_decode_str;
use url::Url;

/// The files of an output.
pub struct Published {
    /// Every file; pages with their text.
    files: BTreeMap<String, Option<String>>,
}

/// A file, and an id in it.
pub type Leads = (String, Option<String>);

impl Published {
    /// Reads an output folder.
    pub fn read(folder: &Path) -> Self {
        let files =
            walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
        let files = files.map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            let text = name.ends_with(".html").then(|| std::fs::read_to_string(entry.path()).unwrap());
            (name, text)
        });
        Self { files: files.collect() }
    }

    /// Where the link or picture with these words leads; it stands on a page, below a certain piece of HTML. `None` if there is no
    /// such link, no such file, or not exactly one such id in it.
    pub fn link(&self, page: &str, below: &str, words: &str) -> Option<Leads> {
        let html = self.files.get(page)?.as_ref()?;
        let start = html.find(below)?;
        let before = &html[start..start + html[start..].find(words)?];
        let at = ["href=\"", "src=\""].into_iter().filter_map(|name| Some(before.rfind(name)? + name.len())).max()?;
        if before[at..].contains("</a>") {
            return None;
        }
        let leads = leads(page, &before[at..])?;
        self.holds(&leads).then_some(leads)
    }

    /// Every address of every page that leads to no file, or to no id in it.
    pub fn dead_links(&self) -> Vec<(&str, String)> {
        let ids: BTreeMap<&str, BTreeSet<String>> =
            self.files.iter().filter_map(|(name, html)| Some((name.as_str(), ids(html.as_ref()?).collect()))).collect();
        let holds = |(file, id): &Leads| {
            self.files.contains_key(file)
                && id.as_ref().is_none_or(|id| ids.get(file.as_str()).is_some_and(|ids| ids.contains(id)))
        };
        let mut dead = Vec::new();
        for (page, html) in self.files.iter().filter_map(|(name, html)| Some((name.as_str(), html.as_ref()?))) {
            let hrefs = html.match_indices(" href=\"").map(|(at, name)| &html[at + name.len()..]);
            let sources = html.match_indices(" src=\"").map(|(at, name)| &html[at + name.len()..]);
            for address in hrefs.chain(sources) {
                if leads(page, address).is_some_and(|leads| !holds(&leads)) {
                    dead.push((page, attribute(address)));
                }
            }
        }
        dead
    }

    fn holds(&self, (file, id): &Leads) -> bool {
        let Some(html) = self.files.get(file) else { return false };
        let Some(id) = id else { return true };
        html.as_ref().is_some_and(|html| ids(html).filter(|known| known == id).count() == 1)
    }
}

/// Where an address leads that starts at the front of a piece of HTML; `None` when it leads out of the site.
fn leads(page: &str, html: &str) -> Option<Leads> {
    const SITE: &str = "https://clinic.example/";
    let mut base = Url::parse(SITE).unwrap();
    base.path_segments_mut().unwrap().pop_if_empty().extend(page.split('/'));
    let url = base.join(&attribute(html)).unwrap();
    let file = url.as_str().strip_prefix(SITE)?.split(['#', '?']).next().unwrap_or_default();
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    Some((decoded(file), url.fragment().map(decoded)))
}

/// The value of an attribute, whose first quotation mark has been read.
fn attribute(html: &str) -> String {
    let value = html.split('"').next().unwrap_or_default();
    value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

fn ids(html: &str) -> impl Iterator<Item = String> + '_ {
    html.match_indices(" id=\"").map(|(at, name)| attribute(&html[at + name.len()..]))
}
