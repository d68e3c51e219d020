//! Directives without what they are for.

use super::super::Reader;
use super::super::frames::{BlockFrame, Container, ContainerKind};
use crate::content::block::{BlockBody, Directive};
use crate::parse::directive::container_prefix;
use crate::source::Span;

impl Reader<'_> {
    /// Reports a line that should open a directive and has two colons, or spaces between them, when it stands at a place.
    pub(in super::super) fn report_too_few_colons(&mut self, place: usize) {
        let start = self.written[..place].rfind('\n').map_or(0, |end| end + 1);
        let line = self.written[start..].lines().next().unwrap_or_default();
        let prefix = container_prefix(line);
        let content = line[prefix..].trim_end();
        // What a definition holds begins behind its colon, and has been looked at with it.
        let Some(meant) = meant_as_fence(content).filter(|_| start + prefix == place) else { return };
        let message = "this line opens no block: three colons have to stand side by side at its start";
        let hint = format!("Write `{meant}`, and `:::` on the line that closes the block.");
        self.fault("directive-unknown", &(place..place + content.len()), message).hint = Some(hint);
    }

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

/// How the fence should have been written that a line was meant as.
fn meant_as_fence(line: &str) -> Option<String> {
    let words = line.trim_start_matches([':', ' ', '\t']);
    let colons = &line[..line.len() - words.len()];
    let name = &words[..words.find([' ', '\t', '{']).unwrap_or(words.len())];
    let attributes = words[name.len()..].trim_start();
    let is_fence = colons.matches(':').count() >= 2
        && !colons.contains(":::")
        && Directive::NAMES.contains(&name)
        && (attributes.is_empty() || attributes.starts_with('{'));
    is_fence.then(|| format!(":::{words}"))
}
