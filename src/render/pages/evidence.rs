//! Evidence: the keys of one summary, and the table of all findings.

use super::Rendering;
use super::citing::{self, Cites};
use super::words::{counted, date, measured};
use crate::content::kind::{Certainty, Effect, Evidence, Finding, Recommendation};
use crate::content::{Citation, KindName, PageKind};
use crate::render::view::{
    ContentView, EvidenceOverviewView, EvidenceRowView, EvidenceView, FindingView, QuestionView, RecommendationView,
};
use crate::source::SitePath;
use crate::theme::Words;

/// Where the overview is.
pub(super) const URL: &str = "evidence.html";

/// What `evidence-overview.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath) -> ContentView {
    let pages = rendering.originals(KindName::Evidence);
    let summaries = || {
        pages.iter().filter_map(|&page| match &rendering.site.pages[page].document.front_matter.kind {
            PageKind::Evidence(evidence) => Some((page, evidence)),
            _ => None,
        })
    };
    let citations: Vec<Citation> = summaries()
        .flat_map(|(_, evidence)| &evidence.findings)
        .filter_map(|finding| citing::of_keys(&finding.sources))
        .collect();
    let cited = rendering.means.citing.list(&citations);
    let mut cites = Cites::of(&cited);
    let mut rows = Vec::new();
    for (page, evidence) in summaries() {
        let question = evidence.question.clone().unwrap_or_default();
        let comparison = match (question.intervention.as_str(), question.comparator.as_str()) {
            (intervention, "") => intervention.to_owned(),
            (intervention, comparator) => {
                let values = [("intervention", intervention), ("comparator", comparator)];
                rendering.words().fill("evidence.compared", &values)
            }
        };
        rows.extend(evidence.findings.iter().map(|finding| EvidenceRowView {
            page: rendering.link(url, page),
            population: question.population.clone(),
            comparison: comparison.clone(),
            finding: finding_view(rendering.words(), finding, &mut cites),
        }));
    }
    ContentView::Evidence(EvidenceOverviewView {
        rows,
        pages: rendering.cards(url, rendering.of_kind(KindName::Evidence)),
        bibliography: citing::bibliography(&cited.entries),
    })
}

/// What a summary's front matter cites, in the order in which [`view`] shows it.
pub(super) fn citations(evidence: &Evidence) -> Vec<Citation> {
    let findings = evidence.findings.iter().map(|finding| finding.sources.as_slice());
    let recommendations = evidence.recommendations.iter().map(|given| std::slice::from_ref(&given.source));
    findings.chain(recommendations).filter_map(citing::of_keys).collect()
}

/// A summary's keys.
pub(super) fn view(words: &Words, evidence: &Evidence, cites: &mut Cites<'_>) -> EvidenceView {
    EvidenceView {
        question: evidence.question.as_ref().map(|question| QuestionView {
            population: question.population.clone(),
            intervention: question.intervention.clone(),
            comparator: question.comparator.clone(),
            outcome: question.outcome.clone(),
        }),
        searched: evidence.searched.map(|day| date(words, day)),
        findings: evidence.findings.iter().map(|finding| finding_view(words, finding, cites)).collect(),
        recommendations: evidence.recommendations.iter().map(|given| recommendation(words, given, cites)).collect(),
    }
}

fn finding_view(words: &Words, finding: &Finding, cites: &mut Cites<'_>) -> FindingView {
    let counts = [
        finding.studies.map(|number| counted(words, number, "study", "studies")),
        finding.participants.map(|number| counted(words, number, "person", "people")),
    ];
    let named = |section: &str, word: &Option<String>| {
        let word = word.as_deref();
        word.map(|word| words.named(&format!("evidence.{section}"), word).to_owned()).unwrap_or_default()
    };
    let certainty = finding.certainty.as_ref().map(|certainty| &certainty.value);
    FindingView {
        statement: finding.statement.clone(),
        outcome: finding.outcome.clone(),
        importance: named("importance", &finding.importance),
        design: named("designs", &finding.design),
        direction: named("directions", &finding.direction),
        direction_class: finding.direction.clone().unwrap_or_default(),
        size: counts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        effect: finding
            .effect
            .as_ref()
            .map(|size| effect(words, &size.value, finding.direction.is_none()))
            .unwrap_or_default(),
        certainty: certainty
            .map(|rated| format!("{} ({})", words.named("evidence.ratings", &rated.rating), rated.system))
            .unwrap_or_default(),
        certainty_reasons: certainty.map(|rated| reasons(words, rated)).unwrap_or_default(),
        cites_html: cites.next(&finding.sources),
    }
}

/// The size of a difference; whom it favours is said only where the finding's direction does not.
fn effect(words: &Words, effect: &Effect, with_side: bool) -> String {
    let counts = effect.measure == "NNT";
    let measured = |value| measured(words, value, counts);
    let mut shown = format!("{} {}", effect.measure, measured(effect.value));
    if let Some((low, high)) = effect.ci {
        let level = effect.level.unwrap_or(95.0);
        let level = words.fill("number.percent", &[("number", &level.to_string())]);
        let (low, high) = (measured(low), measured(high));
        let values = [("level", level.as_str()), ("low", &low), ("high", &high)];
        shown.push_str(&format!(" {}", words.fill("evidence.interval", &values)));
    }
    if let Some(side) = effect.favours.as_deref().filter(|_| with_side) {
        shown.push_str(&format!(", {}", words.named("evidence", &format!("for-{side}"))));
    }
    shown
}

fn reasons(words: &Words, certainty: &Certainty) -> Vec<String> {
    let changes = certainty
        .down
        .iter()
        .map(|change| ("evidence.down", change))
        .chain(certainty.up.iter().map(|up| ("evidence.up", up)));
    changes
        .map(|(way, change)| {
            let levels = counted(words, change.by, "level", "levels");
            let reason = words.named("evidence.reasons", &change.domain);
            let change_of_rating = words.fill(way, &[("levels", &levels), ("reason", reason)]);
            if change.why.is_empty() { change_of_rating } else { labelled(words, &change_of_rating, &change.why) }
        })
        .collect()
}

fn labelled(words: &Words, label: &str, text: &str) -> String {
    words.fill("punctuation.label", &[("label", label), ("text", text)])
}

fn recommendation(words: &Words, given: &Recommendation, cites: &mut Cites<'_>) -> RecommendationView {
    RecommendationView {
        body: given.body.clone(),
        year: given.year,
        direction: words.named("evidence.recommended", &given.direction).to_owned(),
        status: words.named("evidence.statuses", &given.status).to_owned(),
        native: given.native.as_ref().map(|(scheme, value)| labelled(words, scheme, value)).unwrap_or_default(),
        cites_html: cites.next(std::slice::from_ref(&given.source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::kind::RatingChange;
    use crate::theme::Theme;

    #[test]
    fn effects_are_written_out() {
        let words = Words::of(&Theme::default(), "en");
        let mut size = Effect {
            measure: "SMD".into(),
            value: -0.6,
            ci: Some((-0.75, -0.45)),
            level: None,
            favours: Some("intervention".into()),
        };
        assert_eq!(effect(&words, &size, false), "SMD −0.60 (95% CI −0.75 to −0.45)");
        assert_eq!(effect(&words, &size, true), "SMD −0.60 (95% CI −0.75 to −0.45), favours the treatment");
        size = Effect { measure: "NNT".into(), value: 7.0, ci: Some((4.0, 12.5)), level: Some(90.0), favours: None };
        assert_eq!(effect(&words, &size, true), "NNT 7 (90% CI 4 to 12.5)");
    }

    #[test]
    fn reasons_stand_after_a_colon_as_their_language_has_it() {
        let change = RatingChange { domain: "risk-of-bias".into(), by: 1, why: "X".into() };
        let certainty = Certainty { system: "GRADE".into(), rating: "low".into(), down: vec![change], up: Vec::new() };
        let said = |tag| reasons(&Words::of(&Theme::default(), tag), &certainty).concat();
        assert_eq!(said("en"), "Down 1 level for risk of bias: X");
        assert!(said("fr").ends_with("risque de biais\u{a0}: X"), "{}", said("fr"));
    }
}
