//! Nothing of the bundled library that is for clinicians reaches the patients' edition, in no file of it: pages, feed, site map,
//! data for machines, downloads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use psychoed::content::block::{Block, BlockBody, Directive, Inline, plain_text};
use psychoed::content::{Audience, Citation};
use psychoed::site::{Facts, Page, Site};
use psychoed::{Memo, Options};

/// So many words in a row are the same in two texts only when one was copied from the other.
const ROW: usize = 10;

/// The library with every file that it comes to as text, by path.
fn library() -> (Arc<Site>, BTreeMap<String, String>) {
    let sources = psychoed::load::project(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let facts = Facts::on(jiff::civil::date(2026, 11, 22));
    let options = Options { base_url: Some("https://clinic.example/".to_owned()), ..Options::default() };
    let built = psychoed::build(&Arc::new(sources), &facts, &options, &mut Memo::default());
    let files = Mutex::new(BTreeMap::new());
    built.press.unwrap().all(&|file| {
        if let Ok(text) = String::from_utf8(file.bytes.to_vec()) {
            files.lock().unwrap().insert(file.path.as_str().to_owned(), text);
        }
    });
    (built.site.unwrap(), files.into_inner().unwrap())
}

/// The words of a text in lower case, without anything between them.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Every row of words of a text.
fn rows(text: &str) -> BTreeSet<String> {
    words(text).windows(ROW).map(|row| row.join(" ")).collect()
}

/// Every row of words of a published file: as a browser shows it, and as it is written, so that attributes count, too.
fn published_rows(file: &str) -> BTreeSet<String> {
    let mut shown = String::new();
    let mut rest = file;
    while let Some((before, tag)) = rest.split_once('<') {
        shown.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    shown.push_str(rest);
    rows(&entities_resolved(&shown)).into_iter().chain(rows(&entities_resolved(file))).collect()
}

fn entities_resolved(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&#x27;", "'").replace("&#39;", "'").replace("&lt;", "<").replace("&amp;", "&")
}

/// What a page says: to patients, and to others alone.
#[derive(Default)]
struct Said {
    to_patients: Vec<String>,
    to_others: Vec<String>,
}

impl Said {
    fn by(site: &Site, page: &Page) -> Self {
        let mut said = Said::default();
        let for_patients = page.document.front_matter.audience.contains(&Audience::Patient);
        let top = site.sources.text(page.path.as_str()).unwrap().get(page.document.front_matter.span.clone()).unwrap();
        said.add(for_patients, top.to_owned());
        said.blocks(&page.document.blocks, for_patients);
        said
    }

    fn add(&mut self, to_patients: bool, text: String) {
        if to_patients { self.to_patients.push(text) } else { self.to_others.push(text) }
    }

    fn blocks(&mut self, blocks: &[Block], for_patients: bool) {
        for block in blocks {
            let for_patients = match &block.body {
                BlockBody::Directive { directive: Directive::For(whom), .. } => {
                    for_patients && *whom == Audience::Patient
                }
                _ => for_patients,
            };
            if let BlockBody::Directive { title: Some(title), .. } = &block.body {
                self.add(for_patients, title.to_string());
            }
            let inlines: Vec<&[Inline]> = match &block.body {
                BlockBody::Heading { inlines, .. } | BlockBody::Paragraph(inlines) => vec![inlines],
                BlockBody::DefinitionList(definitions) => {
                    definitions.iter().map(|definition| &definition.term[..]).collect()
                }
                BlockBody::Table { header, rows, .. } => {
                    header.iter().chain(rows.iter().flatten()).map(|cell| &cell[..]).collect()
                }
                _ => Vec::new(),
            };
            inlines.into_iter().for_each(|inlines| self.add(for_patients, plain_text(inlines)));
            let children: Vec<Block> = block.children().cloned().collect();
            self.blocks(&children, for_patients);
        }
    }
}

fn is_for_patients(path: &str) -> bool {
    path.starts_with("patient/")
}

#[test]
fn no_words_for_clinicians_are_in_any_file_for_patients() {
    let (site, files) = library();
    let (mut to_patients, mut secret) = (BTreeSet::new(), BTreeSet::new());
    for page in site.published() {
        let said = Said::by(&site, page);
        said.to_patients.iter().for_each(|text| to_patients.extend(rows(text)));
        said.to_others.iter().for_each(|text| secret.extend(rows(text)));
    }
    // What every edition may take from elsewhere: the configuration, works, and drawings.
    for (path, bytes) in site.sources.files.iter().filter(|(path, _)| path.extension() != Some("md")) {
        if let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| !path.as_str().starts_with("themes/")) {
            to_patients.extend(published_rows(text));
        }
    }
    secret = secret.difference(&to_patients).cloned().collect();
    let (mut leaks, mut seen_by_clinicians) = (Vec::new(), BTreeSet::new());
    for (path, text) in &files {
        let published = published_rows(text);
        if is_for_patients(path) {
            leaks.extend(published.intersection(&secret).next().map(|row| format!("{path}: {row}")));
        } else {
            seen_by_clinicians.extend(published.intersection(&secret).cloned());
        }
    }
    assert!(leaks.is_empty(), "{leaks:?}");
    // The same rows are there to be found, so the search above can fail.
    assert!(secret.len() > 10_000, "{}", secret.len());
    assert!(seen_by_clinicians.len() * 10 > secret.len() * 6, "{} of {}", seen_by_clinicians.len(), secret.len());
}

#[test]
fn no_id_address_or_work_of_clinicians_is_in_any_file_for_patients() {
    let (site, files) = library();
    let mut secrets: BTreeSet<String> = BTreeSet::new();
    for page in site.published().filter(|page| !page.document.front_matter.audience.contains(&Audience::Patient)) {
        secrets.extend(page.document.front_matter.id.as_ref().map(|id| id.value.clone()));
        secrets.insert(page.url.as_str().to_owned());
    }
    let keys = |is_shown: fn(&Page, &Citation) -> bool| -> BTreeSet<&str> {
        let citations = site
            .published()
            .flat_map(|page| page.document.citations.iter().map(move |citation| (page, &citation.value)));
        citations
            .filter(|(page, one)| is_shown(page, one))
            .flat_map(|(_, one)| &one.items)
            .map(|item| item.key.as_str())
            .collect()
    };
    let by_patients = keys(|page, citation| {
        let audience = &page.document.front_matter.audience;
        audience.contains(&Audience::Patient) && citation.within.iter().all(|whom| *whom == Audience::Patient)
    });
    let only_others = keys(|_, _| true).difference(&by_patients).copied().collect::<BTreeSet<_>>();
    let works = site.bibliography.works.values().filter(|work| only_others.contains(work.key.as_str()));
    secrets.extend(works.filter_map(|work| work.text("DOI").map(str::to_owned)));
    let mut seen_by_clinicians = BTreeSet::new();
    for (path, text) in &files {
        for secret in &secrets {
            // An id may be the beginning of another.
            let stands = |at: usize| !text[at + secret.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
            if text.match_indices(secret.as_str()).any(|(at, _)| stands(at)) {
                assert!(!is_for_patients(path), "{secret} is in {path}");
                seen_by_clinicians.insert(secret);
            }
        }
    }
    assert!(secrets.len() > 100 && seen_by_clinicians.len() * 10 > secrets.len() * 9);
}

#[test]
fn the_editions_have_files_of_every_sort() {
    let (_, files) = library();
    for file in ["index.html", "feed.xml", "sitemap.xml", "references.bib", "references.ris", "a-z.html"] {
        for edition in ["patient", "clinician"] {
            assert!(
                files.contains_key(&format!("{edition}/{file}")),
                "{edition}/{file}: {:?}",
                files.keys().filter(|path| !path.contains("/handouts/")).take(60).collect::<Vec<_>>()
            );
        }
    }
    assert!(files["patient/handouts/grief.html"].contains("application/ld+json"));
}
