//! How characters look.

use hayagriva::Formatting;
use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, VerticalAlign};

use super::item::Wear;

/// How a character looks, and where it leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub italic: bool,
    pub bold: bool,
    pub small_caps: bool,
    pub raised: bool,
    pub lowered: bool,
    /// Number of a link in the text that it belongs to.
    pub link: Option<usize>,
}

impl Look {
    pub fn of(formatting: Formatting) -> Self {
        Self {
            italic: formatting.font_style == FontStyle::Italic,
            bold: formatting.font_weight == FontWeight::Bold,
            small_caps: formatting.font_variant == FontVariant::SmallCaps,
            raised: formatting.vertical_align == VerticalAlign::Sup,
            lowered: formatting.vertical_align == VerticalAlign::Sub,
            link: None,
        }
    }

    pub fn put_on(&mut self, wear: Wear) {
        match wear {
            // Italics within italics stand upright.
            Wear::Italic => self.italic = !self.italic,
            Wear::Bold => self.bold = true,
            Wear::Raised => self.raised = true,
            Wear::Lowered => self.lowered = true,
            Wear::SmallCaps => self.small_caps = true,
            Wear::Nothing => {}
        }
    }

    /// Whether text that looks like this stands above the line.
    pub fn is_raised(self) -> bool {
        self.raised
    }
}
