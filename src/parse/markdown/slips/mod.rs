//! What was meant as Markdown and is read as something else. Markdown itself knows no faults: whatever it cannot read as a link, a
//! table or a list, it shows as it was typed. Each of these looks only at what is clearly a slip, never at code, and never at
//! characters that were escaped.

mod code;
mod directives;
mod footnotes;
mod headings;
mod lines;
mod tables;
mod words;

pub(super) use footnotes::Footnotes;
