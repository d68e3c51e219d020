//! Blocks into HTML.
