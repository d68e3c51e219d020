//! Tables, with what tells a screen reader which words head a row or a column.

use super::Writer;
use crate::content::Inline;
use crate::content::block::{Alignment, Cell, Row, plain_text};

impl<'a> Writer<'a> {
    pub(super) fn table(&mut self, alignments: &[Alignment], header: &'a [Cell], rows: &'a [Row]) {
        let row_heads = has_row_heads(header, rows);
        let name = match self.heading.as_str() {
            "" => self.reading.words.say("block.table").to_owned(),
            heading => self.reading.words.fill("block.table-of", &[("heading", heading)]),
        };
        let label = self.label(name);
        self.raw("<div class=\"table-scroll\" role=\"region\"");
        self.attribute("aria-label", &label);
        self.raw(" tabindex=\"0\">\n<table");
        if is_to_fill_in(rows) {
            self.attribute("class", "fill-in");
        }
        self.raw(">\n");
        if header.iter().any(|cell| !is_empty(cell)) {
            self.raw("<thead>\n<tr>");
            for (column, cell) in header.iter().enumerate() {
                // A heading without words would be announced as one.
                let scope = if is_empty(cell) { None } else { Some("col") };
                self.cell(cell, scope, alignments.get(column));
            }
            self.raw("</tr>\n</thead>\n");
        }
        self.raw("<tbody>\n");
        for row in rows {
            self.raw("<tr>");
            for (column, cell) in row.iter().enumerate() {
                let scope = if row_heads && column == 0 && !is_empty(cell) { Some("row") } else { None };
                self.cell(cell, scope, alignments.get(column));
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody>\n</table>\n</div>\n");
    }

    fn cell(&mut self, cell: &'a Cell, scope: Option<&str>, alignment: Option<&Alignment>) {
        let tag = if scope.is_some() { "th" } else { "td" };
        self.raw("<");
        self.raw(tag);
        if let Some(scope) = scope {
            self.attribute("scope", scope);
        }
        match alignment {
            Some(Alignment::Centre) => self.attribute("class", "align-centre"),
            Some(Alignment::End) => self.attribute("class", "align-end"),
            Some(Alignment::Start) | None => {}
        }
        self.raw(">");
        if scope.is_some() {
            self.unlinkable(|writer| writer.inlines(cell));
        } else {
            self.inlines(cell);
        }
        self.raw("</");
        self.raw(tag);
        self.raw(">");
    }
}

/// Whether the first column heads the rows: its own head is left empty, all of it is bold, or it is all there is, as in a
/// form to fill in.
pub(in crate::render) fn has_row_heads(header: &[Cell], rows: &[Row]) -> bool {
    if header.len() < 2 || rows.is_empty() {
        return false;
    }
    let firsts = || rows.iter().filter_map(|row| row.first());
    header.first().is_some_and(is_empty)
        || firsts().all(|cell| matches!(**cell, [Inline::Strong(_)]))
        || firsts().all(|cell| !is_empty(cell)) && rows.iter().all(|row| row[1..].iter().all(is_empty))
}

/// Whether there are rows to write in.
pub(in crate::render) fn is_to_fill_in(rows: &[Row]) -> bool {
    rows.iter().any(|row| row.len() > 1 && row[1..].iter().all(is_empty))
}

pub(in crate::render) fn is_empty(cell: &Cell) -> bool {
    plain_text(cell).trim().is_empty()
        && !cell.iter().any(|inline| {
            matches!(inline, Inline::Citation(_) | Inline::FootnoteMark(_) | Inline::Image(_) | Inline::RawHtml(_))
        })
}
