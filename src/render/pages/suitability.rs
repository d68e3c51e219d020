//! Criteria of suitability by verdict: of one page, and of all of them. A list to think with, never a score.

use super::Rendering;
use super::citing::{self, Cites};
use crate::content::kind::{Criterion, Verdict};
use crate::content::{Citation, KindName, PageKind};
use crate::render::view::{ContentView, CriterionView, LinkView, SuitabilityOverviewView, VerdictView};
use crate::source::SitePath;
use crate::theme::Words;

/// Where the overview is.
pub(super) const URL: &str = "suitability.html";

/// A criterion, and the page it comes from where that is not the page shown.
pub(super) type Placed<'a> = (&'a Criterion, Option<LinkView>);

/// What `suitability-overview.html` gets.
pub(super) fn content(rendering: &Rendering, url: &SitePath) -> ContentView {
    let pages = rendering.originals(KindName::Suitability);
    let mut criteria: Vec<Placed<'_>> = Vec::new();
    for &page in &pages {
        if let PageKind::Suitability(suitability) = &rendering.site.pages[page].document.front_matter.kind {
            let link = rendering.link(url, page);
            criteria.extend(suitability.criteria.iter().map(|criterion| (criterion, Some(link.clone()))));
        }
    }
    let cited = rendering.means.citing.list(&citations(criteria.iter().map(|(criterion, _)| *criterion)));
    ContentView::Suitability(SuitabilityOverviewView {
        verdicts: verdicts(rendering.words(), &criteria, &mut Cites::of(&cited)),
        pages: rendering.cards(url, rendering.of_kind(KindName::Suitability)),
        bibliography: citing::bibliography(&cited.entries),
    })
}

/// What criteria cite, in the order in which [`verdicts`] shows them.
pub(super) fn citations<'c>(criteria: impl Iterator<Item = &'c Criterion>) -> Vec<Citation> {
    let mut criteria: Vec<&Criterion> = criteria.collect();
    criteria.sort_by_key(|criterion| criterion.verdict);
    criteria.into_iter().filter_map(|criterion| citing::of_keys(&criterion.cites)).collect()
}

/// Criteria under their verdicts.
pub(super) fn verdicts(words: &Words, criteria: &[Placed<'_>], cites: &mut Cites<'_>) -> Vec<VerdictView> {
    let mut verdicts = Vec::new();
    for verdict in Verdict::ALL {
        let criteria: Vec<CriterionView> = criteria
            .iter()
            .filter(|(criterion, _)| criterion.verdict == verdict)
            .map(|(criterion, page)| CriterionView {
                statement: criterion.statement.clone(),
                why: criterion.why.clone(),
                cites_html: cites.next(&criterion.cites),
                page: page.clone(),
            })
            .collect();
        if !criteria.is_empty() {
            verdicts.push(VerdictView {
                verdict: verdict.name().to_owned(),
                title: words.named("suitability", verdict.name()).to_owned(),
                criteria,
            });
        }
    }
    verdicts
}
