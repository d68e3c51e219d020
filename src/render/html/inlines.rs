//! Running text into HTML.

use std::borrow::Cow;

use super::Writer;
use crate::content::block::{Image, Link};
use crate::content::{CitationIndex, Inline, LinkIndex};
use crate::render::address;
use crate::site::LinkTarget;

/// Something with a link of its own that stands within a link; it follows that link instead.
pub(super) enum AfterLink<'a> {
    Footnote(&'a str),
    Citation(CitationIndex),
}

/// Where a link leads.
struct Destination {
    address: String,
    outside: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn inlines(&mut self, inlines: &'a [Inline]) {
        let mut rest = inlines;
        while let Some((first, others)) = rest.split_first() {
            let words = rest.iter().take_while(|inline| matches!(inline, Inline::Text(_) | Inline::SoftBreak)).count();
            if words > 0 {
                self.running_text(&rest[..words]);
                rest = &rest[words..];
            } else {
                self.inline(first);
                rest = others;
            }
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(_) | Inline::SoftBreak => self.running_text(std::slice::from_ref(inline)),
            Inline::Emphasis(inlines) => self.wrapped("em", inlines),
            Inline::Strong(inlines) => self.wrapped("strong", inlines),
            Inline::Struck(inlines) => self.wrapped("del", inlines),
            Inline::Code(text) => {
                self.raw("<code>");
                self.text(text);
                self.raw("</code>");
            }
            Inline::Link(link) => self.link(link),
            Inline::Image(image) => self.image(image),
            Inline::Citation(citation) => match &mut self.link {
                Some(after) => after.push(AfterLink::Citation(*citation)),
                None => self.body.holes.push((self.body.html.len(), *citation)),
            },
            Inline::FootnoteMark(label) => match &mut self.link {
                Some(after) => after.push(AfterLink::Footnote(label)),
                None => self.footnote_mark(label),
            },
            Inline::HardBreak => self.raw("<br>\n"),
            Inline::RawHtml(html) => self.raw_html(html),
        }
    }

    fn wrapped(&mut self, tag: &str, inlines: &'a [Inline]) {
        self.raw("<");
        self.raw(tag);
        self.raw(">");
        self.inlines(inlines);
        self.raw("</");
        self.raw(tag);
        self.raw(">");
    }

    /// Words and the line ends between them, as one text so that a term may go over a line's end.
    fn running_text(&mut self, inlines: &'a [Inline]) {
        let piece = |inline: &'a Inline| match inline {
            Inline::Text(words) => words.as_str(),
            _ => "\n",
        };
        let text: Cow<'a, str> = match inlines {
            [inline] => Cow::Borrowed(piece(inline)),
            inlines => Cow::Owned(inlines.iter().map(piece).collect()),
        };
        self.body.words += text.split_ascii_whitespace().count();
        if self.linkable { self.text_with_terms(&text) } else { self.text(&text) }
    }

    fn text_with_terms(&mut self, text: &str) {
        let spaced = if text.contains('\n') { Cow::Owned(text.replace('\n', " ")) } else { Cow::Borrowed(text) };
        let mut written = 0;
        for used in self.reading.terms.uses(&spaced, self.reading.language()) {
            self.body.terms.insert(used.page);
            if !self.reading.link_terms || !self.linked.insert(used.page) {
                continue;
            }
            self.text(&text[written..used.at.start]);
            self.raw("<a class=\"term\"");
            let pages = &self.reading.site.pages;
            let address = address::relative(&pages[self.reading.page].url, pages[used.page].url.as_str());
            self.attribute("href", &address);
            self.raw(">");
            self.text(&text[used.at.clone()]);
            self.raw("</a>");
            written = used.at.end;
        }
        self.text(&text[written..]);
    }

    fn link(&mut self, link: &'a Link) {
        // Links do not nest; the parser lets none through, and this makes sure.
        let destination = if self.link.is_some() { None } else { self.destination(link.link) };
        let Some(destination) = destination else { return self.inlines(&link.inlines) };
        self.raw("<a");
        self.attribute("href", &destination.address);
        if destination.outside {
            self.attribute("rel", "external noopener");
        }
        if let Some(title) = link.title.as_deref().filter(|title| !title.is_empty()) {
            self.attribute("title", title);
        }
        self.raw(">");
        self.link = Some(Vec::new());
        self.unlinkable(|writer| writer.inlines(&link.inlines));
        self.raw("</a>");
        for after in self.link.take().unwrap_or_default() {
            match after {
                AfterLink::Footnote(label) => self.footnote_mark(label),
                AfterLink::Citation(citation) => self.body.holes.push((self.body.html.len(), citation)),
            }
        }
    }

    /// Where a link leads for the edition's readers; nowhere if that is not part of the edition.
    fn destination(&mut self, link: LinkIndex) -> Option<Destination> {
        let site = self.reading.site;
        let from = &site.pages[self.reading.page];
        let inside = |address| Some(Destination { address, outside: false });
        match from.targets.get(link)? {
            LinkTarget::Page(page, anchor) => {
                if !self.reading.edition.holds(*page) {
                    return None;
                }
                // Whoever led there by hand has explained the term; to link it again would only distract.
                self.linked.insert(*page);
                let shown = |anchor: &&str| {
                    let place = site.pages[*page].document.anchor(anchor);
                    place.is_none_or(|place| self.reading.edition.shows(&place.within))
                };
                let anchor = anchor.as_deref().filter(shown);
                let anchor = anchor.map(address::fragment).unwrap_or_default();
                if *page == self.reading.page && !anchor.is_empty() {
                    return inside(anchor);
                }
                inside(address::relative(&from.url, site.pages[*page].url.as_str()) + &anchor)
            }
            LinkTarget::Asset(path) => inside(self.file(path)),
            LinkTarget::Web(address) => {
                let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
                let outside = matches!(scheme.as_str(), "http" | "https");
                let allowed = outside || matches!(scheme.as_str(), "mailto" | "tel");
                allowed.then(|| Destination { address: address.clone(), outside })
            }
            LinkTarget::Missing(_) => None,
        }
    }

    /// The address of a file of the content folder, which the edition then has to hold.
    fn file(&mut self, path: &crate::source::SitePath) -> String {
        let address = address::relative(&self.reading.site.pages[self.reading.page].url, address::of_file(path));
        self.body.files.insert(path.clone());
        address
    }

    /// A picture of the content folder. One that is missing or elsewhere is told by its description: pages ask nothing of
    /// other servers.
    pub(super) fn image(&mut self, image: &Image) {
        let site = self.reading.site;
        let Some(LinkTarget::Asset(path)) = site.pages[self.reading.page].targets.get(image.link) else {
            return self.text(&image.alt);
        };
        let address = self.file(path);
        self.raw("<img");
        self.attribute("src", &address);
        self.attribute("alt", &image.alt);
        if let Some((width, height)) = self.reading.pictures.size(path, &site.sources) {
            self.attribute("width", &width.to_string());
            self.attribute("height", &height.to_string());
        }
        if let Some(title) = image.title.as_deref().filter(|title| !title.is_empty()) {
            self.attribute("title", title);
        }
        self.raw(">");
    }
}
