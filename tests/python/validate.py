"""Holds documents to JSON Schemas. Reads a JSON list of [schema, document] from a file; a schema is a path, or the name of one that
check-jsonschema brings along, such as vendor.gitlab-ci; a document is the path of a TOML, JSON or YAML file. Prints a JSON list:
for each document what is wrong with it, as a list of sentences."""

import datetime
import functools
import importlib.resources
import json
import sys
import tomllib

import jsonschema
import ruamel.yaml


def plain(value):
    """What JSON has no word for becomes text, as editors hand it on."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


def document(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if path.endswith(".json"):
        return json.loads(text)
    if path.endswith(".toml"):
        return plain(tomllib.loads(text))
    return plain(ruamel.yaml.YAML(typ="safe").load(text))


@functools.cache
def validator(name):
    if name.startswith("vendor."):
        schemas = importlib.resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
        schema = json.loads((schemas / f"{name.removeprefix('vendor.')}.json").read_text(encoding="utf-8"))
    else:
        schema = document(name)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def faults(schema, path):
    errors = sorted(validator(schema).iter_errors(document(path)), key=lambda error: list(map(str, error.absolute_path)))
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in errors]


with open(sys.argv[1], encoding="utf-8") as asked:
    print(json.dumps([faults(schema, path) for schema, path in json.load(asked)]))
