//! Open blocks, and what they become when they end.

use pulldown_cmark::{Alignment as Column, CodeBlockKind, Tag, TagEnd};

use super::Reader;
use super::frames::{BlockFrame, Container, ContainerKind};
use super::inlines::InlineKind;
use crate::content::Block;
use crate::content::block::{Alignment, BlockBody, Definition, ListItem};
use crate::source::{Span, Text};

impl Reader<'_> {
    pub(super) fn start_block(&mut self, tag: Tag<'_>, span: Span) {
        let frame = match tag {
            Tag::Paragraph => {
                self.loosen_list();
                return self.start_inlines(InlineKind::Paragraph { implied: false }, span.start);
            }
            Tag::Heading { level, .. } => {
                return self.start_inlines(InlineKind::Heading { level: level as u8 }, span.start);
            }
            Tag::TableCell => return self.start_inlines(InlineKind::Cell, span.start),
            Tag::DefinitionListTitle => return self.start_inlines(InlineKind::Term, span.start),
            Tag::BlockQuote(_) => BlockFrame::container(ContainerKind::Quote),
            Tag::Item => BlockFrame::container(ContainerKind::Item { task: None }),
            Tag::DefinitionListDefinition => {
                self.report_too_few_colons(span.start);
                BlockFrame::container(ContainerKind::Definition)
            }
            Tag::FootnoteDefinition(label) => {
                let label = Text::from(&*label);
                self.footnotes.text(&label, &span);
                BlockFrame::container(ContainerKind::Footnote { label })
            }
            Tag::List(start) => BlockFrame::List { start, tight: true, items: Vec::new() },
            Tag::DefinitionList => BlockFrame::DefinitionList(Vec::new()),
            Tag::Table(columns) => {
                let alignments = columns.into_iter().map(alignment).collect();
                BlockFrame::Table { alignments, rows: Vec::new() }
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(BlockFrame::Table { rows, .. }) = self.blocks.last_mut() {
                    rows.push(Vec::new());
                }
                return;
            }
            Tag::CodeBlock(kind) => {
                let fenced = matches!(kind, CodeBlockKind::Fenced(_));
                BlockFrame::Code { language: language(&kind), fenced, text: String::new() }
            }
            // Nothing else is asked of the parser.
            _ => BlockFrame::Html(String::new()),
        };
        self.blocks.push(frame);
    }

    pub(super) fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(span),
            TagEnd::Heading(_) => self.end_heading(span),
            TagEnd::TableCell => {
                let inlines = self.end_inlines();
                if let Some(BlockFrame::Table { rows, .. }) = self.blocks.last_mut()
                    && let Some(row) = rows.last_mut()
                {
                    row.push(inlines);
                }
            }
            TagEnd::DefinitionListTitle => {
                let term = self.end_inlines();
                // Two colons on a line of their own make all lines above them a term.
                self.report_unread_lines(&span);
                if let Some(BlockFrame::DefinitionList(entries)) = self.blocks.last_mut() {
                    entries.push(Definition { term, definitions: Vec::new() });
                }
            }
            TagEnd::TableRow => self.report_lost_cells(&span),
            TagEnd::TableHead => {}
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => self.end_inline(span),
            _ => self.end_block(span),
        }
    }

    /// Ends a block that has a frame of its own.
    fn end_block(&mut self, span: Span) {
        self.end_implied_paragraph();
        self.close_directives_within();
        if self.blocks.len() < 2 {
            return;
        }
        let Some(frame) = self.blocks.pop() else { return };
        let body = match frame {
            BlockFrame::List { start, tight, items } => BlockBody::List { start, tight, items: items.into() },
            BlockFrame::DefinitionList(entries) => BlockBody::DefinitionList(entries.into()),
            BlockFrame::Table { alignments, mut rows } => {
                let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
                BlockBody::Table { alignments, header: header.into(), rows: rows.into_iter().map(Vec::into).collect() }
            }
            BlockFrame::Code { language, fenced, text } => {
                match fenced {
                    true => self.report_unclosed_code(&span),
                    false => self.report_code_by_accident(&span),
                }
                BlockBody::Code { language, text: text.into() }
            }
            BlockFrame::Html(html) if self.context.config.markdown.allow_html => BlockBody::RawHtml(html.into()),
            BlockFrame::Html(_) => return,
            BlockFrame::Container(Container { kind, blocks, .. }) => match kind {
                ContainerKind::Quote => BlockBody::Quote(blocks.into()),
                ContainerKind::Footnote { label } => BlockBody::Footnote { label, blocks: blocks.into() },
                ContainerKind::Item { task } => {
                    if let Some(BlockFrame::List { items, .. }) = self.blocks.last_mut() {
                        items.push(ListItem { task, blocks: blocks.into() });
                    }
                    return;
                }
                ContainerKind::Definition => {
                    if let Some(BlockFrame::DefinitionList(entries)) = self.blocks.last_mut()
                        && let Some(entry) = entries.last_mut()
                    {
                        entry.definitions.push(blocks.into());
                    }
                    return;
                }
                // Both end otherwise.
                ContainerKind::Body | ContainerKind::Directive(_) => return,
            },
        };
        self.push_block(body, span);
    }

    /// Adds a block to what is open.
    pub(super) fn push_block(&mut self, body: BlockBody, span: Span) {
        let written = self.written.get(span.clone()).unwrap_or_default();
        let span = self.in_file(&(span.start..span.start + written.trim_end().len()));
        self.container().blocks.push(Block { body, span });
    }

    /// The innermost open block that holds blocks: there is always the body.
    pub(super) fn container(&mut self) -> &mut Container {
        let innermost = self.blocks.iter().rposition(|frame| matches!(frame, BlockFrame::Container(_))).unwrap_or(0);
        match &mut self.blocks[innermost] {
            BlockFrame::Container(container) => container,
            _ => unreachable!("the first frame is the body"),
        }
    }

    /// A paragraph of its own, right within an item, sets the items of the list apart.
    fn loosen_list(&mut self) {
        if let [.., BlockFrame::List { tight, .. }, BlockFrame::Container(Container { kind, .. })] =
            &mut self.blocks[..]
            && matches!(kind, ContainerKind::Item { .. })
        {
            *tight = false;
        }
    }

    pub(super) fn mark_task(&mut self, done: bool) {
        if let ContainerKind::Item { task } = &mut self.container().kind {
            *task = Some(done);
        }
    }

    pub(super) fn is_in_code_block(&self) -> bool {
        matches!(self.blocks.last(), Some(BlockFrame::Code { .. }))
    }

    pub(super) fn push_code(&mut self, piece: &str) {
        if let Some(BlockFrame::Code { text, .. }) = self.blocks.last_mut() {
            text.push_str(piece);
        }
    }

    pub(super) fn push_html(&mut self, piece: &str, span: Span) {
        if !self.context.config.markdown.allow_html
            && let Some(BlockFrame::Html(html)) = self.blocks.last()
            && html.is_empty()
        {
            self.refuse_html(piece, &span);
        }
        if let Some(BlockFrame::Html(html)) = self.blocks.last_mut() {
            html.push_str(&piece.replace("\r\n", "\n"));
        }
    }
}

fn alignment(column: Column) -> Alignment {
    match column {
        Column::None | Column::Left => Alignment::Start,
        Column::Center => Alignment::Centre,
        Column::Right => Alignment::End,
    }
}

/// The first word of what follows the fence of a code block.
fn language(kind: &CodeBlockKind<'_>) -> Option<Text> {
    match kind {
        CodeBlockKind::Indented => None,
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().map(Text::from),
    }
}
