//! All rules. To add one: write its pair of files, and add it to the modules and to [`RULES`].

mod action_missing;
mod advice_line_missing;
mod author_corporate_unbraced;
mod bibliography_entity;
mod capitals_block;
mod changes_version_mismatch;
mod citation_undefined;
mod citation_unused_work;
mod claim_rests_on_unverified;
mod claim_uncited;
pub(super) mod config_rule_unknown;
mod config_value;
mod crisis_line_missing;
mod crisis_line_unchecked;
mod denominators_mixed;
mod document_control_incomplete;
mod draft_skipped;
mod evidence_certainty_arithmetic;
mod evidence_effect_impossible;
mod evidence_source_not_cited;
mod feedback_missing;
mod figure_caption_missing;
mod figure_uncited;
mod file_not_read;
mod funding_missing;
mod glyph_missing;
mod grade_high;
mod grade_very_high;
mod guidance_left;
mod heading_level_skipped;
mod headings_too_far;
mod id_duplicate;
mod identifier_malformed;
mod identifier_not_straight;
mod image_alt_file_name;
mod image_alt_missing;
mod image_missing;
mod image_svg_unsafe;
mod image_unreadable;
mod jargon;
mod kind_part_missing;
mod language_missing;
mod language_not_measured;
mod link_anchor_missing;
mod link_case_wrong;
mod link_malformed;
mod link_outside_site;
mod link_scheme_not_allowed;
mod link_target_missing;
mod link_to_other_audience;
mod link_to_unpublished;
mod main_message_count;
mod organisation_missing;
mod pack_audience;
mod pack_empty;
mod pack_page_missing;
mod page_in_no_edition;
mod page_orphan;
mod pages_reversed;
mod paragraph_long;
mod passive_often;
mod percentage_alone;
mod phone_number_in_text;
mod print_size_too_small;
mod raw_html;
mod review_dates_reversed;
mod review_due_soon;
mod review_interval_long;
mod review_overdue;
mod reviewer_is_author;
mod reviewer_missing;
mod score_low;
mod score_missing;
mod sentence_long;
mod sentence_very_long;
mod source_stale;
mod step_impersonal;
mod steps_too_many;
mod study_unnamed;
mod summary_missing;
mod superseded_by_undefined;
mod table_header_missing;
mod term_unexplained;
mod theme_accent_contrast;
mod theme_text_unclear;
pub(super) mod third_party_request;
mod translation_source_missing;
mod translation_stale;
mod url_duplicate;
mod version_not_raised;
mod version_not_recorded;
mod waiver_expired;
mod waiver_rule_unknown;
mod waiver_unused;
mod web_anchor_missing;
mod web_link_dead;
mod web_link_moved;
mod web_link_not_checked;
mod web_link_private;
mod web_source_access_date_missing;
mod words_broken;
mod words_missing;
mod work_corrected;
mod work_duplicate;
mod work_not_checkable;
mod work_retracted;
mod work_superseded;
mod work_under_concern;
mod year_out_of_range;
mod you_missing;

use std::fmt::Write;

use jiff::civil::Date;

use super::{Check, Rule};
use crate::config::Level::{self, Error, Note, Off, Warn};
use crate::diagnostic;

pub use review_due_soon::SOON as REVIEW_SOON;

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

/// A fault that shows only when the checks are done: level, name, and page.
macro_rules! later {
    ($level:ident, $name:literal, $page:ident) => {
        Rule { shows_later: true, ..reading!($level, $name, $page) }
    };
}

/// Every rule, by name.
pub static RULES: &[Rule] = &[
    rule!(Warn, "action-missing", action_missing: Page(check)),
    rule!(Error, "advice-line-missing", advice_line_missing: Lists(check), Site(own_templates)),
    reading!(Error, "anchor-duplicate", anchor_duplicate),
    rule!(Warn, "author-corporate-unbraced", author_corporate_unbraced: Lists(check)),
    reading!(Error, "bibliography-crossref-loop", bibliography_crossref_loop),
    rule!(Note, "bibliography-entity", bibliography_entity: Lists(check)),
    reading!(Warn, "bibliography-field-missing", bibliography_field_missing),
    reading!(Error, "bibliography-key-duplicate", bibliography_key_duplicate),
    reading!(Error, "bibliography-missing", bibliography_missing),
    reading!(Error, "bibliography-syntax", bibliography_syntax),
    reading!(Warn, "body-empty", body_empty),
    reading!(Error, "bold-not-read", bold_not_read),
    rule!(Warn, "capitals-block", capitals_block: PatientText(check)),
    rule!(Error, "changes-version-mismatch", changes_version_mismatch: Page(check)),
    reading!(Warn, "citation-bare-unknown", citation_bare_unknown),
    reading!(Warn, "citation-in-link", citation_in_link),
    reading!(Error, "citation-malformed", citation_malformed),
    reading!(Error, "citation-style", citation_style),
    rule!(Error, "citation-undefined", citation_undefined: Site(check)),
    rule!(Note, "citation-unused-work", citation_unused_work: Site(check)),
    rule!(Warn, "claim-rests-on-unverified", claim_rests_on_unverified: Page(check)),
    rule!(Error, "claim-uncited", claim_uncited: Page(check)),
    reading!(Error, "code-block-unclosed", code_block_unclosed),
    reading!(Warn, "code-by-accident", code_by_accident),
    reading!(Error, "config-key-unknown", config_key_unknown),
    rule!(Error, "config-rule-unknown", config_rule_unknown: Lists(check)),
    reading!(Error, "config-syntax", config_syntax),
    reading!(Error, "config-type", config_type),
    rule!(Error, "config-value", config_value: Lists(check)),
    rule!(Error, "crisis-line-missing", crisis_line_missing: Lists(check), Site(own_templates)),
    rule!(Warn, "crisis-line-unchecked", crisis_line_unchecked: Lists(check)),
    rule!(Warn, "denominators-mixed", denominators_mixed: PatientText(check)),
    reading!(Error, "directive-attribute", directive_attribute),
    reading!(Error, "directive-empty", directive_empty),
    reading!(Error, "directive-unclosed", directive_unclosed),
    reading!(Error, "directive-unknown", directive_unknown),
    rule!(Warn, "document-control-incomplete", document_control_incomplete: Page(check)),
    rule!(Note, "draft-skipped", draft_skipped: Page(check)),
    rule!(Error, "evidence-certainty-arithmetic", evidence_certainty_arithmetic: Page(check)),
    rule!(Error, "evidence-effect-impossible", evidence_effect_impossible: Page(check)),
    rule!(Error, "evidence-source-not-cited", evidence_source_not_cited: Page(check)),
    rule!(Warn, "feedback-missing", feedback_missing: Lists(check)),
    rule!(Error, "figure-caption-missing", figure_caption_missing: Page(check)),
    rule!(Warn, "figure-uncited", figure_uncited: Unsourced(check)),
    rule!(Warn, "file-not-read", file_not_read: Site(check)),
    reading!(Error, "footnote-mark-missing", footnote_mark_missing),
    reading!(Error, "footnote-text-missing", footnote_text_missing),
    reading!(Error, "front-matter-key-missing", front_matter_key_missing),
    reading!(Error, "front-matter-key-unknown", front_matter_key_unknown),
    reading!(Error, "front-matter-missing", front_matter_missing),
    reading!(Error, "front-matter-syntax", front_matter_syntax),
    reading!(Error, "front-matter-type", front_matter_type),
    reading!(Error, "front-matter-unclosed", front_matter_unclosed),
    reading!(Error, "front-matter-value-unknown", front_matter_value_unknown),
    rule!(Warn, "funding-missing", funding_missing: Lists(check)),
    rule!(Error, "glyph-missing", glyph_missing: Page(page), Lists(config)),
    rule!(Warn, "grade-high", grade_high: PatientText(check)),
    rule!(Error, "grade-very-high", grade_very_high: PatientText(check)),
    rule!(Error, "guidance-left", guidance_left: Page(check), Lists(config)),
    reading!(Warn, "heading-by-accident", heading_by_accident),
    rule!(Warn, "heading-level-skipped", heading_level_skipped: Page(check)),
    reading!(Error, "heading-malformed", heading_malformed),
    rule!(Warn, "headings-too-far", headings_too_far: Page(check)),
    rule!(Error, "id-duplicate", id_duplicate: Lists(check)),
    rule!(Warn, "identifier-malformed", identifier_malformed: Lists(check)),
    rule!(Warn, "identifier-not-straight", identifier_not_straight: Lists(check)),
    rule!(Error, "image-alt-file-name", image_alt_file_name: Page(check)),
    rule!(Error, "image-alt-missing", image_alt_missing: Page(check)),
    rule!(Error, "image-missing", image_missing: Page(check)),
    rule!(Error, "image-svg-unsafe", image_svg_unsafe: File(check)),
    rule!(Error, "image-unreadable", image_unreadable: File(check)),
    rule!(Warn, "jargon", jargon: PatientText(check)),
    rule!(Error, "kind-part-missing", kind_part_missing: Page(check)),
    rule!(Warn, "language-missing", language_missing: Lists(check)),
    rule!(Note, "language-not-measured", language_not_measured: Lists(check)),
    rule!(Error, "link-anchor-missing", link_anchor_missing: Site(check)),
    rule!(Error, "link-case-wrong", link_case_wrong: Page(check)),
    rule!(Error, "link-malformed", link_malformed: Page(check)),
    reading!(Error, "link-not-read", link_not_read),
    rule!(Error, "link-outside-site", link_outside_site: Page(check)),
    rule!(Error, "link-scheme-not-allowed", link_scheme_not_allowed: Page(check)),
    rule!(Error, "link-target-missing", link_target_missing: Page(check), Site(unreadable)),
    rule!(Error, "link-to-other-audience", link_to_other_audience: PageAmongOthers(check)),
    rule!(Error, "link-to-unpublished", link_to_unpublished: PageAmongOthers(check)),
    reading!(Warn, "list-missing", list_missing),
    reading!(Warn, "list-not-read", list_not_read),
    reading!(Error, "lock-unreadable", lock_unreadable),
    rule!(Error, "main-message-count", main_message_count: Page(check)),
    rule!(Warn, "organisation-missing", organisation_missing: Lists(check)),
    rule!(Error, "pack-audience", pack_audience: Lists(check)),
    rule!(Warn, "pack-empty", pack_empty: Lists(check)),
    rule!(Error, "pack-page-missing", pack_page_missing: Lists(check)),
    rule!(Warn, "page-in-no-edition", page_in_no_edition: Page(check)),
    rule!(Note, "page-orphan", page_orphan: Site(check)),
    rule!(Warn, "pages-reversed", pages_reversed: Lists(check)),
    rule!(Warn, "paragraph-long", paragraph_long: PatientText(check)),
    rule!(Note, "passive-often", passive_often: PatientText(check)),
    rule!(Warn, "percentage-alone", percentage_alone: PatientText(check)),
    rule!(Error, "phone-number-in-text", phone_number_in_text: Page(check)),
    rule!(Error, "print-size-too-small", print_size_too_small: File(check)),
    later!(Warn, "quick-reference-over-one-page", quick_reference_over_one_page),
    rule!(Error, "raw-html", raw_html: Page(check)),
    reading!(Error, "retraction-list-unreadable", retraction_list_unreadable),
    rule!(Error, "review-dates-reversed", review_dates_reversed: Page(check)),
    rule!(Warn, "review-due-soon", review_due_soon: Page(check)),
    rule!(Error, "review-interval-long", review_interval_long: Page(check)),
    rule!(Error, "review-overdue", review_overdue: Page(check)),
    rule!(Warn, "reviewer-is-author", reviewer_is_author: Page(check)),
    rule!(Warn, "reviewer-missing", reviewer_missing: Page(check)),
    rule!(Warn, "score-low", score_low: Page(check)),
    rule!(Off, "score-missing", score_missing: Page(check)),
    rule!(Warn, "sentence-long", sentence_long: PatientText(check)),
    rule!(Error, "sentence-very-long", sentence_very_long: PatientText(check)),
    later!(Error, "sheet-broken", sheet_broken),
    reading!(Error, "source-binary", source_binary),
    reading!(Error, "source-not-utf8", source_not_utf8),
    reading!(Error, "source-nul", source_nul),
    rule!(Warn, "source-stale", source_stale: Page(check)),
    rule!(Warn, "step-impersonal", step_impersonal: PatientText(check)),
    rule!(Warn, "steps-too-many", steps_too_many: Page(check)),
    rule!(Warn, "study-unnamed", study_unnamed: Unsourced(check)),
    rule!(Warn, "summary-missing", summary_missing: Page(check)),
    rule!(Error, "superseded-by-undefined", superseded_by_undefined: Lists(check)),
    reading!(Error, "table-cells-too-many", table_cells_too_many),
    rule!(Warn, "table-header-missing", table_header_missing: Page(check)),
    reading!(Error, "table-not-read", table_not_read),
    later!(Error, "template-broken", template_broken),
    rule!(Warn, "term-unexplained", term_unexplained: PatientText(check)),
    rule!(Error, "theme-accent-contrast", theme_accent_contrast: Lists(check)),
    rule!(Error, "theme-text-unclear", theme_text_unclear: File(check)),
    rule!(Error, "third-party-request", third_party_request: Page(page), File(file)),
    rule!(Error, "translation-source-missing", translation_source_missing: Page(check)),
    rule!(Warn, "translation-stale", translation_stale: PageAmongOthers(check)),
    rule!(Error, "url-duplicate", url_duplicate: Site(check)),
    rule!(Warn, "version-not-raised", version_not_raised: Site(check)),
    rule!(Note, "version-not-recorded", version_not_recorded: Site(check)),
    rule!(Warn, "waiver-expired", waiver_expired: Standing(check)),
    rule!(Error, "waiver-rule-unknown", waiver_rule_unknown: Page(check)),
    rule!(Warn, "waiver-unused", waiver_unused: Standing(check)),
    rule!(Warn, "web-anchor-missing", web_anchor_missing: Web(tell)),
    rule!(Error, "web-link-dead", web_link_dead: Web(tell)),
    rule!(Warn, "web-link-moved", web_link_moved: Web(tell)),
    rule!(Note, "web-link-not-checked", web_link_not_checked: Web(tell)),
    rule!(Error, "web-link-private", web_link_private: Web(tell)),
    rule!(Warn, "web-source-access-date-missing", web_source_access_date_missing: Lists(check)),
    rule!(Error, "words-broken", words_broken: Site(check)),
    rule!(Note, "words-missing", words_missing: Site(check)),
    rule!(Note, "work-corrected", work_corrected: Page(check)),
    rule!(Warn, "work-duplicate", work_duplicate: Lists(check)),
    rule!(Note, "work-not-checkable", work_not_checkable: Lists(check)),
    rule!(Error, "work-retracted", work_retracted: Page(cited), Site(not_cited)),
    rule!(Warn, "work-superseded", work_superseded: Page(check)),
    rule!(Warn, "work-under-concern", work_under_concern: Page(check)),
    rule!(Warn, "year-out-of-range", year_out_of_range: Lists(check)),
    rule!(Warn, "you-missing", you_missing: PatientText(check)),
];

/// The rule of a name, or else the rule whose name is nearest, if one is near.
pub fn named(name: &str) -> Result<&'static Rule, Option<&'static Rule>> {
    let rule = |name: &str| RULES.binary_search_by_key(&name, |rule| rule.name).ok().map(|rule| &RULES[rule]);
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
    let shows_later = matches!(checks, [Check::Web(_)]);
    Rule { name, summary: first_paragraph(docs), docs, default_level, checks, shows_later }
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
