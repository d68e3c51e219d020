//! Tera, set up so that a template's fault becomes a finding.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use tera::value::Key;
use tera::{Context, ErrorKind, ReportError, Tera, Value};

use super::html::escape;
use super::view::{FrameView, PageView, SiteView};
use crate::diagnostic::{Diagnostic, Location};
use crate::source::{FileBytes, SitePath, Span};
use crate::theme::{HELP, MADE_ONCE, Theme, Words};

/// The rule that a broken template breaks.
const RULE: &str = "template-broken";
/// The longest message passed on; an engine's may hold a whole page.
const LONGEST_MESSAGE: usize = 4096;
/// Most pages are shorter, in bytes.
const USUAL_LENGTH: usize = 32 * 1024;
/// Where templates are within a theme.
const FOLDER: &str = "templates/";
/// Where the built-in ones are in psychoed's own repository.
const DEFAULT_TEMPLATES: &str = "themes/default/templates";

/// The theme's templates, parsed.
pub struct Templates {
    tera: Tera,
    sources: BTreeMap<String, TemplateSource>,
}

/// A template with the words in it that only depend on the language: to look them up on every page took a tenth of a build. One of the
/// site's own stays as it is, so that faults are found where they stand, and so does the one that speaks the page's language.
fn spelt_out<'t>(name: &str, source: &'t TemplateSource, words: &Words) -> Cow<'t, str> {
    if source.is_own || name == HELP {
        return Cow::Borrowed(source.text());
    }
    let (mut spelt_out, mut rest) = (String::new(), source.text());
    while let Some((before, after)) = rest.split_once("{{ words.") {
        let Some((expression, after)) = after.split_once(" }}") else { break };
        spelt_out.push_str(before);
        match literal(expression, words) {
            Some(literal) => spelt_out.push_str(&literal),
            None => spelt_out.push_str(&format!("{{{{ words.{expression} }}}}")),
        }
        rest = after;
    }
    Cow::Owned(spelt_out + rest)
}

/// The words of `section.name`, or of `section.name | replace(from="{hole}", to=value)` around the value.
fn literal(expression: &str, words: &Words) -> Option<String> {
    let escaped = |text: &str| {
        let mut escaped = String::new();
        escape::quoted(text, &mut escaped);
        // The engine would take it for its own.
        let is_text = ["{{", "{%", "{#"].iter().all(|tag| !escaped.contains(tag));
        is_text.then_some(escaped)
    };
    let Some((name, filter)) = expression.split_once(" | ") else {
        return escaped(words.say(&name_of(expression)));
    };
    let (hole, value) = filter.strip_prefix("replace(from=\"")?.strip_suffix(')')?.split_once("\", to=")?;
    let (before, after) = words.say(&name_of(name)).split_once(hole)?;
    // What is printed need not be made a text of before.
    let value = value.strip_suffix(" | str").unwrap_or(value);
    Some(format!("{}{{{{ {value} }}}}{}", escaped(before)?, escaped(after)?))
}

/// The name of words as their file has it: templates cannot have a `-` in names.
fn name_of(in_template: &str) -> String {
    in_template.replace('_', "-")
}

/// What is the same on every page of an edition, as templates see it.
pub struct Shared {
    site: Value,
    words: Value,
}

impl Shared {
    /// Converts it, once for all pages.
    pub fn of(site: &SiteView, words: &Words) -> Result<Self, Diagnostic> {
        Ok(Self { site: converted(site)?, words: converted(words)? })
    }
}

/// What surrounds several pages, as templates see it.
pub struct Frame(Vec<(&'static str, Value)>);

/// A page within what surrounds it: one conversion, where to put two converted maps together would take as long again.
pub struct Framed<'a> {
    /// The page.
    pub page: &'a PageView,
    /// What surrounds it.
    pub frame: &'a Frame,
}

/// Where a template comes from, and what is in it.
struct TemplateSource {
    path: SitePath,
    bytes: FileBytes,
    /// Whether it is the site's own.
    is_own: bool,
}

impl TemplateSource {
    fn text(&self) -> &str {
        self.bytes.as_text().unwrap_or_default()
    }
}

impl Templates {
    /// Parses every template of a theme, for a site whose own words these are.
    pub fn load(theme: &Theme, words: &Words) -> Result<Self, Diagnostic> {
        let mut sources = BTreeMap::new();
        for (path, file) in &theme.files {
            let Some(name) = path.strip_prefix(FOLDER).filter(|name| name.ends_with(".html")) else { continue };
            let path = file.source.clone().unwrap_or_else(|| SitePath::new(format!("themes/default/{path}")));
            std::str::from_utf8(&file.bytes).map_err(|fault| {
                let at = Location::new(&path, &(fault.valid_up_to()..fault.valid_up_to()));
                Diagnostic::error(RULE, at, format!("template `{name}` is not UTF-8"))
                    .hint("Save the file with the encoding UTF-8.")
            })?;
            sources.insert(
                name.to_owned(),
                TemplateSource { path, bytes: file.bytes.clone(), is_own: file.source.is_some() },
            );
        }
        let mut tera = Tera::default();
        tera.autoescape_on([".html"]);
        tera.set_escape_fn(write_escaped);
        let added = tera.add_raw_templates(sources.iter().map(|(name, source)| (name, spelt_out(name, source, words))));
        let templates = Self { tera, sources };
        match added {
            Ok(()) => Ok(templates),
            Err(fault) => Err(templates.finding(&fault, None, None)),
        }
    }

    /// What surrounds several pages, converted and rendered once. With `words` given, whom to turn to is said in them.
    pub fn frame(&self, shared: &Shared, frame: &FrameView, words: Option<&Words>) -> Result<Frame, Diagnostic> {
        let page = converted(frame)?;
        let in_words =
            words.map(|words| Ok(Shared { site: shared.site.clone(), words: converted(words)? })).transpose()?;
        let mut frame = Frame(page.as_map().into_iter().flatten().filter_map(named).collect());
        for (template, entry) in MADE_ONCE.into_iter().filter(|(template, _)| self.tera.contains_template(template)) {
            let shared = in_words.as_ref().filter(|_| template == HELP).unwrap_or(shared);
            let html = self
                .tera
                .render(template, &context(shared, page.clone()))
                .map_err(|fault| self.finding(&fault, Some(template), None))?;
            frame.0.push((entry, Value::safe_string(&html)));
        }
        Ok(frame)
    }

    /// Renders one page with a template, as UTF-8. `shown` is the page's address, for the finding if it fails.
    pub fn render(
        &self,
        template: &str,
        shared: &Shared,
        page: &impl Serialize,
        shown: &str,
    ) -> Result<Vec<u8>, Diagnostic> {
        if !self.tera.contains_template(template) {
            return Err(unlocated(&format!("the theme has no template `{template}`, which `{shown}` needs"))
                .hint(format!("Add `{FOLDER}{template}` to the theme, or remove the theme's own files.")));
        }
        let mut html = Vec::with_capacity(USUAL_LENGTH);
        Value::try_from_serializable(page)
            .and_then(|page| self.tera.render_to(template, &context(shared, page), &mut html))
            .map_err(|fault| self.finding(&fault, Some(template), Some(shown)))?;
        Ok(html)
    }

    fn finding(&self, fault: &tera::Error, template: Option<&str>, shown: Option<&str>) -> Diagnostic {
        let place = match fault.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Place::of(report),
            ErrorKind::CircularInclude { tpl, include_chain } => {
                Place::whole(tpl, format!("it includes itself: {}", include_chain.join(" → ")))
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain } => {
                Place::whole(tpl, format!("it extends itself: {tpl} → {}", inheritance_chain.join(" → ")))
            }
            ErrorKind::MissingParent { current, parent } => {
                Place::whole(current, format!("it extends `{parent}`, which does not exist"))
            }
            ErrorKind::Msg(report) => Place::in_report(report, template),
            _ => Place::whole(template.unwrap_or_default(), fault.to_string()),
        };
        let at = match self.sources.get(&place.template) {
            Some(source) => Location::new(&source.path, &place.span_in(source.text())),
            None => Location::top(&SitePath::new(DEFAULT_TEMPLATES)),
        };
        let mut message = match place.line {
            Some(line) => format!("template `{}`, line {line}: {}", place.template, place.message),
            None if place.template.is_empty() => place.message,
            None => format!("template `{}`: {}", place.template, place.message),
        };
        if let Some(shown) = shown {
            message.push_str(&format!("; seen while rendering `{shown}`"));
        }
        Diagnostic::error(RULE, at, message)
            .hint("Mend the template; without a theme of its own the site uses the built-in one.")
    }
}

/// Where a template is broken and how.
struct Place {
    template: String,
    line: Option<usize>,
    span: Option<Span>,
    message: String,
}

impl Place {
    fn of(report: &ReportError) -> Self {
        Self {
            template: report.filename().to_owned(),
            line: Some(report.span().start_line),
            span: Some(report.span().range.clone()),
            message: cut(report.message()),
        }
    }

    fn whole(template: &str, message: String) -> Self {
        Self { template: template.to_owned(), line: None, span: None, message: cut(&message) }
    }

    /// Reads the first of the engine's printed reports: `error: …` and below it ` --> template:line:column`.
    /// One that names no place is about the template asked for.
    fn in_report(report: &str, asked_for: Option<&str>) -> Self {
        let message = report.lines().next().unwrap_or_default().trim_start_matches("error: ");
        let place = report.lines().nth(1).and_then(|line| line.trim_start().strip_prefix("--> "));
        let mut parts = place.unwrap_or_default().rsplitn(3, ':');
        let (_column, line, template) = (parts.next(), parts.next(), parts.next());
        Self {
            template: template.or(asked_for).unwrap_or_default().to_owned(),
            line: line.and_then(|line| line.parse().ok()),
            span: None,
            message: cut(message.trim_end_matches('.')),
        }
    }

    /// The bytes meant: those the engine named, else the line, else the start.
    fn span_in(&self, text: &str) -> Span {
        if let Some(span) = &self.span {
            return span.start.min(text.len())..span.end.min(text.len());
        }
        let Some(line) = self.line else { return 0..0 };
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let length = text[start..].lines().next().map_or(0, str::len);
        start..start + length
    }
}

impl Serialize for Framed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Each field is named once, and none can be forgotten.
        macro_rules! with_fields {
            ($($field:ident),*) => {{
                let PageView { $($field),* } = self.page;
                let length = [$(stringify!($field)),*].len() + self.frame.0.len();
                let mut fields = serializer.serialize_struct("Framed", length)?;
                $(fields.serialize_field(stringify!($field), $field)?;)*
                fields
            }};
        }
        let mut fields = with_fields!(
            url,
            title,
            summary,
            kind,
            kind_title,
            breadcrumbs,
            canonical,
            language,
            languages,
            translation,
            json_ld,
            content
        );
        for (name, value) in &self.frame.0 {
            fields.serialize_field(name, value)?;
        }
        fields.end()
    }
}

fn converted(view: &impl Serialize) -> Result<Value, Diagnostic> {
    Value::try_from_serializable(view).map_err(|fault| unlocated(&fault.to_string()))
}

fn context(shared: &Shared, page: Value) -> Context {
    let mut context = Context::new();
    context.insert_value("site", shared.site.clone());
    context.insert_value("words", shared.words.clone());
    context.insert_value("page", page);
    context
}

/// An entry that comes from a field of a view.
fn named((key, value): (&Key<'static>, &Value)) -> Option<(&'static str, Value)> {
    let Key::Str(name) = key else { return None };
    Some((name, value.clone()))
}

fn unlocated(message: &str) -> Diagnostic {
    Diagnostic::error(RULE, Location::top(&SitePath::new(DEFAULT_TEMPLATES)), cut(message))
}

/// A message as findings put it: of a bounded length, without a full stop.
fn cut(message: &str) -> String {
    let message = message.trim_end_matches('.');
    if message.len() <= LONGEST_MESSAGE {
        return message.to_owned();
    }
    let end = (0..=LONGEST_MESSAGE).rev().find(|&end| message.is_char_boundary(end)).unwrap_or_default();
    format!("{} …", &message[..end])
}

fn write_escaped(words: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let mut written = Ok(());
    escape::quoted_parts(words, |part| {
        if written.is_ok() {
            written = out.write_all(part.as_bytes());
        }
    });
    written
}
