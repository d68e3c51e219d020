//! All rules. To add one: write its pair of files, and add it to the modules and to [`RULES`].

mod capitals_block;
mod citation_undefined;
mod citation_unused_work;
mod config_rule_unknown;
mod config_value;
mod crisis_line_missing;
mod crisis_line_unchecked;
mod denominators_mixed;
mod draft_skipped;
mod evidence_certainty_arithmetic;
mod evidence_effect_impossible;
mod evidence_source_not_cited;
mod grade_high;
mod grade_very_high;
mod heading_level_skipped;
mod id_duplicate;
mod image_alt_missing;
mod image_missing;
mod image_svg_unsafe;
mod image_unreadable;
mod jargon;
mod kind_part_missing;
mod language_not_measured;
mod link_anchor_missing;
mod link_case_wrong;
mod link_malformed;
mod link_outside_site;
mod link_scheme_not_allowed;
mod link_target_missing;
mod link_to_other_audience;
mod link_to_unpublished;
mod page_in_no_edition;
mod page_orphan;
mod paragraph_long;
mod passive_often;
mod percentage_alone;
mod review_dates_reversed;
mod review_due_soon;
mod review_overdue;
mod reviewer_missing;
mod sentence_long;
mod sentence_very_long;
mod step_impersonal;
mod term_unexplained;
mod theme_accent_contrast;
pub(super) mod third_party_request;
mod url_duplicate;
mod you_missing;

use std::fmt::Write;

use jiff::civil::Date;

use super::{Check, Rule};
use crate::config::Level::{self, Error, Note, Warn};
use crate::diagnostic;

/// A rule with checks of its own: level, name, the module with the checks and the page, and what each check reads.
macro_rules! rule {
    ($level:ident, $name:literal, $module:ident: $($scope:ident($check:ident)),+) => {
        rule($name, $level, include_str!(concat!(stringify!($module), ".md")), &[$(Check::$scope($module::$check)),+])
    };
}

/// A fault that shows while reading: level, name, and page.
macro_rules! reading {
    ($level:ident, $name:literal, $page:ident) => {
        rule($name, $level, include_str!(concat!(stringify!($page), ".md")), &[])
    };
}

/// Every rule, by name.
pub static RULES: &[Rule] = &[
    reading!(Error, "anchor-duplicate", anchor_duplicate),
    reading!(Error, "bibliography-crossref-loop", bibliography_crossref_loop),
    reading!(Warn, "bibliography-field-missing", bibliography_field_missing),
    reading!(Error, "bibliography-key-duplicate", bibliography_key_duplicate),
    reading!(Error, "bibliography-missing", bibliography_missing),
    reading!(Error, "bibliography-syntax", bibliography_syntax),
    reading!(Warn, "body-empty", body_empty),
    rule!(Warn, "capitals-block", capitals_block: PatientText(check)),
    reading!(Warn, "citation-bare-unknown", citation_bare_unknown),
    reading!(Warn, "citation-in-link", citation_in_link),
    reading!(Error, "citation-malformed", citation_malformed),
    reading!(Error, "citation-style", citation_style),
    rule!(Error, "citation-undefined", citation_undefined: Site(check)),
    rule!(Note, "citation-unused-work", citation_unused_work: Site(check)),
    reading!(Error, "config-key-unknown", config_key_unknown),
    rule!(Error, "config-rule-unknown", config_rule_unknown: Lists(check)),
    reading!(Error, "config-syntax", config_syntax),
    reading!(Error, "config-type", config_type),
    rule!(Error, "config-value", config_value: Lists(check)),
    rule!(Error, "crisis-line-missing", crisis_line_missing: Lists(check)),
    rule!(Warn, "crisis-line-unchecked", crisis_line_unchecked: Lists(check)),
    rule!(Warn, "denominators-mixed", denominators_mixed: PatientText(check)),
    reading!(Error, "directive-attribute", directive_attribute),
    reading!(Error, "directive-unclosed", directive_unclosed),
    reading!(Error, "directive-unknown", directive_unknown),
    rule!(Note, "draft-skipped", draft_skipped: Page(check)),
    rule!(Error, "evidence-certainty-arithmetic", evidence_certainty_arithmetic: Page(check)),
    rule!(Error, "evidence-effect-impossible", evidence_effect_impossible: Page(check)),
    rule!(Error, "evidence-source-not-cited", evidence_source_not_cited: Page(check)),
    reading!(Error, "front-matter-key-missing", front_matter_key_missing),
    reading!(Error, "front-matter-key-unknown", front_matter_key_unknown),
    reading!(Error, "front-matter-missing", front_matter_missing),
    reading!(Error, "front-matter-syntax", front_matter_syntax),
    reading!(Error, "front-matter-type", front_matter_type),
    reading!(Error, "front-matter-unclosed", front_matter_unclosed),
    reading!(Error, "front-matter-value-unknown", front_matter_value_unknown),
    rule!(Warn, "grade-high", grade_high: PatientText(check)),
    rule!(Error, "grade-very-high", grade_very_high: PatientText(check)),
    rule!(Warn, "heading-level-skipped", heading_level_skipped: Page(check)),
    rule!(Error, "id-duplicate", id_duplicate: Lists(check)),
    rule!(Error, "image-alt-missing", image_alt_missing: Page(check)),
    rule!(Error, "image-missing", image_missing: Page(check)),
    rule!(Error, "image-svg-unsafe", image_svg_unsafe: File(check)),
    rule!(Error, "image-unreadable", image_unreadable: File(check)),
    rule!(Warn, "jargon", jargon: PatientText(check)),
    rule!(Error, "kind-part-missing", kind_part_missing: Page(check)),
    rule!(Note, "language-not-measured", language_not_measured: Lists(check)),
    rule!(Error, "link-anchor-missing", link_anchor_missing: Site(check)),
    rule!(Error, "link-case-wrong", link_case_wrong: Page(check)),
    rule!(Error, "link-malformed", link_malformed: Page(check)),
    rule!(Error, "link-outside-site", link_outside_site: Page(check)),
    rule!(Error, "link-scheme-not-allowed", link_scheme_not_allowed: Page(check)),
    rule!(Error, "link-target-missing", link_target_missing: Page(check), Site(unreadable)),
    rule!(Error, "link-to-other-audience", link_to_other_audience: Page(check)),
    rule!(Error, "link-to-unpublished", link_to_unpublished: Page(check)),
    rule!(Warn, "page-in-no-edition", page_in_no_edition: Page(check)),
    rule!(Note, "page-orphan", page_orphan: Site(check)),
    rule!(Warn, "paragraph-long", paragraph_long: PatientText(check)),
    rule!(Note, "passive-often", passive_often: PatientText(check)),
    rule!(Warn, "percentage-alone", percentage_alone: PatientText(check)),
    reading!(Error, "raw-html", raw_html),
    rule!(Error, "review-dates-reversed", review_dates_reversed: Page(check)),
    rule!(Warn, "review-due-soon", review_due_soon: Page(check)),
    rule!(Error, "review-overdue", review_overdue: Page(check)),
    rule!(Warn, "reviewer-missing", reviewer_missing: Page(check)),
    rule!(Warn, "sentence-long", sentence_long: PatientText(check)),
    rule!(Error, "sentence-very-long", sentence_very_long: PatientText(check)),
    reading!(Error, "source-binary", source_binary),
    reading!(Error, "source-not-utf8", source_not_utf8),
    reading!(Error, "source-nul", source_nul),
    rule!(Warn, "step-impersonal", step_impersonal: PatientText(check)),
    reading!(Error, "template-broken", template_broken),
    rule!(Warn, "term-unexplained", term_unexplained: PatientText(check)),
    rule!(Error, "theme-accent-contrast", theme_accent_contrast: Lists(check)),
    rule!(Error, "third-party-request", third_party_request: Page(page), File(theme_file)),
    rule!(Error, "url-duplicate", url_duplicate: Site(check)),
    rule!(Warn, "you-missing", you_missing: PatientText(check)),
];

/// The rule of a name, or else the rule whose name is nearest, if one is near.
pub fn named(name: &str) -> Result<&'static Rule, Option<&'static Rule>> {
    let rule = |name: &str| RULES.iter().find(|rule| rule.name == name);
    rule(name).ok_or_else(|| diagnostic::nearest(name, RULES.iter().map(|rule| rule.name)).and_then(rule))
}

/// All rules as a table in Markdown: what the README shows.
pub fn table() -> String {
    let mut table = "| Rule | Level | What it finds |\n|---|---|---|\n".to_owned();
    for rule in RULES {
        let level = match rule.default_level {
            Level::Off => "off",
            Level::Note => "note",
            Level::Warn => "warn",
            Level::Error => "error",
        };
        let summary = rule.summary.replace('|', "\\|");
        let _ = writeln!(
            table,
            "| [`{0}`](src/check/rules/{1}.md) | {level} | {summary} |",
            rule.name,
            rule.name.replace('-', "_")
        );
    }
    table
}

const fn rule(name: &'static str, default_level: Level, docs: &'static str, checks: &'static [Check]) -> Rule {
    Rule { name, summary: first_paragraph(docs), docs, default_level, checks }
}

/// The line below a page's title: the two are followed by an empty line each.
const fn first_paragraph(docs: &'static str) -> &'static str {
    let (_, below_title) = docs.split_at(line_end(docs));
    let (_, paragraph) = below_title.split_at(2);
    paragraph.split_at(line_end(paragraph)).0
}

const fn line_end(text: &str) -> usize {
    let mut at = 0;
    while text.as_bytes()[at] != b'\n' {
        at += 1;
    }
    at
}

/// Days from one date to a later one; negative when it is earlier.
fn days_between(from: Date, to: Date) -> i64 {
    // Both are dates between the years -9999 and 9999, so the difference in days always fits.
    from.until(to).map_or(0, |span| span.get_days().into())
}
