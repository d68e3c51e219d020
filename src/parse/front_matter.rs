//! The TOML between `+++` lines into typed front matter.
