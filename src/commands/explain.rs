//! `psychoed explain RULE`: a rule's page at the terminal.

use super::{FINE, fault};
use crate::check::{self, rules::RULES};

/// What to ask for instead of a rule, to see what the rules hold of the standards of the field.
const STANDARDS: &str = "standards";

/// Prints a rule's page, the table of standards, or a list of all rules.
pub fn explain(name: Option<&str>) -> u8 {
    let Some(name) = name else {
        let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        for rule in RULES {
            anstream::println!("{:width$}  {}", rule.name, rule.summary);
        }
        return FINE;
    };
    if name == STANDARDS {
        anstream::println!("{}", check::STANDARDS.trim_end());
        return FINE;
    }
    match check::named(name) {
        Ok(rule) => {
            anstream::println!("{}", rule.docs.trim_end());
            FINE
        }
        Err(Some(near)) => fault(format!("there is no rule “{name}”; did you mean “{}”?", near.name)),
        Err(None) => fault(format!("there is no rule “{name}”; `psychoed explain` lists all rules")),
    }
}
