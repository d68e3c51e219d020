//! JSON-LD: what a page is, for whom, and how old, in the words of schema.org. Only where absolute addresses are known.

use serde_json::{Map, Value, json};

use super::address;
use super::html::escape;
use super::pages::Rendering;
use crate::content::reference::Work;
use crate::content::{Audience, KindName};
use crate::site::PageIndex;
use crate::site::navigation::Navigation;

/// A written page, with the works it cites.
pub fn page<'w>(rendering: &Rendering, index: PageIndex, cited: impl Iterator<Item = &'w Work>) -> Option<String> {
    let base = rendering.base.as_ref()?;
    let page = &rendering.site.pages[index];
    let front_matter = &page.document.front_matter;
    let language = rendering.site.language(page);
    let kind = if page.kind() == KindName::Page { "WebPage" } else { "MedicalWebPage" };
    let mut data = about_page(rendering, kind, page.url.as_str(), page.title(), front_matter.summary.as_deref(), base);
    let audiences = front_matter.audience.iter().filter(|audience| rendering.edition.audiences.contains(audience));
    data.insert("inLanguage".into(), language.into());
    data.insert("audience".into(), audiences.map(|known| audience(*known)).collect());
    if kind == "MedicalWebPage" {
        let treatment = json!({"@type": "PsychologicalTreatment", "name": rendering.site.config.title});
        data.insert("about".into(), treatment);
        if let Some(reviewed) = &front_matter.reviewed {
            data.insert("lastReviewed".into(), reviewed.value.to_string().into());
        }
        let reviewers: Vec<Value> = front_matter
            .reviewers
            .iter()
            .map(|reviewer| json!({"@type": "Person", "name": reviewer.name, "jobTitle": reviewer.role}))
            .collect();
        if !reviewers.is_empty() {
            data.insert("reviewedBy".into(), reviewers.into());
        }
    }
    if let Some(version) = &front_matter.version {
        data.insert("version".into(), version.as_str().into());
    }
    let authors: Vec<Value> =
        front_matter.authors.iter().map(|author| json!({"@type": "Person", "name": author})).collect();
    if !authors.is_empty() {
        data.insert("author".into(), authors.into());
    }
    let works: Vec<Value> = cited.map(citation).collect();
    if !works.is_empty() {
        data.insert("citation".into(), works.into());
    }
    Some(script(&Value::Object(data)))
}

/// The home page.
pub fn website(rendering: &Rendering, title: &str, summary: Option<&str>) -> Option<String> {
    let base = rendering.base.as_ref()?;
    let mut data = Map::new();
    data.insert("@context".into(), "https://schema.org".into());
    data.insert("@type".into(), "WebSite".into());
    data.insert("name".into(), rendering.site.config.title.as_str().into());
    if title != rendering.site.config.title {
        data.insert("headline".into(), title.into());
    }
    if let Some(summary) = summary {
        data.insert("description".into(), summary.into());
    }
    data.insert("url".into(), address::absolute(base, Navigation::HOME).into());
    data.insert("inLanguage".into(), rendering.site.config.language.as_str().into());
    if let Some(name) = &rendering.site.config.organisation.name {
        data.insert("publisher".into(), json!({"@type": "Organization", "name": name}));
    }
    Some(script(&Value::Object(data)))
}

/// A list of pages.
pub fn collection(rendering: &Rendering, url: &str, title: &str, summary: Option<&str>) -> Option<String> {
    let base = rendering.base.as_ref()?;
    Some(script(&Value::Object(about_page(rendering, "CollectionPage", url, title, summary, base))))
}

fn about_page(
    rendering: &Rendering,
    kind: &str,
    url: &str,
    title: &str,
    summary: Option<&str>,
    base: &str,
) -> Map<String, Value> {
    let config = &rendering.site.config;
    let mut data = Map::new();
    data.insert("@context".into(), "https://schema.org".into());
    data.insert("@type".into(), kind.into());
    data.insert("name".into(), title.into());
    if let Some(summary) = summary {
        data.insert("description".into(), summary.into());
    }
    data.insert("url".into(), address::absolute(base, url).into());
    data.insert("inLanguage".into(), config.language.as_str().into());
    let home = address::absolute(base, Navigation::HOME);
    data.insert("isPartOf".into(), json!({"@type": "WebSite", "name": config.title, "url": home}));
    if let Some(name) = &config.organisation.name {
        data.insert("publisher".into(), json!({"@type": "Organization", "name": name}));
    }
    data
}

fn audience(audience: Audience) -> Value {
    match audience {
        Audience::Patient => json!({"@type": "Patient", "audienceType": "Patient"}),
        Audience::Clinician => json!({"@type": "MedicalAudience", "audienceType": "Clinician"}),
        Audience::Trainee => json!({"@type": "MedicalAudience", "audienceType": "Trainee"}),
        Audience::Instructor => json!({"@type": "MedicalAudience", "audienceType": "Instructor"}),
    }
}

fn citation(work: &Work) -> Value {
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
    let mut data = Map::new();
    data.insert("@type".into(), kind.into());
    if let Some(title) = work.text("title") {
        data.insert("name".into(), title.into());
    }
    if let Some(year) = work.year() {
        data.insert("datePublished".into(), year.to_string().into());
    }
    if let Some(doi) = work.text("DOI") {
        data.insert("sameAs".into(), format!("https://doi.org/{}", address::encoded(doi)).into());
    } else if let Some(url) = work.text("URL").filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
        data.insert("sameAs".into(), url.into());
    }
    Value::Object(data)
}

fn script(data: &Value) -> String {
    let mut text = String::new();
    escape::script(&data.to_string(), &mut text);
    text
}
