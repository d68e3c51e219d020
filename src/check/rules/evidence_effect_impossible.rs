//! See the page beside this file.

use crate::check::Rule;
use crate::content::PageKind;
use crate::content::kind::{Effect, Finding};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let PageKind::Evidence(evidence) = &page.document.front_matter.kind else { return };
    for finding in &evidence.findings {
        let Some(effect) = &finding.effect else { continue };
        for (message, hint) in faults(finding, &effect.value) {
            found.push(rule.finding(page.at(&effect.span), message).hint(hint));
        }
    }
}

/// A ratio says “no effect” with 1, a difference with 0. So does a number needed to treat, whose interval runs through
/// infinity instead: bounds on both sides of 0 include no effect.
fn no_effect(measure: &str) -> f64 {
    if is_ratio(measure) { 1.0 } else { 0.0 }
}

fn is_ratio(measure: &str) -> bool {
    matches!(measure, "OR" | "RR" | "HR")
}

fn faults(finding: &Finding, effect: &Effect) -> Vec<(String, String)> {
    const COPY: &str = "Copy the numbers from the source again.";
    let Effect { measure, value, ci, level, favours } = effect;
    let mut faults = Vec::new();
    let mut fault = |message: String, hint: &str| faults.push((message, hint.to_owned()));
    let (low, high) = ci.unwrap_or((*value, *value));
    if ![*value, low, high].iter().all(|number| number.is_finite()) {
        fault("the effect is not a number".to_owned(), COPY);
        return faults;
    }
    if low > high {
        fault(
            format!("the interval runs from {low} to {high}, from the larger number to the smaller"),
            &format!("Write the smaller one first: `ci = [{high}, {low}]`."),
        );
        return faults;
    }
    // The bounds of a number needed to treat may enclose infinity rather than the value.
    if (*value < low || *value > high) && measure != "NNT" {
        fault(format!("the value {value} is not within its interval from {low} to {high}"), COPY);
    }
    if is_ratio(measure) && (*value <= 0.0 || low <= 0.0) {
        fault(
            format!(
                "a ratio ({measure}) is always above 0, but this one has {}",
                if *value <= 0.0 { value } else { &low }
            ),
            "If the source gives its logarithm, or a difference, write the ratio itself or the right `measure`.",
        );
    }
    if level.is_some_and(|level| !(level > 0.0 && level < 100.0)) {
        fault("an interval's level lies between 0 and 100 percent".to_owned(), "The usual one is `level = 95`.");
    }
    let Some(favours) = favours else { return faults };
    if ci.is_none() {
        fault(
            format!("this effect is said to favour the {favours}, but has no confidence interval to show it"),
            "Add `ci = [low, high]` from the source, or leave `favours` out.",
        );
    } else if (low..=high).contains(&no_effect(measure)) {
        fault(
            format!(
                "this effect is said to favour the {favours}, but its interval from {low} to {high} includes no effect ({})",
                no_effect(measure),
            ),
            "Leave `favours` out, and say in the statement that no clear difference was found.",
        );
    }
    let claimed = finding.direction.as_deref().and_then(|direction| direction.strip_prefix("favours-"));
    if let Some(claimed) = claimed.filter(|claimed| claimed != favours) {
        fault(
            format!("the finding favours the {claimed}, but its effect the {favours}"),
            "Look up which of the two did better, and correct `direction` or `favours`.",
        );
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(measure: &str, value: f64, ci: Option<(f64, f64)>, favours: Option<&str>) -> Vec<String> {
        let finding = Finding {
            statement: String::new(),
            outcome: String::new(),
            importance: None,
            sources: Vec::new(),
            design: None,
            direction: Some("favours-intervention".into()),
            studies: None,
            participants: None,
            effect: None,
            certainty: None,
            span: 0..0,
        };
        let effect = Effect { measure: measure.into(), value, ci, level: None, favours: favours.map(Into::into) };
        faults(&finding, &effect).into_iter().map(|(message, _)| message).collect()
    }

    #[test]
    fn possible_effects_pass() {
        let favours = Some("intervention");
        assert!(messages("SMD", 0.6, Some((0.45, 0.75)), favours).is_empty());
        assert!(messages("SMD", -0.6, Some((-0.75, -0.45)), favours).is_empty());
        assert!(messages("RR", 0.8, Some((0.7, 0.9)), favours).is_empty());
        assert!(messages("SMD", 0.1, Some((-0.2, 0.4)), None).is_empty());
        assert!(messages("NNT", 8.0, Some((-20.0, 5.0)), None).is_empty());
        assert!(messages("MD", 3.0, None, None).is_empty());
    }

    #[test]
    fn impossible_ones_are_told_apart() {
        let favours = Some("intervention");
        for (found, expected) in [
            (messages("SMD", f64::NAN, None, None), "the effect is not a number"),
            (messages("SMD", 0.6, Some((0.0, f64::INFINITY)), None), "the effect is not a number"),
            (
                messages("SMD", 0.6, Some((0.7, 0.5)), None),
                "the interval runs from 0.7 to 0.5, from the larger number to the smaller",
            ),
            (messages("SMD", 0.9, Some((0.4, 0.8)), None), "the value 0.9 is not within its interval from 0.4 to 0.8"),
            (messages("OR", 0.5, Some((0.0, 1.2)), None), "a ratio (OR) is always above 0, but this one has 0"),
            (
                messages("RR", 0.8, Some((0.6, 1.0)), favours),
                "this effect is said to favour the intervention, but its interval from 0.6 to 1 includes no effect (1)",
            ),
            (
                messages("MD", 3.0, None, favours),
                "this effect is said to favour the intervention, but has no confidence interval to show it",
            ),
            (
                messages("MD", 3.0, Some((1.0, 5.0)), Some("comparator")),
                "the finding favours the intervention, but its effect the comparator",
            ),
        ] {
            assert_eq!(found, [expected]);
        }
    }
}
