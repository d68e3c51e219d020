//! What psychoed promises to other programs: the schemas it prints say what it reads, and what it writes is what other schemas
//! ask for.
//!
//! Documents are held to schemas by Python's `jsonschema`: `PSYCHOED_PYTHON` names a Python that has it (`tests/run` sets it).
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use psychoed::content::KindName;
use psychoed::site::Facts;
use psychoed::source::{SitePath, Sources};
use psychoed::{Memo, Options, build};
use serde_json::Value;
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn psychoed(arguments: &[&str], root: &Path) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_psychoed")).args(arguments).arg("--root").arg(root).output().unwrap();
    String::from_utf8(run.stdout).unwrap()
}

fn schema_text(of: &str, root: &Path) -> String {
    psychoed(&["schema", of], root)
}

fn schema(of: &str, root: &Path) -> Value {
    serde_json::from_str(&schema_text(of, root)).unwrap_or_else(|_| panic!("no schema of {of}"))
}

fn all() -> Vec<&'static str> {
    KindName::ALL.map(KindName::name).into_iter().chain(["site-config"]).collect()
}

/// Every table of a schema by its header in TOML, with its own schema.
fn tables(schema: &Value) -> Vec<(String, &Value)> {
    fn below<'s>(path: &str, schema: &'s Value, found: &mut Vec<(String, &'s Value)>) {
        let named = schema["properties"].as_object().into_iter().flatten().map(|(key, value)| (key.as_str(), value));
        let others = Some(&schema["additionalProperties"]).filter(|others| others["type"] == "object");
        for (key, value) in named.chain(others.map(|others| ("one", others))) {
            let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            let (header, table) = match &value["items"] {
                Value::Null => (format!("[{path}]"), value),
                items => (format!("[[{path}]]"), items),
            };
            if table["type"] == "object" {
                found.push((header, table));
                below(&path, table, found);
            }
        }
    }
    let mut found = vec![(String::new(), schema)];
    below("", schema, &mut found);
    found
}

fn keys(schema: &Value) -> BTreeSet<String> {
    schema["properties"].as_object().unwrap().keys().cloned().collect()
}

/// What the parser says are the keys of each table that it is given, in their order.
fn keys_known(path: &str, text: &str) -> Vec<BTreeSet<String>> {
    let config = if path == Sources::CONFIG { text } else { "" };
    let files =
        [(Sources::CONFIG, config), (path, text)].map(|(path, text)| (SitePath::new(path), text.as_bytes().into()));
    let facts = Facts::on(jiff::civil::date(2026, 11, 22));
    let built = build(&Arc::new(Sources { files: files.into() }), &facts, &Options::default(), &mut Memo::default());
    let unknown = built.diagnostics.iter().filter(|found| found.rule.ends_with("-key-unknown"));
    let listed = |hint: &str| hint.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let mut found: Vec<_> = unknown.map(|found| (found.at.span, listed(found.hint.as_deref().unwrap()))).collect();
    found.sort();
    found.into_iter().map(|(_, keys)| keys).collect()
}

#[test]
fn a_schema_has_the_keys_that_the_parser_knows() {
    for of in all() {
        let schema = schema(of, Path::new("/nowhere"));
        // Tables whose keys are all the author's own know none that could be missing.
        let tables: Vec<_> = tables(&schema)
            .into_iter()
            .filter(|(header, table)| table["additionalProperties"] == false && header != "[checks]")
            .collect();
        let unknown: Vec<String> = tables.iter().map(|(header, _)| format!("{header}\nzzz = 1\n")).collect();
        let known = match of {
            "site-config" => keys_known(Sources::CONFIG, &unknown.concat()),
            kind => keys_known("content/a.md", &format!("+++\nkind = \"{kind}\"\n{}+++\n\nText.\n", unknown.concat())),
        };
        assert_eq!(known.len(), tables.len(), "{of}: one unknown key in each table\n{}", unknown.concat());
        for ((header, table), known) in tables.iter().zip(known) {
            assert_eq!(keys(table), known, "{of} {header}");
        }
    }
}

#[test]
fn every_key_is_explained() {
    for of in all() {
        let schema = schema(of, Path::new(ROOT));
        let mut explained = 0;
        for (header, table) in tables(&schema) {
            for (key, value) in table["properties"].as_object().unwrap() {
                let words = value["description"].as_str().unwrap_or_default();
                assert!(
                    words.ends_with('.'),
                    "{of} {header} {key}: {words:?} (see src/commands/schema/front-matter.toml)"
                );
                explained += 1;
            }
        }
        assert!(explained > 10, "{of}");
    }
}

#[test]
fn no_explanation_is_left_of_a_key_that_is_gone() {
    fn below(path: &str, table: &toml::Table, found: &mut BTreeSet<String>) {
        for (key, value) in table {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let inner = value.as_array().and_then(|items| items.first()).unwrap_or(value);
            if let Some(table) = inner.as_table() {
                below(&path, table, found);
            }
            found.insert(path);
        }
    }
    let text = fs::read_to_string(Path::new(ROOT).join("src/commands/schema/front-matter.toml")).unwrap();
    let mut explained = BTreeSet::new();
    below("", &text.parse().unwrap(), &mut explained);
    let mut known = BTreeSet::new();
    for kind in KindName::ALL {
        for (header, table) in tables(&schema(kind.name(), Path::new(ROOT))) {
            let group = header.trim_matches(['[', ']']);
            known.extend(
                keys(table).into_iter().map(|key| if group.is_empty() { key } else { format!("{group}.{key}") }),
            );
        }
    }
    assert_eq!(explained.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn a_schema_says_what_is_required_and_what_can_be_chosen() {
    let evidence = schema("evidence", Path::new(ROOT));
    assert_eq!(evidence["$schema"], "http://json-schema.org/draft-07/schema#");
    assert_eq!(evidence["required"], serde_json::json!(["kind", "id", "title"]));
    assert_eq!(schema("term", Path::new(ROOT))["required"], serde_json::json!(["kind", "title"]));
    assert_eq!(evidence["additionalProperties"], false);
    assert_eq!(evidence["properties"]["kind"]["enum"], serde_json::json!(["evidence"]));
    assert_eq!(
        evidence["properties"]["findings"]["items"]["properties"]["certainty"]["properties"]["down"]["items"],
        serde_json::json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["domain", "why"],
            "properties": {
                "domain": {
                    "type": "string",
                    "enum": ["risk-of-bias", "inconsistency", "indirectness", "imprecision", "publication-bias"],
                    "description": "What weakens it.",
                },
                "by": {
                    "type": "integer", "minimum": 1, "maximum": 3,
                    "description": "By how many levels; 1 if it is not said.",
                },
                "why": { "type": "string", "pattern": "\\S", "description": "The reason, in a sentence." },
            },
        })
    );
    let config = schema("site-config", Path::new(ROOT));
    let level = &config["properties"]["checks"]["properties"]["review-overdue"];
    assert_eq!(level["enum"], serde_json::json!(["off", "note", "warn", "error"]));
    assert_eq!(level["description"], "The day by which a page had to be reviewed again has passed.");
    assert_eq!(
        config["properties"]["editions"]["additionalProperties"]["properties"]["audiences"]["items"]["enum"],
        serde_json::json!(["patient", "clinician", "trainee", "instructor"])
    );
}

#[test]
fn within_a_project_its_phases_and_focal_areas_can_be_chosen() {
    let root = TempDir::new().unwrap();
    let phases = |root: &Path| schema("handout", root)["properties"]["phase"]["items"].clone();
    assert_eq!(phases(root.path()), serde_json::json!({ "type": "string" }));
    fs::write(root.path().join("site-config.toml"), "[[phases]]\nid = \"early\"\ntitle = \"Early\"\n").unwrap();
    assert_eq!(phases(root.path()), serde_json::json!({ "type": "string", "enum": ["early"] }));
}

#[test]
fn a_kind_that_does_not_exist_is_refused() {
    let run = Command::new(env!("CARGO_BIN_EXE_psychoed")).args(["schema", "handuot"]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("a similar value exists: 'handout'"), "{said}");
}

/// Documents to hold to schemas, all at once.
struct Held {
    scratch: TempDir,
    asked: Vec<(String, String)>,
    /// Whether each is to pass, and what to call it.
    expected: Vec<(bool, String)>,
}

impl Held {
    fn new() -> Self {
        Self { scratch: TempDir::new().unwrap(), asked: Vec::new(), expected: Vec::new() }
    }

    /// Puts a text where Python finds it.
    fn put(&self, name: &str, text: &str) -> String {
        let path = self.scratch.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn ask(&mut self, schema: &str, ending: &str, text: &str, passes: bool, name: impl Into<String>) {
        let path = self.put(&format!("{}.{ending}", self.asked.len()), text);
        self.asked.push((schema.to_owned(), path));
        self.expected.push((passes, name.into()));
    }

    /// Asks Python; without one nothing is held to anything, but never where every test has to run.
    fn hold(self) {
        let Some(python) = std::env::var_os("PSYCHOED_PYTHON") else {
            assert!(std::env::var_os("CI").is_none(), "PSYCHOED_PYTHON is not set");
            return;
        };
        let asked = self.put("asked.json", &serde_json::to_string(&self.asked).unwrap());
        let script = Path::new(ROOT).join("tests/python/validate.py");
        let answer = Command::new(python).arg(script).arg(asked).output().unwrap();
        assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
        let faults: Vec<Vec<String>> = serde_json::from_slice(&answer.stdout).unwrap();
        assert_eq!(faults.len(), self.expected.len());
        for ((passes, name), faults) in self.expected.iter().zip(faults) {
            assert_eq!(*passes, faults.is_empty(), "{name}: {faults:#?}");
        }
    }
}

/// A page's kind and the TOML at its top.
fn front_matter(page: &str) -> Option<(&str, &str)> {
    let (toml, _) = page.trim_start_matches('\u{feff}').strip_prefix("+++\n")?.split_once("\n+++")?;
    let kind = toml.lines().find_map(|line| line.strip_prefix("kind = \""))?;
    Some((kind.split('"').next()?, toml))
}

#[test]
fn every_page_of_the_library_and_of_the_fixtures_is_as_its_schema_asks() {
    let mut held = Held::new();
    let mut pages = 0;
    for project in
        ["", "tests/sites/dialect/site", "tests/sites/minimal/site", "tests/render/clinic", "src/commands/new_project"]
    {
        let root = Path::new(ROOT).join(project);
        let name = project.replace('/', "-");
        let config = fs::read_to_string(root.join(Sources::CONFIG)).unwrap();
        // What `init` fills in afterwards is not TOML yet.
        if !config.contains("{{") {
            let schema = held.put(&format!("{name}-config.schema.json"), &schema_text("site-config", &root));
            held.ask(&schema, "toml", &config, true, format!("{project}/{}", Sources::CONFIG));
        }
        let schemas = KindName::ALL.map(|kind| {
            let text = schema_text(kind.name(), &root);
            (kind.name(), held.put(&format!("{name}-{}.schema.json", kind.name()), &text))
        });
        for entry in walkdir::WalkDir::new(root.join("content")).into_iter().map(Result::unwrap) {
            let is_page = entry.path().extension().is_some_and(|ending| ending == "md");
            let Some(text) = is_page.then(|| fs::read_to_string(entry.path()).unwrap()) else { continue };
            let Some((kind, toml)) = front_matter(&text).filter(|(_, toml)| !toml.contains("{{")) else { continue };
            let (_, schema) = schemas.iter().find(|(name, _)| *name == kind).unwrap();
            held.ask(schema, "toml", toml, true, entry.path().display().to_string());
            pages += 1;
        }
    }
    assert!(pages > 60, "only {pages} pages");
    held.hold();
}

#[test]
fn what_is_wrong_is_wrong_by_the_schema_too() {
    let mut held = Held::new();
    let root = Path::new(ROOT);
    let schema_of = |of: &str| held.put(&format!("{of}.schema.json"), &schema_text(of, root));
    let (handout, evidence, config) = (schema_of("handout"), schema_of("evidence"), schema_of("site-config"));
    let top = "kind = \"handout\"\nid = \"HO-A\"\ntitle = \"A\"\n";
    for (more, passes) in [
        ("", true),
        ("phase = [\"middle\"]\nreviewed = 2026-10-01\norder = -1\ndraft = true\n", true),
        ("titel = \"A\"\n", false),
        ("phase = [\"midle\"]\n", false),
        ("phase = \"middle\"\n", false),
        ("summary = \"  \"\n", false),
        ("reviewed = \"soon\"\n", false),
        ("audience = [\"patients\"]\n", false),
        ("order = 1.5\n", false),
        ("draft = \"yes\"\n", false),
        ("reviewers = [{ name = \"A\" }]\n", false),
        ("objectives = [\"To learn\"]\n", false),
    ] {
        held.ask(&handout, "toml", &format!("{top}{more}"), passes, more);
    }
    held.ask(&handout, "toml", "kind = \"handout\"\ntitle = \"A\"\n", false, "a handout without an id");
    held.ask(&handout, "toml", &top.replace("handout", "term"), false, "another kind");
    let top = "kind = \"evidence\"\nid = \"EV-A\"\ntitle = \"A\"\n[[findings]]\nstatement = \"S\"\noutcome = \"O\"\nsources = [\"a\"]\n";
    for (more, passes) in [
        ("studies = 1\n", true),
        ("studies = 0\n", false),
        ("design = \"guess\"\n", false),
        ("effect = { measure = \"SMD\", value = 1, ci = [0.1, 2] }\n", true),
        ("effect = { measure = \"SMD\" }\n", false),
        ("effect = { measure = \"SMD\", value = \"large\" }\n", false),
        (
            "certainty = { system = \"GRADE\", rating = \"low\", down = [{ domain = \"large-effect\", why = \"W\" }] }\n",
            false,
        ),
    ] {
        held.ask(&evidence, "toml", &format!("{top}{more}"), passes, more);
    }
    for (text, passes) in [
        ("title = \"A\"\n[checks]\nreview-overdue = \"warn\"\n", true),
        ("[checks]\nreview-overdu = \"warn\"\n", false),
        ("[checks]\nreview-overdue = \"loud\"\n", false),
        ("[editions.a]\ntitle = \"A\"\n", false),
        ("[editions.a]\naudiences = [\"patient\"]\n", true),
        ("[[waivers]]\nrule = \"x\"\nreason = \"R\"\nuntil = 2027-01-01\n", false),
        ("[[phases]]\nid = \"a\"\n", false),
        ("[theme]\ncolour = \"red\"\n", false),
    ] {
        held.ask(&config, "toml", text, passes, text);
    }
    held.hold();
}

/// The schema of SARIF, which a package of npm brings along.
fn sarif_schema() -> Option<PathBuf> {
    let schema =
        Path::new(ROOT).join("tests/browser/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    assert!(schema.exists() || std::env::var_os("CI").is_none(), "{} is missing", schema.display());
    schema.exists().then_some(schema)
}

#[test]
fn sarif_is_valid() {
    let Some(schema) = sarif_schema() else { return };
    let schema = schema.display().to_string();
    let mut held = Held::new();
    let hostile = TempDir::new().unwrap();
    fs::create_dir(hostile.path().join("content")).unwrap();
    fs::write(
        hostile.path().join("content/a b%#é.md"),
        "\u{feff}+++\r\nTitel = \"🙂\"\r\n+++\r\n[x](A%20B%25%23%C3%89.md) \u{202e}<b>",
    )
    .unwrap();
    fs::write(hostile.path().join("content/latin.md"), b"caf\xe9").unwrap();
    for root in [Path::new(ROOT), &Path::new(ROOT).join("tests/sites/faulty/site"), hostile.path()] {
        let text = psychoed(&["check", "--today", "2026-06-01", "--format", "sarif"], root);
        let log: Value = serde_json::from_str(&text).unwrap();
        assert!(!log["runs"][0]["results"].as_array().unwrap().is_empty(), "{}", root.display());
        held.ask(&schema, "json", &text, true, root.display().to_string());
        held.ask(&schema, "json", &text.replace("\"startLine\"", "\"startline\""), false, "a wrong key");
    }
    held.hold();
}

#[test]
fn the_examples_for_services_are_what_those_services_read() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let mut held = Held::new();
    let mut examples = 0;
    for block in readme.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
        let service = if block.contains("runs-on:") { "vendor.github-workflows" } else { "vendor.gitlab-ci" };
        held.ask(service, "yaml", block, true, block);
        held.ask(
            service,
            "yaml",
            &block.replace("runs-on:", "runs:").replace("script:", "scripts:"),
            false,
            "a wrong key",
        );
        examples += 1;
    }
    assert_eq!(examples, 2);
    held.hold();
}
