//! CSL styles and locales: loads them, and mends in them what the engine gets wrong.

use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::taxonomy::{
    NameVariable, NumberOrPageVariable, NumberVariable, OtherTerm, PageVariable, StandardVariable, Term, Variable,
};
use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, Date, DatePart, DatePartName, DateParts, IndependentStyle, Label,
    LabelPluralize, LayoutRenderingElement, Locale, LocaleCode, LongShortForm, Name, NamesChild, Style, TermForm, Text,
    TextTarget,
};

use super::elements::{branch, each};
use super::punctuation::Typography;
use super::sort;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Location, nearest};
use crate::source::{SitePath, Sources};

/// The names of the built-in styles, and what the archive calls them.
const BUILT_IN: [(&str, &str); 4] = [
    ("vancouver", "nlm-citation-sequence"),
    ("apa", "apa"),
    ("ama", "american-medical-association"),
    ("harvard", "harvard-cite-them-right"),
];

/// Elements within elements, and macros within macros, deeper than in any real style.
const DEEPEST: usize = 100;

/// Loads the style that the configuration names.
pub(super) fn load(config: &Config, sources: &Sources) -> Result<IndependentStyle, Box<Diagnostic>> {
    let wanted = &config.citations.style;
    let name = if wanted.value.is_empty() { BUILT_IN[0].0 } else { wanted.value.as_str() };
    let at = Location::new(&SitePath::new(Sources::CONFIG), &wanted.span);
    let fault =
        |message: String, hint: &str| Box::new(Diagnostic::error("citation-style", at.clone(), message).hint(hint));
    let archived = BUILT_IN.iter().find(|(known, _)| *known == name).and_then(|(_, name)| ArchivedStyle::by_name(name));
    let style = match archived {
        Some(archived) => archived.get(),
        None if name.ends_with(".csl") => {
            let xml = sources.text(name).ok_or_else(|| {
                let hint = "The path of a style is counted from the folder that holds `site-config.toml`.";
                fault(format!("there is no citation style “{name}”"), hint)
            })?;
            from_xml(xml).map_err(|reason| {
                fault(
                    format!("“{name}” is no CSL style that can be used: {reason}"),
                    "Download the style again, or name one of `vancouver`, `apa`, `ama` and `harvard`.",
                )
            })?
        }
        None => {
            let near = nearest(name, BUILT_IN.iter().map(|(known, _)| *known));
            let meant = near.map(|near| format!("Did you mean `{near}`? ")).unwrap_or_default();
            let hint =
                format!("{meant}Name one of `vancouver`, `apa`, `ama` and `harvard`, or the path of a `.csl` file.");
            return Err(fault(format!("there is no citation style “{name}”"), &hint));
        }
    };
    let mut style = match style {
        Style::Independent(style) => style,
        Style::Dependent(style) => {
            let message = format!("“{name}” only points at another style, {}", style.parent_link.href);
            return Err(fault(message, "Download that style and name its file instead."));
        }
    };
    if style.bibliography.is_none() {
        let hint = "Use a style with a bibliography: pages list the works they cite.";
        return Err(fault(format!("“{name}” says nothing about bibliographies"), hint));
    }
    if let Some(name) = endless_macro(&style) {
        let hint = "The style is broken: report it to its authors, or use another.";
        return Err(fault(format!("the macro “{name}” of the citation style calls itself"), hint));
    }
    mend(&mut style);
    Ok(style)
}

fn from_xml(xml: &str) -> Result<Style, String> {
    // Both the reader and the engine call themselves for every element within an element.
    if deepest_element(xml) > DEEPEST {
        return Err("its elements are nested too deeply".to_owned());
    }
    Style::from_xml(xml).map_err(|error| error.source.to_string())
}

fn deepest_element(xml: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut depth, mut deepest) = (0usize, 0usize);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Start(_)) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            Ok(quick_xml::events::Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(quick_xml::events::Event::Eof) | Err(_) => return deepest,
            Ok(_) => {}
        }
    }
}

/// Names of authors in the words of a sentence, for styles that print only a number: “Rush et al. (1)”.
pub(super) fn names_only() -> Option<IndependentStyle> {
    IndependentStyle::from_xml(NAMES_ONLY).ok()
}

const NAMES_ONLY: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Names only</title><id>names-only</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation et-al-min="3" et-al-use-first="1"><layout>
<names variable="author"><name form="short" and="text" delimiter=", "/>
<substitute><names variable="editor"/><text variable="title" form="short" font-style="italic"/></substitute></names>
</layout></citation></style>"#;

/// Prints nothing but places.
pub(super) fn places_only() -> Option<IndependentStyle> {
    IndependentStyle::from_xml(&only("<text variable=\"locator\"/>")).ok()
}

/// Prints nothing but numbers, and no entries.
pub(super) fn numbers_only() -> Option<IndependentStyle> {
    IndependentStyle::from_xml(&only("<text variable=\"citation-number\"/>")).ok()
}

fn only(element: &str) -> String {
    format!(
        "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\">\
         <info><title>One thing only</title><id>one-thing-only</id><updated>2020-01-01T00:00:00+00:00</updated></info>\
         <citation><layout delimiter=\";\">{element}</layout></citation></style>"
    )
}

/// The site's locale and American English, to which CSL falls back. Only these are decoded: all of them take a tenth of a second.
pub(super) fn locales(language: &str) -> (LocaleCode, Vec<Locale>) {
    let wanted = LocaleCode(language.to_owned());
    let known = |code: &LocaleCode| archived_locale(&code.0);
    let found = known(&wanted).map(|locale| (wanted.clone(), locale));
    let found = found.or_else(|| wanted.fallback().and_then(|code| known(&code).map(|locale| (code, locale))));
    let mut locales = Vec::new();
    let mut code = LocaleCode::en_us();
    if let Some((exact, locale)) = found {
        code = exact;
        locales.push(locale);
    }
    if code != LocaleCode::en_us() || locales.is_empty() {
        locales.extend(known(&LocaleCode::en_us()));
    }
    for locale in &mut locales {
        locale.date.iter_mut().for_each(mend_date);
    }
    (code, locales)
}

fn archived_locale(code: &str) -> Option<Locale> {
    // Every file starts with its language: finding it there spares decoding the others.
    let length = u8::try_from(code.len()).ok().filter(|length| *length < 24)?;
    let mut label = b"@xml:lang".to_vec();
    label.push(0x60 + length);
    label.extend(code.as_bytes());
    let file = LOCALES
        .iter()
        .find(|file| file.get(..64).is_some_and(|head| head.windows(label.len()).any(|at| at == label)))?;
    ciborium::de::from_reader(*file).ok()
}

/// What stands between the first page and the last.
pub(super) fn page_range_delimiter(style: &IndependentStyle, locales: &[Locale]) -> String {
    let term = |locale: &Locale| {
        let delimiter = locale.term(Term::Other(OtherTerm::PageRangeDelimiter), TermForm::Long)?;
        delimiter.single().map(str::to_owned)
    };
    style.locale.iter().chain(locales).find_map(term).unwrap_or_else(|| "–".to_owned())
}

/// Quotation marks and the like, as the style or else its language has them.
pub(super) fn typography(style: &IndependentStyle, locales: &[Locale]) -> Typography {
    let all = || style.locale.iter().chain(locales);
    let term = |term: OtherTerm, otherwise: &str| {
        let words = |locale: &Locale| locale.term(Term::Other(term), TermForm::Long)?.single().map(str::to_owned);
        all().find_map(words).unwrap_or_else(|| otherwise.to_owned())
    };
    Typography {
        punctuation_in_quotes: all().find_map(|locale| locale.style_options?.punctuation_in_quote).unwrap_or_default(),
        outer: [term(OtherTerm::OpenQuote, "“"), term(OtherTerm::CloseQuote, "”")],
        inner: [term(OtherTerm::OpenInnerQuote, "‘"), term(OtherTerm::CloseInnerQuote, "’")],
        and_others: term(OtherTerm::EtAl, "et al."),
    }
}

/// Whether citations print where in a work something is.
pub(super) fn prints_locators(style: &IndependentStyle) -> bool {
    let mut prints = false;
    let mut visit = |element: &LayoutRenderingElement| {
        let locator = NumberVariable::Locator;
        prints |= match element {
            LayoutRenderingElement::Text(text) => {
                matches!(text.target, TextTarget::Variable { var, .. } if var == Variable::Number(locator))
            }
            LayoutRenderingElement::Number(number) => number.variable == NumberOrPageVariable::Number(locator),
            _ => false,
        };
    };
    each(&style.citation.layout.elements, &mut visit);
    style.macros.iter().for_each(|called| each(&called.children, &mut visit));
    prints
}

/// A macro that ends in itself, which the engine would follow for ever.
fn endless_macro(style: &IndependentStyle) -> Option<String> {
    let called = |elements: &[LayoutRenderingElement]| {
        let mut names = Vec::new();
        each(elements, &mut |element| {
            if let LayoutRenderingElement::Text(Text { target: TextTarget::Macro { name }, .. }) = element {
                names.push(name.clone());
            }
        });
        names
    };
    let calls: Vec<(&str, Vec<String>)> = style.macros.iter().map(|m| (m.name.as_str(), called(&m.children))).collect();
    // A macro is fine once all that it calls is fine; what never becomes fine is on a ring, or calls one.
    let mut fine: std::collections::BTreeSet<&str> = std::collections::BTreeSet::new();
    for _ in 0..DEEPEST {
        let more: Vec<&str> = calls
            .iter()
            .filter(|(name, _)| !fine.contains(name))
            .filter(|(_, called)| {
                called.iter().all(|to| fine.contains(to.as_str()) || !calls.iter().any(|(name, _)| name == to))
            })
            .map(|(name, _)| *name)
            .collect();
        if more.is_empty() {
            break;
        }
        fine.extend(more);
    }
    calls.iter().find(|(name, _)| !fine.contains(name)).map(|(name, _)| (*name).to_owned())
}

fn mend(style: &mut IndependentStyle) {
    mend_all(&mut style.citation.layout.elements);
    if let Some(bibliography) = &mut style.bibliography {
        mend_all(&mut bibliography.layout.elements);
    }
    for called in &mut style.macros {
        mend_all(&mut called.children);
    }
    sort::mend(style);
    for locale in &mut style.locale {
        locale.date.iter_mut().for_each(mend_date);
    }
}

fn mend_all(elements: &mut [LayoutRenderingElement]) {
    for element in elements {
        match element {
            LayoutRenderingElement::Group(group) => mend_all(&mut group.children),
            LayoutRenderingElement::Choose(choose) => {
                mend_branch(&mut choose.if_);
                choose.else_if.iter_mut().for_each(mend_branch);
                if let Some(otherwise) = &mut choose.otherwise {
                    mend_all(&mut otherwise.children);
                }
            }
            LayoutRenderingElement::Names(names) => mend_names(&mut names.children),
            LayoutRenderingElement::Date(date) => mend_date(date),
            LayoutRenderingElement::Text(text) => mend_text(text),
            LayoutRenderingElement::Label(label) => {
                if let Some(replacement) = counted_label(label) {
                    *element = replacement;
                }
            }
            LayoutRenderingElement::Number(_) => {}
        }
    }
}

/// Once editors stand in for authors, the engine takes them for missing, also where a style only asks whether there are
/// any. A variable that nothing prints tells.
fn mend_branch(branch: &mut ChooseBranch) {
    mend_all(&mut branch.children);
    for variable in branch.variable.iter_mut().flatten() {
        if *variable == Variable::Name(NameVariable::Editor) {
            *variable = Variable::Standard(StandardVariable::CitationKey);
        }
    }
}

/// Without a `name` element the engine takes names with a label or a substitute for empty.
fn mend_names(children: &mut Vec<NamesChild>) {
    if !children.is_empty() && !children.iter().any(|child| matches!(child, NamesChild::Name(_))) {
        children.insert(0, NamesChild::Name(Name::default()));
    }
    for child in children {
        if let NamesChild::Substitute(substitute) = child {
            mend_all(&mut substitute.children);
        }
    }
}

/// The engine prints a date's delimiter also before a part that the date does not have; before a part it is left out with
/// it. And it prints the season where only the year is asked for.
fn mend_date(date: &mut Date) {
    if date.parts == Some(DateParts::Year) && date.form.is_some() && date.variable.is_some() {
        let year = date.date_part.iter().find(|part| part.name == DatePartName::Year).cloned();
        let plain = || serde_json::from_value::<DatePart>(serde_json::json!({ "@name": "year" })).ok();
        if let Some(year) = year.or_else(plain) {
            date.form = None;
            date.parts = None;
            date.date_part = vec![year];
        }
    }
    let Some(delimiter) = date.delimiter.take() else { return };
    for part in date.date_part.iter_mut().skip(1) {
        let prefix = part.affixes.prefix.take().unwrap_or_default();
        part.affixes.prefix = Some(delimiter.clone() + &prefix);
    }
}

/// The engine knows no short form of a journal's title but as a variable of its own.
fn mend_text(text: &mut Text) {
    if let TextTarget::Variable { var, form } = &mut text.target
        && *form == LongShortForm::Short
        && *var == Variable::Standard(StandardVariable::ContainerTitle)
    {
        *var = Variable::Standard(StandardVariable::ContainerTitleShort);
    }
}

/// A label of pages that is always singular or always plural: the engine counts the pages all the same, so the word is put
/// in its place.
fn counted_label(label: &Label) -> Option<LayoutRenderingElement> {
    let plural = match label.label.plural {
        LabelPluralize::Contextual => return None,
        LabelPluralize::Always => true,
        LabelPluralize::Never => false,
    };
    if label.variable != NumberOrPageVariable::Page(PageVariable::Page) {
        return None;
    }
    let word = Text {
        target: TextTarget::Term { term: Term::from(PageVariable::Page), form: label.label.form, plural },
        formatting: label.label.formatting,
        affixes: label.label.affixes.clone(),
        display: None,
        quotes: false,
        strip_periods: label.label.strip_periods,
        text_case: label.label.text_case,
    };
    Some(LayoutRenderingElement::Choose(Choose {
        if_: ChooseBranch {
            variable: Some(vec![Variable::Page(PageVariable::Page)]),
            ..branch(ChooseMatch::All, vec![LayoutRenderingElement::Text(word)])
        },
        else_if: Vec::new(),
        otherwise: None,
    }))
}
