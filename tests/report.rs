//! One set of findings in every format, as a whole.

use std::sync::Arc;

use psychoed::diagnostic::{Diagnostic, Location, Severity};
use psychoed::report::{Format, Summary, write};
use psychoed::source::{SitePath, Sources};

const PAGE: &str = "+++\nkind = \"handout\"\n+++\n\nSée [help](grief-help.md) now.\n";

fn findings() -> (Vec<Diagnostic>, Sources) {
    let page = SitePath::new("content/handouts/grief.md");
    let other = SitePath::new("content/handouts/loss.md");
    let mut sources = Sources::default();
    sources.files.insert(page.clone(), Arc::from(PAGE.as_bytes()));
    sources.files.insert(other.clone(), Arc::from(&b"50 \xb5g\n"[..]));
    let address = PAGE.find("grief-help").unwrap();
    let mut found = Diagnostic::error(
        "link-target-missing",
        Location::new(&page, &(address..address + "grief-help.md".len())),
        "the page “grief-help.md” does not exist",
    )
    .hint("Did you mean `grief.md`?")
    .related(Location::new(&page, &(4..8)), "on this page");
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
                },
                {
                    "rule": "source-not-utf8", "severity": "warning", "message": "this byte is not UTF-8, 100% sure",
                    "path": "content/handouts/loss.md", "line": 1, "column": 4, "end_line": 1, "end_column": 5,
                    "hint": null, "related": [],
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
Nothing was published
"
    );
}

#[test]
fn sarif_names_rule_place_and_level() {
    let log: serde_json::Value = serde_json::from_str(&written(Format::Sarif)).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "psychoed");
    assert_eq!(run["results"][0]["ruleId"], "link-target-missing");
    assert_eq!(run["results"][0]["level"], "error");
    assert_eq!(
        run["results"][0]["message"]["text"],
        "the page “grief-help.md” does not exist. Did you mean `grief.md`?"
    );
    let place = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/handouts/grief.md");
    assert_eq!(
        place["region"],
        serde_json::json!({ "startLine": 5, "startColumn": 12, "endLine": 5, "endColumn": 25 })
    );
}
