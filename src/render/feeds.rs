//! Atom feed of changes, sitemap and robots.

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::address;
use super::pages::Rendering;
use crate::content::front_matter::FrontMatter;
use crate::site::navigation::Navigation;
use crate::site::{PageIndex, Site};

/// Where an edition's feed is.
pub const ATOM: &str = "feed.xml";
/// Where an edition's site map is.
pub const SITEMAP: &str = "sitemap.xml";
/// How many changes a feed tells of at most.
const ENTRIES: usize = 50;

/// When a feed was last changed that has nothing to tell yet: readers can follow it before the first page has a date.
const NEVER: Date = jiff::civil::date(1970, 1, 1);

/// The changes of an edition, newest first. Days come from what authors wrote, never from a clock, so that nothing seems
/// to have changed because the site was built again.
pub fn atom(rendering: &Rendering, base: &str) -> String {
    let site = &rendering.site;
    let mut changes: Vec<(Date, PageIndex)> =
        rendering.listed().filter_map(|page| Some((changed(&site.pages[page].document.front_matter)?, page))).collect();
    changes.sort_by(|(one, page), (other, next)| {
        (other, site.pages[*page].url.as_str()).cmp(&(one, site.pages[*next].url.as_str()))
    });
    changes.truncate(ENTRIES);
    let newest = changes.first().map_or(NEVER, |(day, _)| *day);
    let config = &site.config;
    let title = match rendering.edition.folder.as_str() {
        "" => config.title.clone(),
        _ => format!("{} – {}", config.title, rendering.edition.title),
    };
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &config.language)]);
    xml.element("title", &title);
    xml.element("id", &address::absolute(base, ATOM));
    xml.empty("link", &[("rel", "self"), ("href", &address::absolute(base, ATOM))]);
    xml.empty("link", &[("rel", "alternate"), ("href", &address::absolute(base, Navigation::HOME))]);
    xml.element("updated", &midnight(newest));
    xml.open("author", &[]);
    xml.element("name", config.organisation.name.as_deref().unwrap_or(&config.title));
    xml.close("author");
    for (day, page) in changes {
        entry(&mut xml, rendering, base, day, page);
    }
    xml.close("feed");
    xml.finish()
}

fn entry(xml: &mut Xml, rendering: &Rendering, base: &str, day: Date, index: PageIndex) {
    let (page, words) = (&rendering.site.pages[index], rendering.words());
    let front_matter = &page.document.front_matter;
    let url = address::absolute(base, page.url.as_str());
    xml.open("entry", &[]);
    xml.element("title", page.title());
    xml.element("id", &url);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]);
    xml.element("updated", &midnight(day));
    if let Some(published) = &front_matter.publish_on {
        xml.element("published", &midnight(published.value));
    }
    for author in &front_matter.authors {
        xml.open("author", &[]);
        xml.element("name", author);
        xml.close("author");
    }
    xml.empty("category", &[("term", page.kind().name()), ("label", words.named("kind", page.kind().name()))]);
    let version = front_matter.version.as_ref().map(|version| {
        let change = front_matter.changes.iter().find(|change| change.version.value == *version);
        match change {
            Some(change) => words.fill("feed.version-note", &[("version", version), ("note", &change.note)]),
            None => words.fill("feed.version", &[("version", version)]),
        }
    });
    let summary: Vec<&str> = front_matter.summary.as_deref().into_iter().chain(version.as_deref()).collect();
    if !summary.is_empty() {
        xml.element("summary", &summary.join(" "));
    }
    xml.close("entry");
}

/// Every address of an edition that readers are meant to find, `generated` being those of pages that nobody wrote.
pub fn sitemap(rendering: &Rendering, base: &str, generated: Vec<String>) -> String {
    let mut addresses: Vec<(String, Option<Date>)> = generated.into_iter().map(|url| (url, None)).collect();
    addresses.extend(rendering.listed().map(|page| {
        let page = &rendering.site.pages[page];
        (page.url.as_str().to_owned(), changed(&page.document.front_matter))
    }));
    addresses.sort();
    let mut xml = Xml::new();
    xml.open("urlset", &[("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")]);
    for (url, day) in addresses {
        xml.open("url", &[]);
        xml.element("loc", &address::absolute(base, &url));
        if let Some(day) = day {
            xml.element("lastmod", &day.to_string());
        }
        xml.close("url");
    }
    xml.close("urlset");
    xml.finish()
}

/// Everything may be read; where absolute addresses are known, it says where the sitemaps are.
pub fn robots(site: &Site) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = &site.config.base_url {
        let slash = if base.ends_with('/') { "" } else { "/" };
        for edition in &site.editions {
            text.push_str(&format!("Sitemap: {base}{slash}{}sitemap.xml\n", address::encoded(&edition.folder)));
        }
    }
    text
}

/// The day a page last changed, as far as its author said.
fn changed(front_matter: &FrontMatter) -> Option<Date> {
    let reviewed = front_matter.reviewed.as_ref().map(|day| day.value);
    let published = front_matter.publish_on.as_ref().map(|day| day.value);
    reviewed.max(published).max(front_matter.changes.first().map(|change| change.date))
}

fn midnight(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// Writes XML, every text and attribute escaped by the library. Writing to memory cannot fail.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn new() -> Self {
        let mut xml = Self(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    fn event(&mut self, event: Event<'_>) {
        let written = self.0.write_event(event);
        debug_assert!(written.is_ok(), "memory takes every byte");
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    fn element(&mut self, name: &str, text: &str) {
        self.open(name, &[]);
        // Control characters have no place in XML, escaped or not.
        let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect();
        self.event(Event::Text(BytesText::new(&clean)));
        self.close(name);
    }

    fn finish(self) -> String {
        let mut text = String::from_utf8_lossy(&self.0.into_inner()).into_owned();
        text.push('\n');
        text
    }
}
