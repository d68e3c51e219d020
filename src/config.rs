//! `site-config.toml` as types. [`crate::parse::config`] reads it; nothing else knows its keys.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::content::Audience;
use crate::source::Spanned;

/// Everything a site says about itself. The repository's own `site-config.toml` is the commented reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// BCP 47 tag of the content's language, such as `en-GB`.
    pub language: String,
    /// Where the site will live, ending in a slash; absolute addresses are written only when it is known.
    pub base_url: Option<String>,
    /// A sentence shown on every page and sheet of a sample library.
    pub sample_notice: Option<String>,
    /// Who publishes the site.
    pub organisation: Organisation,
    /// Bibliographies and citation style.
    pub citations: Citations,
    /// The phases of treatment, in order.
    pub phases: Vec<Phase>,
    /// The focal areas, in order.
    pub focal_areas: Vec<FocalArea>,
    /// Crisis lines of all regions.
    pub crisis_lines: Vec<CrisisLine>,
    /// The region whose crisis lines are shown.
    pub region: Option<Spanned<String>>,
    /// The editions, in the order of the file.
    pub editions: Vec<EditionConfig>,
    /// Whether the file named its editions; if not there is one that holds everything, at the top of the output.
    pub editions_named: bool,
    /// Looks.
    pub theme: ThemeConfig,
    /// What Markdown may hold.
    pub markdown: MarkdownConfig,
    /// How pages are printed.
    pub pdf: PdfConfig,
    /// Levels set for rules by name.
    pub checks: BTreeMap<String, Spanned<Level>>,
    /// Findings that somebody decided to live with until a day.
    pub waivers: Vec<Waiver>,
}

/// Who publishes the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// Name as printed.
    pub name: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Telephone number for questions.
    pub phone: Option<String>,
    /// Where comments on a page go: an address of the web or of a mailbox.
    pub feedback: Option<String>,
}

/// Bibliographies and citation style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citations {
    /// Bibliography files, relative to `content/`.
    pub bibliography: Vec<Spanned<String>>,
    /// `vancouver`, `apa`, `ama`, `harvard`, or a path (from the project's root) to a `.csl` file. Empty span: the default.
    pub style: Spanned<String>,
}

/// A phase of treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Used in front matter and addresses.
    pub id: String,
    /// As shown.
    pub title: String,
    /// Which sessions belong to it, as printed, such as `1–3`.
    pub sessions: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
}

/// A focal area of treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FocalArea {
    /// Used in front matter and addresses.
    pub id: String,
    /// As shown.
    pub title: String,
    /// Other names people know it by.
    pub also: Vec<String>,
    /// One sentence.
    pub summary: Option<String>,
}

/// A number to ring in an emergency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrisisLine {
    /// The region it serves, as in [`Config::region`].
    pub region: String,
    /// Its name.
    pub name: Spanned<String>,
    /// The number as dialled.
    pub number: String,
    /// When it answers.
    pub hours: Option<String>,
    /// The day a person last made sure that the number is right.
    pub checked: Option<Spanned<Date>>,
}

/// One site for one group of readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionConfig {
    /// Its key in the file, and its folder in the output.
    pub name: String,
    /// As shown.
    pub title: String,
    /// A page or block belongs to the edition when it has one of these.
    pub audiences: Vec<Audience>,
}

/// Looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeConfig {
    /// A folder of the project, laid over the built-in theme file by file.
    pub folder: Option<Spanned<String>>,
    /// A CSS colour; everything else is derived from it.
    pub accent: Option<Spanned<String>>,
    /// A picture of the project, shown beside the title.
    pub logo: Option<Spanned<String>>,
}

/// What Markdown may hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkdownConfig {
    /// Whether raw HTML is passed through.
    pub allow_html: bool,
}

/// How pages are printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfConfig {
    /// The sizes of paper, the one most used first.
    pub papers: Vec<Paper>,
    /// The ways in which a page is laid out, the one most used first.
    pub variants: Vec<Variant>,
}

impl Default for PdfConfig {
    fn default() -> Self {
        Self { papers: vec![Paper::A4], variants: Variant::ALL.to_vec() }
    }
}

/// A size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Paper {
    /// 210 mm × 297 mm.
    A4,
    /// 8½ in × 11 in.
    Letter,
}

impl Paper {
    /// All of them.
    pub const ALL: [Paper; 2] = [Paper::A4, Paper::Letter];

    /// The word used in the configuration and in the names of files.
    pub fn name(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::Letter => "letter",
        }
    }

    /// As shown to readers.
    pub fn title(self) -> &'static str {
        match self {
            Paper::A4 => "A4",
            Paper::Letter => "US Letter",
        }
    }

    /// The size a word names.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.name() == name)
    }
}

/// A way in which a page is laid out for paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// Clear print: 14 points.
    Standard,
    /// For people who see little: 18 points, in a layout of its own.
    LargePrint,
}

impl Variant {
    /// All of them.
    pub const ALL: [Variant; 2] = [Variant::Standard, Variant::LargePrint];

    /// The word used in the configuration and in the names of files.
    pub fn name(self) -> &'static str {
        match self {
            Variant::Standard => "standard",
            Variant::LargePrint => "large-print",
        }
    }

    /// The variant a word names.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.name() == name)
    }
}

/// What a rule does when it finds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing.
    Off,
    /// Says so.
    Note,
    /// Warns.
    Warn,
    /// Stops the build.
    Error,
}

/// A finding that somebody decided to live with until a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The rule waived.
    pub rule: Spanned<String>,
    /// A file or folder from the project's root; everywhere when left out.
    pub path: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day it holds.
    pub until: Spanned<Date>,
}
