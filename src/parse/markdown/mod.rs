//! Markdown into blocks.
//!
//! The body is parsed once, as a stream of events, by pulldown-cmark. `Reader` builds our own tree from the events with two
//! explicit stacks, one of blocks and one of inlines, so that no nesting in a page can exhaust the machine's own stack; what is
//! nested deeper than `DEEPEST` is refused, which keeps every later walk over the tree shallow as well.

mod anchors;
mod blocks;
mod directives;
mod frames;
mod inlines;
mod slips;
mod words;

use arcstr::ArcStr;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::config::Config;
use crate::content::{Anchor, Audience, Block, Citation, Heading, RawLink};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::parse::citation::Keys;
use crate::parse::directive::{self, Fence};
use crate::source::{SitePath, Span, Spanned};
use anchors::Anchors;
use frames::BlockFrame;
use inlines::InlineFrame;
use slips::Footnotes;
use words::Words;

/// How deep blocks and inlines may nest.
const DEEPEST: usize = 64;

/// What a body holds.
#[derive(Debug, Default)]
pub struct Body {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Links and images in order of appearance, after those given.
    pub links: Vec<Spanned<RawLink>>,
    /// Citations in order of appearance.
    pub citations: Vec<Spanned<Citation>>,
    /// Headings in order of appearance.
    pub headings: Vec<Heading>,
    /// Everything a link may lead to.
    pub anchors: Vec<Anchor>,
}

/// What a body is read with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The page.
    pub path: &'a SitePath,
    /// The whole file, with which words are shared.
    pub file: &'a ArcStr,
    /// The site's configuration.
    pub config: &'a Config,
    /// Whether a citation key exists.
    pub known: &'a dyn Keys,
    /// Where the body starts in its file.
    pub offset: usize,
}

/// Reads a body. `links` are those found before it; the body's own come after them.
pub fn body(text: &str, context: Context<'_>, links: Vec<Spanned<RawLink>>, faults: &mut Vec<Diagnostic>) -> Body {
    let fences = directive::fences(text);
    let mut reader = Reader::new(text, context, &fences, links.clone());
    reader.read(&directive::mask(text, &fences));
    let honoured = std::mem::take(&mut reader.honoured);
    if honoured.iter().all(|honoured| *honoured) {
        return reader.finish(faults);
    }
    // Some lines looked like fences and were not: they stand in a code block, say. Their words must not stay masked.
    let (fences, others): (Vec<_>, Vec<_>) = fences.iter().cloned().zip(honoured).partition(|(_, honoured)| *honoured);
    let fences: Vec<Fence> = fences.into_iter().map(|(fence, _)| fence).collect();
    let mut reader = Reader::new(text, context, &fences, links);
    reader.not_fences = others.into_iter().map(|(fence, _)| fence).collect();
    reader.read(&directive::mask(text, &fences));
    reader.finish(faults)
}

/// Builds the tree from the parser's events.
struct Reader<'a> {
    context: Context<'a>,
    /// The body as written.
    written: &'a str,
    fences: &'a [Fence],
    /// For each fence, whether the parser found it where a fence can stand.
    honoured: Vec<bool>,
    /// Lines that look like fences and are known to be none.
    not_fences: Vec<Fence>,
    /// Open blocks, outermost first. The first is the body itself and is never closed.
    blocks: Vec<BlockFrame>,
    /// Open inlines, outermost first; the first is the paragraph, heading, cell or term that holds them.
    inlines: Vec<InlineFrame>,
    /// Running text that has not become an inline yet.
    words: Words,
    /// Where the last event ended, in the body.
    last_end: usize,
    /// Audiences of the directives around.
    within: Vec<Audience>,
    /// How many levels of what is nested too deep are open.
    refused_levels: usize,
    nesting_reported: bool,
    html_reported: bool,
    /// Directives that were closed by the end of the list or quotation around them: their own closing fence is still to come.
    closed_early: usize,
    /// Directives whose closing fence stood at the wrong place: they are not reported a second time.
    closed_wrongly: usize,
    /// Whether code that never ends took the rest of the page, closing fences included.
    ends_in_code: bool,
    anchors: Anchors,
    footnotes: Footnotes,
    body: Body,
    faults: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn new(written: &'a str, context: Context<'a>, fences: &'a [Fence], links: Vec<Spanned<RawLink>>) -> Self {
        Self {
            context,
            written,
            fences,
            honoured: vec![false; fences.len()],
            not_fences: Vec::new(),
            blocks: vec![BlockFrame::body()],
            inlines: Vec::new(),
            words: Words::default(),
            last_end: 0,
            within: Vec::new(),
            refused_levels: 0,
            nesting_reported: false,
            html_reported: false,
            closed_early: 0,
            closed_wrongly: 0,
            ends_in_code: false,
            anchors: Anchors::of(written),
            footnotes: Footnotes::default(),
            body: Body { links, ..Body::default() },
            faults: Vec::new(),
        }
    }

    fn read(&mut self, masked: &str) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST;
        let mut events = Parser::new_ext(masked, options).into_offset_iter();
        while let Some((event, span)) = events.next() {
            if let Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) = &event
                && !id.is_empty()
                && let Some(definition) = events.reference_definitions().get(id)
            {
                let place = definition.span.clone();
                self.event(event, span, Some(place));
            } else {
                self.event(event, span, None);
            }
        }
    }

    /// Takes one event. `definition` is where the address of a reference link is given.
    fn event(&mut self, event: Event<'_>, span: Span, definition: Option<Span>) {
        if self.refused_levels > 0 {
            match event {
                Event::Start(_) => self.refused_levels += 1,
                Event::End(_) => self.refused_levels -= 1,
                _ => {}
            }
            return;
        }
        let end = span.end;
        match event {
            Event::Start(tag) => {
                if nests(&tag) && self.is_too_deep(&span) {
                    self.refused_levels = 1;
                } else if is_block(&tag) {
                    self.end_implied_paragraph();
                    self.start_block(tag, span);
                    return;
                } else {
                    // What is within starts right after the bracket; the end of the whole says nothing about it.
                    self.last_end = self.last_end.max(span.start);
                    self.start_inline(tag, span, definition);
                    return;
                }
            }
            Event::End(tag) => self.end(tag, span),
            Event::Rule => {
                self.end_implied_paragraph();
                self.rule(span);
            }
            Event::Html(html) => self.push_html(&html, span),
            Event::TaskListMarker(done) => self.mark_task(done),
            Event::Text(text) if self.is_in_code_block() => self.push_code(&text),
            inline => self.inline(inline, span),
        }
        self.last_end = end;
    }

    /// Whether another level would be one too many; says so once.
    fn is_too_deep(&mut self, span: &Span) -> bool {
        let is_too_deep = self.blocks.len() + self.inlines.len() >= DEEPEST;
        if is_too_deep && !self.nesting_reported {
            self.nesting_reported = true;
            let first_line = self.written[span.start..].find('\n').map_or(self.written.len(), |end| span.start + end);
            let message =
                format!("lists, quotations or emphasis are nested more than {DEEPEST} levels deep from here on");
            self.fault("nesting-too-deep", &(span.start..span.end.min(first_line)), message).hint =
                Some("Nobody could read it: use fewer levels.".to_owned());
        }
        is_too_deep
    }

    /// Reports a fault at a place in the body.
    fn fault(&mut self, rule: &'static str, span: &Span, message: impl Into<String>) -> &mut Diagnostic {
        let at = Location::new(self.context.path, &self.in_file(span));
        let last = self.faults.len();
        self.faults.push(Diagnostic::error(rule, at, message));
        &mut self.faults[last]
    }

    /// Reports what readers can live with.
    fn warning(&mut self, rule: &'static str, span: &Span, message: impl Into<String>) -> &mut Diagnostic {
        let fault = self.fault(rule, span, message);
        fault.severity = Severity::Warning;
        fault
    }

    /// From a place in the body to one in the file.
    fn in_file(&self, span: &Span) -> Span {
        self.context.offset + span.start..self.context.offset + span.end
    }

    fn finish(mut self, faults: &mut Vec<Diagnostic>) -> Body {
        self.end_implied_paragraph();
        self.body.blocks = self.end_body();
        self.report_unmarked_footnotes();
        faults.append(&mut self.faults);
        self.body
    }
}

/// Whether a tag can hold others of its kind, and so nest without end.
fn nests(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Item
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
    )
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

#[cfg(test)]
mod tests;
