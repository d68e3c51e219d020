//! Directives without what they are for.

use super::super::Reader;
use super::super::frames::{BlockFrame, Container, ContainerKind};
use crate::content::block::{BlockBody, Directive};
use crate::source::Span;

impl Reader<'_> {
    /// Reports what the innermost directive, which this fence closes, should hold and does not.
    pub(in super::super) fn report_missing_content(&mut self, closing: &Span) {
        let Some(BlockFrame::Container(Container { kind: ContainerKind::Directive(open), blocks, .. })) =
            self.blocks.last()
        else {
            return;
        };
        let (fence, name) = (open.fence.clone(), &open.opening.name);
        let is_empty = self.written[fence.end..closing.start].chars().all(|c| c.is_whitespace() || c == '>');
        let has_list = blocks.iter().any(|block| matches!(block.body, BlockBody::List { .. }));
        match open.opening.directive {
            // Room to write needs no words, and what a figure lacks has been reported.
            None | Some(Directive::Write { .. } | Directive::Figure) => {}
            Some(_) if is_empty => {
                let message = format!("there is nothing between `:::{name}` and the `:::` that closes it");
                self.fault("directive-empty", &fence, message).hint =
                    Some("Write the text of the block below this line, or delete both lines.".to_owned());
            }
            Some(Directive::Steps) if !has_list => {
                self.warning("list-missing", &fence, "there is no list in this block of steps").hint =
                    Some("Begin each step on a line of its own with a number: `1. `, `2. `, and so on.".to_owned());
            }
            Some(Directive::Checklist) if !has_list => {
                self.warning("list-missing", &fence, "there is no list in this checklist").hint =
                    Some("Begin each item on a line of its own with `- `.".to_owned());
            }
            Some(_) => {}
        }
    }
}
