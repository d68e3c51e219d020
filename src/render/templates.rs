//! Tera, set up so that a template's fault becomes a finding.
