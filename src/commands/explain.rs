//! `psychoed explain RULE`: a rule's page at the terminal.

use super::{fault, print_out};
use crate::check::{self, rules::RULES};

/// What to ask for instead of a rule, to see what the rules hold of the standards of the field.
const STANDARDS: &str = "standards";

/// Prints a rule's page, the table of standards, or a list of all rules.
pub fn explain(name: Option<&str>) -> u8 {
    let Some(name) = name else {
        let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        let rules = RULES.iter().map(|rule| format!("{:width$}  {}\n", rule.name, rule.summary));
        return print_out(rules.collect::<String>().as_bytes());
    };
    if name == STANDARDS {
        return print_out(check::STANDARDS.as_bytes());
    }
    match check::named(name) {
        Ok(rule) => print_out(rule.docs.as_bytes()),
        Err(Some(near)) => fault(format!("there is no rule “{name}”; did you mean “{}”?", near.name)),
        Err(None) => fault(format!("there is no rule “{name}”; `psychoed explain` lists all rules")),
    }
}
