//! The shape of a table as JSON Schema, draft 7: the newest that editors of TOML read.

use serde_json::{Map, Value, json};

use super::explanations::Explanations;
use crate::parse::closed_table::{TableShape, ValueShape, Values};

/// A schema of a whole file.
pub(super) fn schema(title: &str, shape: &TableShape, explanations: &Explanations) -> Value {
    let mut schema = table(shape, &mut Vec::new(), explanations);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(title);
    schema
}

fn table<'s>(shape: &'s TableShape, path: &mut Vec<&'s str>, explanations: &Explanations) -> Value {
    let mut properties = Map::new();
    for key in &shape.keys {
        path.push(key.name);
        let mut property = one_of(&key.values, path, explanations);
        if let Some(words) = explanations.about(path) {
            property["description"] = json!(sentence(words));
        }
        properties.insert(key.name.to_owned(), property);
        path.pop();
    }
    let required: Vec<&str> = shape.keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let others = match &shape.others {
        Some(values) => {
            path.push("*");
            let others = one_of(values, path, explanations);
            path.pop();
            others
        }
        None => json!(false),
    };
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": others });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// Words that may have followed a colon, as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn one_of(values: &Values, path: &mut Vec<&str>, explanations: &Explanations) -> Value {
    let mut all: Vec<Value> = values.all().iter().map(|shape| value(shape, path, explanations)).collect();
    match all.len() {
        0 => json!({}),
        1 => all.remove(0),
        _ => json!({ "anyOf": all }),
    }
}

fn value(shape: &ValueShape, path: &mut Vec<&str>, explanations: &Explanations) -> Value {
    match shape {
        ValueShape::Text => json!({ "type": "string", "pattern": "\\S" }),
        // A list of nothing could not be chosen from: whatever stands there is wrong for another reason.
        ValueShape::Word(words) if words.is_empty() => json!({ "type": "string" }),
        ValueShape::Word(words) => json!({ "type": "string", "enum": words }),
        ValueShape::Integer(least, most) => {
            let mut schema = json!({ "type": "integer" });
            if *least > i64::MIN {
                schema["minimum"] = json!(least);
            }
            if *most < i64::MAX {
                schema["maximum"] = json!(most);
            }
            schema
        }
        ValueShape::Number => json!({ "type": "number" }),
        ValueShape::Boolean => json!({ "type": "boolean" }),
        // JSON has no dates, so readers of TOML hand them on as text.
        ValueShape::Date => json!({ "type": "string", "format": "date" }),
        ValueShape::List(items) => json!({ "type": "array", "items": one_of(items, path, explanations) }),
        ValueShape::Table(shared) => table_of(&shared.shape(), path, explanations),
    }
}

fn table_of(shape: &TableShape, path: &[&str], explanations: &Explanations) -> Value {
    table(shape, &mut path.to_vec(), explanations)
}
