//! One set of findings in every format, as a whole.

use psychoed::diagnostic::{Diagnostic, Location, Severity};
use psychoed::report::{Format, Summary, write};
use psychoed::source::{SitePath, Sources};

const PAGE: &str = "+++\nkind = \"handout\"\n+++\n\nSée [help](grief-help.md) now.\n";

fn findings() -> (Vec<Diagnostic>, Sources) {
    let page = SitePath::new("content/handouts/grief.md");
    let other = SitePath::new("content/handouts/loss.md");
    let mut sources = Sources::default();
    sources.files.insert(page.clone(), PAGE.into());
    sources.files.insert(other.clone(), (&b"50 \xb5g\n"[..]).into());
    let address = PAGE.find("grief-help").unwrap();
    let mut found = Diagnostic::error(
        "link-target-missing",
        Location::new(&page, &(address..address + "grief-help.md".len())),
        "the page “grief-help.md” does not exist",
    )
    .hint("Did you mean `grief.md`?")
    .related(Location::new(&page, &(4..8)), "on this page")
    .fixed_by(Location::new(&page, &(address..address + "grief-help.md".len())), "<\"grief.md\">");
    let mut encoding =
        Diagnostic::error("source-not-utf8", Location::new(&other, &(3..4)), "this byte is not UTF-8, 100% sure");
    encoding.severity = Severity::Warning;
    found.severity = Severity::Error;
    (vec![found, encoding], sources)
}

fn written(format: Format) -> String {
    let (diagnostics, sources) = findings();
    let summary = Summary { links: 3, citations: 1, outcome: "Nothing was published".to_owned(), ..Summary::default() };
    write(format, &diagnostics, &sources, &summary, false)
}

#[test]
fn people_see_the_line_and_the_spot() {
    assert_eq!(
        written(Format::Human),
        "\
error[link-target-missing]: the page “grief-help.md” does not exist
 --> content/handouts/grief.md:5:12
  |
2 | kind = \"handout\"
  | ---- on this page
...
5 | Sée [help](grief-help.md) now.
  |            ^^^^^^^^^^^^^
  |
  = help: Did you mean `grief.md`?

warning[source-not-utf8]: this byte is not UTF-8, 100% sure
 --> content/handouts/loss.md:1:4
  |
1 | 50 \\xB5g
  |    ^^^^

Checked 3 links and 1 citation; 1 error, 1 warning
`psychoed check --fix` mends 1 of them; with --dry-run it shows how
Nothing was published
"
    );
}

#[test]
fn json_has_the_promised_form() {
    let report: serde_json::Value = serde_json::from_str(&written(Format::Json)).unwrap();
    assert_eq!(
        report,
        serde_json::json!({
            "diagnostics": [
                {
                    "rule": "link-target-missing", "severity": "error",
                    "message": "the page “grief-help.md” does not exist", "path": "content/handouts/grief.md",
                    "line": 5, "column": 12, "end_line": 5, "end_column": 25, "hint": "Did you mean `grief.md`?",
                    "related": [{ "path": "content/handouts/grief.md", "line": 2, "column": 1, "message": "on this page" }],
                    "fix": {
                        "path": "content/handouts/grief.md", "line": 5, "column": 12, "end_line": 5, "end_column": 25,
                        "replacement": "<\"grief.md\">",
                    },
                },
                {
                    "rule": "source-not-utf8", "severity": "warning", "message": "this byte is not UTF-8, 100% sure",
                    "path": "content/handouts/loss.md", "line": 1, "column": 4, "end_line": 1, "end_column": 5,
                    "hint": null, "related": [], "fix": null,
                },
            ],
            "summary": { "pages": 0, "links": 3, "citations": 1, "errors": 1, "warnings": 1 },
        })
    );
}

#[test]
fn github_gets_workflow_commands() {
    assert_eq!(
        written(Format::Github),
        "\
::error file=content/handouts/grief.md,line=5,endLine=5,col=12,endColumn=25,title=link-target-missing::the page “grief-help.md” does not exist%0ADid you mean `grief.md`?
::warning file=content/handouts/loss.md,line=1,endLine=1,col=4,endColumn=5,title=source-not-utf8::this byte is not UTF-8, 100%25 sure
Checked 3 links and 1 citation; 1 error, 1 warning
`psychoed check --fix` mends 1 of them; with --dry-run it shows how
Nothing was published
"
    );
}

#[test]
fn sarif_names_rule_place_level_and_what_mends_it() {
    let log: serde_json::Value = serde_json::from_str(&written(Format::Sarif)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "psychoed");
    let rules: Vec<_> = run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|rule| &rule["id"]).collect();
    assert_eq!(rules, ["link-target-missing", "source-not-utf8"]);
    let file = serde_json::json!({ "uri": "content/handouts/grief.md", "uriBaseId": "%SRCROOT%" });
    let region = serde_json::json!({ "startLine": 5, "startColumn": 12, "endLine": 5, "endColumn": 25 });
    assert_eq!(
        run["results"][0],
        serde_json::json!({
            "ruleId": "link-target-missing",
            "level": "error",
            "message": { "text": "the page “grief-help.md” does not exist. Did you mean `grief.md`?" },
            "locations": [{ "physicalLocation": { "artifactLocation": file, "region": region } }],
            "relatedLocations": [{
                "physicalLocation": {
                    "artifactLocation": file,
                    "region": { "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 5 },
                },
                "message": { "text": "on this page" },
            }],
            "fixes": [{
                "description": { "text": "Did you mean `grief.md`?" },
                "artifactChanges": [{
                    "artifactLocation": file,
                    "replacements": [{ "deletedRegion": region, "insertedContent": { "text": "<\"grief.md\">" } }],
                }],
            }],
        })
    );
    assert_eq!(run["results"][1]["level"], "warning");
    assert_eq!(run["results"][1]["fixes"], serde_json::Value::Null);
}

/// The suites of rules that found something.
fn junit(diagnostics: &[Diagnostic], sources: &Sources, strict: bool) -> (String, String) {
    let summary = Summary { strict, ..Summary::default() };
    let text = write(Format::Junit, diagnostics, sources, &summary, false);
    let (head, suites) = text.split_once("    <testsuite ").unwrap();
    let suites: Vec<String> = format!("    <testsuite {suites}")
        .split_inclusive("    </testsuite>\n")
        .filter(|suite| !suite.contains("nothing found"))
        .map(str::to_owned)
        .collect();
    (head.to_owned(), suites.concat())
}

#[test]
fn junit_has_a_test_for_every_finding_and_every_rule_that_found_nothing() {
    let (mut diagnostics, sources) = findings();
    diagnostics.insert(1, diagnostics[0].clone());
    let mut waived = diagnostics[0].clone();
    waived.message = "a control character \u{1}".into();
    waived.waived = Some("until 2027-01-01: Nobody <minds>.".into());
    diagnostics.push(waived);
    let (head, suites) = junit(&diagnostics, &sources, false);
    let tests = psychoed::check::RULES.len() - 2 + 4;
    assert_eq!(
        head,
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <testsuites name=\"psychoed\" tests=\"{tests}\" skipped=\"1\" failures=\"2\" errors=\"0\">\n"
        )
    );
    let failed = "classname=\"link-target-missing\" file=\"content/handouts/grief.md\">
            <failure message=\"the page “grief-help.md” does not exist\" type=\"error\">\
content/handouts/grief.md:5:12: the page “grief-help.md” does not exist
Did you mean `grief.md`?</failure>
        </testcase>";
    assert_eq!(
        suites,
        format!(
            "    <testsuite name=\"link-target-missing\" tests=\"3\" skipped=\"1\" errors=\"0\" failures=\"2\">
        <testcase name=\"content/handouts/grief.md: the page “grief-help.md” does not exist\" {failed}
        <testcase name=\"content/handouts/grief.md: the page “grief-help.md” does not exist (2)\" {failed}
        <testcase name=\"content/handouts/grief.md: a control character \" classname=\"link-target-missing\" \
             file=\"content/handouts/grief.md\">
            <skipped message=\"waived until 2027-01-01: Nobody &lt;minds&gt;.\"/>
        </testcase>
    </testsuite>
    <testsuite name=\"source-not-utf8\" tests=\"1\" skipped=\"0\" errors=\"0\" failures=\"0\">
        <testcase name=\"content/handouts/loss.md: this byte is not UTF-8, 100% sure\" classname=\"source-not-utf8\" \
             file=\"content/handouts/loss.md\">
            <system-out>warning: content/handouts/loss.md:1:4: this byte is not UTF-8, 100% sure</system-out>
        </testcase>
    </testsuite>
</testsuites>
"
        )
    );
}

#[test]
fn in_junit_a_warning_fails_a_strict_run_only() {
    let (diagnostics, sources) = findings();
    assert_eq!(junit(&diagnostics, &sources, false).0.matches("failures=\"1\"").count(), 1);
    assert_eq!(junit(&diagnostics, &sources, true).0.matches("failures=\"2\"").count(), 1);
}
