//! Styles fitted to works of one type.
//!
//! Before the engine prints an element it asks, at every level of a style, whether there will be anything to print, and
//! looks up every variable by its name. Most of that is known beforehand: which way works of a type go at a choice, and
//! what comes to nothing because none of them has the variable. A style without it prints the same in half the time.
//!
//! What is known holds for a work that is printed whole, without a place in it and with no other beside it.

use std::collections::{BTreeSet, HashMap};
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::{Kind, NumberVariable, PageVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    Affixes, Choose, ChooseBranch, ChooseMatch, CslMacro, ElseBranch, Formatting, Group, IndependentStyle,
    LayoutRenderingElement, Names, NamesChild, Text, TextTarget, ToAffixes, ToFormatting,
};

use super::elements;

/// The most elements of a macro that may stand in the place of its calls: macros that each call the one before twice would
/// grow without end. The largest of the engine's own styles have 155.
const MOST_ELEMENTS: usize = 200;

/// Styles made from one, for works of each type that has been met.
#[derive(Default)]
pub(super) struct FittedStyles {
    by_type: RwLock<HashMap<String, Arc<Fitted>>>,
}

/// A style for works of one type that have no variables but these.
pub(super) struct Fitted {
    pub csl: IndependentStyle,
    variables: BTreeSet<String>,
}

impl FittedStyles {
    /// A style that prints this work as `csl` does.
    pub fn to(&self, csl: &IndependentStyle, item: &Item) -> Arc<Fitted> {
        let kind = item.0.get("type").and_then(|kind| kind.to_str()).unwrap_or_default();
        let known = self.by_type.read().unwrap_or_else(PoisonError::into_inner).get(&*kind).cloned();
        let suits = |fitted: &&Arc<Fitted>| item.0.keys().all(|variable| fitted.variables.contains(variable));
        if let Some(fitted) = known.as_ref().filter(suits) {
            return fitted.clone();
        }
        // Works of a type have much the same variables. So there is soon a style for all of them.
        let others = known.iter().flat_map(|fitted| &fitted.variables);
        let variables: BTreeSet<String> = item.0.keys().chain(others).cloned().collect();
        let csl = fit(csl, Kind::from_str(&kind).ok(), &variables);
        let fitted = Arc::new(Fitted { csl, variables });
        self.by_type.write().unwrap_or_else(PoisonError::into_inner).insert(kind.into_owned(), fitted.clone());
        fitted
    }
}

fn fit(csl: &IndependentStyle, kind: Option<Kind>, variables: &BTreeSet<String>) -> IndependentStyle {
    let mut fitted = csl.clone();
    let unfitted = std::mem::take(&mut fitted.macros);
    let mut fitting = Fitting { unfitted, kind, variables, outlooks: HashMap::new(), macros: Vec::new() };
    fitting.each(&mut fitted.citation.layout.elements);
    if let Some(bibliography) = &mut fitted.bibliography {
        fitting.each(&mut bibliography.layout.elements);
    }
    fitted.macros = fitting.macros;
    fitted
}

/// What is known of an element before anything is printed. Groups are left out if they ask for variables and none of them
/// is filled.
#[derive(Clone, Copy)]
struct Outlook {
    /// It may print something.
    prints: bool,
    /// It may have a group around it printed that asks for variables.
    fills: bool,
    /// Whether it asks for variables; nothing if that is not known.
    asks: Option<bool>,
}

/// Prints nothing, and makes no difference to a group.
const NOTHING: Outlook = Outlook { prints: false, fills: false, asks: Some(false) };
/// Asks for a variable that no work has.
const MISSING: Outlook = Outlook { prints: false, fills: false, asks: Some(true) };
/// Prints a variable that works may have.
const VARIABLE: Outlook = Outlook { prints: true, fills: true, asks: Some(true) };
/// Prints words of the style.
const WORDS: Outlook = Outlook { prints: true, fills: false, asks: Some(false) };
/// May do anything.
const UNKNOWN: Outlook = Outlook { prints: true, fills: true, asks: None };

impl Outlook {
    /// Of two elements that stand side by side.
    fn and(self, other: Self) -> Self {
        let asks = match (self.asks, other.asks) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        };
        Self { prints: self.prints || other.prints, fills: self.fills || other.fills, asks }
    }

    /// Of one element or another.
    fn or(self, other: Self) -> Self {
        Self { asks: self.asks.filter(|asks| other.asks == Some(*asks)), ..self.and(other) }
    }

    /// Of a group, or of a macro, which is one as well. If it is printed, it fills a group around it.
    fn grouped(self) -> Self {
        let prints = self.prints && (self.fills || self.asks != Some(true));
        Self { prints, fills: self.fills || prints, ..self }
    }

    /// Whether nothing would change without it but, perhaps, that a group asks for variables.
    fn is_idle(self) -> bool {
        !self.prints && !self.fills && self.asks.is_some()
    }
}

struct Fitting<'s> {
    /// Macros that have not been met yet.
    unfitted: Vec<CslMacro>,
    kind: Option<Kind>,
    /// All that a work may have.
    variables: &'s BTreeSet<String>,
    /// Of the macros met.
    outlooks: HashMap<String, Outlook>,
    /// These macros, fitted.
    macros: Vec<CslMacro>,
}

impl Fitting<'_> {
    /// Fits elements. None is taken out: here the engine prints all without asking, and idle elements may leave something
    /// behind.
    fn each(&mut self, elements: &mut [LayoutRenderingElement]) -> Outlook {
        elements.iter_mut().fold(NOTHING, |outlook, element| outlook.and(self.element(element)))
    }

    /// Fits elements of which the engine prints only those that have anything to print: the others are taken out. If these
    /// ask for variables and nothing else does, one of them stays.
    fn busy(&mut self, elements: &mut Vec<LayoutRenderingElement>) -> Outlook {
        let outlooks: Vec<Outlook> = elements.iter_mut().map(|element| self.element(element)).collect();
        let asks = |outlook: &&Outlook| outlook.asks == Some(true);
        let mut needs_one = !outlooks.iter().filter(asks).any(|outlook| !outlook.is_idle());
        let mut of_elements = outlooks.iter();
        elements.retain(|_| {
            let outlook = of_elements.next().unwrap_or(&UNKNOWN);
            !outlook.is_idle() || asks(&outlook) && std::mem::take(&mut needs_one)
        });
        outlooks.into_iter().fold(NOTHING, Outlook::and)
    }

    fn element(&mut self, element: &mut LayoutRenderingElement) -> Outlook {
        let lacks = |variable: Variable| lacks(self.variables, variable);
        match element {
            LayoutRenderingElement::Text(text) => self.text(&text.target),
            LayoutRenderingElement::Number(number) if lacks(number.variable.into()) => MISSING,
            LayoutRenderingElement::Number(_) => VARIABLE,
            LayoutRenderingElement::Label(label) if lacks(label.variable.into()) => NOTHING,
            LayoutRenderingElement::Label(_) => WORDS,
            LayoutRenderingElement::Date(date) => match date.variable {
                Some(variable) if lacks(variable.into()) => MISSING,
                Some(_) => VARIABLE,
                None => UNKNOWN,
            },
            LayoutRenderingElement::Names(names) => self.names(names),
            LayoutRenderingElement::Choose(choose) => self.choose(choose),
            LayoutRenderingElement::Group(group) => {
                let outlook = self.busy(&mut group.children).grouped();
                group.children.iter_mut().for_each(|child| self.unpack(child));
                outlook
            }
        }
    }

    fn text(&mut self, target: &TextTarget) -> Outlook {
        match target {
            // The letter behind a year counts as a variable only where there is one.
            TextTarget::Variable { var: Variable::Standard(StandardVariable::YearSuffix), .. } => UNKNOWN,
            TextTarget::Variable { var, .. } if lacks(self.variables, *var) => MISSING,
            TextTarget::Variable { .. } => VARIABLE,
            TextTarget::Macro { name } => self.called(name),
            TextTarget::Term { .. } | TextTarget::Value { .. } => WORDS,
        }
    }

    /// Fits a macro when it is called first.
    fn called(&mut self, name: &str) -> Outlook {
        if let Some(outlook) = self.outlooks.get(name) {
            return *outlook;
        }
        let Some(at) = self.unfitted.iter().position(|known| known.name == name) else { return NOTHING };
        let mut called = self.unfitted.remove(at);
        let outlook = self.each(&mut called.children).grouped();
        self.macros.push(called);
        self.outlooks.insert(name.to_owned(), outlook);
        outlook
    }

    /// Puts in the place of a group or macro the one element within it, if it does nothing to that. The element stands in a
    /// group, for which it makes no difference which of the two is printed.
    fn unpack(&self, element: &mut LayoutRenderingElement) {
        let within = match element {
            LayoutRenderingElement::Group(group) if is_bare_group(group) => Some(&group.children),
            LayoutRenderingElement::Text(text) if is_bare_text(text) => self.children_of_macro(&text.target),
            _ => None,
        };
        if let Some(only) = within.and_then(|within| only(within)).filter(|only| stands_alone(only)) {
            *element = only.clone();
            self.unpack(element);
        }
    }

    /// What a macro is made of, unless that is so much that it had better not stand in several places.
    fn children_of_macro(&self, target: &TextTarget) -> Option<&Vec<LayoutRenderingElement>> {
        let TextTarget::Macro { name } = target else { return None };
        let called = self.macros.iter().find(|known| known.name == *name)?;
        let mut count = 0;
        elements::each(&called.children, &mut |_| count += 1);
        (count <= MOST_ELEMENTS).then_some(&called.children)
    }

    fn names(&mut self, names: &mut Names) -> Outlook {
        let mut substitutes = NOTHING;
        for child in &mut names.children {
            if let NamesChild::Substitute(substitute) = child {
                substitutes = substitutes.and(self.busy(&mut substitute.children));
            }
        }
        let nobody = names.variable.iter().all(|variable| lacks(self.variables, (*variable).into()));
        if nobody { substitutes } else { UNKNOWN }
    }

    /// Leaves of a choice the ways that works may go. A way that they go for certain is what they do otherwise.
    fn choose(&mut self, choose: &mut Choose) -> Outlook {
        let mut branches = vec![std::mem::replace(&mut choose.if_, never())];
        branches.append(&mut choose.else_if);
        let mut outlooks = Vec::new();
        let mut open = Vec::new();
        for mut branch in branches {
            match self.is_taken(&branch) {
                Some(false) => {}
                Some(true) => {
                    choose.otherwise = Some(ElseBranch { children: branch.children });
                    break;
                }
                None => {
                    outlooks.push(self.busy(&mut branch.children));
                    open.push(branch);
                }
            }
        }
        outlooks.push(choose.otherwise.as_mut().map_or(NOTHING, |otherwise| self.busy(&mut otherwise.children)));
        let mut open = open.into_iter();
        if let Some(first) = open.next() {
            choose.if_ = first;
            choose.else_if = open.collect();
        }
        outlooks.into_iter().reduce(Outlook::or).unwrap_or(NOTHING)
    }

    /// Whether works go this way; nothing if that is not known.
    fn is_taken(&self, branch: &ChooseBranch) -> Option<bool> {
        let filled = |variable: Variable| if lacks(self.variables, variable) { Some(false) } else { None };
        let mut tests: Vec<Option<bool>> = Vec::new();
        tests.extend(branch.is_numeric.iter().chain(&branch.variable).flatten().map(|variable| filled(*variable)));
        tests.extend(branch.is_uncertain_date.iter().flatten().map(|date| filled((*date).into())));
        tests.extend(branch.type_.iter().flatten().map(|kind| Some(self.kind == Some(*kind))));
        if branch.disambiguate.is_some() || branch.locator.is_some() || branch.position.is_some() {
            tests.push(None);
        }
        let any = |outcome| tests.contains(&Some(outcome));
        let all = |outcome| tests.iter().all(|test| *test == Some(outcome));
        match branch.match_ {
            ChooseMatch::All if any(false) => Some(false),
            ChooseMatch::Any if any(true) => Some(true),
            ChooseMatch::None if any(true) => Some(false),
            ChooseMatch::All if all(true) => Some(true),
            ChooseMatch::Any if all(false) => Some(false),
            ChooseMatch::None if all(false) => Some(true),
            _ => None,
        }
    }
}

fn is_bare_group(group: &Group) -> bool {
    group.display.is_none()
        && group.to_affixes() == Affixes::default()
        && group.to_formatting() == Formatting::default()
}

fn is_bare_text(text: &Text) -> bool {
    *text == Text::with_target(text.target.clone())
}

/// The one element that there is, also if it is what a choice has left.
fn only(elements: &[LayoutRenderingElement]) -> Option<&LayoutRenderingElement> {
    let [only] = elements else { return None };
    match only {
        LayoutRenderingElement::Choose(choose) if choose.if_ == never() => {
            self::only(choose.otherwise.as_ref()?.children.as_slice())
        }
        _ => Some(only),
    }
}

/// Whether an element, if it is printed, fills the group in which it stands, and takes no delimiter from it.
fn stands_alone(element: &LayoutRenderingElement) -> bool {
    match element {
        LayoutRenderingElement::Group(_) | LayoutRenderingElement::Number(_) | LayoutRenderingElement::Date(_) => true,
        LayoutRenderingElement::Text(text) => {
            matches!(text.target, TextTarget::Macro { .. } | TextTarget::Variable { .. })
        }
        _ => false,
    }
}

/// Whether no work has a variable.
fn lacks(variables: &BTreeSet<String>, variable: Variable) -> bool {
    let lacks = |name: String| !variables.contains(&name);
    match variable {
        // These tell of the citation, not of the work.
        Variable::Standard(StandardVariable::YearSuffix | StandardVariable::CitationLabel)
        | Variable::Number(
            NumberVariable::CitationNumber | NumberVariable::FirstReferenceNoteNumber | NumberVariable::Locator,
        ) => false,
        // The engine takes one for the other.
        Variable::Standard(StandardVariable::Title | StandardVariable::TitleShort) => {
            lacks(StandardVariable::Title.to_string()) && lacks(StandardVariable::TitleShort.to_string())
        }
        Variable::Number(NumberVariable::PageFirst) => {
            lacks(NumberVariable::PageFirst.to_string()) && lacks(PageVariable::Page.to_string())
        }
        Variable::Standard(variable) => lacks(variable.to_string()),
        Variable::Number(variable) => lacks(variable.to_string()),
        Variable::Page(variable) => lacks(variable.to_string()),
        Variable::Date(variable) => lacks(variable.to_string()),
        Variable::Name(variable) => lacks(variable.to_string()),
    }
}

/// A branch that nothing takes: it wants one test of none to come out true.
fn never() -> ChooseBranch {
    elements::branch(ChooseMatch::Any, Vec::new())
}

#[cfg(test)]
mod tests;
