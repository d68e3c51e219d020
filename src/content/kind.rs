//! The kinds of pages, each with the keys only it has.

use super::{Audience, LinkIndex};
use crate::source::Spanned;
use jiff::civil::Date;

/// A page's kind with its own keys.
#[derive(Clone, Debug, PartialEq)]
pub enum PageKind {
    /// Something a patient takes home.
    Handout,
    /// Something a patient fills in.
    Worksheet,
    /// One page a clinician looks things up in.
    QuickReference,
    /// A session, step by step.
    SessionGuide(SessionGuide),
    /// For whom a treatment is right.
    Suitability(Suitability),
    /// What is known, and how surely.
    Evidence(Box<Evidence>),
    /// A unit of a course.
    Module(Module),
    /// A glossary entry.
    Term(Term),
    /// Anything else.
    Page,
}

/// A page's kind by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KindName {
    /// See [`PageKind::Handout`].
    Handout,
    /// See [`PageKind::Worksheet`].
    Worksheet,
    /// See [`PageKind::QuickReference`].
    QuickReference,
    /// See [`PageKind::SessionGuide`].
    SessionGuide,
    /// See [`PageKind::Suitability`].
    Suitability,
    /// See [`PageKind::Evidence`].
    Evidence,
    /// See [`PageKind::Module`].
    Module,
    /// See [`PageKind::Term`].
    Term,
    /// See [`PageKind::Page`].
    Page,
}

impl KindName {
    /// All kinds, in the order in which lists show them.
    pub const ALL: [KindName; 9] = [
        KindName::Handout,
        KindName::Worksheet,
        KindName::QuickReference,
        KindName::SessionGuide,
        KindName::Suitability,
        KindName::Evidence,
        KindName::Module,
        KindName::Term,
        KindName::Page,
    ];

    /// The word used in front matter, addresses and template names.
    pub fn name(self) -> &'static str {
        match self {
            KindName::Handout => "handout",
            KindName::Worksheet => "worksheet",
            KindName::QuickReference => "quick-reference",
            KindName::SessionGuide => "session-guide",
            KindName::Suitability => "suitability",
            KindName::Evidence => "evidence",
            KindName::Module => "module",
            KindName::Term => "term",
            KindName::Page => "page",
        }
    }

    /// The kind a word names.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether readers may act on its pages as on advice, so that somebody has to answer for them.
    pub fn gives_advice(self) -> bool {
        !matches!(self, KindName::Term | KindName::Page)
    }

    /// The heading over one page of the kind.
    pub fn title(self) -> &'static str {
        match self {
            KindName::Handout => "Handout",
            KindName::Worksheet => "Worksheet",
            KindName::QuickReference => "Quick reference",
            KindName::SessionGuide => "Session guide",
            KindName::Suitability => "Suitability",
            KindName::Evidence => "Evidence summary",
            KindName::Module => "Course module",
            KindName::Term => "Glossary term",
            KindName::Page => "Page",
        }
    }

    /// The heading over a list of them.
    pub fn plural(self) -> &'static str {
        match self {
            KindName::Handout => "Handouts",
            KindName::Worksheet => "Worksheets",
            KindName::QuickReference => "Quick references",
            KindName::SessionGuide => "Session guides",
            KindName::Suitability => "Suitability",
            KindName::Evidence => "Evidence summaries",
            KindName::Module => "Course modules",
            KindName::Term => "Glossary",
            KindName::Page => "Pages",
        }
    }

    /// Who a page of the kind is for when it does not say.
    pub fn default_audience(self) -> &'static [Audience] {
        match self {
            KindName::Handout | KindName::Worksheet => &[Audience::Patient],
            KindName::QuickReference | KindName::SessionGuide | KindName::Suitability | KindName::Evidence => {
                &[Audience::Clinician, Audience::Trainee]
            }
            KindName::Module => &[Audience::Trainee, Audience::Instructor],
            KindName::Term | KindName::Page => &Audience::ALL,
        }
    }

    /// Whether pages of the kind are handed over on paper.
    pub fn is_printed(self) -> bool {
        !matches!(self, KindName::Term | KindName::Page)
    }

    /// Whether pages of the kind need an id.
    pub fn needs_id(self) -> bool {
        !matches!(self, KindName::Term | KindName::Page)
    }
}

impl PageKind {
    /// The kind without its keys.
    pub fn name(&self) -> KindName {
        match self {
            PageKind::Handout => KindName::Handout,
            PageKind::Worksheet => KindName::Worksheet,
            PageKind::QuickReference => KindName::QuickReference,
            PageKind::SessionGuide(_) => KindName::SessionGuide,
            PageKind::Suitability(_) => KindName::Suitability,
            PageKind::Evidence(_) => KindName::Evidence,
            PageKind::Module(_) => KindName::Module,
            PageKind::Term(_) => KindName::Term,
            PageKind::Page => KindName::Page,
        }
    }
}

/// Keys of a session guide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionGuide {
    /// Numbers of the sessions it is for.
    pub sessions: Vec<i64>,
    /// How long one lasts.
    pub minutes: Option<i64>,
    /// What it is to reach.
    pub goals: Vec<String>,
    /// What to bring or hand out; numbers into the document's links.
    pub materials: Vec<LinkIndex>,
}

impl SessionGuide {
    /// The numbers of its sessions as people read them, runs joined: `1`, `4–12`, `1–3, 5`.
    pub fn numbers(&self) -> String {
        let mut numbers = self.sessions.clone();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
            .chunk_by(|before, after| after.checked_sub(*before) == Some(1))
            .map(|run| match run {
                [first, .., last] => format!("{first}–{last}"),
                run => run.iter().map(i64::to_string).collect(),
            })
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// Keys of a suitability page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suitability {
    /// The criteria in the order written.
    pub criteria: Vec<Criterion>,
}

/// One criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// What follows when it applies.
    pub verdict: Verdict,
    /// The criterion itself.
    pub statement: String,
    /// The reason.
    pub why: Option<String>,
    /// Keys of works that support it.
    pub cites: Vec<Spanned<String>>,
}

/// What follows from a criterion. Never a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The treatment fits.
    Suits,
    /// Think twice.
    Caution,
    /// Another treatment is likely to help more.
    UnlikelyToHelp,
    /// Another service is needed.
    Refer,
}

impl Verdict {
    /// All verdicts, in the order in which pages group them.
    pub const ALL: [Verdict; 4] = [Verdict::Suits, Verdict::Caution, Verdict::UnlikelyToHelp, Verdict::Refer];

    /// The word used in front matter.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Suits => "suits",
            Verdict::Caution => "caution",
            Verdict::UnlikelyToHelp => "unlikely-to-help",
            Verdict::Refer => "refer",
        }
    }
}

/// Keys of an evidence summary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// What was asked.
    pub question: Option<Question>,
    /// The day the literature was searched.
    pub searched: Option<Date>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// What bodies recommend.
    pub recommendations: Vec<Recommendation>,
}

/// A question in the PICO form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// In whom.
    pub population: String,
    /// What.
    pub intervention: String,
    /// Against what.
    pub comparator: String,
    /// Measured how.
    pub outcome: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What was found, in a sentence.
    pub statement: String,
    /// The outcome measured.
    pub outcome: String,
    /// `critical`, `important` or `limited`.
    pub importance: Option<String>,
    /// Keys of the works it rests on.
    pub sources: Vec<Spanned<String>>,
    /// `meta-analysis`, `nma`, `rct`, `cohort`, `case-control`, `case-series` or `expert`.
    pub design: Option<String>,
    /// `favours-intervention`, `favours-comparator`, `no-difference`, `mixed` or `unclear`.
    pub direction: Option<String>,
    /// How many studies.
    pub studies: Option<i64>,
    /// How many people.
    pub participants: Option<i64>,
    /// How large the difference was.
    pub effect: Option<Spanned<Effect>>,
    /// How sure one can be.
    pub certainty: Option<Spanned<Certainty>>,
    /// Where the finding stands in the front matter.
    pub span: crate::source::Span,
}

/// The size of a difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// `OR`, `RR`, `HR`, `RD`, `MD`, `SMD` or `NNT`.
    pub measure: String,
    /// The point estimate.
    pub value: f64,
    /// Its confidence interval.
    pub ci: Option<(f64, f64)>,
    /// The interval's level in percent.
    pub level: Option<f64>,
    /// `intervention` or `comparator`.
    pub favours: Option<String>,
}

/// A rating of certainty.
#[derive(Clone, Debug, PartialEq)]
pub struct Certainty {
    /// `GRADE`.
    pub system: String,
    /// `high`, `moderate`, `low` or `very-low`.
    pub rating: String,
    /// Reasons it went down.
    pub down: Vec<RatingChange>,
    /// Reasons it went up.
    pub up: Vec<RatingChange>,
}

/// One reason for rating up or down.
#[derive(Clone, Debug, PartialEq)]
pub struct RatingChange {
    /// Such as `risk-of-bias`.
    pub domain: String,
    /// By how many levels.
    pub by: i64,
    /// Why.
    pub why: String,
}

/// What a body recommends.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// The body.
    pub body: String,
    /// Key of the guideline.
    pub source: Spanned<String>,
    /// Year of the edition.
    pub year: i64,
    /// `for` or `against`.
    pub direction: String,
    /// `current`, `superseded` or `withdrawn`.
    pub status: String,
    /// The body's own scheme and its words on it; never converted.
    pub native: Option<(String, String)>,
}

/// Keys of a course module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Module {
    /// What learners can do afterwards.
    pub objectives: Vec<String>,
    /// How long it takes.
    pub minutes: Option<i64>,
    /// Modules to do first; numbers into the document's links.
    pub prerequisites: Vec<LinkIndex>,
}

/// Keys of a glossary entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Term {
    /// The plain-language wording.
    pub plain: Option<String>,
    /// Other words for it.
    pub also: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::SessionGuide;

    #[test]
    fn numbers_of_sessions_join_runs() {
        for (numbers, expected) in [
            (&[1][..], "1"),
            (&[4, 5, 6, 7, 8], "4–8"),
            (&[7, 5], "5, 7"),
            (&[3, 1, 2, 5, 5], "1–3, 5"),
            (&[], ""),
            (&[i64::MIN, i64::MAX], "-9223372036854775808, 9223372036854775807"),
        ] {
            let guide = SessionGuide { sessions: numbers.to_vec(), ..SessionGuide::default() };
            assert_eq!(guide.numbers(), expected);
        }
    }
}
