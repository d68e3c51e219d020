//! All rules.
