//! Prints the JSON Schema of a document that people write by hand, for their editors.
//!
//! `cargo run -q --example schema -- policy > pkg/grantlet.schema.json`, and likewise `tests` and `directory`, write them
//! anew after a change of the tables in `document::shape`; a test fails until that is done.
//!
//! Draft 7, because that is what editors know best: VS Code, and the language server for YAML. A schema says what a
//! document looks like. What it cannot say is in what its names lead to: whether a role is declared, what a pattern
//! matches, that nothing goes round in a circle. `grantlet check` says that.
#![allow(clippy::expect_used, clippy::panic)]

use grantlet::document::shape::{self, Empty, Field, Kind, Shape, Space, VERSION};
use grantlet::limits;
use serde_json::{Map, Value, json};

/// A key that editors show in place of a regular expression. Validators that do not know it pass it over.
const EXPLANATION: &str = "patternErrorMessage";
/// The largest number of milliseconds that a date of JavaScript holds.
const LAST_INSTANT: i64 = 8_640_000_000_000_000;

fn main() {
    let (shape, title) = match std::env::args().nth(1).as_deref() {
        Some("policy") => (&shape::POLICY, "A policy of grantlet"),
        Some("tests") => (&shape::TESTS, "What a policy of grantlet must answer"),
        Some("directory") => (&shape::DIRECTORY, "The subjects and resources that a policy of grantlet is asked about"),
        _ => panic!("say which: policy, tests or directory"),
    };
    let mut schema = json!({ "$schema": "http://json-schema.org/draft-07/schema#", "title": title });
    add(&mut schema, json!({ "description": shape.doc }));
    add(&mut schema, object(shape));
    let parts = shape::shapes(&[shape]);
    let definitions = parts.iter().skip(1).map(|part| (part.name.to_owned(), object(part)));
    let definitions: Vec<(String, Value)> = definitions.chain(texts()).chain(choices()).collect();
    let mentioned = format!("{schema}{}", definitions.iter().map(|(_, value)| value.to_string()).collect::<String>());
    let used = |name: &str| mentioned.contains(&format!("\"#/definitions/{name}\""));
    let definitions: Map<String, Value> = definitions.into_iter().filter(|(name, _)| used(name)).collect();
    add(&mut schema, json!({ "definitions": definitions }));
    println!("{}", serde_json::to_string_pretty(&schema).expect("a schema is JSON"));
}

/// An object of known keys.
fn object(shape: &Shape) -> Value {
    let properties: Map<String, Value> =
        shape.fields.iter().map(|field| (field.key.to_owned(), property(field))).collect();
    let chosen = |field: &Field| shape.one_of.contains(&field.key);
    let required: Vec<&str> = (shape.fields.iter())
        .filter(|field| field.required && !chosen(field) && field.only_with.is_empty())
        .map(|field| field.key)
        .collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        add(&mut schema, json!({ "required": required }));
    }
    if shape.one_of.is_empty() {
        return schema;
    }
    if shape.fields.iter().all(chosen) {
        add(&mut schema, json!({ "minProperties": 1, "maxProperties": 1 }));
        return schema;
    }
    add(&mut schema, json!({ "oneOf": each(shape.one_of), "dependencies": dependencies(shape) }));
    schema
}

/// One of the keys, for each of them.
fn each(keys: &[&str]) -> Vec<Value> {
    keys.iter().map(|key| json!({ "required": [key] })).collect()
}

/// What stands beside which of the keys that one chooses from: those that need others, and those that go with some only.
fn dependencies(shape: &Shape) -> Map<String, Value> {
    let mut found = Map::new();
    for key in shape.one_of {
        let needs: Vec<&str> = (shape.fields.iter())
            .filter(|field| field.required && field.only_with.contains(key))
            .map(|field| field.key)
            .collect();
        if !needs.is_empty() {
            found.insert((*key).to_owned(), json!(needs));
        }
    }
    for field in shape.fields {
        match field.only_with {
            [] => continue,
            [only] => found.insert(field.key.to_owned(), json!([only])),
            several => found.insert(field.key.to_owned(), json!({ "anyOf": each(several) })),
        };
    }
    found
}

fn property(field: &Field) -> Value {
    let mut schema = json!({ "description": field.doc });
    add(&mut schema, value(field.kind));
    if !field.default.is_empty() {
        let default: Value = serde_json::from_str(field.default).expect("a default is written as JSON");
        add(&mut schema, json!({ "default": default }));
    }
    schema
}

/// What stands in a list or under a name that is data: it has no description of its own but that of its shape.
fn element(kind: &Kind) -> Value {
    let mut schema = match kind {
        Kind::Object(shape) => json!({ "description": shape.doc }),
        Kind::Condition => json!({ "description": shape::CONDITION.doc }),
        _ => json!({}),
    };
    add(&mut schema, value(kind));
    schema
}

fn value(kind: &Kind) -> Value {
    match kind {
        Kind::Any => json!({}),
        Kind::Attributes => json!({ "type": "object" }),
        Kind::Text | Kind::Declares(Space::Limit) | Kind::Refers(Space::Limit) => json!({ "type": "string" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Count => json!({ "type": "integer", "minimum": 0 }),
        Kind::Version => json!({ "type": "integer", "const": VERSION }),
        Kind::Words(words) => json!({ "type": "string", "enum": words }),
        Kind::Condition => definition(shape::CONDITION.name),
        Kind::Object(shape) => definition(shape.name),
        Kind::Pair(inner) => json!({ "type": "array", "items": element(inner), "minItems": 2, "maxItems": 2 }),
        Kind::List(inner, empty) => list(inner, *empty),
        Kind::Map(Kind::Text | Kind::Declares(Space::Limit), inner) => {
            json!({ "type": "object", "additionalProperties": element(inner) })
        }
        Kind::Map(keys, inner) => {
            json!({ "type": "object", "propertyNames": value(keys), "additionalProperties": element(inner) })
        }
        Kind::Either([Kind::Text, Kind::Map(Kind::Language, Kind::Text)]) => definition("label"),
        Kind::Either([.., Kind::Literal]) => definition("operand"),
        Kind::Either(kinds) => either(kinds),
        Kind::Literal => {
            let types = ["null", "boolean", "number", "string", "array"];
            json!({ "anyOf": types.map(|each| json!({ "type": each })) })
        }
        Kind::Declares(Space::Resource) | Kind::Refers(Space::Resource) => definition("path"),
        Kind::Declares(Space::ScopeType) | Kind::Refers(Space::ScopeType) => definition("scopeType"),
        Kind::Declares(_) | Kind::Refers(_) => definition("name"),
        Kind::Pattern => definition("pattern"),
        Kind::Permission => definition("permission"),
        Kind::ScopeReference => definition("scopeReference"),
        Kind::Language => definition("language"),
        Kind::Variable => definition("variable"),
        Kind::Time => definition("time"),
        Kind::Instant => definition("instant"),
    }
}

fn either(kinds: &[&Kind]) -> Value {
    json!({ "anyOf": kinds.iter().map(|kind| element(kind)).collect::<Vec<_>>() })
}

fn list(inner: &Kind, empty: Empty) -> Value {
    let mut schema = json!({ "type": "array", "items": element(inner) });
    match empty {
        Empty::Fine | Empty::Pointless => {}
        Empty::Refused => add(&mut schema, json!({ "minItems": 1 })),
        Empty::Several => add(&mut schema, json!({ "minItems": 2 })),
    }
    schema
}

fn definition(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

/// The texts that follow a grammar (sections 1 and 5), with what an editor says of one that does not.
fn texts() -> Vec<(String, Value)> {
    let segment = format!("[A-Za-z0-9][A-Za-z0-9_-]{{0,{}}}", limits::SEGMENT - 1);
    let path = format!("{segment}(\\.{segment}){{0,{}}}", limits::PATH_SEGMENTS - 1);
    let actions = format!("(\\*|{segment}(,{segment})*)");
    let key = "[^.]+";
    let own = "(?!id(\\.|$))";
    let time = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])";
    let variable = [
        format!("subject\\.(id|{own}{key}(\\.{key})*)"),
        format!("(resource|action)\\.{key}(\\.{key})*"),
        format!("scope\\.(parent\\.)*(id|type|(?!(id|type|parent)(\\.|$)){key}(\\.{key})*)"),
        format!("context\\.(now|(?!now(\\.|$)){key}(\\.{key})*)"),
        "role\\.id".to_owned(),
    ];
    let moment = "A time is written with an offset, such as `2026-07-01T00:00:00Z`.";
    let text = |pattern: String, message: &str| json!({ "type": "string", "pattern": format!("^{pattern}$"), EXPLANATION: message });
    let named = [
        ("name", text(segment.clone(), "A name is 1 to 64 letters, digits, `_` and `-`, a letter or digit first.")),
        (
            "scopeType",
            text(
                format!("(?!root$){segment}"),
                "The type of a scope is a name, and not `root`: that is the root itself.",
            ),
        ),
        ("path", text(path.clone(), "A resource is 1 to 16 names joined by dots, such as `crm.relation`.")),
        (
            "pattern",
            text(
                format!("(\\*|{path}(\\.\\*\\*)?):{actions}"),
                "A pattern is `resource:actions`: a resource, one followed by `.**`, or `*`; then actions joined by commas without spaces, or `*`.",
            ),
        ),
        (
            "permission",
            text(
                format!("{path}:{segment}"),
                "A permission is one resource and one action, such as `crm.relation:edit`.",
            ),
        ),
        (
            "scopeReference",
            text(
                format!("{segment}:[^\\u0000-\\u001f\\u007f-\\u009f]{{1,{}}}", limits::SCOPE_ID),
                "A scope is written `type:id`, such as `workspace:sales`.",
            ),
        ),
        (
            "language",
            text(
                "[A-Za-z][A-Za-z0-9]{0,7}(-[A-Za-z0-9]{1,8})*".to_owned(),
                "A language is a tag such as `en`, `nl` or `pt-BR`.",
            ),
        ),
        (
            "variable",
            text(
                format!("({})", variable.join("|")),
                "A variable is `subject.`, `resource.`, `action.`, `scope.` or `context.` followed by a path, or `role.id`.",
            ),
        ),
        ("time", text(time.to_owned(), moment)),
        (
            "instant",
            json!({ "anyOf": [
                text(time.to_owned(), moment),
                { "type": "integer", "minimum": -LAST_INSTANT, "maximum": LAST_INSTANT },
            ] }),
        ),
    ];
    named.map(|(name, schema)| (name.to_owned(), schema)).into()
}

/// What stands in many places as one of several.
fn choices() -> [(String, Value); 2] {
    [("label", &shape::LABEL), ("operand", &shape::OPERAND)].map(|(name, kind)| {
        let Kind::Either(kinds) = kind else { panic!("`{name}` is one of several kinds") };
        (name.to_owned(), either(kinds))
    })
}

/// Puts the keys of one object behind those of another.
fn add(schema: &mut Value, more: Value) {
    if let (Value::Object(schema), Value::Object(more)) = (schema, more) {
        schema.extend(more);
    }
}
