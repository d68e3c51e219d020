//! Markdown into blocks.
