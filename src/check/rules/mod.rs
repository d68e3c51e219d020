//! All rules.

/// All rules.
pub const RULES: &[super::Rule] = &[];
