//! The text of a new page: keys with their explanations, and the parts that its kind needs.

use jiff::civil::Date;

use super::own_words;
use super::place::Place;
use crate::commands::blanks::quoted;
use crate::commands::starter_words::StarterWords;
use crate::config::Config;
use crate::content::{Audience, KindName};
use crate::source::Sources;

/// A page that is about to be written.
pub(super) struct NewPage<'a> {
    pub(super) kind: KindName,
    /// On one line.
    pub(super) title: &'a str,
    /// `None` when pages of the kind have none.
    pub(super) id: Option<String>,
    pub(super) place: &'a Place,
    pub(super) today: Date,
    pub(super) config: &'a Config,
    pub(super) sources: &'a Sources,
}

impl NewPage<'_> {
    /// The whole file.
    pub(super) fn text(&self) -> String {
        let (top, optional) = (self.top(), self.optional());
        let today = self.today.to_string();
        let words = StarterWords::of(self.place.lang.as_deref().unwrap_or(&self.config.language));
        words.outline(outline(self.kind), &[("top", &top), ("optional", &optional), ("today", &today)])
    }

    /// What every page begins with.
    fn top(&self) -> String {
        let mut top = begun(self.today);
        if let Some(lang) = &self.place.lang {
            top.push_str(&format!(
                "#\n# This page is written in {lang}.{}\n",
                own_words(self.sources, self.config, lang)
            ));
        }
        top + &own_keys(self.kind, self.id.as_deref(), self.title)
    }

    /// Keys that a page may do without, each switched off.
    fn optional(&self) -> String {
        let mut keys =
            vec!["# One sentence on what the page is about, for lists and searches.\n# summary = \"…\"".to_owned()];
        let phases: Vec<&str> = self.config.phases.iter().map(|phase| phase.id.as_str()).collect();
        keys.extend(choice("phase", "When in treatment it is for", &phases));
        let focal_areas: Vec<&str> = self.config.focal_areas.iter().map(|area| area.id.as_str()).collect();
        keys.extend(choice("focal-area", "What it works on", &focal_areas));
        let audience = self.kind.default_audience().iter().map(|audience| quoted(audience.name()));
        keys.push(format!(
            "# For whom it is, one or more of: {}. Without this line it is as below.\n# audience = [{}]",
            Audience::ALL.map(Audience::name).join(", "),
            audience.collect::<Vec<_>>().join(", ")
        ));
        keys.push(
            "# Who wrote it, each name in quotation marks. It may be your organisation.\n# authors = [\"…\"]"
                .to_owned(),
        );
        keys.push("# Its place among pages of its kind: lower numbers come first.\n# order = 1".to_owned());
        if self.kind.gives_advice() {
            keys.push(format!(
                "# Only when somebody fit to judge the page has read it: who, the day of the review, and the day of the next.\n\
                 # Days are written like {}.\n\
                 # reviewers = [{{ name = \"…\", role = \"…\" }}]\n# reviewed =\n# review-due =",
                self.today
            ));
        }
        keys.push(format!(
            "# What changed, once copies are out: braces for each version, with commas between them. The latest date goes with the\n\
             # version above.\n# changes = [{{ version = \"0.1\", date = {}, note = \"…\" }}]",
            self.today
        ));
        keys.join("\n\n")
    }
}

/// The first lines of a page.
pub(super) fn begun(today: Date) -> String {
    format!(
        "+++\n# Begun on {today}. Lines that start with # are notes for you: no reader sees them.\n\
         # To use a setting that is switched off, take away the # in front of it.\n"
    )
}

/// The keys that every page has, as a draft has them.
pub(super) fn own_keys(kind: KindName, id: Option<&str>, title: &str) -> String {
    let mut keys = format!("\n# What kind of page this is.\nkind = \"{}\"\n", kind.name());
    if let Some(id) = id {
        keys.push_str(&format!(
            "\n# A short name for this page and no other. It is printed on paper, so never change it once a copy is out.\n\
             id = \"{id}\"\n"
        ));
    }
    keys.push_str(&format!(
        "\n# The title, as readers see it.\ntitle = {}\n\
         \n# Printed on the page. Raise it when you change the text.\nversion = \"0.1\"\n\
         \n# A draft is checked, but not published. Delete the next line when the page is ready for readers.\ndraft = true\n",
        quoted(title)
    ));
    keys
}

/// A key that takes ids of the configuration; none when it has none to take.
fn choice(key: &str, what: &str, ids: &[&str]) -> Option<String> {
    let first = ids.first()?;
    Some(format!("# {what}, one or more of: {}.\n# {key} = [\"{first}\"]", ids.join(", ")))
}

fn outline(kind: KindName) -> &'static str {
    match kind {
        KindName::Handout => include_str!("kinds/handout.md"),
        KindName::Worksheet => include_str!("kinds/worksheet.md"),
        KindName::QuickReference => include_str!("kinds/quick-reference.md"),
        KindName::SessionGuide => include_str!("kinds/session-guide.md"),
        KindName::Suitability => include_str!("kinds/suitability.md"),
        KindName::Evidence => include_str!("kinds/evidence.md"),
        KindName::Module => include_str!("kinds/module.md"),
        KindName::Term => include_str!("kinds/term.md"),
        KindName::Page => include_str!("kinds/page.md"),
    }
}
