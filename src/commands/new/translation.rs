//! The text of a new translation: the original's, for a person to replace.

use jiff::civil::Date;
use toml::de::DeTable;

use super::page::{begun, own_keys};
use crate::config::Config;
use crate::content::{FrontMatter, KindName};
use crate::parse::{encoding, front_matter};
use crate::site::translation;
use crate::source::{SitePath, Sources, Span};

/// Keys that a translation has of its own, or that say something of the original alone: that somebody reviewed it, where it
/// used to be, when it appears, what changed in it.
const NOT_TAKEN_OVER: [&str; 15] = [
    "kind",
    "id",
    "title",
    "version",
    "draft",
    "translated-from",
    "reviewers",
    "reviewed",
    "review-due",
    "aliases",
    "publish-on",
    "expires-on",
    "scores",
    "waivers",
    "changes",
];

/// A page that is about to be translated.
pub(super) struct Original {
    path: SitePath,
    front_matter: FrontMatter,
    /// The TOML between its fences.
    keys: String,
    body: String,
    hash: String,
}

impl Original {
    /// Reads the page at a path that is known to have one.
    pub(super) fn read(path: &SitePath, sources: &Sources, config: &Config) -> Result<Self, String> {
        let mended_first = || format!("{path} has to be mended first; `psychoed check` says how");
        let mut faults = Vec::new();
        let bytes = sources.bytes(path.as_str()).ok_or_else(mended_first)?;
        let text = encoding::text(path, bytes, &mut faults).ok_or_else(mended_first)?;
        let top = front_matter::front_matter(path, text, config, &mut faults).ok_or_else(mended_first)?;
        if !faults.is_empty() {
            return Err(mended_first());
        }
        let front_matter = top.front_matter.ok_or_else(mended_first)?;
        let fenced = &text.all[front_matter.span.clone()];
        let keys = fenced.split_once('\n').and_then(|(_, rest)| Some(rest.rsplit_once("+++")?.0)).unwrap_or_default();
        Ok(Self {
            path: path.clone(),
            hash: translation::hash(text.all, &front_matter),
            keys: keys.replace("\r\n", "\n"),
            body: text.all[front_matter.span.end..].to_owned(),
            front_matter,
        })
    }

    pub(super) fn kind(&self) -> KindName {
        self.front_matter.kind.name()
    }

    pub(super) fn title(&self) -> &str {
        &self.front_matter.title.value
    }

    /// The whole file of a translation that says nothing in its own language yet.
    pub(super) fn text(&self, lang: &str, title: &str, id: Option<&str>, today: Date, own_words: &str) -> String {
        let note = format!(
            "#\n# This is to be the translation of {} into {lang}. Below is that page's text as it was on that day: replace it, sentence\n\
             # by sentence, and leave addresses, citations and the lines that start with ::: as they are.{}\n",
            self.path, own_words,
        );
        let noted = format!(
            "\n# Which text of the original this translates: psychoed warns when that changes. `psychoed check` then says what to write\n\
             # here once the translation is up to date again.\ntranslated-from = \"{}\"\n",
            self.hash
        );
        let taken_over = taken_over(&self.keys);
        let keys = [begun(today), note, own_keys(self.kind(), id, title), noted].concat();
        let separator = if taken_over.is_empty() { "" } else { "\n# As in the original:\n" };
        format!("{keys}{separator}{taken_over}+++\n\n{}", self.body.replace("\r\n", "\n").trim_start_matches('\n'))
    }
}

/// The lines of all keys that a translation shares with its original, notes above them included.
fn taken_over(keys: &str) -> String {
    let Ok(table) = DeTable::parse(keys) else { return String::new() };
    let mut starts: Vec<(usize, bool)> = table
        .into_inner()
        .into_iter()
        .map(|(key, _)| (start_of(keys, key.span()), NOT_TAKEN_OVER.contains(&&**key.get_ref())))
        .collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([keys.len()]);
    let lines = starts
        .iter()
        .zip(ends)
        .filter(|((_, is_own), _)| !is_own)
        .map(|((start, _), end)| keys[*start..end].trim_end());
    lines.fold(String::new(), |text, lines| text + lines + "\n")
}

/// Where the line of a key starts, or the first of the notes right above it.
fn start_of(keys: &str, key: Span) -> usize {
    let mut start = keys[..key.start].rfind('\n').map_or(0, |end| end + 1);
    while start > 0 {
        let above = keys[..start - 1].rfind('\n').map_or(0, |end| end + 1);
        if !keys[above..start].starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::taken_over;

    #[test]
    fn what_a_translation_shares_with_its_original_is_taken_over_as_it_stands() {
        let keys = "# Notes on the page.\nkind = \"evidence\"\nid = \"EV-1\"\n\n# Where it belongs.\nphase = [\n  \"middle\", # why\n]\n\
                    reviewed = 2026-01-01\nsearched = 2025-01-01\n\n[question]\npopulation = \"title = 1\"\n\n[[reviewers]]\nname = \"R\"\n\n\
                    [[findings]]\nstatement = \"\"\"\nid = \"X\"\n\"\"\"\n[[findings]]\nstatement = \"Two\"\n";
        let kept = "# Where it belongs.\nphase = [\n  \"middle\", # why\n]\nsearched = 2025-01-01\n[question]\npopulation = \"title = 1\"\n\
                    [[findings]]\nstatement = \"\"\"\nid = \"X\"\n\"\"\"\n[[findings]]\nstatement = \"Two\"\n";
        assert_eq!(taken_over(keys), kept);
        assert_eq!(taken_over("kind = \"page\"\n"), "");
        assert_eq!(taken_over(""), "");
    }
}
