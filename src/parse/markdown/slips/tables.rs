//! Tables that lose text.

use super::super::Reader;
use super::super::frames::BlockFrame;
use crate::source::Span;

impl Reader<'_> {
    /// Reports what stands in a row behind its last cell: the parser drops cells that no column is for.
    pub(in super::super) fn report_lost_cells(&mut self, row: &Span) {
        let behind = self.written.get(self.last_end..row.end).unwrap_or_default();
        let is_frame = |c: char| c == '|' || c.is_whitespace();
        let lost = behind.trim_matches(is_frame);
        let Some(BlockFrame::Table { alignments, .. }) = self.blocks.last().filter(|_| !lost.is_empty()) else {
            return;
        };
        let columns = match alignments.len() {
            1 => "1 column".to_owned(),
            many => format!("{many} columns"),
        };
        let start = self.last_end + (behind.len() - behind.trim_start_matches(is_frame).len());
        let message = format!("this is not shown: the row has more cells than the {columns} of its table");
        self.fault("table-cells-too-many", &(start..start + lost.len()), message).hint = Some(
            "Give the table another column, with a cell more in its first row and in the row of dashes. Where a `|` belongs to the \
             text, write `\\|`."
                .to_owned(),
        );
    }
}
