//! Fenced divs: what stands out, what is to be done, what is to be written, what only some may read.

use super::Writer;
use crate::content::block::{Block, BlockBody, Directive};
use crate::content::{Audience, Inline};
use crate::theme::Words;

impl<'a> Writer<'a> {
    pub(super) fn directive(
        &mut self,
        directive: &Directive,
        id: Option<&str>,
        title: Option<&'a str>,
        blocks: &'a [Block],
    ) {
        if !self.reading.edition.shows_directive(directive) {
            return;
        }
        match directive {
            Directive::Note | Directive::Tip | Directive::Warning | Directive::KeyMessage => {
                self.open("div", &format!("callout {}", directive.name()), id);
                self.raw(" role=\"note\">\n");
                self.callout_title(title.or(default_title(directive, self.reading.words)));
                self.blocks(blocks);
                self.raw("</div>\n");
            }
            Directive::Safety | Directive::For(_) => {
                let title = title.or(default_title(directive, self.reading.words)).unwrap_or_default();
                let label = self.label(title.to_owned());
                self.open("section", &format!("callout {}", directive.name()), id);
                self.attribute("aria-label", &label);
                self.raw(">\n");
                self.callout_title(Some(title));
                self.blocks(blocks);
                self.raw("</section>\n");
            }
            Directive::Steps => self.group("steps", id, title, |writer| writer.blocks(blocks)),
            Directive::Checklist => self.group("checklist", id, title, |writer| {
                let before = std::mem::replace(&mut writer.checklist, true);
                writer.blocks(blocks);
                writer.checklist = before;
            }),
            Directive::Write { lines, boxed } => self.group("write", id, title, |writer| {
                writer.blocks(blocks);
                writer.room_to_write(*lines, *boxed);
            }),
            Directive::Figure => self.figure(id, blocks),
        }
    }

    fn open(&mut self, tag: &str, class: &str, id: Option<&str>) {
        self.raw("<");
        self.raw(tag);
        self.attribute("class", class);
        if let Some(id) = id {
            self.attribute("id", id);
        }
    }

    fn callout_title(&mut self, title: Option<&str>) {
        if let Some(title) = title {
            self.raw("<p class=\"callout-title\">");
            self.text(title);
            self.raw("</p>\n");
        }
    }

    /// A block that says by itself what it is; it has a title only if it was given one.
    fn group(&mut self, class: &str, id: Option<&str>, title: Option<&str>, inside: impl FnOnce(&mut Self)) {
        self.open("div", class, id);
        self.raw(">\n");
        if let Some(title) = title {
            self.raw("<p class=\"block-title\">");
            self.text(title);
            self.raw("</p>\n");
        }
        inside(self);
        self.raw("</div>\n");
    }

    /// Lines or a box for a pen. There is nothing in them to read out.
    fn room_to_write(&mut self, lines: u8, boxed: bool) {
        self.raw(if boxed { "<div class=\"write-box\"" } else { "<div class=\"write-lines\"" });
        self.raw(" aria-hidden=\"true\">");
        for _ in 0..lines {
            self.raw("<div class=\"rule-line\"></div>");
        }
        self.raw("</div>\n");
    }

    /// Pictures first, then whatever else there is as their caption.
    fn figure(&mut self, id: Option<&str>, blocks: &'a [Block]) {
        self.open("figure", "figure", id);
        self.raw(">\n");
        for block in blocks {
            let BlockBody::Paragraph(inlines) = &block.body else { continue };
            for inline in inlines {
                if let Inline::Image(image) = inline {
                    self.image(image);
                    self.raw("\n");
                }
            }
        }
        let start = self.body.html.len();
        self.raw("<figcaption>\n");
        let empty = self.body.html.len();
        for block in blocks {
            self.caption(block);
        }
        if self.body.html.len() == empty {
            self.body.html.truncate(start);
        } else {
            self.raw("</figcaption>\n");
        }
        self.raw("</figure>\n");
    }

    fn caption(&mut self, block: &'a Block) {
        let BlockBody::Paragraph(inlines) = &block.body else { return self.block(block) };
        let is_picture = |inline: &Inline| matches!(inline, Inline::Image(_));
        if !inlines.iter().any(is_picture) {
            return self.block(block);
        }
        let is_space = |inline: &Inline| match inline {
            Inline::SoftBreak | Inline::HardBreak => true,
            Inline::Text(words) => words.trim().is_empty(),
            inline => is_picture(inline),
        };
        if inlines.iter().all(is_space) {
            return;
        }
        self.raw("<p>");
        for part in inlines.split(is_picture) {
            let leading = part.iter().take_while(|inline| is_space(inline)).count();
            self.inlines(&part[leading..]);
        }
        self.raw("</p>\n");
    }
}

/// What a block says over itself when it was given no title.
pub(in crate::render) fn default_title<'w>(directive: &Directive, words: &'w Words) -> Option<&'w str> {
    let key = match directive {
        Directive::Note => "block.note",
        Directive::Tip => "block.tip",
        Directive::Warning => "block.warning",
        Directive::Safety => "block.safety",
        Directive::KeyMessage => "block.key-message",
        Directive::For(Audience::Patient) => "block.patient",
        Directive::For(Audience::Clinician) => "block.clinician",
        Directive::For(Audience::Trainee) => "block.trainee",
        Directive::For(Audience::Instructor) => "block.instructor",
        Directive::Steps | Directive::Checklist | Directive::Write { .. } | Directive::Figure => return None,
    };
    Some(words.say(key))
}
