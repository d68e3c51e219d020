//! See the page beside this file.

use crate::check::Rule;
use crate::check::wording::quoted;
use crate::content::PageKind;
use crate::content::kind::{Certainty, RatingChange};
use crate::diagnostic::Diagnostic;
use crate::site::{Facts, Page, Site};

/// The levels of GRADE, lowest first.
const RATINGS: [&str; 4] = ["very-low", "low", "moderate", "high"];

pub(super) fn check(rule: &Rule, _: &Site, page: &Page, _: &Facts, found: &mut Vec<Diagnostic>) {
    let PageKind::Evidence(evidence) = &page.document.front_matter.kind else { return };
    for finding in &evidence.findings {
        let Some(certainty) = finding.certainty.as_ref().filter(|certainty| certainty.value.system == "GRADE") else {
            continue;
        };
        for (message, hint) in faults(finding.design.as_deref(), &certainty.value) {
            found.push(rule.finding(page.at(&certainty.span), message).hint(hint));
        }
    }
}

fn faults(design: Option<&str>, certainty: &Certainty) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    for change in certainty.down.iter().chain(&certainty.up) {
        if change.why.trim().is_empty() {
            let message = format!("no reason is given for changing the rating by {}", quoted(&change.domain));
            faults.push((message, "Say in `why` what in the studies led to it, in a few words.".to_owned()));
        }
        if !(1..=3).contains(&change.by) {
            let message = format!("the rating is changed by {} for {}", levels(change.by), quoted(&change.domain));
            faults.push((
                message,
                "GRADE changes by 1 or 2 levels for one reason, rarely by 3: correct `by`.".to_owned(),
            ));
        }
    }
    let Some(design) = design else {
        let message = "the rating cannot be checked, because the finding does not say what kind of studies it rests on";
        faults.push((message.to_owned(), "Add `design`, such as `design = \"rct\"`.".to_owned()));
        return faults;
    };
    if faults.is_empty() {
        faults.extend(sum_is_wrong(design, certainty));
    }
    faults
}

fn sum_is_wrong(design: &str, certainty: &Certainty) -> Option<(String, String)> {
    let start = if matches!(design, "rct" | "meta-analysis" | "nma") { 3 } else { 1 };
    let total = |changes: &[RatingChange]| changes.iter().map(|change| change.by).sum::<i64>();
    let (down, up) = (total(&certainty.down), total(&certainty.up));
    let sum = RATINGS[usize::try_from((start - down + up).clamp(0, 3)).unwrap_or(0)];
    if sum == certainty.rating {
        return None;
    }
    let message = format!(
        "the rating is {}, but the design {} starts at {}, goes down {} and up {}, which makes {}",
        quoted(&certainty.rating),
        quoted(design),
        quoted(RATINGS[if start == 3 { 3 } else { 1 }]),
        levels(down),
        levels(up),
        quoted(sum),
    );
    Some((message, format!("List every reason with its `why` in `down` or `up`, or write `rating = \"{sum}\"`.")))
}

fn levels(number: i64) -> String {
    crate::check::wording::count(number, "level")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(by: i64, why: &str) -> RatingChange {
        RatingChange { domain: "risk-of-bias".into(), by, why: why.into() }
    }

    fn messages(design: Option<&str>, rating: &str, down: Vec<RatingChange>, up: Vec<RatingChange>) -> Vec<String> {
        let certainty = Certainty { system: "GRADE".into(), rating: rating.into(), down, up };
        faults(design, &certainty).into_iter().map(|(message, _)| message).collect()
    }

    #[test]
    fn sums_that_are_right_pass() {
        assert!(messages(Some("rct"), "high", vec![], vec![]).is_empty());
        assert!(messages(Some("meta-analysis"), "low", vec![change(1, "a"), change(1, "b")], vec![]).is_empty());
        assert!(messages(Some("cohort"), "moderate", vec![], vec![change(1, "a")]).is_empty());
        assert!(messages(Some("cohort"), "very-low", vec![change(2, "a")], vec![]).is_empty());
    }

    #[test]
    fn sums_that_are_wrong_are_shown() {
        for (found, expected) in [
            (
                messages(Some("rct"), "high", vec![change(1, "a")], vec![]),
                "the rating is “high”, but the design “rct” starts at “high”, goes down 1 level and up 0 levels, which makes “moderate”",
            ),
            (
                messages(Some("rct"), "moderate", vec![change(1, " ")], vec![]),
                "no reason is given for changing the rating by “risk-of-bias”",
            ),
            (
                messages(Some("rct"), "high", vec![change(-1, "a")], vec![]),
                "the rating is changed by -1 levels for “risk-of-bias”",
            ),
            (
                messages(None, "high", vec![], vec![]),
                "the rating cannot be checked, because the finding does not say what kind of studies it rests on",
            ),
        ] {
            assert_eq!(found, [expected]);
        }
        assert_eq!(messages(Some("rct"), "low", vec![change(i64::MAX, "a"), change(i64::MAX, "b")], vec![]).len(), 2);
    }
}
