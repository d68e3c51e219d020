//! `psychoed explain RULE`: a rule's page at the terminal.

use super::{FINE, fault};
use crate::check::rules::RULES;
use crate::diagnostic::nearest;

/// Prints a rule's page, or a list of all rules.
pub fn explain(name: Option<&str>) -> u8 {
    let Some(name) = name else {
        let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        for rule in RULES {
            anstream::println!("{:width$}  {}", rule.name, rule.summary);
        }
        return FINE;
    };
    match RULES.iter().find(|rule| rule.name == name) {
        Some(rule) => {
            anstream::println!("{}", rule.docs.trim_end());
            FINE
        }
        None => fault(match nearest(name, RULES.iter().map(|rule| rule.name)) {
            Some(near) => format!("there is no rule “{name}”; did you mean “{near}”?"),
            None => format!("there is no rule “{name}”; `psychoed explain` lists all rules"),
        }),
    }
}
