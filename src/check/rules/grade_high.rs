//! See the page beside this file.

use crate::check::Rule;
use crate::check::patient_text::PatientText;
use crate::diagnostic::Diagnostic;
use crate::readability::Scores;

/// Measures of a text that is shorter swing too widely: Flesch took samples of so many words.
const WORDS: u32 = 100;

/// How much a page asks of its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Demand {
    /// No more than patients should need.
    Fair,
    /// More.
    High,
    /// So much that many will not understand it.
    VeryHigh,
}

/// What one measure says of a page.
#[derive(Debug)]
struct Judgement {
    demand: Demand,
    measure: &'static str,
    value: f32,
    /// Where [`Demand::High`] and [`Demand::VeryHigh`] begin.
    limits: [f32; 2],
}

pub(super) fn check(rule: &Rule, text: &PatientText<'_>, found: &mut Vec<Diagnostic>) {
    of_demand(rule, text, Demand::High, found);
}

/// Finds a page that asks so much.
pub(super) fn of_demand(rule: &Rule, text: &PatientText<'_>, demand: Demand, found: &mut Vec<Diagnostic>) {
    let reading = &text.reading;
    if reading.counts.words < WORDS {
        return;
    }
    let Some(worst) = worst(&reading.scores).filter(|worst| worst.demand == demand) else { return };
    let limit = worst.limits[usize::from(demand == Demand::VeryHigh)];
    let message =
        format!("this page is hard to read: {} {:.1}, where {limit} is the limit", worst.measure, worst.value);
    let without = reading.without_terms.as_ref().map(judgements).unwrap_or_default();
    let without = without.into_iter().find(|other| other.measure == worst.measure);
    let terms = match without {
        Some(other) if other.demand == Demand::Fair => {
            format!(" With short words for the glossary's terms it would be {:.1}: say them less often.", other.value)
        }
        Some(other) => format!(" With short words for the glossary's terms it would still be {:.1}.", other.value),
        None => String::new(),
    };
    let hint = format!("Shorten the longest sentences, and use words that people say.{terms}");
    let mut finding = rule.finding(text.at_title(), message).hint(hint);
    if let Some(longest) = reading.longest_sentence() {
        let said = format!("the longest sentence, {} words", longest.words);
        finding = finding.related(text.places().of(&longest.at), said);
    }
    found.push(finding);
}

/// The judgement of the measure that asks most.
fn worst(scores: &Scores) -> Option<Judgement> {
    judgements(scores).into_iter().rev().max_by_key(|judgement| judgement.demand)
}

fn judgements(scores: &Scores) -> Vec<Judgement> {
    // Years of school: the AMA asks for six at most, the NIH for less than eight.
    const YEARS: [f32; 2] = [6.0, 8.0];
    // SMOG says what it takes to understand all of a text, the others what it takes to understand most of it.
    const YEARS_BY_SMOG: [f32; 2] = [8.0, 10.0];
    let grade = |measure, value| Judgement::of(measure, value, YEARS);
    match scores {
        Scores::English { flesch_kincaid, smog, .. } => {
            let mut all = vec![grade("Flesch–Kincaid grade", *flesch_kincaid)];
            if !smog.indicative {
                all.push(Judgement::of("SMOG grade", smog.grade, YEARS_BY_SMOG));
            }
            all
        }
        Scores::German { wiener, .. } => vec![grade("Wiener Sachtextformel", *wiener)],
        // Scales on which less is harder.
        Scores::French { kandel_moles } => vec![Judgement::of("Kandel–Moles", *kandel_moles, [80.0, 60.0])],
        Scores::Italian { gulpease } => vec![Judgement::of("Gulpease", *gulpease, [73.0, 60.0])],
        Scores::Spanish { flesch_szigriszt, .. } => {
            vec![Judgement::of("INFLESZ", *flesch_szigriszt, [65.0, 55.0])]
        }
        Scores::NoSentences | Scores::NotMeasured { .. } => Vec::new(),
    }
}

impl Judgement {
    /// `limits` fall where less is harder.
    fn of(measure: &'static str, value: f32, limits: [f32; 2]) -> Self {
        let beyond = |limit: f32| if limits[0] < limits[1] { value > limit } else { value < limit };
        let demand = match limits.map(beyond) {
            [_, true] => Demand::VeryHigh,
            [true, _] => Demand::High,
            _ => Demand::Fair,
        };
        Self { demand, measure, value, limits }
    }
}
