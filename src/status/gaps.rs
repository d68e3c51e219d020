//! Where pages are missing: kinds that a phase or focal area should have and has not.

use crate::config::Config;
use crate::content::KindName;
use crate::site::{PageIndex, Site};
use crate::source::Spanned;

/// A page that nobody has written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its kind.
    pub kind: KindName,
    /// The id of the phase that needs it; `None` for all phases.
    pub phase: Option<String>,
    /// The id of the focal area that needs it; `None` for all focal areas.
    pub focal_area: Option<String>,
}

impl Gap {
    /// What is missing, in words.
    pub fn words(&self, config: &Config) -> String {
        let kind = self.kind.title().to_lowercase();
        let phase = self.phase.as_deref().map(|id| {
            let phase = config.phases.iter().find(|phase| phase.id == id);
            phase.map_or(id, |phase| &phase.title)
        });
        let area = self.focal_area.as_deref().map(|id| {
            let area = config.focal_areas.iter().find(|area| area.id == id);
            area.map_or(id, |area| &area.title)
        });
        match (phase, area) {
            (None, None) => format!("There is no {kind} for any phase or focal area"),
            (Some(phase), None) => format!("The phase “{phase}” has no {kind}"),
            (None, Some(area)) => format!("“{area}” has no {kind}"),
            (Some(phase), Some(area)) => format!("“{area}” has no {kind} for the phase “{phase}”"),
        }
    }
}

/// Every gap among some pages, for the kinds that the configuration expects, in its order. What a whole phase or a whole focal area
/// lacks is one gap.
pub(super) fn gaps(site: &Site, pages: &[PageIndex]) -> Vec<Gap> {
    let config = &site.config;
    let phases: Vec<&str> = config.phases.iter().map(|phase| phase.id.as_str()).collect();
    let areas: Vec<&str> = config.focal_areas.iter().map(|area| area.id.as_str()).collect();
    let of_kind = |kind: KindName| Served::of(site, pages, kind, &phases, &areas);
    config.status.expect.iter().flat_map(|&kind| of_kind(kind).gaps(kind, &phases, &areas)).collect()
}

/// For each phase and focal area, whether there is a page. A site without phases, or without focal areas, has one of them that
/// has no name.
struct Served {
    rows: Vec<Vec<bool>>,
}

impl Served {
    fn of(site: &Site, pages: &[PageIndex], kind: KindName, phases: &[&str], areas: &[&str]) -> Self {
        let mut rows = vec![vec![false; areas.len().max(1)]; phases.len().max(1)];
        let pages = pages.iter().map(|&page| &site.pages[page]);
        // A page counts once, in whatever languages it is.
        for page in pages.filter(|page| page.kind() == kind && page.is_to_appear() && page.translation.is_none()) {
            let front_matter = &page.document.front_matter;
            let is_of_none = front_matter.phases.is_empty() && front_matter.focal_areas.is_empty();
            if is_of_none && !(phases.is_empty() && areas.is_empty()) {
                continue;
            }
            let serves = |ids: &[Spanned<String>], known: &[&str], at: usize| {
                ids.is_empty() || known.get(at).is_some_and(|id| ids.iter().any(|named| named.value == *id))
            };
            for (phase, row) in rows.iter_mut().enumerate() {
                for (area, served) in row.iter_mut().enumerate() {
                    *served |=
                        serves(&front_matter.phases, phases, phase) && serves(&front_matter.focal_areas, areas, area);
                }
            }
        }
        Self { rows }
    }

    fn gaps(&self, kind: KindName, phases: &[&str], areas: &[&str]) -> Vec<Gap> {
        let gap = |phase: Option<usize>, area: Option<usize>| Gap {
            kind,
            phase: phase.and_then(|at| phases.get(at)).map(|id| (*id).to_owned()),
            focal_area: area.and_then(|at| areas.get(at)).map(|id| (*id).to_owned()),
        };
        let phase_has_none = |phase: usize| self.rows[phase].iter().all(|served| !served);
        let area_has_none = |area: usize| self.rows.iter().all(|row| !row[area]);
        if (0..self.rows.len()).all(phase_has_none) {
            return vec![gap(None, None)];
        }
        let mut gaps = Vec::new();
        let columns = self.rows[0].len();
        gaps.extend((0..self.rows.len()).filter(|&phase| phase_has_none(phase)).map(|phase| gap(Some(phase), None)));
        for area in 0..columns {
            if area_has_none(area) {
                gaps.push(gap(None, Some(area)));
                continue;
            }
            let missing = (0..self.rows.len()).filter(|&phase| !self.rows[phase][area] && !phase_has_none(phase));
            gaps.extend(missing.map(|phase| gap(Some(phase), Some(area))));
        }
        gaps
    }
}
