//! Blocks as the theme's Typst files get them: plain data, in the order and with the words of the web page.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use serde::Serialize;

use super::markup;
use super::run::{self, Run, on_the_web, push_text};
use crate::content::block::{Alignment, Block, BlockBody, Cell, Definition, Directive, ListItem, Row, plain_text};
use crate::content::{CitationIndex, Inline, LinkIndex};
use crate::render::address;
use crate::render::html::directives::default_title;
use crate::render::html::footnotes::Footnotes;
use crate::render::html::tables::{has_row_heads, is_empty, is_to_fill_in};
use crate::site::{Edition, LinkTarget, PageIndex, Site};
use crate::source::{SitePath, Span};
use crate::theme::Words;

/// Endings of pictures that can be printed.
pub const PRINTABLE: [&str; 6] = ["svg", "png", "jpg", "jpeg", "gif", "webp"];

/// A block on paper.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Printed {
    /// A heading from level 2; no level is skipped.
    Heading {
        /// 2 to 6.
        level: u8,
        /// What links within the sheet name.
        anchor: String,
        /// The words.
        inlines: Vec<Run>,
    },
    /// A paragraph.
    Paragraph {
        /// The words.
        inlines: Vec<Run>,
    },
    /// A list.
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        /// Whether no blank lines stand between items.
        tight: bool,
        /// The items.
        items: Vec<Item>,
    },
    /// Terms with their definitions.
    Definitions {
        /// Each term.
        terms: Vec<Defined>,
    },
    /// A table.
    Table {
        /// `start`, `center` or `end`, one for each column.
        alignments: Vec<&'static str>,
        /// The head's cells; none when all of them are empty.
        header: Vec<Vec<Run>>,
        /// Whether the first column heads the rows.
        row_heads: bool,
        /// Whether there are rows to write in.
        fill_in: bool,
        /// The cells of each row.
        rows: Vec<Vec<Vec<Run>>>,
    },
    /// Preformatted text.
    Code {
        /// As typed.
        text: String,
    },
    /// A quotation.
    Quote {
        /// What it holds.
        blocks: Vec<Printed>,
    },
    /// A change of subject.
    Rule,
    /// Something that stands out: `note`, `safety`, `clinician` ….
    Callout {
        /// Which.
        name: &'static str,
        /// What stands over it.
        title: Option<String>,
        /// What links name.
        anchor: Option<String>,
        /// What it holds.
        blocks: Vec<Printed>,
    },
    /// `steps` or `checklist`.
    Group {
        /// Which.
        name: &'static str,
        /// What stands over it.
        title: Option<String>,
        /// What links name.
        anchor: Option<String>,
        /// What it holds.
        blocks: Vec<Printed>,
    },
    /// A question with room for a pen.
    Write {
        /// What stands over it.
        title: Option<String>,
        /// What links name.
        anchor: Option<String>,
        /// The question.
        blocks: Vec<Printed>,
        /// How many lines.
        lines: u8,
        /// Whether they make one box.
        boxed: bool,
    },
    /// Pictures with their caption.
    Figure {
        /// What links name.
        anchor: Option<String>,
        /// The pictures.
        pictures: Vec<Run>,
        /// What stands below them.
        caption: Vec<Printed>,
    },
}

/// An item of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// `todo` or `done` for a box to tick; nothing for an ordinary item.
    pub tick: Option<&'static str>,
    /// What it holds.
    pub blocks: Vec<Printed>,
}

/// A term with its definitions.
#[derive(Clone, Debug, Serialize)]
pub struct Defined {
    /// The term.
    pub term: Vec<Run>,
    /// Each definition.
    pub definitions: Vec<Vec<Printed>>,
}

/// Whose eyes a body is printed for.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The site.
    pub site: &'a Site,
    /// The edition whose readers get it, or a part of it.
    pub edition: &'a Edition,
    /// The page it belongs to.
    pub page: PageIndex,
    /// Absolute address of the edition's folder, when known.
    pub base: Option<&'a str>,
    /// Where its virtual files are, without a slash at the end: several pages may be parts of one PDF.
    pub folder: &'a str,
    /// psychoed's own words in the page's language.
    pub words: &'a Words,
}

/// A body ready to be laid out.
#[derive(Debug, Default)]
pub struct Body {
    /// The blocks, each with its place in the Markdown.
    pub blocks: Vec<(Span, Printed)>,
    /// The texts of its footnotes, in order.
    pub footnotes: Vec<Vec<Printed>>,
    /// The citations in the order in which readers meet them.
    pub citations: Vec<CitationIndex>,
    /// The pictures it shows, under the names of their virtual files.
    pub pictures: BTreeMap<String, Bytes>,
    /// Everything that a link within the sheet can lead to.
    pub anchors: BTreeSet<String>,
}

/// Reads a page's body. `citations` is the HTML of each of [`Body::citations`], which a first reading without any finds out.
pub fn body(reading: &Reading<'_>, citations: &[String]) -> Body {
    let document = &reading.site.pages[reading.page].document;
    let mut writer = Writer {
        reading: *reading,
        citations,
        body: Body::default(),
        files: BTreeMap::new(),
        footnotes: Footnotes::default(),
        level: 1,
        checklist: false,
        led_to: BTreeSet::from([reading.page]),
    };
    writer.footnotes.collect(&document.blocks, reading.edition);
    for block in &document.blocks {
        let mut written = Vec::new();
        writer.block(block, &mut written);
        writer.body.blocks.extend(written.into_iter().map(|printed| (block.span.clone(), printed)));
    }
    let mut number = 1;
    while let Some(blocks) = writer.footnotes.text(number) {
        let text = writer.blocks(blocks);
        writer.body.footnotes.push(text);
        number += 1;
    }
    writer.body
}

struct Writer<'a> {
    reading: Reading<'a>,
    citations: &'a [String],
    body: Body,
    /// The virtual file of each picture.
    files: BTreeMap<SitePath, String>,
    footnotes: Footnotes<'a>,
    /// Of the heading last written; the title is 1.
    level: u8,
    /// Whether lists get boxes to tick.
    checklist: bool,
    /// Pages whose id was printed beside a link.
    led_to: BTreeSet<PageIndex>,
}

impl<'a> Writer<'a> {
    fn blocks(&mut self, blocks: &'a [Block]) -> Vec<Printed> {
        let mut written = Vec::new();
        for block in blocks {
            self.block(block, &mut written);
        }
        written
    }

    fn block(&mut self, block: &'a Block, written: &mut Vec<Printed>) {
        let printed = match &block.body {
            BlockBody::Heading { level, id, inlines } => return self.heading(*level, id, inlines, written),
            BlockBody::Paragraph(inlines) => Printed::Paragraph { inlines: self.runs(inlines) },
            BlockBody::List { start, tight, items } => {
                // Boxes are for the list itself, not for lists within its items.
                let checklist = std::mem::take(&mut self.checklist);
                let items = items.iter().map(|item| self.item(item, checklist)).collect();
                self.checklist = checklist;
                Printed::List { start: *start, tight: *tight, items }
            }
            BlockBody::DefinitionList(definitions) => {
                Printed::Definitions { terms: definitions.iter().map(|definition| self.defined(definition)).collect() }
            }
            BlockBody::Table { alignments, header, rows } => self.table(alignments, header, rows),
            BlockBody::Code { text, .. } => Printed::Code { text: text.trim_end_matches('\n').to_owned() },
            BlockBody::Quote(blocks) => Printed::Quote { blocks: self.blocks(blocks) },
            BlockBody::ThematicBreak => Printed::Rule,
            BlockBody::Directive { directive, id, title, blocks } => {
                return self.directive(directive, id.as_deref(), title.as_deref(), blocks, written);
            }
            // Written at the end of the page, by its mark.
            BlockBody::Footnote { .. } => return,
            BlockBody::RawHtml(html) => {
                let inlines = self.raw_html(html);
                if run::words(&inlines).trim().is_empty() {
                    return;
                }
                Printed::Paragraph { inlines }
            }
        };
        written.push(printed);
    }

    /// PDF/UA allows neither a heading without words nor one that skips a level.
    fn heading(&mut self, level: u8, id: &str, inlines: &'a [Inline], written: &mut Vec<Printed>) {
        let inlines = self.runs(inlines);
        if run::words(&inlines).trim().is_empty() {
            return;
        }
        self.level = level.clamp(2, 6).min(self.level + 1);
        let anchor = self.anchor(Some(id)).unwrap_or_default();
        written.push(Printed::Heading { level: self.level, anchor, inlines });
    }

    fn anchor(&mut self, id: Option<&str>) -> Option<String> {
        let id = id.filter(|id| !id.is_empty())?;
        self.body.anchors.insert(id.to_owned()).then(|| id.to_owned())
    }

    fn item(&mut self, item: &'a ListItem, checklist: bool) -> Item {
        let tick = match item.task {
            Some(true) => Some("done"),
            Some(false) => Some("todo"),
            None => checklist.then_some("todo"),
        };
        Item { tick, blocks: self.blocks(&item.blocks) }
    }

    fn defined(&mut self, definition: &'a Definition) -> Defined {
        let term = self.runs(&definition.term);
        Defined { term, definitions: definition.definitions.iter().map(|blocks| self.blocks(blocks)).collect() }
    }

    fn table(&mut self, alignments: &[Alignment], header: &'a [Cell], rows: &'a [Row]) -> Printed {
        let has_header = header.iter().any(|cell| !is_empty(cell));
        Printed::Table {
            alignments: alignments
                .iter()
                .map(|alignment| match alignment {
                    Alignment::Start => "start",
                    Alignment::Centre => "center",
                    Alignment::End => "end",
                })
                .collect(),
            header: if has_header { header.iter().map(|cell| self.runs(cell)).collect() } else { Vec::new() },
            row_heads: has_row_heads(header, rows),
            fill_in: is_to_fill_in(rows),
            rows: rows.iter().map(|row| row.iter().map(|cell| self.runs(cell)).collect()).collect(),
        }
    }

    fn directive(
        &mut self,
        directive: &Directive,
        id: Option<&str>,
        title: Option<&str>,
        blocks: &'a [Block],
        written: &mut Vec<Printed>,
    ) {
        if !self.reading.edition.shows_directive(directive) {
            return;
        }
        let anchor = self.anchor(id);
        let title = title.or(default_title(directive, self.reading.words)).map(str::to_owned);
        let name = directive.name();
        written.push(match directive {
            Directive::Note
            | Directive::Tip
            | Directive::Warning
            | Directive::KeyMessage
            | Directive::Safety
            | Directive::For(_) => Printed::Callout { name, title, anchor, blocks: self.blocks(blocks) },
            Directive::Steps => Printed::Group { name, title, anchor, blocks: self.blocks(blocks) },
            Directive::Checklist => {
                let before = std::mem::replace(&mut self.checklist, true);
                let blocks = self.blocks(blocks);
                self.checklist = before;
                Printed::Group { name, title, anchor, blocks }
            }
            Directive::Write { lines, boxed } => {
                Printed::Write { title, anchor, blocks: self.blocks(blocks), lines: *lines, boxed: *boxed }
            }
            Directive::Figure => self.figure(anchor, blocks),
        });
    }

    /// Pictures first, then whatever else there is as their caption.
    fn figure(&mut self, anchor: Option<String>, blocks: &'a [Block]) -> Printed {
        let (mut pictures, mut caption) = (Vec::new(), Vec::new());
        for block in blocks {
            let BlockBody::Paragraph(inlines) = &block.body else {
                self.block(block, &mut caption);
                continue;
            };
            let (shown, words): (Vec<Run>, Vec<Run>) =
                self.runs(inlines).into_iter().partition(|run| matches!(run, Run::Picture { .. }));
            pictures.extend(shown);
            if !run::words(&words).trim().is_empty() {
                caption.push(Printed::Paragraph { inlines: words });
            }
        }
        Printed::Figure { anchor, pictures, caption }
    }

    fn runs(&mut self, inlines: &'a [Inline]) -> Vec<Run> {
        let mut runs = Vec::new();
        for inline in inlines {
            self.inline(inline, &mut runs);
        }
        runs
    }

    fn inline(&mut self, inline: &'a Inline, runs: &mut Vec<Run>) {
        match inline {
            Inline::Text(text) => push_text(text, runs),
            Inline::SoftBreak => push_text(" ", runs),
            Inline::HardBreak => runs.push(Run::Break),
            Inline::Emphasis(inlines) => runs.push(Run::Emphasis { inlines: self.runs(inlines) }),
            Inline::Strong(inlines) => runs.push(Run::Strong { inlines: self.runs(inlines) }),
            Inline::Struck(inlines) => runs.push(Run::Struck { inlines: self.runs(inlines) }),
            Inline::Code(text) => runs.push(Run::Code { text: text.to_string() }),
            Inline::Link(link) => self.link(link.link, &link.inlines, runs),
            Inline::Image(image) => self.picture(image.link, &image.alt, runs),
            Inline::Citation(citation) => {
                if let Some(html) = self.citations.get(self.body.citations.len()) {
                    runs.extend(markup::runs(html));
                }
                self.body.citations.push(*citation);
            }
            Inline::FootnoteMark(label) => {
                runs.extend(self.footnotes.mark(label).map(|(number, _)| Run::Mark { number }));
            }
            Inline::RawHtml(html) => runs.extend(self.raw_html(html)),
        }
    }

    /// The words in HTML as typed, where the configuration allows it; its characters otherwise.
    fn raw_html(&self, html: &str) -> Vec<Run> {
        if self.reading.site.config.markdown.allow_html {
            markup::runs(html)
        } else {
            vec![Run::Text { text: html.to_owned() }]
        }
    }

    /// The words, and where the link leads for the edition's readers. Marks and citations within it follow it.
    fn link(&mut self, link: LinkIndex, inlines: &'a [Inline], runs: &mut Vec<Run>) {
        let (words, after): (Vec<&Inline>, Vec<&Inline>) =
            inlines.iter().partition(|inline| !matches!(inline, Inline::Citation(_) | Inline::FootnoteMark(_)));
        let mut inner = Vec::new();
        for inline in words {
            self.inline(inline, &mut inner);
        }
        let plain = plain_text(inlines);
        let (address, anchor, beside) = self.destination(link, &plain);
        match (&address, &anchor, &beside) {
            (None, None, None) => runs.extend(inner),
            _ => runs.push(Run::Link { address, anchor, beside, inlines: inner }),
        }
        for inline in after {
            self.inline(inline, runs);
        }
    }

    /// Where a link leads on the web, on the sheet, and what to print beside its words.
    fn destination(&mut self, link: LinkIndex, words: &str) -> (Option<String>, Option<String>, Option<String>) {
        let site = self.reading.site;
        match site.pages[self.reading.page].targets.get(link) {
            Some(LinkTarget::Page(page, anchor)) if self.reading.edition.holds(*page) => {
                if *page == self.reading.page {
                    return (None, anchor.clone(), None);
                }
                let target = &site.pages[*page];
                let address = self.reading.base.map(|base| address::absolute(base, target.url.as_str()));
                let first = self.led_to.insert(*page);
                let id = target.document.front_matter.id.as_ref().filter(|_| first).map(|id| id.value.clone());
                (address, None, id.filter(|id| !words.contains(id.as_str())))
            }
            Some(LinkTarget::Asset(path)) => {
                (self.reading.base.map(|base| address::absolute(base, address::of_file(path))), None, None)
            }
            Some(LinkTarget::Web(web)) => on_the_web(web, words),
            _ => (None, None, None),
        }
    }

    /// A picture of the content folder, if it is of a kind that can be printed; otherwise its description.
    fn picture(&mut self, link: LinkIndex, alt: &str, runs: &mut Vec<Run>) {
        let site = self.reading.site;
        let Some(LinkTarget::Asset(path)) = site.pages[self.reading.page].targets.get(link) else {
            return push_text(alt, runs);
        };
        let extension = path.extension().map(str::to_ascii_lowercase).unwrap_or_default();
        let bytes = site.sources.bytes(path.as_str()).filter(|_| PRINTABLE.contains(&extension.as_str()));
        let Some(bytes) = bytes else { return push_text(alt, runs) };
        let next = format!("{}/img{}.{extension}", self.reading.folder, self.files.len());
        let file = self.files.entry(path.clone()).or_insert(next).clone();
        self.body.pictures.insert(file.clone(), bytes.to_shared());
        runs.push(Run::Picture { file, alt: alt.trim().to_owned() });
    }
}
