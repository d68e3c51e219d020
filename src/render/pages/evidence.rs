//! Evidence: the keys of one summary, and the table of all findings.

use super::Rendering;
use super::citing::{self, Cites};
use super::words::{counted, date, measured, sentence_case};
use crate::content::kind::{Certainty, Effect, Evidence, Finding, Recommendation};
use crate::content::{Citation, KindName, PageKind};
use crate::render::view::{
    ContentView, EvidenceOverviewView, EvidenceRowView, EvidenceView, FindingView, QuestionView, RecommendationView,
};
use crate::source::SitePath;

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
            (intervention, comparator) => format!("{intervention} compared with {comparator}"),
        };
        rows.extend(evidence.findings.iter().map(|finding| EvidenceRowView {
            page: rendering.link(url, page),
            population: question.population.clone(),
            comparison: comparison.clone(),
            finding: finding_view(finding, &mut cites),
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
pub(super) fn view(evidence: &Evidence, cites: &mut Cites<'_>) -> EvidenceView {
    EvidenceView {
        question: evidence.question.as_ref().map(|question| QuestionView {
            population: question.population.clone(),
            intervention: question.intervention.clone(),
            comparator: question.comparator.clone(),
            outcome: question.outcome.clone(),
        }),
        searched: evidence.searched.map(date),
        findings: evidence.findings.iter().map(|finding| finding_view(finding, cites)).collect(),
        recommendations: evidence.recommendations.iter().map(|given| recommendation(given, cites)).collect(),
    }
}

fn finding_view(finding: &Finding, cites: &mut Cites<'_>) -> FindingView {
    let counts = [
        finding.studies.map(|number| counted(number, "study", "studies")),
        finding.participants.map(|number| counted(number, "person", "people")),
    ];
    let certainty = finding.certainty.as_ref().map(|certainty| &certainty.value);
    FindingView {
        statement: finding.statement.clone(),
        outcome: finding.outcome.clone(),
        importance: finding.importance.as_deref().map(sentence_case).unwrap_or_default(),
        design: finding.design.as_deref().map(design).unwrap_or_default(),
        direction: finding.direction.as_deref().map(direction).unwrap_or_default(),
        direction_class: finding.direction.clone().unwrap_or_default(),
        size: counts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        effect: finding
            .effect
            .as_ref()
            .map(|size| effect(&size.value, finding.direction.is_none()))
            .unwrap_or_default(),
        certainty: certainty
            .map(|rated| format!("{} ({})", sentence_case(&rated.rating), rated.system))
            .unwrap_or_default(),
        certainty_reasons: certainty.map(reasons).unwrap_or_default(),
        cites_html: cites.next(&finding.sources),
    }
}

fn design(word: &str) -> String {
    match word {
        "nma" => "Network meta-analysis".to_owned(),
        "meta-analysis" => "Meta-analysis".to_owned(),
        "rct" => "Randomised trial".to_owned(),
        "cohort" => "Cohort study".to_owned(),
        "case-control" => "Case–control study".to_owned(),
        "expert" => "Expert opinion".to_owned(),
        other => sentence_case(other),
    }
}

fn direction(word: &str) -> String {
    match word {
        "favours-intervention" => "Favours the treatment".to_owned(),
        "favours-comparator" => "Favours the comparison".to_owned(),
        "no-difference" => "No difference found".to_owned(),
        other => sentence_case(other),
    }
}

/// The size of a difference; whom it favours is said only where the finding's direction does not.
fn effect(effect: &Effect, with_side: bool) -> String {
    let counts = effect.measure == "NNT";
    let mut words = format!("{} {}", effect.measure, measured(effect.value, counts));
    if let Some((low, high)) = effect.ci {
        let level = effect.level.unwrap_or(95.0);
        words.push_str(&format!(" ({level}% CI {} to {})", measured(low, counts), measured(high, counts)));
    }
    if let Some(side) = effect.favours.as_deref().filter(|_| with_side) {
        words.push_str(&format!(", {}", direction(&format!("favours-{side}")).to_lowercase()));
    }
    words
}

fn reasons(certainty: &Certainty) -> Vec<String> {
    let changes = certainty.down.iter().map(|change| ("Down", change)).chain(certainty.up.iter().map(|up| ("Up", up)));
    changes
        .map(|(way, change)| {
            let domain = change.domain.replace('-', " ");
            let levels = counted(change.by, "level", "levels");
            let why = if change.why.is_empty() { String::new() } else { format!(": {}", change.why) };
            format!("{way} {levels} for {domain}{why}")
        })
        .collect()
}

fn recommendation(given: &Recommendation, cites: &mut Cites<'_>) -> RecommendationView {
    RecommendationView {
        body: given.body.clone(),
        year: given.year,
        direction: sentence_case(&given.direction),
        status: sentence_case(&given.status),
        native: given.native.as_ref().map(|(scheme, value)| format!("{scheme}: {value}")).unwrap_or_default(),
        cites_html: cites.next(std::slice::from_ref(&given.source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_are_written_out() {
        let mut size = Effect {
            measure: "SMD".into(),
            value: -0.6,
            ci: Some((-0.75, -0.45)),
            level: None,
            favours: Some("intervention".into()),
        };
        assert_eq!(effect(&size, false), "SMD −0.60 (95% CI −0.75 to −0.45)");
        assert_eq!(effect(&size, true), "SMD −0.60 (95% CI −0.75 to −0.45), favours the treatment");
        size = Effect { measure: "NNT".into(), value: 7.0, ci: Some((4.0, 12.5)), level: Some(90.0), favours: None };
        assert_eq!(effect(&size, true), "NNT 7 (90% CI 4 to 12.5)");
    }
}
