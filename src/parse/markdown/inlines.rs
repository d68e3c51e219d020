//! Running text: words, emphasis, links, pictures and citations.

use arcstr::ArcStr;
use pulldown_cmark::{Event, LinkType, Tag};

use super::Reader;
use super::words::Words;
use crate::content::block::{BlockBody, Image, Link, plain_text};
use crate::content::{Anchor, Heading, Inline, LinkIndex, LinkRole, RawLink};
use crate::parse::citation::{self, Part};
use crate::source::{Span, Spanned, Text};

/// Inlines that have not ended yet.
#[derive(Debug)]
pub(super) struct InlineFrame {
    kind: InlineKind,
    inlines: Vec<Inline>,
    start: usize,
}

#[derive(Debug)]
pub(super) enum InlineKind {
    /// A paragraph; `implied` when the parser does not announce it, as in a list whose items are not set apart.
    Paragraph {
        implied: bool,
    },
    Heading {
        level: u8,
    },
    Cell,
    Term,
    Emphasis,
    Strong,
    Struck,
    Link(Target),
    Image(Target),
    /// A link or picture within a picture's text, of which only the words remain.
    Wrapper,
}

/// Where a link or picture leads.
#[derive(Debug)]
pub(super) struct Target {
    link: LinkIndex,
    title: Option<String>,
}

impl Reader<'_> {
    pub(super) fn start_inlines(&mut self, kind: InlineKind, start: usize) {
        self.inlines.push(InlineFrame { kind, inlines: Vec::new(), start });
    }

    /// Ends the innermost inlines and gives what they hold.
    pub(super) fn end_inlines(&mut self) -> Box<[Inline]> {
        self.flush();
        self.inlines.pop().map(|frame| frame.inlines.into()).unwrap_or_default()
    }

    /// Running text that stands right within a list item or a directive has no paragraph around it yet.
    fn ensure_paragraph(&mut self, start: usize) {
        if self.inlines.is_empty() {
            self.start_inlines(InlineKind::Paragraph { implied: true }, start);
        }
    }

    pub(super) fn end_implied_paragraph(&mut self) {
        if let [InlineFrame { kind: InlineKind::Paragraph { implied: true }, start, .. }] = &self.inlines[..] {
            let span = *start..self.last_end;
            self.end_paragraph(span);
        }
    }

    pub(super) fn end_paragraph(&mut self, span: Span) {
        let inlines = self.end_inlines();
        self.report_unread_lines(&span);
        self.push_block(BlockBody::Paragraph(inlines), span);
    }

    pub(super) fn end_heading(&mut self, span: Span) {
        let attributes = self.words.take_attributes();
        self.flush();
        let Some(InlineFrame { kind: InlineKind::Heading { level }, inlines, .. }) = self.inlines.pop() else { return };
        match inlines.is_empty() {
            true => self.report_empty_heading(&span),
            false => self.report_heading_by_accident(&span),
        }
        let text = Text::from(plain_text(&inlines).trim());
        let place = self.in_file(&(span.start..span.start + self.written[span.clone()].trim_end().len()));
        let explicit = attributes.and_then(|(inner, place)| self.heading_id(inner, place));
        let (id, anchor_place) = match explicit {
            Some(id) => (Text::from(id.value), id.span),
            None => (Text::from(self.anchors.generate(&text)), place.clone()),
        };
        self.body.anchors.push(Anchor { id: id.clone(), span: anchor_place, within: self.within.clone() });
        self.body.headings.push(Heading { level, id: id.clone(), text, span: place, within: self.within.clone() });
        self.push_block(BlockBody::Heading { level, id, inlines: inlines.into() }, span);
    }

    /// The id in the braces at the end of a heading.
    fn heading_id(&mut self, inner: String, place: Span) -> Option<Spanned<String>> {
        let id = inner.strip_prefix('#').filter(|id| !id.contains(char::is_whitespace));
        let Some(id) = id else {
            let body_place = place.start - self.context.offset..place.end - self.context.offset;
            self.fault(
                "directive-attribute",
                &body_place,
                "a heading takes an anchor and nothing else in its braces",
            )
            .hint = Some("Write it like `## What helps {#what-helps}`.".to_owned());
            return None;
        };
        let id = Spanned::new(id.to_owned(), place.start + 1..place.end);
        let checked = self.anchors.explicit(&id, self.context.path, &mut self.faults)?;
        Some(Spanned::new(checked, id.span))
    }

    pub(super) fn start_inline(&mut self, tag: Tag<'_>, span: Span, definition: Option<Span>) {
        self.ensure_paragraph(span.start);
        self.flush();
        let is_in_picture = self.inlines.iter().any(|frame| matches!(frame.kind, InlineKind::Image(_)));
        let kind = match tag {
            Tag::Strong => InlineKind::Strong,
            Tag::Strikethrough => InlineKind::Struck,
            Tag::Link { .. } | Tag::Image { .. } if is_in_picture => InlineKind::Wrapper,
            Tag::Link { link_type, dest_url, title, .. } => {
                let address = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}").into(),
                    _ => (&*dest_url).into(),
                };
                InlineKind::Link(self.target(address, &title, LinkRole::Link, link_type, &span, definition))
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let address = (&*dest_url).into();
                InlineKind::Image(self.target(address, &title, LinkRole::Image, link_type, &span, definition))
            }
            _ => InlineKind::Emphasis,
        };
        self.start_inlines(kind, span.start);
    }

    /// Numbers a link. Its place is that of the address where it is known already, and of the whole link until it ends.
    fn target(
        &mut self,
        address: Text,
        title: &str,
        role: LinkRole,
        kind: LinkType,
        span: &Span,
        definition: Option<Span>,
    ) -> Target {
        let place = match (kind, definition) {
            (LinkType::Autolink | LinkType::Email, _) => span.start + 1..span.end - 1,
            (_, Some(definition)) => address_of_definition(self.written, definition),
            _ => span.clone(),
        };
        let link = RawLink { address, role, within: self.within.clone() };
        self.body.links.push(Spanned::new(link, self.in_file(&place)));
        let title = (!title.is_empty()).then(|| title.to_owned());
        Target { link: self.body.links.len() - 1, title }
    }

    /// Ends emphasis, a link or a picture.
    pub(super) fn end_inline(&mut self, span: Span) {
        self.flush();
        let Some(InlineFrame { kind, inlines, .. }) = self.inlines.pop() else { return };
        let inlines = inlines.into_boxed_slice();
        let inline = match kind {
            InlineKind::Strong => Inline::Strong(inlines),
            InlineKind::Struck => Inline::Struck(inlines),
            InlineKind::Link(Target { link, title }) => {
                self.narrow_to_address(link, &span);
                Inline::Link(Box::new(Link { link, title, inlines }))
            }
            InlineKind::Image(Target { link, title }) => {
                self.narrow_to_address(link, &span);
                Inline::Image(Box::new(Image { link, title, alt: plain_text(&inlines) }))
            }
            _ => Inline::Emphasis(inlines),
        };
        self.push_inline(inline);
    }

    /// Sets the place of an inline link to its address, now that it is known where the link's text ends.
    fn narrow_to_address(&mut self, link: LinkIndex, span: &Span) {
        let whole = self.in_file(span);
        let text_end = self.last_end.clamp(span.start, span.end);
        if self.body.links[link].span == whole
            && let Some(open) = self.written[text_end..span.end].find("](")
        {
            let place = address_from(self.written, text_end + open + 2..span.end - 1);
            self.body.links[link].span = self.in_file(&place);
        }
    }

    pub(super) fn inline(&mut self, event: Event<'_>, span: Span) {
        self.ensure_paragraph(span.start);
        match event {
            Event::Text(text) => self.push_text(&text, span),
            Event::SoftBreak => {
                let place = self.in_file(&span);
                self.words.push("\n", &place, false);
            }
            Event::HardBreak => self.push_opaque(Inline::HardBreak),
            Event::Code(code) => self.push_opaque(Inline::Code((&*code).into())),
            Event::FootnoteReference(label) => {
                let label = Text::from(&*label);
                self.footnotes.mark(&label);
                self.push_opaque(Inline::FootnoteMark(label));
            }
            Event::InlineHtml(html) if self.context.config.markdown.allow_html => {
                self.push_opaque(Inline::RawHtml((&*html).into()));
            }
            Event::InlineHtml(html) => self.refuse_html(&html, &span),
            // Nothing else is asked of the parser.
            _ => {}
        }
    }

    fn push_text(&mut self, text: &str, span: Span) {
        let written = self.written.get(span.clone()).unwrap_or_default();
        let is_verbatim = written == text;
        let is_escaped = is_verbatim && self.last_end < span.start && self.written[..span.start].ends_with('\\');
        let place = self.in_file(&span);
        if is_escaped || !is_verbatim {
            self.words.push_escaped(text, &place, is_verbatim);
        } else {
            self.report_fence_in_text(&span);
            self.words.push(text, &place, true);
        }
    }

    /// A line that looks like a fence and became part of a paragraph.
    fn report_fence_in_text(&mut self, span: &Span) {
        let first = self.not_fences.partition_point(|fence| fence.span.start < span.start);
        if let Some(fence) = self.not_fences.get(first).filter(|fence| fence.span.start < span.end) {
            let place = fence.span.clone();
            self.fault("directive-attribute", &place, "this fence stands too far from the left edge to be one").hint =
                Some("Start the line with the colons, or with no more than three spaces before them.".to_owned());
        }
    }

    fn push_opaque(&mut self, inline: Inline) {
        self.flush();
        self.push_inline(inline);
    }

    fn push_inline(&mut self, inline: Inline) {
        if let Some(frame) = self.inlines.last_mut() {
            frame.inlines.push(inline);
        }
    }

    /// Turns the words so far into inlines, and the citations among them.
    fn flush(&mut self) {
        if self.words.text().is_empty() {
            return;
        }
        let words = std::mem::take(&mut self.words);
        self.report_unread_words(&words);
        if !words.text().contains('@') {
            self.push_words(words.text(), |at| words.origin(at));
            self.words = words.emptied();
            return;
        }
        if let Some(frame) = self.link_around() {
            let is_link = matches!(frame.kind, InlineKind::Link(_));
            return self.push_words_of_link(words, is_link);
        }
        let run = words.into_run();
        for part in citation::split(&run, self.context.path, self.context.known, &mut self.faults) {
            match part {
                Part::Text(within) => self.push_words(&run.text[within.clone()], |at| run.origins[within.start + at]),
                Part::Citation(mut citation) => {
                    citation.value.within = self.within.clone();
                    self.push_inline(Inline::Citation(self.body.citations.len()));
                    self.body.citations.push(citation);
                }
            }
        }
    }

    /// The innermost link or picture that is open.
    fn link_around(&self) -> Option<&InlineFrame> {
        let is_opaque = |kind: &InlineKind| matches!(kind, InlineKind::Link(_) | InlineKind::Image(_));
        self.inlines.iter().rev().find(|frame| is_opaque(&frame.kind))
    }

    pub(super) fn is_in_link(&self) -> bool {
        self.link_around().is_some()
    }

    /// The words of a link or picture cite nothing; whoever meant them to should know.
    fn push_words_of_link(&mut self, words: Words, is_link: bool) {
        let run = words.into_run();
        let parts = citation::split(&run, self.context.path, self.context.known, &mut Vec::new());
        let cited = parts.into_iter().find_map(|part| match part {
            Part::Citation(citation) => Some(citation),
            Part::Text(_) => None,
        });
        if let Some(citation) = cited.filter(|_| is_link) {
            let place = citation.span.start - self.context.offset..citation.span.end - self.context.offset;
            let fault =
                self.warning("citation-in-link", &place, "a link's text cannot cite: this is shown as it is typed");
            fault.hint = Some("Put the citation after the link, or write `\\@` if it is not meant as one.".to_owned());
        }
        self.push_words(&run.text, |at| run.origins[at]);
    }

    /// Adds words line by line. `origin` tells where in the file one of their bytes came from.
    fn push_words(&mut self, words: &str, origin: impl Fn(usize) -> usize) {
        let Some(InlineFrame { inlines, .. }) = self.inlines.last_mut() else { return };
        let mut start = 0;
        for (number, line) in words.split('\n').enumerate() {
            if number > 0 {
                inlines.push(Inline::SoftBreak);
            }
            if !line.is_empty() {
                inlines.push(Inline::Text(shared(self.context.file, line, origin(start))));
            }
            start += line.len() + 1;
        }
    }

    pub(super) fn refuse_html(&mut self, html: &str, span: &Span) {
        let tag = html.trim_start().lines().next().unwrap_or_default();
        let tag = tag.find('>').map_or(tag, |end| &tag[..=end]);
        if tag.starts_with("</") && self.html_reported {
            return;
        }
        self.html_reported = true;
        let start = span.start + (html.len() - html.trim_start().len());
        let place = start..(start + tag.trim_end().len()).min(span.end);
        let shown: String = tag.chars().take(40).collect();
        let (message, hint) = if tag.starts_with("<!--") {
            (
                "HTML comments cannot stand in a page, since they would be published".to_owned(),
                "Delete the comment.".to_owned(),
            )
        } else {
            let hint = format!(
                "Use Markdown or a directive in its place. To show the characters themselves, write `\\{shown}`. A site can allow \
                 HTML with `allow-html = true` under `[markdown]` in site-config.toml."
            );
            (format!("HTML such as `{shown}` cannot stand in a page"), hint)
        };
        self.fault("raw-html", &place, message).hint = Some(hint);
    }
}

/// Words as a piece of the file, if it has the very same at a place; otherwise as a text of their own.
fn shared(file: &ArcStr, words: &str, start: usize) -> Text {
    match file.get(start..start + words.len()) {
        Some(written) if written == words => file.substr(start..start + words.len()),
        _ => Text::from(words),
    }
}

/// The address at the start of a stretch: what a link holds within its parentheses, or a definition after its colon.
fn address_from(written: &str, within: Span) -> Span {
    let within = within.start.min(within.end)..within.end;
    let text = &written[within.clone()];
    // A definition or link may go on in the next line of a quotation.
    let start = within.start + text.find(|c: char| !c.is_whitespace() && c != '>').unwrap_or(0);
    let rest = &written[start..within.end];
    if let Some(inner) = rest.strip_prefix('<')
        && let Some(end) = inner.find('>')
    {
        return start + 1..start + 1 + end;
    }
    let mut depth = 0_usize;
    let mut is_escaped = false;
    let end = rest.find(|c: char| {
        let ends = match c {
            _ if is_escaped => false,
            '(' => {
                depth += 1;
                false
            }
            ')' if depth > 0 => {
                depth -= 1;
                false
            }
            c => c == ')' || c.is_whitespace(),
        };
        is_escaped = c == '\\' && !is_escaped;
        ends
    });
    start..start + end.unwrap_or(rest.len())
}

/// The address within `[label]: address "title"`.
fn address_of_definition(written: &str, definition: Span) -> Span {
    let mut is_escaped = false;
    let label_end = written[definition.clone()].bytes().position(|byte| {
        let ends = byte == b']' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    });
    match label_end {
        Some(end) => address_from(written, definition.start + end + "]:".len()..definition.end),
        None => definition,
    }
}
