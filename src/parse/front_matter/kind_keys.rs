//! The keys that only one kind of page has.

use super::ClosedTable;
use crate::content::kind::{
    Certainty, Criterion, Effect, Evidence, Finding, KindName, Module, PageKind, Question, RatingChange,
    Recommendation, SessionGuide, Suitability, Term, Verdict,
};
use crate::content::{LinkIndex, LinkRole, RawLink};
use crate::parse::closed_table::Field;
use crate::source::Spanned;

const IMPORTANCE: [&str; 3] = ["critical", "important", "limited"];
const DESIGNS: [&str; 7] = ["meta-analysis", "nma", "rct", "cohort", "case-control", "case-series", "expert"];
const DIRECTIONS: [&str; 5] = ["favours-intervention", "favours-comparator", "no-difference", "mixed", "unclear"];
const MEASURES: [&str; 7] = ["OR", "RR", "HR", "RD", "MD", "SMD", "NNT"];
const SIDES: [&str; 2] = ["intervention", "comparator"];
const RATINGS: [&str; 4] = ["high", "moderate", "low", "very-low"];
const REASONS_DOWN: [&str; 5] = ["risk-of-bias", "inconsistency", "indirectness", "imprecision", "publication-bias"];
const REASONS_UP: [&str; 3] = ["large-effect", "dose-response", "residual-confounding"];
const STATUSES: [&str; 3] = ["current", "superseded", "withdrawn"];

/// The keys of a kind besides the common ones.
fn keys_of(kind: KindName) -> &'static [&'static str] {
    match kind {
        KindName::SessionGuide => &["sessions", "minutes", "goals", "materials"],
        KindName::Suitability => &["criteria"],
        KindName::Evidence => &["searched", "question", "findings", "recommendations"],
        KindName::Module => &["objectives", "minutes", "prerequisites"],
        KindName::Term => &["plain", "also"],
        KindName::Handout | KindName::Worksheet | KindName::QuickReference | KindName::Page => &[],
    }
}

/// The keys of a kind that hold what readers read.
pub(super) fn keys_of_text(kind: KindName) -> impl Iterator<Item = &'static str> {
    ["title", "summary"].into_iter().chain(keys_of(kind).iter().copied())
}

/// Takes out the keys of every kind: for a page whose kind is not known.
pub(super) fn leave_all(table: &mut ClosedTable<'_>) {
    for key in KindName::ALL.into_iter().flat_map(keys_of) {
        table.leave(key);
    }
}

/// What to say about a key that pages of another kind have.
pub(super) fn belongs_elsewhere(key: &str, kind: Option<KindName>) -> Option<String> {
    let kind = kind?;
    let owners: Vec<&str> =
        KindName::ALL.into_iter().filter(|owner| keys_of(*owner).contains(&key)).map(KindName::name).collect();
    let (last, others) = owners.split_last()?;
    let owners = match others {
        [] => format!("`{last}`"),
        others => format!("`{}` or `{last}`", others.join("`, `")),
    };
    Some(format!("Only pages of kind {owners} have it, and this is one of kind `{}`.", kind.name()))
}

/// Reads the keys of one kind.
pub(super) struct KindKeys<'a, 't> {
    /// The whole front matter.
    pub(super) table: &'a mut ClosedTable<'t>,
    /// Where links go.
    pub(super) links: &'a mut Vec<Spanned<RawLink>>,
    /// Where the works go that keys name.
    pub(super) works: &'a mut Vec<Spanned<String>>,
}

impl KindKeys<'_, '_> {
    /// Reads the keys of `kind`.
    pub(super) fn read(mut self, kind: KindName) -> PageKind {
        match kind {
            KindName::Handout => PageKind::Handout,
            KindName::Worksheet => PageKind::Worksheet,
            KindName::QuickReference => PageKind::QuickReference,
            KindName::SessionGuide => PageKind::SessionGuide(self.session_guide()),
            KindName::Suitability => PageKind::Suitability(self.suitability()),
            KindName::Evidence => PageKind::Evidence(Box::new(self.evidence())),
            KindName::Module => PageKind::Module(self.module()),
            KindName::Term => PageKind::Term(self.term()),
            KindName::Page => PageKind::Page,
        }
    }

    fn session_guide(&mut self) -> SessionGuide {
        let sessions = self.table.field("sessions").map(|field| field.integers(1..=i64::MAX));
        SessionGuide {
            sessions: sessions.unwrap_or_default(),
            minutes: self.table.count("minutes"),
            goals: values(self.table.texts("goals")),
            materials: self.links("materials"),
        }
    }

    fn suitability(&mut self) -> Suitability {
        Suitability { criteria: groups(self.table.tables("criteria"), |table| criterion(table, self.works)) }
    }

    fn evidence(&mut self) -> Evidence {
        Evidence {
            searched: self.table.date("searched").map(|date| date.value),
            question: self.table.table("question").and_then(question),
            findings: groups(self.table.tables("findings"), |table| finding(table, self.works)),
            recommendations: groups(self.table.tables("recommendations"), |table| recommendation(table, self.works)),
        }
    }

    fn module(&mut self) -> Module {
        Module {
            objectives: values(self.table.texts("objectives")),
            minutes: self.table.count("minutes"),
            prerequisites: self.links("prerequisites"),
        }
    }

    fn term(&mut self) -> Term {
        Term { plain: self.table.text("plain").map(|text| text.value), also: values(self.table.texts("also")) }
    }

    /// A list of links; they are numbered in the order in which they are read.
    fn links(&mut self, key: &'static str) -> Vec<LinkIndex> {
        let first = self.links.len();
        self.links.extend(self.table.texts(key).into_iter().map(|address| {
            let link = RawLink { address: address.value.into(), role: LinkRole::Key, within: Vec::new() };
            Spanned::new(link, address.span)
        }));
        (first..self.links.len()).collect()
    }
}

fn values(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

/// Those groups that can be used.
fn groups<'t, T>(tables: Vec<ClosedTable<'t>>, typed: impl FnMut(ClosedTable<'t>) -> Option<T>) -> Vec<T> {
    tables.into_iter().filter_map(typed).collect()
}

fn criterion(mut table: ClosedTable<'_>, works: &mut Vec<Spanned<String>>) -> Option<Criterion> {
    let words = Verdict::ALL.map(Verdict::name);
    let verdict = table.required("verdict", "\"suits\"").and_then(|field| field.word(&words));
    let statement = table.required_text("statement");
    let why = table.text("why").map(|why| why.value);
    let cites = table.texts("cites");
    works.extend(cites.iter().cloned());
    table.finish();
    let verdict =
        Verdict::ALL.into_iter().find(|known| verdict.as_ref().is_some_and(|word| word.value == known.name()));
    Some(Criterion { verdict: verdict?, statement: statement?.value, why, cites })
}

fn question(mut table: ClosedTable<'_>) -> Option<Question> {
    let mut text = |key| table.required_text(key).map(|text| text.value);
    let parts = [text("population"), text("intervention"), text("comparator"), text("outcome")];
    table.finish();
    let [population, intervention, comparator, outcome] = parts;
    Some(Question { population: population?, intervention: intervention?, comparator: comparator?, outcome: outcome? })
}

fn finding(mut table: ClosedTable<'_>, works: &mut Vec<Spanned<String>>) -> Option<Finding> {
    let span = table.place();
    let owned = |word: Option<&'static str>| word.map(str::to_owned);
    let statement = table.required_text("statement");
    let outcome = table.required_text("outcome");
    let sources = table.required("sources", "[\"elkin1989\"]").map(Field::texts).unwrap_or_default();
    works.extend(sources.iter().cloned());
    let importance = owned(table.word("importance", &IMPORTANCE));
    let design = owned(table.word("design", &DESIGNS));
    let direction = owned(table.word("direction", &DIRECTIONS));
    let studies = table.count("studies");
    let participants = table.count("participants");
    let effect = table.table("effect").and_then(effect);
    let certainty = table.table("certainty").and_then(certainty);
    table.finish();
    Some(Finding {
        statement: statement?.value,
        outcome: outcome?.value,
        importance,
        sources,
        design,
        direction,
        studies,
        participants,
        effect,
        certainty,
        span,
    })
}

fn effect(mut table: ClosedTable<'_>) -> Option<Spanned<Effect>> {
    let span = table.place();
    let measure = table.required("measure", "\"SMD\"").and_then(|field| field.word(&MEASURES));
    let value = table.required("value", "0.6").and_then(Field::number);
    let ci = interval(&mut table);
    let level = table.number("level");
    let favours = table.word("favours", &SIDES).map(str::to_owned);
    table.finish();
    let effect = Effect { measure: measure?.value.to_owned(), value: value?, ci, level, favours };
    Some(Spanned::new(effect, span))
}

/// A confidence interval: two numbers.
fn interval(table: &mut ClosedTable<'_>) -> Option<(f64, f64)> {
    let field = table.field("ci")?;
    let span = field.span();
    let count = field.item_count();
    let bounds = field.items("a list of two numbers", "[0.45, 0.75]");
    let bounds: Vec<f64> = bounds.into_iter().filter_map(Field::number).collect();
    if count.is_some_and(|count| count != 2) {
        let hint = "Write the lower and the upper bound: `ci = [0.45, 0.75]`.";
        table.report_impossible(&span, "a confidence interval has two bounds", hint);
    }
    match bounds[..] {
        [lower, upper] if count == Some(2) => Some((lower, upper)),
        _ => None,
    }
}

fn certainty(mut table: ClosedTable<'_>) -> Option<Spanned<Certainty>> {
    let span = table.place();
    let system = table.required("system", "\"GRADE\"").and_then(|field| field.word(&["GRADE"]));
    let rating = table.required("rating", "\"moderate\"").and_then(|field| field.word(&RATINGS));
    let down = table.tables("down").into_iter().filter_map(|change| rating_change(change, &REASONS_DOWN)).collect();
    let up = table.tables("up").into_iter().filter_map(|change| rating_change(change, &REASONS_UP)).collect();
    table.finish();
    let certainty = Certainty { system: system?.value.to_owned(), rating: rating?.value.to_owned(), down, up };
    Some(Spanned::new(certainty, span))
}

fn rating_change(mut table: ClosedTable<'_>, reasons: &[&'static str]) -> Option<RatingChange> {
    let domain = table.required("domain", &format!("\"{}\"", reasons[0])).and_then(|field| field.word(reasons));
    let by = table.field("by").map_or(Some(1), |field| field.integer(1..=3));
    let why = table.required_text("why");
    table.finish();
    Some(RatingChange { domain: domain?.value.to_owned(), by: by?, why: why?.value })
}

fn recommendation(mut table: ClosedTable<'_>, works: &mut Vec<Spanned<String>>) -> Option<Recommendation> {
    let body = table.required_text("body");
    let source = table.required_text("source");
    works.extend(source.clone());
    let year = table.required("year", "2022").and_then(|field| field.integer(1900..=2200));
    let direction = table.required("direction", "\"for\"").and_then(|field| field.word(&["for", "against"]));
    let status = table.required("status", "\"current\"").and_then(|field| field.word(&STATUSES));
    let native = table.table("native").and_then(native);
    table.finish();
    Some(Recommendation {
        body: body?.value,
        source: source?,
        year: year?,
        direction: direction?.value.to_owned(),
        status: status?.value.to_owned(),
        native,
    })
}

fn native(mut table: ClosedTable<'_>) -> Option<(String, String)> {
    let scheme = table.required_text("scheme");
    let value = table.required_text("value");
    table.finish();
    Some((scheme?.value, value?.value))
}
