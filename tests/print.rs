//! Pages as PDFs.
#![cfg(feature = "pdf")]
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

#[test]
fn x() {}
