//! Blocks into HTML, as the readers of one edition see them.
//!
//! [`body`] walks the blocks once. What citations look like depends on their order on the whole page, so it leaves a hole
//! for each and [`Body::with_citations`] fills them. Blocks for people outside the edition leave nothing behind: no
//! heading, footnote, citation or file.
//!
//! Classes that themes style: `callout` with `note`, `tip`, `warning`, `safety`, `key-message`, `clinician` or `instructor`,
//! and in each a `callout-title`; `steps`, `checklist` and `write` with an optional `block-title`; `write-lines` and
//! `write-box` with one `rule-line` a line; `boxes` (a list whose items have an empty box), `task-list` with `task` and
//! `task-box`; `table-scroll`, and on tables `fill-in`; `align-centre`, `align-end`; `figure`; `term`; `footnote-mark`,
//! `footnotes`, `back-link`.

pub(super) mod directives;
pub mod escape;
pub(super) mod footnotes;
mod inlines;
mod pictures;
pub(super) mod tables;
mod terms;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::content::CitationIndex;
use crate::content::block::{Block, BlockBody, Definition, ListItem};
use crate::site::{Edition, PageIndex, Site};
use crate::source::SitePath;
use crate::theme::Words;

pub use pictures::Pictures;
pub use terms::Terms;

/// Where a body is shown, and to whom.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The site.
    pub site: &'a Site,
    /// The edition whose readers see it.
    pub edition: &'a Edition,
    /// The page it belongs to.
    pub page: PageIndex,
    /// The edition's glossary.
    pub terms: &'a Terms,
    /// Whether the first use of a term leads to its page.
    pub link_terms: bool,
    /// Sizes of pictures.
    pub pictures: &'a Pictures,
    /// psychoed's own words in the page's language.
    pub words: &'a Words,
}

impl Reading<'_> {
    /// The language that the page is written in.
    fn language(&self) -> &str {
        self.site.language(&self.site.pages[self.page])
    }
}

/// A body as an edition's readers see it, with holes where citations stand.
#[derive(Debug, Default)]
pub struct Body {
    html: String,
    holes: Vec<(usize, CitationIndex)>,
    /// How many words it has.
    pub words: usize,
    /// Pages of the glossary terms it uses.
    pub terms: BTreeSet<PageIndex>,
    /// Files of the content folder that it shows or leads to.
    pub files: BTreeSet<SitePath>,
}

/// Writes a page's body.
pub fn body<'a>(reading: &Reading<'a>) -> Body {
    let document: &'a _ = &reading.site.pages[reading.page].document;
    let mut writer = Writer::new(*reading);
    writer.footnotes.collect(&document.blocks, reading.edition);
    writer.blocks(&document.blocks);
    writer.endnotes();
    writer.body.terms.remove(&reading.page);
    writer.body
}

impl Body {
    /// The citations in the order in which readers meet them.
    pub fn citations(&self) -> impl Iterator<Item = CitationIndex> + '_ {
        self.holes.iter().map(|&(_, citation)| citation)
    }

    /// The HTML, given that of each of [`Body::citations`].
    pub fn with_citations(&self, citations: &[String]) -> String {
        let added: usize = citations.iter().map(String::len).sum();
        let mut html = String::with_capacity(self.html.len() + added);
        let mut written = 0;
        for (&(at, _), citation) in self.holes.iter().zip(citations) {
            html.push_str(&self.html[written..at]);
            html.push_str(citation);
            written = at;
        }
        html.push_str(&self.html[written..]);
        html
    }
}

struct Writer<'a> {
    reading: Reading<'a>,
    body: Body,
    footnotes: footnotes::Footnotes<'a>,
    /// Terms that already have their link.
    linked: BTreeSet<PageIndex>,
    /// Names given to regions, and how often: two regions of a page must not have the same.
    labels: BTreeMap<String, usize>,
    /// The words of the heading last written, which name the tables below it.
    heading: String,
    /// Whether a term may be linked here.
    linkable: bool,
    /// Whether this is within a link, and what has to wait until it ends.
    link: Option<Vec<inlines::AfterLink<'a>>>,
    /// Whether lists get boxes to tick.
    checklist: bool,
}

impl<'a> Writer<'a> {
    fn new(reading: Reading<'a>) -> Self {
        Self {
            reading,
            body: Body::default(),
            footnotes: footnotes::Footnotes::default(),
            linked: BTreeSet::from([reading.page]),
            labels: BTreeMap::new(),
            heading: String::new(),
            linkable: true,
            link: None,
            checklist: false,
        }
    }

    fn raw(&mut self, html: &str) {
        self.body.html.push_str(html);
    }

    fn text(&mut self, words: &str) {
        escape::text(words, &mut self.body.html);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        escape::attribute(name, value, &mut self.body.html);
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match &block.body {
            BlockBody::Heading { level, id, inlines } => self.heading(*level, id, inlines),
            BlockBody::Paragraph(inlines) => {
                self.raw("<p>");
                self.inlines(inlines);
                self.raw("</p>\n");
            }
            BlockBody::List { start, tight, items } => self.list(*start, *tight, items),
            BlockBody::DefinitionList(definitions) => self.definition_list(definitions),
            BlockBody::Table { alignments, header, rows } => self.table(alignments, header, rows),
            BlockBody::Code { language, text } => self.code(language.as_deref(), text),
            BlockBody::Quote(blocks) => {
                self.raw("<blockquote>\n");
                self.blocks(blocks);
                self.raw("</blockquote>\n");
            }
            BlockBody::ThematicBreak => self.raw("<hr>\n"),
            BlockBody::Directive { directive, id, title, blocks } => {
                self.directive(directive, id.as_deref(), title.as_deref(), blocks);
            }
            // Written at the end of the page, by its mark.
            BlockBody::Footnote { .. } => {}
            BlockBody::RawHtml(html) => {
                self.raw_html(html);
                self.raw("\n");
            }
        }
    }

    fn heading(&mut self, level: u8, id: &str, inlines: &'a [crate::content::Inline]) {
        self.heading = crate::content::block::plain_text(inlines);
        let tag = format!("h{}", level.clamp(1, 6));
        self.raw("<");
        self.raw(&tag);
        if !id.is_empty() {
            self.attribute("id", id);
        }
        self.raw(">");
        self.unlinkable(|writer| writer.inlines(inlines));
        self.raw("</");
        self.raw(&tag);
        self.raw(">\n");
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &'a [ListItem]) {
        let tasks = items.iter().any(|item| item.task.is_some());
        let tag = if start.is_some() { "ol" } else { "ul" };
        self.raw("<");
        self.raw(tag);
        if let Some(start) = start.filter(|start| *start != 1) {
            self.attribute("start", &start.to_string());
        }
        match (tasks, self.checklist) {
            (true, _) => self.attribute("class", "task-list"),
            (false, true) => self.attribute("class", "boxes"),
            (false, false) => {}
        }
        self.raw(">\n");
        // Boxes are for the list itself, not for lists within its items.
        let checklist = std::mem::replace(&mut self.checklist, false);
        for item in items {
            self.list_item(item, tight);
        }
        self.checklist = checklist;
        self.raw("</");
        self.raw(tag);
        self.raw(">\n");
    }

    fn list_item(&mut self, item: &'a ListItem, tight: bool) {
        self.raw("<li");
        if item.task.is_some() {
            self.attribute("class", "task");
        }
        self.raw(">");
        let mut rest = &*item.blocks;
        match item.blocks.split_first() {
            Some((Block { body: BlockBody::Paragraph(inlines), .. }, others)) => {
                self.raw(if tight { "" } else { "<p>" });
                self.task_box(item.task);
                self.inlines(inlines);
                self.raw(if tight { "" } else { "</p>\n" });
                rest = others;
            }
            _ => self.task_box(item.task),
        }
        if tight && !rest.is_empty() {
            self.raw("\n");
        }
        self.blocks(rest);
        self.raw("</li>\n");
    }

    /// A drawn box: a real one would have to be disabled, and would say nothing more.
    fn task_box(&mut self, task: Option<bool>) {
        let Some(done) = task else { return };
        self.raw(if done { "<span class=\"task-box done\"" } else { "<span class=\"task-box\"" });
        self.raw(" role=\"img\"");
        self.attribute("aria-label", self.reading.words.say(if done { "block.done" } else { "block.to-do" }));
        self.raw("></span> ");
    }

    fn definition_list(&mut self, definitions: &'a [Definition]) {
        self.raw("<dl>\n");
        for definition in definitions {
            self.raw("<dt>");
            self.inlines(&definition.term);
            self.raw("</dt>\n");
            for blocks in &definition.definitions {
                self.raw("<dd>");
                match &**blocks {
                    [Block { body: BlockBody::Paragraph(inlines), .. }] => self.inlines(inlines),
                    blocks => self.blocks(blocks),
                }
                self.raw("</dd>\n");
            }
        }
        self.raw("</dl>\n");
    }

    /// Can be reached by keyboard, since long lines scroll.
    fn code(&mut self, language: Option<&str>, text: &str) {
        self.raw("<pre tabindex=\"0\"><code");
        if let Some(language) = language.filter(|language| !language.is_empty()) {
            self.attribute("class", &format!("language-{language}"));
        }
        self.raw(">");
        self.text(text);
        self.raw("</code></pre>\n");
    }

    /// HTML as typed, where the configuration allows it; its characters otherwise.
    fn raw_html(&mut self, html: &str) {
        if self.reading.site.config.markdown.allow_html {
            self.raw(html);
        } else {
            self.text(html);
        }
    }

    /// Writes something in which no term is linked.
    fn unlinkable(&mut self, write: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.linkable, false);
        write(self);
        self.linkable = before;
    }

    /// A name for a region that no other region of the page has.
    fn label(&mut self, wanted: String) -> String {
        let count = self.labels.entry(wanted.clone()).or_insert(0);
        *count += 1;
        match *count {
            1 => wanted,
            count => format!("{wanted} ({count})"),
        }
    }
}
