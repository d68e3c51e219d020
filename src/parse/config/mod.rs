//! `site-config.toml` into [`crate::config::Config`].

mod named;
mod packs;

use std::collections::BTreeMap;

use crate::config::{
    Checks, Citations, Config, CrisisLine, EditionConfig, ExternalLinks, FocalArea, FolderLevels, Level, Levels,
    MarkdownConfig, Organisation, Paper, PdfConfig, Phase, StatusConfig, ThemeConfig, Variant,
};
use crate::content::{Audience, KindName};
use crate::diagnostic::{Diagnostic, Waiver, nearest};
use crate::parse::closed_table::{self, ClosedTable, Field, Origin, Schema, TableShape};
use crate::parse::encoding;
use crate::source::{SitePath, Sources, Spanned};
pub(super) use named::named_in_config;

const SCHEMA: Schema = Schema {
    syntax: "config-syntax",
    key_unknown: "config-key-unknown",
    key_missing: "config-value",
    wrong_type: "config-type",
    value_unknown: "config-value",
    top_keys: &["title", "language", "base-url", "sample-notice", "region"],
};

/// The title of a site that has not said its own.
const UNTITLED: &str = "Untitled site";
/// The citation style of a site that has not chosen one.
const DEFAULT_STYLE: &str = "vancouver";
/// After how many years the sources of a kind of page are stale when the site does not say.
const STALE_AFTER: [(KindName, i64); 1] = [(KindName::Evidence, 10)];
/// The endings of files that may be bibliographies.
const BIBLIOGRAPHY_ENDINGS: [&str; 4] = ["bib", "json", "yaml", "yml"];

/// Reads the configuration. Without a file, or without a section, sensible defaults hold. Faults at error level mean
/// that the configuration cannot be relied on and nothing should be built with it.
pub fn config(sources: &Sources) -> (Config, Vec<Diagnostic>) {
    let path = SitePath::new(Sources::CONFIG);
    let mut faults = Vec::new();
    let bytes = sources.bytes(Sources::CONFIG).map_or(&[][..], |bytes| bytes);
    let (text, start) = match encoding::text(&path, bytes, &mut faults) {
        Some(text) if faults.is_empty() => (&text.all[text.start..], text.start),
        _ => ("", 0),
    };
    let origin = Origin { path: &path, offset: start, schema: &SCHEMA };
    let wanted = |key: &str| shape().key(key);
    let (config, found) = closed_table::read(text, origin, 0..0, &wanted, |table| typed(table, sources));
    faults.extend(found);
    (config, faults)
}

/// What the configuration may hold.
pub fn shape() -> TableShape {
    closed_table::describe("", &SCHEMA, |table| drop(typed(table, &Sources::default())))
}

/// How a site's address is written.
pub const BASE_URL_HINT: &str = "Write it like `https://handouts.example.org/`.";

/// An address that a site can be published at, ending in a slash; or what is wrong with it ([`BASE_URL_HINT`] says how to
/// mend it).
pub fn checked_base_url(address: &str) -> Result<String, String> {
    let url = url::Url::parse(address).map_err(|_| format!("“{address}” is not an address of the web"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(format!("“{address}” does not start with `https://` or `http://`"));
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(format!("“{address}” holds `?`, `#` or `@`, with which no address of a page can start"));
    }
    let mut address = url.to_string();
    if !address.ends_with('/') {
        address.push('/');
    }
    Ok(address)
}

fn typed(mut table: ClosedTable<'_>, sources: &Sources) -> Config {
    let title = table.text("title").map_or_else(|| UNTITLED.to_owned(), |title| title.value);
    let (language, language_named) = language(&mut table);
    let base_url = base_url(&mut table);
    let sample_notice = table.text("sample-notice").map(|notice| notice.value);
    let organisation = table.table("organisation").map(organisation).unwrap_or_default();
    let citations = citations(table.table("citations"), sources);
    let phases = phases(&mut table);
    let focal_areas = focal_areas(&mut table);
    let crisis_lines = table.tables("crisis-lines").into_iter().filter_map(crisis_line).collect();
    let region = table.text("region");
    let named = table.table("editions").map(editions).unwrap_or_default();
    let editions_named = !named.is_empty();
    let editions = if editions_named { named } else { vec![whole_site(&title)] };
    let packs = packs::packs(&mut table, &phases, &focal_areas);
    let theme = table.table("theme").map(theme).unwrap_or_default();
    let markdown = table.table("markdown").map(markdown).unwrap_or_default();
    let external_links = table.table("external-links").map(external_links).unwrap_or_default();
    let status = table.table("status").map(status).unwrap_or_default();
    let pdf = table.table("pdf").map(pdf).unwrap_or_default();
    let plain_words = table.table("plain-words").map(plain_words).unwrap_or_default();
    let checks = table.table("checks").map(checks).unwrap_or_default();
    let waivers = table.tables("waivers").into_iter().filter_map(|table| waiver(table, true)).collect();
    table.finish();
    Config {
        title,
        language,
        language_named,
        base_url,
        sample_notice,
        organisation,
        citations,
        phases,
        focal_areas,
        crisis_lines,
        region,
        editions,
        editions_named,
        packs,
        theme,
        markdown,
        external_links,
        status,
        pdf,
        plain_words,
        checks,
        waivers,
    }
}

/// The language, and whether the file names one.
fn language(table: &mut ClosedTable<'_>) -> (String, bool) {
    let Some(tag) = table.text("language") else { return ("en".to_owned(), false) };
    if !is_language_tag(&tag.value) {
        let hint = match tag.value.replace('_', "-") {
            mended if mended != tag.value && is_language_tag(&mended) => format!("Write `language = \"{mended}\"`."),
            _ => "Write a tag such as `en`, `en-GB`, `es` or `pt-BR`.".to_owned(),
        };
        table.report_unknown(&tag.span, format!("“{}” is not a language tag", tag.value), hint);
    }
    (tag.value, true)
}

/// Whether a tag is well-formed by BCP 47: language, script, region, variants, extensions and private use, in that order.
fn is_language_tag(tag: &str) -> bool {
    let letters = |part: &str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let mut parts = tag.split('-').peekable();
    if !parts.next().is_some_and(|part| letters(part, &[2, 3])) {
        return false;
    }
    parts.next_if(|part| letters(part, &[4]));
    parts.next_if(|part| letters(part, &[2]) || part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_word = |part: &str, least: usize| {
        (least..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    while parts
        .next_if(|part| is_word(part, 5) || part.len() == 4 && part.starts_with(|c: char| c.is_ascii_digit()))
        .is_some()
    {}
    while let Some(singleton) = parts.next() {
        let least = if singleton.eq_ignore_ascii_case("x") { 1 } else { 2 };
        if !(singleton.len() == 1 && is_word(singleton, 1)) || parts.next_if(|part| is_word(part, least)).is_none() {
            return false;
        }
        while parts.next_if(|part| is_word(part, least)).is_some() {}
    }
    true
}

fn base_url(table: &mut ClosedTable<'_>) -> Option<String> {
    let address = table.text("base-url")?;
    match checked_base_url(&address.value) {
        Ok(address) => Some(address),
        Err(message) => {
            table.report_unknown(&address.span, message, BASE_URL_HINT);
            None
        }
    }
}

fn organisation(mut table: ClosedTable<'_>) -> Organisation {
    let span = table.place();
    let mut text = |key| table.text(key).map(|text| text.value);
    let organisation = Organisation {
        name: text("name"),
        address: text("address"),
        phone: text("phone"),
        feedback: text("feedback"),
        funding: text("funding"),
        span,
    };
    table.finish();
    organisation
}

fn citations(table: Option<ClosedTable<'_>>, sources: &Sources) -> Citations {
    let default_style = Spanned::new(DEFAULT_STYLE.to_owned(), 0..0);
    let Some(mut table) = table else {
        return Citations {
            bibliography: bibliographies_in_content(sources),
            style: default_style,
            retractions: None,
            stale_after: BTreeMap::from(STALE_AFTER),
        };
    };
    let bibliography = match table.field("bibliography") {
        Some(field) => field.texts(),
        None => bibliographies_in_content(sources),
    };
    let style = table.text("style").unwrap_or(default_style);
    let retractions = project_path(&mut table, "retractions");
    let stale_after = stale_after(table.table("stale-after"));
    table.finish();
    Citations { bibliography, style, retractions, stale_after }
}

/// Years by kind of page.
fn stale_after(table: Option<ClosedTable<'_>>) -> BTreeMap<KindName, i64> {
    let mut years = BTreeMap::from(STALE_AFTER);
    let Some(mut table) = table else { return years };
    for kind in KindName::ALL {
        if let Some(after) = table.count(kind.name()) {
            years.insert(kind, after);
        }
    }
    table.finish();
    years
}

/// Every file directly in the content folder that may be a bibliography.
fn bibliographies_in_content(sources: &Sources) -> Vec<Spanned<String>> {
    sources
        .below(Sources::CONTENT)
        .map(|(path, _)| path)
        .filter(|path| path.folder() == Sources::CONTENT.trim_end_matches('/'))
        .filter(|path| path.extension().is_some_and(|ending| BIBLIOGRAPHY_ENDINGS.contains(&ending)))
        .map(|path| Spanned::new(path.file_name().to_owned(), 0..0))
        .collect()
}

/// Takes an id and reports a bad one, or one that was given before.
fn unique_id(
    table: &mut ClosedTable<'_>,
    seen: &mut BTreeMap<String, Spanned<()>>,
    reading: &'static str,
) -> Option<String> {
    let id = table.required_text("id")?;
    if !is_id(&id.value) {
        let hint = "An id is made of letters, digits and hyphens, such as `middle-phase`.";
        table.report_unknown(&id.span, format!("“{}” cannot be an id", id.value), hint);
        return None;
    }
    if let Some(first) = seen.get(&id.value.to_lowercase()) {
        table.report_again(&id.span, &first.span, format!("two {reading} have the id `{}`", id.value));
        return None;
    }
    seen.insert(id.value.to_lowercase(), Spanned::new((), id.span));
    Some(id.value)
}

/// Whether a word is made of letters, digits and hyphens: what addresses and folders can hold everywhere.
pub(super) fn is_id(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn phases(table: &mut ClosedTable<'_>) -> Vec<Phase> {
    let mut seen = BTreeMap::new();
    let phase = |mut table: ClosedTable<'_>| {
        let id = unique_id(&mut table, &mut seen, "phases");
        let title = table.required_text("title");
        let sessions = table.text("sessions").map(|text| text.value);
        let summary = table.text("summary").map(|text| text.value);
        table.finish();
        Some(Phase { id: id?, title: title?.value, sessions, summary })
    };
    table.tables("phases").into_iter().filter_map(phase).collect()
}

fn focal_areas(table: &mut ClosedTable<'_>) -> Vec<FocalArea> {
    let mut seen = BTreeMap::new();
    let focal_area = |mut table: ClosedTable<'_>| {
        let id = unique_id(&mut table, &mut seen, "focal areas");
        let title = table.required_text("title");
        let also = table.texts("also").into_iter().map(|name| name.value).collect();
        let summary = table.text("summary").map(|text| text.value);
        table.finish();
        Some(FocalArea { id: id?, title: title?.value, also, summary })
    };
    table.tables("focal-areas").into_iter().filter_map(focal_area).collect()
}

fn crisis_line(mut table: ClosedTable<'_>) -> Option<CrisisLine> {
    let region = table.required_text("region");
    let name = table.required_text("name");
    let number = table.required_text("number");
    if let Some(number) = &number {
        refuse_number_in_words(&table, number);
    }
    let hours = table.text("hours").map(|text| text.value);
    let checked = table.date("checked");
    table.finish();
    Some(CrisisLine { region: region?.value, name: name?, number: number?.value, hours, checked })
}

/// A page makes the number a link that dials it, so it has to be one.
fn refuse_number_in_words(table: &ClosedTable<'_>, number: &Spanned<String>) {
    if number.value.contains(char::is_alphabetic) && !number.value.contains(char::is_numeric) {
        let message = format!("nobody can dial “{}”", number.value);
        table.report_unknown(&number.span, message, "Write only what to dial, in figures.");
    }
}

/// The edition of a site that names none.
fn whole_site(title: &str) -> EditionConfig {
    EditionConfig { name: "site".to_owned(), title: title.to_owned(), audiences: Audience::ALL.to_vec() }
}

fn editions(mut table: ClosedTable<'_>) -> Vec<EditionConfig> {
    let mut seen: BTreeMap<String, Spanned<String>> = BTreeMap::new();
    let mut editions = Vec::new();
    for (name, field) in table.named_fields() {
        let lower = name.value.to_lowercase();
        if !is_id(&name.value) {
            let hint = "It becomes a folder and part of addresses: use letters, digits and hyphens, such as `[editions.patient]`.";
            table.report_unknown(&name.span, format!("“{}” cannot be the name of an edition", name.value), hint);
        } else if let Some(first) = seen.get(&lower) {
            let message = format!("the editions `{}` and `{}` differ only in capital letters", first.value, name.value);
            table.report_again(&name.span, &first.span, message);
        }
        editions.extend(edition(&name, field));
        seen.insert(lower, name);
    }
    editions
}

fn edition(name: &Spanned<String>, field: Field<'_>) -> Option<EditionConfig> {
    let mut table = field.table()?;
    let title = table.text("title").map_or_else(|| name.value.clone(), |title| title.value);
    let audiences = table.required("audiences", "[\"patient\"]").map(|field| audiences(field, &table));
    table.finish();
    Some(EditionConfig { name: name.value.clone(), title, audiences: audiences? })
}

/// A list of audiences, each once.
pub(super) fn audiences(field: Field<'_>, table: &ClosedTable<'_>) -> Vec<Audience> {
    let span = field.span();
    let is_empty_list = field.item_count() == Some(0);
    let mut audiences = Vec::new();
    for word in field.words(&Audience::ALL.map(Audience::name)) {
        if let Some(audience) = Audience::from_name(word.value)
            && !audiences.contains(&audience)
        {
            audiences.push(audience);
        }
    }
    if is_empty_list {
        table.report_impossible(&span, "this list names no audience", "Name at least one, such as `[\"patient\"]`.");
    }
    audiences
}

fn theme(mut table: ClosedTable<'_>) -> ThemeConfig {
    let folder = project_path(&mut table, "folder");
    let accent = table.text("accent");
    let logo = project_path(&mut table, "logo");
    table.finish();
    ThemeConfig { folder, accent, logo }
}

/// A path within the project.
fn project_path(table: &mut ClosedTable<'_>, key: &'static str) -> Option<Spanned<String>> {
    let path = table.text(key)?;
    let climbs = SitePath::new("").join(&path.value).is_none();
    if climbs || path.value.starts_with('/') || path.value.contains(['\\', ':']) {
        let hint = "Write it from the folder of site-config.toml, with `/` between folders, such as `theme/logo.svg`.";
        table.report_unknown(&path.span, format!("“{}” leads out of the project", path.value), hint);
        return None;
    }
    Some(path)
}

fn external_links(mut table: ClosedTable<'_>) -> ExternalLinks {
    let mut texts = |key| -> Vec<String> {
        table.field(key).map(|field| field.texts().into_iter().map(|text| text.value).collect()).unwrap_or_default()
    };
    let (trusted, private_hosts) = (texts("trusted"), texts("private-hosts"));
    table.finish();
    ExternalLinks { trusted, private_hosts }
}

fn markdown(mut table: ClosedTable<'_>) -> MarkdownConfig {
    let allow_html = table.boolean("allow-html").is_some_and(|allow| allow.value);
    table.finish();
    MarkdownConfig { allow_html }
}

fn plain_words(mut table: ClosedTable<'_>) -> BTreeMap<String, String> {
    let fields = table.named_fields().into_iter();
    fields.filter_map(|(word, field)| Some((word.value, field.text()?.value))).collect()
}

fn pdf(mut table: ClosedTable<'_>) -> PdfConfig {
    let default = PdfConfig::default();
    let papers = choices(&mut table, "paper", &Paper::ALL.map(Paper::name), Paper::from_name);
    let variants = choices(&mut table, "variants", &Variant::ALL.map(Variant::name), Variant::from_name);
    table.finish();
    PdfConfig { papers: papers.unwrap_or(default.papers), variants: variants.unwrap_or(default.variants) }
}

/// One word or a list of words out of a closed list, each once; `None` when the key is missing or nothing in it can be used.
fn choices<T: PartialEq>(
    table: &mut ClosedTable<'_>,
    key: &'static str,
    words: &[&str],
    from_name: impl Fn(&str) -> Option<T>,
) -> Option<Vec<T>> {
    let field = table.field(key)?;
    let (span, is_empty_list) = (field.span(), field.item_count() == Some(0));
    let mut chosen = Vec::new();
    for choice in field.word_or_words(words).into_iter().filter_map(|word| from_name(word.value)) {
        if !chosen.contains(&choice) {
            chosen.push(choice);
        }
    }
    if is_empty_list {
        let hint = format!("Name at least one, such as `{key} = [\"{}\"]`.", words[0]);
        table.report_impossible(&span, format!("`{key}` names nothing"), hint);
    }
    (!chosen.is_empty()).then_some(chosen)
}

fn status(mut table: ClosedTable<'_>) -> StatusConfig {
    let publish = table.boolean("publish").is_some_and(|publish| publish.value);
    let expect = table.field("expect").map(|field| {
        let mut kinds: Vec<KindName> = Vec::new();
        for word in field.words(&KindName::ALL.map(KindName::name)) {
            kinds.extend(KindName::from_name(word.value).filter(|kind| !kinds.contains(kind)));
        }
        kinds
    });
    table.finish();
    StatusConfig { publish, expect: expect.unwrap_or_else(|| StatusConfig::default().expect) }
}

fn checks(mut table: ClosedTable<'_>) -> Checks {
    let kinds = table.table("kind").map(levels_of_kinds).unwrap_or_default();
    let folders = table.table("folder").map(levels_of_folders).unwrap_or_default();
    Checks { general: levels(table), kinds, folders }
}

fn levels_of_kinds(mut table: ClosedTable<'_>) -> BTreeMap<KindName, Levels> {
    let mut kinds = BTreeMap::new();
    for (name, field) in table.named_fields() {
        match KindName::from_name(&name.value) {
            Some(kind) => drop(kinds.insert(kind, field.table().map(levels).unwrap_or_default())),
            None => {
                let names = KindName::ALL.map(KindName::name);
                let meant = nearest(&name.value, names).map(|meant| format!("Did you mean `{meant}`? "));
                let hint = format!("{}The kinds are {}.", meant.unwrap_or_default(), closed_table::quoted(&names));
                table.report_unknown(&name.span, format!("there is no kind of page called “{}”", name.value), hint);
            }
        }
    }
    kinds
}

fn levels_of_folders(mut table: ClosedTable<'_>) -> BTreeMap<String, FolderLevels> {
    let mut folders: BTreeMap<String, FolderLevels> = BTreeMap::new();
    for (name, field) in table.named_fields() {
        let levels = field.table().map(levels).unwrap_or_default();
        match SitePath::new("").join(&name.value).filter(|_| !name.value.contains('\\')) {
            Some(folder) => {
                let known = folders.entry(folder.to_string()).or_default();
                known.span = name.span;
                known.levels.extend(levels);
            }
            None => {
                let hint = "Write it from the folder of site-config.toml, with `/` between folders: \
                            `[checks.folder.\"content/handouts\"]`.";
                table.report_unknown(&name.span, format!("“{}” leads out of the project", name.value), hint);
            }
        }
    }
    folders
}

fn levels(mut table: ClosedTable<'_>) -> Levels {
    const LEVELS: [(&str, Level); 4] =
        [("off", Level::Off), ("note", Level::Note), ("warn", Level::Warn), ("error", Level::Error)];
    let mut levels = Levels::new();
    for (rule, field) in table.named_fields() {
        let level = field.word(&LEVELS.map(|(name, _)| name));
        let level = level.and_then(|word| LEVELS.iter().find(|(name, _)| *name == word.value));
        // With a level that is none, nothing is built. The name stays, since it may be wrong as well.
        levels.insert(rule.value, Spanned::new(level.map_or(Level::Error, |(_, level)| *level), rule.span));
    }
    levels
}

/// A waiver of the configuration, which may be for one file or folder, or of a page, which is for that page.
pub(super) fn waiver(mut table: ClosedTable<'_>, takes_path: bool) -> Option<Waiver> {
    let rule = table.required_text("rule");
    let path = if takes_path { table.text("path").map(|path| path.value) } else { None };
    let reason = table.required_text("reason");
    let until = table.required("until", "2026-12-31").and_then(Field::date);
    table.finish_explaining(|key| {
        (key == "path")
            .then(|| "A waiver in a page is for that page alone. Others belong in site-config.toml.".to_owned())
    });
    Some(Waiver { rule: rule?, path, reason: reason?.value, until: until? })
}

#[cfg(test)]
mod tests;
