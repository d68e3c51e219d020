//! JSON-LD: what a page is, for whom, and how old, in the words of schema.org. Only where absolute addresses are known.

use std::borrow::Cow;

use serde::Serialize;

use super::address;
use super::html::escape;
use super::pages::Rendering;
use crate::content::reference::Work;
use crate::content::{Audience, KindName};
use crate::site::PageIndex;
use crate::site::navigation::Navigation;

/// A thing of schema.org; what is not known of it is left out.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Thing<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    audience: Vec<Readers>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Cited<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_reviewed: Option<String>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reviewed_by: Vec<Named<'a>>,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
}

/// A person, a body, a site or a treatment.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_title: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// Whom a page is for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Readers {
    #[serde(rename = "@type")]
    kind: &'static str,
    audience_type: &'static str,
}

/// A work that a page cites.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cited<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as: Option<Cow<'a, str>>,
}

/// A written page, with the works it cites.
pub fn page<'w>(rendering: &Rendering, index: PageIndex, cited: impl Iterator<Item = &'w Work>) -> Option<String> {
    let base = rendering.base.as_ref()?;
    let page = &rendering.site.pages[index];
    let front_matter = &page.document.front_matter;
    let kind = if page.kind() == KindName::Page { "WebPage" } else { "MedicalWebPage" };
    let audiences = front_matter.audience.iter().filter(|audience| rendering.edition.audiences.contains(audience));
    let mut thing = Thing {
        audience: audiences.map(|audience| Readers::of(*audience)).collect(),
        author: front_matter.authors.iter().map(|author| Named::new("Person", author)).collect(),
        citation: cited.map(Cited::of).collect(),
        in_language: rendering.site.language(page),
        version: front_matter.version.as_deref(),
        ..part_of_site(rendering, kind, page.url.as_str(), page.title(), front_matter.summary.as_deref(), base)
    };
    if kind == "MedicalWebPage" {
        thing.about = Some(Named::new("PsychologicalTreatment", &rendering.site.config.title));
        thing.last_reviewed = front_matter.reviewed.as_ref().map(|reviewed| reviewed.value.to_string());
        let reviewers = front_matter.reviewers.iter();
        thing.reviewed_by = reviewers
            .map(|reviewer| Named { job_title: Some(&reviewer.role), ..Named::new("Person", &reviewer.name) })
            .collect();
    }
    script(&thing)
}

/// The home page.
pub fn website(rendering: &Rendering, title: &str, summary: Option<&str>) -> Option<String> {
    let base = rendering.base.as_ref()?;
    let config = &rendering.site.config;
    let thing = part_of_site(rendering, "WebSite", Navigation::HOME, &config.title, summary, base);
    script(&Thing { headline: (title != config.title).then_some(title), is_part_of: None, ..thing })
}

/// A list of pages.
pub fn collection(rendering: &Rendering, url: &str, title: &str, summary: Option<&str>) -> Option<String> {
    let base = rendering.base.as_ref()?;
    script(&part_of_site(rendering, "CollectionPage", url, title, summary, base))
}

fn part_of_site<'a>(
    rendering: &'a Rendering,
    kind: &'static str,
    url: &str,
    title: &'a str,
    summary: Option<&'a str>,
    base: &str,
) -> Thing<'a> {
    let config = &rendering.site.config;
    let home = address::absolute(base, Navigation::HOME);
    Thing {
        context: "https://schema.org",
        kind,
        name: title,
        description: summary,
        url: address::absolute(base, url),
        in_language: &config.language,
        is_part_of: Some(Named { url: Some(home), ..Named::new("WebSite", &config.title) }),
        publisher: config.organisation.name.as_deref().map(|name| Named::new("Organization", name)),
        ..Thing::default()
    }
}

impl<'a> Named<'a> {
    fn new(kind: &'static str, name: &'a str) -> Self {
        Self { kind, job_title: None, name, url: None }
    }
}

impl Readers {
    fn of(audience: Audience) -> Self {
        let (kind, audience_type) = match audience {
            Audience::Patient => ("Patient", "Patient"),
            Audience::Clinician => ("MedicalAudience", "Clinician"),
            Audience::Trainee => ("MedicalAudience", "Trainee"),
            Audience::Instructor => ("MedicalAudience", "Instructor"),
        };
        Self { kind, audience_type }
    }
}

impl<'a> Cited<'a> {
    fn of(work: &'a Work) -> Self {
        let kind = match work.text("type") {
            Some("article-journal" | "article-magazine" | "article-newspaper" | "article") => "ScholarlyArticle",
            Some("book") => "Book",
            Some("chapter") => "Chapter",
            Some("report") => "Report",
            Some("thesis") => "Thesis",
            Some("dataset") => "Dataset",
            Some("webpage") => "WebPage",
            _ => "CreativeWork",
        };
        let doi = work.text("DOI").map(|doi| format!("https://doi.org/{}", address::encoded(doi)).into());
        let is_web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
        Self {
            kind,
            date_published: work.year().map(|year| year.to_string()),
            name: work.text("title"),
            same_as: doi.or_else(|| work.text("URL").filter(is_web).map(Cow::Borrowed)),
        }
    }
}

fn script(thing: &Thing<'_>) -> Option<String> {
    let json = serde_json::to_string(thing).ok()?;
    let mut text = String::with_capacity(json.len());
    escape::script(&json, &mut text);
    Some(text)
}
