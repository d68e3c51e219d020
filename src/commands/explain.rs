//! `psychoed explain RULE`: a rule's page at the terminal.

use super::{FINE, fault};
use crate::check::{self, rules::RULES};

/// Prints a rule's page, or a list of all rules.
pub fn explain(name: Option<&str>) -> u8 {
    let Some(name) = name else {
        let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        for rule in RULES {
            anstream::println!("{:width$}  {}", rule.name, rule.summary);
        }
        return FINE;
    };
    match check::named(name) {
        Ok(rule) => {
            anstream::println!("{}", rule.docs.trim_end());
            FINE
        }
        Err(Some(near)) => fault(format!("there is no rule “{name}”; did you mean “{}”?", near.name)),
        Err(None) => fault(format!("there is no rule “{name}”; `psychoed explain` lists all rules")),
    }
}
