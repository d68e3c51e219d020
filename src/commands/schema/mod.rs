//! `psychoed schema`: what a page's front matter or the configuration may hold, for editors that complete and check.

mod explanations;
mod json;

use std::path::Path;

use serde_json::{Value, json};

use super::{fault, print_out};
use crate::check::RULES;
use crate::cli::{SchemaArguments, SchemaOf};
use crate::config::Config;
use crate::content::KindName;
use crate::load;
use crate::parse;
use crate::source::Sources;
use explanations::Explanations;

/// Every key of the configuration with an explanation.
const CONFIG: &str = include_str!("../../../site-config.toml");
/// Every key of front matter with an explanation.
const FRONT_MATTER: &str = include_str!("front-matter.toml");

/// Prints a schema.
pub fn schema(arguments: &SchemaArguments) -> u8 {
    let schema = match arguments.of {
        SchemaOf::SiteConfig => of_config(),
        SchemaOf::Kind(kind) => match config(&arguments.root) {
            Ok(config) => of_front_matter(kind, &config),
            Err(why) => return fault(why),
        },
    };
    print_out(format!("{schema:#}\n").as_bytes())
}

/// The configuration of the project, whose phases and focal areas pages may name; that of no project in particular elsewhere.
fn config(root: &Path) -> Result<Config, load::Fault> {
    match load::project(root) {
        Ok(sources) => Ok(parse::config::config(&sources).0),
        Err(load::Fault::NoProject(_)) => Ok(parse::config::config(&Sources::default()).0),
        Err(why) => Err(why),
    }
}

fn of_config() -> Value {
    let explanations = Explanations::of(CONFIG);
    let mut schema = json::schema("Settings of a psychoed site", &parse::config::shape(), &explanations);
    if let Some(checks) = schema.pointer_mut("/properties/checks") {
        name_rules(checks);
    }
    if let Some(stale_after) = schema.pointer_mut("/properties/citations/properties/stale-after/properties") {
        explain_kinds(stale_after);
    }
    name_waived_rule(&mut schema);
    schema
}

/// Says the same of every kind of page, where a key of the configuration is a kind.
fn explain_kinds(stale_after: &mut Value) {
    for kind in KindName::ALL.map(KindName::name) {
        let words = format!("After how many years the newest source of a page of kind {kind} counts as old.");
        stale_after[kind]["description"] = json!(words);
    }
}

/// Puts the rules where a level stands under a name that the author chooses: which rules there are is known only here.
fn name_rules(table: &mut Value) {
    let mut others = table["additionalProperties"].take();
    if others["enum"].is_array() {
        for rule in RULES {
            others["description"] = json!(rule.summary);
            table["properties"][rule.name] = others.clone();
        }
        others = json!(false);
    }
    table["additionalProperties"] = others;
    let groups = table["properties"].as_object_mut().into_iter().flat_map(|keys| keys.values_mut());
    groups.filter(|group| group["type"] == "object").for_each(name_rules);
}

fn name_waived_rule(schema: &mut Value) {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    if let Some(rule) = schema.pointer_mut("/properties/waivers/items/properties/rule") {
        rule["enum"] = json!(names);
    }
}

fn of_front_matter(kind: KindName, config: &Config) -> Value {
    let title = format!("Front matter of a page of kind {}", kind.name());
    let explanations = Explanations::of(FRONT_MATTER);
    let mut schema = json::schema(&title, &parse::front_matter::shape(kind, config), &explanations);
    schema["properties"]["kind"]["enum"] = json!([kind.name()]);
    name_waived_rule(&mut schema);
    schema
}
