//! `site-config.toml` as types. [`crate::parse::config`] reads it; nothing else knows its keys.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::content::{Audience, KindName};
use crate::diagnostic::Waiver;
use crate::source::{SitePath, Span, Spanned};

/// Everything a site says about itself. The repository's own `site-config.toml` is the commented reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// BCP 47 tag of the content's language, such as `en-GB`.
    pub language: String,
    /// Whether the file named the language; if not it is taken to be English.
    pub language_named: bool,
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
    /// Pages to print together, in the order of the file.
    pub packs: Vec<PackConfig>,
    /// Looks.
    pub theme: ThemeConfig,
    /// What Markdown may hold.
    pub markdown: MarkdownConfig,
    /// How addresses of the web are asked.
    pub external_links: ExternalLinks,
    /// The report on all pages.
    pub status: StatusConfig,
    /// How pages are printed.
    pub pdf: PdfConfig,
    /// Words that patients may not know, each with what to say in its place.
    pub plain_words: BTreeMap<String, String>,
    /// Levels set for rules.
    pub checks: Checks,
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
    /// Who pays for the pages, and what interests the people behind them have: for every page that does not say its own.
    pub funding: Option<String>,
    /// Where all this stands; empty when it is not there.
    pub span: Span,
}

/// Bibliographies and citation style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citations {
    /// Bibliography files, relative to `content/`.
    pub bibliography: Vec<Spanned<String>>,
    /// `vancouver`, `apa`, `ama`, `harvard`, or a path (from the project's root) to a `.csl` file. Empty span: the default.
    pub style: Spanned<String>,
    /// A list of retracted works in the columns of Retraction Watch, as a path from the project's root.
    pub retractions: Option<Spanned<String>>,
    /// After how many years the newest source of a kind of page is stale.
    pub stale_after: BTreeMap<KindName, i64>,
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

/// Pages to print together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackConfig {
    /// Used in addresses and on the command line.
    pub id: Spanned<String>,
    /// As shown and printed on the cover.
    pub title: String,
    /// One sentence.
    pub summary: Option<String>,
    /// Whom it is for; an edition for any of these offers it.
    pub audience: Vec<Audience>,
    /// What is in it.
    pub parts: PackParts,
}

/// What is in a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackParts {
    /// These pages in this order, each by its file within the content folder or by its id.
    Pages(Vec<Spanned<String>>),
    /// Whatever pages fit.
    Query(PackQuery),
}

/// Which pages a pack asks for. A page fits when, of each list that is not empty, something is true of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackQuery {
    /// Ids of phases.
    pub phases: Vec<Spanned<String>>,
    /// Ids of focal areas.
    pub focal_areas: Vec<Spanned<String>>,
    /// Kinds of pages.
    pub kinds: Vec<KindName>,
    /// Numbers of sessions: their guides, and what these hand out.
    pub sessions: Vec<i64>,
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

/// How `psychoed check --external` asks addresses of the web.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExternalLinks {
    /// Addresses that are not asked: whole ones, or the beginning of some followed by `*`.
    pub trusted: Vec<String>,
    /// Hosts of a private network that may be asked, such as `intranet.example` or `127.0.0.1:8080`.
    pub private_hosts: Vec<String>,
}

/// The report on all pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusConfig {
    /// Whether it is published for clinicians.
    pub publish: bool,
    /// The kinds of which every phase and focal area should have a page.
    pub expect: Vec<KindName>,
}

impl Default for StatusConfig {
    fn default() -> Self {
        Self { publish: false, expect: vec![KindName::Handout, KindName::SessionGuide] }
    }
}

/// Levels set for rules, by name.
pub type Levels = BTreeMap<String, Spanned<Level>>;

/// Levels set for rules. The most specific one counts: that of the innermost folder, else that of the kind, else the general
/// one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks {
    /// For everything.
    pub general: Levels,
    /// For pages of a kind.
    pub kinds: BTreeMap<KindName, Levels>,
    /// For files in a folder, or for one file, by its path from the project's root.
    pub folders: BTreeMap<String, FolderLevels>,
}

/// Levels set for rules in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderLevels {
    /// Where the folder is named.
    pub span: Span,
    /// The levels.
    pub levels: Levels,
}

impl Checks {
    /// The level that somebody has set for a rule at a file, which may be a page of some kind.
    pub fn level(&self, rule: &str, path: &SitePath, kind: Option<KindName>) -> Option<Level> {
        let folder = || self.of_folders(path).find_map(|folder| folder.levels.get(rule));
        let of_kind = || self.kinds.get(&kind?)?.get(rule);
        let level = folder().or_else(of_kind).or_else(|| self.general.get(rule));
        level.map(|level| level.value)
    }

    /// Every level with its rule, in the order of the most general to the most specific.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Spanned<Level>)> {
        let folders = self.folders.values().map(|folder| &folder.levels);
        let levels = std::iter::once(&self.general).chain(self.kinds.values()).chain(folders);
        levels.flatten().map(|(rule, level)| (rule.as_str(), level))
    }

    /// What is set for the file itself and for the folders it is in, innermost first.
    fn of_folders<'c>(&'c self, path: &'c SitePath) -> impl Iterator<Item = &'c FolderLevels> {
        let outer = |within: &&'c str| match within.rsplit_once('/') {
            Some((folder, _)) => Some(folder),
            None => (!within.is_empty()).then_some(""),
        };
        let inside = Some(path.as_str()).filter(|_| !self.folders.is_empty());
        std::iter::successors(inside, outer).filter_map(|folder| self.folders.get(folder))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_level_counts() {
        let levels = |level| Levels::from([("sentence-long".to_owned(), Spanned::new(level, 0..0))]);
        let folder = |level| FolderLevels { span: 0..0, levels: levels(level) };
        let checks = Checks {
            general: levels(Level::Note),
            kinds: BTreeMap::from([(KindName::Handout, levels(Level::Error))]),
            folders: BTreeMap::from([
                ("content/old".to_owned(), folder(Level::Warn)),
                ("content/old/very".to_owned(), folder(Level::Off)),
                ("content/one.md".to_owned(), folder(Level::Warn)),
            ]),
        };
        let level = |path, kind| checks.level("sentence-long", &SitePath::new(path), kind);
        assert_eq!(level("content/new.md", None), Some(Level::Note));
        assert_eq!(level("content/new.md", Some(KindName::Worksheet)), Some(Level::Note));
        assert_eq!(level("content/new.md", Some(KindName::Handout)), Some(Level::Error));
        assert_eq!(level("content/old/a.md", Some(KindName::Handout)), Some(Level::Warn));
        assert_eq!(level("content/old/deep/a.md", None), Some(Level::Warn));
        assert_eq!(level("content/old/very/a.md", Some(KindName::Handout)), Some(Level::Off));
        assert_eq!(level("content/older/a.md", None), Some(Level::Note));
        assert_eq!(level("content/one.md", None), Some(Level::Warn));
        assert_eq!(checks.level("raw-html", &SitePath::new("content/old/a.md"), None), None);
    }
}
