//! Fences met while the tree is built: directives open, close, and go wrong.

use super::Reader;
use super::frames::{BlockFrame, Container, ContainerKind, OpenDirective};
use crate::content::block::{BlockBody, Directive};
use crate::content::{Anchor, Block, Inline};
use crate::diagnostic::Location;
use crate::parse::directive::{self, Fence, Opening};
use crate::source::{Span, Text};

impl Reader<'_> {
    /// A thematic break, or a fence that was masked as one.
    pub(super) fn rule(&mut self, span: Span) {
        let Ok(index) = self.fences.binary_search_by_key(&span.start, |fence| fence.span.start) else {
            return self.push_block(BlockBody::ThematicBreak, span);
        };
        self.honoured[index] = true;
        let fence = &self.fences[index];
        if fence.closes() { self.close(fence.span.clone()) } else { self.open(fence) }
    }

    fn open(&mut self, fence: &Fence) {
        if self.is_too_deep(&fence.span) {
            self.container().refused_directives += 1;
            return;
        }
        let opening = directive::opening(self.written, fence, self.context.offset, self.context.path, &mut self.faults);
        let id = opening.id.as_ref().and_then(|id| self.anchors.explicit(id, self.context.path, &mut self.faults));
        let id = id.map(Text::from);
        if let Some(Directive::For(audience)) = opening.directive {
            self.within.push(audience);
        }
        if let (Some(id), Some(written)) = (&id, &opening.id) {
            let (id, span) = (id.clone(), written.span.clone());
            self.body.anchors.push(Anchor { id, span, within: self.within.clone() });
        }
        let open = OpenDirective { opening, id, fence: fence.span.clone() };
        self.blocks.push(BlockFrame::container(ContainerKind::Directive(open)));
    }

    fn close(&mut self, fence: Span) {
        if let Some(BlockFrame::Container(container)) = self.blocks.last_mut() {
            if container.refused_directives > 0 {
                container.refused_directives -= 1;
                return;
            }
            if matches!(container.kind, ContainerKind::Directive(_)) {
                self.end_implied_paragraph();
                self.report_missing_content(&fence);
                return self.end_directive(fence.end);
            }
        }
        if self.closed_early > 0 {
            self.closed_early -= 1;
            return;
        }
        let around = self.blocks.iter().rev().find_map(|frame| match frame {
            BlockFrame::Container(Container { kind: ContainerKind::Directive(open), .. }) => {
                Some((open.opening.name.clone(), open.fence.clone()))
            }
            _ => None,
        });
        match around {
            Some((name, opened)) => {
                self.closed_wrongly += 1;
                let opened = Location::new(self.context.path, &self.in_file(&opened));
                let message =
                    format!("`:::{name}` cannot be closed within a list or a quotation that stands inside it");
                let fault = self.fault("directive-attribute", &fence, message);
                fault.related.push((opened, "opened here".to_owned()));
                fault.hint = Some("Start the line with the colons at the same column as the opening fence.".to_owned());
            }
            None => {
                self.fault("directive-attribute", &fence, "this fence closes nothing").hint = Some(
                    "Delete the line, or write the directive's name after the colons if it is to open one.".to_owned(),
                );
            }
        }
    }

    /// Closes the innermost block, which is a directive and ends at `end`.
    fn end_directive(&mut self, end: usize) {
        self.end_implied_paragraph();
        let Some(BlockFrame::Container(Container { kind: ContainerKind::Directive(open), mut blocks, .. })) =
            self.blocks.pop()
        else {
            return;
        };
        let OpenDirective { opening: Opening { directive, title, .. }, id, fence } = open;
        let Some(directive) = directive else {
            // It has been reported; what it holds is read as if the fences were not there.
            return self.container().blocks.append(&mut blocks);
        };
        match directive {
            Directive::For(_) => {
                self.within.pop();
            }
            Directive::Figure => blocks = self.figure(blocks, &fence),
            _ => {}
        }
        let (title, blocks) = (title.map(Text::from), blocks.into());
        self.push_block(BlockBody::Directive { directive, id, title, blocks }, fence.start..end);
    }

    /// A figure's blocks: a paragraph with its picture, then its caption.
    fn figure(&mut self, mut blocks: Vec<Block>, fence: &Span) -> Vec<Block> {
        let mut caption_below = None;
        let has_picture = match blocks.first_mut().map(|first| (&mut first.body, &first.span)) {
            Some((BlockBody::Paragraph(inlines), span)) if matches!(inlines.first(), Some(Inline::Image(_))) => {
                // A caption may follow on the very next line.
                if matches!(inlines.get(1), Some(Inline::SoftBreak | Inline::HardBreak)) {
                    let mut picture = std::mem::take(inlines).into_vec();
                    let caption = BlockBody::Paragraph(picture.split_off(1).into_iter().skip(1).collect());
                    caption_below = Some(Block { body: caption, span: span.clone() });
                    *inlines = picture.into();
                }
                inlines.len() == 1
            }
            _ => false,
        };
        if let Some(caption) = caption_below {
            blocks.insert(1, caption);
        }
        let pictures = blocks.iter().filter(|block| holds_picture(block)).count();
        if !has_picture || pictures > 1 {
            self.fault("directive-attribute", fence, "a figure is exactly one picture and then its caption").hint =
                Some("Write `![What it shows](../figures/name.svg)` on the first line, and the caption as a paragraph below it.".to_owned());
        }
        blocks
    }

    /// Closes the directives that were opened within a list or quotation that now ends, and reports them.
    pub(super) fn close_directives_within(&mut self) {
        while let Some(BlockFrame::Container(Container { kind: ContainerKind::Directive(open), .. })) =
            self.blocks.last()
        {
            let (fence, name) = (open.fence.clone(), open.opening.name.clone());
            let message = format!("`:::{name}` is opened within a list or a quotation and not closed there");
            self.fault("directive-unclosed", &fence, message).hint =
                Some("Write `:::` on a line of its own, as far from the left edge as this fence.".to_owned());
            self.closed_early += 1;
            self.end_directive(self.last_end);
        }
    }

    /// Ends the body: reports the directives that are still open. Gives the body's blocks.
    pub(super) fn end_body(&mut self) -> Vec<Block> {
        while let Some(BlockFrame::Container(Container { kind: ContainerKind::Directive(open), .. })) =
            self.blocks.last()
        {
            let (fence, name) = (open.fence.clone(), open.opening.name.clone());
            if self.closed_wrongly > 0 {
                self.closed_wrongly -= 1;
            } else if !self.ends_in_code {
                self.fault("directive-unclosed", &fence, format!("`:::{name}` is never closed")).hint =
                    Some("Write `:::` on a line of its own where it ends.".to_owned());
            }
            self.end_directive(self.written.len());
        }
        std::mem::take(&mut self.container().blocks)
    }
}

fn holds_picture(block: &Block) -> bool {
    match &block.body {
        BlockBody::Paragraph(inlines) => inlines.iter().any(|inline| matches!(inline, Inline::Image(_))),
        _ => false,
    }
}
